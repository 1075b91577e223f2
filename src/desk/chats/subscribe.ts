/** A chat begins, changes, pauses and ends its subscription. Every verb may be repeated without harm. */
import type { Edition } from '../../news/edition.ts';
import { isWithin } from '../../news/hours.ts';
import { heldSince, isWatchful, nextDigest } from '../../news/audience.ts';
import { type Chat, isPlace, type Subscriber, type SubscriberState } from '../../news/subscriber.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../news/settings.ts';
import { cursorOf, flightOf } from '../../store/cursors.ts';
import { logHead, readLog, seqBefore } from '../../store/logs.ts';
import { addChat, loadChat, type Move, renumberChat, saveChat } from '../../store/subscribers.ts';
import { DAY } from '../../time.ts';
import { breakOff } from '../memory/dealings.ts';
import type { Desk } from '../desk.ts';
import { forgetShown } from '../memory/shown.ts';
import { dropRecord } from './drop.ts';
import { forgetBeside, inherit } from './former.ts';
import { knownIds } from './known-messages.ts';
import { removeLater, removeUnderWay } from './remove.ts';
import { placesAt, recentNames } from './known-messages.ts';

/** The chat's record; undefined: none. */
export const findChat = (desk: Desk, chat: Chat): Promise<Subscriber | undefined> => loadChat(desk, chat);

/** Begins a subscription at the newest story. `fresh` is false where the chat read this edition already. */
export async function subscribe(
  desk: Desk,
  chat: Chat,
  edition: Edition,
): Promise<{ subscriber: Subscriber; fresh: boolean }> {
  const known = await knownOrNew(desk, chat, edition);
  const fresh = known.state !== 'active' || known.settings.edition !== edition;
  if (known.state === 'paused' || known.state === 'left')
    return { subscriber: await goOn(desk, await changeSettings(desk, chat, { edition }, edition)), fresh };
  const subscriber = inState({ ...known, settings: inEdition(known.settings, edition) }, 'active');
  const cursor = await cursorIn(desk, known, edition);
  if (fresh) desk.journal.note(known.slot, 'back');
  return { subscriber: await saveAndMove(desk, subscriber, { to: 'start', cursor }), fresh };
}

/** Ends a subscription; settings are kept for 30 days. Undefined: the chat was not subscribed. */
export async function unsubscribe(desk: Desk, chat: Chat): Promise<Subscriber | undefined> {
  const known = await loadChat(desk, chat);
  if (!known || known.state === 'idle') return undefined;
  desk.journal.note(known.slot, 'left');
  await removeUnderWay(desk, known);
  return saveAndMove(desk, inState(known, 'idle'), { to: 'stop' });
}

/** Changes settings; a chat that we do not know yet is written down with `edition`, without a subscription. */
export async function changeSettings(
  desk: Desk,
  chat: Chat,
  patch: { readonly [K in keyof Settings]?: Settings[K] | undefined },
  edition: Edition,
): Promise<Subscriber> {
  const known = await knownOrNew(desk, chat, edition);
  const settings = inEdition(known.settings, patch.edition ?? known.settings.edition);
  const changed = Object.fromEntries(
    Object.entries({ ...settings, ...patch }).filter(([, value]) => value !== undefined),
  ) as unknown as Settings;
  const subscriber = { ...known, settings: { ...DEFAULT_SETTINGS, ...changed } };
  return saveAndMove(desk, subscriber, await moveFor(desk, known, subscriber));
}

/** Rubrics are words of one edition: in another they would let nothing through. */
const inEdition = (settings: Settings, edition: Edition): Settings =>
  edition === settings.edition ? settings : { ...settings, edition, rubrics: [] };

/** Effect of a change of settings on the chat's place in the queue. */
async function moveFor(desk: Desk, before: Subscriber, after: Subscriber): Promise<Move> {
  const { settings, state } = after;
  if (settings.edition !== before.settings.edition) {
    // Who gets no news begins anew, in whichever edition: a cursor that was kept would bring what they have missed.
    if (state === 'idle') return { to: 'stop' };
    const cursor = await cursorIn(desk, before, settings.edition);
    return { to: state === 'active' ? 'start' : 'park', cursor };
  }
  if (state !== 'active') return { to: 'stay' };
  const rhythm = ({ digest, quiet, timezone }: Settings) => JSON.stringify([digest, quiet, timezone]);
  const isSame =
    rhythm(settings) === rhythm(before.settings) && isWatchful(settings) === isWatchful(before.settings);
  if (isSame) return { to: 'stay' };
  const { digest, timezone } = settings;
  const now = desk.clock.now();
  const oldest = digest.length > 0 ? await oldestPending(desk, after) : undefined;
  if (oldest === undefined || nextDigest(digest, timezone, oldest) > now) return { to: 'wake' };
  // Pending news is older than the last of these hours. New hours begin with their next one.
  const hours = ({ digest: list, timezone: zone }: Settings) => JSON.stringify([list, zone]);
  if (hours(settings) !== hours(before.settings))
    return { to: 'hold', until: nextDigest(digest, timezone, now) };
  const { quiet } = before.settings;
  return { to: quiet && isWithin(now, timezone, quiet) ? 'wake' : 'stay' };
}

