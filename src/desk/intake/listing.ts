/** Takes in one reading of a source address: which rows are known, which are new, which say something else, which left. */
import { present } from '../../present.ts';
import type { Item } from '../../source/item.ts';
import { itemHash } from '../../source/one-each.ts';
import { getRows, type Rows, saveRows, saveSource, type SourceState } from '../../store/sources.ts';
import { HOUR, MINUTE } from '../../time.ts';
import { readOn } from './gap.ts';
import { isSeen, LEFT_OUT, type Named, namesOf, NOT_OURS, ownAlias, twinsOf } from './known.ts';
import { leftOutUntil } from './patience.ts';
import { noteDepartures } from './departures.ts';
import { doubtedRows } from './doubt.ts';
import { type Asked, recovered } from './ask.ts';
import { isMostlySettled, type Poll } from './context.ts';
import { type Intake, settleRow } from './row.ts';
import { isCaughtLying } from './validators.ts';

/** At first sight of a source only what is younger than this goes out, and no more than so many stories. */
const BASELINE_MS = 2 * HOUR;
const BASELINE_STORIES = 3;
/** More than this share of a listing's stories coming back under other addresses is a reset of the whole site. */
const RESET_SHARE = 1 / 3;
/** For so long rows that speak against their stories all at once are taken for a fault of the feed. */
const DOUBT_MS = 10 * MINUTE;

/** Rows of further pages that are kept until they are settled. */
const MOST_BEHIND = 500;
/** The limit for rows of a first sight: a listing's. */
const MOST_UNPUSHED = 200;

type ReadAnswer = Extract<Asked, { kind: 'reading' }>;

/** The rows once they are settled. */
interface Settled {
  readonly rows: Rows;
  readonly unsettled: readonly Item[];
  /** Keys of rows that were there before us and are no story yet, whether this reading shows them or not. */
  readonly unpushed: readonly string[];
  /** When one that is left out is to be looked at again, ms. */
  readonly againAt?: number;
  /** Stories that came back under another address while their old one is no longer listed. */
  readonly relinked: number;
  /** Something was told or stored that nobody knew. */
  readonly hasNew: boolean;
  /** `SourceState.doubtAt` from now on. */
  readonly doubtAt?: number | undefined;
}

/**
 * Takes a reading in. The stories are stored before the address's validators move, so that a crash or a page that fails
 * makes the next poll read the whole listing again.
 */
export async function takeListing(poll: Poll, read: ReadAnswer): Promise<void> {
  const { store, clock } = poll.desk;
  const { edition } = poll.source;
  // A story that gets its new address in this reading is not lost in the reset that the reading shows.
  const startedAt = clock.now();
  const before = await getRows(store, edition, read.hash);
  const named = await namesOf(poll, read.reading.items, before);
  const items = newestFirst(read.reading.items, (item) => isSeen(named.get(item)));
  const asked = { ...read, reading: { ...read.reading, items } };
  const { isWhole } = asked.reading;
  const names = new Map(items.map((item, row) => [item, named.get(read.reading.items[row] as Item) ?? {}]));
  const seen = new Set(items.filter((item) => isSeen(names.get(item))));
  const further = before.size ? await readOn(poll, asked, seen) : [];
  if (further === 'wait') return hold(poll, asked);
  const behind = await noteBehind(poll, asked, further);
  for (const [item, each] of await namesOf(poll, behind, before)) names.set(item, each);
  const settled = await settleRows(poll, asked, before, behind, names);
  const { rows, unsettled } = settled;
  // An empty or broken-off reading says nothing about what it does not show, nor does one that is mostly not understood yet.
  const isComplete = isWhole && items.length > 0 && isMostlySettled(poll);
  if (isComplete) await noteDepartures(poll, asked.hash, before, rows, unsettled);
  await saveRows(store, edition, asked.hash, isComplete ? rows : new Map([...before, ...rows]));
  await saveSource(poll.desk, edition, asked.hash, stateAfter(poll, asked, startedAt, behind, settled));
}

