/**
 * Once a second: how Redis, the disk and the queues stand, and the counts of what became of the stories; and what memory keeps
 * for a time alone goes.
 */
import { statfs } from 'node:fs/promises';
import { bounded, letGoOld } from '../bounded.ts';
import type { Desk } from '../desk/desk.ts';
import { lastingRefusal } from '../desk/trouble.ts';
import { pausedSince } from '../desk/pause.ts';
import type { Config } from '../config/config.ts';
import { errorCode } from '../errors.ts';
import { EDITIONS } from '../news/edition.ts';
import { isStoreTrouble, refusalOf, refusalToWrite, type Store } from '../store/redis.ts';
import { askServers, beat, judgeServers, type ServerTrouble } from '../store/server.ts';
import { countQueues } from '../store/subscribers.ts';
import { type Clock, HOUR, MINUTE, SECOND } from '../time.ts';

/** How often Redis is asked what it says of itself, and the disk how full it is. */
const LOOK_MS = 5 * SECOND;
/** Below this a Redis on the same disk cannot rewrite its file, and soon nothing can be written, bytes. */
const LEAST_FREE = 100_000_000;
/** A broadcast takes as long as the pace allows; news that waits for this much longer waits for something else. */
const LATE_MS = 5 * MINUTE;
/** An operator who stops the news for longer than this may have forgotten it, or be somebody else. */
const PAUSED_MS = HOUR;

/** Bytes that are free where the bot keeps its files. */
export async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Bytes that the bot and a Redis of its own may use together, by the limit of a unit or a container; 0: it has none of its own. */
export const memoryFor = ({ store }: Config): number =>
  store.kind === 'embedded' ? process.constrainedMemory() : 0;

/** Runs in every process: that nobody delivers, a standby sees too. `machine`: its clock as it is; `ours`: `memoryFor`. */
export async function watchStore(
  desk: Desk,
  freeBytes: () => Promise<number>,
  stop: AbortSignal,
  machine: Clock = desk.clock,
  ours = 0,
): Promise<void> {
  const stepOf = clockSteps(machine);
  const tellForeign = foreignWatch(desk);
  let lookedAt = Number.NEGATIVE_INFINITY;
  while (!stop.aborted) {
    letGoOld(desk.clock.ticks());
    const step = stepOf();
    if (step !== 0)
      desk.log.warn(
        { ms: step },
        'the clock of this machine was set: dates go by Telegram’s where it is wrong, waits by neither',
      );
    const answers = await tryStore(desk);
    if (desk.clock.ticks() - lookedAt >= LOOK_MS) {
      lookedAt = desk.clock.ticks();
      const free = await freeBytes().catch(() => Number.POSITIVE_INFINITY);
      desk.status.conditions.set('disk', diskFault(free));
      if (answers) await askStore(desk, ours).catch(() => undefined);
    }
    if (answers) desk.journal.beat();
    if (answers) await writeDown(desk).catch(() => undefined);
    tellForeign();
    await desk.clock.sleep(SECOND, stop);
  }
  await desk.trace.flush().catch(() => undefined);
}

/** Whether Redis answers; one that answers may still take nothing, which is another trouble. */
async function tryStore(desk: Desk): Promise<boolean> {
  const {
    store,
    status: { conditions },
  } = desk;
  try {
    await beat(store);
    conditions.set('redis', lastingRefusal(desk));
    conditions.holds('writes');
    return true;
  } catch (error) {
    const refusal = refusalToWrite(error);
    if (refusal !== undefined) {
      conditions.holds('redis');
      conditions.fails('writes', refusal);
      return true;
    }
    const refused = refusalOf(store, error);
    if (refused) {
      conditions.fails('redis', `${refused.message}; nothing is lost, the bot goes on when it is let in`);
      return false;
    }
    conditions.fails('redis', silenceOf(store, error));
    return !isStoreTrouble(error);
  }
}

/** That Redis does not answer, with a word of the network and without an address: alarms go to others' machines. */
export function silenceOf(store: Store, error: unknown): string {
  const reason = errorCode(store.trouble() ?? error) ?? 'no answer in time';
  return `Redis does not answer (${reason}): is it running, and reachable from here?`;
}