/** Where a chat begins in an edition: at its newest entry, or, if it comes from another one, with what it was not told there. */
async function cursorIn(desk: Desk, before: Subscriber, edition: Edition): Promise<number> {
  const comes = before.state !== 'idle' && before.settings.edition !== edition;
  if (comes) await removeUnderWay(desk, before);
  const since = comes ? await untoldSince(desk, before) : undefined;
  return since === undefined ? logHead(desk.store, edition) : seqBefore(desk.store, edition, since);
}

/**
 * The moment (ms) after which nothing was told to the chat: not when what waits for it came, as another edition may have
 * published before that what this one has yet to publish. Undefined: it has been told everything.
 */
async function untoldSince(desk: Desk, { slot, settings, state }: Subscriber): Promise<number | undefined> {
  const { edition } = settings;
  const cursor = (await cursorOf(desk.store, slot, edition)) ?? (await flightOf(desk.store, slot))?.cursor;
  if (cursor === undefined) return undefined;
  const around = await readLog(desk.store, edition, Math.max(0, cursor - 1), 2);
  const next = around.find(({ seq }) => seq > cursor);
  const held = state === 'active' ? heldSince(settings, desk.clock.now()) : 0;
  if (held === undefined && !next) return undefined;
  const told = around.find(({ seq }) => seq === cursor)?.at ?? 0;
  return Math.min(Math.max(held ?? 0, told + 1), next?.at ?? Number.POSITIVE_INFINITY);
}

/** When the first entry that the chat has not been shown was appended, ms. */
async function oldestPending(desk: Desk, { slot, settings }: Subscriber): Promise<number | undefined> {
  const cursor = await cursorOf(desk.store, slot, settings.edition);
  if (cursor === undefined) return undefined;
  const [first] = await readLog(desk.store, settings.edition, cursor, 1);
  return first?.at;
}

/**
 * Stops the news for a while: the cursor stands still, so nothing is missed. `why`: what was lost and ends the pause when
 * it comes back; absent: somebody wishes it.
 */
export async function pauseChat(
  desk: Desk,
  chat: Chat,
  why?: 'rights' | 'topic',
): Promise<Subscriber | undefined> {
  const known = await loadChat(desk, chat);
  if (known?.state !== 'active') return known;
  return saveAndMove(desk, inState(known, 'paused', why), { to: 'park' });
}

/** Goes on where the pause began. */
export async function resumeChat(desk: Desk, chat: Chat): Promise<Subscriber | undefined> {
  const known = await loadChat(desk, chat);
  return known?.state === 'paused' ? goOn(desk, known) : known;
}

/** The bot was removed: a person is forgotten at once, a place's settings are kept for 30 days. */
export async function chatLeft(desk: Desk, chat: Chat): Promise<void> {
  if (!isPlace(chat)) return personLeft(desk, chat);
  const known = await loadChat(desk, chat);
  if (known && known.state !== 'idle') await saveAndMove(desk, inState(known, 'left'), { to: 'park' });
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
  const known = await loadChat(desk, chat);
  if (known?.state !== 'active' && known?.state !== 'paused') return;
  await saveAndMove(desk, inState(known, 'left', isPlace(chat) ? 'rights' : undefined), { to: 'park' });
}

/**
 * Whether a chat that was `left` goes on as soon as Telegram finds the bot there: nobody has removed it, or it is a channel,
 * to which nobody but an administrator can add it. An earlier version left no note of places that Telegram did not find.
 */
export const isLost = ({ chat, state, note }: Subscriber): boolean =>
  state === 'left' && (!isPlace(chat) || chat.kind === 'channel' || note !== undefined);

/** The bot was added again, or the chat is found again: it goes on where it stood. */
export async function chatReturned(desk: Desk, chat: Chat): Promise<Subscriber | undefined> {
  const known = await loadChat(desk, chat);
  return known?.state === 'left' ? goOn(desk, known) : known;
}

/** News missed by a place for longer than this is dropped. */
const MISSED_MS = DAY;

/** From where the cursor stands, or a day back; in a place as one message. */
async function goOn(desk: Desk, known: Subscriber): Promise<Subscriber> {
  const { edition } = known.settings;
  const cursor = await logHead(desk.store, edition);
  const floor = isPlace(known.chat) ? await seqBefore(desk.store, edition, desk.clock.now() - MISSED_MS) : 0;
  const resumed = inState(known, 'active', isPlace(known.chat) ? 'missed' : undefined);
  return saveAndMove(desk, resumed, { to: 'resume', cursor, floor });
}

/** Forgets that a place missed something: it has been told. */
export async function caughtUp(desk: Desk, chat: Chat): Promise<void> {
  const known = await loadChat(desk, chat);
  if (known?.state === 'active' && known.note)
    await saveAndMove(desk, inState(known, 'active'), { to: 'stay' });
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

async function saveAndMove(desk: Desk, subscriber: Subscriber, move: Move): Promise<Subscriber> {
  await saveChat(desk, subscriber, move, desk.clock.now());
  return subscriber;
}
