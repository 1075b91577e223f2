/**
 * Any feed or sitemap as plain, well-formed RSS: one root, one name for each thing, entries side by side, mark-up within
 * a text as text. What newsrooms break on the way (prefixes, tags left open, sections within sections, a document type,
 * items outside the channel, warnings of a server before the feed) is mended here, so that the reader behind need not.
 */
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { Parser } from 'htmlparser2';
import type { SourceKind } from '../item.ts';
import { createNames, type Names, TEXT_ELEMENTS } from './names.ts';
import { newestOf } from './newest.ts';
import { addTag, addWords, newText, type OpenText, wholeOf } from './open-text.ts';
import {
  allowed,
  type Attributes,
  readAttributes,
  element,
  escaped,
  meant,
  opening,
  PLACE,
  tagged,
  withClosedComments,
  withClosedSections,
  withOwnNames,
} from './xml.ts';

export interface Straight {
  readonly kind: SourceKind;
  readonly xml: string;
  /** Long texts of entries, which stand in `xml` by their place here: a second reading would only cost. */
  readonly texts: readonly string[];
  /** Addresses of the feed's own pictures, as they are written. */
  readonly logos: readonly string[];
  /** Attributes of the feed's own links that lead to something else than its home page. */
  readonly links: readonly Attributes[];
  /** It broke off: the entry that was open then is left out. */
  readonly isCut: boolean;
}

/** Local names of the elements that make a document a feed. */
const ROOTS: Readonly<Record<string, SourceKind>> = {
  rss: 'rss',
  channel: 'rss',
  feed: 'atom',
  rdf: 'rdf',
  urlset: 'sitemap',
  sitemapindex: 'index',
};
const ENTRY = /^(?:item|entry)$/;
const ENTRY_OF: Partial<Record<SourceKind, RegExp>> = { sitemap: /^url$/, index: /^sitemap$/ };
/** Elements that only hold others of the entry or the feed. */
const GROUPS = /^(?:channel|items|media:group|news:news|news:publication|image:image)$/;
const MEDIA = /^(?:enclosure|itunes:image|media:content|media:thumbnail)$/;
/** Elements that name a picture of the feed itself. */
const LOGO = /^(?:webfeeds:)?(?:logo|icon)$/;
const KNOWN: ReadonlySet<string> = new Set(TEXT_ELEMENTS);
/** Texts that may hold mark-up with elements that are called as those of an entry. */
const PROSE = /description|content|summary|full|body/;
/** Elements that never stand even there: a text that is open then was left open. */
const NEVER_INSIDE = /^(?:guid|pubdate|link|description|content:encoded|enclosure|(?:dc|media|dcterms):\w+)$/;
/** The relation of a link of a feed that does not lead to its home page. */
const NO_HOME = /^(?!alternate$)./i;
/** Mark-up that has no end. */
const VOID = /^(?:br|hr|img|wbr|input|source|col|area|embed)$/;

/** Elements before the root or behind it: more is no feed that a server's warning stands beside. */
const MOST_BESIDE = 100;
/** Elements within each other; the parser's own work grows with their depth. */
const DEEPEST = 200;
/** Deeper ones that are passed over before the rest is given up. */
const MOST_DEEPER = 5000;
/** UTF-16 units of one text that is written into its element. */
const LONGEST_WRITTEN = 300;
/** Characters read before the depth is looked at, and before others may run: a few milliseconds. */
const SLICE = 32 * 1024;
const PAUSE = 8 * SLICE;

/** Role of an open element in the feed; `markup`: within a text; `other`: left out with all that stands in it. */
type Role = 'root' | 'group' | 'entry' | 'text' | 'media' | 'image' | 'markup' | 'other';

interface OpenMedia {
  readonly attributes: Attributes;
  credit: string;
  /** Small pictures within it: they stand for a film, or say the same again. */
  readonly thumbnails: Attributes[];
}

/** How far the feed has been read. */
interface Walk {
  readonly names: Names;
  readonly roles: Role[];
  readonly head: string[];
  readonly entries: string[][];
  readonly texts: string[];
  readonly logos: string[];
  readonly links: Attributes[];
  /** Address that the feed's links are meant from, where it names one. */
  base?: string | undefined;
  kind?: SourceKind;
  /** `behind`: the root is closed, but entries may still follow; `ending`: the text ended before the root did. */
  state: 'before' | 'within' | 'behind' | 'over' | 'ending';
  /** Elements before the root or behind it that are none of the feed. */
  beside: number;
  deeper: number;
  entry?: string[] | undefined;
  text?: OpenText | undefined;
  isSection: boolean;
  media?: OpenMedia | undefined;
}

