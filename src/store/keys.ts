/**
 * Every Redis key, made here and nowhere else. The news is shared by all bots on one Redis (`{news}`), what belongs to a
 * bot carries its id as hash tag, so each atomic step stays within one cluster slot. docs/architecture.md has the table
 * with types, lifetimes and owners.
 */
import type { Edition } from '../news/edition.ts';
import { RECORD_BLOCK, RECORD_BYTES, SLOT_BLOCK } from './blocks.ts';

export { RECORD_BLOCK, RECORD_BYTES, SLOT_BLOCK };

/** Keys of the newsroom's side: stories, identity, logs, sources. */
export const newsKeys = {
  /** String: number of the form in which the rest is written. */
  schema: 'pozirk:{news}:schema',
  /** String: under whose key all of this is stamped. */
  stamped: 'pozirk:{news}:stamped',
  /** Stream of entries, ids `<seq>-0`. */
  log: (edition: Edition) => `pozirk:{news}:log:${edition}`,
  /** Hash of a story: `json`, `terms` (for search), `origin` (where its text came from), `seq` (its log entry). */
  story: (id: string) => `pozirk:{news}:story:${id}`,
  /** Sorted set of story ids, not of the withdrawn, by the order of `/latest`. */
  newest: (edition: Edition) => `pozirk:{news}:newest:${edition}`,
  /** Story id for a canonical link or guid (its hash). */
  alias: (edition: Edition, hash: string) => `pozirk:{news}:alias:${edition}:${hash}`,
  /** Set of story ids of one calendar day, to find a story that comes back under another id. */
  day: (edition: Edition, day: string) => `pozirk:{news}:day:${edition}:${day}`,
  /** Set of story ids under one folded headline (its hash), for the same. */
  headline: (edition: Edition, hash: string) => `pozirk:{news}:headline:${edition}:${hash}`,
  /** String: what we know of a source address, as JSON: validators, baseline, failures. */
  source: (edition: Edition, hash: string) => `pozirk:{news}:source:${edition}:${hash}`,
  /** Hash: what a source address listed at its last good reading: hash of the link → story, hash of the row. */
  rows: (edition: Edition, hash: string) => `pozirk:{news}:rows:${edition}:${hash}`,
  /** Hash: links whose page could not be read yet: hash of the link → tries. */
  pending: (edition: Edition) => `pozirk:{news}:pending:${edition}`,
  /** Hash: stories that left every listing: id → checks of their page so far. */
  checks: (edition: Edition) => `pozirk:{news}:looks:${edition}`,
  /** String: health of an edition, as JSON. */
  health: (edition: Edition) => `pozirk:{news}:health:${edition}`,
  /** Sorted set of pages to look at again, by due time. */
  recheck: (edition: Edition) => `pozirk:{news}:recheck:${edition}`,
  /** Sorted set of amended story ids by the time at which the edit is due; all bots take them from here. */
  amended: (edition: Edition) => `pozirk:{news}:amended:${edition}`,
  /** Holder of a lease that all bots share, and the number of its holders so far. */
  lease: (name: string) => `pozirk:{news}:lease:${name}`,
  fence: (name: string) => `pozirk:{news}:fence:${name}`,
  /** Hash: the settings under which an edition is read. */
  settings: (edition: Edition) => `pozirk:{news}:settings:${edition}`,
  /** Set for seconds: the newsroom rang where another process reads the edition. */
  rung: (edition: Edition) => `pozirk:{news}:rung:${edition}`,
  /** String: what was published up to this moment (ms) was told before the data were restored from a backup. */
  told: 'pozirk:{news}:told',
  /** Set for four days once the announcement with that id was sent to an edition. */
  announced: (edition: Edition, id: string) => `pozirk:{news}:announced:${edition}:${id}`,
  /** Set for an hour once a story's correction went out. */
  edited: (story: string) => `pozirk:{news}:edited:${story}`,
} as const;

/** Keys of a bot that scripts make as well, less their prefix; `%s` stands for a part. */
export const SHARED_NAMES = {
  find: 'find:%s',
  chat: 'chat:%s',
  large: 'large:%s',
  free: 'free:%s',
  waiting: 'waiting:%s',
  held: 'held:%s:%s',
  cursor: 'cursor:%s',
  sweep: 'sweep:%s',
  flight: 'flight',
  ahead: 'ahead',
  doubted: 'doubted',
  places: 'places:%s',
  owners: 'owners',
  shown: 'shown:%s:%s',
  posted: 'posted:%s',
  highest: 'highest',
  heard: 'heard',
  others: 'others:%s',
  erase: 'erase',
  said: 'said:%s',
  leaving: 'leaving',
  unwritten: 'unwritten',
} as const;

/** Pattern of all keys of a bot. */
export const everyKey = (bot: string): string => `pozirk:{${bot}}:*`;

