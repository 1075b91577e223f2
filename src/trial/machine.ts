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
import type { Shelf } from '../store/shelf.ts';
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

export function createMachine({ shelf, seal, env, ahead }: MachineOptions): TrialMachine {
  const incidents = createIncidents();
  let settings: Settings = {};
  let wasKnown: Machine['wasKnown'] = () => false;
  let isAway = false;
  let stops = 0;
  const fleet = createFleet(() => ({ ...env, ...settings, REDIS_URL: shelf.url }), ahead);

  const machine: TrialMachine = {
    ...botRules,
    ...storeLooks({ store: shelf.store, seal }, () => isAway),
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
      incidents.clear();
      await shelf.clear();
    },
    instances: () => fleet.all().map((one) => ({ name: one.name, state: one.state() })),
    incidents: incidents.all,
    isStoreAway: () => isAway,
    kill() {
      if (fleet.kill((ms) => incidents.note({ what: 'started', ms }))) incidents.note({ what: 'killed' });
    },
    setSecond: (on) => void (on ? fleet.launch('B') : fleet.end('B')),
    setStoreAway(away) {
      if (away === isAway) return;
      if (!shelf.setAway(away)) throw refusal('store');
      isAway = away;
      incidents.note({ what: away ? 'store-away' : 'store-back' });
    },
    forward: (ms) => fleet.all().forEach((one) => one.tell({ do: 'forward', ms })),
    wasKnown: (said) => wasKnown(said),
    metrics: async () => (await fleet.serving()?.metrics()) ?? '',
    async stop() {
      stops += 1;
      machine.setStoreAway(false);
      await fleet.endAll();
    },
  };
  return machine;
}

const MOST_INCIDENTS = 30;

function createIncidents() {
  let incidents: readonly Incident[] = [];
  return {
    all: () => incidents,
    note: (incident: Omit<Incident, 'at'>) => {
      incidents = [...incidents, { at: Date.now(), ...incident }].slice(-MOST_INCIDENTS);
    },
    clear: () => (incidents = []),
  };
}

const botRules = { isSame, form: formOf } satisfies Partial<Machine>;

/** Facts in the store, which nobody can look up while it is away. */
const storeLooks = (shelf: Shelf, isAway: () => boolean) =>
  ({
    isPaused: pauseLook(shelf, isAway),
    story: async (link) => (isAway() ? undefined : storyFacts(shelf, link)),
    record: async (person) => (isAway() ? undefined : sealedRecord(shelf, person)),
    nextDigest: (now) => nextDigestOf(shelf, now),
    subscribe: (people, edition) => subscribeMany(shelf, people, edition),
  }) satisfies Partial<Machine>;

/** Tells whether the sending is paused, as the last look found it, and looks again. */
function pauseLook({ store }: Shelf, isAway: () => boolean): () => boolean {
  let wasPaused = false;
  let isLooking = false;
  async function look(): Promise<void> {
    if (isLooking || isAway()) return;
    isLooking = true;
    wasPaused = await isPaused({ store }).catch(() => wasPaused);
    isLooking = false;
  }
  return () => {
    void look();
    return wasPaused;
  };
}
