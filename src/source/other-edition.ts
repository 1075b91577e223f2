/** Pages of one edition that stand where another one's should: servers mix them up by the language of who asks. */
import { EDITION_PATTERN } from '../news/edition.ts';

/** The first folder of an edition's own pages. */
const EDITION_PATH = new RegExp(`^/(${EDITION_PATTERN})(?:/|$)`);

/** The edition in whose folder an address stands; undefined where it stands in none. */
export const editionOf = (address: string): string | undefined =>
  EDITION_PATH.exec(URL.parse(address)?.pathname ?? '')?.[1];

/** Whether a link stands in the folder of another edition than `address`, which has one of its own. */
export function isInOther(link: string, address: string): boolean {
  const [own, linked] = [editionOf(address), editionOf(link)];
  return own !== undefined && linked !== undefined && linked !== own;
}

/** Stories of another edition that are its list; fewer may be what a small edition has not translated. */
const LEAST_STORIES = 3;

/** Whether all that was read at `address`, and not only a story or two, stands in the folder of another edition. */
export const areInOther = (items: readonly { readonly link: string }[], address: string): boolean =>
  items.length >= LEAST_STORIES && items.every(({ link }) => isInOther(link, address));

/** Said of such an answer. */
export const ANOTHER_EDITION = 'answers with another edition';
