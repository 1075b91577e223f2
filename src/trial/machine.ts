/** What the sandbox's page may do with the bot: start, kill and double it, take Redis away, look things up in the store. */
import type { Incident, Machine, Settings } from '#sandbox/machine.ts';
import type { Environment } from '../config/config.ts';
import type { Seal } from '../store/seal.ts';
import { realClock, SECOND } from '../time.ts';
import { type Running, startInstance } from './instance.ts';
import { subscribeMany } from './crowd.ts';
import { formOf } from './forms.ts';
import { recordOf, storyFacts } from './facts.ts';
import type { TrialStore } from './store.ts';

export interface TrialMachine extends Machine {
  /** Exit code of an instance that ended by itself: then all of it is over. */
  readonly failed: Promise<number>;
  /** The page of `/metrics` of the instance that serves. */
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

export interface MachineOptions {
  readonly shelf: TrialStore;
  readonly seal: Seal;
  /** Settings that are the same in every world. */
  readonly env: Environment;
  /** How far the time is ahead, ms. */
  readonly ahead: () => number;
}

/** A service manager starts a dead service again after about this long. */
const RESTART_MS = SECOND;
/** Incidents shown. */
const MOST_INCIDENTS = 30;

export function createMachine(options: MachineOptions): TrialMachine {
  const { shelf, seal } = options;
  const { promise: failed, resolve: fail } = Promise.withResolvers<number>();
  const running = new Map<string, Running>();
  /** Those that we end ourselves: an end is no failure then. */
  const doomed = new Set<Running>();
  let incidents: Incident[] = [];
  let settings: Settings = {};
  let isAway = false;
  /** Counts worlds: what belongs to an earlier one is not started again. */
  let world = 0;

  const note = (incident: Omit<Incident, 'at'>) => {
    incidents = [...incidents, { at: Date.now(), ...incident }].slice(-MOST_INCIDENTS);
  };

  function launch(name: string): Running {
    const one = startInstance(name, { ...options.env, ...settings, REDIS_URL: shelf.url }, options.ahead());
    running.set(name, one);
    void one.ended.then((code) => void (doomed.has(one) || fail(code ?? 1)));
    return one;
  }

  async function end(one: Running): Promise<void> {
    doomed.add(one);
    await one.stop();
    if (running.get(one.name) === one) running.delete(one.name);
  }

  async function untilServing(): Promise<void> {
    const born = world;
    while (world === born && ![...running.values()].some((one) => one.state() === 'serving'))
      await realClock.sleep(SECOND / 20);
  }

  async function reviveAfter(one: Running): Promise<void> {
    const began = Date.now();
    const born = world;
    await one.ended;
    await realClock.sleep(RESTART_MS);
    if (world !== born || running.get(one.name) !== one) return;
    launch(one.name);
    await untilServing();
    if (world === born) note({ what: 'started', ms: Date.now() - began });
  }

  const machine: TrialMachine = {
    failed,
    async start(given) {
      settings = given;
      launch('A');
      await untilServing();
    },
    async clear() {
      world += 1;
      machine.setStoreAway(false);
      await Promise.all([...running.values()].map(end));
      incidents = [];
      await shelf.clear();
    },
    instances: () => [...running.values()].map((one) => ({ name: one.name, state: one.state() })),
    incidents: () => incidents,
    isStoreAway: () => isAway,
    kill() {
      const all = [...running.values()].filter((one) => one.state() !== 'dead');
      const one = all.find((other) => other.state() === 'serving') ?? all[0];
      if (!one) return;
      doomed.add(one);
      one.kill();
      note({ what: 'killed' });
      void reviveAfter(one);
    },
    setSecond(on) {
      const second = running.get('B');
      if (on && !second) launch('B');
      if (!on && second) void end(second);
    },
    setStoreAway(away) {
      if (away === isAway) return;
      if (!shelf.setAway(away)) throw new Error('This Redis is not the sandbox’s own: it stays');
      isAway = away;
      note({ what: away ? 'store-away' : 'store-back' });
    },
    forward(ms) {
      for (const one of running.values()) one.tell({ do: 'forward', ms });
    },
    story: async (link) => (isAway ? undefined : storyFacts({ store: shelf.store, seal }, link)),
    subscribe: (people, edition) => subscribeMany({ store: shelf.store, seal }, people, edition),
    form: formOf,
    record: async (person) => (isAway ? undefined : recordOf({ store: shelf.store, seal }, person)),
    async metrics() {
      const one = [...running.values()].find((other) => other.state() === 'serving');
      return (await one?.metrics()) ?? '';
    },
    async stop() {
      world += 1;
      machine.setStoreAway(false);
      await Promise.all([...running.values()].map(end));
    },
  };
  return machine;
}
