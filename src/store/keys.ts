/**
 * Every Redis key, made here and nowhere else. The news is shared by all bots on one Redis (`{news}`), what belongs to a
 * bot carries its id as hash tag, so each atomic step stays within one cluster slot. docs/architecture.md has the table
 * of what each holds, with types, lifetimes and owners.
 */
import type { Edition } from '../news/edition.ts';
import { RECORD_BLOCK, RECORD_BYTES, SLOT_BLOCK } from './blocks.ts';

export { RECORD_BLOCK, RECORD_BYTES, SLOT_BLOCK };

/** Keys of the newsroom's side: stories, identity, logs, sources. */
export const newsKeys = {
  schema: 'pozirk:{news}:schema',
  stamped: 'pozirk:{news}:stamped',
  log: (edition: Edition) => `pozirk:{news}:log:${edition}`,
  story: (id: string) => `pozirk:{news}:story:${id}`,
  newest: (edition: Edition) => `pozirk:{news}:newest:${edition}`,
  alias: (edition: Edition, hash: string) => `pozirk:{news}:alias:${edition}:${hash}`,
  day: (edition: Edition, day: string) => `pozirk:{news}:day:${edition}:${day}`,
  headline: (edition: Edition, hash: string) => `pozirk:{news}:headline:${edition}:${hash}`,
  source: (edition: Edition, hash: string) => `pozirk:{news}:source:${edition}:${hash}`,
  rows: (edition: Edition, hash: string) => `pozirk:{news}:rows:${edition}:${hash}`,
  pending: (edition: Edition) => `pozirk:{news}:pending:${edition}`,
  checks: (edition: Edition) => `pozirk:{news}:looks:${edition}`,
  health: (edition: Edition) => `pozirk:{news}:health:${edition}`,
  recheck: (edition: Edition) => `pozirk:{news}:recheck:${edition}`,
  amended: (edition: Edition) => `pozirk:{news}:amended:${edition}`,
  lease: (name: string) => `pozirk:{news}:lease:${name}`,
  fence: (name: string) => `pozirk:{news}:fence:${name}`,
  settings: (edition: Edition) => `pozirk:{news}:settings:${edition}`,
  rung: (edition: Edition) => `pozirk:{news}:rung:${edition}`,
  told: 'pozirk:{news}:told',
  announced: (edition: Edition, id: string) => `pozirk:{news}:announced:${edition}:${id}`,
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
  retracted: 'retracted:%s',
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
  return {
    ...sharedKeys(key),
    slots: key('slots'),
    card: (hash: string) => key(`card:${hash}`),
    read: key('read'),
    ages: key('ages'),
    cleared: key('cleared'),
    amending: key('amending'),
    walked: (edition: Edition) => key(`walked:${edition}`),
    owed: key('owed'),
    removals: key('removals'),
    removalsDue: key('removals:due'),
    inbox: key('inbox'),
    letters: key('letters'),
    handover: key('handover'),
    lettersDue: key('letters:due'),
    alarms: (scope: string) => key(`alarms:${scope}`),
    picture: (hash: string) => key(`picture:${hash}`),
    trace: (story: string) => key(`trace:${story}`),
    introduced: key('introduced'),
    schema: key('schema'),
    veil: key('veil'),
    proof: key('proof'),
    resealed: key('resealed'),
    backups: key('backups'),
    restoring: key('restoring'),
    rewritten: key('rewritten'),
    flood: key('flood'),
    clock: key('clock'),
    pulse: key('pulse'),
    paused: key('paused'),
    lease: (name: string) => key(`lease:${name}`),
    fence: (name: string) => key(`fence:${name}`),
  } as const;
};

/** Keys whose names scripts know too. */
function sharedKeys(key: (rest: string) => string) {
  const shared = (name: keyof typeof SHARED_NAMES, ...parts: readonly (string | number)[]) =>
    key(parts.reduce<string>((made, part) => made.replace('%s', () => String(part)), SHARED_NAMES[name]));
  return {
    find: (bucket: number) => shared('find', bucket),
    chat: (slot: number) => shared('chat', Math.floor(slot / RECORD_BLOCK)),
    large: (slot: number) => shared('large', slot),
    freeSlots: (edition: Edition) => shared('free', edition),
    waiting: (edition: Edition) => shared('waiting', edition),
    held: (edition: Edition, side: 0 | 1) => shared('held', edition, side),
    cursor: (edition: Edition) => shared('cursor', edition),
    sweep: (edition: Edition) => shared('sweep', edition),
    flight: shared('flight'),
    ahead: shared('ahead'),
    doubted: shared('doubted'),
    places: (edition: Edition) => shared('places', edition),
    owners: shared('owners'),
    shown: (story: string, slot: number) => shared('shown', story, Math.floor(slot / SLOT_BLOCK)),
    posted: (story: string) => shared('posted', story),
    highest: shared('highest'),
    heard: shared('heard'),
    others: (slot: number) => shared('others', slot),
    retracted: (slot: number) => shared('retracted', slot),
    erase: shared('erase'),
    said: (slot: number) => shared('said', slot),
    leaving: shared('leaving'),
    unwritten: shared('unwritten'),
  } as const;
}
