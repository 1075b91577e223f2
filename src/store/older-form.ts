/**
 * Data that the first release wrote stand in hashes, which keep the order in which readers came and wrote, and have message
 * numbers as they are. They are put into the present form key by key, each in one step, so that a start that is cut short is
 * gone on with by the next one.
 */
import { EDITIONS } from '../news/edition.ts';
import { DAY } from '../time.ts';
import { everyKey, RECORD_BLOCK, SLOT_BLOCK } from './keys.ts';
import { hiddenBlock } from './deliveries.ts';
import { encodeSaid } from './said.ts';
import { keysLike } from './scan.ts';
import { scoredIn } from './scores.ts';
import type { Shelf } from './shelf.ts';
import { veilOf } from './veil-key.ts';

/** Puts into the present form what is not in it yet, unless `signal` aborts. */
export async function takeOlderForm(shelf: Shelf, signal: AbortSignal): Promise<void> {
  const { store } = shelf;
  for (const key of [store.keys.highest, ...EDITIONS.map((edition) => store.keys.cursor(edition))])
    await takeHash(shelf, key, '');
  await takeErasures(shelf);
  for await (const page of keysLike(store, everyKey(store.botId))) {
    await Promise.all(page.map((key) => takeKey(shelf, key)));
    if (signal.aborted) return;
  }
}

async function takeKey(shelf: Shelf, key: string): Promise<void> {
  const [family = '', first = '', second = ''] = key.slice(everyKey(shelf.store.botId).length - 1).split(':');
  if (family === 'find') await takeHash(shelf, key, '');
  else if (family === 'chat') await takeHash(shelf, key, Number(first) * RECORD_BLOCK);
  else if (family === 'sent') await takeShown(shelf, key, first, Number(second));
  else if (family === 'said') await takeSaid(shelf, key, Number(first));
}

const takeHash = ({ store }: Shelf, key: string, firstSlot: number | ''): Promise<unknown> =>
  store.run('take-older-hash', [key], [firstSlot]);

/** Message ids of a story in a block, four bytes each, zeros where there is none. */
async function takeShown(shelf: Shelf, key: string, name: string, block: number): Promise<void> {
  const { redis, keys } = shelf.store;
  const [bytes, left] = await Promise.all([redis.getBuffer(key), redis.pttl(key)]);
  if (!bytes || left <= 0) return;
  const whole = Buffer.concat([bytes], SLOT_BLOCK * 4);
  const ids = Array.from({ length: SLOT_BLOCK }, (_, index) => whole.readUInt32BE(index * 4));
  const hidden = hiddenBlock(await veilOf(shelf), name, block, ids);
  await redis
    .multi()
    .set(keys.shown(name, block * SLOT_BLOCK), hidden, 'PX', left)
    .del(key)
    .exec();
}

/** A sorted set of message ids by day. */
async function takeSaid(shelf: Shelf, key: string, slot: number): Promise<void> {
  const { redis } = shelf.store;
  if ((await redis.type(key)) !== 'zset') return;
  const [flat, left] = await Promise.all([redis.zrange(key, '0', '-1', 'WITHSCORES'), redis.pttl(key)]);
  const said = scoredIn(flat).map(({ member, score }) => ({ id: Number(member), day: Number(score) }));
  const sealed = (await veilOf(shelf)).seal(slot, encodeSaid(said));
  await redis.set(key, sealed, 'PX', left > 0 ? left : DAY);
}

/** Members of `erase` with a slot and a message id as they are. */
async function takeErasures(shelf: Shelf): Promise<void> {
  const { redis, keys } = shelf.store;
  const { erase } = keys;
  const veil = await veilOf(shelf);
  for (const { member, score } of scoredIn(await redis.zrange(erase, '0', '-1', 'WITHSCORES'))) {
    const [, slot, id] = /^(\d+):(\d+)$/.exec(member) ?? [];
    if (slot === undefined || id === undefined) continue;
    await redis
      .multi()
      .zadd(erase, score, veil.pair(Number(slot), Number(id)))
      .zrem(erase, member)
      .exec();
  }
}
