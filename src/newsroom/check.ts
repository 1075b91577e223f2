/** A newsroom's file to the noun, or everything that is wrong with it. */
import { readFileSync } from 'node:fs';
import { compile } from 'css-select';
import { EDITIONS, type Edition } from '../news/edition.ts';
import { isZone } from '../news/zone.ts';
import type { Newsroom } from './newsroom.ts';

/** A mistake in a newsroom's file. */
export interface Flaw {
  readonly wrong: string;
  readonly right: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether a value of a field is right; `right` is what it should look like. */
interface Rule {
  readonly holds: (value: unknown) => boolean;
  readonly right: string;
  readonly isOptional?: boolean;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 200;
const listOf =
  (holds: (value: unknown) => boolean, least = 0) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length >= least && value.length <= 50 && value.every(holds);
const byEdition = (holds: (value: unknown) => boolean) => (value: unknown) =>
  isFields(value) &&
  Object.keys(value).every((key) => EDITIONS.includes(key as Edition)) &&
  EDITIONS.every((edition) => holds(value[edition]));

const isAddress = (value: unknown) => isText(value) && /^https?:$/.test(URL.parse(value)?.protocol ?? '');
const isName = (value: unknown) => isText(value) && /^\p{Lu}/u.test(value);

function isSelector(value: unknown): boolean {
  try {
    return isText(value) && Boolean(compile(value));
  } catch {
    return false;
  }
}

const isStoryPath = (value: unknown) =>
  isText(value) &&
  /^\/(?:[\w.~-]|\{(?:edition|number|name)\}|\/)+$/.test(value) &&
  /\{(?:number|name)\}/.test(value);

const TEXTS = 'a list of texts';
const RULES: Readonly<Record<keyof Newsroom, Rule>> = {
  agent: {
    holds: (value) => isText(value) && /^[A-Za-z][\w-]*$/.test(value),
    right: 'letters, digits, - and _, such as "TownBot"',
  },
  agency: { holds: byEdition(isText), right: 'a text for each of be, ru, en: what follows "news of"' },
  names: { holds: listOf(isName, 1), right: 'at least one spelling of the name, with a capital letter' },
  shortNames: { holds: listOf(isText), right: TEXTS },
  paid: {
    isOptional: true,
    holds: (value) =>
      isFields(value) &&
      isText(value['label']) &&
      listOf(isText, 1)(value['spellings']) &&
      listOf(isText)(value['announcements']),
    right: '{"label": "TOWN+", "spellings": ["TOWN+"], "announcements": []}, or nothing',
  },
  timezone: { holds: (value) => isText(value) && isZone(value), right: 'a zone such as "Europe/Minsk"' },
  sources: {
    holds: byEdition(listOf(isAddress)),
    right: 'for each of be, ru, en a list of http(s) addresses; an empty one switches the edition off',
  },
  storyPath: {
    isOptional: true,
    holds: isStoryPath,
    right: 'a path such as "/{edition}/news/{number}" or "/{edition}/{name}", or nothing',
  },
  bodies: { holds: listOf(isSelector), right: 'a list of CSS selectors' },
};

/** Reads a newsroom's file. Every mistake in it is reported at once. */
export function readNewsroom(file: URL | string): Newsroom | readonly Flaw[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return [
      { wrong: `cannot be read (${code})`, right: 'the path of a file as docs/newsroom.md describes it' },
    ];
  }
  return checkNewsroom(text);
}

/** Checks the text of a file whole. */
export function checkNewsroom(text: string): Newsroom | readonly Flaw[] {
  const fields = parsed(text);
  if (!fields) return [{ wrong: 'is not JSON with one object', right: 'as docs/newsroom.md describes it' }];
  const flaws = Object.entries(RULES).flatMap(([name, { holds, right, isOptional }]) => {
    const value = fields[name];
    if (value === undefined) return isOptional ? [] : [{ wrong: `"${name}" is missing`, right }];
    return holds(value) ? [] : [{ wrong: `"${name}" cannot be used`, right }];
  });
  const strange = Object.keys(fields).filter((name) => !(name in RULES));
  const right = `one of ${Object.keys(RULES).join(', ')}`;
  flaws.push(...strange.map((name) => ({ wrong: `"${name.slice(0, 60)}" is not known`, right })));
  return flaws.length ? flaws : (fields as unknown as Newsroom);
}

function parsed(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
