/** Which links of a listing lead to stories: by what their addresses look like, and by where they stand. */
import { EDITION_PATTERN } from '../../news/edition.ts';
import { type AnyNode, type Document, type Element, isTag } from 'domhandler';
import { attribute, elementsOf, textOf } from '../html.ts';
import { absoluteLink, linkKey } from '../links.ts';
import { isNewsroomHost, storyEdition } from '../../newsroom/signs.ts';
import { wordsOf } from '../text.ts';
import { isAside } from './zone.ts';

/** The first folder of an edition's own pages. */
const EDITION_PATH = new RegExp(`^/(${EDITION_PATTERN})(?:/|$)`);

/** Links that look alike by chance are fewer. */
const LEAST_ALIKE = 3;

interface PageLink {
  readonly anchor: Element;
  readonly url: URL;
  readonly key: string;
}

/**
 * The look of a link to a story here: the newsroom's own shape where the page has it, in the listing's own language; otherwise
 * one step below the listing's path; otherwise what most links on the page look like that end in a number or a long name.
 * Links that stand among these as they do are stories by whatever name; where there are none, what most headlines lead to is.
 */
export function storyTest(document: Document, address: string, base: string): (link: string) => boolean {
  const own = new URL(address);
  const links = linksOf(document, base);
  const language = EDITION_PATH.exec(own.pathname)?.[1];
  const isOurs = ({ host, pathname }: URL) => {
    const edition = host === own.host || isNewsroomHost(host) ? storyEdition(pathname) : undefined;
    return edition !== undefined && (language === undefined || edition === '' || edition === language);
  };
  if (links.some(({ url }) => isOurs(url))) return (link) => isOurs(new URL(link));
  const others = links.filter(({ url, key }) => url.host === own.host && key !== linkKey(address));
  const folder = own.pathname.replace(/[^/]*$/, '');
  const isBelow = ({ url }: PageLink) => url.pathname.startsWith(folder) && folder !== '/';
  const named = others.filter(({ url }) => isNamedAsStory(url));
  const below = named.filter(isBelow);
  const fitting = below.length >= LEAST_ALIKE ? below : named;
  const shown = others.filter(({ anchor }) => !isAside(anchor));
  const few = keysOf(fitting).size < LEAST_ALIKE;
  const keys = keysOf([...fitting, ...(few ? titledLike(fitting, shown) : placedAs(fitting, shown))]);
  return (link) => keys.has(linkKey(link));
}

const keysOf = (links: readonly PageLink[]): ReadonlySet<string> => new Set(links.map(({ key }) => key));

const linksOf = (document: Document, base: string): PageLink[] =>
  [...elementsOf(document)].flatMap((anchor) => {
    const link = anchor.name === 'a' ? absoluteLink(attribute(anchor, 'href'), base) : undefined;
    return link === undefined ? [] : [{ anchor, url: new URL(link), key: linkKey(link) }];
  });

function isNamedAsStory({ pathname }: URL): boolean {
  const last = pathname.replace(/\/$/, '').split('/').at(-1) ?? '';
  return /\d{3,}/.test(last) || last.split('-').length > 3;
}

/** An address but for what tells one story from another: its last step, or the numbers of its query. */
function formOf({ host, pathname, searchParams }: URL): string {
  const query = [...searchParams].map(([name, value]) => `${name}=${/\d/.test(value) ? '#' : value}`);
  const isByQuery = query.some((parameter) => parameter.endsWith('=#'));
  const path = isByQuery ? pathname : pathname.replace(/[^/]+\/?$/, '');
  return [host, path.replace(/\d+/g, '#'), ...query.toSorted()].join(' ');
}

/** The name of an element, but for its number. */
export const kindOf = (node: AnyNode | null): string =>
  node && isTag(node)
    ? `${node.name}.${/^\S{0,100}/.exec(attribute(node, 'class'))?.[0].replace(/\d+/g, '')}`
    : '';

const placeOf = ({ anchor }: PageLink): string => `${kindOf(anchor)} in ${kindOf(anchor.parent)}`;

/** Elements of one kind within one other that each have a story: rows of the listing. */
interface Rows {
  readonly boxes: Set<Element>;
  readonly places: Set<string>;
}

/** Links of the form of stories, each in a row of its own among the rows of these. */
function placedAs(stories: readonly PageLink[], links: readonly PageLink[]): PageLink[] {
  const forms = new Set(stories.map(({ url }) => formOf(url)));
  const rows = new Map<AnyNode, Map<string, Rows>>();
  for (const story of stories)
    for (let box = story.anchor; box.parent && isTag(box.parent); box = box.parent) {
      const kinds = rows.get(box.parent) ?? new Map<string, Rows>();
      const found = kinds.get(kindOf(box)) ?? { boxes: new Set(), places: new Set() };
      // All around it is known as well.
      if (found.boxes.has(box) && found.places.has(placeOf(story))) break;
      found.boxes.add(box);
      found.places.add(placeOf(story));
      rows.set(box.parent, kinds.set(kindOf(box), found));
    }
  return links.filter((link) => {
    if (!forms.has(formOf(link.url))) return false;
    let box = link.anchor;
    while (box.parent && isTag(box.parent) && !rows.has(box.parent)) box = box.parent;
    const found = box.parent ? rows.get(box.parent)?.get(kindOf(box)) : undefined;
    return found !== undefined && found.boxes.size > 1 && found.places.has(placeOf(link));
  });
}

/** Words of a headline, at least; rubrics and pages have fewer. */
const LEAST_WORDS = 3;

/** So many times as many links as the few that are named as stories say that those are none. */
const MANY_TIMES = 4;

/** The links of the form that most headlines have: that of the few which are named as stories, or of many more. */
function titledLike(few: readonly PageLink[], links: readonly PageLink[]): readonly PageLink[] {
  const forms = new Map<string, PageLink[]>();
  for (const link of links) {
    if (wordsOf(textOf(link.anchor)).length < LEAST_WORDS) continue;
    const form = formOf(link.url);
    forms.set(form, [...(forms.get(form) ?? []), link]);
  }
  const [most] = [...forms].toSorted(([, a], [, b]) => keysOf(b).size - keysOf(a).size);
  const [form, titled = []] = most ?? [];
  const isTheirs = few.some(({ url }) => formOf(url) === form);
  const least = isTheirs ? LEAST_ALIKE : Math.max(LEAST_ALIKE, MANY_TIMES * keysOf(few).size);
  return keysOf(titled).size >= least ? titled : [];
}
