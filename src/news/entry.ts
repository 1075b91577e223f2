/** One thing that happened, in the log of its edition. `seq` rises by one within an edition, from 1; by more where Redis lost entries. */
export type Entry = {
  readonly seq: number;
  /** When it was appended, ms since the epoch. */
  readonly at: number;
} & (
  | { readonly kind: 'story'; readonly story: string; readonly urgent: boolean }
  /** `id`: its own; a Redis that has lost it may give its number to another one. */
  | { readonly kind: 'announcement'; readonly id: string; readonly text: string }
  /** Nothing for readers: in place of what was lost, of a kind that this version does not know, or not written by us. */
  | { readonly kind: 'none' }
);
