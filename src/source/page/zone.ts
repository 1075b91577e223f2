/** The part of a page that may hold the story: from its headline to the line that closes it. */
import { type AnyNode, type Document, type Element, isTag } from 'domhandler';
import { attribute, blocksIn, elementsOf, type RawBlock } from '../html-blocks.ts';
import { NEWS_HEADING, NOT_THE_STORY, SHARE_LINE } from '../selectors.ts';

/** Whether an element stands in a part of the page that never holds the story. */
export const isOutside = (element: Element): boolean => {
  for (let at: AnyNode | null = element; at && isTag(at); at = at.parent) if (isNotStory(at)) return true;
  return false;
};

/** Parts of a page that never hold the story. A header may hold its headline, so headers are not among them. */
export function isNotStory(element: Element): boolean {
  if (['nav', 'footer', 'aside'].includes(element.name)) return true;
  if (['html', 'body', 'main', 'article'].includes(element.name)) return false;
  return NOT_THE_STORY.test(`${attribute(element, 'class')} ${attribute(element, 'id')}`);
}

/** Whether an element is part of a row of a list or of the site's head. */
export const isInList = (element: Element): boolean => {
  for (let at: AnyNode | null = element; at && isTag(at); at = at.parent)
    if (at.name === 'li' || at.name === 'header') return true;
  return false;
};

/** What stands between the headline and the end of the article. */
export interface Zone {
  readonly lines: readonly RawBlock[];
  readonly elements: readonly Element[];
}

/** What follows the headline, within the article or main element around it. */
export function zoneAfter(document: Document, headline: Element | undefined): Zone {
  const root = headline ? articleAround(headline) : (elementsNamed(document, 'main')[0] ?? document);
  const all = [...elementsOf(root)];
  const from = headline ? all.indexOf(headline) + 1 : 0;
  return { lines: untilEnd(blocksIn(root, isNotStory, headline)), elements: all.slice(from) };
}

const elementsNamed = (document: Document, name: string): Element[] =>
  [...elementsOf(document)].filter((element) => element.name === name);

/** The article or main element around the headline, or the whole body. */
function articleAround(headline: Element): Element {
  let root = headline;
  for (let at: AnyNode | null = headline.parent; at && isTag(at); at = at.parent) {
    root = at;
    if (at.name === 'article' || at.name === 'main' || at.name === 'body') break;
  }
  return root;
}

/** Up to the line that closes the article or the heading over other stories. */
export function untilEnd(blocks: readonly RawBlock[]): RawBlock[] {
  const end = blocks.findIndex(
    (block, index) =>
      index > 0 &&
      block.kind !== 'list' &&
      (SHARE_LINE.test(block.text) || (block.kind === 'subhead' && NEWS_HEADING.test(block.text))),
  );
  return end < 0 ? [...blocks] : blocks.slice(0, end);
}
