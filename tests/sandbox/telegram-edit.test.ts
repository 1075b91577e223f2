import { describe, expect, it } from 'vitest';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();
const NOT_MODIFIED =
  '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
const DAY = 86_400_000;

async function sent(params: Record<string, unknown>): Promise<{ chat_id: unknown; message_id: number }> {
  const { message_id } = await stage.get('sendMessage', { text: 'x', ...params });
  return { chat_id: params['chat_id'], message_id };
}

function reader() {
  const person = stage.telegram.person();
  person.start();
  return person;
}

describe('an edit', () => {
  it('changes text, entities, preview or buttons, and is refused where nothing changes', async () => {
    const person = reader();
    const markup = { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] };
    const message = await sent({ chat_id: person.id, text: 'x', reply_markup: markup });
    const edit = (params: Record<string, unknown>) =>
      stage.refusal('editMessageText', { ...message, ...params });
    expect(await edit({ text: ' x ', reply_markup: markup })).toBe(NOT_MODIFIED);
    expect(await edit({ text: '<b>x</b>', parse_mode: 'HTML', reply_markup: markup })).toBe('ok');
    expect(await edit({ text: '<strong>x</strong>', parse_mode: 'HTML', reply_markup: markup })).toBe(
      NOT_MODIFIED,
    );
    expect(await edit({ text: 'x' })).toBe('ok');
    expect(await edit({ text: 'x', link_preview_options: { url: 'https://a.by/' } })).toBe('ok');
    expect(await stage.refusal('editMessageReplyMarkup', { ...message, reply_markup: markup })).toBe('ok');
    expect(
      person
        .history()
        .at(-1)
        ?.versions.map(({ wire }) => wire.text),
    ).toHaveLength(5);
    expect(person.messages().at(-1)?.buttons[0]?.[0]?.text).toBe('a');
  });

  it('finds no message that is gone, in another chat or never was', async () => {
    const [one, two] = [reader(), reader()];
    const message = await sent({ chat_id: one.id });
    const edit = (params: Record<string, unknown>) =>
      stage.refusal('editMessageText', { ...message, text: 'y', ...params });
    expect(await edit({ chat_id: two.id })).toBe('400 Bad Request: message to edit not found');
    one.delete(message.message_id);
    expect(await edit({})).toBe('400 Bad Request: message to edit not found');
  });

  it('is not for the words of others, nor for a message with a reply keyboard', async () => {
    const person = reader();
    const theirs = { chat_id: person.id, message_id: person.send('hello') };
    expect(await stage.refusal('editMessageText', { ...theirs, text: 'y' })).toBe(
      "400 Bad Request: message can't be edited",
    );
    const asked = await sent({ chat_id: person.id, reply_markup: { keyboard: [['yes']] } });
    expect(await stage.refusal('editMessageText', { ...asked, text: 'y' })).toBe(
      "400 Bad Request: message can't be edited",
    );
  });

  it('has no limit of age for own messages and reaches them though the bot was blocked', async () => {
    const person = reader();
    const message = await sent({ chat_id: person.id });
    await stage.clock.advance(30 * DAY);
    expect(await stage.refusal('editMessageText', { ...message, text: 'y' })).toBe('ok');
  });

  it("in a channel leaves others' posts alone unless the bot may edit messages", async () => {
    const channel = stage.telegram.channel();
    channel.addBot(['can_post_messages']);
    const post = { chat_id: channel.id, message_id: channel.post(channel.owner, 'by an editor') };
    const own = await sent({ chat_id: channel.id });
    const edit = (message: object) => stage.refusal('editMessageText', { ...message, text: 'new' });
    expect(await edit(post)).toBe("400 Bad Request: message can't be edited");
    expect(await edit(own)).toBe('ok');
    channel.setBotRights(['can_edit_messages']);
    expect(await edit(post)).toBe('ok');
    channel.setBotRights([]);
    expect(await edit(own)).toBe("400 Bad Request: message can't be edited");
  });
});

describe('a deletion', () => {
  it('takes any message of a private chat for 48 hours', async () => {
    const person = reader();
    const message = await sent({ chat_id: person.id });
    const theirs = person.send('hello');
    await stage.clock.advance(2 * DAY);
    expect(await stage.refusal('deleteMessage', { chat_id: person.id, message_id: theirs })).toBe('ok');
    await stage.clock.advance(1);
    expect(await stage.refusal('deleteMessage', { ...message })).toBe(
      "400 Bad Request: message can't be deleted for everyone",
    );
    expect(await stage.refusal('deleteMessage', { ...message, message_id: 99 })).toBe(
      '400 Bad Request: message to delete not found',
    );
  });

  it('of many skips unknown ids, takes a hundred at most, and fails whole on one that must stay', async () => {
    const person = reader();
    const old = await sent({ chat_id: person.id });
    await stage.clock.advance(2 * DAY + 1);
    const young = await sent({ chat_id: person.id });
    const remove = (message_ids: unknown) =>
      stage.refusal('deleteMessages', { chat_id: person.id, message_ids });
    expect(await remove([])).toBe('400 Bad Request: message identifiers are not specified');
    expect(await remove(Array.from({ length: 101 }, (_, i) => i + 1))).toBe(
      '400 Bad Request: too many message identifiers specified',
    );
    expect(await remove([old.message_id, young.message_id])).toBe(
      "400 Bad Request: message can't be deleted for everyone",
    );
    expect(person.messages()).toHaveLength(3);
    expect(await remove([young.message_id, 77])).toBe('ok');
    expect(person.messages()).toHaveLength(2);
  });

  it("in a channel needs a right for others' posts", async () => {
    const channel = stage.telegram.channel();
    channel.addBot(['can_post_messages']);
    const post = { chat_id: channel.id, message_id: channel.post(channel.owner, 'by an editor') };
    const own = await sent({ chat_id: channel.id });
    expect(await stage.refusal('deleteMessage', post)).toBe("400 Bad Request: message can't be deleted");
    expect(await stage.refusal('deleteMessage', own)).toBe('ok');
    channel.setBotRights(['can_delete_messages']);
    expect(await stage.refusal('deleteMessage', post)).toBe('ok');
  });
});
