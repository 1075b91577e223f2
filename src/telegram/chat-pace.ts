/** The pace of each chat by itself: its distance between messages, its slow mode, what Telegram told it to wait. In ms. */
import { LIMITS } from '../limits.ts';

/** News keeps to the distance; an answer may be a little early, which the next messages make up for; edits are apart. */
export type Writing = 'news' | 'answer' | 'edit';

export interface ChatPace {
  /** Time until this may be written into the chat; 0: now. */
  wait(chatId: number, what: Writing, now: number): number;
  /** It is being written. */
  wrote(chatId: number, what: Writing, now: number): void;
  /** Telegram told this chat to wait until a moment. */
  told(chatId: number, what: Writing, until: number): void;
  /** The chat has a slow mode: so much lies between two messages for now. */
  slow(chatId: number, distance: number, now: number): void;
  /**
   * Whether the refusal of what left at a moment may be the chat's own: something else was written there so shortly before,
   * or since, that on its way the distance may have been lost, or it has a slow mode.
   */
  isOwnFault(chatId: number, leftAt: number): boolean;
}

interface State {
  /** Moments from which the next message and the next edit keep the distance. */
  message: number;
  edit: number;
  /** The later of these two as it was before what was written last. */
  before: number;
  /** Moments before which Telegram wants none. */
  noMessage: number;
  noEdit: number;
  slow: number;
  slowUntil: number;
}

/** Chats in which nothing happened for so long are forgotten, as often: longer than any answer takes. */
const SWEEP_MS = 15_000;

/** Groups and channels have ids below 0. */
const isPlaceId = (chatId: number): boolean => chatId < 0;

const NEVER = Number.NEGATIVE_INFINITY;

/** It waits for nothing, and a refusal that is still to come says nothing of what was written before. */
const isAtRest = ({ message, edit, noMessage, noEdit, slowUntil }: State, now: number): boolean =>
  Math.max(message, edit, noMessage, noEdit, slowUntil) + SWEEP_MS <= now;

function distance(chatId: number, state: State, now: number): number {
  const usual = isPlaceId(chatId) ? LIMITS.place : LIMITS.person;
  return state.slowUntil > now ? Math.max(usual, state.slow) : usual;
}

const editDistance = (chatId: number): number => (isPlaceId(chatId) ? LIMITS.placeEdits : LIMITS.person);

/** The moment from which the distance is kept, or nearly so for an answer or an edit; a slow mode knows no early messages. */
function ownMoment(chatId: number, state: State, what: Writing, now: number): number {
  if (what === 'edit') return state.edit - LIMITS.early * editDistance(chatId);
  const isEarly = what === 'answer' && state.slowUntil <= now;
  return state.message - (isEarly ? LIMITS.early * distance(chatId, state, now) : 0);
}

/** @param unlimited answers and edits keep no distance of their own, only what Telegram has told. */
export function createChatPace(unlimited: boolean): ChatPace {
  const chats = new Map<number, State>();
  let sweptAt = 0;

  const stateOf = (chatId: number): State => {
    let state = chats.get(chatId);
    if (!state) {
      state = { message: NEVER, edit: NEVER, before: NEVER, noMessage: 0, noEdit: 0, slow: 0, slowUntil: 0 };
      chats.set(chatId, state);
    }
    return state;
  };
  function sweep(now: number): void {
    if (now - sweptAt < SWEEP_MS) return;
    sweptAt = now;
    for (const [chatId, state] of chats) if (isAtRest(state, now)) chats.delete(chatId);
  }

  return {
    wait(chatId, what, now) {
      const state = chats.get(chatId);
      if (!state) return 0;
      const told = Math.max(0, (what === 'edit' ? state.noEdit : state.noMessage) - now);
      if (unlimited && what !== 'news' && state.slowUntil <= now) return told;
      return Math.max(told, ownMoment(chatId, state, what, now) - now);
    },
    wrote(chatId, what, now) {
      sweep(now);
      const state = stateOf(chatId);
      state.before = Math.max(state.message, state.edit);
      if (what === 'edit') state.edit = Math.max(state.edit, now) + editDistance(chatId);
      else state.message = Math.max(state.message, now) + distance(chatId, state, now);
    },
    told(chatId, what, until) {
      const state = stateOf(chatId);
      if (what === 'edit') state.noEdit = Math.max(state.noEdit, until);
      else state.noMessage = Math.max(state.noMessage, until);
    },
    slow(chatId, gap, now) {
      const state = stateOf(chatId);
      state.slow = gap;
      state.slowUntil = now + LIMITS.slowMode;
    },
    isOwnFault(chatId, leftAt) {
      const state = chats.get(chatId);
      if (!state) return false;
      return state.before + distance(chatId, state, leftAt) > leftAt || state.slowUntil > leftAt;
    },
  };
}
