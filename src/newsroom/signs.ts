/** By which signs a text or an address is recognised as the newsroom's own. */
import { remembered } from '../bounded.ts';
import { rewrite } from '../news/borders.ts';
import { EDITION_PATTERN } from '../news/edition.ts';
import type { Newsroom } from './newsroom.ts';
import { newsroom } from './current.ts';

interface Signs {
  readonly paidLabel: RegExp;
  readonly paidEnding: RegExp;
  readonly dateline: RegExp;
  readonly name: RegExp;
  readonly address: RegExp;
  readonly hosts: ReadonlySet<string>;
  readonly storyPath: RegExp | undefined;
}

const made = new WeakMap<Newsroom, Signs>();

/** Patterns are made once for a newsroom. */
const signs = (): Signs => remembered(made, newsroom(), signsOf);

const signsOf = (room: Newsroom): Signs => ({
  ...paidSigns(room),
  dateline: datelineOf(room),
  name: nameIn(room),
  address: new RegExp(anyOf(room.names.filter(isLatin)), 'i'),
  hosts: new Set(
    Object.values(room.sources)
      .flat()
      .map((source) => new URL(source).host),
  ),
  storyPath: room.storyPath === undefined ? undefined : pathOf(room.storyPath),
});

const exactly = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/ +/g, '\\s+');
/** Nothing matches where there is nothing to look for. */
const anyOf = (texts: readonly string[]): string =>
  texts.length
    ? `(?:${texts
        .toSorted((a, b) => b.length - a.length)
        .map(exactly)
        .join('|')})`
    : '(?!)';
/** Latin letters that look like Cyrillic ones, in this order. */
const CYRILLIC = 'аеорсухіАВЕКМНОРСТУХІ';
const LATIN = 'aeopcyxiABEKMHOPCTYXI';
/** A Cyrillic name as it is also typed: with Latin letters that look alike, with a mark of stress. */
const typed = (pattern: string): string =>
  pattern.replace(/\p{Script=Cyrillic}/gu, (letter) => {
    const latin = LATIN.charAt(CYRILLIC.indexOf(letter));
    const alike = CYRILLIC.includes(letter)
      ? `[${letter}${latin}${`${latin}\u0301`.normalize('NFC').charAt(0)}]`
      : letter;
    return `${alike}\\u0301?`;
  });
