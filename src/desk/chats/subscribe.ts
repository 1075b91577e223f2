/** A chat begins, changes, pauses and ends its subscription. Every verb may be repeated without harm. */
import { present } from '../../present.ts';
import type { Edition } from '../../news/edition.ts';
import { type Chat, isPlace, type Subscriber, type SubscriberState } from '../../news/subscriber.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../news/settings.ts';
import { logHead, seqBefore } from '../../store/logs.ts';
import { addChat, loadChat, loadSlots, type Move, renumberChat, saveChat } from '../../store/subscribers.ts';
import { DAY } from '../../time.ts';
import { breakOff } from '../memory/dealings.ts';
import type { Desk } from '../desk.ts';
import { noteChoice, showsAsMuch } from '../memory/looks.ts';
import { forgetShown } from '../memory/shown.ts';
import { dropRecord } from './drop.ts';
import { forgetBeside, inherit } from './former.ts';
import { removeLater, removeUnderWay } from './remove.ts';
import { knownIds, placesAt, recentNames } from './known-messages.ts';
import { cursorIn, moveFor } from './queue-place.ts';

/** The chat's record; undefined: none. */
export const findChat = (desk: Desk, chat: Chat): Promise<Subscriber | undefined> => loadChat(desk, chat);

/** Begins a subscription at the newest story. `fresh` is false where the chat read this edition already. */
export async function subscribe(
  desk: Desk,
  chat: Chat,
  edition: Edition,
): Promise<{ subscriber: Subscriber; fresh: boolean }> {
  const load = () => knownOrNew(desk, chat, edition);
  if (isHalted(await load())) await changeSettings(desk, chat, { edition }, edition);
  let fresh = false;
  const subscriber = await change<never>(desk, load, async (known) => {
    // A step that was stored although its answer was lost finds its own work when it is tried again.
    fresh ||= known.state !== 'active' || known.settings.edition !== edition;
    if (isHalted(known)) return goingOn(desk, known);
    if (fresh) desk.journal.note(known.slot, 'back');
    const begun = inState({ ...known, settings: inEdition(known.settings, edition) }, 'active');
    return { subscriber: begun, move: { to: 'start', cursor: await cursorIn(desk, known, edition) } };
  });
  return { subscriber, fresh };
}

const isHalted = ({ state }: Subscriber): boolean => state === 'paused' || state === 'left';

/** Ends a subscription; settings are kept for 30 days. Undefined: the chat was not subscribed. */
export async function unsubscribe(desk: Desk, chat: Chat): Promise<Subscriber | undefined> {
  let isSubscribed = false;
  const ended = await changeKnown(desk, chat, async (known) => {
    if (known.state === 'idle') return undefined;
    isSubscribed = true;
    desk.journal.note(known.slot, 'left');
    await removeUnderWay(desk, known);
    return { subscriber: inState(known, 'idle'), move: { to: 'stop' } };
  });
  return isSubscribed ? ended : undefined;
}

/** Changes settings; a chat that we do not know yet is written down with `edition`, without a subscription. */
export async function changeSettings(
  desk: Desk,
  chat: Chat,
  patch: { readonly [K in keyof Settings]?: Settings[K] | undefined },
  edition: Edition,
): Promise<Subscriber> {
  return change<never>(
    desk,
    () => knownOrNew(desk, chat, edition),
    async (known) => {
      const settings = inEdition(known.settings, patch.edition ?? known.settings.edition);
      const changed = present<Settings>({ ...settings, ...patch } as Settings);
      const subscriber = { ...known, settings: { ...DEFAULT_SETTINGS, ...changed } };
      if (!showsAsMuch(known.settings, subscriber.settings))
        noteChoice(desk.memory.looks, known, desk.clock.now());
      return { subscriber, move: await moveFor(desk, known, subscriber) };
    },
  );
}

/** Pins nothing any more in a place, unless it was forgotten meanwhile (undefined). */
export const endPins = (desk: Desk, chat: Chat): Promise<Subscriber | undefined> =>
  changeKnown(desk, chat, async (known) => ({
    subscriber: { ...known, settings: { ...known.settings, pin: false } },
    move: { to: 'stay' },
  }));

/** Rubrics are words of one edition: in another they would let nothing through. */
const inEdition = (settings: Settings, edition: Edition): Settings =>
  edition === settings.edition ? settings : { ...settings, edition, rubrics: [] };

/**
 * Stops the news for a while: the cursor stands still, so nothing is missed. `why`: what was lost and ends the pause when
 * it comes back; absent: somebody wishes it.
 */
export const pauseChat = (
  desk: Desk,
  chat: Chat,
  why?: 'rights' | 'topic',
): Promise<Subscriber | undefined> =>
  changeKnown(desk, chat, async (known) =>
    known.state === 'active' ? parked(inState(known, 'paused', why)) : undefined,
  );

const parked = (subscriber: Subscriber): Change => ({ subscriber, move: { to: 'park' } });

/** Goes on where the pause began. */
export const resumeChat = (desk: Desk, chat: Chat): Promise<Subscriber | undefined> =>
  changeKnown(desk, chat, async (known) => (known.state === 'paused' ? goingOn(desk, known) : undefined));

/** The bot was removed: a person is forgotten at once, a place's settings are kept for 30 days. */
export async function chatLeft(desk: Desk, chat: Chat): Promise<void> {
  if (!isPlace(chat)) return personLeft(desk, chat);
  await changeKnown(desk, chat, async (known) =>
    known.state === 'idle' ? undefined : parked(inState(known, 'left')),
  );
}

