/** Chooses the next turn: the news gets most of them, the others by their shares, and of answers those first that had least. */
import { bounded } from '../bounded.ts';
import { MINUTE } from '../time.ts';
import { LIMITS, NEWS_TURNS, SHARES, TURNS_FOR_EDIT } from '../limits.ts';

/**
 * `answer`: to people. `forget`: removals of who wants to be forgotten; `erase`: of what has had its time. `edit`:
 * corrections, which wait while anybody else does, but not for ever.
 */
export type Lane = 'answer' | 'news' | 'forget' | 'erase' | 'edit';

/** The account and chat behind an answer, as turns are shared. */
export interface Asker {
  /** The account that caused it, to count its cost; absent: nobody who could cost too much. */
  readonly account?: number;
  /** Reads the news: strangers share what is left. */
  readonly reads: boolean;
  /** The lower, the longer it has been known: accounts that come in thousands have high ones. Absent: not known. */
  readonly standing?: number;
  /** Of answers with one name only the newest is worth a turn: the same message drawn again. */
  readonly name?: string;
}

export interface Lanes {
  readonly size: number;
  /** Waits in a lane; `grant` is called once, with false where the turn is not worth anything any more. */
  add(waiter: Waiter, now: number): void;
  remove(waiter: Waiter): void;
  /** Gives up answers that have waited too long. */
  giveUpLate(now: number): void;
  /** Gives the next turn. False: nobody waits. */
  grantNext(now: number): boolean;
}

export interface Waiter {
  readonly lane: Lane;
  readonly asker?: Asker;
  /** Given up after this moment, ms. */
  readonly until?: number;
  grant(granted: boolean): void;
}

type Share = keyof typeof SHARES;

/** Turns of an account count for this long and fade evenly. */
const FADE_MS = MINUTE;
/** Accounts whose use is remembered: those that are forgotten count as new. */
const MOST_ACCOUNTS = 20_000;

/** @param onCrowd called when an answer is given up because too many wait. */
export function createLanes(onCrowd: () => void = () => undefined): Lanes {
  const news: Waiter[] = [];
  const edits: Waiter[] = [];
  const others: Record<Share, Waiter[]> = { reader: [], stranger: [], forget: [], erase: [] };
  /** How much each share has had, in turns by its part: who has had least is next. */
  const had: Record<Share, number> = { reader: 0, stranger: 0, forget: 0, erase: 0 };
  const use = bounded<number, { readonly turns: number; readonly at: number }>(MOST_ACCOUNTS);
  /** Turns of the news since somebody else had one, and of all since an edit had one. */
  let newsInRow = 0;
  let sinceEdit = 0;
  let size = 0;

  const shareOf = ({ lane, asker }: Waiter): Share =>
    lane === 'forget' || lane === 'erase' ? lane : (asker?.reads ?? true) ? 'reader' : 'stranger';
  const queueOf = (waiter: Waiter): Waiter[] =>
    waiter.lane === 'news' ? news : waiter.lane === 'edit' ? edits : others[shareOf(waiter)];
  const waitingShares = () => (Object.keys(others) as Share[]).filter((share) => others[share].length > 0);

  /** Turns that the account has had lately. */
  const useOf = ({ asker }: Waiter, now: number): number => {
    const known = asker?.account === undefined ? undefined : use.get(asker.account);
    return known ? Math.max(0, known.turns * (1 - (now - known.at) / FADE_MS)) : 0;
  };

  function take(queue: Waiter[], waiter: Waiter): boolean {
    const index = queue.indexOf(waiter);
    if (index < 0) return false;
    queue.splice(index, 1);
    size -= 1;
    return true;
  }
  const giveUp = (queue: Waiter[], waiter: Waiter): void => {
    if (take(queue, waiter)) waiter.grant(false);
  };

  /**
   * Whether one waiter comes before another: those of longer standing who have not asked for too much lately, then whoever has
   * had less.
   */
  function isBefore(one: Waiter, other: Waiter, now: number): boolean {
    const [less, more] = [useOf(one, now), useOf(other, now)];
    const standing = ({ asker }: Waiter, turns: number) =>
      turns > LIMITS.commands ? Number.POSITIVE_INFINITY : (asker?.standing ?? Number.POSITIVE_INFINITY);
    const [longer, shorter] = [standing(one, less), standing(other, more)];
    return longer === shorter ? less < more : longer < shorter;
  }

  /** Too many answers wait: the one goes that would come last. */
  function thinOut(now: number): void {
    const all = [...others.reader, ...others.stranger];
    if (all.length <= LIMITS.answers) return;
    const queue = others.stranger.length > 0 ? others.stranger : others.reader;
    const last = queue.reduce((latest, one) => (isBefore(one, latest, now) ? latest : one));
    onCrowd();
    giveUp(queue, last);
  }

  /** The queue whose turn it is: of several the news as often as it is due, then who has had least of their part. */
  function nextQueue(): Waiter[] | undefined {
    if (edits.length > 0 && sinceEdit >= TURNS_FOR_EDIT) return edits;
    const [first, ...rest] = waitingShares();
    if (first === undefined) return news.length > 0 ? news : edits.length > 0 ? edits : undefined;
    const share = rest.reduce((least, one) => (had[one] < had[least] ? one : least), first);
    if (news.length > 0 && newsInRow < (share === 'erase' ? 1 : NEWS_TURNS)) return news;
    had[share] += 1 / SHARES[share];
    return others[share];
  }

  /** Among equals the one that has waited longest. */
  function nextOf(queue: readonly Waiter[], now: number): Waiter | undefined {
    const [first, ...rest] = queue;
    if (first?.lane !== 'answer') return first;
    return rest.reduce((next, one) => (isBefore(one, next, now) ? one : next), first);
  }

  return {
    get size() {
      return size;
    },
    add(waiter, now) {
      const queue = queueOf(waiter);
      const { asker } = waiter;
      const older =
        asker?.name === undefined ? undefined : queue.find((one) => one.asker?.name === asker.name);
      if (older) giveUp(queue, older);
      if (queue.length === 0 && waiter.lane !== 'news' && waiter.lane !== 'edit') {
        // An account that comes back has no claim to turns that it did not use.
        const least = Math.min(...waitingShares().map((share) => had[share]));
        const share = shareOf(waiter);
        if (Number.isFinite(least)) had[share] = Math.max(had[share], least);
      }
      queue.push(waiter);
      size += 1;
      if (waiter.lane === 'answer') thinOut(now);
    },
    remove: (waiter) => void take(queueOf(waiter), waiter),
    giveUpLate(now) {
      for (const queue of [others.reader, others.stranger])
        for (const waiter of queue.filter(({ until = now }) => until < now)) giveUp(queue, waiter);
    },
    grantNext(now) {
      const queue = nextQueue();
      const waiter = queue && nextOf(queue, now);
      if (!queue || !waiter) return false;
      if (queue !== edits) newsInRow = queue === news ? newsInRow + 1 : 0;
      sinceEdit = queue === edits ? 0 : sinceEdit + 1;
      take(queue, waiter);
      const account = waiter.asker?.account;
      if (account !== undefined) use.set(account, { turns: useOf(waiter, now) + 1, at: now });
      waiter.grant(true);
      return true;
    },
  };
}
