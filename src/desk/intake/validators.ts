/**
 * Whether to believe a server that says a page has not changed. Some answer so for ever: a constant ETag, a Last-Modified
 * ahead of time. So a page is asked without validators now and then, sooner where the edition is silent for longer than is
 * likely, and a server that was caught is not believed for a day.
 */
import type { Validators } from '../../source/fetch/fetch.ts';
import type { SourceState } from '../../store/sources.ts';
import { DAY, MINUTE } from '../../time.ts';
import type { Poll } from './context.ts';
import { missingSince } from './rhythm.ts';

/** Between two whole answers at most. A server that is not known for long is asked more often, by a share of that time. */
const LONGEST_BELIEF_MS = 15 * MINUTE;
const BELIEF_SHARE = 1 / 10;
/** Stories that should have come by now before silence is a reason to ask for whole answers. */
const MISSING_STORIES = 2;
const DISBELIEF_MS = DAY;

/** Whether rows of the address that were left out are to be looked at again, as they are where the newsroom has called. */
export const isDue = ({ desk, source }: Poll, { againAt }: SourceState): boolean =>
  againAt !== undefined && (source.isCalled === true || againAt <= desk.clock.now());

/** Validators for a request to the address; undefined: a whole answer is wanted. */
export async function validatorsFor(poll: Poll, state: SourceState): Promise<Validators | undefined> {
  const now = poll.desk.clock.now();
  const { baselineAt, wholeAt, liedAt } = state;
  // Rows of it wait: a server that calls it unchanged would let them wait on.
  if (state.hash === '' || isDue(poll, state)) return undefined;
  if (poll.desk.policy.validators === 'off' || baselineAt === undefined || wholeAt === undefined)
    return undefined;
  if (liedAt !== undefined && now - liedAt < DISBELIEF_MS) return undefined;
  const least = 2 * poll.source.intervalMs;
  const belief = Math.min(LONGEST_BELIEF_MS, (now - (liedAt ?? baselineAt)) * BELIEF_SHARE);
  if (now - wholeAt >= Math.max(least, belief)) return undefined;
  const isSilent =
    now - wholeAt >= least && (await missingSince(poll, state.newAt ?? baselineAt)) >= MISSING_STORIES;
  return isSilent ? undefined : state;
}

/** Whether a whole answer that says something new came under the validators of an old one. */
export const isCaughtLying = (state: SourceState, now: Validators): boolean =>
  state.etag || now.etag
    ? state.etag !== undefined && opaque(state.etag) === opaque(now.etag)
    : state.lastModified !== undefined && state.lastModified === now.lastModified;

/** An ETag without what servers and what lies between add to it: that it is weak, how the answer was packed. */
const opaque = (etag = ''): string =>
  etag
    .trim()
    .replace(/^W\//i, '')
    .replace(/^"|"$/g, '')
    .replace(/[-;:](?:gzip|br|zstd|deflate|df)$/i, '');
