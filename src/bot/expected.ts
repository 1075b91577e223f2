/** Which of our messages wait for words of whom: remembered in memory only, and not for long. */
import type { Chat } from '../news/subscriber.ts';

/** Inputs that can be typed into the card of a place. */
export const CARD_WORDS = ['signature', 'filter', 'digest', 'quiet', 'timezone'] as const;
export type CardWords = (typeof CARD_WORDS)[number];

/** A message that waits for words: a place's card, or the person's own topics. */
export type Wait =
  | { readonly for: 'topics' }
  | {
      readonly for: 'card';
      readonly place: Chat;
      readonly what: CardWords;
      /** The message that is the card; it goes when the new one comes. */
      readonly card: number | undefined;
    };

export interface Expected {
  await(person: number, wait: Wait): void;
  drop(person: number): void;
  /** Whether a card waits for this input of the person. */
  awaits(person: number, what: CardWords): boolean;
  /** The input awaited of the person, unless it is too old. */
  take(person: number): Wait | undefined;
}

const PATIENCE_MS = 10 * 60_000;
const MOST_WAITS = 1000;

export function createExpected(now: () => number): Expected {
  const waits = new Map<number, { readonly wait: Wait; readonly until: number }>();
  return {
    await(person, wait) {
      waits.delete(person);
      waits.set(person, { wait, until: now() + PATIENCE_MS });
      const oldest = waits.keys().next();
      if (waits.size > MOST_WAITS && !oldest.done) waits.delete(oldest.value);
    },
    drop: (person) => void waits.delete(person),
    awaits(person, what) {
      const found = waits.get(person);
      return found?.wait.for === 'card' && found.wait.what === what && found.until > now();
    },
    take(person) {
      const found = waits.get(person);
      waits.delete(person);
      return found && found.until > now() ? found.wait : undefined;
    },
  };
}
