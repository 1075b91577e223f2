/** The machine where the page has none: somebody else runs the bot, and the levers are missing. */
import type { Machine } from '../machine.ts';
import { refusal } from '../refusal.ts';

const missing = (): never => {
  throw refusal('elsewhere');
};

export const NO_MACHINE: Machine = {
  start: async () => undefined,
  clear: async () => missing(),
  instances: () => [],
  incidents: () => [],
  isStoreAway: () => false,
  isPaused: () => false,
  kill: missing,
  setSecond: missing,
  setStoreAway: missing,
  forward: () => undefined,
  story: async () => undefined,
  isSame: () => false,
  wasKnown: () => false,
  subscribe: async () => missing(),
  form: missing,
  nextDigest: async () => undefined,
  record: async () => undefined,
};
