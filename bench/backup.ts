/** A backup of a million chats, and the way back: how long each takes, and how many bytes a chat has. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from '#src/cli/backup.ts';
import { restore } from '#src/cli/restore.ts';
import { readConfig } from '#src/config/config.ts';
import { countQueues } from '#src/store/subscribers.ts';
import { checkKey } from '#src/store/proof.ts';
import { silentLogger } from '#testing/log.ts';
import { fillFast, openWorld, KEY, startFarTelegram } from './delivery/world.ts';
import { round, row } from './table.ts';

const CHATS = Number(process.env['CHATS'] ?? 1_000_000);
const MOST_SECONDS = 120;

export async function run(): Promise<void> {
  const telegram = await startFarTelegram();
  const world = await openWorld({ ...telegram, rate: 0 });
  const { store } = world.desk;
  const folder = mkdtempSync(join(tmpdir(), 'pozirk-backup-'));
  const read = readConfig({
    BOT_TOKEN: telegram.token,
    REDIS_URL: world.redis.url,
    DATA_KEY: KEY.toString('base64'),
    DATA_DIR: folder,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  const file = join(folder, 'copy.pozirk');
  const options = { signal: new AbortController().signal, say: () => undefined };
  const timed = async (what: string, step: () => Promise<void>) => {
    const began = performance.now();
    await step();
    row(what, `${round((performance.now() - began) / 1000, 1)} s`, `at most ${MOST_SECONDS} s`);
  };
  try {
    await checkKey(store, world.desk.seal);
    await fillFast(world.desk, CHATS, 'en');
    await timed(`a backup of ${CHATS.toLocaleString('en')} chats`, () =>
      backUp(read.config, silentLogger, file, options),
    );
    row('  bytes a chat', round(statSync(file).size / CHATS, 0));
    await store.redis.flushall();
    // The key of the settings is wiped once it was used.
    const again = readConfig({
      BOT_TOKEN: telegram.token,
      REDIS_URL: world.redis.url,
      DATA_KEY: KEY.toString('base64'),
      DATA_DIR: folder,
    });
    if (!again.ok) throw new Error('settings');
    await timed('  and back', () => restore(again.config, silentLogger, file, options));
    const { waiting } = (await countQueues(store)).en;
    row('  chats that wait for news again', waiting.toLocaleString('en'), CHATS.toLocaleString('en'));
  } finally {
    await world.close();
    await telegram.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
