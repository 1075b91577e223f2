/** Which of our messages wait for words of whom: remembered in memory only, and not for long. */
import type { Bounded } from '../../bounded.ts';
import type { Chat } from '../../news/subscriber.ts';
import { type Clock, MINUTE } from '../../time.ts';

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

/** By person; `until`: ticks. */
export type Expected = Bounded<number, { readonly wait: Wait; readonly until: number }>;

interface ExpectingDesk {
  readonly memory: { readonly expected: Expected };
  readonly clock: Clock;
}

/** For so long words are waited for. */
export const PATIENCE_MS = 10 * MINUTE;

export const expectWords = ({ memory, clock }: ExpectingDesk, person: number, wait: Wait): void =>
  memory.expected.set(person, { wait, until: clock.ticks() + PATIENCE_MS });

/** The input awaited of the person, unless it is too old. */
export function awaitedOf({ memory, clock }: ExpectingDesk, person: number): Wait | undefined {
  const found = memory.expected.get(person);
  return found && found.until > clock.ticks() ? found.wait : undefined;
}
