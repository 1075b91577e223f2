import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { botKeys } from '#src/store/keys.ts';
import { eventually, openTown, startBot } from '#testing/process.ts';

it('the bot reads on while its own Redis takes nothing, and who forgot then is forgotten after a kill', async () => {
  const town = await openTown();
  let bot = startBot(town.env);
  const redis = new Redis(join(town.env.DATA_DIR, 'redis', 'redis.sock'), { lazyConnect: true });
  redis.on('error', () => undefined);
  try {
    await bot.ready();
    const [reader, stranger] = [
      town.telegram.person({ language: 'en' }),
      town.telegram.person({ language: 'en' }),
    ];
    const hasRead = (who: typeof reader, words: string) =>
      who.messages().some(({ text }) => text.includes(words));
    reader.send('/subscribe en');
    await eventually(() => hasRead(reader, 'News will come'));
    await redis.config('SET', 'min-replicas-to-write', '1');
    const [botId = ''] = town.telegram.token.split(':');
    await eventually(async () => (await redis.exists(botKeys(botId).lease('owner'))) === 0);
    reader.send('/forget');
    await eventually(() => hasRead(reader, 'takes no changes'));
    expect(hasRead(reader, 'News will come')).toBe(false);
    stranger.send('/help');
    await eventually(() => hasRead(stranger, '/latest'));
    await eventually(() => town.telegram.pendingUpdates().length === 0);
    await bot.end('SIGKILL');
    expect(readdirSync(town.env.DATA_DIR)).toContain(`inbox-${botId}`);
    // Under a new key what is kept would be lost.
    const command = startBot(town.env, ['rotate-key']);
    await command.ended;
    expect(command.output()).toContain('what readers asked for');
    expect(readdirSync(town.env.DATA_DIR)).not.toContain('key.new');
    bot = startBot(town.env);
    await eventually(() => hasRead(reader, 'I deleted everything'));
  } finally {
    redis.disconnect();
    await bot.end('SIGKILL');
    await town.close();
  }
});