async function askStore({ store, status: { conditions } }: Desk, ours: number): Promise<void> {
  const { facts, isWhole } = await askServers(store);
  for (const [trouble, why] of Object.entries(judgeServers(facts, ours))) {
    // One that keeps silent may be the one that was not well.
    if (why !== undefined || isWhole) conditions.set(trouble as ServerTrouble, why);
  }
}

export const megabytes = (bytes: number): string => `${Math.floor(bytes / 1_000_000)} MB`;

export const diskFault = (free: number): string | undefined =>
  free < LEAST_FREE ? `only ${megabytes(free)} are free where DATA_DIR is: make room` : undefined;

/** Drift that a time service corrects without anybody noticing, ms. */
const DRIFT_MS = 2 * SECOND;

/** Each call answers by how much the time of day was set since the last one, ms; 0: it went on by itself. */
function clockSteps(clock: Clock): () => number {
  let offset = clock.now() - clock.ticks();
  return () => {
    const moved = Math.round(clock.now() - clock.ticks() - offset);
    offset += moved;
    return Math.abs(moved) < DRIFT_MS ? 0 : moved;
  };
}

/** A text that others write into Redis is told of for so long after it was last seen. */
const FOREIGN_MS = HOUR;
/** A place as we name it; any other name may be words of who wrote it. */
const OUR_PLACE = /^(log:\w\w:\d+|story:[a-z0-9]{10}|(?:source|health|alarms):\w+)/;

/** Each call takes what was found without a stamp of ours since the one before. */
function foreignWatch({ seal, status, clock, log }: Desk): () => void {
  const known = bounded<string, true>(1000);
  const counts = new Map<string, number>();
  let seenAt: number | undefined;
  const began = clock.ticks();
  return () => {
    for (const place of seal.foreign) {
      seenAt = clock.ticks();
      const [, name = ''] = place.split(/(?<=}:)/);
      const kind = /^[a-z]+/.exec(name)?.[0] ?? 'other';
      if (known.get(place)) continue;
      known.set(place, true);
      status.foreign.inc({ kind });
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      log.warn(
        { kind, detail: OUR_PLACE.exec(name)?.[0] },
        'Redis holds what this bot did not write: it is not sent',
      );
    }
    seal.foreign.clear();
    const found = [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
    const why = `somebody else writes into Redis: what has no stamp of this bot is not sent (${found}); docs/operations.md, Stamps`;
    if (seenAt !== undefined && clock.ticks() - seenAt < FOREIGN_MS) status.conditions.fails('foreign', why);
    // A text that the process before this one found is not gone because this one has just begun to look.
    else if (clock.ticks() - began < FOREIGN_MS) status.conditions.presume('foreign');
    else status.conditions.holds('foreign');
  };
}

/** Counting costs Redis a dozen commands whose time does not grow with the chats. */
async function writeDown(desk: Desk): Promise<void> {
  const { status, clock, telegram, trace } = desk;
  const [queues, paused] = await Promise.all([countQueues(desk.store), pausedSince(desk), trace.flush()]);
  let late = false;
  for (const edition of EDITIONS) {
    const { waiting, held, behind, oldestAt } = queues[edition];
    status.setQueue(edition, { chats: waiting + held, behind });
    const lagMs = oldestAt === undefined ? 0 : Math.max(0, clock.now() - oldestAt);
    status.lag.set({ edition }, lagMs / SECOND);
    late ||= paused === undefined && lagMs > LATE_MS + (behind / telegram.pace.rate) * SECOND;
  }
  const why = 'readers wait for news longer than sending it takes: /health says what holds it up';
  status.conditions.set('lag', late ? why : undefined);
  const forgotten = paused !== undefined && clock.now() - paused >= PAUSED_MS;
  status.conditions.set(
    'paused',
    forgotten ? 'an operator stopped all news over an hour ago (/pause): /resume goes on' : undefined,
  );
}
