/** Everything that the sandbox's page may do with the bot: start, kill and double it, take Redis away, look things up in the store. */
import type { Incident, Machine, Settings } from '#sandbox/machine.ts';
import { refusal } from '#sandbox/refusal.ts';
import type { Environment } from '../config/config.ts';
import { isPaused } from '../desk/pause.ts';
import type { Seal } from '../store/seal.ts';
import { subscribeMany } from './crowd.ts';
import { createFleet } from './fleet.ts';
import { formOf } from './forms.ts';
import { nextDigestOf, sealedRecord, storyFacts } from './facts.ts';
import { isSame, storedNow } from './sameness.ts';
import type { TrialStore } from './store.ts';

export interface TrialMachine extends Machine {
  /** Exit code of an instance that ended by itself: then all of it is over. */
  readonly failed: Promise<number>;
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

const MOST_INCIDENTS = 30;

export function createMachine({ shelf, seal, env, ahead }: MachineOptions): TrialMachine {
  let incidents: Incident[] = [];
  let settings: Settings = {};
  let wasKnown: Machine['wasKnown'] = () => false;
  let isAway = false;
  let stops = 0;
  const fleet = createFleet(() => ({ ...env, ...settings, REDIS_URL: shelf.url }), ahead);

  const note = (incident: Omit<Incident, 'at'>) => {
    incidents = [...incidents, { at: Date.now(), ...incident }].slice(-MOST_INCIDENTS);
  };

  let wasPaused = false;
  let isLooking = false;
  async function lookAtPause(): Promise<void> {
    if (isLooking || isAway) return;
    isLooking = true;
    try {
      wasPaused = await isPaused({ store: shelf.store });
    } catch {
      // The last findings stand until the next one.
    } finally {
      isLooking = false;
    }
  }

  const machine: TrialMachine = {
    failed: fleet.failed,
    async start(given) {
      const before = stops;
      settings = given;
      wasKnown = await storedNow({ store: shelf.store, seal });
      // Launched now, it would outlive whoever stopped the sandbox as soon as it began.
      if (stops !== before) return;
      fleet.launch('A');
      await fleet.untilServing();
    },
    async clear() {
      await machine.stop();
      incidents = [];
      await shelf.clear();
    },
    instances: () => fleet.all().map((one) => ({ name: one.name, state: one.state() })),
    incidents: () => incidents,
    isStoreAway: () => isAway,
    isPaused() {
      void lookAtPause();
      return wasPaused;
    },
    kill() {
      if (fleet.kill((ms) => note({ what: 'started', ms }))) note({ what: 'killed' });
    },
    setSecond(on) {
      if (on) fleet.launch('B');
      else void fleet.end('B');
    },
    setStoreAway(away) {
      if (away === isAway) return;
      if (!shelf.setAway(away)) throw refusal('store');
      isAway = away;
      note({ what: away ? 'store-away' : 'store-back' });
    },
    forward(ms) {
      for (const one of fleet.all()) one.tell({ do: 'forward', ms });
    },
    story: async (link) => (isAway ? undefined : storyFacts({ store: shelf.store, seal }, link)),
    isSame,
    wasKnown: (said) => wasKnown(said),
    subscribe: (people, edition) => subscribeMany({ store: shelf.store, seal }, people, edition),
    form: formOf,
    nextDigest: (now) => nextDigestOf({ store: shelf.store, seal }, now),
    record: async (person) => (isAway ? undefined : sealedRecord({ store: shelf.store, seal }, person)),
    metrics: async () => (await fleet.serving()?.metrics()) ?? '',
    async stop() {
      stops += 1;
      machine.setStoreAway(false);
      await fleet.endAll();
    },
  };
  return machine;
}
