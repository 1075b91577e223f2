/** Our words in three languages: Fluent texts from `locales/<language>/*.ftl`, dates and numbers. The only user of Fluent. */
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { readdirSync, readFileSync } from 'node:fs';
import { remembered } from '../bounded.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import type { Settings } from '../news/settings.ts';
import { clockIn, dayIn, timeIn } from '../news/zone.ts';
import { newsroom } from '../newsroom/current.ts';
import { escapeHtml } from './html.ts';
import { toLacinka } from './lacinka.ts';
import type { LocaleKey, LocaleVariables, PlainKey } from './locale-keys.ts';

export type { LocaleKey, PlainKey } from './locale-keys.ts';

export type Script = Settings['script'];

/** A number is written in the language's own way (`1,5`) and decides the plural; a year goes in as a string. */
export type PlainArgument = string | number;

type Arguments<K extends LocaleKey> = [LocaleVariables[K]] extends [never]
  ? [none?: Readonly<Record<string, never>>]
  : [values: Readonly<Record<LocaleVariables[K], PlainArgument>>];

/** One language in one script. */
export interface Locale {
  readonly edition: Edition;
  /** Plain text, for buttons, toasts and descriptions: only keys without markup. */
  text<K extends PlainKey>(key: K, ...args: Arguments<K>): string;
  /** Telegram HTML: the text's own tags stay, string arguments are escaped. */
  html<K extends LocaleKey>(key: K, ...args: Arguments<K>): string;
  /** Any Belarusian text in the script of this locale; in other languages the text itself. */
  written(text: string): string;
  /** `22 жніўня`; with the year where it is not the year of `now` (ms) in `timezone`. `day` is `YYYY-MM-DD`. */
  date(day: string, now: number, timezone?: string): string;
  /** `22 жніўня, 14:05` in `timezone`; the year as in `date`. */
  dateTime(at: number, timezone: string, now: number): string;
  /** `14:05` in `timezone`. */
  time(at: number, timezone: string): string;
  /** `1,5`, `12 000` as the language writes it. */
  number(value: number): string;
}

/** All languages. `script` has a meaning in Belarusian only; Cyrillic where it is left out. */
export interface Locales {
  for(edition: Edition, script?: Script): Locale;
}

/** Reads all languages from `folder`. Throws where a text cannot be parsed: a mistake of ours, not of the outside. */
export function loadWords(): Locales {
  const folder = new URL('../../locales/', import.meta.url);
  const spoken = new Map(EDITIONS.map((edition) => [edition, readLanguage(folder, edition)]));
  const locales = new Map<string, Locale>();
  return {
    for(edition, script = 'cyrillic') {
      const shown = edition === 'be' ? script : 'cyrillic';
      return remembered(locales, `${edition} ${shown}`, () =>
        createLocale(edition, shown, (key) => find(spoken, edition, key)),
      );
    },
  };
}

function readLanguage(folder: URL, edition: Edition): FluentBundle {
  // Isolation marks around variables would count as characters and show in some clients.
  const bundle = new FluentBundle(edition === 'en' ? 'en-GB' : edition, { useIsolating: false });
  const place = new URL(`${edition}/`, folder);
  for (const file of readdirSync(place)
    .filter((name) => name.endsWith('.ftl'))
    .sort()) {
    const mistakes = bundle.addResource(new FluentResource(readFileSync(new URL(file, place), 'utf8')));
    if (mistakes[0]) throw new Error(`locales/${edition}/${file}: ${mistakes[0].message}`);
  }
  bundle.addResource(new FluentResource(namesFor(edition)), { allowOverrides: true });
  return bundle;
}

/** Names of the newsroom and its product for subscribers, as Fluent terms. */
function namesFor(edition: Edition): string {
  const { agency, paid } = newsroom();
  const literal = (text: string) => `{ ${JSON.stringify(text)} }`;
  const plus = paid ? `-plus = ${literal(paid.label)}\n` : '';
  return `-agency = ${literal(agency[edition])}\n${plus}`;
}

type Pattern = Exclude<NonNullable<ReturnType<FluentBundle['getMessage']>>['value'], null>;

type Found = [FluentBundle, Pattern] | undefined;

/** The text in its language, else in English: a reader is better served by a foreign line than by none. */
function find(spoken: Map<Edition, FluentBundle>, edition: Edition, key: string): Found {
  for (const language of [edition, 'en'] as const) {
    const bundle = spoken.get(language);
    const pattern = bundle?.getMessage(key)?.value;
    if (bundle && pattern) return [bundle, pattern];
  }
  return undefined;
}

type TextArguments = Readonly<Record<string, PlainArgument>>;
/** An argument as it stands in a text. */
type Show = (value: PlainArgument) => PlainArgument;

function createLocale(edition: Edition, script: Script, look: (key: string) => Found): Locale {
  const latin = edition === 'be' && script === 'lacinka';
  const written = (text: string) => (latin ? toLacinka(text) : text);
  const language = edition === 'en' ? 'en-GB' : edition;
  const numbers = new Intl.NumberFormat(language);
  const months = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const format = formatter(look, latin);
  const date = (day: string, now: number, timezone = 'Europe/Minsk') => {
    const [year = ''] = day.split('-');
    const words = months.format(Date.parse(`${day}T00:00:00Z`));
    return written(year === String(clockIn(timezone, now).year) ? words : `${words} ${year}`);
  };
  /** A text without arguments is the same each time, and most are. */
  const maker = (show: Show, write: (text: string) => string) => {
    const known = new Map<string, string>();
    return (key: string, values?: TextArguments): string =>
      values ? format(key, values, show, write) : remembered(known, key, () => format(key, {}, show, write));
  };
  return {
    edition,
    text: maker((value) => value, written),
    html: maker(escaped, (html) => outsideTags(html, written)),
    written,
    date,
    dateTime: (at, timezone, now) => `${date(dayIn(timezone, at), now, timezone)}, ${timeIn(timezone, at)}`,
    time: (at, timezone) => timeIn(timezone, at),
    number: (value) => numbers.format(value),
  };
}

/**
 * Makes texts of patterns. In łacinka `write` gets our own words only; what is put into them, such as what a reader typed,
 * stays as it is.
 */
function formatter(look: (key: string) => Found, latin: boolean) {
  const format = (key: string, values: TextArguments, show: Show) => {
    const found = look(key);
    if (!found) return key;
    const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, show(value)]));
    // An array collects what is missing in the arguments; without it Fluent would throw in a reader's face.
    return found[0].formatPattern(found[1], shown, []);
  };
  return (key: string, values: TextArguments, show: Show, write: (text: string) => string): string => {
    if (!latin) return format(key, values, show);
    const kept: string[] = [];
    const keep = (value: PlainArgument) => {
      const text = show(value);
      return typeof text === 'number' ? text : `\uE000${kept.push(text) - 1}\uE001`;
    };
    return write(format(key, values, keep)).replace(/\uE000(\d+)\uE001/g, (_, at) => kept[Number(at)] ?? '');
  };
}

const escaped: Show = (value) => (typeof value === 'string' ? escapeHtml(value) : value);

/** `change` applied to the text between the tags of `html` and to nothing else. */
const outsideTags = (html: string, change: (text: string) => string): string =>
  html.replace(/(<[^>]*>|&#?\w+;)|[^<&]+|[<&]/g, (part, fixed: string | undefined) => fixed ?? change(part));
