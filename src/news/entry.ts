import type { Edition } from './edition.ts';

/** One thing that happened, in the log of its edition. `seq` rises by one within an edition, from 1. */
export type Entry = {
  readonly seq: number;
  /** When it was appended, ms since the epoch. */
  readonly at: number;
} & (
  | { readonly kind: 'story'; readonly story: string; readonly urgent: boolean }
  | { readonly kind: 'announcement'; readonly text: string }
);

/** A correction or withdrawal of a story that chats may already show; edited in, never sent as news. */
export interface Amendment {
  readonly kind: 'correction' | 'withdrawal';
  readonly edition: Edition;
  readonly story: string;
}
