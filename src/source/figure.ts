/** Pictures that stand by themselves, with what the page says of them. */
import { present } from '../present.ts';
import { type Element, isTag } from 'domhandler';
import type { Figure } from '../news/article.ts';
import { elementsOf, shortTextOf, textOf } from './html.ts';
import { pictureLink } from './page/pictures.ts';
import { isCalled, wordOf } from './selectors.ts';
import { clip } from './text.ts';

/** UTF-16 units. */
const LONGEST_CAPTION = 600;
const LONGEST_CREDIT = 150;

const CAPTION = /(?:^|\s)(?:\w+[-_])*caption(?:[-_]text)?(?:\s|$)/i;
const CREDIT = wordOf('credits?|copyright|photographer|author|source');
/** `Фота: імя` behind a caption, or alone. */
const NAMED =
  /(?:^|(?<=[.!?…»”)]\s)|(?<=[|/]\s?))\(?(?:фота|фото|здымак|photo|image|zdjęcie|fot)\.?\s*(?:[:©/–—-]|by)\s*([^()]{2,120}?)\)?$/iu;
const BRACKETED = /\s*\(([^()]{2,100})\)\.?$/u;

/**
 * A picture in a wrapper of its own, called so or with nothing but the words under it; a `figure` may also hold a table, somebody's
 * words, or several of its kind.
 */
export const isFigure = (element: Element): boolean =>
  (element.name === 'figure' || isCalled(element, /(?:^|\s)wp-caption(?:\s|$)/) || isCaptioned(element)) &&
  imagesIn(element).length > 0 &&
  [...elementsOf(element)].every((inner) => inner === element || inner.name !== 'figure');

function isCaptioned(element: Element): boolean {
  const { name, children } = element;
  const caption = name === 'div' ? children.find((child) => isTag(child) && isCaption(child)) : undefined;
  const said = caption && shortTextOf(caption, LONGEST_CAPTION);
  return said !== undefined && shortTextOf(element, LONGEST_CAPTION) === said;
}

/** Whether an element by itself is the words under a picture. */
export const isCaption = (element: Element): boolean =>
  element.name === 'figcaption' ||
  (isCalled(element, CAPTION) && !imagesIn(element).length && textOf(element).length <= LONGEST_CAPTION);

/** Whether an element is a picture, also where a script makes it one. */
export const isImage = ({ name }: Element): boolean => /^(?:amp-|a-)?img$/.test(name);

const imagesIn = (element: Element): Element[] => [...elementsOf(element)].filter(isImage);

/** The picture of a figure or an image; undefined where it is none that may be shown. */
export function figureOf(element: Element, base: string): Figure | undefined {
  const url = imagesIn(element)
    .map((image) => pictureLink(image, base))
    .find(Boolean);
  if (!url) return undefined;
  const within = [...elementsOf(element)].filter((inner) => inner !== element);
  const own = within.find((inner) => inner.name === 'figcaption' || isCalled(inner, CAPTION));
  const maker = within.find((inner) => isCalled(inner, CREDIT) && !imagesIn(inner).length);
  const said = own ? saidIn(own) : {};
  const credit = said.credit ?? (maker && withoutLabel(textOf(maker)));
  return { kind: 'figure', url, ...said, ...(credit && credit.length <= LONGEST_CREDIT ? { credit } : {}) };
}

/** The words of a caption, and whose the picture is. */
export function saidIn(caption: Element): Pick<Figure, 'caption' | 'credit'> {
  const whole = textOf(caption);
  const marked = [...elementsOf(caption)].find(
    (inner) => inner !== caption && (inner.name === 'cite' || isCalled(inner, CREDIT)),
  );
  const end = marked ? textOf(marked) : '';
  const found = NAMED.exec(whole) ?? BRACKETED.exec(whole);
  const credit = (end || (found?.[1] ?? '')).replace(/^\((.*)\)$/, '$1');
  const rest =
    end && whole.endsWith(end) ? whole.slice(0, -end.length) : found ? whole.slice(0, found.index) : whole;
  const said = clip(rest.replace(/[\s|/–—-]+$/u, ''), LONGEST_CAPTION);
  return present({
    caption: said || undefined,
    credit: credit && credit.length <= LONGEST_CREDIT ? withoutLabel(credit) : undefined,
  });
}

/** The name in a line that says nothing but whose a picture is: `Фота: імя`; other words would be what it shows. */
export function creditAlone(line: string): string | undefined {
  const name = NAMED.exec(line)?.index === 0 ? withoutLabel(line) : '';
  const small = name.match(/(?<!\S)\p{Ll}/gu) ?? [];
  return name && small.length <= MOST_SMALL && !/,\s\p{Ll}{3}/u.test(name) ? name : undefined;
}
/** Words of a name without a capital, as `прэс-служба міністэрства`. */
const MOST_SMALL = 4;

/** Without `Фота:` and the end of a sentence; the dot of an initial stays. */
export const withoutLabel = (credit: string): string =>
  (NAMED.exec(credit)?.[1] ?? credit).replace(/(?<=\p{L}{2})\.$/u, '');
