/** What stands in a page's place. */
import { LEADS_ON, NOT_THE_SITE } from '../selectors.ts';
import { clip } from '../text.ts';

/** Characters of a page in which it says so. */
const BEGINNING = 20_000;
/** A longer page is one of its own, whatever its scripts may do. */
const LONGEST_LEAD_ON = 16_000;

export const isInsteadOfSite = (html: string): boolean => NOT_THE_SITE.test(html.slice(0, BEGINNING));

/** In words, what is there instead of `what`; undefined: nothing that is known. */
export function insteadOf(what: 'site' | 'story', html: string): string | undefined {
  if (isInsteadOfSite(html)) return `a challenge or maintenance page instead of the ${what}`;
  const [, to] = (html.length <= LONGEST_LEAD_ON && LEADS_ON.exec(html)) || [];
  return to && `a page that only a script leads on from, to ${clip(to, 100)}`;
}
