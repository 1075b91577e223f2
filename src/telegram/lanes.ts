/**
 * Chooses the next turn: the news gets most of them, the others by their shares. Of answers, and of removals for who wants to
 * be forgotten, those of readers of long standing come first, then whoever had least.
 */
import { NEWS_TURNS, SHARES, TURNS_FOR_EDIT } from '../limits.ts';
import { type Asker, createAskers } from './askers.ts';

/**
 * `answer`: to people. `forget`: removals of who wants to be forgotten; `erase`: of what has had its time. `edit`:
 * corrections, which wait while anybody else does, but not for ever.
 */
export type Lane = 'answer' | 'news' | 'forget' | 'erase' | 'edit';

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

/** How much each share has had, in turns by its part: who has had least is next. */
function createShares() {
  const had: Record<Share, number> = { reader: 0, stranger: 0, forget: 0, erase: 0 };
  return {
    /** Of those that wait the one that has had least. */
    next(waiting: readonly Share[]): Share | undefined {
      const [first, ...rest] = waiting;
      return first && rest.reduce((least, one) => (had[one] < had[least] ? one : least), first);
    },
    took(share: Share): void {
      had[share] += 1 / SHARES[share];
    },
    /** A share that comes back beside those that wait has no claim to turns that it did not use. */
    comesBack(share: Share, waiting: readonly Share[]): void {
      if (waiting.length > 0) had[share] = Math.max(had[share], Math.min(...waiting.map((one) => had[one])));
    },
  };
}

const mayGo = ({ asker }: Waiter): boolean => !asker?.patient;

/** Each lane waits in a queue; of answers those to readers apart from the others. */
type Queue = 'news' | 'edit' | Share;

const queueOf = ({ lane, asker }: Waiter): Queue =>
  lane !== 'answer' ? lane : (asker?.reads ?? true) ? 'reader' : 'stranger';

/**
 * @param most answers that may wait, beside those of who is patient.
 * @param onCrowd called when an answer is given up because too many wait.
 */
export function createLanes(most: number, onCrowd: () => void = () => undefined): Lanes {
  const queues: Record<Queue, Waiter[]> = {
    news: [],
    edit: [],
    reader: [],
    stranger: [],
    forget: [],
    erase: [],
  };
  const shares = createShares();
  const askers = createAskers();
  /** Turns of the news since somebody else had one, and of all since an edit had one. */
  let newsInRow = 0;
  let sinceEdit = 0;
  let size = 0;

  const waits = (queue: Queue): boolean => queues[queue].length > 0;
  const waitingShares = () => (Object.keys(SHARES) as Share[]).filter(waits);

  function take(waiter: Waiter): boolean {
    const queue = queues[queueOf(waiter)];
    const index = queue.indexOf(waiter);
    if (index < 0) return false;
    queue.splice(index, 1);
    size -= 1;
    return true;
  }
  const giveUp = (waiter: Waiter): void => {
    if (take(waiter)) waiter.grant(false);
  };

  /**
   * Too many answers wait: of strangers', or where none waits of readers', one goes that only draws a message again, else any;
   * of these the one that would come last.
   */
  function thinOut(now: number): void {
    const [strangers, readers] = [queues.stranger.filter(mayGo), queues.reader.filter(mayGo)];
    if (strangers.length + readers.length <= most) return;
    const waiting = strangers.length > 0 ? strangers : readers;
    const redrawings = waiting.filter(({ asker }) => asker?.name !== undefined);
    const last = (redrawings.length > 0 ? redrawings : waiting).reduce((latest, one) =>
      askers.isBefore(one.asker, latest.asker, now) ? latest : one,
    );
    onCrowd();
    giveUp(last);
  }

  /** The queue whose turn it is: of several the news as often as it is due, then who has had least of their part. */
  function nextQueue(): Queue | undefined {
    const isNewsDue = (turns: number) => waits('news') && newsInRow < turns;
    if (waits('edit') && sinceEdit >= TURNS_FOR_EDIT && !isNewsDue(1)) return 'edit';
    const share = shares.next(waitingShares());
    if (share === undefined) return (['news', 'edit'] as const).find(waits);
    if (isNewsDue(share === 'erase' ? 1 : NEWS_TURNS)) return 'news';
    shares.took(share);
    return share;
  }

  /** Among equals the one that has waited longest. */
  function nextOf(queue: Queue, now: number): Waiter | undefined {
    const [first, ...rest] = queues[queue];
    if (first?.lane !== 'answer' && first?.lane !== 'forget') return first;
    return rest.reduce((next, one) => (askers.isBefore(one.asker, next.asker, now) ? one : next), first);
  }

  return {
    get size() {
      return size;
    },
    add(waiter, now) {
      const queue = queueOf(waiter);
      const { asker } = waiter;
      const older =
        asker?.name === undefined ? undefined : queues[queue].find((one) => one.asker?.name === asker.name);
      if (older) giveUp(older);
      if (queue !== 'news' && queue !== 'edit' && !waits(queue)) shares.comesBack(queue, waitingShares());
      queues[queue].push(waiter);
      size += 1;
      if (waiter.lane === 'answer') thinOut(now);
    },
    remove: (waiter) => void take(waiter),
    giveUpLate(now) {
      const answers = [...queues.reader, ...queues.stranger];
      for (const waiter of answers.filter(({ until = now }) => until < now)) giveUp(waiter);
    },
    grantNext(now) {
      const queue = nextQueue();
      const waiter = queue && nextOf(queue, now);
      if (!waiter) return false;
      newsInRow = queue === 'news' ? newsInRow + 1 : 0;
      sinceEdit = queue === 'edit' ? 0 : sinceEdit + 1;
      take(waiter);
      askers.served(waiter.asker, now);
      waiter.grant(true);
      return true;
    },
  };
}
