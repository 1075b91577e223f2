/** Three invented stories, one a language, and each combination of mark-up in which their pages may come. */
import { isDeepStrictEqual } from 'node:util';
import type { Edition } from '#src/news/edition.ts';
import { parseArticle } from '#src/source/page/article.ts';
import type { Article } from '#src/source/item.ts';
import { articlePage, datelineOf, LABELS, type Marks, type Telling } from './pages.ts';

const AT = Date.parse('2026-08-22T11:05:00Z');

export const STORIES: Readonly<Record<Edition, Telling>> = {
  be: {
    headline: 'У Гродне адкрылі новую бібліятэку «Кніга»',
    lead: 'Гарадская бібліятэка пераехала ў новы будынак.',
    dateline: datelineOf('be', AT),
    body: [
      {
        kind: 'paragraph',
        text: 'Будынак каштаваў 8.421 рубель, паводле арт. 342 КК гэта не злачынства. . . .',
      },
      { kind: 'subhead', text: 'Што ўнутры' },
      { kind: 'list', items: ['чытальная зала', 'дзіцячы пакой'] },
      { kind: 'paragraph', text: 'Дырэктар сказаў: «Прыходзьце» (наш карэспандэнт. — “Позірк”.)' },
    ],
    rubrics: ['Грамадства'],
    credit: 'Facebook',
    picture: '/pictures/1.jpg',
    publishedAt: AT,
    related: {
      link: '/be/news/77',
      headline: 'Старую бібліятэку зачынілі',
      teaser: '2 мая, Позірк. Старая бібліятэка больш не працуе, паведаміла',
    },
  },
  ru: {
    headline: 'В Гродно открыли новую библиотеку',
    lead: 'Городская библиотека переехала в новое здание.',
    dateline: datelineOf('ru', AT, 'Позирк'),
    body: [
      { kind: 'paragraph', text: 'Здание стоило 8.421 рубль.' },
      { kind: 'list', items: ['читальный зал', 'детская комната'] },
      { kind: 'paragraph', text: 'Директор ждёт гостей & друзей <всех>.' },
    ],
    rubrics: ['Общество'],
    credit: 'unsplash.com / Автор',
    picture: '/pictures/1.jpg',
    publishedAt: AT,
    related: {
      link: '/ru/news/77',
      headline: 'Старую библиотеку закрыли',
      teaser: '2 мая, Позірк. Старая библиотека больше не работает, сообщила',
    },
  },
  en: {
    headline: 'New library opens in Hrodna',
    lead: 'The city library has moved to a new building.',
    dateline: datelineOf('en', AT),
    body: [
      { kind: 'paragraph', text: 'The building cost 8,421 rubels.' },
      { kind: 'subhead', text: 'What is inside' },
      { kind: 'list', items: ['a reading room', 'a room for children'] },
      { kind: 'paragraph', text: 'The director said that everybody shares: the books are for all.' },
    ],
    rubrics: ['Society'],
    credit: 'Interior ministry',
    picture: '/pictures/1.jpg',
    publishedAt: AT,
    related: {
      link: '/en/news/77',
      headline: 'Old library closes',
      teaser: 'May 2, Pozirk. The old library no longer works, said the',
    },
  },
};

export const others = (edition: Edition) => [
  { link: `/${edition}/news/501`, headline: 'SIDEBAR ONE', rubrics: ['SIDERUBRIC'] },
  { link: `/${edition}/news/502`, headline: 'SIDEBAR TWO', rubrics: ['SIDERUBRIC', 'Sport'], linked: false },
];

export const MARKS: Marks[] = (['known', 'other', 'bare'] as const).flatMap((design) =>
  Array.from({ length: 32 }, (_, bits) => ({
    design,
    jsonLd: (bits & 1) > 0,
    openGraph: (bits & 2) > 0,
    time: (bits & 4) > 0,
    hreflang: (bits & 8) > 0,
    ...((bits & 16) > 0 ? { canonical: 'https://news.example/en/news/5' } : {}),
  })),
);

/** Reads the page of a story; throws where it is refused. */
export async function readPage(edition: Edition, story: Telling, marks: Marks): Promise<Article> {
  const article = await parseArticle(
    articlePage(edition, story, marks, others(edition)),
    `https://news.example/${edition}/news/9`,
    story.headline,
  );
  if (!article.ok) throw new Error(`${article.fault.detail} ${JSON.stringify(marks)}`);
  return article.value;
}

/** Fields of the language's story that its page in this mark-up gives wrongly, and foreign words in its text. */
export async function wrongOn(edition: Edition, marks: Marks): Promise<string[]> {
  const story = STORIES[edition];
  const article = await readPage(edition, story, marks);
  const right: Partial<Article> = {
    headline: story.headline,
    lead: story.lead,
    body: story.body,
    dateline: { day: 22, month: 8 },
    picture: { url: 'https://news.example/pictures/1.jpg', credit: story.credit ?? '' },
    paid: false,
    related: `https://news.example/${edition}/news/77`,
    ...(marks.jsonLd || marks.time ? { publishedAt: AT } : {}),
    ...(marks.canonical ? { canonical: marks.canonical } : {}),
  };
  const { rubrics, ...fields } = article;
  const names = new Set([...Object.keys(right), ...Object.keys(fields)]) as Set<keyof typeof fields>;
  const wrong: string[] = [...names].filter((name) => !isDeepStrictEqual(right[name], fields[name]));
  const said = JSON.stringify([article.lead, article.body, rubrics]);
  const foreign = [
    LABELS[edition].clock,
    LABELS[edition].share,
    LABELS[edition].also,
    'SIDE',
    'cookies',
    'Footer',
    story.related?.headline ?? '',
    story.related?.teaser.slice(0, 20) ?? '',
  ];
  return [...wrong, ...foreign.filter((words) => said.includes(words))];
}
