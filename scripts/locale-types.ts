/** Writes `src/render/locale-keys.ts` from the texts in `locales/en`: run it after adding or renaming a text. */
import { parse, Visitor, type Message, type Term } from '@fluent/syntax';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const LOCALES = new URL('../locales/', import.meta.url);
const TARGET = new URL('../src/render/locale-keys.ts', import.meta.url);

/** A text of one language, as far as programs see it. */
export interface TextFacts {
  readonly file: string;
  /** Names of its variables, sorted. */
  readonly variables: readonly string[];
  /** Whether it has tags, so that it only makes sense as HTML. */
  readonly markup: boolean;
}

/** Facts of every text of `language`. Throws where a file does not parse or a key stands twice. */
export function readTexts(language: string): Map<string, TextFacts> {
  const texts = new Map<string, TextFacts>();
  const folder = new URL(`${language}/`, LOCALES);
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.ftl'))
    .sort()) {
    for (const entry of parse(readFileSync(new URL(file, folder), 'utf8'), {}).body) {
      if (entry.type === 'Junk') throw new Error(`${language}/${file}: ${entry.content.slice(0, 80)}`);
      if (entry.type !== 'Message') continue;
      if (texts.has(entry.id.name)) throw new Error(`${language}/${file}: ${entry.id.name} stands twice`);
      texts.set(entry.id.name, { file, ...factsOf(entry) });
    }
  }
  return texts;
}

function factsOf(entry: Message | Term): Omit<TextFacts, 'file'> {
  const variables = new Set<string>();
  let markup = false;
  class Reader extends Visitor {
    override visitVariableReference(node: { id: { name: string } }) {
      variables.add(node.id.name);
    }
    override visitTextElement(node: { value: string }) {
      if (/<\/?[a-z]|&[a-z]+;/.test(node.value)) markup = true;
    }
  }
  new Reader().visit(entry);
  return { variables: [...variables].sort(), markup };
}

/** The generated module for `texts`, formatted as the project's formatter would. */
export function typesFor(texts: ReadonlyMap<string, TextFacts>): string {
  const rows = [...texts].sort(([one], [other]) => (one < other ? -1 : 1));
  const property = (key: string) => (/^[a-z]+$/i.test(key) ? key : `'${key}'`);
  const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(' | ') || 'never';
  const withTags = rows.filter(([, { markup }]) => markup).map(([key]) => key);
  const oneLine = `type MarkupKey = ${list(withTags)};`;
  const manyLines = ['type MarkupKey =', ...withTags.map((key) => `  | '${key}'`)].join('\n');
  return [
    '/** Generated from `locales/en` by `npm run texts`. */',
    '',
    '/** Every text and the variables that it needs. */',
    'export interface LocaleVariables {',
    ...rows.map(([key, { variables }]) => `  ${property(key)}: ${list(variables)};`),
    '}',
    '',
    'export type LocaleKey = keyof LocaleVariables;',
    '',
    '/** Texts with tags, for `Locale.html` only. */',
    oneLine.length <= 110 ? oneLine : `${manyLines};`,
    '',
    '/** Texts without tags, for buttons and toasts as well. */',
    'export type PlainKey = Exclude<LocaleKey, MarkupKey>;',
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(TARGET, typesFor(readTexts('en')));
