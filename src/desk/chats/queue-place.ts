/** Where a chat stands in the queue of an edition after its settings have changed, so that it misses nothing and gets nothing twice. */
import type { Edition } from '../../news/edition.ts';
import { isWithin } from '../../news/hours.ts';
import { heldSince, isWatchful, nextDigest } from '../../news/audience.ts';
import type { Subscriber } from '../../news/subscriber.ts';
import type { Settings } from '../../news/settings.ts';
import { cursorOf, flightOf } from '../../store/cursors.ts';
import { logHead, readLog, seqBefore } from '../../store/logs.ts';
import type { Move } from '../../store/subscribers.ts';
import { DAY } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { removeUnderWay } from './remove.ts';

/** Effect of a change of settings on the chat's place in the queue. */
export async function moveFor(desk: Desk, before: Subscriber, after: Subscriber): Promise<Move> {
  const { settings, state } = after;
  if (settings.edition !== before.settings.edition) {
    // A chat that gets no news begins anew, in whichever edition: a cursor that was kept would bring what it has missed.
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

/**
 * Where a chat begins in an edition: at its newest entry, or, if it comes from another one, with what it was not told there,
 * or with what waited here when it left, if it was told nothing since.
 */
export async function cursorIn(desk: Desk, before: Subscriber, edition: Edition): Promise<number> {
  const { store } = desk;
  if (before.state === 'idle' || before.settings.edition === edition) return logHead(store, edition);
  await removeUnderWay(desk, before);
  const told = await toldIn(desk, before);
  if (told?.until !== undefined) return seqBefore(store, edition, told.until);
  const left = await cursorOf(store, before.slot, edition);
  const [next] = left === undefined ? [] : await readLog(store, edition, left, 1);
  return left !== undefined && told && next && next.at > told.last ? left : logHead(store, edition);
}

/**
 * The news that the chat was told in the edition that it reads: when the last of it came (ms; 0: unknown), and the moment (ms) after
 * which nothing was told to it: not when what waits for it came, as another edition may have published before that what this
 * one has yet to publish, within a day. No such moment: it has been told everything. Undefined: it stands in no queue.
 */
async function toldIn(
  desk: Desk,
  { slot, settings, state }: Subscriber,
): Promise<{ readonly last: number; readonly until?: number } | undefined> {
  const { edition } = settings;
  const cursor = (await cursorOf(desk.store, slot, edition)) ?? (await flightOf(desk.store, slot))?.cursor;
  if (cursor === undefined) return undefined;
  const around = await readLog(desk.store, edition, Math.max(0, cursor - 1), 2);
  const last = around.find(({ seq }) => seq === cursor)?.at ?? 0;
  const next = around.find(({ seq }) => seq > cursor);
  const now = desk.clock.now();
  const held = state === 'active' ? heldSince(settings, now) : 0;
  if (held === undefined && !next) return { last };
  const since = Math.max(held ?? 0, last + 1, now - DAY);
  return { last, until: Math.min(since, next?.at ?? Number.POSITIVE_INFINITY) };
}

/** When the first entry that the chat has not been shown was appended, ms. */
async function oldestPending(desk: Desk, { slot, settings }: Subscriber): Promise<number | undefined> {
  const cursor = await cursorOf(desk.store, slot, settings.edition);
  if (cursor === undefined) return undefined;
  const [first] = await readLog(desk.store, settings.edition, cursor, 1);
  return first?.at;
}
