import type { Edition } from './edition.ts';

/** The newsroom's rules that an operator sets. */
export interface Policy {
  /** Editions without an address; absent: none. */
  readonly off?: readonly Edition[];
  /** A story first seen later than this after its publication is kept, not pushed; ms. */
  readonly staleMs: number;
  /** Stories for subscribers of the site: told as such, or left out. */
  readonly paid: 'mark' | 'skip';
  /** Stars that stay when urgent stories are paid for to go out faster; absent: nothing is paid for. */
  readonly paidFloor?: number;
  /** Words that make a headline or rubric urgent. */
  readonly urgentMarks: readonly string[];
  /** Host for links shown to readers; absent: as published. */
  readonly linkHost?: string;
  /** Hosts to which links in stories may lead (`hostOf`); absent: to any. */
  readonly linkHosts?: readonly string[];
  /** Address that leads to the true bot, for the warning against impostors. */
  readonly officialLink?: string;
  /** Seconds after first sight at which a story's page is read again. */
  readonly recheckSeconds: readonly number[];
  /** Whether a source that says it has not changed is believed for a while. */
  readonly validators?: 'on' | 'off';
  /** Hours after which what stands in private chats is gone unless the reader chose otherwise; 0 or absent: never. */
  readonly keepHours?: number;
  /** Chats that may use operators' commands. */
  readonly adminIds: readonly number[];
}
