/** Entries of a feed to items: what can be told and found again, one for each identity. */
import { present } from '../../present.ts';
import type { Picture } from '../../news/story.ts';
import { dateline } from '../dateline.ts';
import { parseDate, type SlashOrder, slashOrder } from '../dates.ts';
import { parseFragment, plain, textOf } from '../html.ts';
import { isGarbled } from '../garbled.ts';
import type { Item } from '../item.ts';
import { absoluteLink, countedLink, linkKey } from '../links.ts';
import { itemText, linesOf } from '../item-text.ts';
import { titleHtml } from '../markup.ts';
import { lettersWritten } from '../loss.ts';
import { oneEach } from '../one-each.ts';
import { editionOf, isInOther } from '../other-edition.ts';
import { newestOf } from './newest.ts';
import type { Raw, RawFeed } from './raw-feed.ts';
import { inTongue } from './tongues.ts';
import { saysRemoved } from '../page/instead.ts';
import { bestPicture, isPictureLink, namedWidth } from '../page/pictures.ts';
import { isPaidLabel, withoutPaidLabel } from '../../newsroom/signs.ts';
import { clip, fold, tidy } from '../text.ts';

/** Entries of one feed that are read, its newest; a newsroom writes a few tens a day. */
export const MOST_ITEMS = 500;
/** Longest headline; longer ones are cut. */
const LONGEST_HEADLINE = 500;
/** Mark-up and all. */
const LONGEST_TITLE = 5000;

/** The items of a feed that was found at `address` at `at`; what is no story is counted in `skipped` by reason. */
export function itemsOf(
  feed: RawFeed,
  address: string,
  at?: number,
): { items: Item[]; skipped: Map<string, number> } {
  const base = absoluteLink(feed.home, address) ?? address;
  const slashes = slashOrder(
    feed.entries.flatMap(({ dates }) => dates),
    at,
  );
  const newest = newestOf(feed.entries, MOST_ITEMS, ({ dates }) => dates);
  const logos = [...feed.logos, ...sitePictures(newest.map(({ entry }) => entry))].flatMap((url) => [
    absoluteLink(url, address),
    absoluteLink(url, base),
  ]);
  const shared = repeatedIn(
    newest.flatMap(({ entry }) => [
      ...new Set(entry.links.flatMap((link) => absoluteLink(link, base) ?? [])),
    ]),
  );
  const skipped = new Map<string, number>();
  const items: Item[] = [];
  for (const { entry: raw, position } of newest) {
    const item = itemOf(raw, position, { address, base, logos, slashes, shared });
    if (typeof item === 'string') skipped.set(item, (skipped.get(item) ?? 0) + 1);
    else items.push(item);
  }
  return { items: oneEach(withoutSiteName(withoutFeedsDate(items), plain(feed.title)), skipped), skipped };
}

/** Entries of which a moment that all share is the feed's: when it was made, or when its site was. */
const LEAST_DATED = 5;

function withoutFeedsDate(items: readonly Item[]): readonly Item[] {
  const moments = new Set(items.map(({ publishedAt }) => publishedAt));
  if (items.length < LEAST_DATED || moments.size > 1 || moments.has(undefined)) return items;
  return items.map(({ publishedAt: _at, ...item }) => present({ ...item, day: dayIn(item.link) }));
}

/** So many entries have a picture of their own at least, or it is the site's, which most of them have. */
const LEAST_PICTURED = 5;

function sitePictures(entries: readonly Raw[]): string[] {
  const all = entries.flatMap(({ media }) => [...new Set(media.map(({ url }) => url))]);
  const most = Math.max(entries.length / 2, LEAST_PICTURED - 1);
  return [...Map.groupBy(all, (url) => url)].flatMap(([url, uses]) => (uses.length > most ? url : []));
}

/** Rows from which on what all headlines end with is the site's name; behind a dash a speaker or a town may stand. */
const LEAST_NAMED = 3;
const LEAST_DASHED = 10;
const NAME_BEHIND = /\s+([|—–·-])\s+((?=.*\p{L})(?:(?!\s[|—–·-]\s).){2,60})$/u;

