/** That Redis, which answers, has not let us do something while the bot runs: its password or the rights of its user were changed. */
import { SECOND } from '../../time.ts';

/** A refused command is tried again within a few seconds; unheard of for this long it has passed. */
const LASTS_MS = 10 * SECOND;

export interface StoreRefusal {
  words: string;
  /** Ticks. */
  at: number;
}

export const newRefusal = (): StoreRefusal => ({ words: '', at: Number.NEGATIVE_INFINITY });

export function noteRefusal(refusal: StoreRefusal, { message }: Error, ticks: number): void {
  refusal.words = message;
  refusal.at = ticks;
}

/** Undefined: nothing was refused lately. */
export const lastingRefusal = ({ words, at }: StoreRefusal, ticks: number): string | undefined =>
  ticks - at < LASTS_MS ? words : undefined;
