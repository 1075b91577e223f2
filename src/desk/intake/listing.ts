/** Takes in one reading of a source address: which rows are known, which are new, which say something else, which left. */
import type { Item } from '../../source/item.ts';
import { itemHash } from '../../source/one-each.ts';
import { getRows, saveRows, saveSource } from '../../store/sources.ts';
import { HOUR, MINUTE } from '../../time.ts';
import { readOn } from './gap.ts';
import { isSeen, namesOf, ownAlias } from './known.ts';
import { noteDepartures } from './departures.ts';
import { type Asked, recovered } from './ask.ts';
import { isMostlySettled, type Poll } from './context.ts';
import { type Intake, settleRow } from './row.ts';
import { isCaughtLying } from './validators.ts';

/** At first sight of a source only what is younger than this goes out, and no more than so many stories. */
const BASELINE_MS = 2 * HOUR;
const BASELINE_STORIES = 3;
/** More than this share of a listing's stories coming back under other addresses is a reset of the whole site. */
const RESET_SHARE = 1 / 3;

/** Rows of further pages that are kept until they are settled. */
const MOST_BEHIND = 500;

type ReadAnswer = Extract<Asked, { kind: 'reading' }>;

/**
 * Takes a reading in. The stories are stored before the address's validators move, so that a crash or a page that fails
 * makes the next poll read the whole listing again.
 */
export async function takeListing(poll: Poll, asked: ReadAnswer): Promise<void> {
  const { store, clock } = poll.desk;
  const { edition } = poll.source;
  const { items, isWhole } = asked.reading;
  // A story that gets its new address in this reading is not lost in the reset that the reading shows.
  const startedAt = clock.now();
  const before = await getRows(store, edition, asked.hash);
  const names = await namesOf(poll, items, before);
  // Where the first answers were a list without a story, its first few stories are new, not old ones seen late.
  const beganEmpty = asked.state.wasBare === true && items.length <= BASELINE_STORIES;
  const isBaseline = asked.state.baselineAt === undefined && !beganEmpty;
  const seen = new Set(items.filter((item) => isSeen(names.get(item))));
  const further = before.size ? await readOn(poll, asked, seen) : [];
  if (further === 'wait') return hold(poll, asked);
  const behind = await noteBehind(poll, asked, further);
  for (const [item, each] of await namesOf(poll, behind, before)) names.set(item, each);
  const relinkedBefore = poll.tally.relinked;
  const newBefore = poll.tally.pushed.length + poll.tally.stored.length;
  const isFeed = asked.reading.kind !== 'listing';
  const intake: Intake = { poll, isBaseline, isFeed, pushable: youngest(items, clock.now()) };
  // Where the stories of this reading stand: by what they were before, and by their addresses.
  const standing = new Map(
    [...names].flatMap(([item, { unchanged, own }]) => {
      const story = unchanged ?? own;
      return story === undefined ? [] : [[story, ownAlias(item)] as const];
    }),
  );
  const rows = new Map<string, { story: string; row: string }>();
  const unsettled: Item[] = [];
  for (const item of [...items, ...behind].toSorted(oldestFirst)) {
    const own = ownAlias(item);
    const settled = await settleRow(intake, { item, names: names.get(item) ?? {}, standing });
    if (settled === undefined) {
      poll.tally.waiting++;
      unsettled.push(item);
    } else standing.set(settled, own);
    if (behind.includes(item)) continue;
    // A row that could not be settled keeps what it was before, so that the next poll takes it again.
    const old = before.get(own);
    if (settled !== undefined) rows.set(own, { story: settled, row: itemHash(item) });
    else if (old) rows.set(own, old);
  }
  const isSettled = poll.tally.waiting === 0;
  const relinked = poll.tally.relinked - relinkedBefore;
  const isReset = relinked > Math.max(items.length * RESET_SHARE, 2);
  // An empty or broken-off reading says nothing about what it does not show, nor does one that is mostly not understood yet.
  const isComplete = isWhole && items.length > 0 && isMostlySettled(poll);
  if (isComplete) await noteDepartures(poll, asked.hash, before, rows, unsettled);
  await saveRows(store, edition, asked.hash, isComplete ? rows : new Map([...before, ...rows]));
  const { behind: _behind, heldAt: _heldAt, hub: _hub, ...state } = recovered(asked.state, clock.now());
  const isBehind = !isSettled && (behind.length > 0 || asked.state.behind !== undefined);
  const hasNew = poll.tally.pushed.length + poll.tally.stored.length > newBefore;
  const isLying = asked.isUnconditional && hasNew && isCaughtLying(asked.state, asked.page.validators);
  if (isLying)
    poll.desk.log.warn({ edition, address: asked.address }, 'a server calls a changed page unchanged');
  await saveSource(poll.desk, edition, asked.hash, {
    ...state,
    ...(asked.isUnconditional ? { wholeAt: startedAt } : {}),
    ...(isLying ? { liedAt: startedAt } : {}),
    ...(hasNew ? { newAt: startedAt } : {}),
    ...(isBehind
      ? {
          behind: {
            at: asked.state.behind?.at ?? clock.now(),
            rows: unsettled.filter((item) => behind.includes(item)).slice(0, MOST_BEHIND),
          },
        }
      : {}),
    kind: asked.reading.kind,
    items: items.length,
    ...(isReset ? { resetAt: startedAt } : {}),
    ...(asked.reading.hub ? { hub: asked.reading.hub } : {}),
    baselineAt: asked.state.baselineAt ?? clock.now(),
    ...(isSettled && isWhole ? { ...asked.page.validators, hash: asked.page.hash } : { hash: '' }),
  });
}

/** The first page waits for one behind it, so that what lies between is told before it and not lost. */
async function hold(poll: Poll, asked: ReadAnswer): Promise<void> {
  const { clock } = poll.desk;
  poll.tally.waiting += asked.reading.items.length;
  const heldAt = asked.state.heldAt ?? clock.now();
  await saveSource(poll.desk, poll.source.edition, asked.hash, {
    ...recovered(asked.state, clock.now()),
    heldAt,
  });
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

const oldestFirst = (a: Item, b: Item): number =>
  a.publishedAt !== undefined && b.publishedAt !== undefined && a.publishedAt !== b.publishedAt
    ? a.publishedAt - b.publishedAt
    : b.position - a.position;

/** The stories that a first sight may push: by a time of the source's own. */
function youngest(items: readonly Item[], now: number): Set<Item> {
  const young = items.filter(
    ({ publishedAt }) =>
      publishedAt !== undefined && now - publishedAt < BASELINE_MS && publishedAt <= now + 10 * MINUTE,
  );
  return new Set(young.toSorted(oldestFirst).slice(-BASELINE_STORIES));
}