/** The items without the name of the site that stands behind each headline. */
function withoutSiteName(items: readonly Item[], title: string): readonly Item[] {
  const ends = items.map(({ headline }) => NAME_BEHIND.exec(headline));
  const [name = '', ...others] = ends.map((end) => fold(end?.[2] ?? ''));
  const isDashed = ends.some((end) => /[—–-]/.test(end?.[1] ?? ''));
  const least = isDashed && !` ${fold(title)} `.includes(` ${name} `) ? LEAST_DASHED : LEAST_NAMED;
  const isNamed =
    name && others.every((each) => each === name) && (items.length >= least || name === fold(title));
  return isNamed
    ? items.map((item) => ({ ...item, headline: item.headline.replace(NAME_BEHIND, '') }))
    : items;
}

function repeatedIn(all: readonly string[]): Set<string> {
  const [seen, repeated] = [new Set<string>(), new Set<string>()];
  for (const one of all) (seen.has(one) ? repeated : seen).add(one);
  return repeated;
}

/** The surroundings that an item is read against: its feed's home, own pictures and way to write dates. */
interface Place {
  readonly address: string;
  readonly base: string;
  readonly logos: readonly (string | undefined)[];
  readonly slashes: SlashOrder;
  /** Links that more than one entry has. */
  readonly shared: ReadonlySet<string>;
}

/** An item, or in words why this is no story. */
function itemOf(
  written: Raw,
  position: number,
  { address, base, logos, slashes, shared }: Place,
): Item | string {
  const raw = inOneTongue(written, editionOf(address));
  const headline = headlineOf(raw, base);
  if (!headline) return 'no headline';
  if (isGarbled(headline)) return 'garbled text';
  if (saysRemoved(headline)) return 'taken down';
  const from = (raw.base && absoluteLink(raw.base, base)) ?? base;
  const links = raw.links
    .flatMap((written) => absoluteLink(written, from) ?? [])
    .map((each) => countedLink(each, base))
    // Of pages in several languages that of the edition whose feed this is.
    .toSorted((a, b) => Number(isInOther(a, address)) - Number(isInOther(b, address)));
  const identity = absoluteLink(raw.guid, from);
  const link =
    // A list of stories is the page of none of them.
    links.find((found) => !isHome(found, base) && !shared.has(found)) ??
    links.find((found) => !isHome(found, base)) ??
    // Posts of one page, told apart behind its hash.
    links.find((found) => new URL(found).hash.length > 1 && (found === identity || !shared.has(found)));
  if (!link) return 'no usable link';
  if (isAdvertisement(headline, link, raw.categories)) return 'advertisement';
  const dated = raw.dates.map((written) => parseDate(written, slashes)).find(Boolean);
  const [summary, content] = summaryAndContent(raw);
  const guid = tidy(raw.guid);
  const item: Item = present({
    link,
    key: linkKey(link),
    guid: guid || undefined,
    headline: withoutPaidLabel(headline),
    summary: summary || undefined,
    content: content || undefined,
    publishedAt: dated?.at,
    day: dated?.day ?? dayIn(link),
    rubrics: rubricsIn(raw.categories),
    paid: isPaidLabel(raw.title) || raw.categories.some(isPaidLabel),
    position,
    language: raw.language || undefined,
  });
  const picture = pictureOf(raw, item, from, logos);
  return picture ? { ...item, picture } : item;
}

function inOneTongue(raw: Raw, edition: string | undefined): Raw {
  const [title, summary, content] = [raw.title, raw.summary, raw.content].map((text) =>
    inTongue(text, edition),
  ) as [string, string, string];
  return { ...raw, title, summary, content };
}

/**
 * The longer text is the whole one, whichever field a feed puts it into. Mark-up without a word, a film or a picture, is no
 * text, and stands before the summary.
 */
function summaryAndContent(raw: Raw): [summary: string, content: string] {
  const [summary, content] = [said(raw.summary), said(raw.content)];
  const [less, more] = [lettersWritten(summary), lettersWritten(content)];
  if (!more) return [content + summary, ''];
  return more < less ? [content, summary] : [summary, content];
}

/** A text, where it is not what a program writes that was given none. */
const said = (text: string): string =>
  text.length < LONGEST_NOTHING && !/<img/i.test(text) && NO_TEXT.test(plain(text)) ? '' : text;
