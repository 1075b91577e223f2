/**
 * Edits corrections and withdrawals into the messages that show the story: channels and groups first, people as the pace
 * allows, seldom ahead of the news; people within 48 hours, places within 30 days. Only where the shown text changes.
 */
import { EDITIONS } from '../../news/edition.ts';
import { storyTime } from '../../news/story.ts';
import { isPlace, type Subscriber } from '../../news/subscriber.ts';
import {
  correctionsUnderWay,
  endCorrection,
  endOwed,
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
  postedInPlaces,
  POSTED_MS,
} from '../../store/deliveries.ts';
import { isStoreTrouble } from '../../store/redis.ts';
import { getStories } from '../../store/stories.ts';
import { loadSlots } from '../../store/subscribers.ts';
import type { Refusal } from '../../telegram/outcome.ts';
import { patiently } from '../../telegram/patient.ts';
import { HOUR, MINUTE, SECOND } from '../../time.ts';
import { editForm } from '../articles.ts';
import type { Desk } from '../desk.ts';
import { unpinWithdrawn } from '../chats/pin.ts';
import { type Edit, lookAround, openEdit, redrawn } from './redraw.ts';
import { beginWalk } from '../memory/walks.ts';

const EVERY_MS = SECOND;
/** A person's message older than this is left as it is: its id is not kept for longer. */
const PERSONAL_MS = 49 * HOUR;
/** Edits of one correction in flight at once. */
const AT_ONCE = 16;
/** Time between two tries of the edits that are owed. */
const OWED_MS = MINUTE / 3;
/** A message that cannot be edited within this is owed its edit: the others of the walk wait for it. */
const EDIT_PATIENCE_MS = MINUTE;

/** Runs until `signal` aborts. */
export async function correct(desk: Desk, signal: AbortSignal): Promise<void> {
  let lookedAt = desk.clock.ticks();
  while (!signal.aborted) {
    try {
      for (const edition of EDITIONS) await takeCorrections(desk.store, edition, desk.clock.now());
      for (const progress of await correctionsUnderWay(desk.store))
        await sendCorrection(desk, progress, signal);
      if (desk.clock.ticks() - lookedAt >= OWED_MS) {
        lookedAt = desk.clock.ticks();
        await editOwed(desk, signal);
      }
    } catch (error) {
      if (!isStoreTrouble(error)) desk.log.error({ err: error }, 'editing a correction in failed');
    }
    await desk.clock.sleep(EVERY_MS, signal);
  }
}

/** Takes one correction or withdrawal to the chats, from where its walk stands. */
async function sendCorrection(desk: Desk, from: Progress, signal: AbortSignal): Promise<void> {
  const [story] = await getStories(desk, [from.story]);
  const age = story ? desk.clock.now() - storyTime(story) : Number.POSITIVE_INFINITY;
  if (!story || age > POSTED_MS) return endCorrection(desk.store, from);
  beginWalk(desk.memory.walks, story);
  const edit = await openEdit(desk, story, await walkedRevision(desk.store, from));
  const last = age > PERSONAL_MS ? 0 : await blockCount(desk.store);
  for (let block = from.block; block <= last && !signal.aborted; block += 1) {
    await saveProgress(desk.store, { ...from, block });
    const shown =
      block === 0 ? await postedInPlaces(desk, story.id) : await deliveriesInBlock(desk, story.id, block);
    if (shown.length > 0) await lookAround(desk, edit);
    for (let index = 0; index < shown.length && !signal.aborted; index += AT_ONCE) {
      await editMany(desk, edit, shown.slice(index, index + AT_ONCE), block === 0, signal);
    }
  }
  if (!signal.aborted) await endCorrection(desk.store, from, story.revision);
}

/** Edits in what chats were not given at its time, where they take it now. */
async function editOwed(desk: Desk, signal: AbortSignal): Promise<void> {
  for (const owed of await owedEdits(desk.store)) {
    if (signal.aborted) return;
    const [[place], [story], messageId] = await Promise.all([
      loadSlots(desk, [owed.slot]),
      getStories(desk, [owed.story]),
      messageInPlace(desk, owed.slot, owed.story),
    ]);
    const over = !story || desk.clock.now() - storyTime(story) > POSTED_MS;
    if (place && messageId !== undefined && !over) {
      if (place.state === 'left' || place.note === 'rights') continue;
      // Struck off only once it is done: a kill in between costs an edit that changes nothing.
      if (!(await editOne(desk, await openEdit(desk, story), place, messageId, signal))) continue;
    }
    await endOwed(desk.store, owed);
  }
}

interface ShownMessage {
  readonly slot: number;
  readonly messageId: number;
}

async function editMany(
  desk: Desk,
  edit: Edit,
  shown: readonly ShownMessage[],
  places: boolean,
  signal: AbortSignal,
): Promise<void> {
  const subscribers = await loadSlots(
    desk,
    shown.map(({ slot }) => slot),
  );
  await Promise.all(
    shown.map(async ({ messageId }, index) => {
      const subscriber = subscribers[index];
      if (!subscriber || isPlace(subscriber.chat) !== places) return;
      if (subscriber.state === 'left')
        return oweEdit(desk.store, { slot: subscriber.slot, story: edit.story.id });
      await editOne(desk, edit, subscriber, messageId, signal);
    }),
  );
}

/** False: the message does not take the edit now; it is owed. */
async function editOne(
  desk: Desk,
  correction: Edit,
  subscriber: Subscriber,
  messageId: number,
  signal: AbortSignal,
): Promise<boolean> {
  const { story } = correction;
  const message = await redrawn(desk, correction, subscriber, messageId);
  if (!message) return true;
  // An edit may be repeated: it ends in the same text.
  const edit = () => editForm(desk, subscriber.chat, messageId, message);
  const outcome = await patiently(desk.clock, edit, { forMs: EDIT_PATIENCE_MS, restMs: SECOND / 2, signal });
  desk.status.edits.inc({ outcome: outcome.kind === 'refused' ? outcome.why : outcome.kind });
  if (outcome.kind === 'done') {
    desk.trace.count(story.id, 'edited');
    await unpinWithdrawn(desk, subscriber, messageId, story);
    return true;
  }
  if (outcome.kind === 'refused' && isFinal(subscriber, outcome.why)) return true;
  if (!signal.aborted) await oweEdit(desk.store, { slot: subscriber.slot, story: story.id });
  return false;
}

/**
 * Whether the message itself is what is refused. That the chat is not there, or not the bot's, may pass or be a mistake; a
 * channel that has taken the right to post away does not let the bot's own posts be edited either.
 */
const isFinal = ({ chat }: Subscriber, why: Refusal): boolean =>
  ['content', 'not_modified', 'not_found', 'stale'].includes(why) || (why === 'not_ours' && !isPlace(chat));