/** Messages that stand in the chat go too, unless the person chose to keep them: nobody could remove it later. */
async function personLeft(desk: Desk, chat: Chat): Promise<void> {
  await breakOff(desk, chat);
  const known = await loadChat(desk, chat);
  const isKept = known !== undefined && known.settings.keep === 0;
  const now = desk.clock.now();
  const standing = [...desk.memory.strangers.of(chat), ...(known ? await knownIds(desk, known) : [])];
  if (!isKept) await removeLater(desk, chat, standing, now);
  const late = known ? await dropRecord(desk, known) : [];
  const more = late.filter((id) => !standing.includes(id));
  if (!isKept) await removeLater(desk, chat, more, now);
  desk.memory.strangers.take(chat);
  await forgetBeside(desk, chat);
}

/**
 * Telegram does not find the chat any more, by all signs. It gets no news; its record stays sealed for some days, in which
 * it is asked after now and then (`watchChats`).
 */
export async function chatLost(desk: Desk, chat: Chat): Promise<void> {
  await changeKnown(desk, chat, async (known) => {
    if (known.state !== 'active' && known.state !== 'paused') return undefined;
    return parked(inState(known, 'left', isPlace(chat) ? 'rights' : undefined));
  });
}

/**
 * Whether a chat that was `left` goes on as soon as Telegram finds the bot there: nobody has removed it, or it is a channel,
 * to which nobody but an administrator can add it. An earlier version left no note of places that Telegram did not find.
 */
export const returnsByItself = ({ chat, state, note }: Subscriber): boolean =>
  state === 'left' && (!isPlace(chat) || chat.kind === 'channel' || note !== undefined);

/** The bot was added again, or the chat is found again: it goes on where it stood. */
export const chatReturned = (desk: Desk, chat: Chat): Promise<Subscriber | undefined> =>
  changeKnown(desk, chat, async (known) => (known.state === 'left' ? goingOn(desk, known) : undefined));

/** News missed by a place for longer than this is dropped. */
const MISSED_MS = DAY;

/** From where the cursor stands, or a day back; in a place as one message. */
async function goingOn(desk: Desk, known: Subscriber): Promise<Change> {
  const { edition } = known.settings;
  const cursor = await logHead(desk.store, edition);
  const floor = isPlace(known.chat) ? await seqBefore(desk.store, edition, desk.clock.now() - MISSED_MS) : 0;
  const resumed = inState(known, 'active', isPlace(known.chat) ? 'missed' : undefined);
  return { subscriber: resumed, move: { to: 'resume', cursor, floor } };
}

/** Forgets that a place missed something: it has been told. */
export async function caughtUp(desk: Desk, chat: Chat): Promise<void> {
  await changeKnown(desk, chat, async (known) => {
    if (known.state !== 'active' || !known.note) return undefined;
    return { subscriber: inState(known, 'active'), move: { to: 'stay' } };
  });
}

/** A note belongs to the state with which it came. */
function inState(
  { note: _note, ...known }: Subscriber,
  state: SubscriberState,
  note?: Subscriber['note'],
): Subscriber {
  return note ? { ...known, state, note } : { ...known, state };
}

/** A group became a supergroup: everything stays, under the new id. */
export async function moveChat(desk: Desk, fromId: number, toId: number): Promise<void> {
  if (fromId === toId) return;
  for (const known of await placesAt(desk, fromId)) {
    const isMoved = await renumberChat(desk, known, toId, await recentNames(desk, known.chat));
    forgetShown(desk.memory.shown, known.slot, desk.clock.ticks());
    if (isMoved) continue;
    // Telegram tells of a move in three ways, perhaps at once: who comes second must not take the moved chat for another.
    const there = await loadChat(desk, { ...known.chat, id: toId });
    if (there && there.slot !== known.slot) await dropRecord(desk, known);
  }
}

async function knownOrNew(desk: Desk, chat: Chat, edition: Edition): Promise<Subscriber> {
  const known = (await loadChat(desk, chat)) ?? (await inherit(desk, chat));
  if (known) return known;
  const settings: Settings = { ...DEFAULT_SETTINGS, edition };
  const added = await addChat(desk, { chat, settings, state: 'idle', day: 0 }, desk.clock.now());
  desk.memory.newcomers.set(added.slot, desk.clock.ticks());
  return added;
}

/** A chat as it is to be stored, and its place in the queue from then on. */
interface Change {
  readonly subscriber: Subscriber;
  readonly move: Move;
}

/**
 * Takes a step from what the chat is, or none (undefined); where somebody else has changed it since it was loaded, once more
 * from what it is now. Answers the chat as it is afterwards.
 */
async function change<None extends undefined>(
  desk: Desk,
  load: () => Promise<Subscriber | None>,
  step: (known: Subscriber) => Promise<Change | undefined>,
): Promise<Subscriber | None> {
  for (let moved: Subscriber | undefined; ; ) {
    const known: Subscriber | None = moved ?? (await load());
    if (!known) return known;
    const next = await step(known);
    if (!next) return known;
    const { subscriber, move } = next;
    const saved = await saveChat(desk, subscriber, move, desk.clock.now(), known);
    if (saved !== 'overtaken') return subscriber;
    moved = await movedFrom(desk, known);
  }
}

/** The group that has moved to another id since it was loaded. */
async function movedFrom(desk: Desk, { slot, chat }: Subscriber): Promise<Subscriber | undefined> {
  const [now] = await loadSlots(desk, [slot]);
  const isMoved = now?.chat.kind === chat.kind && now.chat.id !== chat.id && now.chat.thread === chat.thread;
  return isMoved && isPlace(chat) ? now : undefined;
}

const changeKnown = (
  desk: Desk,
  chat: Chat,
  step: (known: Subscriber) => Promise<Change | undefined>,
): Promise<Subscriber | undefined> => change(desk, () => loadChat(desk, chat), step);
