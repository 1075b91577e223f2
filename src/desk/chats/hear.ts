/**
 * Posts of others in channels, told by updates. Where a bot may edit posts of others, only what no update names can be
 * its own.
 */
import type { Update } from 'grammy/types';
import { checkHeard, heardIn, namePosts, noteAllRead, unhear } from '../../store/others.ts';
import { isStoreTrouble } from '../../store/redis.ts';
import { loadChat } from '../../store/subscribers.ts';
import { MINUTE } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { lastShown } from '../memory/shown.ts';
import { unlessOutOfUse } from '../trouble.ts';

/** Longest wait for the updates that Telegram has: a poll or two without an answer. Only the asker's channel waits. */
const PATIENCE_MS = 2 * MINUTE;
/** How often is written down that all updates were read. */
const NOTED_MS = MINUTE;

/** Notes which posts are others', before the updates are confirmed. False: Redis cannot take it now. */
export async function hearOthers(desk: Desk, updates: readonly Update[]): Promise<boolean> {
  try {
    await checkSilence(desk);
    for (const [chatId, told] of Map.groupBy(updates, channelOf)) {
      if (chatId !== undefined) await hearChannel(desk, chatId, told);
    }
    return true;
  } catch (error) {
    // Of updates that tell nothing of a channel nothing is missing: the silence is looked at again with the next ones.
    if (isStoreTrouble(error)) return updates.every((update) => channelOf(update) === undefined);
    // A record that does not open is no channel that anything could be sent to.
    desk.log.error({ err: error }, "others' posts in a channel could not be noted");
    return true;
  }
}

/** The channel of which the update tells something that matters here. */
const channelOf = ({ channel_post: post, my_chat_member: member }: Update): number | undefined =>
  post?.chat.id ?? (member?.chat.type === 'channel' ? member.chat.id : undefined);

async function hearChannel(desk: Desk, id: number, updates: readonly Update[]): Promise<void> {
  const known = await loadChat(desk, { id });
  if (!known) return;
  // Whoever was not there was not told either.
  const returned = updates.findLastIndex((update) => update.my_chat_member && !wasThere(update));
  if (returned >= 0) await unhear(desk.store, known.slot);
  const ids = updates.slice(returned + 1).flatMap(({ channel_post: post }) => post?.message_id ?? []);
  if (ids.length === 0) return;
  await namePosts(desk.store, known.slot, ids);
  for (const id of ids) desk.memory.hearing.named.set(`${known.slot}:${id}`, true);
}

/** As `heardIn`, with what Redis may have lost in its last moments. */
export async function heardOf(
  { store, memory: { hearing, shown }, clock }: Desk,
  slot: number,
): Promise<Heard | undefined> {
  const heard = await heardIn(store, slot);
  if (!heard) return undefined;
  const { others } = heard;
  const from = Math.max(heard.from, lastShown(shown, slot, clock.ticks()));
  return { from, isOthers: (id) => others.has(id) || hearing.named.get(`${slot}:${id}`) === true };
}

/** Knowledge of a channel: every post of others above `from` is named. */
export interface Heard {
  readonly from: number;
  readonly isOthers: (id: number) => boolean;
}

const wasThere = ({ my_chat_member: member }: Update): boolean =>
  member?.old_chat_member.status === 'administrator';

/** After a silence in which Telegram may have dropped updates, nothing that was heard before counts. */
async function checkSilence({ store, telegram, memory: { hearing } }: Desk): Promise<void> {
  // Somebody who sets our clock makes no silence.
  const { now } = telegram.contact;
  if (now - hearing.checkedAt < NOTED_MS) return;
  await checkHeard(store, now);
  hearing.checkedAt = now;
}

/** Everything that Telegram had at the moment `since` (ms) was read: it is noted, and told to `waiting`. */
export async function allIsRead(desk: Desk, since: number, waiting: readonly (() => void)[]): Promise<void> {
  const { hearing } = desk.memory;
  for (const tell of waiting) {
    hearing.waiting.delete(tell);
    tell();
  }
  if (since - hearing.readAt < NOTED_MS) return;
  const note = async () => {
    await checkSilence(desk);
    await noteAllRead(desk.store, since);
    hearing.readAt = since;
  };
  await unlessOutOfUse(desk, note);
}

/** Waits until everything that Telegram has now is read. False: it could not be. */
export async function readAll({ memory: { hearing }, clock }: Desk): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<void>();
  hearing.waiting.add(resolve);
  hearing.nudge();
  const end = new AbortController();
  const read = promise.then(() => true);
  const late = clock.sleep(PATIENCE_MS, end.signal).then(() => false);
  const isRead = await Promise.race([read, late]);
  end.abort();
  hearing.waiting.delete(resolve);
  if (isRead) hearing.unreadSince = undefined;
  else hearing.unreadSince ??= clock.ticks() - PATIENCE_MS;
  return isRead;
}

/** For how long updates cannot be read, as far as somebody asked, ms. */
export const unreadMs = ({ memory: { hearing }, clock }: Desk): number =>
  clock.ticks() - (hearing.unreadSince ?? clock.ticks());
