import type { Journal } from '#src/journal.ts';

/** For a desk whose data nobody backs up. */
export const noJournal: Journal = { note: () => undefined, beat: () => undefined };
