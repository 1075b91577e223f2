import { describe, expect, it } from 'vitest';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();

describe('a person', () => {
  it('starts the bot with or without a payload, and Telegram tells the language only if it knows it', async () => {
    stage.telegram.person({ language: 'be', firstName: 'A', username: 'a' }).start('ru');
    stage.telegram.person().start();
    const [first, second] = await stage.updates();
    expect(first).toMatchObject({
      kind: 'message',
      payload: {
        text: '/start ru',
        entities: [{ type: 'bot_command', offset: 0, length: 6 }],
        chat: { type: 'private', first_name: 'A', username: 'a' },
        from: { language_code: 'be', is_bot: false },
      },
    });
    expect(second?.payload['from']).not.toHaveProperty('language_code');
  });

  it('follows no link that Telegram would not write', async () => {
    const person = stage.telegram.person();
    person.start('a'.repeat(64));
    for (const payload of ['a'.repeat(65), 'a b', 'жук', 'a.b'])
      expect(() => person.start(payload)).toThrow('no link');
    expect(await stage.updates()).toHaveLength(1);
  });

  it('forwards a post, but none that is protected and nothing that Telegram itself wrote', async () => {
    const editor = stage.telegram.person();
    const channel = stage.telegram.channel({ owner: editor });
    channel.addBot(['can_post_messages', 'can_edit_messages']);
    const post = async (more: object) =>
      (await stage.get('sendMessage', { chat_id: channel.id, text: 'x', ...more })).message_id;
    const [open, secret] = [await post({}), await post({ protect_content: true })];
    channel.pin(editor, open);
    const pin = channel.messages().at(-1)?.id ?? 0;
    editor.forward(channel.id, open);
    expect(editor.messages().map(({ text }) => text)).toEqual(['x']);
    for (const id of [secret, pin])
      expect(() => editor.forward(channel.id, id)).toThrow('cannot be forwarded');
  });

  it('blocks and comes back, of which the bot hears; the first start it hears of only as a message', async () => {
    const reader = stage.telegram.person();
    reader.start();
    reader.block();
    expect(() => reader.send('x')).toThrow('blocked');
    reader.start();
    const updates = await stage.updates();
    expect(updates.map(({ kind }) => kind)).toEqual([
      'message',
      'my_chat_member',
      'my_chat_member',
      'message',
    ]);
    expect(updates[1]?.payload).toMatchObject({
      new_chat_member: { status: 'kicked' },
      chat: { id: reader.id },
    });
    expect(updates[2]?.payload).toMatchObject({
      old_chat_member: { status: 'kicked' },
      new_chat_member: { status: 'member' },
    });
  });

  it('presses a button and sees what the bot answers, once and only in time', async () => {
    const reader = stage.telegram.person();
    reader.start();
    const markup = {
      inline_keyboard: [
        [
          { text: 'a', callback_data: 'data' },
          { text: 'b', url: 'pozirk.online' },
          { text: 'c', copy_text: { text: 'C' } },
        ],
      ],
    };
    const { message_id } = await stage.get('sendMessage', {
      chat_id: reader.id,
      text: 'x',
      reply_markup: markup,
    });
    await stage.updates();
    const pressed = reader.press(message_id, { data: 'data' });
    const [query] = await stage.updates();
    expect(query).toMatchObject({
      kind: 'callback_query',
      payload: { data: 'data', from: { id: reader.id }, message: { message_id } },
    });
    const answer = { callback_query_id: query?.payload['id'], text: 'Done', show_alert: true };
    expect(await stage.refusal('answerCallbackQuery', { ...answer, text: 'x'.repeat(201) })).toBe(
      '400 Bad Request: MESSAGE_TOO_LONG',
    );
    expect(await stage.refusal('answerCallbackQuery', answer)).toBe('ok');
    expect(await pressed).toEqual({ text: 'Done', showAlert: true });
    expect(await stage.refusal('answerCallbackQuery', answer)).toBe(
      '400 Bad Request: query is too old and response timeout expired or query ID is invalid',
    );
    expect(await reader.press(message_id, 'b')).toEqual({ opens: 'http://pozirk.online/' });
    expect(await reader.press(message_id, 'c')).toEqual({ copies: 'C' });
    await expect(reader.press(message_id, 'd')).rejects.toThrow('no button "d"');
  });

  it('asks inline, and chooses what is then written in a chat', async () => {
    const reader = stage.telegram.person();
    const found = reader.inline('news', '10');
    const [query] = await stage.updates();
    expect(query).toMatchObject({ kind: 'inline_query', payload: { query: 'news', offset: '10' } });
    const article = {
      type: 'article',
      id: '1',
      title: 't',
      input_message_content: { message_text: '<b>x</b>', parse_mode: 'HTML' },
    };
    const answer = {
      inline_query_id: query?.payload['id'],
      results: [article],
      next_offset: '20',
      cache_time: 5,
      is_personal: true,
    };
    expect(
      await stage.refusal('answerInlineQuery', { ...answer, results: Array(51).fill(article) }),
    ).toContain('RESULTS_TOO_MUCH');
    expect(
      await stage.refusal('answerInlineQuery', {
        ...answer,
        results: [{ ...article, input_message_content: { message_text: '' } }],
      }),
    ).toContain('message text is empty');
    expect(await stage.refusal('answerInlineQuery', answer)).toBe('ok');
    const result = await found;
    expect(result).toMatchObject({ nextOffset: '20', cacheTime: 5, isPersonal: true });
    const [choice] = result?.results ?? [];
    if (!choice) throw new Error('nothing found');
    reader.chosen(choice, 'news');
    expect(reader.messages().at(-1)).toMatchObject({
      text: 'x',
      wire: { via_bot: { id: stage.telegram.bot.id } },
    });
    expect((await stage.updates())[0]).toMatchObject({
      kind: 'chosen_inline_result',
      payload: { result_id: '1', query: 'news' },
    });
  });

  it('picks a channel for the bot, which thereby gets the rights that it asked for', async () => {
    const reader = stage.telegram.person();
    reader.start();
    const channel = stage.telegram.channel({ title: 'Mine', owner: reader });
    const request_chat = {
      request_id: 7,
      chat_is_channel: true,
      request_title: true,
      bot_administrator_rights: { can_post_messages: true },
    };
    await stage.get('sendMessage', {
      chat_id: reader.id,
      text: 'Pick',
      reply_markup: { keyboard: [[{ text: 'Pick', request_chat }]] },
    });
    await stage.updates();
    reader.shareChat(7, channel.id);
    const [rights, shared] = await stage.updates();
    expect(rights).toMatchObject({
      kind: 'my_chat_member',
      payload: { new_chat_member: { can_post_messages: true } },
    });
    expect(shared?.payload).toMatchObject({
      chat_shared: { request_id: 7, chat_id: channel.id, title: 'Mine' },
    });
    expect(() => reader.shareChat(8, channel.id)).toThrow('request_id 8');
  });

  it('sees edits, and no longer what was deleted; the history keeps it all', async () => {
    const reader = stage.telegram.person();
    reader.start();
    const first = await stage.get('sendMessage', { chat_id: reader.id, text: 'one' });
    await stage.get('editMessageText', { chat_id: reader.id, ...first, text: 'two' });
    expect(reader.messages().map(({ text }) => text)).toEqual(['/start', 'two']);
    await stage.get('deleteMessage', { chat_id: reader.id, ...first });
    expect(reader.messages().map(({ text }) => text)).toEqual(['/start']);
    expect(
      reader
        .history()
        .at(-1)
        ?.versions.map(({ wire }) => wire.text),
    ).toEqual(['one', 'two']);
  });

  it('may set a timer: what is written from then on goes on both sides, and the bot may see for how long', async () => {
    const reader = stage.telegram.person();
    reader.start();
    await stage.clock.advance(1000);
    reader.setTimer(86_400);
    expect((await stage.updates()).at(-1)?.payload).toMatchObject({
      message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 },
    });
    const later = await stage.get('sendMessage', { chat_id: reader.id, text: 'later' });
    expect(await stage.get('getChat', { chat_id: reader.id })).toMatchObject({
      message_auto_delete_time: 86_400,
    });
    await stage.clock.advance(86_400_000);
    expect(reader.messages().map(({ text }) => text)).toEqual(['/start']);
    const gone = { chat_id: reader.id, ...later, text: 'x' };
    expect(await stage.refusal('editMessageText', gone)).toContain('message to edit not found');
    reader.setTimer(0);
    expect(await stage.get('getChat', { chat_id: reader.id })).not.toHaveProperty('message_auto_delete_time');
  });
});
