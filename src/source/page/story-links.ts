/** Which links of a listing lead to stories: by what their addresses look like, and by where they stand. */
import { hostOf, leadsHome } from '../../news/link-hosts.ts';
import { type AnyNode, type Document, type Element, isTag } from 'domhandler';
import { attribute, elementsNamed, textOf } from '../html.ts';
import { absoluteLink, linkKey } from '../links.ts';
import { isNewsroomHost, storyEdition } from '../../newsroom/signs.ts';
import { editionOf, isInOther } from '../other-edition.ts';
import { wordsOf } from '../text.ts';
import { isAside } from './zone.ts';

/** Links that look alike by chance are fewer. */
const LEAST_ALIKE = 3;

export interface PageLink {
  readonly anchor: Element;
  /** Without its anchor. */
  readonly url: URL;
  readonly key: string;
  /** Its host is the listing's, but for the version for phones, or one below it. */
  readonly host: 'own' | 'below' | 'other';
}

/**
 * The links of a listing that lead to stories, by their look: the newsroom's own shape where the page has it, in the listing's own
 * language; otherwise one step below the listing's path; otherwise what most links on the page look like that end in a number or a
 * long name. Links that stand among these as they do are stories by whatever name; where there are none, what most headlines lead to is.
 */
export function storyLinks(document: Document, address: string, base: string): readonly PageLink[] {
  const links = linksOf(document, address, base);
  const language = editionOf(address);
  const isOurs = (url: URL) => {
    const isSite = hostIn(url, address) !== 'other' || isNewsroomHost(url.host);
    const edition = isSite ? storyEdition(url.pathname) : undefined;
    return edition !== undefined && (language === undefined || edition === '' || edition === language);
  };
  const ours = links.filter(({ url }) => isOurs(url));
  if (ours.length) return ours;
  const theirs = links.filter(({ host, key }) => host !== 'other' && key !== linkKey(address));
  const inOwn = theirs.filter(({ url }) => !isInOther(url.href, address));
  // An answer of another edition is read as what it is.
  const all = inOwn.some(({ url }) => isNamedAsStory(url)) ? inOwn : theirs;
  const folder = new URL(address).pathname.replace(/[^/]*$/, '');
  const isBelow = ({ url }: PageLink) => url.pathname.startsWith(folder) && folder !== '/';
  const named = all.filter(({ url }) => isNamedAsStory(url));
  const own = named.filter(({ host }) => host === 'own');
  const onHost = keysOf(own).size >= LEAST_ALIKE ? own : named;
  const below = onHost.filter(isBelow);
  const fitting = below.length >= LEAST_ALIKE ? below : onHost;
  const shown = all.filter(({ anchor }) => !isAside(anchor));
  const few = keysOf(fitting).size < LEAST_ALIKE;
  const keys = keysOf([...fitting, ...(few ? titledLike(fitting, shown) : placedAs(fitting, shown))]);
  return links.filter(({ key }) => keys.has(key));
}

/** A host without the names of its versions: with `www.`, for phones. */
const siteOf = (address: string): string => hostOf(address).replace(/^(?:m|mobile)\./, '');

function hostIn({ href }: URL, address: string): PageLink['host'] {
  if (siteOf(href) === siteOf(address)) return 'own';
  return leadsHome(href, [siteOf(address)]) ? 'below' : 'other';
}

const keysOf = (links: readonly PageLink[]): ReadonlySet<string> => new Set(links.map(({ key }) => key));

const linksOf = (document: Document, address: string, base: string): PageLink[] =>
  elementsNamed(document, 'a').flatMap((anchor) => {
    const link = absoluteLink(attribute(anchor, 'href').replace(/#.*$/s, ''), base);
    if (link === undefined) return [];
    const url = new URL(link);
    return [{ anchor, url, key: linkKey(link), host: hostIn(url, address) }];
  });

function isNamedAsStory({ pathname }: URL): boolean {
  const last = pathname.replace(/\/$/, '').split('/').at(-1) ?? '';
  return /\d{3,}/.test(last) || last.split('-').length > 3;
}

/** An address but for its host within the site and what tells one story from another: its last step, or the numbers of its query. */
function formOf({ pathname, searchParams }: URL): string {
  const query = [...searchParams].map(([name, value]) => `${name}=${/\d/.test(value) ? '#' : value}`);
  const isByQuery = query.some((parameter) => parameter.endsWith('=#'));
  const path = isByQuery ? pathname : pathname.replace(/[^/]+\/?$/, '');
  return [path.replace(/\d+/g, '#'), ...query.toSorted()].join(' ');
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
  const worded = links.filter(({ anchor }) => wordsOf(textOf(anchor)).length >= LEAST_WORDS);
  const forms = [...Map.groupBy(worded, ({ url }) => formOf(url))];
  const [form, titled = []] = forms.toSorted(([, a], [, b]) => keysOf(b).size - keysOf(a).size)[0] ?? [];
  const isTheirs = few.some(({ url }) => formOf(url) === form);
  const least = isTheirs ? LEAST_ALIKE : Math.max(LEAST_ALIKE, MANY_TIMES * keysOf(few).size);
  return keysOf(titled).size >= least ? titled : [];
}
