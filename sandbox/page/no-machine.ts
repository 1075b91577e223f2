/** The machine where the page has none: somebody else runs the bot, and the levers are missing. */
import type { Machine } from '../machine.ts';

const missing = (): never => {
  throw new Error('This bot was started by somebody else: only they can do that');
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
  subscribe: async () => missing(),
  form: missing,
  record: async () => undefined,
};
