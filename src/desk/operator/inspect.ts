/** A source as the bot sees it, in words for a terminal: how an operator finds out that a site changed. */
import { readFile } from 'node:fs/promises';
import { faultMeaning } from '../../errors.ts';
import { EDITION_PATTERN, EDITIONS, type Edition } from '../../news/edition.ts';
import { homePage, newsroom } from '../../newsroom/current.ts';
import { decode } from '../../source/charset.ts';
import { createFetcher, type Fetcher } from '../../source/fetch/fetch.ts';
import { wellWritten } from '../../source/garbled.ts';
import type { Article, Item, Reading } from '../../source/item.ts';
import { linkKey } from '../../source/links.ts';
import { normalise } from '../../source/normalise.ts';
import { createPictureCheck } from '../../source/picture-check.ts';
import type { Reader, Sent } from '../../source/reading.ts';
import { createThreads } from '../../source/threads.ts';
import { clip } from '../../source/text.ts';
import { editionOf, showInChat, type ShowOptions } from './show-in-chat.ts';

/** First argument of an inspection; the fetcher is its own, so that it runs beside nothing. */
export interface InspectOptions extends ShowOptions {
  readonly urgentMarks: readonly string[];
  readonly gapMs: number;
  readonly robots?: 'obey' | 'ignore';
  readonly maxMb?: number;
  readonly proxyUrl?: string;
  readonly contact?: string;
  /** Takes one line of the report, without its end. */
  readonly write: (line: string) => void;
}

/** Rows that are listed, and stories that are shown as in a chat. */
const ROWS = 10;
const STORIES = 3;
/** A saved page is read as if it came from there, for it does not say where it came from. */
const placeOf = (edition: Edition): string => newsroom().sources[edition][0] ?? homePage();

/**
 * Reports on each target: an http(s) address or the path of a saved feed or page. Answers whether all could be read; a
 * target that cannot is a line that says why.
 */
export async function inspectSources(targets: readonly string[], options: InspectOptions): Promise<boolean> {
  const hands: Hands = {
    fetcher: createFetcher({ ...options, addresses: targets }),
    reader: createThreads(),
  };
  let isWell = true;
  try {
    for (const [index, target] of targets.entries()) {
      if (index) options.write('');
      const isRead = await inspect(target, options, hands);
      isWell &&= isRead;
    }
  } finally {
    await Promise.all([hands.fetcher.close(), hands.reader.close()]);
  }
  return isWell;
}

/** Hands of an inspection. */
interface Hands {
  readonly fetcher: Fetcher;
  readonly reader: Reader;
}

/** The verdict first, then what it rests on. */
async function inspect(target: string, options: InspectOptions, hands: Hands): Promise<boolean> {
  const lines: string[] = [];
  const verdict = await look(target, options, hands, (line) => void lines.push(line));
  options.write(safe(`${verdict.works ? '✓' : '✗'} ${target}: ${verdict.words}`));
  for (const line of lines) options.write(safe(line));
  return verdict.works;
}

interface SourceVerdict {
  readonly works: boolean;
  readonly words: string;
}

const no = (why: string): SourceVerdict => ({ works: false, words: `will not work: ${why}` });

