/**
 * Conditions that must hold for the news to get out and to be safe, as one table. It feeds `/readyz`, `/metrics`,
 * `/health`, systemd, the log, the heartbeat and the alarms; a new condition is a new line here and somebody who looks.
 */
import { EDITIONS, type Edition } from './news/edition.ts';

/**
 * - `awaited`: the bot is not ready before this was seen to hold once, nor while it does not.
 * - `vital`: the bot is not ready while this is seen not to hold.
 * - `care`: the news gets out, but a person should look.
 */
type Weight = 'awaited' | 'vital' | 'care';

interface Row {
  readonly weight: Weight;
  /** The word that ends its alarm. */
  readonly over: string;
}

const OWN = {
  redis: { weight: 'awaited', over: 'Redis answers again' },
  writes: { weight: 'vital', over: 'Redis takes what is written again' },
  evicts: { weight: 'vital', over: 'the maxmemory-policy of Redis is right again' },
  version: { weight: 'vital', over: 'Redis has a version that the bot is tested with again' },
  persists: { weight: 'care', over: 'Redis writes to its disk again' },
  memory: { weight: 'care', over: 'Redis has memory left again' },
  rewrite: { weight: 'care', over: 'the file of Redis is rewritten again' },
  disk: { weight: 'vital', over: 'the disk has room again' },
  clock: { weight: 'vital', over: 'the clock is right again' },
  telegram: { weight: 'awaited', over: 'Telegram answers again' },
  pace: { weight: 'care', over: 'Telegram takes messages without a wait again' },
  token: { weight: 'vital', over: 'the token is good, and nobody else reads with it' },
  updates: { weight: 'awaited', over: 'messages to the bot are read again' },
  foreign: { weight: 'care', over: 'nothing that this bot did not write was found in Redis for an hour' },
  key: { weight: 'vital', over: 'the news in Redis is under this DATA_KEY again' },
  lag: { weight: 'care', over: 'nobody waits for news any more' },
  paused: { weight: 'care', over: 'no pause holds the news back any more' },
} as const satisfies Record<string, Row>;

type SourceCondition = `source ${Edition}`;
export type ConditionName = keyof typeof OWN | SourceCondition;

/** A source is asked for until it was polled once, well or badly. Its alarms are told apart, by what fails (`intake/`). */
export const sourceCondition = (edition: Edition): SourceCondition => `source ${edition}`;

const ROWS = new Map<ConditionName, Row>([
  ...(Object.entries(OWN) as [keyof typeof OWN, Row][]),
  ...EDITIONS.map((edition): [ConditionName, Row] => [
    sourceCondition(edition),
    { weight: 'awaited', over: `${edition}: the source can be read again` },
  ]),
]);

export const CONDITIONS: readonly ConditionName[] = [...ROWS.keys()];

export const CONDITION_ENDINGS: Readonly<Record<string, string>> = Object.fromEntries(
  [...ROWS].map(([name, { over }]) => [name, over]),
);

export interface Failing {
  readonly name: ConditionName;
  /** One sentence in English for operators: what is wrong, and what to do. */
  readonly why: string;
}

export type Conditions = ReturnType<typeof createConditions>;

/** @param onChange told each condition whenever it begins or ends to hold. */
export function createConditions(onChange: (name: ConditionName, holds: boolean) => void = () => undefined) {
  const seen = new Map<ConditionName, string | undefined>();
  const presumed = new Set<string>();
  /** `why`: undefined where it holds. */
  const set = (name: ConditionName, why: string | undefined): void => {
    const isNew = !seen.has(name) || (seen.get(name) === undefined) !== (why === undefined);
    seen.set(name, why);
    presumed.delete(name);
    if (isNew) onChange(name, why === undefined);
  };
  const keepsWaiting = (name: ConditionName, { weight }: Row): boolean =>
    seen.has(name) ? seen.get(name) !== undefined && weight !== 'care' : weight === 'awaited';
  return {
    set,
    holds: (name: ConditionName): void => set(name, undefined),
    fails: (name: ConditionName, why: string): void => set(name, why),
    /** Nobody has looked, or not for long enough: it keeps nobody waiting, and ends no alarm. */
    presume(name: ConditionName): void {
      if (seen.has(name) && seen.get(name) === undefined && !presumed.has(name)) return;
      set(name, undefined);
      presumed.add(name);
    },
    /** Whether this process has seen it hold, and not merely not fail. */
    isSeenToHold: (name: string): boolean =>
      !presumed.has(name) && seen.has(name as ConditionName) && seen.get(name as ConditionName) === undefined,
    /** Conditions that keep the bot from being ready, in the order of the table; empty: ready. */
    waiting: (): string[] => [...ROWS].filter(([name, row]) => keepsWaiting(name, row)).map(([name]) => name),
    failing: (): Failing[] =>
      CONDITIONS.flatMap((name) => {
        const why = seen.get(name);
        return why === undefined ? [] : [{ name, why }];
      }),
  };
}