/** Undefined where the text is no feed. `most`: entries of a longer one that are kept, its newest. */
export async function straighten(text: string, most: number): Promise<Straight | undefined> {
  const walk = createWalk();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => opened(walk, name, attributes),
      onclosetag: (name, isImplied) => closed(walk, name, isImplied),
      oncdatastart: () => void (walk.isSection = true),
      oncdataend: () => void (walk.isSection = false),
      ontext: (data) => addWords(walk.text, data, walk.isSection),
    },
    // References stay as they are: what is decoded here would have to be encoded again for the reader behind.
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  const closable = tagged(withClosedComments(withClosedSections(withOwnNames(text))));
  for (let from = 0; from < closable.length && !isOver(walk); from += SLICE) {
    parser.write(closable.slice(from, from + SLICE));
    if (from % PAUSE === PAUSE - SLICE) await letOthersRun();
  }
  const isCut = walk.state !== 'over' && walk.state !== 'behind';
  if (isCut) walk.state = 'ending';
  parser.end();
  const { kind, texts, logos, links } = walk;
  return kind && { kind, isCut, xml: rssOf(walk, most), texts, logos, links };
}

const createWalk = (): Walk => ({
  names: createNames(),
  roles: [],
  head: [],
  entries: [],
  texts: [],
  logos: [],
  links: [],
  state: 'before',
  beside: 0,
  deeper: 0,
  isSection: false,
});

const isOver = (walk: Walk): boolean => walk.state === 'over' || walk.deeper > MOST_DEEPER;

function rssOf({ head, entries }: Walk, most: number): string {
  const items = newestOf(entries, most, datesIn).map(({ entry }) => `<item>${entry.join('')}</item>`);
  return `<rss version="2.0"><channel>${head.join('')}${items.join('')}</channel></rss>`;
}

/** The dates of an entry, as they are written. */
const datesIn = (entry: readonly string[]): string[] => entry.flatMap((said) => DATE.exec(said)?.[1] ?? []);

const DATE =
  /^<(?:pubdate|dc:date|published|news:publication_date|issued|date|created|updated|modified|lastmod)>([^<]{1,100})</;

function opened(walk: Walk, written: string, all: Record<string, string>): void {
  if (walk.state === 'over') return;
  const attributes = readAttributes(all);
  walk.names.declare(attributes);
  if (walk.state === 'before') return lookForRoot(walk, written, attributes);
  if (walk.state === 'behind' && !goesOn(walk, written)) return;
  if (walk.roles.length >= DEEPEST) {
    walk.deeper++;
    return;
  }
  const name = walk.names.of(written);
  const role = roleOf(walk, name, walk.roles.at(-1));
  walk.roles.push(role);
  if (role === 'entry') openEntry(walk, attributes);
  else if (role === 'text') walk.text = newText(name, attributes);
  else if (role === 'image') walk.text = newText('image:loc', attributes);
  else if (role === 'media') openMedia(walk, attributes);
  else if (role === 'markup') addTag(walk.text, opening(local(written), attributes));
}

/** Whether an element behind the root is an entry, or another root with more of them. */
function goesOn(walk: Walk, written: string): boolean {
  const isRoot = ROOTS[local(written)] !== undefined;
  if (isRoot || isEntryOf(walk, walk.names.of(written))) {
    walk.state = 'within';
    if (isRoot) walk.roles.push('root');
    return !isRoot;
  }
  if (++walk.beside > MOST_BESIDE) walk.state = 'over';
  return false;
}

const isEntryOf = ({ kind }: Walk, name: string): boolean => (ENTRY_OF[kind ?? 'rss'] ?? ENTRY).test(name);

function lookForRoot(walk: Walk, written: string, attributes: Attributes): void {
  const kind = ROOTS[local(written)];
  if (/^(?:html|body)$/.test(written) || ++walk.beside > MOST_BESIDE) walk.state = 'over';
  if (!kind || walk.state === 'over') return;
  walk.kind = kind;
  walk.state = 'within';
  walk.names.root(written);
  walk.roles.push('root');
  walk.base = attributes['xml:base'];
}

