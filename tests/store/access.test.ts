import { globSync, readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#testing/log.ts';
import { botKeys } from '#src/store/keys.ts';
import { openStore, refusalOf } from '#src/store/redis.ts';
import { needRewrite, rewriteLog, newRewriting } from '#src/store/rewrite.ts';
import { createSeal } from '#src/store/seal.ts';
import { addChat, loadChat } from '#src/store/subscribers.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import { freePort, startRedis, type TestRedis } from '#testing/redis.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
/** The rules of the user that docs/operations.md gives the bot. */
const ACL_LINE = /^ACL SETUSER pozirk (.+)$/m.exec(read('docs/operations.md'))?.[1]?.split(' ') ?? [];

/** Keys that a backup consists of and no source names. */
const IN_BACKUPS = ['pexpireat'];

let server: TestRedis;
let admin: Redis;
let port: number;
beforeAll(async () => {
  port = await freePort();
  server = await startRedis('--appendonly', 'yes', '--port', String(port));
  admin = new Redis(server.url.replace(/^unix:/, ''));
  const rules = ACL_LINE.filter((rule) => rule !== '+bgrewriteaof');
  await admin.call(
    'ACL',
    'SETUSER',
    'bot',
    ...rules.map((rule) => rule.replace('<password>', 'secret-of-the-bot')),
  );
  await admin.call('ACL', 'SETUSER', 'default', 'off');
});
afterAll(async () => {
  admin.disconnect();
  await server.stop();
});

const storeAs = (user: string) =>
  openStore({ url: `redis://${user}127.0.0.1:${port}`, botId: '7', log: silentLogger });

describe('a Redis with a user of its own for the bot', () => {
  it('lets it do all that it needs on its own keys, and nothing else', async () => {
    const store = storeAs('bot:secret-of-the-bot@');
    const shelf = { store, seal: createSeal(Buffer.alloc(32, 1), '7') };
    const chat = { id: 5, kind: 'person' as const };
    await addChat(
      shelf,
      { chat, settings: { ...DEFAULT_SETTINGS, edition: 'be' }, state: 'idle', day: 0 },
      1,
    );
    expect((await loadChat(shelf, chat))?.settings.edition).toBe('be');
    await expect(store.redis.get('somebody:else')).rejects.toThrow('NOPERM');
    await store.close();
  });

  it('that does not let it rewrite the file is left alone', async () => {
    const store = storeAs('bot:secret-of-the-bot@');
    await needRewrite(store);
    await rewriteLog({ store, memory: { rewriting: newRewriting() } }, Date.now());
    expect(await store.redis.exists(botKeys('7').unwritten)).toBe(0);
    await store.close();
  });

  it('and a wrong password tells nothing of what was asked', async () => {
    const store = storeAs('');
    const error = await store.redis.get('pozirk:x').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(refusalOf(store, error)?.message).toBe('REDIS_URL: Redis refuses the name or password');
    expect(String(error)).toContain('NOAUTH');
    store.redis.disconnect();
  });

  it('lets an operator type what docs/lost-bot.md says', () => {
    const typed = [...read('docs/lost-bot.md').matchAll(/redis-cli (?:--)?(\w+)/g)].map(
      ([, name]) => `+${name}`,
    );
    expect(typed).toHaveLength(2);
    expect(ACL_LINE).toEqual(expect.arrayContaining(typed));
  });

  it('lets it run every command in the sources', async () => {
    const scripts = [...globSync('src/store/lua/*.lua', { cwd: ROOT }), 'src/store/prelude.ts'];
    const inScripts = scripts.flatMap((path) =>
      [...read(path).matchAll(/redis\.call\([^']*'(\w+)'(?: or '(\w+)')?/g)].flatMap(([, one, other]) => [
        one,
        other,
      ]),
    );
    const inSources = globSync('src/**/*.ts', { cwd: ROOT }).flatMap((path) =>
      [
        ...read(path).matchAll(/\b(?:redis|server|step|multi\(\)|pipeline\(\))\s*\.(\w+)\(|^\s+\.(\w+)\(/gm),
      ].map(([, one, other]) => one ?? other),
    );
    const known = new Set((await admin.call('COMMAND', 'LIST')) as string[]);
    const used = [...inScripts, ...inSources, 'evalsha', 'eval', 'scan', 'ping', ...IN_BACKUPS]
      .map((name = '') => name.toLowerCase().replace(/buffer$/, ''))
      // JavaScript's own.
      .filter((name) => known.has(name) && !['sort', 'append', 'keys', 'quit'].includes(name));
    expect(used).toEqual(
      expect.arrayContaining(['smismember', 'bgrewriteaof', 'hincrby', 'xrevrange', 'multi']),
    );
    expect([...new Set(used)].filter((name) => !ACL_LINE.includes(`+${name}`))).toEqual([]);
    const unused = ACL_LINE.filter((rule) => rule.startsWith('+')).filter(
      (rule) => !used.includes(rule.slice(1)),
    );
    expect(unused).toEqual([]);
  });
});
