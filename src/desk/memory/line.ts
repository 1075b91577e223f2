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

export interface Line {
  /** Updates in it. */
  readonly size: number;
  /** This process serves no readers any more: what comes here is left to whoever does, written down. */
  isLeft: boolean;
  /** Updates that were called and are not over: they are begun however many others wait. */
  readonly called: Set<Update>;
  /** False: there is no room, or the chat has enough of them there. */
  add(chat: string, task: Task): boolean;
  /** Updates of one chat, in their order. */
  of(chat: string): readonly Task[];
  /** As `of`; they leave the line. */
  take(chat: string): readonly Task[];
  /** As `take`, of the chat that came first. */
  takeFirst(): readonly Task[];
}

export function newLine(): Line {
  const chats = new Map<string, Task[]>();
  let size = 0;
  const of = (chat: string) => chats.get(chat) ?? [];
  const take = (chat: string) => {
    const tasks = of(chat);
    chats.delete(chat);
    size -= tasks.length;
    return tasks;
  };
  return {
    get size() {
      return size;
    },
    isLeft: false,
    called: new Set(),
    of,
    take,
    takeFirst: () => take(chats.keys().next().value ?? ''),
    add(chat, task) {
      const tasks = of(chat);
      if (size >= LIMITS.line || tasks.length >= LIMITS.lineEach) return false;
      size += 1;
      chats.set(chat, [...tasks, task]);
      return true;
    },
  };
}
