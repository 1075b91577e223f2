/**
 * Reads a listing on, page after page, where its first no longer reaches back to what is known: after an outage or a busy
 * night for the stories in between, after a reset for the new addresses of those that had left the first page.
 */
import type { FaultCode } from '../../errors.ts';
import type { Item, Reading } from '../../source/item.ts';
import { usualNext, usualNextOfFeed } from '../../source/page/next-page.ts';
import { MINUTE } from '../../time.ts';
import { isYoung } from './revise.ts';
import { seenBefore, twinsOf } from './known.ts';
import type { Asked } from './ask.ts';
import type { Poll } from './context.ts';
import { inEdition } from './languages.ts';

/** Pages, and rows on them, that are read on at once: five days of an edition. */
const MOST_PAGES = 20;
const MOST_ROWS = 200;
/** For so long the first page waits for its own end, where it breaks off, or for one behind it that cannot be read now. */
const FIRST_PAGE_MS = 10 * MINUTE;
/** An address that was not read for so long was away. */
const OUTAGE_MS = 10 * MINUTE;
/** Known rows in this share of a page at its top may have been pinned there. */
const PINNED_SHARE = 1 / 10;
/** More than this share of a page under headlines that are known is a page of known stories under other addresses. */
const RESET_SHARE = 1 / 3;

/** Outcomes of a page that is only usually called so: the server is in trouble, and nothing is said of the page. */
const SERVER_IN_TROUBLE: readonly FaultCode[] = ['source.throttled', 'source.timeout', 'source.unreachable'];
/** Outcomes of a page that is linked: it is there, but not now. */
const NOT_NOW: readonly FaultCode[] = [...SERVER_IN_TROUBLE, 'source.status', 'source.unreadable'];

/**
 * Unknown rows of further pages, newest first, their positions counted on; `known` are the known rows of the first page.
 * `wait`: a page between them and what is known cannot be read now.
 */
export async function readOn(
  poll: Poll,
  asked: Extract<Asked, { kind: 'reading' }>,
  known: ReadonlySet<Item>,
): Promise<Item[] | 'wait'> {
  const { items } = asked.reading;
  const now = poll.desk.clock.now();
  // Rows that wait for their own pages are no new gap.
  if (asked.state.behind && now - asked.state.behind.at < FIRST_PAGE_MS) return [];
  if (items.some((item, row) => known.has(item) && row >= Math.floor(items.length * PINNED_SHARE))) return [];
  const isPatient = now - (asked.state.heldAt ?? now) < FIRST_PAGE_MS;
  if (!asked.reading.isWhole && isPatient) return 'wait';
  const seen = new Set(items.map(({ key }) => key));
  const behind: Item[] = [];
  let isReset = (await beginningOfTwins(poll, items)) < items.length;
  let isJoined = false;
  let at: ReadPage = { reading: asked.reading, address: asked.page.address };
  for (let page = 2; page <= MOST_PAGES && behind.length < MOST_ROWS; page++) {
    const next = await pageAfter(poll, at, seen);
    if (next === 'wait' && isPatient) return 'wait';
    if (next === 'wait' || !next) break;
    at = next;
    const ours = inEdition(next.reading, poll.source.edition, asked.state.wasMixed === true);
    const rows = ours.items.filter(({ key }) => !seen.has(key));
    for (const { key } of next.reading.items) seen.add(key);
    const old = await seenBefore(poll, rows);
    const end = isReset ? 0 : await endOfNew(poll, rows, old);
    behind.push(...rows.slice(0, end));
    isJoined = end < rows.length;
    if (!isJoined) continue;
    if (rows.slice(end).some((row) => old.has(row))) break;
    isReset = true;
    const lost = await lostAmong(poll, rows.slice(end));
    if (!lost.length) break;
    behind.push(...lost);
  }
  if (!isReset && !isJoined) {
    // A short list in a busy minute is no news for operators, an outage that is longer than the list is.
    const readAt = asked.state.heldAt ?? asked.state.lastSuccessAt ?? now;
    if (asked.state.heldAt !== undefined || now - readAt > OUTAGE_MS) poll.tally.gaps++;
    poll.desk.log.warn(
      { edition: poll.source.edition, address: asked.address, stories: behind.length },
      'a listing does not lead back to what is known; stories may be missing',
    );
  }
  // Rows that are no story for us have places too.
  const first = Math.max(-1, ...items.map(({ position }) => position)) + 1;
  return behind.slice(0, MOST_ROWS).map((item, row) => ({ ...item, position: first + row }));
}

interface ReadPage {
  readonly reading: Reading;
  readonly address: string;
}

/** The next page that shows a row which was not seen yet; undefined: there is none. */
async function pageAfter(
  poll: Poll,
  { reading, address }: ReadPage,
  seen: ReadonlySet<string>,
): Promise<ReadPage | undefined | 'wait'> {
  const { next } = reading;
  const addresses = next ? [next] : guessed(reading, address);
  for (const each of addresses) {
    const answer = await poll.source.fetcher.read(each, { urgency: 'article' });
    const read =
      answer.ok && answer.value.kind === 'page' ? await poll.source.reader.source(answer.value) : answer;
    if (read.ok && 'items' in read.value) {
      if (read.value.items.some(({ key }) => !seen.has(key))) return { reading: read.value, address: each };
    } else if (!read.ok) {
      if (read.fault.code === 'source.throttled') poll.throttled++;
      if ((next ? NOT_NOW : SERVER_IN_TROUBLE).includes(read.fault.code)) return 'wait';
    }
  }
  return undefined;
}

function guessed({ kind }: Reading, address: string): string[] {
  if (kind === 'listing') return usualNext(address);
  return kind === 'rss' || kind === 'rdf' || kind === 'atom' ? usualNextOfFeed(address) : [];
}

/** Where the rows of a page begin that are known, by their link or by most headlines. */
async function endOfNew(poll: Poll, rows: readonly Item[], known: ReadonlySet<Item>): Promise<number> {
  const first = rows.findIndex((row) => known.has(row));
  return first >= 0 ? first : beginningOfTwins(poll, rows);
}

/** The first row under a headline that is known, where many are; otherwise the end. */
async function beginningOfTwins(poll: Poll, rows: readonly Item[]): Promise<number> {
  const twins = await Promise.all(rows.map(async (row) => (await twinsOf(poll, row)).length > 0));
  return twins.filter(Boolean).length > rows.length * RESET_SHARE ? twins.indexOf(true) : rows.length;
}

/** Rows that may be young stories of ours whose own address is gone. */
async function lostAmong(poll: Poll, rows: readonly Item[]): Promise<Item[]> {
  const now = poll.desk.clock.now();
  const found = await Promise.all(rows.map((row) => twinsOf(poll, row)));
  return rows.filter((_, index) => found[index]?.some(({ story }) => isYoung(story, now)));
}
