/**
 * Edits corrections and withdrawals into the messages that show the story: channels and groups first, people as the pace
 * allows, seldom ahead of the news; within 30 days of the story where the id of the message is kept: in places all of that
 * time, in chats of people for 49 hours after the message. Only where the shown text changes. No correction waits for the
 * end of another one, nor for a chat that does not take its edit now: that one is owed it.
 */
import { EDITIONS } from '../../news/edition.ts';
import { type Story, storyTime } from '../../news/story.ts';
import { isPlace } from '../../news/subscriber.ts';
import {
  correctionsUnderWay,
  endCorrection,
  endOwed,
  type Owed,
  oweEdit,
  owedEdits,
  type Progress,
  saveProgress,
  takeCorrections,
  walkedRevision,
} from '../../store/corrections.ts';
import {
  blockCount,
  deliveriesInBlock,
  messageInPlace,
  type Posted,
  postedInPlaces,
  POSTED_MS,
} from '../../store/deliveries.ts';
import { getStories } from '../../store/stories.ts';
import { loadSlots } from '../../store/subscribers.ts';
import { SECOND } from '../../time.ts';
import { again } from '../again.ts';
import type { Desk } from '../desk.ts';
import { atOnce } from '../at-once.ts';
import { editIn } from './edit-in.ts';
import { type Edit, openEdit } from './redraw.ts';

const EVERY_MS = SECOND;
/** Edits in flight at once, of a correction and of what is owed: enough for Telegram's pace at a second of latency. */
const AT_ONCE = 32;
/** Time between two tries of the edits that are owed: where none was taken, where some were; and how many are tried. */
const OWED_MS = 5 * SECOND;
const TAKEN_MS = SECOND / 2;
const MOST_OWED = 160;

/** Runs until `signal` aborts. */
export async function correct(desk: Desk, signal: AbortSignal): Promise<void> {
  const { clock, log } = desk;
  // Another process may have edited messages since this one did.
  desk.memory.edited.clear();
  const failed = (error: unknown) => log.error({ err: error }, 'editing a correction in failed');
  let cursor = '0';
  const editSome = async () => {
    const { next, taken } = await editOwed(desk, cursor, signal);
    cursor = next;
    if (taken > 0) await clock.sleep(TAKEN_MS, signal);
    return taken > 0;
  };
  await Promise.all([
    again(clock, signal, { everyMs: EVERY_MS, pass: () => walkOn(desk, signal), failed }),
    again(clock, signal, { everyMs: OWED_MS, pass: editSome, failed }),
  ]);
}

/** Takes all corrections that are due to the chats, a block of slots of each in turn, until none is left. */
async function walkOn(desk: Desk, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const next = await nextWalks(desk);
    if (next.length === 0) return;
    // Cut short, it was for a newer one: any of these may begin anew.
    for (const progress of next) if (!(await walkBlock(desk, progress, signal))) break;
  }
}

/** Corrections that are due: those that have not been to the places yet, or where there is none of these all. */
async function nextWalks({ store, clock }: Desk): Promise<readonly Progress[]> {
  for (const edition of EDITIONS) await takeCorrections(store, edition, clock.now());
  const underWay = await correctionsUnderWay(store);
  const places = underWay.filter(isForPlaces);
  return places.length > 0 ? places : underWay;
}

const isForPlaces = ({ block }: Progress): boolean => block === 0;

/** Takes one correction or withdrawal to the chats of the block at which its walk stands. False: it was cut short. */
async function walkBlock(desk: Desk, from: Progress, signal: AbortSignal): Promise<boolean> {
  const [story] = await getStories(desk, [from.story]);
  const age = story ? desk.clock.now() - storyTime(story) : Number.POSITIVE_INFINITY;
  if (!story || age > POSTED_MS) {
    await endCorrection(desk.store, from);
    return true;
  }
  const { block, revision = story.revision } = from;
  const at = { ...from, revision };
  desk.memory.walks.set(story.id, story.revision);
  await saveProgress(desk.store, at);
  if (!(await giveBlock(desk, story, at, signal))) return false;
  // However old the story is: a digest shows it a day later. Where nobody of a block was, the look costs next to nothing.
  if (block < (await blockCount(desk.store)))
    await saveProgress(desk.store, { ...at, block: block + 1, behind: 0 });
  else await endCorrection(desk.store, from, revision);
  return true;
}

