/**
 * Redis' append-only file still has what was deleted until it is rewritten, and in which order everything was written, with
 * times between: when a chat wrote to us could be read from it.
 */
import { DAY, HOUR, MINUTE } from '../time.ts';
import type { Store } from './redis.ts';

/** Rewriting copies all data once: not more often than this, however many chats are forgotten. */
const GAP_MS = MINUTE;
/** After so many rewrites within an hour the next ones are further apart: one stranger can ask for it in turns for ever. */
const SOON = 4;
const LATER_MS = HOUR / 4;
/** The order of what was written is not kept longer than this, whether somebody was forgotten or not. */
const ORDER_MS = DAY;

export interface Rewriting {
  /** Value of `unwritten` when the rewrite began; undefined: none is running. */
  count: string | undefined;
  /** When rewrites of the last hour began, ms. */
  lately: readonly number[];
}

export const newRewriting = (): Rewriting => ({
  count: undefined,
  lately: [],
});

/** The store, and how far its rewriting is. */
export interface Rewriter {
  readonly store: Store;
  readonly memory: { readonly rewriting: Rewriting };
}

/** Something was deleted that may not stay in the file; survives a restart. */
export async function needRewrite(store: Store): Promise<void> {
  await store.redis.incr(store.keys.unwritten);
}

/** Begins a rewrite where one is needed, and notes its end; for every few seconds. A Redis that forbids it is its operator's. */
export async function rewriteLog(
  { store, memory: { rewriting: state } }: Rewriter,
  now: number,
): Promise<void> {
  const key = store.keys.unwritten;
  const count = await store.redis.get(key);
  if (count === null) {
    if (await tellsOrder(store, now)) await needRewrite(store);
    return;
  }
  try {
    await rewriteSince(store, state, now, count);
  } catch (error) {
    if (!(error instanceof Error) || !/^(NOPERM|ERR unknown command)/i.test(error.message)) throw error;
    await store.redis.del(key);
  }
}

/** Whether the file has grown for a day, over restarts too. */
async function tellsOrder(store: Store, now: number): Promise<boolean> {
  const { rewritten } = store.keys;
  const last = await store.redis.get(rewritten);
  if (last === null) await store.redis.set(rewritten, String(Math.floor(now)));
  return last !== null && now - Number(last) >= ORDER_MS;
}

async function rewriteSince(store: Store, state: Rewriting, now: number, count: string): Promise<void> {
  const key = store.keys.unwritten;
  const infos = await Promise.all(store.servers().map((server) => server.info('persistence')));
  const tells = (line: string) => infos.some((info) => info.includes(`${line}\r\n`));
  if (tells('aof_rewrite_in_progress:1') || tells('aof_rewrite_scheduled:1')) return;
  if (state.count !== undefined) {
    const done = !tells('aof_last_bgrewrite_status:err') && state.count === count;
    state.count = undefined;
    // A chat forgotten while it ran needs the next one.
    if (done) await store.redis.del(key);
    return;
  }
  if (!tells('aof_enabled:1')) return void (await store.redis.del(key));
  state.lately = state.lately.filter((at) => at > now - HOUR);
  const gap = state.lately.length < SOON ? GAP_MS : LATER_MS;
  if (now - (state.lately.at(-1) ?? Number.NEGATIVE_INFINITY) < gap) return;
  state.lately = [...state.lately, now];
  state.count = count;
  await store.redis.set(store.keys.rewritten, String(Math.floor(now)));
  await Promise.all(store.servers().map((server) => server.bgrewriteaof()));
}
