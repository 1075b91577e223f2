/**
 * Judges what a refusal (429) is about. A slow mode, a full group and a chat that was written to too much look like a limit
 * on everybody: what one chat says concerns that chat, and only witnesses who were kept to their pace speak for all.
 */
import { LIMITS } from '../limits.ts';

export function createComplaints() {
  /** When each was written to and refused last, of the last seconds and some before. */
  const written = new Map<number, number>();
  const refused = new Map<number, number>();
  let wroteAt = Number.NEGATIVE_INFINITY;
  let sweptAt = Number.NEGATIVE_INFINITY;

  /** Forgets what is too old at `now`. */
  function sweep(moments: Map<number, number>, now: number): void {
    for (const [id, at] of moments) if (now - at >= LIMITS.together) moments.delete(id);
  }

  return {
    /** Something was written into a chat. */
    wrote(chatId: number, now: number): void {
      wroteAt = now;
      written.set(chatId, now);
      // At thousands a second a look at all of them each time would cost more than what is sent.
      if (now - sweptAt < LIMITS.together) return;
      sweptAt = now;
      sweep(written, now);
    },
    /** Telegram refused a chat that was kept to its pace. True: it means everybody. */
    isOfAll(chatId: number, now: number): boolean {
      refused.set(chatId, now);
      sweep(refused, now);
      // Telegram may take 8 s to refuse: where nothing was written since, all who were written to before still count.
      sweep(written, wroteAt);
      const people = [...refused.keys()].filter((id) => id > 0);
      if (people.length >= LIMITS.witnesses) return true;
      // Anybody can own groups with a slow mode; half of all that are written to nobody owns.
      return refused.size >= LIMITS.placeWitnesses && refused.size * 2 >= written.size;
    },
  };
}
