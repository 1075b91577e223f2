/** Why was it not delivered? What became of each story, by counts, never by chats. */
import { remembered } from '../bounded.ts';
import type { Hold } from '../news/audience.ts';
import type { Store } from '../store/redis.ts';
import { MINUTE } from '../time.ts';

/**
 * `held`: not before its time; by quiet hours or for a digest, with the half hour (counted from the epoch) in which that
 * ends: no finer, as a story's trace is not sealed. `found`: the answer to a message was lost, Telegram was asked whether
 * it had arrived, and it had. `repeated`: it could not be told, so it was sent again.
 */
export type Fate =
  | 'sent'
  | 'found'
  | 'repeated'
  | 'filtered'
  | 'held'
  | `held:${'quiet' | 'digest'}:${number}`
  | 'edited'
  | `refused:${string}`;

const HALF_HOUR = 30 * MINUTE;

export const heldFate = ({ by, until }: Hold): Fate =>
  by === 'other' ? 'held' : `held:${by}:${Math.ceil(until / HALF_HOUR)}`;

/** A fate in its parts: what, by what or why, and until when (ms) where it tells that. */
export function readFate(fate: string): {
  readonly kind: string;
  readonly reason: string;
  readonly until?: number;
} {
  const [kind = '', reason = '', slot] = fate.split(':');
  return { kind, reason, ...(kind === 'held' && slot ? { until: Number(slot) * HALF_HOUR } : {}) };
}

export type Trace = ReturnType<typeof createTrace>;

/** Counts serve an operator's `/why` for a week. */
const TRACE_SECONDS = 7 * 24 * 3600;

export function createTrace(store: Store) {
  let counts = new Map<string, Map<Fate, number>>();
  return {
    count(story: string, fate: Fate, chats = 1): void {
      const fates = remembered(counts, story, () => new Map<Fate, number>());
      fates.set(fate, (fates.get(fate) ?? 0) + chats);
    },
    /** Writes what was counted; called about once a second. */
    async flush(): Promise<void> {
      if (counts.size === 0) return;
      const written = counts;
      counts = new Map();
      const pipeline = store.redis.pipeline();
      for (const [story, fates] of written) {
        const key = store.keys.trace(story);
        for (const [fate, count] of fates) pipeline.hincrby(key, fate, count);
        pipeline.expire(key, TRACE_SECONDS);
      }
      await pipeline.exec();
    },
  };
}

/** Trace of a story's way to the chats of this bot. */
export async function readTrace(store: Store, story: string): Promise<Record<string, number>> {
  const counts = await store.redis.hgetall(store.keys.trace(story));
  return Object.fromEntries(Object.entries(counts).map(([fate, count]) => [fate, Number(count)]));
}
