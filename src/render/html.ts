/**
 * Text for Telegram: escaping, measuring and cutting. Telegram measures a message in Unicode code points after its
 * HTML is parsed (TDLib counts the lead bytes of UTF-8), so that is the unit here: never UTF-16 units.
 */

import { isAbbreviation } from './abbreviations.ts';

/** Limits of one message. Telegram's: 4096 code points parsed, 32768 bytes raw, about 100 entities. */
export const MESSAGE_LIMITS = {
  /** Code points after parsing. */
  length: 4096,
  /** Bytes of UTF-8 before parsing, tags included; Telegram refuses more than 32768. */
  bytes: 32_000,
  /** Formatting entities; Telegram drops those beyond about 100 silently. */
  entities: 95,
  /** Bytes of all addresses together; Telegram answers ENTITIES_TOO_LONG at roughly 9.5 kB of entities. */
  links: 8000,
} as const;

/** `text` as it must stand between tags. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A link; `address` must be one that `isLinkable` likes, else Telegram drops it silently. */
export const anchor = (address: string, label: string): string =>
  `<a href="${escapeHtml(address).replaceAll('"', '&quot;')}">${escapeHtml(label)}</a>`;

/**
 * Whether Telegram keeps `address` as a link: http(s), a host with a dot, short enough for a message with others.
 * (TDLib's `check_url` wants the dot; `http://localhost/` loses its link without an error.)
 */
export function isLinkable(address: string): boolean {
  if (!URL.canParse(address) || Buffer.byteLength(address) > 3000) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && /[^.]\.[^.]/.test(hostname) && !/\s/.test(address);
}

/** Length in code points. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let index = 1; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xdc00 && unit <= 0xdfff && isLead(text.charCodeAt(index - 1))) length--;
  }
  return length;
}

const isLead = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** The text of Telegram HTML that we made ourselves: tags off, our four character references read. */
export const visibleText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** Code points that a reader sees of `html`. */
export const visibleLength = (html: string): number => lengthOf(visibleText(html));

/** Entities that `html` may become: its tags, what Telegram finds by itself, and the parts into which that cuts what is set apart. */
export function entitiesIn(html: string): number {
  const cuts = [...html.matchAll(/<([bisu])>(.*?)<\/\1>/gs)].map(([, , inner = '']) =>
    plainEntitiesIn(inner),
  );
  return plainEntitiesIn(html) + PARTS_EACH * cuts.reduce((sum, count) => sum + count, 0);
}

const plainEntitiesIn = (html: string): number =>
  (html.match(/<[a-z]/g) ?? []).length + automaticEntities(visibleText(html));

/** TDLib cuts bold and the like at both ends of a link, name or hashtag within: so many parts more for each. */
export const PARTS_EACH = 2;

/** Whether one message can hold `html`. */
export function fitsMessage(html: string): boolean {
  const { length, bytes, entities, links } = MESSAGE_LIMITS;
  const addresses = [...html.matchAll(/ href="([^"]*)"/g)].map(([, address = '']) =>
    Buffer.byteLength(address),
  );
  return (
    visibleLength(html) <= length &&
    Buffer.byteLength(html) <= bytes &&
    entitiesIn(html) <= entities &&
    addresses.reduce((sum, size) => sum + size, 0) <= links
  );
}

// Control characters, the marks that turn the direction of everything after them, tags, the byte order mark; TDLib
// removes most of them too, and then its length would differ from ours. Joiners stay: letters and emoji need them.
const UNWANTED =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;
/** More marks than this on one letter is not writing but an ornament; living scripts stay below. */
const MOST_MARKS = 4;
const ORNAMENT = new RegExp(`(\\p{M}{${MOST_MARKS}})\\p{M}+`, 'gu');

/**
 * One paragraph of outside text made fit to print: well formed, composed, one line, single spaces, control
 * characters. Empty where nothing in it can be seen.
 */
export function cleanText(text: string): string {
  const composed = text.toWellFormed().replace(UNWANTED, '').normalize('NFC');
  const line = composed
    .replace(ORNAMENT, '$1')
    .replace(/[\s\u0085]+/gu, ' ')
    .trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(line) ? withoutFireworks(line) : '';
}

