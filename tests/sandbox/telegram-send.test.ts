import { describe, expect, it } from 'vitest';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();
const button = (fields: Record<string, unknown>) => ({ inline_keyboard: [[{ text: 'x', ...fields }]] });

describe('a text to a person', () => {
  it.each([
    [{}, '400 Bad Request: message text is empty'],
    [{ text: ' \n ' }, '400 Bad Request: text must be non-empty'],
    [{ text: '<b></b>', parse_mode: 'HTML' }, '400 Bad Request: text must be non-empty'],
    [{ text: 'x'.repeat(4097) }, '400 Bad Request: message is too long'],
    [{ text: '😀'.repeat(4096) }, 'ok'],
    [{ text: '😀'.repeat(4097) }, '400 Bad Request: message is too long'],
    [{ text: `<b>${'я'.repeat(16_400)}</b>`, parse_mode: 'HTML' }, '400 Bad Request: text is too long'],
    [{ text: 'x', parse_mode: 'rtf' }, '400 Bad Request: unsupported parse_mode'],
    [
      { text: '<br>', parse_mode: 'html' },
      `400 Bad Request: can't parse entities: Unsupported start tag "br" at byte offset 0`,
    ],
    [{ text: 'x', reply_markup: '{' }, "400 Bad Request: can't parse reply keyboard markup JSON object"],
    [{ text: 'x', reply_parameters: { message_id: 99 } }, '400 Bad Request: message to be replied not found'],
    [{ text: 'x', reply_parameters: { message_id: 99, allow_sending_without_reply: true } }, 'ok'],
    [{ text: 'x', message_thread_id: 5 }, 'ok'],
    [
      { text: 'x', reply_markup: button({ callback_data: 'я'.repeat(33) }) },
      '400 Bad Request: BUTTON_DATA_INVALID',
    ],
    [{ text: 'x', reply_markup: button({ callback_data: 'я'.repeat(32) }) }, 'ok'],
    [
      { text: 'x', reply_markup: button({ url: 'localhost' }) },
      "400 Bad Request: inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
    ],
    [
      { text: 'x', reply_markup: button({}) },
      "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      {
        text: Array.from(
          { length: 100 },
          (_, i) => `<a href="https://a.by/${'x'.repeat(100)}${i}">x</a> `,
        ).join(''),
        parse_mode: 'HTML',
      },
      '400 Bad Request: ENTITIES_TOO_LONG',
    ],
  ])('%j', async (params, expected) => {
    const reader = stage.telegram.person();
    reader.start();
    expect(await stage.refusal('sendMessage', { chat_id: reader.id, ...params })).toBe(expected);
  });

  it('reaches nobody whom the bot has not met', async () => {
    expect(await stage.refusal('sendMessage', { text: 'x' })).toBe('400 Bad Request: chat_id is empty');
    const { id } = stage.telegram.person();
    expect(await stage.refusal('sendMessage', { chat_id: id, text: 'x' })).toBe(
      '400 Bad Request: chat not found',
    );
    expect(await stage.refusal('sendMessage', { chat_id: '@nobody', text: 'x' })).toBe(
      '400 Bad Request: chat not found',
    );
  });

  it('is refused by who blocked the bot, left Telegram or never pressed start', async () => {
    const reader = stage.telegram.person();
    reader.start();
    reader.block();
    const send = () => stage.refusal('sendMessage', { chat_id: reader.id, text: 'x' });
    expect(await send()).toBe('403 Forbidden: bot was blocked by the user');
    reader.unblock();
    expect(await send()).toBe('ok');
    reader.deleteAccount();
    expect(await send()).toBe('403 Forbidden: user is deactivated');
    const stranger = stage.telegram.person();
    const group = stage.telegram.group();
    group.addBot(undefined);
    group.say(stranger, 'hello');
    expect(await stage.refusal('sendMessage', { chat_id: stranger.id, text: 'x' })).toBe(
      "403 Forbidden: bot can't initiate conversation with a user",
    );
  });

  it('reports broken markup before a dead chat, and a blocked reader last of all', async () => {
    const reader = stage.telegram.person();
    reader.start();
    reader.block();
    const broken = { chat_id: 5, text: '<b>', parse_mode: 'HTML' };
    expect(await stage.refusal('sendMessage', broken)).toContain("can't parse entities");
    expect(await stage.refusal('sendMessage', { chat_id: reader.id, text: 'x'.repeat(5000) })).toContain(
      'too long',
    );
  });

  it('keeps what was asked for: silence, protection, preview, reply', async () => {
    const reader = stage.telegram.person();
    const hello = reader.start();
    await stage.get('sendMessage', {
      chat_id: reader.id,
      text: 'x',
      disable_notification: true,
      protect_content: 'true',
      link_preview_options: { url: 'https://a.by/p.jpg', prefer_large_media: true, show_above_text: true },
      reply_parameters: { message_id: hello },
    });
    expect(reader.messages().at(-1)).toMatchObject({
      silent: true,
      protected: true,
      replyTo: hello,
      preview: { url: 'https://a.by/p.jpg', prefer_large_media: true, show_above_text: true },
    });
  });

  it('cuts a keyboard after 12 buttons a row and 300 in all, and buttons without words', async () => {
    const reader = stage.telegram.person();
    reader.start();
    const row = Array.from({ length: 14 }, (_, i) => ({ text: i === 0 ? '' : `b${i}`, callback_data: 'd' }));
    await stage.get('sendMessage', {
      chat_id: reader.id,
      text: 'x',
      reply_markup: { inline_keyboard: [row, [{ text: '', url: 'a.by' }]] },
    });
    expect(
      reader
        .messages()
        .at(-1)
        ?.buttons.map((buttons) => buttons.length),
    ).toEqual([12]);
  });
});

