/** People whose updates could not be begun because too many others wait: they are as soon as there is room, who came first first. */
import type { Update } from 'grammy/types';
import { LIMITS } from '../../limits.ts';

/** An update on its way through the queue of its chat. */
export interface Task {
  readonly update: Update;
  /** Messages that go with it although nobody answers them: the same was asked again behind them. */
  readonly also: number[];
  /** It waits in line: nobody needs to wait for it before it is written down. */
  readonly waits: () => void;
  /** It is handled, has had its time, or is given up. */
  readonly end: () => void;
}

/** Letters of an update as JSON: no more than a text that fills a message has, with its marks. */
const LONGEST = 12_000;

const lettersOf = ({ update }: Task): number => JSON.stringify(update).length;

export type Line = ReturnType<typeof newLine>;

export function newLine() {
  const chats = new Map<string, readonly Task[]>();
  let size = 0;
  let letters = 0;
  /** Updates of one chat, in their order. */
  const of = (chat: string): readonly Task[] => chats.get(chat) ?? [];
  /** As `of`; they leave the line. */
  const take = (chat: string): readonly Task[] => {
    const tasks = of(chat);
    chats.delete(chat);
    size -= tasks.length;
    for (const task of tasks) letters -= lettersOf(task);
    return tasks;
  };
  return {
    /** Updates in it. */
    get size(): number {
      return size;
    },
    /** This process serves no readers any more: what comes here is left to whoever does, written down. */
    isLeft: false,
    /** Updates that were called and are not over: they are begun however many others wait. */
    called: new Set<Update>(),
    /** Whether so many more find room, however long they are. */
    hasRoomFor: (count: number): boolean =>
      size + count <= LIMITS.line && letters + count * LONGEST <= LIMITS.lineLetters,
    of,
    take,
    /** As `take`, of the chat that came first. */
    takeFirst: () => take(chats.keys().next().value ?? ''),
    /** False: there is no room, or the chat has enough of them there. */
    add(chat: string, task: Task): boolean {
      const tasks = of(chat);
      const isFull = size >= LIMITS.line || letters >= LIMITS.lineLetters;
      if (isFull || tasks.length >= LIMITS.lineEach) return false;
      size += 1;
      letters += lettersOf(task);
      chats.set(chat, [...tasks, task]);
      return true;
    },
  };
}
