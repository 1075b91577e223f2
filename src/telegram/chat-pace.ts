/** The pace of each chat by itself: its distance between messages, its slow mode, what Telegram told it to wait. In ms. */
import { LIMITS } from '../limits.ts';

/** News keeps to the distance; an answer may be a little early, which the next messages make up for; edits are apart. */
export type Writing = 'news' | 'answer' | 'edit';

/** Of its messages, or of its edits: the moment from which the next one keeps the distance, and that before which Telegram wants none. */
interface Line {
  from: number;
  told: number;
}

interface State {
  readonly messages: Line;
  readonly edits: Line;
  /** The later one of their moments `from` as it was before what was written last. */
  before: number;
  slow: number;
  slowUntil: number;
}

/** Chats in which nothing happened for so long are forgotten, as often: longer than any answer takes. */
const SWEEP_MS = 15_000;

const newState = (): State => ({
  messages: { from: NEVER, told: 0 },
  edits: { from: NEVER, told: 0 },
  before: NEVER,
  slow: 0,
  slowUntil: 0,
});

const NEVER = Number.NEGATIVE_INFINITY;

const lineOf = ({ messages, edits }: State, what: Writing): Line => (what === 'edit' ? edits : messages);

/** It waits for nothing, and a refusal that is still to come says nothing of what was written before. */
const isAtRest = ({ messages, edits, slowUntil }: State, now: number): boolean =>
  Math.max(messages.from, messages.told, edits.from, edits.told, slowUntil) + SWEEP_MS <= now;

function distance(chatId: number, state: State, what: Writing, now: number): number {
  // Groups and channels have ids below 0.
  const usual = chatId > 0 ? LIMITS.person : what === 'edit' ? LIMITS.placeEdits : LIMITS.place;
  return what !== 'edit' && state.slowUntil > now ? Math.max(usual, state.slow) : usual;
}

/** @param unlimited answers and edits keep no distance of their own, only what Telegram has told. */
export function createChatPace(unlimited: boolean) {
  const chats = new Map<number, State>();
  let sweptAt = 0;

  const stateOf = (chatId: number): State => {
    const state = chats.get(chatId) ?? newState();
    chats.set(chatId, state);
    return state;
  };
  function sweep(now: number): void {
    if (now - sweptAt < SWEEP_MS) return;
    sweptAt = now;
    for (const [chatId, state] of chats) if (isAtRest(state, now)) chats.delete(chatId);
  }

  return {
    /** Time until this may be written into the chat; 0: now. */
    wait(chatId: number, what: Writing, now: number): number {
      const state = chats.get(chatId);
      if (!state) return 0;
      const { from, told } = lineOf(state, what);
      // A slow mode knows no early messages.
      const mayBeEarly = what === 'edit' || (what === 'answer' && state.slowUntil <= now);
      const early = mayBeEarly ? LIMITS.early * distance(chatId, state, what, now) : 0;
      const isFree = unlimited && what !== 'news' && state.slowUntil <= now;
      return Math.max(0, told - now, isFree ? 0 : from - early - now);
    },
    wrote(chatId: number, what: Writing, now: number): void {
      sweep(now);
      const state = stateOf(chatId);
      state.before = Math.max(state.messages.from, state.edits.from);
      const line = lineOf(state, what);
      line.from = Math.max(line.from, now) + distance(chatId, state, what, now);
    },
    /** Telegram told this chat to wait until a moment. */
    told(chatId: number, what: Writing, until: number): void {
      const line = lineOf(stateOf(chatId), what);
      line.told = Math.max(line.told, until);
    },
    /** The chat has a slow mode: so much lies between two messages for now. */
    slow(chatId: number, gap: number, now: number): void {
      const state = stateOf(chatId);
      state.slow = gap;
      state.slowUntil = now + LIMITS.slowMode;
    },
    /** Whether a refusal may be the chat's own: it has a slow mode, or something left so close that the distance was lost on the way. */
    isOwnFault(chatId: number, leftAt: number): boolean {
      const state = chats.get(chatId);
      if (!state) return false;
      return state.before + distance(chatId, state, 'news', leftAt) > leftAt || state.slowUntil > leftAt;
    },
  };
}