describe('entities given beside a text', () => {
  const send = (entities: unknown, text = '😀x') => {
    const [chat_id = 0] = stage.telegram.people(1);
    return stage.refusal('sendMessage', { chat_id, text, entities });
  };

  it.each([
    [[{ type: 'bold', offset: 0, length: 3 }], 'ok'],
    [[{ type: 'url', offset: 99, length: 3 }], 'ok'],
    [
      [{ type: 'bold', offset: 1, length: 1 }],
      '400 Bad Request: entity begins in a middle of a UTF-16 symbol',
    ],
    [
      [{ type: 'bold', offset: 0, length: 1 }],
      '400 Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol',
    ],
    [
      [{ type: 'bold', offset: 0, length: 4 }],
      '400 Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 4',
    ],
    [['x'], "400 Bad Request: can't parse MessageEntity: expected an Object"],
  ])('%j: %s', async (entities, expected) => {
    expect(await send(entities)).toBe(expected);
  });
});

describe('a picture', () => {
  it('goes by address with a caption of at most 1024 characters', async () => {
    const reader = stage.telegram.person();
    reader.start();
    const photo = { chat_id: reader.id, photo: 'https://a.by/p.jpg' };
    expect(await stage.refusal('sendPhoto', { chat_id: reader.id, photo: 'zzz' })).toContain(
      'wrong remote file identifier',
    );
    expect(await stage.refusal('sendPhoto', { ...photo, caption: 'x'.repeat(1025) })).toBe(
      '400 Bad Request: message caption is too long',
    );
    await stage.get('sendPhoto', { ...photo, caption: '<b>x</b>', parse_mode: 'HTML' });
    expect(reader.messages().at(-1)).toMatchObject({
      text: 'x',
      entities: [{ type: 'bold', offset: 0, length: 1 }],
    });
  });
});

describe('message ids', () => {
  it('are one sequence for all private chats and basic groups, and one for each channel', async () => {
    const [one, two] = [stage.telegram.person(), stage.telegram.person()];
    const group = stage.telegram.group();
    expect(one.start()).toBe(1);
    expect(two.start()).toBe(2);
    group.addBot(undefined);
    const send = async (chat: number) =>
      (await stage.get('sendMessage', { chat_id: chat, text: 'x' })).message_id;
    expect([await send(group.id), await send(one.id), await send(two.id)]).toEqual([4, 5, 6]);
    const channels = [stage.telegram.channel(), stage.telegram.channel()];
    for (const channel of channels) channel.addBot(['can_post_messages']);
    const [first, second] = channels.map(({ id }) => id);
    expect([await send(first ?? 0), await send(first ?? 0), await send(second ?? 0)]).toEqual([2, 3, 2]);
  });
});

describe('a copy and a forward', () => {
  it('carry the words; a protected message lets nobody copy it', async () => {
    const reader = stage.telegram.person();
    reader.start();
    const to = { chat_id: reader.id, from_chat_id: reader.id };
    const { message_id } = await stage.get('sendMessage', {
      chat_id: reader.id,
      text: '<i>x</i>',
      parse_mode: 'HTML',
    });
    expect(await stage.refusal('copyMessage', { ...to, message_id: 99 })).toBe(
      '400 Bad Request: message to copy not found',
    );
    await stage.get('copyMessage', { ...to, message_id });
    expect(reader.messages().at(-1)).toMatchObject({ text: 'x', entities: [{ type: 'italic' }] });
    const forwarded = await stage.get<{ forward_origin: { type: string } }>('forwardMessage', {
      ...to,
      message_id,
    });
    expect(forwarded.forward_origin.type).toBe('user');
    const secret = await stage.get('sendMessage', { chat_id: reader.id, text: 'x', protect_content: true });
    expect(await stage.refusal('copyMessage', { ...to, ...secret })).toBe(
      "400 Bad Request: the message can't be copied",
    );
  });
});
