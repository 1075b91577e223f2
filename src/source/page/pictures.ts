/** Which pictures of a page or a feed may stand for a story: no face, no logo, no placeholder, nothing that is no picture. */
import { type Element, isTag } from 'domhandler';
import { attribute } from '../html.ts';
import { absoluteLink } from '../links.ts';

/** Shown smaller than this a picture is an ornament, pixels. */
const SMALLEST = 60;
/** Addresses that name a size name the whole picture's; below this it is a face or a thumb of another story. */
const SMALLEST_NAMED = 150;

/** Files that are no picture, and drawings that Telegram does not show. */
const NO_PICTURE = /\.(?:mp3|m4a|ogg|wav|mp4|webm|avi|mov|m3u8|pdf|docx?|xlsx?|zip|svg|html?|php)$/i;
const FACES = /(?:^|\.)gravatar\.com$/i;
/** Hosts of counters, which answer with a pixel; `stat` is the host of what stands still as well, with photos. */
const COUNTERS = /^(?:counter|stats?|pixel|analytics|mc)\./i;
const PHOTO = /\.(?:jpe?g|png|webp|avif)$/i;
/** Folders of what belongs to the site or to its people, not to a story. */
const NO_STORY =
  /^(?:icons?|logos?|avatars?|sprites?|authors?|autor(?:es|zy)?|journalists?|staff|userpics?|gravatar|emojis?|smil(?:ies|eys?))$/i;
const NOTHING =
  /^(?:(?:.*[-_.])?(?:logo|avatar|placeholder|userpic|favicon|sprite)|icon|pixel|counter|count|blank|spacer|transparent|no[-_]?(?:image|photo|picture|foto)|\d{1,2}px|logo(?:[-_](?:white|black|dark|light|small|big|main|site|new|mini|header|footer))+|1x1|spinner|loader|loading|preloader|lazy(?:load)?|stub|dummy|(?:(?:og|share|social|post|news|thumb\w*|image|img|photo)[-_])?default(?:[-_](?:og|share|social|image|img|photo|thumb\w*|cover))?)(?:[-_.@]?\d+x?\d*)?$/i;

/** Whether an address may lead to a story's picture, as far as it says. */
export function isPictureLink(link: string): boolean {
  const { hostname, pathname, searchParams } = new URL(link);
  const parts = pathname.split('/').filter(Boolean);
  const file = parts.pop() ?? '';
  if (NO_PICTURE.test(file) || FACES.test(hostname)) return false;
  if (COUNTERS.test(hostname) && !PHOTO.test(file)) return false;
  if (parts.some((part) => NO_STORY.test(part)) || NOTHING.test(file.replace(/\.\w{2,5}$/, ''))) return false;
  const sizes = ['w', 'width'].flatMap((name) => searchParams.get(name) ?? []).map(Number);
  const [, wide, high] = /(?:^|[-_])(\d{1,4})x(\d{1,4})(?=\.\w+$|[-_])/.exec(file) ?? [];
  const named = [...sizes, ...(wide && high ? [Math.max(Number(wide), Number(high))] : [])];
  return named.every((size) => !(size < SMALLEST_NAMED));
}

/** The address of a picture of a page; lazy pages put it into some attribute of their own. */
export function pictureLink(image: Element, base: string): string | undefined {
  if (isTiny(image) || isOfSite(image)) return undefined;
  return [...lazyIn(image), ...sourcesOf(image), attribute(image, 'src'), widest(attribute(image, 'srcset'))]
    .filter((value) => value && !/^(?:data|blob|about):/i.test(value.trim()))
    .map((value) => absoluteLink(value, base))
    .find((link) => link !== undefined && isPictureLink(link));
}

function isTiny(image: Element): boolean {
  const styled = /(?:^|[;\s])(?:width|height)\s*:\s*(\d{1,4})px/i.exec(
    attribute(image, 'style').slice(0, 500),
  )?.[1];
  const sizes = [attribute(image, 'width'), attribute(image, 'height'), styled ?? ''];
  return sizes.some((size) => /^\d+(?:px)?$/.test(size.trim()) && Number.parseInt(size, 10) < SMALLEST);
}

/** Classes of what shows a person or the site rather than the story, and how far around a picture they are looked for. */
const OF_SITE =
  /(?:^|[\s_-])(?:author|authors|byline|avatar|userpic|journalist|contributor|columnist|logo|emoji|wp-smiley|social)(?:$|[\s_-])/i;
const AROUND = 4;

function isOfSite(image: Element): boolean {
  let at: Element | undefined = image;
  for (let steps = 0; at && steps < AROUND; steps++) {
    if (/^(?:figure|article|main|body)$/.test(at.name)) return false;
    if (
      OF_SITE.test(attribute(at, 'class').slice(0, 300)) ||
      attribute(at, 'rel') === 'author' ||
      attribute(at, 'itemprop') === 'author'
    )
      return true;
    at = at.parent && isTag(at.parent) ? at.parent : undefined;
  }
  return false;
}

const PICTURE_FILE = /\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])/i;
/** Attributes that hold an address, whatever the file is called. */
const LAZY = /^data-(?:lazy-|img-|image-|full-)?(?:src|original|lazy|image|url)$/;

/** Addresses in attributes of a script that puts the picture in later; sets before single ones that are smaller. */
function lazyIn({ attribs }: Element): string[] {
  const own = Object.entries(attribs).filter(
    ([name, value]) => name.startsWith('data-') && value.length < 10_000,
  );
  const sets = own.filter(([name]) => name.endsWith('srcset')).map(([, value]) => widest(value));
  const single = own.filter(
    ([name, value]) => LAZY.test(name) || (PICTURE_FILE.test(value) && !/\s/.test(value.trim())),
  );
  return [...single.map(([, value]) => value), ...sets];
}

/** The sources of the `picture` around an image. */
function sourcesOf({ parent }: Element): string[] {
  if (!parent || !isTag(parent) || parent.name !== 'picture') return [];
  return parent.children.flatMap((child) =>
    isTag(child) && child.name === 'source'
      ? [widest(attribute(child, 'data-srcset')), widest(attribute(child, 'srcset'))]
      : [],
  );
}

/** The widest of a `srcset`. A comma ends an address only before a blank or behind a size. */
function widest(srcset: string): string {
  const found = [...srcset.slice(0, 10_000).matchAll(/([^\s,]\S*[^\s,])(?:\s+([\d.]{1,8})[wx])?\s*(?:,|$)/g)];
  const [best] = found.toSorted((a, b) => Number(b[2] ?? 0) - Number(a[2] ?? 0));
  return best?.[1] ?? '';
}
