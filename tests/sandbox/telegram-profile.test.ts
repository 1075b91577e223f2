import { describe, expect, it } from 'vitest';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();

describe('what a bot says of itself', () => {
  it('has commands by scope and language', async () => {
    const commands = [{ command: 'latest', description: 'Newest stories' }];
    const scope = { type: 'all_private_chats' };
    await stage.get('setMyCommands', { commands, scope, language_code: 'be' });
    expect(await stage.get('getMyCommands', { scope: JSON.stringify(scope), language_code: 'be' })).toEqual(
      commands,
    );
    expect(await stage.get('getMyCommands', { scope })).toEqual([]);
    await stage.get('deleteMyCommands', { scope, language_code: 'be' });
    expect(await stage.get('getMyCommands', { scope, language_code: 'be' })).toEqual([]);
  });

  it.each([
    [{ commands: [{ command: 'Bad-Name', description: 'x' }] }, '400 Bad Request: BOT_COMMAND_INVALID'],
    [
      { commands: [{ command: 'x', description: 'x'.repeat(257) }] },
      '400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
    ],
    [
      { commands: Array(101).fill({ command: 'x', description: 'x' }) },
      '400 Bad Request: too many commands specified',
    ],
    [
      { commands: [], scope: { type: 'chat' } },
      "400 Bad Request: can't parse BotCommandScope: Empty chat_id specified",
    ],
  ])('refuses %j', async (params, refusal) => {
    expect(await stage.refusal('setMyCommands', params)).toBe(refusal);
  });

  it('has texts in each language, the general one where there is none', async () => {
    await stage.get('setMyDescription', { description: 'News' });
    await stage.get('setMyDescription', { description: 'Навіны', language_code: 'be' });
    expect(await stage.get('getMyDescription', { language_code: 'be' })).toEqual({ description: 'Навіны' });
    expect(await stage.get('getMyDescription', { language_code: 'ru' })).toEqual({ description: 'News' });
    expect(await stage.refusal('setMyShortDescription', { short_description: 'x'.repeat(121) })).toContain(
      'too long',
    );
    expect(await stage.get('getMyName')).toEqual({ name: 'Pozirk' });
  });

  it('answers 401 from the moment when its token is revoked', async () => {
    expect(await stage.get('getMe')).toMatchObject({ is_bot: true, supports_inline_queries: true });
    stage.telegram.revoke(stage.telegram.token);
    expect(await stage.refusal('getMe')).toBe('401 Unauthorized');
  });

  it('shares a channel with another bot, which sees its posts', async () => {
    const token = stage.telegram.addBot({ token: '77:another-token' });
    const channel = stage.telegram.channel();
    channel.addBot(['can_post_messages']);
    channel.addBot(['can_post_messages'], channel.owner, { bot: token });
    await stage.get('sendMessage', { chat_id: channel.id, text: 'x' });
    expect(stage.telegram.pendingUpdates(token).at(-1)).toMatchObject({ channel_post: { text: 'x' } });
    expect(stage.telegram.pendingUpdates().at(-1)).not.toHaveProperty('channel_post');
  });
});
