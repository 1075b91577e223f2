/**
 * Every Redis key, made here and nowhere else. The news is shared by all bots on one Redis (`{news}`), what belongs to a
 * bot carries its id as hash tag, so each atomic step stays within one cluster slot. docs/architecture.md has the table
 * with types, lifetimes and owners.
 */
import type { Edition } from '../news/edition.ts';

/** Keys of the newsroom's side: stories, identity, logs, sources. */
export const newsKeys = {
  /** Stream of entries, ids `<seq>-0`. */
  log: (edition: Edition) => `pozirk:{news}:log:${edition}`,
  /** Hash of a story: `json`, `terms`. */
  story: (id: string) => `pozirk:{news}:story:${id}`,
  /** Sorted set of story ids by `storyTime`. */
  newest: (edition: Edition) => `pozirk:{news}:newest:${edition}`,
  /** Story id for a canonical link or guid (its hash). */
  alias: (edition: Edition, hash: string) => `pozirk:{news}:alias:${edition}:${hash}`,
  /** Set of story ids of one calendar day, for fingerprints. */
  day: (edition: Edition, day: string) => `pozirk:{news}:day:${edition}:${day}`,
  /** Hash: what we know of a source address: validators, last success, misses. */
  source: (hash: string) => `pozirk:{news}:source:${hash}`,
  /** Sorted set of pages to look at again, by due time. */
  recheck: (edition: Edition) => `pozirk:{news}:recheck:${edition}`,
  /** Sorted set of amended story ids by the time at which the edit is due. */
  amended: (edition: Edition) => `pozirk:{news}:amended:${edition}`,
  /** Set for an hour once a story's correction went out. */
  edited: (story: string) => `pozirk:{news}:edited:${story}`,
} as const;

/** Keys of one bot's side: chats, cursors, deliveries, leases. `bot` is the number before the token's colon. */
export const botKeys = (bot: string) => {
  const key = (rest: string) => `pozirk:{${bot}}:${rest}`;
  return {
    /** Hash: keyed hash of a chat → slot. */
    find: (bucket: string) => key(`find:${bucket}`),
    /** Hash: slot → sealed record. */
    chat: (block: number) => key(`chat:${block}`),
    /** Number of blocks of slots handed out. */
    blocks: key('blocks'),
    /** Next unused slot of an edition's open block. */
    nextSlot: (edition: Edition) => key(`next:${edition}`),
    /** Set of slots given back. */
    freeSlots: (edition: Edition) => key(`free:${edition}`),
    /** Sorted set: slot by cursor, for chats that may be visited. */
    waiting: (edition: Edition) => key(`waiting:${edition}`),
    /** Sorted set: slot by the moment (ms) at which it may be visited again. */
    held: (edition: Edition) => key(`held:${edition}`),
    /** Hash: slot → cursor, of the held. */
    cursor: (edition: Edition) => key(`cursor:${edition}`),
    /** Hash: slot → what is being sent. */
    flight: key('flight'),
    /** String of 4-byte message ids by slot, a block of a story. */
    sent: (story: string, block: number) => key(`sent:${story}:${block}`),
    lease: (name: string) => key(`lease:${name}`),
    /** String: proof that DATA_KEY is the right one. */
    keyCheck: key('key'),
  } as const;
};