/**
 * Edits the correction into the chats of a block, in the order of their slots, and writes down now and then up to which all
 * are done: whoever goes on after a trouble or a kill asks Telegram for little that has been done. False: it was cut short, by
 * `signal` or because channels and groups wait for a newer correction: people may take minutes beside a broadcast.
 */
async function giveBlock(
  desk: Desk,
  story: Story,
  at: Required<Progress>,
  signal: AbortSignal,
): Promise<boolean> {
  const isPlaces = isForPlaces(at);
  const shown = isPlaces
    ? await postedInPlaces(desk, story.id)
    : await deliveriesInBlock(desk, story.id, at.block);
  const left = shown.filter(({ slot }) => slot > at.behind).sort((a, b) => a.slot - b.slot);
  const [first] = left;
  if (!first) return true;
  const since = await walkedRevision(desk.store, at);
  const edit = await openEdit(desk, story, since, isPlaces ? undefined : first.slot);
  const done = new Set<number>();
  const cut = new AbortController();
  let saveAt = desk.clock.ticks() + EVERY_MS;
  const give = async (one: Shown): Promise<void> => {
    if (!(await giveEdit(desk, edit, one, isPlaces, signal))) return;
    done.add(one.slot);
    if (desk.clock.ticks() < saveAt) return;
    // Nobody else saves meanwhile, nor after the cut: it may be this very story that was amended and begins anew.
    saveAt = Number.POSITIVE_INFINITY;
    const next = left.find(({ slot }) => !done.has(slot));
    if (next) await saveProgress(desk.store, { ...at, behind: next.slot - 1 });
    if (!isPlaces && (await nextWalks(desk)).some(isForPlaces)) return cut.abort();
    saveAt = desk.clock.ticks() + EVERY_MS;
  };
  await atOnce(left, AT_ONCE, give, AbortSignal.any([signal, cut.signal]));
  return !signal.aborted && !cut.signal.aborted;
}

type Shown = Pick<Posted, 'slot' | 'messageId'>;

/**
 * Edits the correction into a chat of the kind that is walked to; one that does not take it now is owed it. False: it was
 * cut short.
 */
async function giveEdit(
  desk: Desk,
  edit: Edit,
  { slot, messageId }: Shown,
  isPlaces: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const [subscriber] = await loadSlots(desk, [slot]);
  if (!subscriber || isPlace(subscriber.chat) !== isPlaces) return true;
  const isDone = subscriber.state !== 'left' && (await editIn(desk, edit, subscriber, messageId, signal));
  if (isDone || signal.aborted) return isDone;
  await oweEdit(desk.store, { slot, story: edit.story.id });
  return true;
}

/** Edits in what chats were not given at its time, some from `cursor` on. Answers the next cursor, and how many took it. */
async function editOwed(
  desk: Desk,
  cursor: string,
  signal: AbortSignal,
): Promise<{ readonly next: string; readonly taken: number }> {
  const { owed, cursor: next } = await owedEdits(desk.store, cursor, MOST_OWED);
  const ids = await Promise.all(owed.map(({ slot, story }) => messageInPlace(desk, slot, story)));
  const messages = Map.groupBy(owed, ({ slot }, index) => `${slot}:${ids[index]}`);
  let taken = 0;
  // One after the other: the first edit of a message shows all that is owed to it.
  const pay = async (message: readonly Owed[]) => {
    for (const one of message) {
      if (signal.aborted || !(await payEdit(desk, one, signal))) return;
      taken += 1;
    }
  };
  await atOnce([...messages.values()], AT_ONCE, pay, signal);
  return { next, taken };
}

/** False: it stays owed. */
async function payEdit(desk: Desk, owed: Owed, signal: AbortSignal): Promise<boolean> {
  const [[subscriber], [story], messageId] = await Promise.all([
    loadSlots(desk, [owed.slot]),
    getStories(desk, [owed.story]),
    messageInPlace(desk, owed.slot, owed.story),
  ]);
  const isOver = !story || desk.clock.now() - storyTime(story) > POSTED_MS;
  if (subscriber && messageId !== undefined && !isOver) {
    if (subscriber.state === 'left' || subscriber.note === 'rights') return false;
    // Struck off only once it is done: a kill in between costs an edit that changes nothing.
    if (!(await editIn(desk, await openEdit(desk, story), subscriber, messageId, signal))) return false;
  }
  await endOwed(desk.store, owed);
  return true;
}
