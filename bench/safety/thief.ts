/** A thief with some accounts of their own, who looks in Redis for when everybody else came and wrote. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { botKeys } from '#src/store/keys.ts';
import { createSeal } from '#src/store/seal.ts';
import { round, row } from '../table.ts';
import { type Home, redisOf } from './bot.ts';
import {
  bracketsIn,
  chanceOf,
  idleOrder,
  type Order,
  ordersIn,
  slotLists,
  tellsBrackets,
  tellsOrder,
} from './metadata.ts';

/** The thief's own accounts among the readers, and readers of whom it is asked when they wrote. */
const MARKERS = 60;
const WRITERS = 40;
/** The bot evens out times of use once a minute. */
const EVEN_MS = 65_000;

/** Looks for what Redis tells beside its content; answers how much it tells. */
export async function metadata(home: Home, readers: readonly Person[]): Promise<number> {
  const redis = await redisOf(home);
  const botId = /\{(\d+)\}/.exec((await redis.keys('*}:slots'))[0] ?? '')?.[1] ?? '';
  const seal = createSeal(Buffer.from(readFileSync(join(home.env.DATA_DIR, 'key'), 'utf8'), 'base64'), botId);
  const findOf = (id: number) => {
    const [{ bucket, field }] = seal.refs({ id });
    return { key: botKeys(botId).find(bucket), field };
  };
  const arrivals = new Map<number, number>();
  for (const [at, { id }] of readers.entries()) {
    const { key, field } = findOf(id);
    const slot = await redis.zscore(key, field);
    if (slot !== null) arrivals.set(Number(slot), at);
  }
  if (process.env['PLANT'] === 'order')
    for (const slot of arrivals.keys()) await redis.rpush(botKeys(botId).card('planted'), slot);
  const lists = await slotLists(redis, arrivals);
  const orders = ordersIn(lists, arrivals);
  // Where nobody's place were known, nothing could be found.
  row('  readers whose place in Redis is known', `${arrivals.size} of ${readers.length}`, 'at least 20 %');
  for (const order of orders)
    if (order.pairs > 400 || tellsOrder(order)) showOrder(`in order of arrival: ${order.what}`, order);
  const own = new Set([...arrivals.keys()].filter((_, at) => at % Math.ceil(arrivals.size / MARKERS) === 0));
  const brackets = bracketsIn(lists, arrivals, own);
  const percent = (part: number) => round((100 * part) / Math.max(1, brackets.guesses), 1);
  row(
    `  guesses from ${own.size} own accounts, right`,
    `${percent(brackets.right)} %`,
    `chance: ${percent(brackets.chance)} %`,
  );
  const known = [...arrivals.values()].map((at) => readers[at]).filter((reader) => reader !== undefined);
  const idle = await idleness(redis, known.toReversed(), (id) => findOf(id).key);
  redis.disconnect();
  return orders.filter(tellsOrder).length + Number(tellsBrackets(brackets)) + Number(idle);
}

/** Whether the times of use tell in which order readers wrote, a minute later. */
async function idleness(
  redis: Redis,
  readers: readonly Person[],
  keyOf: (id: number) => string,
): Promise<boolean> {
  const apart = () => new Promise((resolve) => setTimeout(resolve, 1100));
  const keys: string[] = [];
  for (const reader of readers) {
    if (keys.length === WRITERS) break;
    if (!canWrite(reader)) continue;
    keys.push(keyOf(reader.id));
    await apart();
  }
  await new Promise((resolve) => setTimeout(resolve, EVEN_MS));
  if (process.env['PLANT'] === 'idle')
    for (const key of keys) {
      await redis.touch(key);
      await apart();
    }
  const order = await idleOrder(redis, keys);
  showOrder('in order of their last words: idle times', order);
  return tellsOrder(order);
}

const showOrder = (what: string, order: Order): void =>
  row(`  ${what}`, `${round(order.share * 100, 1)} %`, `50 ± ${round(chanceOf(order) * 100, 1)} %`);

/** Whether the reader has asked for help: who has blocked the bot, or has gone from Telegram, cannot. */
function canWrite(reader: Person): boolean {
  try {
    reader.send('/help');
    return true;
  } catch {
    return false;
  }
}
