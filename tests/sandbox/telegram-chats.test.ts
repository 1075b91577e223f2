import { describe, expect, it } from 'vitest';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();
const send = (chat_id: unknown, more: Record<string, unknown> = {}) =>
  stage.refusal('sendMessage', { chat_id, text: 'x', ...more });

describe('a channel', () => {
  it('tells the bot that it was added, changed and removed, and by whom', async () => {
    const channel = stage.telegram.channel({ title: 'News' });
    const editor = stage.telegram.person();
    channel.addBot(['can_post_messages'], editor);
    channel.setBotRights([]);
    channel.removeBot();
    const updates = await stage.updates();
    expect(updates.map(({ kind }) => kind)).toEqual(Array(3).fill('my_chat_member'));
    expect(updates[0]?.payload).toMatchObject({
      chat: { id: channel.id, title: 'News', type: 'channel' },
      from: { id: editor.id },
      old_chat_member: { status: 'left' },
      new_chat_member: { status: 'administrator', can_post_messages: true, can_edit_messages: false },
    });
    expect(updates[2]?.payload).toMatchObject({ new_chat_member: { status: 'kicked' } });
  });

  it('lets a bot post only with the right to post, and answers each lack in its own words', async () => {
    const channel = stage.telegram.channel({ username: 'some_news' });
    expect(await send('@some_news')).toBe('403 Forbidden: bot is not a member of the channel chat');
    expect(await send(stage.telegram.channel().id)).toBe('400 Bad Request: chat not found');
    channel.addBot([]);
    expect(await send(channel.id)).toBe('400 Bad Request: need administrator rights in the channel chat');
    channel.setBotRights(['can_post_messages']);
    expect(await send('@Some_News')).toBe('ok');
    channel.removeBot();
    expect(await send(channel.id)).toBe('403 Forbidden: bot was kicked from the channel chat');
  });

  it('shows posts and edits of editors to the bot, and never its own', async () => {
    const channel = stage.telegram.channel();
    const editor = stage.telegram.person();
    channel.promote(editor, ['can_post_messages', 'can_edit_messages']);
    channel.addBot(['can_post_messages']);
    const own = await stage.get('sendMessage', { chat_id: channel.id, text: 'by the bot' });
    const post = channel.post(editor, 'by an editor', { signed: true });
    channel.edit(editor, post, 'changed');
    channel.edit(editor, own.message_id, 'changed too');
    const [, posted, edited, ownEdited, ...rest] = await stage.updates();
    expect(posted).toMatchObject({
      kind: 'channel_post',
      payload: {
        text: 'by an editor',
        sender_chat: { id: channel.id },
        author_signature: editor.user.first_name,
      },
    });
    expect(posted?.payload).not.toHaveProperty('from');
    expect(edited).toMatchObject({
      kind: 'edited_channel_post',
      payload: { message_id: post, text: 'changed' },
    });
    expect(ownEdited).toMatchObject({ kind: 'edited_channel_post', payload: { message_id: own.message_id } });
    expect(rest).toEqual([]);
  });

  it('takes neither reply keyboards nor buttons that need the name of the bot', async () => {
    const channel = stage.telegram.channel();
    channel.addBot(['can_post_messages']);
    expect(await send(channel.id, { reply_markup: { keyboard: [['x']] } })).toBe(
      '400 Bad Request: inline keyboard expected',
    );
    const button = (fields: object) => ({ reply_markup: { inline_keyboard: [[{ text: 'x', ...fields }]] } });
    expect(await send(channel.id, button({ switch_inline_query_chosen_chat: { query: '' } }))).toContain(
      "400 Bad Request: can't use switch_inline_query button in a channel chat",
    );
    expect(await send(channel.id, button({ web_app: { url: 'https://a.by/' } }))).toBe(
      '400 Bad Request: BUTTON_TYPE_INVALID',
    );
  });

  it('is described to the bot with its administrators', async () => {
    const channel = stage.telegram.channel({ title: 'News' });
    channel.addBot(['can_post_messages']);
    const { bot } = stage.telegram;
    expect(await stage.get('getChat', { chat_id: channel.id })).toMatchObject({
      id: channel.id,
      title: 'News',
    });
    expect(await stage.get('getChatMember', { chat_id: channel.id, user_id: bot.id })).toMatchObject({
      status: 'administrator',
      can_post_messages: true,
    });
    expect(
      await stage.get('getChatMember', { chat_id: channel.id, user_id: channel.owner.id }),
    ).toMatchObject({ status: 'creator' });
    expect(await stage.get('getChatAdministrators', { chat_id: channel.id })).toHaveLength(2);
    expect(await stage.get('getChatMemberCount', { chat_id: channel.id })).toBe(2);
    await stage.get('leaveChat', { chat_id: channel.id });
    expect(await send(channel.id)).toBe('403 Forbidden: bot is not a member of the channel chat');
  });
});

