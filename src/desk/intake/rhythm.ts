/** An edition's own rhythm: how many stories should have come by now. */
import { dayOf } from '../../source/dates.ts';
import { momentsSince } from '../../store/stories.ts';
import { DAY, HOUR, MINUTE } from '../../time.ts';
import type { Edition } from '../../news/edition.ts';
import type { NewsDesk } from '../desk.ts';
import type { Poll } from './context.ts';

/** Days of its own history from which an edition's rhythm is known, and those that it takes to know one. */
const RHYTHM_DAYS = 14;
const LEAST_DAYS = 3;

/** News often comes in waves: so long after a story the next one is looked for more often. */
const LIVELY_MS = 10 * MINUTE;
/** Stories that usually come in the hour from now: below this the newsroom sleeps. */
const FEW_STORIES = 0.2;

/**
 * Time between two looks at an edition where nobody has set it, ms: half of the usual one while it is lively, twice as much
 * at the hours at which hardly anything comes.
 */
export async function pollInterval(
  { store, clock }: Pick<NewsDesk, 'store' | 'clock'>,
  edition: Edition,
  usualMs: number,
): Promise<number> {
  const now = clock.now();
  const moments = await momentsSince(store, edition, now - RHYTHM_DAYS * DAY);
  if (moments.some((at) => at <= now && now - at < LIVELY_MS)) return usualMs / 2;
  const isAsleep = (expectedStories(moments, now, now + HOUR) ?? FEW_STORIES) < FEW_STORIES;
  return isAsleep ? 2 * usualMs : usualMs;
}

/** Stories that should have come since the last one; 0 where too little is known. */
export async function missingSince({ desk, source }: Poll, lastNewAt: number): Promise<number> {
  const moments = await momentsSince(desk.store, source.edition, lastNewAt - RHYTHM_DAYS * DAY);
  return expectedStories(moments, lastNewAt, desk.clock.now()) ?? 0;
}

/**
 * Stories that usually come between two moments, by the hours of the day at which the earlier ones came; undefined: too few
 * days are known.
 */
export function expectedStories(moments: readonly number[], from: number, to: number): number | undefined {
  const days = new Set(moments.map(dayOf)).size;
  if (days < LEAST_DAYS) return undefined;
  const hourOf = (at: number) => Math.floor(at / HOUR) % 24;
  const perHour = Array.from({ length: 24 }, () => 0);
  for (const at of moments) perHour[hourOf(at)] = (perHour[hourOf(at)] ?? 0) + 1 / days;
  let expected = 0;
  for (let at = from; at < to; at += HOUR)
    expected += (perHour[hourOf(at)] ?? 0) * Math.min((to - at) / HOUR, 1);
  return expected;
}
