/** People and chats that ask, and whose answer comes first. */
import { bounded } from '../bounded.ts';
import { LIMITS } from '../limits.ts';
import { MINUTE } from '../time.ts';

/** The account and chat behind an answer, as turns are shared. */
export interface Asker {
  /** The account that caused it, to count its cost; absent: nobody who could cost too much. */
  readonly account?: number;
  /** Reads the news: strangers share what is left. */
  readonly reads: boolean;
  /** The lower, the longer it has been known: accounts that come in thousands have high ones. Absent: not known. */
  readonly standing?: number;
  /** Its work is begun, or was called, as of only few at once: it waits for its turn as long as that takes. */
  readonly patient?: boolean;
  /** It draws a message again, known by this name: only the newest is worth a turn, and the first to go of too many. */
  readonly name?: string;
}

/** Turns of an account count for this long and fade evenly. */
const FADE_MS = MINUTE;
/** Accounts whose use is remembered: those that are forgotten count as new. */
const MOST_ACCOUNTS = 20_000;

export function createAskers() {
  const use = bounded<number, { readonly turns: number; readonly at: number }>(MOST_ACCOUNTS, FADE_MS);

  /** Turns that the account has had lately. */
  const useOf = (asker: Asker | undefined, now: number): number => {
    const known = asker?.account === undefined ? undefined : use.get(asker.account);
    return known ? Math.max(0, known.turns * (1 - (now - known.at) / FADE_MS)) : 0;
  };
  const standingOf = (asker: Asker | undefined, turns: number): number =>
    turns > LIMITS.commands ? Number.POSITIVE_INFINITY : (asker?.standing ?? Number.POSITIVE_INFINITY);

  return {
    /** Whether one comes before another: of longer standing without too much asked lately, then whoever has had less. */
    isBefore(one: Asker | undefined, other: Asker | undefined, now: number): boolean {
      const [less, more] = [useOf(one, now), useOf(other, now)];
      const [longer, shorter] = [standingOf(one, less), standingOf(other, more)];
      return longer === shorter ? less < more : longer < shorter;
    },
    /** One has had a turn. */
    served(asker: Asker | undefined, now: number): void {
      if (asker?.account !== undefined) use.set(asker.account, { turns: useOf(asker, now) + 1, at: now });
    },
  };
}
