import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EDITIONS } from '#src/news/edition.ts';
import { type LocaleKey, loadWords } from '#src/render/locale.ts';
import { readTexts, typesFor } from '../../scripts/locale-types.ts';

const locales = loadWords();
const english = readTexts('en');
const ROOT = new URL('../../', import.meta.url);

describe('every language says everything', () => {
  it.each(['be', 'ru'])(
    '%s has the texts of English in the same files with the same variables',
    (language) => {
      const told = [...readTexts(language)].sort(([a], [b]) => (a < b ? -1 : 1));
      const wanted = [...english].sort(([a], [b]) => (a < b ? -1 : 1));
      expect(told.map(([key, { file, variables }]) => [key, file, variables])).toEqual(
        wanted.map(([key, { file, variables }]) => [key, file, variables]),
      );
    },
  );

  it('no text has tags in one language and none in another', () => {
    for (const edition of EDITIONS)
      for (const [key, { markup: tags }] of readTexts(edition))
        expect([key, tags]).toEqual([key, english.get(key)?.markup]);
  });

  it('the list of texts for the compiler is fresh (npm run texts)', () => {
    expect(readFileSync(new URL('src/render/locale-keys.ts', ROOT), 'utf8')).toBe(typesFor(english));
  });

  it('every text is said somewhere', () => {
    const source = globSync('src/**/*.ts', { cwd: ROOT })
      .filter((file) => !file.endsWith('locale-keys.ts'))
      .map((file) => readFileSync(new URL(file, ROOT), 'utf8'))
      .join('\n');
    // Keys that are put together begin in a template literal: `field-${name}`.
    const begun = [...source.matchAll(/`([a-z]+(?:-[a-z]+)*-)\$\{/g)].map(([, prefix = '']) => prefix);
    const isSaid = (key: string) =>
      source.includes(`'${key}'`) || begun.some((prefix) => key.startsWith(prefix));
    expect([...english.keys()].filter((key) => !isSaid(key))).toEqual([]);
  });

  it('every text can be formatted with any number and shows no brace and no empty place', () => {
    for (const edition of EDITIONS)
      for (const [key, { variables }] of english)
        for (const count of [0, 1, 1.5, 2, 5, 11, 21]) {
          const values = Object.fromEntries(variables.map((name) => [name, count]));
          const locale = locales.for(edition);
          const said = locale.html(key as LocaleKey, values as never);
          expect(said, `${edition} ${key}`).not.toMatch(/[{}]|undefined|\?\?\?| {2}/);
          expect(said.trim(), `${edition} ${key}`).not.toBe('');
        }
  });
});

describe('the texts keep the house rules', () => {
  const lines = EDITIONS.flatMap((edition) =>
    globSync(`locales/${edition}/*.ftl`, { cwd: ROOT }).flatMap((file) =>
      readFileSync(new URL(file, ROOT), 'utf8')
        .split('\n')
        .map((line, index) => ({
          edition,
          place: `${file}:${index + 1}`,
          text: line.replace(/^#.*|\{[^}]*\}/g, ''),
        })),
    ),
  );
  const found = (pattern: RegExp, ...languages: readonly string[]) =>
    lines
      .filter(({ edition, text }) => languages.includes(edition) && pattern.test(text))
      .map(({ place, text }) => `${place} ${text.trim()}`);

  it('no exclamation marks', () => expect(found(/!/, 'be', 'ru', 'en')).toEqual([]));
  it('the apostrophe is ’', () => expect(found(/\p{L}['ʼ`]\p{L}/u, 'be', 'ru', 'en')).toEqual([]));
  it('quotes are « » in Belarusian and Russian', () =>
    expect(found(/(?<!=)"[^"]*\p{Script=Cyrillic}|“(?!.*»)/u, 'be', 'ru')).toEqual([]));
  it('dashes have spaces', () => expect(found(/\p{L}—|—\p{L}| - /u, 'be', 'ru')).toEqual([]));
  it('ў stands after a vowel, у after a consonant or a stop', () => {
    expect(found(/[аеёіоуыэюя]\s+у\s/iu, 'be')).toEqual([]);
    expect(found(/[бвгджзйклмнпрстфхцчшь][»”]?\s+ў|[.,:;—(]\s*ў|(^|[=\]])\s*ў/iu, 'be')).toEqual([]);
  });
  it('no Russian letters in Belarusian and no Belarusian ones in Russian', () => {
    expect(found(/[ищъ]/iu, 'be')).toEqual([]);
    expect(found(/[ўі]/iu, 'ru').filter((line) => !line.includes('Позірк'))).toEqual([]);
  });
  it('words that are not ours do not occur', () => {
    expect(found(/настройк|чэраз|получ|паследн|поўнасц|нажм|выберы|адмян/iu, 'be')).toEqual([]);
    expect(found(/осуществ|данн(ый|ая|ое)|являет/iu, 'ru')).toEqual([]);
  });
});

describe('numbers decide the form', () => {
  it.each([
    [
      'be',
      [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 1.5],
      '0 новых навін, 1 новая навіна, 2 новыя навіны, 4 новыя навіны, 5 новых навін, 11 новых навін, 12 новых навін, 14 новых навін, 21 новая навіна, 22 новыя навіны, 25 новых навін, 101 новая навіна, 111 новых навін, 1,5 новай навіны',
    ],
    [
      'ru',
      [0, 1, 2, 5, 11, 14, 21, 22, 25, 1.5],
      '0 новых новостей, 1 новая новость, 2 новые новости, 5 новых новостей, 11 новых новостей, 14 новых новостей, 21 новая новость, 22 новые новости, 25 новых новостей, 1,5 новой новости',
    ],
    ['en', [0, 1, 2, 21, 1.5], '0 new stories, 1 new story, 2 new stories, 21 new stories, 1.5 new stories'],
  ] as const)('in %s', (edition, counts, said) => {
    expect(counts.map((count) => locales.for(edition).text('bulletin-new', { count })).join(', ')).toBe(said);
  });
});

describe('dates are in words, in the language of the edition', () => {
  const now = Date.parse('2026-11-24T08:00:00Z');
  it.each([
    ['be', '22 жніўня', '1 студзеня 2025', '22 жніўня, 14:05'],
    ['ru', '22 августа', '1 января 2025', '22 августа, 14:05'],
    ['en', '22 August', '1 January 2025', '22 August, 14:05'],
  ] as const)('in %s', (edition, day, old, exact) => {
    const locale = locales.for(edition);
    expect(locale.date('2026-08-22', now)).toBe(day);
    expect(locale.date('2025-01-01', now)).toBe(old);
    expect(locale.dateTime(Date.parse('2026-08-22T11:05:00Z'), 'Europe/Minsk', now)).toBe(exact);
  });

  it('every month is in the genitive', () => {
    const months = (edition: 'be' | 'ru') =>
      Array.from({ length: 12 }, (_, month) =>
        locales
          .for(edition)
          .date(`2026-${String(month + 1).padStart(2, '0')}-05`, now)
          .slice(2),
      ).join(' ');
    expect(months('be')).toBe(
      'студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня',
    );
    expect(months('ru')).toBe(
      'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
    );
  });

  it('the year turns with the midnight of the chat, not of Greenwich', () => {
    const justAfter = Date.parse('2026-12-31T21:30:00Z');
    expect(locales.for('be').date('2027-01-01', justAfter, 'Europe/Minsk')).toBe('1 студзеня');
    expect(locales.for('be').date('2027-01-01', justAfter, 'Europe/Lisbon')).toBe('1 студзеня 2027');
  });

  it('daylight saving is that of the chat', () => {
    expect(locales.for('en').time(Date.parse('2026-03-29T00:59:00Z'), 'Europe/Warsaw')).toBe('01:59');
    expect(locales.for('en').time(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Warsaw')).toBe('03:00');
    expect(locales.for('en').time(Date.parse('2026-03-29T00:00:00Z'), 'Nowhere/Land')).toBe('00:00');
  });
});

it('what a reader or the newsroom wrote is escaped in HTML and plain in plain text', () => {
  const locale = locales.for('ru');
  expect(locale.html('story-credit', { credit: 'А & <Б>' })).toBe('Фото: А &amp; &lt;Б&gt;');
  expect(locale.text('story-credit', { credit: 'А & <Б>' })).toBe('Фото: А & <Б>');
});

it('what a reader typed stays in its script, in a text in łacinka too', () => {
  const locale = locales.for('be', 'lacinka');
  expect(locale.text('search-title', { words: 'Минск <і>' })).toBe('Znajšłosia: Минск <і>');
  expect(locale.html('search-none', { words: 'Минск <і>' })).toBe('Ničoha nie znajšłosia: Минск &lt;і&gt;');
  expect(locale.text('value-keep-hours', { hours: 3 })).toBe('praz 3 hadziny');
});

it('numbers are written as the language does', () => {
  expect(locales.for('be').number(1.5)).toBe('1,5');
  expect(locales.for('en').number(12000)).toBe('12,000');
});
