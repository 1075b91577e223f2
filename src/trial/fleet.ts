/** The bot's processes in an invented world: launched, killed, and started again as a service manager does. */
import type { Environment } from '../config/config.ts';
import { realClock, SECOND } from '../time.ts';
import { type Running, startInstance } from './instance.ts';

export interface Fleet {
  /** Exit code of a process that ended by itself: then all of it is over. */
  readonly failed: Promise<number>;
  all(): readonly Running[];
  /** The one that serves; undefined: none does. */
  serving(): Running | undefined;
  /** Where one of this name lives, nothing: it could be ended by nobody any more. One that is ending is followed by another. */
  launch(name: string): void;
  /** Resolves when one serves, or all were ended. */
  untilServing(): Promise<void>;
  /** Kills the one that serves, or else any. `onRevived`: told how long (ms) it took until one served again. False: there was none. */
  kill(onRevived: (ms: number) => void): boolean;
  end(name: string): Promise<void>;
  /** Ends all; none of them is started again. */
  endAll(): Promise<void>;
}

/** A service manager starts a dead service again after about this long. */
const RESTART_MS = SECOND;

/** @param envNow settings for a process that is launched now. @param ahead how far the time is ahead, ms. */
export function createFleet(envNow: () => Environment, ahead: () => number): Fleet {
  const { promise: failed, resolve: fail } = Promise.withResolvers<number>();
  const running = new Map<string, Running>();
  /** Names of those that are to live. */
  const wanted = new Set<string>();
  /** Counts worlds: what belongs to an earlier one is not started again. */
  let world = 0;

  async function end(one: Running): Promise<void> {
    await one.stop();
    if (running.get(one.name) === one) running.delete(one.name);
  }

  const fleet: Fleet = {
    failed,
    all: () => [...running.values()],
    serving: () => fleet.all().find((one) => one.state() === 'serving'),
    launch(name) {
      wanted.add(name);
      if (running.has(name) && running.get(name)?.state() !== 'dead') return;
      const one = startInstance(name, envNow(), ahead());
      running.set(name, one);
      void one.ended.then((code) => code !== undefined && fail(code));
    },
    async untilServing() {
      const born = world;
      while (world === born && !fleet.serving()) await realClock.sleep(SECOND / 20);
    },
    kill(onRevived) {
      const one = fleet.serving() ?? fleet.all().find((other) => other.state() !== 'dead');
      if (!one) return false;
      one.kill();
      const born = world;
      void revive(fleet, one, () => world === born && wanted.has(one.name), onRevived);
      return true;
    },
    async end(name) {
      wanted.delete(name);
      const one = running.get(name);
      if (one) await end(one);
      if (wanted.has(name)) fleet.launch(name);
    },
    async endAll() {
      world += 1;
      wanted.clear();
      // One may be launched while others end.
      while (running.size) await Promise.all(fleet.all().map(end));
    },
  };
  return fleet;
}

async function revive(
  fleet: Fleet,
  one: Running,
  isWanted: () => boolean,
  onRevived: (ms: number) => void,
): Promise<void> {
  const began = Date.now();
  await one.ended;
  await realClock.sleep(RESTART_MS);
  if (!isWanted()) return;
  fleet.launch(one.name);
  await fleet.untilServing();
  if (isWanted()) onRevived(Date.now() - began);
}