/** Text that Telegram may turn into an entity by itself: a name, a hashtag, a command, an address; not the hour of a day. */
const AUTOMATIC = /(?:[@#/$.]|(?<!\p{N}):)(?=[\p{L}\p{N}_])/gu;

/** How many entities Telegram may find in `text` by itself, at most; they count towards the limit of a message. */
export const automaticEntities = (text: string): number => text.match(AUTOMATIC)?.length ?? 0;

/**
 * More than a few of them in one paragraph would push the story's own link out of the message: entities past the
 * limit are dropped from the end. So such a paragraph gets an invisible joiner where Telegram would find them.
 */
const withoutFireworks = (text: string): string =>
  automaticEntities(text) > 20 ? text.replace(AUTOMATIC, '$&\u2060') : text;

/** Where Telegram makes a name, a command or an address tappable: after the sign, or the dot of a host. */
const TAPPABLE =
  /@(?=[\uE000\uE001]*\w)|(?<![\p{L}\p{N}_<])\/(?=[\uE000\uE001]*\w)|:(?=\/\/)|(?<=[\p{L}\p{N}_-][\uE000\uE001]*)\.(?=[\uE000\uE001]*[\p{L}\p{N}])/gu;

/**
 * Text of others in which Telegram finds nothing to tap: a command would be sent at a touch, a name or an address leads
 * where its writer likes. An invisible joiner stands where it would look; a number's point is left alone.
 */
export const untappable = (text: string): string =>
  text.replace(TAPPABLE, (sign, at: number) =>
    sign === '.' &&
    /\p{N}$/u.test(text.slice(Math.max(0, at - 2), at)) &&
    /^\p{N}/u.test(text.slice(at + 1, at + 3))
      ? sign
      : `${sign}\u2060`,
  );

/** Text of others as it must stand between tags: nothing in it can be tapped. */
export const foreignHtml = (text: string): string => escapeHtml(untappable(text));

const SENTENCE_END = /[.!?…؟۔]{1,8}[»”"’')\]]{0,4}(?=\s+["«“„(]?[\p{Lu}\p{Lo}\p{N}])/gu;

/** Ends of whole sentences in `text`, as UTF-16 offsets after the closing mark; the end of the text is not one. */
function sentenceEnds(text: string): number[] {
  return [...text.matchAll(SENTENCE_END)]
    .filter(
      ({ 0: mark, index }) => !(mark.startsWith('.') && !/[.!?…]./.test(mark) && isAbbreviation(text, index)),
    )
    .map(({ 0: mark, index }) => index + mark.length);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Enough of `text` to find a cut after at most `max` code points: never work on a whole book for its first page. */
const beginning = (text: string, max: number): string => text.slice(0, 2 * max + 100);

const fitsIn = (text: string, max: number): boolean =>
  text.length <= max || (text.length <= 2 * max && lengthOf(text) <= max);

/** UTF-16 offsets at which `text` may be cut so that at most `max` code points stand before: never in a grapheme. */
function cutPoints(text: string, max: number): { all: Set<number>; last: number; lastSpace: number } {
  const all = new Set([0]);
  let last = 0;
  let lastSpace = 0;
  let length = 0;
  for (const { segment, index } of graphemes.segment(beginning(text, max))) {
    if (/^\s/.test(segment) && index > 0) lastSpace = index;
    length += lengthOf(segment);
    if (length > max) break;
    last = index + segment.length;
    all.add(last);
  }
  return { all, last, lastSpace };
}

/**
 * `text` in at most `max` code points: whole where it fits, else whole sentences, else whole words and `…`. Only a
 * single word longer than `max` is cut inside, between graphemes. A sentence that would leave less than a quarter of
 * the room used is not waited for.
 */
export function cutAtSentence(text: string, max: number): string {
  if (fitsIn(text, max)) return text;
  const points = cutPoints(text, max);
  const sentence = lastSentenceEnd(text, points);
  if (sentence >= max / 4) return text.slice(0, sentence);
  const { last, lastSpace } = cutPoints(text, max - 1);
  const kept = text.slice(0, lastSpace || last).replace(/[\s,;:–—-]+$/u, '');
  return kept && max > 1 ? `${kept}…` : '';
}

/** Code units of the shortest sentence that says something; a shorter one is likely to end in an abbreviation nobody has listed. */
const SHORTEST_SENTENCE = 25;

/** The first sentence of `text` that says something, cut like any other where it is longer than `max` code points. */
export function firstSentence(text: string, max: number): string {
  const end = sentenceEnds(beginning(text, max)).find(
    (at) => at >= SHORTEST_SENTENCE || !text.startsWith('.', at - 1),
  );
  return cutAtSentence(text.slice(0, end ?? text.length), max);
}

/** `text` in pieces of at most `max` code points, cut at sentences, else between words; nothing but spaces is lost. */
export function inPieces(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (!fitsIn(rest, max)) {
    const points = cutPoints(rest, max);
    const sentence = lastSentenceEnd(rest, points);
    const at = sentence >= max / 4 ? sentence : points.lastSpace || points.last || offsetOf(rest, max);
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest ? [...pieces, rest] : pieces;
}

function lastSentenceEnd(text: string, { all, last }: { all: Set<number>; last: number }): number {
  // A little beyond the cut, so that what follows a sentence's dot can be seen.
  return sentenceEnds(text.slice(0, last + 40)).findLast((end) => all.has(end)) ?? 0;
}

/** The UTF-16 offset of code point number `count`. */
const offsetOf = (text: string, count: number): number =>
  Array.from(beginning(text, count)).slice(0, count).join('').length;
