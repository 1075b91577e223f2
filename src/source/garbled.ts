/**
 * Texts that were decoded wrongly somewhere on their way. Bytes of one encoding read as another leave traces that no
 * language of ours writes; such a text is never news nor a correction.
 */
import { sequencesIn } from './charset.ts';
import type { Item } from './item.ts';

/** Encodings for which UTF-8 is mistaken most often, each the byte of every character. */
const MISTAKEN = ['windows-1251', 'windows-1252', 'koi8-r'].map((charset) => {
  const characters = new TextDecoder(charset).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return new Map(Array.from(characters, (character, byte) => [character.charCodeAt(0), byte]));
});
/** Fewer letters could be chance: `Мі` in windows-1251 is a letter of UTF-8. */
const LEAST_GARBLED = 3;

/** Traces of another encoding than UTF-8, and the share of all letters that they may have in a sound text. */
const TRACES: readonly { readonly trace: RegExp; readonly most: number }[] = [
  // windows-1251 read as latin-1.
  { trace: /[À-ÖØ-öø-ÿ]{4,}/gu, most: 0.3 },
  // windows-1251 read as KOI8-R, or the other way round: small letters first, capitals behind.
  { trace: /(?<!\p{L})\p{Script=Cyrillic}(?<=\p{Ll})\p{Lu}{2,}(?!\p{L})/gu, most: 0.05 },
];
/** Fewer letters than this prove nothing of them. */
const LEAST_LETTERS = 8;
/** Characters that could not be read, at least and in a share of all letters. */
const UNREAD = { least: 3, share: 0.05 };

/** How much of a text is looked at, UTF-16 units. */
const LONGEST_LOOK = 5000;

/** Without it there is nothing that was mistaken. */
const BEYOND_ASCII = /\P{ASCII}/u;

/** Whether a text is garbled for the most part. */
export function isGarbled(whole: string): boolean {
  const text = whole.slice(0, LONGEST_LOOK);
  const letters = text.match(/[\p{L}\ufffd]/gu)?.length ?? 0;
  if (isLost(text, letters)) return true;
  if (!BEYOND_ASCII.test(text)) return false;
  const unread = text.match(/\ufffd/g)?.length ?? 0;
  if (unread >= UNREAD.least && unread > UNREAD.share * letters) return true;
  if (MISTAKEN.some((byteOf) => isWrongly(text, byteOf))) return true;
  return letters >= LEAST_LETTERS && TRACES.some(({ trace, most }) => lengthOf(text, trace) > most * letters);
}

/** Whether other letters stand for those that were none of a database's, `???? ????? ????`, or of UTF-7's: `+BBwEPgRBBEI-`. */
function isLost(text: string, letters: number): boolean {
  const words = text.match(WORD_OF_MARKS) ?? [];
  return words.length > 1 && words.join('').length > letters;
}
const WORD_OF_MARKS = /\?{2,}|\+B[A-D][\w+/]{2,}-/g;

/** Whether the text was UTF-8 that was read as another encoding (`РќР°РІС–РЅС‹`). */
function isWrongly(text: string, byteOf: ReadonlyMap<number, number>): boolean {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = byteOf.get(text.charCodeAt(at)) ?? 0xff;
  const { whole, strays } = sequencesIn(bytes);
  return whole >= LEAST_GARBLED && whole > strays;
}

const lengthOf = (text: string, trace: RegExp): number =>
  [...text.matchAll(trace)].reduce((sum, [match]) => sum + match.length, 0);

/** The item without texts that were garbled on their way; undefined: its headline was. */
export function wellWritten(item: Item): Item | undefined {
  if (isGarbled(item.headline)) return undefined;
  if (!isGarbled(`${item.summary ?? ''} ${item.content ?? ''}`)) return item;
  const { summary: _summary, content: _content, text: _text, ...rest } = item;
  return rest;
}
