import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { mistakeLine, readSourceConfig } from '#src/config/config.ts';
import { checkNewsroom } from '#src/newsroom/check.ts';
import type { Newsroom } from '#src/newsroom/newsroom.ts';
import { newsroom, openNewsroom } from '#src/newsroom/current.ts';
import {
  isOnlyPaidLabel,
  isPaidLabel,
  namesNewsroom,
  storyEdition,
  withoutName,
  withoutPaidLabel,
} from '#src/newsroom/signs.ts';
import { dateline } from '#src/source/dateline.ts';
import { loadWords } from '#src/render/locale.ts';
import { storyArticle } from '#src/render/rich.ts';
import { storyOf, viewFor } from '../render/stories.ts';
import { HORAD } from './horad.ts';

const locales = loadWords();
const pozirk = newsroom();
const folder = mkdtempSync(join(tmpdir(), 'pozirk-newsroom-'));
afterEach(() => openNewsroom(pozirk));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (text: string): string => {
  const path = join(folder, 'newsroom.json');
  writeFileSync(path, text);
  return path;
};
const mistakes = (text: string): string[] => {
  const read = readSourceConfig({ NEWSROOM: fileOf(text) });
  return read.ok ? [] : read.mistakes.map(mistakeLine);
};

describe('a newsroom in a file', () => {
  it('is read whole, and its addresses are those of the editions', () => {
    const read = readSourceConfig({
      NEWSROOM: fileOf(JSON.stringify(HORAD)),
      SOURCE_RU: 'https://mirror.example/ru',
    });
    if (!read.ok) throw new Error(read.mistakes.map(mistakeLine).join('\n'));
    expect(read.config.source.newsroom).toEqual(HORAD);
    expect(read.config.source.addresses).toEqual({
      be: HORAD.sources.be,
      ru: ['https://mirror.example/ru'],
      en: [],
    });
  });

  it('has every mistake told at once, each with what would be right', () => {
    const lines = mistakes(
      JSON.stringify({
        ...HORAD,
        agent: 'two words',
        names: ['horad'],
        timezone: 'Europe/Horad',
        sources: { be: ['ftp://horad.example'], ru: [], en: [] },
        storyPath: 'news',
        bodies: ['[data'],
        colour: 'red',
        agency: undefined,
      }),
    );
    expect(lines.map((line) => /"(\w+)"/.exec(line.replace(/^.*json": /, ''))?.[1])).toEqual([
      'agent',
      'agency',
      'names',
      'timezone',
      'sources',
      'storyPath',
      'bodies',
      'colour',
    ]);
    for (const line of lines) expect(line).toMatch(/^NEWSROOM: .+; right: .{5,}$/);
  });

  it.each([
    ['[]', /not JSON with one object/],
    ['{', /not JSON with one object/],
    ['{}', /"agent" is missing/],
  ])('%s is no newsroom', (text, why) => expect(mistakes(text)[0]).toMatch(why));

  it('that is not there is one line', () => {
    const read = readSourceConfig({ NEWSROOM: join(folder, 'nobody.json') });
    expect(read.ok ? [] : read.mistakes.map(mistakeLine)).toEqual([
      expect.stringMatching(/^NEWSROOM: .*cannot be read \(ENOENT\)/),
    ]);
  });

  it('is checked without being run: no pattern of its own, however odd, is taken for one', () => {
    const odd: Newsroom = { ...HORAD, names: ['A.*(b', 'Б[а-'], storyPath: '/{edition}/a.b/{name}' };
    expect(checkNewsroom(JSON.stringify(odd))).toEqual(odd);
    openNewsroom(odd);
    expect(storyEdition('/be/aXb/one')).toBeUndefined();
    expect(storyEdition('/be/a.b/one/')).toBe('be');
    expect(dateline('8 ліпеня, Аaaab. Тэкст')).toBeUndefined();
    expect(dateline('8 ліпеня, A.*(b. Тэкст')?.rest).toBe('Тэкст');
  });
});

describe('what is recognised by the newsroom', () => {
  const noun = ({ ending }: { readonly ending: string }) => `парталу${ending}`;
  const sees = () => ({
    dateline: dateline('8 ліпеня, Горад. Рака выйшла з берагоў.')?.rest,
    paid: isPaidLabel('Толькі для Горад+'),
    only: isOnlyPaidLabel('Чытайце на Горад+'),
    headline: withoutPaidLabel('Рака выйшла з берагоў (Горад+)'),
    named: withoutName('Гораду стала вядома', noun),
    address: namesNewsroom('https://static.horad.example/1.jpg'),
    story: storyEdition('/ru/artykul/raka'),
  });

  it('is that newsroom’s own and no other’s', () => {
    expect(sees()).toEqual({
      dateline: undefined,
      paid: false,
      only: false,
      headline: 'Рака выйшла з берагоў (Горад+)',
      named: 'Гораду стала вядома',
      address: false,
      story: undefined,
    });
    openNewsroom(HORAD);
    expect(sees()).toEqual({
      dateline: 'Рака выйшла з берагоў.',
      paid: true,
      only: true,
      headline: 'Рака выйшла з берагоў',
      named: 'парталуу стала вядома',
      address: true,
      story: 'ru',
    });
    expect(dateline('8 ліпеня, Позірк. Рака выйшла з берагоў.')).toBeUndefined();
    expect(isPaidLabel('only for POZIRK+')).toBe(false);
  });

  it('no picture of its own stands in an article in neutral wording, alone or within the text', () => {
    openNewsroom(HORAD);
    const url = 'https://static.horad.example/1.jpg';
    const story = storyOf('en', { picture: { url }, body: [{ kind: 'figure', url, caption: 'The river.' }] });
    const drawn = (neutral: boolean) =>
      JSON.stringify(storyArticle(story, viewFor('en', { articles: true, neutral }), locales)).split(url)
        .length - 1;
    expect([drawn(false), drawn(true)]).toEqual([2, 0]);
  });

  it('a newsroom without a product for subscribers has no label', () => {
    const { paid: _paid, ...free } = HORAD;
    openNewsroom(free);
    expect([isPaidLabel('Горад+'), isOnlyPaidLabel('Горад+'), withoutPaidLabel('Рака Горад+')]).toEqual([
      false,
      false,
      'Рака Горад+',
    ]);
  });
});