/** Keys of one bot's side: chats, cursors, deliveries, leases. `bot` is the number before the token's colon. */
export const botKeys = (bot: string) => {
  const key = (rest: string) => `pozirk:{${bot}}:${rest}`;
  const shared = (name: keyof typeof SHARED_NAMES, ...parts: readonly (string | number)[]) =>
    key(parts.reduce<string>((made, part) => made.replace('%s', () => String(part)), SHARED_NAMES[name]));
  return {
    /** Sorted set: 11 characters of a chat's keyed hash by slot. A hash would keep the order of arrival. */
    find: (bucket: number) => shared('find', bucket),
    /** String: sealed records, each at the place of its slot (`records.ts`). */
    chat: (slot: number) => shared('chat', Math.floor(slot / RECORD_BLOCK)),
    /** String: the sealed record of a slot that is larger than its place. */
    large: (slot: number) => shared('large', slot),
    /** Hash: `blocks` = blocks of slots opened so far. */
    slots: key('slots'),
    /** Set of slots that nobody has. */
    freeSlots: (edition: Edition) => shared('free', edition),
    /** Sorted set: slot by cursor, of chats that may be visited; the slot stands in the fraction, so that lower ones come first. */
    waiting: (edition: Edition) => shared('waiting', edition),
    /** Sorted set: slot by the moment (ms) at which it may be visited again. Two sides: see `wake.lua`. */
    held: (edition: Edition, side: 0 | 1) => shared('held', edition, side),
    /** Sorted set: slot by cursor, of the held, and of who reads another edition now. */
    cursor: (edition: Edition) => shared('cursor', edition),
    /** Hash: `side` that new holds go to, `seq` of the last urgent entry whose sweep began. */
    sweep: (edition: Edition) => shared('sweep', edition),
    /** Hash: slot → what is being sent. */
    flight: shared('flight'),
    /** Set of slots that were sent something beyond their cursor. */
    ahead: shared('ahead'),
    /** Set of slots of places whose next message may repeat one that arrived. */
    doubted: shared('doubted'),
    /** Set of slots of groups, topics and channels. */
    places: (edition: Edition) => shared('places', edition),
    /** Hash: slot of a place → its owners, sealed. */
    owners: shared('owners'),
    /** String, expiring: places whose card waits for a person who has not started the bot, sealed. */
    card: (hash: string) => key(`card:${hash}`),
    /** String of message ids by slot, of one story in one block, four bytes each and hidden (`veil.ts`). */
    shown: (story: string, slot: number) => shared('shown', story, Math.floor(slot / SLOT_BLOCK)),
    /** Hash: slot of a place → message id that shows the story there, hidden, and what else that message shows. */
    posted: (story: string) => shared('posted', story),
    /** Sorted set: slot of a place by its highest message id known; `private` by the bot's own in private chats. */
    highest: shared('highest'),
    /** Sorted set: slot of a place by a message id of it above which every post of others is known. */
    heard: shared('heard'),
    /** Set of message ids of others' posts in a channel, above our own last one. */
    others: (slot: number) => shared('others', slot),
    /** String: when all of Telegram's updates were last read, ms. */
    read: key('read'),
    /** Sorted set: a pair of slot and message id, hidden, by the moment (ms) at which it has to disappear. */
    erase: shared('erase'),
    /** Hash: minute → highest message id of private chats then. */
    ages: key('ages'),
    /** String: minute up to which private chats were cleared of old messages. */
    cleared: key('cleared'),
    /** String: message ids of a chat that are not deliveries (commands, answers), with their days, encrypted. */
    said: (slot: number) => shared('said', slot),
    /** Sorted set: slot of an idle or left chat by the day on which it is forgotten. */
    leaving: shared('leaving'),
    /** Hash: story of an amendment being edited in → how far it is. */
    amending: key('amending'),
    /** Hash: amended story → `due:revision`, the amendment taken last and the revision that all chats have. */
    walked: (edition: Edition) => key(`walked:${edition}`),
    /** Set of `slot:story`: edits that a place could not be given. */
    owed: key('owed'),
    /** Hash: sealed lists of messages to remove although their chat is forgotten. */
    removals: key('removals'),
    /** Sorted set of those by due moment (ms). */
    removalsDue: key('removals:due'),
    /** Hash: updates that were read and not handled yet, sealed, by Telegram's number of the update. */
    inbox: key('inbox'),
    /** Hash: sealed messages that must arrive (alarms, words to owners), under random names. */
    letters: key('letters'),
    /** The messages shown lately, left by a process that stopped or lost its lease. */
    handover: key('handover'),
    /** Sorted set of those by the moment (ms) of the next try. */
    lettersDue: key('letters:due'),
    /** Hash: kind of an alarm that lasts → its words and when operators were told. */
    alarms: (scope: string) => key(`alarms:${scope}`),
    /** String: Telegram's id of a picture that it has fetched; by the hash of its address. */
    picture: (hash: string) => key(`picture:${hash}`),
    /** Hash: counts of what became of a story. */
    trace: (story: string) => key(`trace:${story}`),
    /** Hash: name of a text about the bot (commands, descriptions) → digest of what Telegram accepted last. */
    introduced: key('introduced'),
    /** String: number of the form in which the rest is written. */
    schema: key('schema'),
    /** String: the key that hides message ids, sealed. */
    veil: key('veil'),
    /** String: proof of DATA_KEY. */
    proof: key('proof'),
    /** String: block of records up to which a new key has come. */
    resealed: key('resealed'),
    /** Hash: id of a backup → when it began, ms, and whether whoever serves has its mark. */
    backups: key('backups'),
    /** String: a restore has begun and is not over. */
    restoring: key('restoring'),
    /** String: how many chats were forgotten since the append-only file was last rewritten. */
    unwritten: shared('unwritten'),
    /** String: when the append-only file was last rewritten, ms. */
    rewritten: key('rewritten'),
    /** String, expiring: nothing is sent before it is gone. */
    flood: key('flood'),
    /** String: the time of day of the process that delivers, ms, a second old at most while it lives. */
    clock: key('clock'),
    /** String, expiring: written each second, to see that it can be. */
    pulse: key('pulse'),
    /** String: when the operators' pause began, ms. */
    paused: key('paused'),
    lease: (name: string) => key(`lease:${name}`),
    fence: (name: string) => key(`fence:${name}`),
  } as const;
};