async function intakeOf(
  poll: Poll,
  { reading, state }: ReadAnswer,
  names: ReadonlyMap<Item, Named>,
): Promise<Intake> {
  const { items } = reading;
  // Where the first answers were a list without a story, its first few stories are new, not old ones seen late.
  const beganEmpty = state.wasBare === true && items.length <= BASELINE_STORIES;
  const isBaseline = state.baselineAt === undefined && !beganEmpty;
  const pushable = isBaseline ? await youngest(poll, items, names) : new Set();
  const isOld = ({ key }: Item) => (isBaseline ? !pushable.has(key) : !!state.unpushed?.includes(key));
  const doubted = await doubtedRows(poll, reading, names);
  const now = poll.desk.clock.now();
  const doubtAt = doubted.size ? (state.doubtAt ?? now) : undefined;
  const isDoubted = (item: Item) => doubted.has(item) && now - (doubtAt ?? 0) < DOUBT_MS;
  return { poll, isBaseline, isFeed: reading.kind !== 'listing', isOld, isDoubted, doubtAt };
}

/** Settles the rows of a reading, which were as `before` has them, with those of further pages (`behind`), the oldest first. */
async function settleRows(
  poll: Poll,
  asked: ReadAnswer,
  before: Rows,
  behind: readonly Item[],
  names: ReadonlyMap<Item, Named>,
): Promise<Settled> {
  const { tally } = poll;
  const intake = await intakeOf(poll, asked, names);
  const { isOld } = intake;
  const newOnes = () => tally.pushed.length + tally.stored.length;
  const [relinkedBefore, newBefore] = [tally.relinked, newOnes()];
  // Where the stories of this reading stand: by what they were before, and by their addresses.
  const standing = new Map<string, string>();
  for (const [item, { own, unchanged: story = own }] of names)
    if (story !== undefined) standing.set(story, ownAlias(item));
  const rows = new Map<string, { readonly story: string; readonly row: string }>();
  const unsettled: Item[] = [];
  const leftOut: Item[] = [];
  for (const item of [...asked.reading.items, ...behind].toSorted(oldestFirst)) {
    const own = ownAlias(item);
    const story = await settleRow(intake, { item, names: names.get(item) ?? {}, standing });
    if (story === undefined) {
      tally.waiting++;
      unsettled.push(item);
    } else standing.set(story, own);
    if (story === LEFT_OUT) leftOut.push(item);
    if (behind.includes(item)) continue;
    // A row that could not be settled keeps what it was before, so that the next poll takes it again.
    const old = before.get(own);
    if (story === LEFT_OUT) rows.set(own, { story: NOT_OURS, row: '' });
    else if (story !== undefined) rows.set(own, { story, row: itemHash(item) });
    else if (old) rows.set(own, old);
  }
  const again = leftOut.flatMap((item) => leftOutUntil(poll, item) ?? []);
  const shown = new Set([...names.keys()].map(({ key }) => key));
  const waiting = [...unsettled, ...leftOut].filter(isOld).map(({ key }) => key);
  const unseen = (asked.state.unpushed ?? []).filter((key) => !shown.has(key));
  return {
    rows,
    unsettled,
    unpushed: [...waiting, ...unseen].slice(0, MOST_UNPUSHED),
    relinked: tally.relinked - relinkedBefore,
    hasNew: newOnes() > newBefore,
    doubtAt: intake.doubtAt,
    ...(again.length ? { againAt: Math.min(...again) } : {}),
  };
}

