/** Lines of a page that say when a story was published. */
import type { Element } from 'domhandler';
import { type Dated, parseDate, type SlashOrder } from '../dates.ts';
import { attribute, elementsOf, shortTextOf } from '../html.ts';
import { isCalled, wordOf } from '../selectors.ts';

/** Class of a line that says when a story was published, and of one that says when it was changed. */
const DATED = wordOf('date|datetime|time|timestamp|published|pub-?date|posted(?:-on)?');
/** Class of a line that says who wrote it as well, and elements within such a line, at most. */
const ABOUT = wordOf('meta|byline');
const MOST_PARTS = 20;
const CHANGED = wordOf('updated?|modified|changed');
/** UTF-16 units of such a line, at most. */
const LONGEST = 60;

/** Whether a line is marked for machines. */
export const isPublished = (element: Element): boolean => attribute(element, 'itemprop') === 'datePublished';

const isMarked = (element: Element): boolean =>
  element.name === 'time' ||
  isPublished(element) ||
  (isCalled(element, DATED) && shortTextOf(element, LONGEST) !== undefined);

/** Whether an element says when a story was published or changed, by its name or its class, and none within it does. */
export const isDateLine = (element: Element): boolean =>
  isMarked(element) ||
  (isCalled(element, ABOUT) &&
    shortTextOf(element, LONGEST) !== undefined &&
    !elementsOf(element).take(MOST_PARTS).some(isMarked));

/** Whether it says when the story was changed. */
export const isChanged = (element: Element): boolean =>
  isCalled(element, CHANGED) || attribute(element, 'itemprop') === 'dateModified';

/** The date that such an element says. */
export const dateOf = (element: Element, slashes: SlashOrder): Dated | undefined =>
  [attribute(element, 'datetime'), attribute(element, 'content'), shortTextOf(element, LONGEST) ?? '']
    .filter((said) => said && said.length <= LONGEST)
    .map((said) => parseDate(said, slashes))
    .find((date) => date !== undefined);
