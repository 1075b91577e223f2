import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { searchFile } from '../../bench/safety/places.ts';
import { searchFor } from '../../bench/safety/search.ts';
import { startEmbedded } from '#src/store/embedded/embedded.ts';
import { botKeys, RECORD_BLOCK } from '#src/store/keys.ts';
import { readRecords } from '#src/store/records.ts';
import { openStore } from '#src/store/redis.ts';
import { createSeal } from '#src/store/seal.ts';
import { openRecord } from '#src/store/subscribers.ts';
import { silentLogger } from '#testing/log.ts';
import { eventually, openTown, startBot } from '#testing/process.ts';

const READERS = Array.from({ length: 20 }, (_, index) => 9_123_456_789 + index * 7919);
const WORD = 'qwordmark';

let town: Awaited<ReturnType<typeof openTown>>;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const botId = () => town.telegram.token.split(':')[0] ?? '';

/** A day of the bot: twenty readers come and follow a word. Answers what the start said. */
async function live(env: Record<string, string>): Promise<string> {
  const bot = startBot(env);
  await bot.ready();
  const readers = READERS.map((id) => town.telegram.person({ id, language: 'en', firstName: 'Qnamemark' }));
  for (const reader of readers) for (const text of ['/subscribe en', `/follow ${WORD}`]) reader.send(text);
  await eventually(() =>
    readers.every((reader) => reader.messages().filter(({ fromBot }) => fromBot).length >= 2),
  );
  await bot.end();
  return bot.output();
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

/** Everything in the folder that may be a key: 32 bytes, bare or in base64. */
const keysIn = (folder: string): Buffer[] =>
  filesIn(folder)
    .map((path) => readFileSync(path))
    .flatMap((bytes) => [bytes, Buffer.from(bytes.toString('latin1').trim(), 'base64')])
    .filter((bytes) => bytes.length === 32);

/** Readers whom somebody names that has a copy of the folder and nothing else. */
async function namedFrom(folder: string): Promise<number[]> {
  const keys = keysIn(folder);
  const redis = await startEmbedded({ folder: join(folder, 'redis'), log: silentLogger });
  const store = openStore({ url: redis.url, botId: botId(), log: silentLogger });
  const named = new Set<number>();
  for (const name of await store.redis.keys(botKeys(botId()).chat(0).replace(/0$/, '*'))) {
    const first = Number(name.slice(name.lastIndexOf(':') + 1)) * RECORD_BLOCK;
    for (const [slot, sealed] of await readRecords(store, first))
      for (const key of keys) {
        const { chat, settings } = openRecord(createSeal(Buffer.from(key), botId()), slot, sealed);
        if (settings.follow.includes(WORD)) named.add(chat.id);
      }
  }
  await store.close();
  await redis.stop();
  return [...named].filter((id) => READERS.includes(id));
}

function copyOf(folder: string): string {
  const copy = join(town.folder, 'copy');
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  return copy;
}

describe('a stolen disk', () => {
  it('names nobody where key and token lie elsewhere', async () => {
    const elsewhere = join(town.folder, 'elsewhere');
    mkdirSync(elsewhere);
    const files = { DATA_KEY: Buffer.alloc(32, 9).toString('base64'), BOT_TOKEN: town.telegram.token };
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(elsewhere, name), text, { mode: 0o600 });
    const { BOT_TOKEN: _, ...env } = town.env;
    const said = await live({
      ...env,
      DATA_KEY_FILE: join(elsewhere, 'DATA_KEY'),
      BOT_TOKEN_FILE: join(elsewhere, 'BOT_TOKEN'),
    });
    expect(said).not.toContain('The key lies beside what it seals');
    const copy = copyOf(env.DATA_DIR);
    expect(await namedFrom(copy)).toEqual([]);
    const search = searchFor(READERS, [WORD, 'qnamema']);
    expect(filesIn(copy).flatMap((path) => searchFile(path, search))).toEqual([]);
    expect(filesIn(copy).filter((path) => readFileSync(path).includes(town.telegram.token))).toEqual([]);
  });

  it('names everybody where the bot made its key itself, and the start has said so', async () => {
    const said = await live(town.env);
    expect(said).toContain('The key lies beside what it seals');
    expect(said).toContain('npm start -- key move');
    expect(await namedFrom(copyOf(town.env.DATA_DIR))).toHaveLength(20);
  });
});
