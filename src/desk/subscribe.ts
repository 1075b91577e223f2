/** A chat begins, changes, pauses and ends its subscription. Every verb may be repeated without harm. */
import type { Edition } from '../news/edition.ts';
import { isWithin, nextMoment } from '../news/hours.ts';
import { nextDigest } from '../news/audience.ts';
import { type Chat, DEFAULT_SETTINGS, isPlace, type Settings, type Subscriber } from '../news/subscriber.ts';
import { logHead } from '../store/logs.ts';
import { addChat, loadChat, type Move, renumberChat, saveChat } from '../store/subscribers.ts';
import type { Desk } from './desk.ts';
import { forgetRecord } from './erase.ts';

/** What we know of the chat; undefined: nothing. */
export const findChat = (desk: Desk, chat: Chat): Promise<Subscriber | undefined> => loadChat(desk, chat);

/** Begins a subscription at the newest story. `fresh` is false where the chat read this edition already. */
export async function subscribe(
  desk: Desk,
  chat: Chat,
  edition: Edition,
): Promise<{ subscriber: Subscriber; fresh: boolean }> {
  const known = await knownOrNew(desk, chat, edition);
  const fresh = known.state !== 'active' || known.settings.edition !== edition;
  const subscriber: Subscriber = { ...known, state: 'active', settings: { ...known.settings, edition } };
  const cursor = await logHead(desk.store, edition);
  const resumed = known.state === 'paused' && known.settings.edition === edition;
  await saveChat(desk, subscriber, { to: resumed ? 'resume' : 'start', cursor }, desk.clock.now());
  return { subscriber, fresh };
}

/** Ends a subscription; settings are kept for 30 days. Undefined: the chat was not subscribed. */
export async function unsubscribe(desk: Desk, chat: Chat): Promise<Subscriber | undefined> {
  const known = await loadChat(desk, chat);
  if (!known || known.state === 'idle') return undefined;
  return save(desk, { ...known, state: 'idle' }, { to: 'stop' });
}

/** Changes settings; a chat that we do not know yet is written down with `edition`, without a subscription. */
export async function changeSettings(
  desk: Desk,
  chat: Chat,
  patch: { readonly [K in keyof Settings]?: Settings[K] | undefined },
  edition: Edition,
): Promise<Subscriber> {
  const known = await knownOrNew(desk, chat, edition);
  const changed = Object.fromEntries(
    Object.entries({ ...known.settings, ...patch }).filter(([, value]) => value !== undefined),
  ) as unknown as Settings;
  const subscriber = { ...known, settings: { ...DEFAULT_SETTINGS, ...changed } };
  return save(desk, subscriber, await moveFor(desk, known, subscriber));
}

/** What a change of settings means for the chat's place in the queue. */
async function moveFor(desk: Desk, before: Subscriber, after: Subscriber): Promise<Move> {
  if (after.state !== 'active') return { to: 'stay' };
  const { settings } = after;
  if (settings.edition !== before.settings.edition) {
    return { to: 'start', cursor: await logHead(desk.store, settings.edition) };
  }
  const hours = ({ digest, quiet, timezone }: Settings) => JSON.stringify([digest, quiet, timezone]);
  if (hours(settings) === hours(before.settings)) return { to: 'stay' };
  const now = desk.clock.now();
  if (settings.digest.length > 0) {
    return { to: 'hold', until: nextDigest(settings.digest, settings.timezone, now) };
  }
  if (settings.quiet && isWithin(now, settings.timezone, settings.quiet)) {
    return { to: 'hold', until: nextMoment(now, settings.timezone, settings.quiet.to) };
  }
  return { to: 'wake' };
}

/** Stops the news for a while: the cursor stands still, so nothing is missed. */
export async function pauseChat(desk: Desk, chat: Chat): Promise<Subscriber | undefined> {
  const known = await loadChat(desk, chat);
  if (known?.state !== 'active') return known;
  return save(desk, { ...known, state: 'paused' }, { to: 'park' });
}

/** Goes on where the pause began. */
export async function resumeChat(desk: Desk, chat: Chat): Promise<Subscriber | undefined> {
  const known = await loadChat(desk, chat);
  if (known?.state !== 'paused') return known;
  const cursor = await logHead(desk.store, known.settings.edition);
  return save(desk, { ...known, state: 'active' }, { to: 'resume', cursor });
}

/** The bot was removed: a person is forgotten at once, a place's settings are kept for 30 days. */
export async function chatLeft(desk: Desk, chat: Chat): Promise<void> {
  const known = await loadChat(desk, chat);
  if (!known) return;
  if (!isPlace(known.chat)) return forgetRecord(desk, known);
  await save(desk, { ...known, state: 'left' }, { to: 'stop' });
}

/** The bot was added again: a place that had it goes on from the newest story. */
export async function chatReturned(desk: Desk, chat: Chat): Promise<Subscriber | undefined> {
  const known = await loadChat(desk, chat);
  if (known?.state !== 'left') return known;
  const cursor = await logHead(desk.store, known.settings.edition);
  return save(desk, { ...known, state: 'active' }, { to: 'start', cursor });
}

/** A group became a supergroup: everything stays, under the new id. */
export async function moveChat(desk: Desk, fromId: number, toId: number): Promise<void> {
  const known = await loadChat(desk, { id: fromId });
  if (!known || fromId === toId) return;
  if (await renumberChat(desk, known, toId)) return;
  await forgetRecord(desk, known);
}

async function knownOrNew(desk: Desk, chat: Chat, edition: Edition): Promise<Subscriber> {
  const known = await loadChat(desk, chat);
  if (known) return known;
  const settings: Settings = { ...DEFAULT_SETTINGS, edition };
  return addChat(desk, { chat, settings, state: 'idle', day: 0 }, desk.clock.now());
}

async function save(desk: Desk, subscriber: Subscriber, move: Move): Promise<Subscriber> {
  await saveChat(desk, subscriber, move, desk.clock.now());
  return subscriber;
}
