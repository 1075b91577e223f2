/** Which pictures of a page or a feed may stand for a story: no face, no logo, no placeholder, nothing that is no picture. */
import type { Element } from 'domhandler';
import { attribute } from '../html-blocks.ts';
import { absoluteLink } from '../links.ts';

/** Shown smaller than this a picture is an ornament, pixels. */
const SMALLEST = 60;
/** Addresses that name a size name the whole picture's; below this it is a face or a thumb of another story. */
const SMALLEST_NAMED = 150;

/** Files that are no picture, and drawings that Telegram does not show. */
const NO_PICTURE = /\.(?:mp3|m4a|ogg|wav|mp4|webm|avi|mov|m3u8|pdf|docx?|xlsx?|zip|svg|html?|php)$/i;
/** Folders of what belongs to the site or to its people, not to a story. */
const NO_STORY =
  /^(?:icons?|logos?|avatars?|sprites?|authors?|autor(?:es|zy)?|journalists?|userpics?|gravatar|emoji)$/i;
const NOTHING =
  /^(?:(?:.*[-_.])?(?:logo|avatar|placeholder|userpic|favicon|sprite)|icon|pixel|counter|count|blank|spacer|transparent|no-?(?:image|photo)|1x1|default(?:[-_](?:image|photo|thumb\w*))?)(?:[-_.@]?\d+x?\d*)?$/i;

/** Whether an address may lead to a story's picture, as far as it says. */
export function isPictureLink(link: string): boolean {
  const { hostname, pathname, searchParams } = new URL(link);
  const parts = pathname.split('/').filter(Boolean);
  const file = parts.pop() ?? '';
  if (NO_PICTURE.test(file) || /(?:^|\.)gravatar\.com$/.test(hostname)) return false;
  if (parts.some((part) => NO_STORY.test(part)) || NOTHING.test(file.replace(/\.\w{2,5}$/, ''))) return false;
  const sizes = ['w', 'width'].flatMap((name) => searchParams.get(name) ?? []).map(Number);
  const [, wide, high] = /(?:^|[-_])(\d{1,4})x(\d{1,4})(?=\.\w+$|[-_])/.exec(file) ?? [];
  const named = [...sizes, ...(wide && high ? [Math.max(Number(wide), Number(high))] : [])];
  return named.every((size) => !(size < SMALLEST_NAMED));
}

/** The address of a picture of a page; lazy pages put it into any of these attributes. */
export function pictureLink(image: Element, base: string): string | undefined {
  const isTiny = ['width', 'height'].some((name) => Number(attribute(image, name) || 999) < SMALLEST);
  if (isTiny) return undefined;
  const written = ['data-src', 'data-lazy-src', 'data-original', 'data-lazy', 'data-image']
    .map((name) => attribute(image, name))
    .concat(
      widest(attribute(image, 'data-srcset')),
      attribute(image, 'src'),
      widest(attribute(image, 'srcset')),
    );
  return written
    .filter((value) => value && !/^(?:data|blob|about):/i.test(value))
    .map((value) => absoluteLink(value, base))
    .find((link) => link !== undefined && isPictureLink(link));
}

/** The widest of a `srcset`. A comma ends an address only before a blank or behind a size. */
function widest(srcset: string): string {
  const found = [...srcset.slice(0, 10_000).matchAll(/([^\s,]\S*[^\s,])(?:\s+([\d.]{1,8})[wx])?\s*(?:,|$)/g)];
  const [best] = found.toSorted((a, b) => Number(b[2] ?? 0) - Number(a[2] ?? 0));
  return best?.[1] ?? '';
}
