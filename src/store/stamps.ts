/**
 * Stamps: keyed marks on what becomes words for readers or operators, so that who can write to Redis and has no key cannot
 * speak as the newsroom. A stamp is good for one text at one place (its key in Redis, and where it stands there): what was
 * changed, swapped or put elsewhere has none. Bots that share a Redis share `DATA_KEY`, and so their stamps.
 */
import type { Seal } from './seal.ts';

type Stamping = { readonly seal: Seal };

const STAMP = 26;
/** Places that are remembered until somebody looks: more of them are no more news. */
const MOST_FOREIGN = 1000;

/** The text with its stamp before it. */
export const withStamp = ({ seal }: Stamping, place: string, text: string): string =>
  `${seal.stamp(place, text)} ${text}`;

/** The text at `place`; undefined: there is none, or none of ours, which is noted. */
export function stampedText(shelf: Stamping, place: string, value: string | null): string | undefined {
  if (value === null) return undefined;
  const text = value.slice(STAMP + 1);
  return isOurs(shelf, place, text, value.slice(0, STAMP)) ? text : undefined;
}

/** Whether `text` has a stamp of ours; where not, that is noted. */
export function isOurs({ seal }: Stamping, place: string, text: string, stamp: string): boolean {
  if (seal.isStamped(place, text, stamp)) return true;
  if (seal.foreign.size < MOST_FOREIGN) seal.foreign.add(place);
  return false;
}

/** `value` under the key that stamps now; undefined: it is already, or not ours. `isTrusted`: what has no stamp (older releases) is. */
export function restamped(
  { seal }: Stamping,
  place: string,
  value: string,
  isTrusted: boolean,
): string | undefined {
  if (value.startsWith(seal.stampId)) return undefined;
  const text = value.slice(STAMP + 1);
  if (seal.isStamped(place, text, value.slice(0, STAMP))) return withStamp({ seal }, place, text);
  return isTrusted && /^[[{]/.test(value) ? withStamp({ seal }, place, value) : undefined;
}