const LONGEST_NOTHING = 200;
const NO_TEXT =
  /^[^\p{L}\p{N}]*(?:0|null|undefined|nan|none|nil|false|true|array|object object|\{\{[^{}]*\}\}|no (?:description|summary|content|text)(?: available)?|(?:няма|нет|без|немає) (?:апісання|тэксту|описания|текста|опису))?[^\p{L}\p{N}]*$/iu;

/** The day that the address of a story names. */
function dayIn(link: string): string | undefined {
  const [, year, month, day] = /\/(20\d\d)\/(\d\d)\/(\d\d)\//.exec(new URL(link).pathname) ?? [];
  return day && parseDate(`${year}-${month}-${day}`)?.day;
}

/** Rubrics, one by one: some programs write several, or the way to one, as one. */
function rubricsIn(categories: readonly string[]): string[] {
  const names = categories
    .slice(0, 50)
    .flatMap((name) => plain(name.slice(0, 500)).replace(/^#/, '').split(BETWEEN_RUBRICS));
  const rubrics = names.filter((rubric) => rubric && rubric.length <= 60 && !NO_RUBRIC.test(rubric));
  return [...new Set(rubrics)].slice(0, 10);
}

const BETWEEN_RUBRICS = /\s*[,;|>»→]\s*|(?<=\p{L}{3})\s*(?<!:.*)\/\s*(?=\p{L}{3})/u;
/** A number, an address, or the words of a program where nobody chose a rubric. */
const NO_RUBRIC =
  /^(?:\d+|https?:.*|uncategori[sz]ed|null|undefined|(?:без|няма|нет) (?:рубрыкі|рубрикі|рубрики|катэгорыі|категории))$/iu;

/** The title; of an entry without one the first sentence of its text. */
function headlineOf(raw: Raw, base: string): string {
  const title = clip(lineOf(lineOf(raw.title.slice(0, LONGEST_TITLE))), LONGEST_HEADLINE);
  if (title && !NO_TITLE.test(title)) return title;
  const lines = linesOf((said(raw.summary).trim() || raw.content).slice(0, LONGEST_TITLE), base);
  const texts = lines.flatMap((line) =>
    line.kind === 'figure' ? [] : withoutDateline(line.text.replace(ADDRESS, '').trim()),
  );
  const text = texts.find((line) => /\p{L}/u.test(line.replace(/[#@][\p{L}\p{N}_]+/gu, ''))) ?? '';
  const [sentence = text] = FIRST_SENTENCE.exec(text) ?? [];
  return clip(sentence.replace(/(?<!\.)\.$/, ''), LONGEST_SENTENCE) || title;
}

const withoutDateline = (text: string): string => dateline(text)?.rest ?? text;

/** Words that programs write where an author gave no title: nothing that is a word, an address, or that there is none. */
const NO_TITLE =
  /^(?:[^\p{L}\p{N}]+|https?:\/\/\S+|[([]?(?:untitled|no title|null|undefined|без назвы|без названия|без назви|без заголовка|без т[эе]м[ыи]|bez tytułu)[)\]]?)$/iu;
const ADDRESS = /https?:\/\/\S+/gi;

/** A title in one line. */
const lineOf = (title: string): string =>
  /[<&]/.test(title) ? textOf(parseFragment(titleHtml(title))) : tidy(title);

/** A sentence ends before a capital, but not behind an initial or an abbreviation; nor is one this short. */
const FIRST_SENTENCE =
  /^.{20,}?(?<!(?<!\p{L})(?:\p{L}{1,2}|вул|тыс|млн|млрд|руб|коп|обл|рэд|праф|стр|зам|нач|акад|[Pp]rof|[Gg]en|[Cc]ol|[Ss]gt|Mrs|[Ss]en|[Rr]ep|[Gg]ov))[.!?…]+["»”)]*(?=\s+["«„(]?[\p{Lu}\d])/u;
const LONGEST_SENTENCE = 200;

const isHome = (link: string, base: string): boolean => {
  const { host, pathname, search, hash } = new URL(link);
  // A site of one page names its stories behind the hash.
  const isRoute = /^#!?\/./.test(hash);
  return pathname === '/' && !search && !isRoute && host === new URL(base).host;
};

const OTHERS = String.raw`(?:партнёрск|партнерск|рэкламн|рекламн|спонсарск|спонсорск)\p{L}+`;
const PIECE = String.raw`${OTHERS} (?:мат[эе]р[ыи]\p{L}+|про?[ае]кт|пост|запіс)`;
const BY_LAW = 'на правах рэкламы|на правах рекламы';
const HASHTAG = String.raw`#(?:рэклама|реклама|ad|sponsored)(?![\p{L}\d])`;
/** A label with punctuation of its own, or nothing else: the words alone begin news as well. */
const ADVERTISEMENT = new RegExp(
  [
    String.raw`^[[(#]?(?:featured advertiser|advertisement|advertorial|sponsored(?: content| post)?|promoted|promo|${BY_LAW})(?:\s*[:.|\])]|\s+[—–-]\s|\s*$)`,
    String.raw`^[[(#]?(?:${OTHERS} (?:мат[эе]р[ыи]\p{L}+|про?[ае]кт)\s*:|(?:${PIECE}|рэклама|реклама|reklama)(?:\s*[.|\])]|\s*$))`,
    String.raw`^${HASHTAG}|${HASHTAG}(?:\s+#\S+)*\s*$`,
    String.raw`[[(](?:рэклама|реклама|${BY_LAW}|ad|sponsored|advertisement|${OTHERS} мат[эе]р[ыи]\p{L}+)[\])]\s*$`,
  ].join('|'),
  'iu',
);
/** `Рекламный пост — 5 суток ареста` is news of one, unless its place says so too. */
const PERHAPS = new RegExp(String.raw`^${PIECE}(?:\s*:|\s+[—–-]\s)`, 'iu');
const PAID_PLACE = /(?<!\p{L})(?:advert|sponsor|promo|partner|reklam|рэклам|реклам|спонс[ао]р|партн[её]р)/iu;

function isAdvertisement(headline: string, link: string, categories: readonly string[]): boolean {
  const { hostname, pathname } = new URL(link);
  if (ADVERTISEMENT.test(headline) || /^(?:ads?|adserver)\./.test(hostname)) return true;
  return PERHAPS.test(headline) && [pathname, ...categories].some((place) => PAID_PLACE.test(place));
}

/** A counter's pixel or an ornament, pixels. */
const SMALLEST_PICTURE = 60;

/** From this width on a picture is no thumb of one that stands in the text, pixels. */
const LARGER_THAN_THUMB = 200;

const PICTURE_TYPE = /^(?:image\/|(?:image|jpe?g|png|webp|gif|avif)$)/i;

/** The widest picture that is not an author's face or the feed's own; a sound or a film is none. */
function pictureOf(raw: Raw, item: Item, from: string, logos: Place['logos']): Picture | undefined {
  const pictures = raw.media.flatMap(({ url, type = '', medium, width = 0, height = 0, credit = '' }) => {
    const link = absoluteLink(url, from);
    const isDeclared = PICTURE_TYPE.test(type) || medium === 'image';
    const isPicture = isDeclared || (!type && !medium) || /\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)/i.test(url);
    if (
      !link ||
      logos.includes(link) ||
      !isPicture ||
      !isPictureLink(link, isDeclared) ||
      /^(?:video|audio)\//i.test(type)
    )
      return [];
    if ([width, height].some((size) => size > 0 && size < SMALLEST_PICTURE)) return [];
    return [{ address: link, width, named: namedWidth(link), credit: plain(credit) }];
  });
  const large = pictures.filter(({ width, named }) => Math.min(width || named, named) >= LARGER_THAN_THUMB);
  const isThumb = pictures.length > 0 && !large.length;
  // A counter's pixel or a button in the text is no picture.
  if (isThumb && itemText(item).body.some(({ kind }) => kind === 'figure')) return undefined;
  const best = bestPicture((isThumb ? pictures : large).toSorted((a, b) => b.named - a.named));
  return best && { url: best.address, ...(best.credit ? { credit: best.credit } : {}) };
}
