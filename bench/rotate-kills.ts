/**
 * New keys, one after another, while the bot and `rotate-key`, each a process of its own, are killed with -9 at random
 * instants: no reader may be lost, both keys open everything in between, and the old one nothing afterwards.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkKey, neededProofs } from '#src/store/proof.ts';
import { botKeys } from '#src/store/keys.ts';
import { createSeal, type Seal } from '#src/store/seal.ts';
import { loadChat } from '#src/store/subscribers.ts';
import type { Shelf } from '#src/store/shelf.ts';
import { type BotProcess, openTown, startBot } from '#testing/process.ts';
import { startRedis } from '#testing/redis.ts';
import { fillFast, KEY, openWorld, people, waitFor } from './delivery/world.ts';
import { row } from './table.ts';

const READERS = 10_000;
/** A rotation of so many readers takes about this long, waits and all, when nobody is killed. */
const LONGEST_LIFE_MS = 9000;
const SAMPLE = 500;

export async function killsWhileRotating(kills: number): Promise<void> {
  const town = await openTown();
  const redis = await startRedis('--appendonly', 'yes');
  const { telegram } = town;
  telegram.people(READERS);
  const readers = [...people(READERS)].map(({ id }) => id);
  const world = await openWorld({ ...telegram, rate: 0, redis });
  const { store, seal } = world.desk;
  await checkKey(store, seal);
  await fillFast(world.desk, READERS, 'en');
  let key = Buffer.from(KEY);
  const start = (args: readonly string[] = []): BotProcess =>
    startBot({ ...town.env, REDIS_URL: redis.url, DATA_KEY: key.toString('base64'), SEND_RATE: '0' }, args);
  const newKey = () => Buffer.from(readFileSync(join(town.env.DATA_DIR, 'key.new'), 'utf8'), 'base64');
  const sealOf = (current: Buffer, before?: Buffer) =>
    createSeal(Buffer.from(current), store.botId, before && Buffer.from(before));
  const toll = {
    rotations: 0,
    bot: 0,
    command: 0,
    unknownBetween: 0,
    lost: 0,
    oldOpens: 0,
    hashes: 0,
    late: 0,
  };

  while (toll.bot + toll.command < kills) {
    let bot = start();
    await bot.ready();
    let command = start(['rotate-key']);
    await waitFor(() => command.output().includes('A new key is in'), 60_000);
    const [before, after] = [key, newKey()];
    const isOver = async () => (await neededProofs(store)).join() === sealOf(after).proofs.now;
    const headline = `Story number ${toll.rotations} of this bench`;
    const since = telegram.deliveries().length;
    town.newsroom.publish({ en: { headline, lead: `${headline}.`, body: 'It goes on.', rubric: 'Society' } });
    while (toll.bot + toll.command < kills) {
      await sleep(Math.random() * LONGEST_LIFE_MS);
      if (await isOver()) break;
      const victims = Math.floor(Math.random() * 3);
      if (victims !== 0) {
        await bot.end('SIGKILL');
        toll.bot += 1;
      }
      if (victims !== 1 && command.child.exitCode === null) {
        await command.end('SIGKILL');
        toll.command += 1;
      }
      const sample = readers.filter(() => Math.random() < SAMPLE / READERS);
      toll.unknownBetween += sample.length - (await known({ store, seal: sealOf(after, before) }, sample));
      if (victims !== 0) bot = start();
      if (victims !== 1) command = start(['rotate-key']);
    }
    await waitFor(isOver, 120_000);
    toll.rotations += 1;
    toll.lost += READERS - (await known({ store, seal: sealOf(after) }, readers));
    toll.oldOpens += await known({ store, seal: sealOf(before) }, readers);
    toll.hashes += (await countHashes(store)) - READERS;
    const told = () =>
      new Set(
        telegram
          .deliveries(since)
          .filter(({ message }) => String(message.wire.text).startsWith(headline))
          .map(({ chatId }) => chatId),
      ).size;
    await waitFor(() => told() >= READERS, 120_000).catch(() => undefined);
    toll.late += READERS - told();
    await Promise.all([bot.end(), command.end()]);
    // Steps of the operator before the next start.
    key = after;
  }
  row('readers; rotations with kills', `${READERS}; ${toll.rotations}`);
  row('kills -9 of the bot, of rotate-key', `${toll.bot}, ${toll.command}`);
  row('  not known under both keys in between, of samples', String(toll.unknownBetween), '0');
  row('  lost', String(toll.lost), '0');
  row('  known under the old key afterwards', String(toll.oldOpens), '0');
  row('  keyed hashes too many', String(toll.hashes), '0');
  row('  did not get the story published meanwhile', String(toll.late), '0');
  await world.close();
  await Promise.all([town.close(), redis.stop()]);
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function known(shelf: Shelf & { readonly seal: Seal }, ids: readonly number[]): Promise<number> {
  let count = 0;
  for (let from = 0; from < ids.length; from += 1000) {
    const some = ids.slice(from, from + 1000);
    const found = await Promise.all(some.map((id) => loadChat(shelf, { id }).catch(() => undefined)));
    count += found.filter((one) => one !== undefined).length;
  }
  return count;
}

async function countHashes({ redis, botId }: Shelf['store']): Promise<number> {
  const buckets = Array.from({ length: 32_768 }, (_, bucket) => botKeys(botId).find(bucket));
  const sizes = await Promise.all(buckets.map((bucket) => redis.hlen(bucket)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
