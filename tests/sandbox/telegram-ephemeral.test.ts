import { expect, it } from 'vitest';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();

/** A group with a story under a button, a member, and a press of theirs that waits. */
async function pressed(rights?: readonly string[]) {
  const owner = stage.telegram.person();
  const member = stage.telegram.person();
  const group = stage.telegram.supergroup({ owner });
  group.addBot(rights ? [...rights] : undefined);
  group.join(member);
  const { message_id } = await stage.get('sendMessage', {
    chat_id: group.id,
    text: 'A story',
    reply_markup: { inline_keyboard: [[{ text: 'Read', callback_data: 'read' }]] },
  });
  const answer = member.press(message_id, 'Read', { chat: group.id });
  const query = (await stage.updates()).find(({ kind }) => kind === 'callback_query');
  const callback = String(query?.payload['id']);
  const show = (changes: Record<string, unknown> = {}) => ({
    chat_id: group.id,
    text: 'For you',
    ephemeral_message_parameters: { receiver_user_id: member.id, callback_query_id: callback, ...changes },
  });
  return { owner, member, group, callback, show, answer };
}

it('a press is answered to the presser alone, by a message without an id', async () => {
  const { owner, member, group, show } = await pressed();
  const shown = await stage.get<Record<string, unknown>>('sendMessage', show());
  expect(shown).toMatchObject({ message_id: 0, ephemeral_message_id: 1, text: 'For you' });
  expect(member.ephemeral().map(({ text }) => text)).toEqual(['For you']);
  expect(owner.ephemeral()).toEqual([]);
  expect(group.messages().some(({ text }) => text === 'For you')).toBe(false);
  expect(stage.telegram.deliveries().some(({ message }) => message.wire.text === 'For you')).toBe(false);
});

it('no later than 15 seconds after the press, unless the bot is an administrator', async () => {
  const plain = await pressed();
  await stage.clock.advance(15_001);
  expect(await stage.refusal('sendMessage', plain.show())).toBe('400 Bad Request: BOT_NOT_ADMIN');
  const chief = await pressed(['can_delete_messages']);
  await stage.clock.advance(15_001);
  expect(await stage.refusal('sendMessage', chief.show({ callback_query_id: '' }))).toBe('ok');
});

it('to nobody but who pressed, to members alone, and nowhere but in groups', async () => {
  const { owner, member, show } = await pressed();
  expect(await stage.refusal('sendMessage', show({ receiver_user_id: owner.id }))).toContain('BOT_NOT_ADMIN');
  const stranger = stage.telegram.person();
  expect(await stage.refusal('sendMessage', show({ receiver_user_id: stranger.id }))).toContain(
    'USER_NOT_PARTICIPANT',
  );
  member.start();
  expect(await stage.refusal('sendMessage', { ...show(), chat_id: member.id })).toContain('BOT_NOT_ADMIN');
});

it('a rich one is shorter, and its pictures are such as Telegram has', async () => {
  const { member, show } = await pressed();
  const { text: _, ...rest } = show();
  const send = (blocks: unknown[]) => stage.refusal('sendRichMessage', { ...rest, rich_message: { blocks } });
  const paragraph = (text: string) => ({ type: 'paragraph', text });
  const photo = (media: string) => ({ type: 'photo', photo: { type: 'photo', media } });
  expect(await send([paragraph('ы'.repeat(20_000)), photo('photo-abc')])).toBe('ok');
  expect(member.ephemeral().at(-1)?.rich_message?.blocks).toHaveLength(2);
  expect(await send([paragraph('ы'.repeat(24_000))])).toContain('RICH_MESSAGE_TOO_LARGE');
  expect(await send([paragraph('x'), photo('https://cdn.example/1.jpg')])).toContain('FILE_ID_INVALID');
});

it('its id is free again once it is deleted, and deleteMessage does not reach it', async () => {
  const { group, member, show } = await pressed();
  await stage.get('sendMessage', show());
  expect(await stage.refusal('deleteMessage', { chat_id: group.id, message_id: 0 })).toContain('400');
  const own = { chat_id: group.id, receiver_user_id: member.id, ephemeral_message_id: 1 };
  expect(await stage.refusal('deleteEphemeralMessage', own)).toBe('ok');
  expect(await stage.refusal('deleteEphemeralMessage', own)).toContain('400');
  expect(await stage.get('sendMessage', show())).toMatchObject({ ephemeral_message_id: 1 });
});

it('an old server posts it for all to see, without a word', async () => {
  stage.telegram.setServer('10.1');
  const { group, show } = await pressed();
  await stage.get('sendMessage', show());
  expect(group.messages().at(-1)?.text).toBe('For you');
  expect(await stage.refusal('deleteEphemeralMessage', {})).toBe('404 Not Found: method not found');
});

it('may be lost on the way', async () => {
  stage.telegram.loseEphemeral(1);
  const { member, show } = await pressed();
  expect(await stage.refusal('sendMessage', show())).toBe('ok');
  expect(member.ephemeral()).toEqual([]);
});

it('a button that does nothing is taken by the server of today, looks by their three names', async () => {
  const person = stage.telegram.person();
  person.start();
  const send = (button: Record<string, unknown>) =>
    stage.refusal('sendMessage', {
      chat_id: person.id,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: '2/4', ...button }]] },
    });
  expect(await send({ disabled: {} })).toBe('ok');
  expect(await send({ disabled: {}, style: 'primary' })).toBe('ok');
  expect(await send({ disabled: {}, style: 'blue' })).toContain('invalid button style specified');
  stage.telegram.setServer('10.1');
  expect(await send({ disabled: {} })).toContain('Text buttons are unallowed in the inline keyboard');
});