describe('a group', () => {
  it('shows a bot in privacy mode only what is meant for it', async () => {
    const group = stage.telegram.group();
    const member = stage.telegram.person();
    group.addBot(undefined);
    const own = await stage.get('sendMessage', { chat_id: group.id, text: 'hi' });
    group.say(member, 'gossip');
    group.say(member, '/latest');
    group.say(member, '/latest@another_bot');
    group.say(member, `hello @${stage.telegram.bot.username}`);
    group.say(member, 'an answer', { replyTo: own.message_id });
    const texts = (await stage.updates()).flatMap(({ payload }) => payload['text'] ?? []);
    expect(texts).toEqual(['/latest', `hello @${stage.telegram.bot.username}`, 'an answer']);
    group.setBotRights(['can_delete_messages']);
    group.say(member, 'gossip');
    expect((await stage.updates()).at(-1)?.payload).toMatchObject({ text: 'gossip' });
  });

  it('answers to its old id with the new one once it is a supergroup, and moves its members', async () => {
    const group = stage.telegram.group({ title: 'Us' });
    group.addBot(undefined);
    await stage.updates();
    const next = group.migrate();
    expect(await stage.call('sendMessage', { chat_id: group.id, text: 'x' })).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: next.id },
    });
    expect(await send(next.id)).toBe('ok');
    expect(
      (await stage.updates()).map(
        ({ payload }) => payload['migrate_to_chat_id'] ?? payload['migrate_from_chat_id'],
      ),
    ).toEqual([next.id, group.id]);
  });

  it('refuses a bot that may not write, was removed, or whose group is gone', async () => {
    const group = stage.telegram.supergroup();
    group.addBot(undefined);
    group.setPermissions([]);
    expect(await send(group.id)).toBe('400 Bad Request: not enough rights to send text messages to the chat');
    group.setPermissions(['can_send_messages']);
    expect(await send(group.id)).toBe('ok');
    group.restrictBot([]);
    expect(await send(group.id)).toBe('400 Bad Request: not enough rights to send text messages to the chat');
    group.removeBot();
    expect(await send(group.id)).toBe('403 Forbidden: bot was kicked from the supergroup chat');
    const basic = stage.telegram.group();
    basic.addBot(undefined);
    basic.destroy();
    expect(await send(basic.id)).toBe('403 Forbidden: the group chat was deleted');
  });

  it('tells an administrator bot that asked for it who joins and who rises', async () => {
    const group = stage.telegram.supergroup();
    const member = stage.telegram.person();
    group.addBot(['can_delete_messages']);
    group.join(stage.telegram.person());
    await stage.get('getUpdates', { allowed_updates: ['chat_member'] });
    expect((await stage.updates()).map(({ kind }) => kind)).not.toContain('chat_member');
    group.join(member);
    group.promote(member, ['can_pin_messages']);
    group.leave(member);
    const seen = (await stage.updates()).map(({ payload }) => payload['new_chat_member']);
    expect(seen).toMatchObject([{ status: 'member' }, { status: 'administrator' }, { status: 'left' }]);
  });

  it('hides who an anonymous administrator is', async () => {
    const group = stage.telegram.supergroup();
    group.addBot(undefined);
    group.say(group.owner, '/settings', { anonymous: true });
    expect((await stage.updates()).at(-1)?.payload).toMatchObject({
      from: { username: 'GroupAnonymousBot' },
      sender_chat: { id: group.id },
    });
  });

  it('tells of pinned messages by a service message, and needs the right for it', async () => {
    const group = stage.telegram.supergroup();
    group.addBot(undefined);
    const message = await stage.get('sendMessage', { chat_id: group.id, text: 'x' });
    const pin = () => stage.refusal('pinChatMessage', { chat_id: group.id, message_id: message.message_id });
    expect(await pin()).toBe('400 Bad Request: not enough rights to manage pinned messages in the chat');
    group.setBotRights(['can_pin_messages']);
    expect(await pin()).toBe('ok');
    expect((await stage.updates()).at(-1)?.payload).toMatchObject({ pinned_message: { text: 'x' } });
    expect(group.messages().find(({ pinned }) => pinned)?.id).toBe(message.message_id);
  });
});

describe('a forum', () => {
  it('takes messages for its topics while they are there and open', async () => {
    const forum = stage.telegram.supergroup({ forum: true });
    forum.addBot(undefined);
    const topic = forum.createTopic('News');
    const inTopic = { message_thread_id: topic };
    expect(await send(forum.id, inTopic)).toBe('ok');
    expect(forum.messages().at(-1)).toMatchObject({ thread: topic });
    expect(await send(forum.id, { message_thread_id: 1 })).toBe('400 Bad Request: message thread not found');
    forum.closeTopic(topic);
    expect(await send(forum.id, inTopic)).toBe('400 Bad Request: TOPIC_CLOSED');
    forum.setBotRights(['can_manage_topics']);
    expect(await send(forum.id, inTopic)).toBe('ok');
    forum.deleteTopic(topic);
    expect(await send(forum.id, inTopic)).toBe('400 Bad Request: message thread not found');
    expect(await send(forum.id)).toBe('ok');
  });
});
