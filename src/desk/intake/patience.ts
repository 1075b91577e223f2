/**
 * One patience for whatever a row waits for: its own page, or the pages of stories much like it. It is kept under all signs
 * of the row until the row is settled, so that neither the next page nor another name of a visit begins it anew.
 */
import type { FaultCode } from '../../errors.ts';
import type { Item } from '../../source/item.ts';
import { hashOf } from '../../source/links.ts';
import { fold } from '../../source/text.ts';
import { getUnread, saveUnread, type Unread } from '../../store/sources.ts';
import type { Edition } from '../../news/edition.ts';
import { HOUR, MINUTE } from '../../time.ts';
import type { NewsDesk } from '../desk.ts';
import { backoff } from './ask.ts';
import { isThrottled, type Poll } from './context.ts';
import { guidAlias, ownAlias } from './known.ts';

/** A row whose page cannot be read is told without it after this long: late is better than never. */
const PAGE_PATIENCE_MS = 10 * MINUTE;
/** Patience where the feed itself gives a text. */
const SHORT_PATIENCE_MS = 2 * MINUTE;
/** A page that fails is not asked at every poll, but soon enough once it is well again. */
const MOST_RESTS = 4;
const LONGEST_REST_MS = 2 * MINUTE;
/** So often at least a page is asked before a row is told without it. */
const LEAST_TRIES = 3;
/** A link that answers 404 from the start is left out after so many tries. */
const GONE_TRIES = 10;
/** It is asked again after this share of the time that it has not been there, within the limits; then it is told. */
const GONE_SHARE = 1 / 4;
const LONGEST_GONE_MS = HOUR / 2;
/** Outcomes of a page that is there. */
const IS_THERE: readonly (FaultCode | 'bare')[] = ['bare', 'source.unreadable'];
/** A row that nobody waited for since this long has left its listing. */
const FORGOTTEN_MS = HOUR;
/** Waiting rows that are kept under each of their signs; those waited for last are. */
const MOST_UNREAD = 1000;

/** Signs that no other row has. */
const ownSigns = (item: Item): string[] => [ownAlias(item), guidAlias(item)].flatMap((sign) => sign ?? []);

/** Another row may have the same headline: it tells how long a row is waited for, but nothing of a page. */
const headlineSign = ({ headline }: Item): string => hashOf(`headline ${fold(headline)}`);

/** How long the row has been waited for, by any of its signs; undefined: it was not. */
function waitingOf(poll: Poll, item: Item): Unread | undefined {
  const own = ownSigns(item).flatMap((sign) => poll.unread.get(sign) ?? []);
  const all = [...own, poll.unread.get(headlineSign(item))].flatMap((each) => each ?? []);
  if (!all.length) return undefined;
  return {
    tries: Math.max(...all.map(({ tries }) => tries)),
    since: Math.min(...all.map(({ since }) => since)),
    notBefore: Math.max(0, ...own.map(({ notBefore }) => notBefore)),
    ...(own.some(({ isGone }) => isGone) ? { isGone: true } : {}),
    ...(own.some(({ isOver }) => isOver) ? { isOver: true } : {}),
  };
}

/** Whether the page that a row waits for is to be left alone in this poll; not where the newsroom has called. */
export const isResting = (poll: Poll, item: Item): boolean =>
  !poll.source.isCalled && (waitingOf(poll, item)?.notBefore ?? 0) > poll.desk.clock.now();

/** When a row that is left out, since its page is not there, is to be looked at again, ms; undefined: it is not left out. */
export function leftOutUntil(poll: Poll, item: Item): number | undefined {
  const waiting = waitingOf(poll, item);
  return waiting?.isGone ? waiting.notBefore : undefined;
}

/**
 * One more try that failed with `code`; `bare`: the page answered well, but has no text yet. Answers whether to wait on, to
 * go without the page, or to leave the row out for now, whose page was never there. Once it is to go, it is so with each
 * page that it still asks for; `endWaiting` ends it.
 */
