/** Takes in one reading of a source address: which rows are known, which are new, which say something else, which left. */
import type { Item } from '../../source/item.ts';
import { itemHash } from '../../source/feed/items.ts';
import { hashOf } from '../../source/links.ts';
import { getRows, type Rows, saveRows, saveSource } from '../../store/sources.ts';
import { addAliases } from '../../store/stories.ts';
import { HOUR, MINUTE } from '../../time.ts';
import { revise } from './revise.ts';
import { readOn } from './gap.ts';
import { knownStories } from './known.ts';
import { noteDepartures } from './departures.ts';
import { type Asked, recovered } from './ask.ts';
import { draftOf, learntFrom, readStoryPage } from './page.ts';
import { type Poll, recordOf } from './context.ts';
import { aliasesOf, type Intake, NOT_OURS, storeNewRow } from './row.ts';

/** At first sight of a source only what is younger than this goes out, and no more than so many stories. */
const BASELINE_MS = 2 * HOUR;
const BASELINE_STORIES = 3;
/** More than this share of a listing's stories coming back under other addresses is a reset of the whole site. */
const RESET_SHARE = 1 / 3;

type ReadAnswer = Extract<Asked, { kind: 'reading' }>;

/**
 * Takes a reading in. The stories are stored before the address's validators move, so that a crash or a page that fails
 * makes the next poll read the whole listing again.
 */
export async function takeListing(poll: Poll, asked: ReadAnswer): Promise<void> {
  const { store, clock } = poll.desk;
  const { edition } = poll.source;
  const { items, isWhole } = asked.reading;
  // What gets its new address in this reading is not lost in the reset that the reading shows.
  const startedAt = clock.now();
  const before = await getRows(store, edition, asked.hash);
  const known = await knownStories(poll, items, before);
  // Where the first answers were a list without a story, its first few stories are new, not old ones seen late.
  const beganEmpty = asked.state.wasBare === true && items.length <= BASELINE_STORIES;
  const isBaseline = asked.state.baselineAt === undefined && !beganEmpty;
  const further = before.size ? await readOn(poll, asked, known) : [];
  if (further === 'wait') return hold(poll, asked);
  const behind = await noteBehind(poll, asked, further);
  for (const [item, story] of await knownStories(poll, behind, before)) known.set(item, story);
  const listed = new Set([...items, ...behind].map(({ key }) => hashOf(key)));
  const relinkedBefore = poll.tally.relinked;
  const intake: Intake = { poll, isBaseline, listed, pushable: youngest(items, clock.now()) };
  const rows = new Map<string, { story: string; row: string }>();
  const unsettled: Item[] = [];
  for (const item of [...items, ...behind].toSorted(oldestFirst)) {
    const link = hashOf(item.key);
    const story = known.get(item);
    const settled =
      story === undefined
        ? await storeNewRow(intake, item)
        : await checkKnownRow(poll, asked, before, item, story);
    if (settled === undefined) poll.tally.waiting++;
    if (behind.includes(item)) {
      if (settled === undefined) unsettled.push(item);
      continue;
    }
    if (settled !== undefined) rows.set(link, { story: settled, row: itemHash(item) });
    // A row that could not be settled keeps what it was before, so that the next poll takes it again.
    const old = before.get(link);
    if (settled === undefined && old) rows.set(link, old);
  }
  const isSettled = items.every(({ key }) => rows.get(hashOf(key)) !== undefined) && poll.tally.waiting === 0;
  const relinked = poll.tally.relinked - relinkedBefore;
  const isReset = relinked > Math.max(items.length * RESET_SHARE, 2);
  // An empty or broken-off reading says nothing about what it does not show.
  const isComplete = isWhole && isSettled && items.length > 0;
  if (isComplete) await noteDepartures(poll, asked.hash, before, rows);
  await saveRows(store, edition, asked.hash, isComplete ? rows : new Map([...before, ...rows]));
  const { behind: _behind, heldAt: _heldAt, ...state } = recovered(asked.state, clock.now());
  const isBehind = !isSettled && (behind.length > 0 || asked.state.behind !== undefined);
  await saveSource(store, edition, asked.hash, {
    ...state,
    ...(isBehind ? { behind: { at: asked.state.behind?.at ?? clock.now(), rows: unsettled } } : {}),
    kind: asked.reading.kind,
    items: items.length,
    ...(isReset ? { resetAt: startedAt } : {}),
    baselineAt: asked.state.baselineAt ?? clock.now(),
    ...(isSettled && isWhole ? { ...asked.page.validators, hash: asked.page.hash } : { hash: '' }),
  });
}

/** The first page waits for one behind it, so that what lies between is told before it and not lost. */
async function hold(poll: Poll, asked: ReadAnswer): Promise<void> {
  const { store, clock } = poll.desk;
  poll.tally.waiting += asked.reading.items.length;
  const heldAt = asked.state.heldAt ?? clock.now();
  await saveSource(store, poll.source.edition, asked.hash, {
    ...recovered(asked.state, clock.now()),
    heldAt,
  });
}

/** Rows of further pages that are to be settled, those of earlier polls included; kept until they are. */
async function noteBehind(poll: Poll, asked: ReadAnswer, further: readonly Item[]): Promise<Item[]> {
  const { store, clock } = poll.desk;
  const listed = new Set([...asked.reading.items, ...further].map(({ key }) => key));
  const earlier = (asked.state.behind?.rows ?? []) as readonly Item[];
  const behind = [...further, ...earlier.filter(({ key }) => !listed.has(key))];
  if (further.length)
    await saveSource(store, poll.source.edition, asked.hash, {
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

/** A row of a known story. Answers the story; undefined where its page has to be asked again. */
async function checkKnownRow(
  poll: Poll,
  asked: ReadAnswer,
  before: Rows,
  item: Item,
  id: string,
): Promise<string | undefined> {
  if (id === NOT_OURS) return id;
  const link = hashOf(item.key);
  const row = before.get(link);
  if (row?.row === itemHash(item)) return id;
  if (row === undefined) await addAliases(poll.desk.store, poll.source.edition, id, aliasesOf(item));
  const record = await recordOf(poll, id);
  if (!record) return id;
  // Seen for the first time at this address: only a story that had been taken back says something new by standing here.
  if (row === undefined && !record.story.withdrawn) return id;
  const isFeedText =
    item.content !== undefined && record.origin.page === undefined && asked.reading.kind !== 'listing';
  if (isFeedText || (record.origin.from === 'item' && record.origin.page === undefined)) {
    const draft = draftOf(poll, item, undefined);
    await revise(poll, record, { from: 'item', draft: { ...draft, link: record.story.link } });
    return id;
  }
  const page = await readStoryPage(poll, record.story.link, item.headline, { urgency: 'article' });
  if (!page.ok) return page.fault.code === 'source.gone' ? id : undefined;
  if (page.value.kind === 'article') await revise(poll, record, learntFrom(poll, item, page.value));
  return id;
}