/** The state of the address from now on. */
function stateAfter(
  { desk, source, tally }: Poll,
  asked: ReadAnswer,
  startedAt: number,
  behind: readonly Item[],
  { unsettled, unpushed, againAt, relinked, hasNew, doubtAt }: Settled,
): SourceState {
  const now = desk.clock.now();
  const { reading, page, isUnconditional } = asked;
  const state = recovered(asked.state, now);
  const isSettled = tally.waiting === 0;
  const isReset = relinked > Math.max(reading.items.length * RESET_SHARE, 2);
  const isBehind = !isSettled && (behind.length > 0 || state.behind !== undefined);
  // A row that was left out may become news while its listing stays as it is.
  const isOtherPage = page.hash !== asked.state.hash;
  const isLying = isUnconditional && hasNew && isOtherPage && isCaughtLying(asked.state, page.validators);
  if (isLying)
    desk.log.warn(
      { edition: source.edition, address: asked.address },
      'a server calls a changed page unchanged',
    );
  if (doubtAt !== undefined && state.doubtAt === undefined)
    desk.log.warn({ edition: source.edition, address: asked.address }, 'a feed speaks against its stories');
  return present({
    ...state,
    wholeAt: isUnconditional ? startedAt : state.wholeAt,
    liedAt: isLying ? startedAt : state.liedAt,
    newAt: hasNew ? startedAt : state.newAt,
    resetAt: isReset ? startedAt : state.resetAt,
    heldAt: undefined,
    doubtAt,
    behind: isBehind
      ? {
          at: state.behind?.at ?? now,
          rows: unsettled.filter((item) => behind.includes(item)).slice(0, MOST_BEHIND),
        }
      : undefined,
    kind: reading.kind,
    items: reading.items.length,
    againAt,
    unpushed: unpushed.length ? unpushed : undefined,
    hub: reading.hub,
    baselineAt: state.baselineAt ?? now,
    ...(isSettled && reading.isWhole ? { ...page.validators, hash: page.hash } : { hash: '' }),
  });
}

/** The first page waits for one behind it, so that what lies between is told before it and not lost. */
async function hold(poll: Poll, asked: ReadAnswer): Promise<void> {
  poll.tally.waiting += asked.reading.items.length;
  const now = poll.desk.clock.now();
  const next = { heldAt: now, ...recovered(asked.state, now) };
  await saveSource(poll.desk, poll.source.edition, asked.hash, next);
}

/** Rows of further pages that are to be settled, those of earlier polls included; kept until they are. */
async function noteBehind(poll: Poll, asked: ReadAnswer, further: readonly Item[]): Promise<Item[]> {
  const { clock } = poll.desk;
  const listed = new Set([...asked.reading.items, ...further].map(({ key }) => key));
  const earlier = (asked.state.behind?.rows ?? []) as readonly Item[];
  const behind = [...further, ...earlier.filter(({ key }) => !listed.has(key))];
  if (further.length)
    await saveSource(poll.desk, poll.source.edition, asked.hash, {
      ...asked.state,
      behind: { at: clock.now(), rows: behind },
    });
  return behind;
}

/**
 * The rows with their places as if the newest stood first: told by their times, and where they have none by what is known, if
 * it is most of them and all that is new stands below it.
 */
function newestFirst(items: readonly Item[], isKnown: (item: Item) => boolean): readonly Item[] {
  const times = items.flatMap(({ publishedAt, day }) => publishedAt ?? (day ? Date.parse(day) : []));
  const rises = times.reduce((sum, time, row) => sum + Math.sign(time - (times[row - 1] ?? time)), 0);
  const known = items.filter(isKnown).length;
  const isMostKnown = known < items.length && 2 * known > items.length;
  const isNewBelow = isMostKnown && items.findLastIndex(isKnown) === known - 1;
  const isUpward = rises > 0 || (rises === 0 && isNewBelow);
  const last = Math.max(...items.map(({ position }) => position));
  return isUpward ? items.map((item) => ({ ...item, position: last - item.position })) : items;
}

const oldestFirst = (a: Item, b: Item): number =>
  a.publishedAt !== undefined && b.publishedAt !== undefined && a.publishedAt !== b.publishedAt
    ? a.publishedAt - b.publishedAt
    : b.position - a.position;

/**
 * Keys of the stories that a first sight may push: by a time of the source's own. What was told before, here or where the site
 * has moved from, takes no place of them.
 */
async function youngest(
  poll: Poll,
  items: readonly Item[],
  names: ReadonlyMap<Item, Named>,
): Promise<Set<string>> {
  const now = poll.desk.clock.now();
  const keys = new Set<string>();
  let places = BASELINE_STORIES;
  for (const item of items.toSorted(oldestFirst).toReversed()) {
    const { key, publishedAt: at } = item;
    if (at === undefined || now - at >= BASELINE_MS || at > now + 10 * MINUTE) continue;
    if (places === 0) break;
    keys.add(key);
    if (!isSeen(names.get(item)) && (await twinsOf(poll, item)).length === 0) places -= 1;
  }
  return keys;
}
