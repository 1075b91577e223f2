/** What has to disappear: messages whose time is over, and everything of a chat that wants to be forgotten. */
import { randomUUID } from 'node:crypto';
import { EDITIONS } from '../news/edition.ts';
import { type Chat, isPlace, type Subscriber } from '../news/subscriber.ts';
import {
  addErasure,
  addSaid,
  dropErasures,
  dueErasures,
  type Erasure,
  listSaid,
  messageIds,
} from '../store/deliveries.ts';
import { addRemoval, dropRemoval, dueRemovals } from '../store/removals.ts';
import { logHead, readLog } from '../store/logs.ts';
import { isStoreTrouble } from '../store/redis.ts';
import { dropChat, loadChat, loadSlots, overdueSlots } from '../store/subscribers.ts';
import { HOUR, MINUTE, SECOND } from '../time.ts';
import type { Desk } from './desk.ts';

/** Telegram lets a bot delete messages for 48 hours; a minute less allows for the way. */
const DELETABLE_MS = 48 * HOUR - MINUTE;
/** `deleteMessages` takes 1-100 ids. */
const AT_ONCE = 100;
/** Entries of a log whose message ids may still be kept. */
const RECENT_ENTRIES = 500;
/** How often the loop looks. */
const LOOK_MS = 2 * SECOND;
const AOF_REWRITE_MS = MINUTE;

/** A message of the chat that the bot saw or wrote, other than news: remembered so that it can be removed. */
export async function noteMessage(desk: Desk, chat: Chat, messageId: number): Promise<void> {
  const known = await loadChat(desk, chat);
  if (!known || known.state === 'idle') return;
  await addSaid(desk.store, known.slot, [messageId]);
  const { keep } = known.settings;
  if (keep > 0) await addErasure(desk.store, known.slot, messageId, desk.clock.now() + keep * HOUR);
}

/**
 * Forgets the chat at once, then removes every message of it that is known, with `alsoMessages`. What is to be removed is
 * written down before the record goes, so that a kill in the middle changes nothing.
 */
export async function forgetChat(desk: Desk, chat: Chat, alsoMessages: readonly number[]): Promise<void> {
  const known = await loadChat(desk, chat);
  const ids = new Set(alsoMessages);
  if (known) for (const id of await everyMessage(desk, known)) ids.add(id);
  await removeLater(desk, chat, [...ids], desk.clock.now());
  if (known) await forgetRecord(desk, known);
  await carryOutRemovals(desk);
}

/** Removes messages of a chat at `due` (ms), whatever becomes of this process and of the chat's record. */
export async function removeLater(
  desk: Desk,
  chat: Chat,
  ids: readonly number[],
  due: number,
): Promise<void> {
  for (let index = 0; index < ids.length; index += AT_ONCE) {
    const part = ids.slice(index, index + AT_ONCE);
    await addRemoval(desk, randomUUID(), { chat, ids: part, due, until: desk.clock.now() + DELETABLE_MS });
  }
}

/** Forgets the record with every message id; the chat's messages stay. */
export async function forgetRecord(desk: Desk, subscriber: Subscriber): Promise<void> {
  await dropChat(desk, subscriber, await recentNames(desk));
  rewriteSoon(desk);
}

async function everyMessage(desk: Desk, { slot }: Subscriber): Promise<number[]> {
  const [shown, said] = await Promise.all([
    recentNames(desk).then((names) => messageIds(desk.store, slot, names)),
    listSaid(desk.store, slot),
  ]);
  return [...shown.filter((id) => id !== undefined), ...said];
}

/** The names under which message ids may be kept now. */
async function recentNames(desk: Desk): Promise<string[]> {
  const names = await Promise.all(
    EDITIONS.map(async (edition) => {
      const head = await logHead(desk.store, edition);
      const entries = await readLog(desk.store, edition, Math.max(0, head - RECENT_ENTRIES), RECENT_ENTRIES);
      return entries.map((entry) => (entry.kind === 'story' ? entry.story : `${edition}${entry.seq}`));
    }),
  );
  return [...new Set(names.flat())];
}

/** Removes what is due, until `signal` aborts. */
export async function erase(desk: Desk, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const busy = await erasePass(desk);
      if (!busy) await desk.clock.sleep(LOOK_MS, signal);
    } catch (error) {
      if (!isStoreTrouble(error)) desk.log.error({ err: error }, 'removing messages failed');
      await desk.clock.sleep(LOOK_MS, signal);
    }
  }
}

/** One look at everything that is due. True: there may be more. */
export async function erasePass(desk: Desk): Promise<boolean> {
  const now = desk.clock.now();
  await carryOutRemovals(desk);
  const overdue = await loadSlots(desk, await overdueSlots(desk.store, now, 100));
  for (const subscriber of overdue) if (subscriber) await forgetRecord(desk, subscriber);
  const due = await dueErasures(desk.store, now - DELETABLE_MS, now, 500);
  const bySlot = Map.groupBy(due, ({ slot }) => slot);
  const subscribers = await loadSlots(desk, [...bySlot.keys()]);
  await Promise.all(
    [...bySlot.values()].map(async (erasures, index) => {
      const subscriber = subscribers[index];
      if (!subscriber || (await eraseAll(desk, subscriber.chat, erasures))) {
        await dropErasures(
          desk.store,
          erasures.map(({ member }) => member),
        );
      }
    }),
  );
  return due.length > 0;
}

async function eraseAll(desk: Desk, chat: Chat, erasures: readonly Erasure[]): Promise<boolean> {
  const ids = erasures.map(({ messageId }) => messageId);
  let done = true;
  for (let index = 0; index < ids.length; index += AT_ONCE) {
    done = (await removeMessages(desk, chat, ids.slice(index, index + AT_ONCE))) && done;
  }
  return done;
}

async function carryOutRemovals(desk: Desk): Promise<void> {
  const now = desk.clock.now();
  const removals = await dueRemovals(desk, now, 50);
  await Promise.all(
    removals.map(async ({ id, chat, ids, until }) => {
      if (now > until || (await removeMessages(desk, chat, ids))) await dropRemoval(desk.store, id);
    }),
  );
}

/** Deletes messages; one that cannot be deleted must not keep the others. False: try again later. */
async function removeMessages(desk: Desk, chat: Chat, ids: readonly number[]): Promise<boolean> {
  if (ids.length === 0) return true;
  const outcome = await desk.telegram.remove(chat, ids);
  desk.status.deletes.inc({ outcome: outcome.kind });
  if (outcome.kind === 'done') return true;
  if (outcome.kind !== 'refused') return false;
  const chatIsGone = ['blocked', 'gone', 'removed'].includes(outcome.why) || isMigrated(chat, outcome.why);
  if (ids.length === 1 || chatIsGone) return true;
  const half = Math.ceil(ids.length / 2);
  const [left, right] = await Promise.all([
    removeMessages(desk, chat, ids.slice(0, half)),
    removeMessages(desk, chat, ids.slice(half)),
  ]);
  return left && right;
}

const isMigrated = (chat: Chat, why: string): boolean => isPlace(chat) && why === 'migrated';

/** Redis' append-only file still has what was deleted until it is rewritten. */
const rewrites = new WeakMap<Desk, number>();

function rewriteSoon(desk: Desk): void {
  const now = desk.clock.now();
  if (now - (rewrites.get(desk) ?? 0) < AOF_REWRITE_MS) return;
  rewrites.set(desk, now);
  void desk.clock.sleep(SECOND).then(() => desk.store.redis.bgrewriteaof().catch(() => undefined));
}