const isLatin = (text: string): boolean => /^[\p{Script=Latin}\p{N}\s.'-]+$/u.test(text);

function paidSigns({ paid }: Newsroom): Pick<Signs, 'paidLabel' | 'paidEnding'> {
  // The plus of a product may stand apart from its name.
  const label = anyOf(paid?.spellings ?? []).replaceAll('\\+', '\\s?\\+');
  const announced = `(?:${anyOf(paid?.announcements ?? [])}\\s+)?`;
  return {
    paidLabel: new RegExp(`(?<![\\p{L}\\p{N}])${label}`, 'iu'),
    paidEnding: new RegExp(`\\s*[(\\[]?${announced}(?<![\\p{L}\\p{N}])${label}[)\\]]?\\.?\\s*$`, 'iu'),
  };
}

/** Whether a text holds the label of stories for subscribers. */
export const isPaidLabel = (text: string): boolean => signs().paidLabel.test(text);

/** Whether a line says nothing but that the story is for subscribers: one short sentence that ends in the label. */
export const isOnlyPaidLabel = (line: string): boolean =>
  line.length <= 120 && !/[.!?]./.test(line.slice(0, -2)) && endsInLabel(line);

function endsInLabel(line: string): boolean {
  const found = signs().paidLabel.exec(line);
  return found ? /^\s*[.»”")]*$/.test(line.slice(found.index + found[0].length)) : false;
}

/** A headline without a label that was written into its line. */
export function withoutPaidLabel(headline: string): string {
  const bare = isPaidLabel(headline) ? headline.replace(signs().paidEnding, '').trim() : headline;
  return bare || headline;
}

function datelineOf({ names, shortNames }: Newsroom): RegExp {
  const agency = `[«"“„']?${typed(anyOf([...names, ...shortNames]))}[»"”“']?`;
  const dayFirst = String.raw`(?<day>\d{1,2})\s+(?<month>\p{L}{3,12})(?:\s+(?<year>\d{4})(?:\s*(?:г\.|года|годзе))?)?`;
  const monthFirst = String.raw`(?<month>\p{L}{3,12})\.?\s+(?<day>\d{1,2})(?:,?\s+(?<year>\d{4}))?`;
  const city = String.raw`(?:\p{Lu}[\p{L}’'-]{2,20},\s+)?`;
  const end = String.raw`(?![\p{L}\p{N}])\s*(?:[.:]?\s*[—–-](?=\s)|[.:])?\s*`;
  return new RegExp(`^${city}(?:${dayFirst}|${monthFirst}),?\\s+${agency}${end}`, 'u');
}

/** `8 ліпеня, Позірк. ` or `March 28, Pozirk. ` at the start of a story; its groups are day, month and year. */
export const datelinePattern = (): RegExp => signs().dateline;

function capitalOrNot(word: string): string {
  const first = word.charAt(0);
  return `[${first.toUpperCase()}${first}]${word.slice(1)}`;
}

/** Words after which the name says once more whose they are: агенцтва «Позірк», the news agency Pozirk. */
const APPOSED = [
  ...'агенцтв агентств партал портал выданн издани сайт сайц медыя медиа рэсурс ресурс праект проект канал газет часопіс'
    .split(' ')
    .map((stem) => `${capitalOrNot(stem)}\\p{L}*`),
  ...'agency outlet website portal publication newspaper paper magazine'.split(' ').map(capitalOrNot),
].join('|');

/**
 * The name within a text, in quotes or not, with the ending of a Cyrillic one; or an address that holds it, whole: of a
 * page, of a mailbox, of a channel. A capital letter is needed: a name may also be an ordinary word; a short name stands
 * alone. Groups: apposed word with its blank, quote, address, what stands in it before the last hyphen, ending, quote.
 */
function nameIn({ names, shortNames }: Newsroom): RegExp {
  const cased = (texts: readonly string[]) => anyOf([...texts, ...texts.map((text) => text.toUpperCase())]);
  const latin = names.filter(isLatin);
  const written = cased([...latin, ...latin.map((name) => name.charAt(0).toLowerCase() + name.slice(1))]);
  const other = typed(cased(names.filter((name) => !isLatin(name))));
  const short = String.raw`(?<![\p{L}\p{N}_@.-])${anyOf(shortNames)}(?![\p{L}\p{N}_])`;
  const place = String.raw`[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\/[^\s<>«»"“”]{0,200}?`;
  const address = String.raw`(?<![\w.-])(?:https?:\/\/)?(?:[\w.+-]{0,64}@|${place})?([\w.-]{0,60}-)?[\w.]{0,60}${written}(?:[\w+-]|[.@](?=\w))*(?:(?:\/|[?#](?=\w))(?:[^\s<>«»"“”]{0,199}[^\s<>«»"“”.,;:!?)])?)?`;
  return new RegExp(
    String.raw`(?:(?<!\p{L})((?:${APPOSED})\s+))?([«"“„])?#?(?:(${address})|(?<!\p{L})${other}([\p{L}\u0301]*)\+?|${short})([»”"])?`,
    'gu',
  );
}

/** One word for several names, of which ours is the first: Сайты «Позірка» и «Зеркала». */
const FOR_SEVERAL = /[ыиіаяў]\s+$|[оеа]в\s+$|[ая][мх]\s+$/u;
const ANOTHER_NAME = /^(?:,\s+[«"“„]|\s+(?:и|і|ды)\s+[«"“„\p{Lu}])/u;

/** The name as it stands in a text. */
export interface NameFound {
  /** Some of the text on both sides of it, without the quotes that hold the name alone. */
  readonly before: string;
  readonly after: string;
  /** Of a Cyrillic name; empty: none. */
  readonly ending: string;
  /** It is an address of the newsroom, or a name in an address. */
  readonly isAddress: boolean;
  /** In capitals, as the words around it. */
  readonly isShouted: boolean;
}

/** Characters on each side of a name that may decide what takes its place. */
const AROUND = 200;

/** The text before `at`; where it is cut a letter stands in for the rest, so that it does not look like a start. */
const beginning = (text: string, at: number): string =>
  at <= AROUND ? text.slice(0, at) : `x${text.slice(at - AROUND, at)}`;

/** `text` with the name replaced by what `noun` makes of it; nothing but the noun is left of `агенцтва «Позірк»`. */
export const withoutName = (text: string, noun: (found: NameFound) => string): string =>
  rewrite(text, signs().name, (found) => inPlaceOf(found, noun));

function inPlaceOf(found: RegExpExecArray, noun: (found: NameFound) => string): string {
  const [all, apposed = '', open = '', address, hyphened = '', ending, close = ''] = found;
  const text = found.input;
  const after = text.slice(found.index + all.length).slice(0, AROUND);
  const isList = FOR_SEVERAL.test(apposed) && ANOTHER_NAME.test(after);
  if (apposed !== '' && !isList) return apposed.trimEnd() + (open === '' ? close : '');
  const isAddress = address !== undefined && /[.@]/u.test(address);
  const isAlone = open !== '' && close !== '';
  const name = (address ?? all.slice(apposed.length)).replace(/^[«"“„]?#?/u, '');
  // Of ex-Pozirk and Pozirk-affiliated the name alone.
  const [tail = ''] = isAddress ? [] : (/-\p{Ll}+$/u.exec(address ?? '') ?? []);
  const kept = apposed + (isAlone ? '' : open) + (isAddress ? '' : hyphened);
  const before = beginning(text, found.index) + kept;
  const word = noun({
    before,
    after: tail + after,
    ending: (ending ?? '').replaceAll('\u0301', ''),
    isAddress,
    // A short name is always in capitals, and the product for subscribers may be.
    isShouted:
      (address ?? ending) !== undefined &&
      !name.includes('+') &&
      /^\p{Lu}\u0301?\p{Lu}/u.test(name.slice(isAddress ? 0 : hyphened.length)) &&
      standsAmongCapitals(before, after),
  });
  return kept + word + tail + (isAlone ? '' : close);
}

/** Whether the words on both sides are in capitals too: a name may be written so by itself (a POZIRK journalist). */
function standsAmongCapitals(before: string, after: string): boolean {
  const around = [/(\p{L}{2,})\P{L}*$/u.exec(before)?.[1], /^(?:[’']s)?\P{L}*(\p{L}{2,})/iu.exec(after)?.[1]];
  const words = around.filter((word) => word !== undefined);
  return words.length > 0 && words.every((word) => word === word.toUpperCase());
}

/** Whether an address tells whose site it leads to. */
export const namesNewsroom = (address: string): boolean => signs().address.test(address);

/** Whether a host is one that the newsroom's own addresses name. */
export const isNewsroomHost = (host: string): boolean => signs().hosts.has(host);

function pathOf(written: string): RegExp {
  const parts = { '{edition}': `(?<edition>${EDITION_PATTERN})`, '{number}': '\\d+', '{name}': '[^/]+' };
  const pattern = written
    .replace(/\/$/, '')
    .split(/(\{\w+\})/)
    .map((part) => parts[part as keyof typeof parts] ?? exactly(part))
    .join('');
  return new RegExp(`^${pattern}/?$`);
}

/** The edition of a story by its path, '' where the path names none; undefined: it is not a story's path. */
export function storyEdition(pathname: string): string | undefined {
  const found = signs().storyPath?.exec(pathname);
  return found ? (found.groups?.['edition'] ?? '') : undefined;
}
