/** Invented stories and views for the tests of `render/`. */
import type { Edition } from '#src/news/edition.ts';
import type { Story } from '#src/news/story.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import type { View } from '#src/render/view.ts';

/** 24 November 2026, 11:00 in Minsk. */
export const NOW = Date.parse('2026-11-24T08:00:00Z');

const TEXTS: Readonly<Record<Edition, Pick<Story, 'headline' | 'lead' | 'body' | 'rubrics'>>> = {
  be: {
    headline: 'Рэчкаўская бібліятэка адкрылася пасля рамонту',
    lead: 'У выдуманай вёсцы Рэчкаўка 22 жніўня зноў адкрылася бібліятэка, якую рамантавалі два гады.',
    body: [
      { kind: 'paragraph', text: 'Рамонт каштаваў 8.421 рубель. Грошы сабралі жыхары вул. Садовай.' },
      { kind: 'subhead', text: 'Што змянілася' },
      { kind: 'list', items: ['новыя вокны', 'зала для дзяцей', '1,5 тыс. кніг'] },
      {
        kind: 'paragraph',
        text: '«Чакалі доўга», — сказала загадчыца. Аб’явы пра падзеі вісяць на дзвярах.',
      },
    ],
    rubrics: ['Культура'],
  },
  ru: {
    headline: 'Речковская библиотека открылась после ремонта',
    lead: 'В выдуманной деревне Речковка 22 августа снова открылась библиотека, которую ремонтировали два года.',
    body: [
      { kind: 'paragraph', text: 'Ремонт стоил 8 421 рубль. Деньги собрали жители ул. Садовой.' },
      { kind: 'subhead', text: 'Что изменилось' },
      { kind: 'list', items: ['новые окна', 'зал для детей', '1,5 тыс. книг'] },
      { kind: 'paragraph', text: '«Ждали долго», — сказала заведующая. Объявления висят на дверях.' },
    ],
    rubrics: ['Культура'],
  },
  en: {
    headline: 'Village library reopens after two years of repairs',
    lead: 'The library of the invented village of Rečkaŭka reopened on August 22 after two years of repairs.',
    body: [
      {
        kind: 'paragraph',
        text: 'The repairs cost 8,421 rubels. The money came from the people of St. Garden Street.',
      },
      { kind: 'subhead', text: 'What is new' },
      { kind: 'list', items: ['windows', 'a room for children', '1,500 books'] },
      { kind: 'paragraph', text: '“We waited long,” the librarian said. Notices hang on the door.' },
    ],
    rubrics: ['Culture'],
  },
};

/** An invented story of `edition`, with whatever a test changes about it. */
export function storyOf(edition: Edition, changes: Partial<Story> = {}): Story {
  return {
    id: 'k3v9d0a1zz',
    edition,
    revision: 0,
    ...TEXTS[edition],
    day: '2026-08-22',
    firstSeenAt: Date.parse('2026-08-22T09:00:00Z'),
    link: `https://news.example/${edition}/news/201/`,
    access: 'free',
    urgent: false,
    withdrawn: false,
    ...changes,
  };
}

/** How a private chat with the settings of a newcomer sees `edition`. */
export const viewFor = (edition: Edition, changes: Partial<View> = {}): View => ({
  ...DEFAULT_SETTINGS,
  edition,
  kind: 'person',
  now: NOW,
  ...changes,
});
