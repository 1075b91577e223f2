/**
 * The form of what is stored, as a number beside it. Data that an older release wrote are brought to the present form once,
 * by the process that holds the lease; data of a newer release are refused, because what we would write is wrong there.
 */
import { PozirkError } from '../errors.ts';
import { EDITIONS } from '../news/edition.ts';
import { newsKeys } from './keys.ts';
import { takeOlderForm } from './older-form.ts';
import { restampNews } from './restamp.ts';
import type { Shelf } from './shelf.ts';

/** `bot`: chats and deliveries of one bot; `news`: what all bots on this Redis share. */
export type Side = 'bot' | 'news';

/**
 * A change of form, from the number before to the next one. It may be cut short at any moment and begins again from the
 * start: what it has changed already it must leave as it is. Other processes of this release read meanwhile, so until it
 * is over both forms have to be understood.
 */
export type Migration = (shelf: Shelf, signal: AbortSignal) => Promise<void>;

/** Processes of the release before may write until they see the new number: who starts the bot looks once more. */
const stampOnce: Migration = async (shelf, signal) => {
  if (!shelf.isStamped) await restampNews(shelf, true, signal);
};

/** Every change of form since the first release, whose number is 1. Only ever longer. */
export const MIGRATIONS: Readonly<Record<Side, readonly Migration[]>> = {
  bot: [takeOlderForm],
  news: [stampOnce],
};

const FIRST = 1;
const present = (migrations: readonly Migration[]): number => FIRST + migrations.length;

const schemaKey = ({ store }: Pick<Shelf, 'store'>, side: Side): string =>
  side === 'news' ? newsKeys.schema : store.keys.schema;

/** The number of the data's form; where none is noted, that of the first release, or ours where there are no data yet. */
async function storedSchema(
  shelf: Pick<Shelf, 'store'>,
  side: Side,
  migrations: typeof MIGRATIONS,
): Promise<number> {
  const { redis, keys } = shelf.store;
  const noted = await redis.get(schemaKey(shelf, side));
  if (noted !== null) return Number(noted);
  const begun = side === 'bot' ? [keys.slots] : EDITIONS.map(newsKeys.newest);
  const isNew = (await redis.exists(...begun)) === 0;
  return isNew ? present(migrations[side]) : FIRST;
}

/** A half of the data must not be taken for everything: from here on until `endRestore` nobody starts on it. */
export const beginRestore = ({ store: { redis, keys } }: Pick<Shelf, 'store'>): Promise<unknown> =>
  redis.set(keys.restoring, 1);

export const endRestore = ({ store: { redis, keys } }: Pick<Shelf, 'store'>): Promise<unknown> =>
  redis.del(keys.restoring);

/** Advice where a restore was cut short. */
export const RESTORE_AGAIN =
  'empty the database (DATA_DIR/redis moved away, where the bot runs its own Redis), and restore again';

/** Throws `store.newer` where a newer release has changed either side's form, `store.half` where a restore is not over. */
export async function checkSchema(
  shelf: Pick<Shelf, 'store'>,
  migrations: typeof MIGRATIONS = MIGRATIONS,
): Promise<void> {
  const { redis, keys } = shelf.store;
  if ((await redis.exists(keys.restoring)) === 1)
    throw new PozirkError(
      'store.half',
      `a restore into this Redis is not finished: let it end; where it was cut short, ${RESTORE_AGAIN}`,
    );
  for (const side of ['bot', 'news'] as const) {
    const stored = await storedSchema(shelf, side, migrations);
    if (stored <= present(migrations[side])) continue;
    throw new PozirkError(
      'store.newer',
      `the data in this Redis were written by a newer release (form ${stored}, this one knows ${present(migrations[side])}): start that release, or restore a backup of this one; nothing was changed`,
    );
  }
}

/** Brings one side to the present form, for its lease's holder; answers how many changes. One cut short is made again by the next. */
export async function migrate(
  shelf: Shelf,
  side: Side,
  signal: AbortSignal,
  migrations: typeof MIGRATIONS = MIGRATIONS,
): Promise<number> {
  const stored = await storedSchema(shelf, side, migrations);
  const due = migrations[side].slice(stored - FIRST);
  for (const [index, change] of due.entries()) {
    await change(shelf, signal);
    if (signal.aborted) return index;
    await noteSchema(shelf, side, stored + index + 1);
  }
  if (due.length === 0) await noteSchema(shelf, side, stored);
  return due.length;
}

const noteSchema = (shelf: Shelf, side: Side, schema: number): Promise<unknown> =>
  shelf.store.redis.set(schemaKey(shelf, side), schema);