export async function waitOn(
  poll: Poll,
  item: Item,
  code: FaultCode | 'bare',
): Promise<'wait' | 'go' | 'drop'> {
  const now = poll.desk.clock.now();
  const last = waitingOf(poll, item);
  if (last?.isGone && !IS_THERE.includes(code)) return leaveOut(poll, item, last);
  const before = last?.isGone ? undefined : last;
  // A page that was not asked for, as its server wants to be left alone, is the next to be asked.
  const isAsked = code !== 'source.throttled' || !isThrottled(poll);
  const waiting = { tries: (before?.tries ?? 0) + Number(isAsked), since: before?.since ?? now };
  const isOver = before?.isOver === true && code !== 'source.gone';
  const end = isOver ? 'go' : endOf(item, code, isAsked ? waiting : { ...waiting, tries: LEAST_TRIES }, now);
  if (end === 'drop') return leaveOut(poll, item, waiting);
  const { intervalMs } = poll.source;
  const rest = Math.min(backoff(waiting.tries, intervalMs, 0), MOST_RESTS * intervalMs, LONGEST_REST_MS);
  const next = { ...waiting, notBefore: isAsked && end === 'wait' ? now + rest : now };
  await keepWaiting(poll, item, end === 'go' ? { ...next, isOver: true } : next);
  return end;
}

async function leaveOut(
  poll: Poll,
  item: Item,
  { tries, since }: Pick<Unread, 'tries' | 'since'>,
): Promise<'drop'> {
  const now = poll.desk.clock.now();
  const rest = Math.min(Math.max((now - since) * GONE_SHARE, LONGEST_REST_MS), LONGEST_GONE_MS);
  await keepWaiting(poll, item, { tries, since, notBefore: now + rest, isGone: true });
  return 'drop';
}

/** Rows of one poll under one headline do not count each other's tries; the headline of one that is left out counts none. */
async function keepWaiting({ desk, source, unread }: Poll, item: Item, next: Unread): Promise<void> {
  for (const sign of ownSigns(item)) {
    unread.set(sign, next);
    await saveUnread(desk.store, source.edition, sign, next);
  }
  await saveUnread(desk.store, source.edition, headlineSign(item), next.isGone ? undefined : next);
}

function endOf(
  item: Item,
  code: FaultCode | 'bare',
  { tries, since }: Pick<Unread, 'tries' | 'since'>,
  now: number,
): 'wait' | 'go' | 'drop' {
  // A flash: the headline is all the newsroom says so far.
  if (code === 'bare') return tries > 1 ? 'go' : 'wait';
  const patience = (item.content ?? item.summary) ? SHORT_PATIENCE_MS : PAGE_PATIENCE_MS;
  const isTired = tries >= LEAST_TRIES && now - since >= patience;
  if (code === 'source.gone') return tries >= GONE_TRIES && isTired ? 'drop' : 'wait';
  const isClosed = item.paid && code !== 'source.throttled';
  return isTired || isClosed ? 'go' : 'wait';
}

/** The row is settled, or its page was read. */
export async function endWaiting({ desk, source, unread }: Poll, item: Item): Promise<void> {
  const signs = [...ownSigns(item), headlineSign(item)];
  const known = signs.filter((sign) => unread.delete(sign));
  if (!known.length) return;
  for (const sign of signs) await saveUnread(desk.store, source.edition, sign, undefined);
}

/** The rows that are waited for; those that left their listing are forgotten. */
export async function waitingRows(
  { store, clock }: NewsDesk,
  edition: Edition,
): Promise<Map<string, Unread>> {
  const all = [...(await getUnread(store, edition))].toSorted(([, a], [, b]) => b.notBefore - a.notBefore);
  const isKept = ([, { notBefore }]: [string, Unread], index: number): boolean =>
    index < MOST_UNREAD && clock.now() - notBefore < FORGOTTEN_MS;
  const kept = new Map(all.filter(isKept));
  for (const [sign] of all) if (!kept.has(sign)) await saveUnread(store, edition, sign, undefined);
  return kept;
}