/** The role of an element that opens in `parent`; a text that was left open before it is closed. */
function roleOf(walk: Walk, name: string, parent: Role | undefined): Role {
  const isEntry = isEntryOf(walk, name);
  if (walk.text && (parent === 'text' || parent === 'markup')) {
    const isWithin = PROSE.test(walk.text.name) ? !NEVER_INSIDE.test(name) : !KNOWN.has(name);
    if (isWithin && !isEntry) return 'markup';
    closeText(walk);
  }
  if (isEntry) return 'entry';
  if (parent === 'other') return 'other';
  if (parent === 'image') return roleInImage(walk, name);
  if (parent === 'media') return name === 'media:credit' ? 'text' : MEDIA.test(name) ? 'media' : 'other';
  if (name === 'image' || (!walk.entry && LOGO.test(name))) return 'image';
  if (GROUPS.test(name)) return 'group';
  if (MEDIA.test(name)) return 'media';
  return KNOWN.has(name) ? 'text' : 'other';
}

/** A picture is named by its address, or by an element within that has more to say of it. */
function roleInImage(walk: Walk, name: string): Role {
  closeText(walk);
  return name === 'url' ? 'image' : 'other';
}

function closed(walk: Walk, written: string, isImplied: boolean): void {
  if (walk.state === 'before' || walk.state === 'behind' || walk.state === 'over') return;
  if (walk.deeper) {
    walk.deeper--;
    return;
  }
  const role = walk.roles.pop();
  if (role === 'markup') addTag(walk.text, isImplied || VOID.test(written) ? '' : `</${local(written)}>`);
  else if (role === 'text' || role === 'image') closeText(walk);
  else if (role === 'media' && walk.roles.at(-1) !== 'media') closeMedia(walk);
  else if (role === 'entry') closeEntry(walk);
  if (walk.roles.length === 0 && walk.state === 'within') walk.state = 'behind';
}

function openEntry(walk: Walk, attributes: Attributes): void {
  closeMedia(walk);
  closeEntry(walk);
  walk.entry = [];
  const about = attributes['rdf:about'];
  if (about) write(walk, 'about', {}, meant(allowed(about)));
  const language = attributes['xml:lang'];
  if (language) write(walk, 'dc:language', {}, meant(allowed(language)));
  const base = attributes['xml:base'] ?? walk.base;
  if (base) write(walk, 'base', {}, meant(allowed(URL.parse(base, walk.base)?.href ?? base)));
}

function openMedia(walk: Walk, attributes: Attributes): void {
  if (walk.media) walk.media.thumbnails.push(attributes);
  else walk.media = { attributes, credit: '', thumbnails: [] };
}

function closeText(walk: Walk): void {
  const { text, media, entry } = walk;
  walk.text = undefined;
  if (!text) return;
  const said = wholeOf(text);
  if (text.name === 'media:credit' && media) media.credit = escaped(said);
  else if (!entry && NO_HOME.test(text.attributes['rel'] ?? '')) walk.links.push(text.attributes);
  else write(walk, text.name, text.attributes, said);
}

function closeMedia(walk: Walk): void {
  const { media } = walk;
  walk.media = undefined;
  if (!media) return;
  write(walk, 'media', { ...media.attributes, credit: media.credit });
  for (const { width: _less, ...thumbnail } of media.thumbnails) write(walk, 'media', thumbnail);
}

function closeEntry(walk: Walk): void {
  if (walk.entry && walk.state !== 'ending') walk.entries.push(walk.entry);
  walk.entry = undefined;
}

/** An element of the entry or of the feed itself; a long text of an entry is kept beside the XML. */
function write({ entry, head, texts, logos }: Walk, name: string, attributes: Attributes, said = ''): void {
  if (!entry && /^(?:media|image:loc)$/.test(name))
    return void logos.push(attributes['url'] ?? attributes['href'] ?? said);
  const isKept = entry && said.length > LONGEST_WRITTEN && PROSE.test(name);
  const placed = isKept ? { ...attributes, [PLACE]: String(texts.push(said) - 1) } : attributes;
  (entry ?? head).push(element(name, placed, isKept ? '' : escaped(said)));
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
