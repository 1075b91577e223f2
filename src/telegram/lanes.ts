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

/** Each lane waits in a queue; of answers those to readers apart from the others. */
type Queue = 'news' | 'edit' | Share;

const queueOf = ({ lane, asker }: Waiter): Queue =>
  lane !== 'answer' ? lane : (asker?.reads ?? true) ? 'reader' : 'stranger';

/** By queue who waits, in the order in which they came. */
type Queues = Readonly<Record<Queue, Waiter[]>>;

type Askers = ReturnType<typeof createAskers>;

const isShare = (queue: Queue): queue is Share => queue !== 'news' && queue !== 'edit';

/** Whose turn it is: of several the news as often as it is due, then who has had least of their part. */
function createOrder(queues: Queues) {
  /** Turns that each share has had, by its part. */
  const had: Record<Share, number> = { reader: 0, stranger: 0, forget: 0, erase: 0 };
  /** Turns of the news since somebody else had one, and of all since an edit had one. */
  let newsInRow = 0;
  let sinceEdit = 0;
  const waits = (queue: Queue): boolean => queues[queue].length > 0;
  const waiting = (): Share[] =>
    (Object.keys(had) as Share[]).filter(waits).toSorted((one, other) => had[one] - had[other]);
  const isNewsDue = (turns: number): boolean => waits('news') && newsInRow < turns;

  return {
    next(): Queue | undefined {
      if (waits('edit') && sinceEdit >= TURNS_FOR_EDIT && !isNewsDue(1)) return 'edit';
      const [share] = waiting();
      if (share === undefined) return (['news', 'edit'] as const).find(waits);
      return isNewsDue(share === 'erase' ? 1 : NEWS_TURNS) ? 'news' : share;
    },
    took(queue: Queue): void {
      if (isShare(queue)) had[queue] += 1 / SHARES[queue];
      newsInRow = queue === 'news' ? newsInRow + 1 : 0;
      sinceEdit = queue === 'edit' ? 0 : sinceEdit + 1;
    },
    /** Somebody is about to wait: a share that comes back beside others has no claim to turns that it did not use. */
    comes(queue: Queue): void {
      const [least] = waiting();
      if (isShare(queue) && !waits(queue) && least) had[queue] = Math.max(had[queue], had[least]);
    },
  };
}

/** Among equals the one that has waited longest. */
function nextOf(queue: readonly Waiter[], askers: Askers, now: number): Waiter | undefined {
  const [first, ...rest] = queue;
  if (first?.lane !== 'answer' && first?.lane !== 'forget') return first;
  return rest.reduce((next, one) => (askers.isBefore(one.asker, next.asker, now) ? one : next), first);
}

const mayGo = ({ asker }: Waiter): boolean => !asker?.patient;

/**
 * Where too many answers wait: of strangers', or where none waits of readers', one that only draws a message again, else
 * any; of these the one that would come last.
 */
function oneTooMany(queues: Queues, most: number, askers: Askers, now: number): Waiter | undefined {
  const [strangers, readers] = [queues.stranger.filter(mayGo), queues.reader.filter(mayGo)];
  if (strangers.length + readers.length <= most) return undefined;
  const waiting = strangers.length > 0 ? strangers : readers;
  const redrawings = waiting.filter(({ asker }) => asker?.name !== undefined);
  return (redrawings.length > 0 ? redrawings : waiting).reduce((last, one) =>
    askers.isBefore(one.asker, last.asker, now) ? last : one,
  );
}

/**
 * @param most answers that may wait, beside those of who is patient.
 * @param onCrowd called when an answer is given up because too many wait.
 */
export function createLanes(most: number, onCrowd: () => void = () => undefined): Lanes {
  const queues: Queues = { news: [], edit: [], reader: [], stranger: [], forget: [], erase: [] };
  const order = createOrder(queues);
  const askers = createAskers();

  function take(waiter: Waiter): boolean {
    const queue = queues[queueOf(waiter)];
    const index = queue.indexOf(waiter);
    if (index >= 0) queue.splice(index, 1);
    return index >= 0;
  }
  const giveUp = (waiter: Waiter): void => {
    if (take(waiter)) waiter.grant(false);
  };

  return {
    get size() {
      return Object.values(queues).reduce((sum, queue) => sum + queue.length, 0);
    },
    add(waiter, now) {
      const queue = queueOf(waiter);
      const { name } = waiter.asker ?? {};
      const older = name === undefined ? undefined : queues[queue].find(({ asker }) => asker?.name === name);
      if (older) giveUp(older);
      order.comes(queue);
      queues[queue].push(waiter);
      const surplus = waiter.lane === 'answer' ? oneTooMany(queues, most, askers, now) : undefined;
      if (!surplus) return;
      onCrowd();
      giveUp(surplus);
    },
    remove: (waiter) => void take(waiter),
    giveUpLate(now) {
      const answers = [...queues.reader, ...queues.stranger];
      for (const waiter of answers.filter(({ until = now }) => until < now)) giveUp(waiter);
    },
    grantNext(now) {
      const queue = order.next();
      const waiter = queue && nextOf(queues[queue], askers, now);
      if (!waiter) return false;
      order.took(queue);
      take(waiter);
      askers.served(waiter.asker, now);
      waiter.grant(true);
      return true;
    },
  };
}
