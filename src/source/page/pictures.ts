/** Which pictures of a page or a feed may stand for a story: no face, no logo, no placeholder, nothing that is no picture. */
import type { Element } from 'domhandler';
import { ancestorsOf, attribute, elementsNamed, parentOf } from '../html.ts';
import { absoluteLink } from '../links.ts';
import { isCalled, wordOf } from '../selectors.ts';

/** Shown smaller than this a picture is an ornament, pixels. */
const SMALLEST = 60;
/** Addresses that name a size name the whole picture's; below this it is a face or a thumb of another story. */
const SMALLEST_NAMED = 150;

/** Files that are no picture, and drawings that Telegram does not show. */
const NO_PICTURE =
  /\.(?:mp3|m4a|og[agv]|opus|wav|flac|aac|wma|mp4|m4v|webm|avi|mov|mkv|flv|wmv|m3u8|pdf|epub|fb2|mobi|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|zip|rar|7z|gz|torrent|apk|exe|swf|ico|svg|xml|rss|json|js|css|html?|php)$/i;
/** Hosts of films and sounds, not of pictures of them. */
const PLAYERS =
  /(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|rutube\.ru|soundcloud\.com)$/i;
const PROGRAM = /\.php$/i;
const MADE_OF = /\.(?:jpe?g|png|webp|avif)(?:$|[&?#])/i;
const FACES = /(?:^|\.)gravatar\.com$/i;
/** Hosts of counters, which answer with a pixel; `stat` is the host of what stands still as well, with photos. */
const COUNTERS = /^(?:counter|stats?|pixel|analytics|mc)\./i;
const PHOTO = /\.(?:jpe?g|png|webp|avif)$/i;
/** Folders of what belongs to the site or to its people, not to a story. */
const NO_STORY =
  /^(?:icons?|logos?|avatars?|sprites?|authors?|autor(?:es|zy)?|journalists?|staff|userpics?|gravatar|emojis?|smil(?:ies|eys?))$/i;
const NOTHING =
  /^(?:(?:.*[-_.])?(?:logo|avatar|placeholder|userpic|favicon|sprite)|icon|pixel|counter|count|blank|spacer|transparent|no[-_]?(?:image|photo|picture|foto)|\d{1,2}px|logo(?:[-_](?:white|black|dark|light|small|big|main|site|new|mini|header|footer|share|social|og|fb|default))+|1x1|spinner|loader|loading|preloader|lazy(?:load)?|stub|dummy|(?:(?:og|share|social|post|news|thumb\w*|image|img|photo)[-_])?default(?:[-_](?:og|share|social|image|img|photo|thumb\w*|cover))?)(?:[-_.@]?\d+x?\d*)?$/i;

/** Folder in which 1C-Bitrix keeps its advertisements. */
const ADVERTISED = /\/upload\/rk\//i;

/** Whether an address may lead to a story's picture, as far as it says; `isDeclared`: a feed calls what it leads to a picture. */
export function isPictureLink(link: string, isDeclared = false): boolean {
  const url = new URL(link);
  const { hostname, pathname, search } = url;
  const parts = pathname.split('/').filter(Boolean);
  const file = parts.pop() ?? '';
  // A program may make a picture of the one that it is asked for.
  const isMade = MADE_OF.test(search) || (isDeclared && PROGRAM.test(file));
  if ((NO_PICTURE.test(file) && !isMade) || FACES.test(hostname)) return false;
  if (ADVERTISED.test(pathname)) return false;
  if (PLAYERS.test(hostname) || (!file && !search)) return false;
  if (COUNTERS.test(hostname) && !PHOTO.test(file)) return false;
  if (parts.some((part) => NO_STORY.test(part)) || NOTHING.test(file.replace(/\.\w{2,5}$/, ''))) return false;
  return namedSizes(url).every((size) => !(size < SMALLEST_NAMED));
}

/** Whether an address leads to a picture that may be a story's, by the name of its file. */
export const isPictureFile = (link: string): boolean =>
  PHOTO.test(new URL(link).pathname) && isPictureLink(link);

/** One name for one picture in several sizes: WordPress adds the size to its name, Blogger has a folder of each. */
export function pictureKey(link: string): string {
  const url = new URL(link);
  const [size = ''] = sizeByBlogger(url) ?? [];
  return url.host + url.pathname.replace(size, '').replace(/(?:-\d{2,4}x\d{2,4}|-scaled)(?=\.\w{3,4}$)/, '');
}

/** `/s72-w640-h426-c/`, `/w640-h426/`, `/s1600/`, or at the end behind `=`. */
const sizeByBlogger = ({ hostname, pathname }: URL): RegExpExecArray | null =>
  /(?:^|\.)(?:googleusercontent|ggpht|blogspot)\.com$/i.test(hostname)
    ? /[/=][swh](\d{2,4})(?:-[a-z]{1,2}\d{0,4})*(?=\/[^/]+$|$)/.exec(pathname)
    : null;

/** Sizes that an address names, pixels. */
function namedSizes(url: URL): number[] {
  const { pathname, searchParams: asked } = url;
  const parts = pathname.split('/').filter(Boolean);
  const file = parts.pop() ?? '';
  const shapes = ['size', 'resize', 'fit', 'crop', 'thumb'].flatMap((name) => asked.get(name) ?? []);
  return [
    ...['w', 'width'].flatMap((name) => asked.get(name) ?? []).map(Number),
    ...[...shapes, ...parts].flatMap((said) => longerSide(/^(\d{1,4})[x,:*](\d{1,4})$/i.exec(said))),
    ...longerSide(/(?:^|[-_])(\d{1,4})x(\d{1,4})(?=\.\w+$|[-_])/.exec(file)),
    ...(sizeByBlogger(url)?.slice(1).map(Number) ?? []),
  ];
}

/** The width of a picture as its address names it; without a limit where it names none: that is the picture itself. */
export function namedWidth(link: string): number {
  const sizes = namedSizes(new URL(link)).filter((size) => size > 0);
  return sizes.length ? Math.max(...sizes) : Number.MAX_SAFE_INTEGER;
}

const longerSide = (sides: RegExpExecArray | null): number[] =>
  sides ? [Math.max(Number(sides[1]), Number(sides[2]))] : [];

/** Whether a picture is an ornament of the words beside it: a flag, a currency, an arrow. */
export const isOrnament = (image: Element): boolean =>
  isTiny(image) ||
  /\.svg(?:$|[?#])|(?:^|[/_-])(?:flags?|icons?|ico)(?:[/_-])/i.test(attribute(image, 'src').slice(0, 500));

/** The address of a picture of a page; lazy pages put it into some attribute of their own. */
export function pictureLink(image: Element, base: string): string | undefined {
  if (isTiny(image) || isOfSite(image)) return undefined;
  const sets = setsOf(image);
  const wide = sets.filter(({ width }) => width >= WIDE);
  return firstPicture(
    [
      ...wide.map(({ address }) => address),
      ...lazyIn(image),
      attribute(image, 'src'),
      ...sets.map(({ address }) => address),
    ],
    base,
  );
}

/** The first of several addresses, as they are written, that may be a story's picture. */
export const firstPicture = (written: readonly string[], base: string): string | undefined =>
  written
    .filter((value) => value && !NO_ADDRESS.test(value))
    .map((value) => absoluteLink(value, base))
    .find((link) => link !== undefined && isPictureLink(link));

/** Values in an address's place until a script has run: the picture itself in letters, nothing, JSON, names in braces. */
const NO_ADDRESS = /^\s*(?:(?:data|blob|about|javascript):|[#{[]|$)|\{\w+\}/i;

function isTiny(image: Element): boolean {
  const styled = /(?:^|[;\s])(?:width|height)\s*:\s*(\d{1,4})px/i.exec(
    attribute(image, 'style').slice(0, 500),
  )?.[1];
  const sizes = [attribute(image, 'width'), attribute(image, 'height'), styled ?? ''];
  return sizes.some((size) => /^\d+(?:px)?$/.test(size.trim()) && Number.parseInt(size, 10) < SMALLEST);
}

/** Classes of what shows a person or the site rather than the story, and how far around a picture they are looked for. */
const OF_SITE = wordOf(
  'authors?|byline|avatar|userpic|journalist|contributor|columnist|logo|emoji|wp-smiley|social',
);
const AROUND = 3;

/** Where a link leads whose picture is a button: to share, or to a channel. */
const BUTTON =
  /^(?:https?:)?\/\/(?:[\w-]+\.)*(?:(?:t|telegram)\.me\/(?:share|joinchat|\+|\w+\/?$)|facebook\.com\/(?:sharer|share|dialog)|(?:twitter|x)\.com\/(?:intent|share)|vk(?:ontakte)?\.(?:com|ru)\/share|ok\.ru\/(?:offer|dk\?)|whatsapp\.com\/send|wa\.me\/|linkedin\.com\/(?:shar|cws)|pinterest\.\w+\/pin\/create|reddit\.com\/submit|connect\.mail\.ru\/share)|^(?:viber|whatsapp|tg|mailto):/i;

function isOfSite(image: Element): boolean {
  for (const at of [image, ...ancestorsOf(image).take(AROUND)]) {
    if (BUTTON.test(attribute(at, 'href').trim().slice(0, 300))) return true;
    if (/^(?:figure|article|main|body)$/.test(at.name)) return false;
    if (isCalled(at, OF_SITE) || [at.attribs['rel'], at.attribs['itemprop']].includes('author')) return true;
  }
  return false;
}

const PICTURE_FILE = /\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])/i;
/** Attributes that hold an address, whatever the file is called. */
const LAZY = /^data-(?:lazy-|img-|image-|full-)?(?:src|original|lazy|image|url)$/;
/** Attributes that may end as a file's name does and are none. */
const NO_LAZY = /(?:caption|title|alt|name|credit|link|href|permalink)$/;

/** Addresses in attributes of a script that puts the picture in later. */
const lazyIn = ({ attribs }: Element): string[] =>
  Object.entries(attribs)
    .filter(
      ([name, value]) =>
        name.startsWith('data-') &&
        value.length < LONGEST_SET &&
        (LAZY.test(name) || (PICTURE_FILE.test(value) && !NO_LAZY.test(name) && !/\s/.test(value.trim()))),
    )
    .map(([, value]) => value);

/** A picture in one of several sizes; `width` in pixels, or for a picture of twice the dots as much as is `WIDE`; 0: unknown. */
export interface Sized {
  readonly address: string;
  readonly width: number;
}

/** UTF-16 units of a set that are read. */
const LONGEST_SET = 10_000;
/** From here on a picture of a set is better than one whose size nobody tells. */
const WIDE = 600;
/** Forms that not all can show. */
const NOT_FOR_ALL = /\.(?:avif|jxl|heic)(?:$|[?#])/i;
/** Telegram shows nothing wider, and larger files may be too large for it. */
const WIDEST = 2560;

/** The best of each set of an image and of the `picture` around it: those that all can show first. */
function setsOf(image: Element): Sized[] {
  const around = parentOf(image);
  const sources = (around?.name === 'picture' ? elementsNamed(around, 'source') : [])
    .filter((source) => /^(?:$|image\/(?!svg))/i.test(attribute(source, 'type')))
    .toSorted((a, b) => rankOfSource(a) - rankOfSource(b));
  const best = [image, ...sources].flatMap((element) => {
    // A browser takes a source before the image itself.
    const unknown = element !== image && rankOfSource(element) === 0 ? WIDE : 0;
    const sets = Object.entries(element.attribs).filter(([name]) => /^(?:data-.*)?srcset$/.test(name));
    const found = sets.flatMap(([, set]) => bestOf(set) ?? []);
    return found.map(({ address, width }) => ({ address, width: width || unknown }));
  });
  const isForAll = ({ address }: Sized) => Number(!NOT_FOR_ALL.test(address));
  return best.toSorted((a, b) => isForAll(b) - isForAll(a));
}

/** Forms that not all can show come last, before them what is meant for narrow screens. */
const rankOfSource = (source: Element): number =>
  (/avif|jxl|heic/i.test(attribute(source, 'type')) ? 2 : 0) +
  (/max-width/i.test(attribute(source, 'media')) ? 1 : 0);

/** The best of several: the widest that is not too wide, in a form that all can show. */
export function bestPicture<Picture extends Sized>(pictures: readonly Picture[]): Picture | undefined {
  const shown = pictures.filter(({ address }) => !NOT_FOR_ALL.test(address));
  const ranked = (shown.length ? shown : pictures).toSorted((a, b) => b.width - a.width);
  return ranked.find(({ width }) => width <= WIDEST) ?? ranked.at(-1);
}

/** The widest of a `srcset` that is not too wide. A comma ends an address only before a blank or behind a size. */
export function bestOf(srcset: string): Sized | undefined {
  const found = [
    ...srcset
      .slice(0, LONGEST_SET)
      .matchAll(/([^\s,]\S*[^\s,])(?:\s+([\d.]{1,8})([wx])(?:\s+\d+h)?)?\s*(?:,|$)/g),
  ]
    .map(([, address = '', size = '', unit]) => ({
      address,
      width: unit === 'x' ? (Number(size) > 1 ? WIDE : 0) * Number(size) : Number(size),
    }))
    .filter(({ address }) => !NO_ADDRESS.test(address));
  return bestPicture(found);
}