async function look(
  target: string,
  options: InspectOptions,
  hands: Hands,
  say: (line: string) => void,
): Promise<SourceVerdict> {
  const { fetcher, reader } = hands;
  const isAddress = /^https?:\/\//i.test(target);
  if (!isAddress && /^[a-z][a-z0-9+.-]*:\/\//i.test(target))
    return no('cannot be read: only http and https addresses are');
  const document = isAddress ? await fetched(target, fetcher) : await saved(target, options.clock.now());
  if (typeof document === 'string') return no(`cannot be read: ${document}`);
  const { charset, text } = decode(document.bytes, document.contentType);
  say(
    `  read as ${charset}, ${text.length} characters${document.address === target ? '' : `, as if from ${document.address}`}`,
  );
  const article = await reader.article(document);
  const reading = await reader.source(document);
  // A story's page lists other stories as well; a dateline, or nothing listed, tells that it is one.
  if (
    article.ok &&
    (!reading.ok || (reading.value.kind === 'listing' && (article.value.dateline ?? article.value.paid)))
  ) {
    tellArticle(article.value, document.address, options, say);
    return { works: true, words: 'is one story, not a source' };
  }
  if (!reading.ok) return no(`${faultMeaning(reading.fault.code)}: ${reading.fault.detail}`);
  tellReading(reading.value, options.clock.now(), say);
  await tellStories(reading.value, isAddress ? hands : undefined, options, say);
  return verdictOn(reading.value);
}

/** The kind of a source, as people call it. */
const NAMES: Readonly<Record<Reading['kind'], string>> = {
  rss: 'an RSS feed',
  rdf: 'an RDF feed',
  atom: 'an Atom feed',
  json: 'a JSON feed',
  sitemap: 'a sitemap',
  index: 'an index of sitemaps',
  listing: 'a page that lists stories',
};

const storiesOf = (count: number): string => (count === 1 ? '1 story' : `${count} stories`);

function verdictOn({ items, kind, skipped }: Reading): SourceVerdict {
  const nothing = skipped.size ? 'nothing in it that can be told' : 'nothing in it now';
  if (items.length === 0) return { works: true, words: `${NAMES[kind]}, with ${nothing}` };
  const whole = items.filter(({ content }) => content).length;
  const texts = whole === items.length ? 'with their whole texts' : 'their pages are read for the texts';
  return { works: true, words: `will work, ${NAMES[kind]}: ${storiesOf(items.length)}; ${texts}` };
}

async function fetched(address: string, fetcher: Fetcher): Promise<Sent | string> {
  const page = await fetcher.read(address);
  // The network's own code says nothing to the person who typed the address.
  if (!page.ok) return `${faultMeaning(page.fault.code)} (${page.fault.detail.replace(/ \([A-Z_]+\)$/, '')})`;
  return page.value.kind === 'page' ? page.value : 'the server answers "unchanged" without having been asked';
}

/** A page's own word for its language. */
const HTML_LANGUAGE = new RegExp(`<html[^>]*\\blang=["']?(${EDITION_PATTERN})\\b`, 'i');

async function saved(path: string, at: number): Promise<Sent | string> {
  try {
    const bytes = await readFile(path);
    const { text } = decode(bytes);
    const language = HTML_LANGUAGE.exec(text.slice(0, 2000))?.[1]?.toLowerCase();
    const named = /<link[^>]+rel=["']?canonical["']?[^>]+href=["'](https?:[^"']+)/i.exec(
      text.slice(0, 50_000),
    )?.[1];
    return {
      bytes,
      at,
      contentType: '',
      address:
        named && URL.canParse(named)
          ? named
          : placeOf(EDITIONS.find((edition) => edition === language) ?? editionOf(text)),
    };
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? 'no such file'
      : 'the file cannot be opened';
  }
}

function tellReading(reading: Reading, now: number, say: (line: string) => void): void {
  const { items, skipped, notes, offers, kind, next } = reading;
  const count = (has: (item: Item) => unknown) => items.filter(has).length;
  say(`  ${kind}${reading.title ? ` "${clip(reading.title, 80)}"` : ''}: ${items.length} stories`);
  const parts: [string, number][] = [
    ['time', count(({ publishedAt }) => publishedAt)],
    ['day only', count(({ publishedAt, day }) => publishedAt === undefined && day)],
    ['summary', count(({ summary }) => summary)],
    ['whole text', count(({ content }) => content)],
    ['picture', count(({ picture }) => picture)],
    ['rubric', count(({ rubrics }) => rubrics.length)],
    [paidLabel(), count(({ paid }) => paid)],
  ];
  say(`  with: ${parts.map(([name, number]) => `${name} ${number}`).join(' · ')}`);
  if (skipped.size)
    say(`  left out: ${[...skipped].map(([reason, number]) => `${number} × ${reason}`).join(', ')}`);
  for (const note of notes) say(`  note: ${note}`);
  if (next) say(`  goes on at ${next}`);
  for (const feed of offers) say(`  links a feed, which could be read instead: ${feed}`);
  if (!items.length) say('  lists nothing: neither an error nor news');
  if (items.some(({ publishedAt, day }) => publishedAt === undefined && day === undefined))
    say('  no date on some: their day comes from the dateline on their page, or from the time of reading');
  if (items.some(({ content, picture }) => !content || !picture))
    say('  no whole text or picture on some: their pages are read');
  if (items.some(({ publishedAt }) => publishedAt !== undefined))
    say('  times here are UTC, in the messages below they are Minsk’s');
  for (const item of items.slice(0, ROWS)) {
    const date =
      item.publishedAt === undefined
        ? (item.day ?? '          ')
        : new Date(item.publishedAt).toISOString().slice(0, 16).replace('T', ' ');
    const age = item.publishedAt !== undefined && item.publishedAt > now ? ' (in the future)' : '';
    say(
      `  ${String(item.position + 1).padStart(3)}. ${date}${age} ${clip(item.headline, 90)}${item.paid ? ` [${paidLabel()}]` : ''}`,
    );
    say(`       ${item.link}`);
  }
  if (items.length > ROWS) say(`       and ${items.length - ROWS} more`);
}

/** The newest three as they would look in a chat; from an address their pages are read as well. */
async function tellStories(
  reading: Reading,
  hands: Hands | undefined,
  options: InspectOptions,
  say: (line: string) => void,
): Promise<void> {
  const newest = reading.items.toSorted(
    (a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0) || a.position - b.position,
  );
  for (const listed of newest.slice(0, STORIES)) {
    const item = wellWritten(listed) ?? listed;
    if (item !== listed) say(`  the text of "${clip(item.headline, 60)}" is garbled, and left out`);
    const needsPage = hands && !(item.content && item.picture);
    const page = needsPage ? await pageOf(item, hands) : undefined;
    if (typeof page === 'string') say(`  the page of "${clip(item.headline, 60)}": ${page}`);
    const article = typeof page === 'object' ? page : undefined;
    if (article?.isLossy) say(`  the page of "${clip(item.headline, 60)}": ${LOSSY}`);
    const draft = normalise(item, article, options.clock.now(), options.urgentMarks);
    const url = draft.picture?.url;
    const fault =
      url && hands && (await createPictureCheck(hands.fetcher, hands.reader, options.clock).faultOf(url));
    if (fault) say(`  readers do not get the picture ${url}: ${fault}`);
    showInChat(draft, options, say);
  }
}

const LOSSY = 'its text comes out much shorter than the page names it to machines (articleBody)';

async function pageOf(item: Item, { fetcher, reader }: Hands): Promise<Article | string> {
  const page = await fetcher.read(item.link, { urgency: 'article' });
  if (!page.ok) return `${faultMeaning(page.fault.code)} (${page.fault.detail})`;
  if (page.value.kind !== 'page') return 'unchanged';
  const article = await reader.article(page.value, item.headline);
  return article.ok ? article.value : article.fault.detail;
}

function tellArticle(
  article: Article,
  address: string,
  options: InspectOptions,
  say: (line: string) => void,
): void {
  const item: Item = {
    link: address,
    key: linkKey(address),
    headline: article.headline,
    rubrics: [],
    paid: false,
    position: 0,
  };
  const draft = normalise(item, article, options.clock.now(), options.urgentMarks);
  say('  the page of one story');
  const missing = [
    ...(article.lead ? [] : ['lead']),
    ...(article.body.length || article.paid ? [] : ['body']),
    ...(article.dateline ? [] : ['dateline']),
    ...(article.publishedAt === undefined ? ['time'] : []),
    ...(article.picture ? [] : ['picture']),
    ...(article.rubrics.length ? [] : ['rubric']),
  ];
  say(
    `  day ${draft.day}${draft.isDayKnown ? '' : ' (of reading)'}, ${article.body.length} blocks after the lead${article.paid ? `, for ${paidLabel()}` : ''}${draft.urgent ? ', urgent' : ''}`,
  );
  if (article.isLossy) say(`  ${LOSSY}`);
  if (missing.length) say(`  not found on the page: ${missing.join(', ')}`);
  if (article.picture?.credit) say(`  picture by ${article.picture.credit}`);
  if (article.related) say(`  continues ${article.related}`);
  showInChat(draft, options, say);
}

const paidLabel = (): string => newsroom().paid?.label ?? 'subscribers';

/** A page must not be able to write to the operator's terminal anything but text. */
const safe = (line: string): string => line.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ');
