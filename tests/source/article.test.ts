import { describe, expect, it } from 'vitest';
import type { Edition } from '../../src/news/edition.ts';
import { parseArticle } from '../../src/source/article.ts';
import { articlePage, datelineOf, LABELS, type Marks, type Telling } from '../support/pages.ts';

const AT = Date.parse('2026-08-22T11:05:00Z');

const STORIES: Readonly<Record<Edition, Telling>> = {
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

const others = (edition: Edition) => [
  { link: `/${edition}/news/501`, headline: 'SIDEBAR ONE', rubrics: ['SIDERUBRIC'] },
  { link: `/${edition}/news/502`, headline: 'SIDEBAR TWO', rubrics: ['SIDERUBRIC', 'Sport'], linked: false },
];

const MARKS: Marks[] = (['known', 'other', 'bare'] as const).flatMap((design) =>
  Array.from({ length: 32 }, (_, bits) => ({
    design,
    jsonLd: (bits & 1) > 0,
    openGraph: (bits & 2) > 0,
    time: (bits & 4) > 0,
    hreflang: (bits & 8) > 0,
    ...((bits & 16) > 0 ? { canonical: 'https://news.example/en/news/5' } : {}),
  })),
);

async function read(edition: Edition, story: Telling, marks: Marks) {
  const article = await parseArticle(
    articlePage(edition, story, marks, others(edition)),
    `https://news.example/${edition}/news/9`,
    story.headline,
  );
  if (!article.ok) throw new Error(`${article.fault.detail} ${JSON.stringify(marks)}`);
  return article.value;
}

describe.each(['be', 'ru', 'en'] as const)('a page in %s', (edition) => {
  it('gives every field right with each mark-up on or off, and never a word of what is not the story', async () => {
    for (const marks of MARKS) {
      const story = STORIES[edition];
      const article = await read(edition, story, marks);
      expect(article, JSON.stringify(marks)).toMatchObject({
        headline: story.headline,
        lead: story.lead,
        body: story.body,
        dateline: { day: 22, month: 8 },
        picture: { url: 'https://news.example/pictures/1.jpg', credit: story.credit },
        paid: false,
        related: `https://news.example/${edition}/news/77`,
      });
      if (marks.jsonLd || marks.time) expect(article.publishedAt).toBe(AT);
      else expect(article.publishedAt).toBeUndefined();
      const said = JSON.stringify([article.lead, article.body, article.rubrics]);
      for (const foreign of [
        LABELS[edition].clock,
        LABELS[edition].share,
        LABELS[edition].also,
        'SIDE',
        'cookies',
        'Footer',
        story.related?.headline ?? '',
        story.related?.teaser.slice(0, 20) ?? '',
      ])
        expect(said, `${foreign} ${JSON.stringify(marks)}`).not.toContain(foreign);
    }
  });

  it('for subscribers gives headline and lead and says so', async () => {
    for (const marks of MARKS) {
      const article = await read(edition, { ...STORIES[edition], paid: true }, marks);
      expect(article).toMatchObject({ lead: STORIES[edition].lead, body: [], paid: true });
    }
  });

  it('without a picture, a credit, a dateline or a related story is read all the same', async () => {
    const { headline, lead, body } = STORIES[edition];
    const article = await read(edition, { headline, lead, body, dateline: '' }, {});
    expect(article).toMatchObject({ headline, lead, body });
    expect(article).not.toHaveProperty('picture');
    expect(article).not.toHaveProperty('related');
  });
});

describe('a page', () => {
  const page = (content: string) =>
    parseArticle(
      `<html><head><title>T</title></head><body><main>${content}</main></body></html>`,
      'https://news.example/en/news/9',
      'New library opens in Hrodna',
    );

  it('with its dateline alone on a line has the next paragraph for a lead', async () => {
    expect(
      await page(
        '<h1>New library opens in Hrodna</h1><div><p>August 22, Pozirk.</p><p>The lead.</p><p>More.</p></div>',
      ),
    ).toMatchObject({ value: { lead: 'The lead.', body: [{ text: 'More.' }] } });
  });

  it('that is nothing but lines under its headline is read', async () => {
    expect(
      await page(
        'before<h1>New library opens in Hrodna</h1>August 22, Pozirk. The lead.<br>More.<br><b>Share:</b>',
      ),
    ).toMatchObject({
      value: { lead: 'The lead.', body: [{ text: 'More.' }] },
    });
  });

  it('with bullets as characters has a list', async () => {
    expect(
      await page(
        '<h1>New library opens in Hrodna</h1><div><p>August 22, Pozirk. The lead.</p><p>• one<br>• two</p></div>',
      ),
    ).toMatchObject({ value: { body: [{ kind: 'list', items: ['one', 'two'] }] } });
  });

  it('with the related block amid the text skips only that block', async () => {
    const article = await page(
      '<h1>New library opens in Hrodna</h1><div><p>August 22, Pozirk. The lead.</p><p>One.</p><p><a href="/en/news/7">Old library closes</a></p><p>May 2, Pozirk. The old library …</p><p>Two.</p></div>',
    );
    expect(article).toMatchObject({
      value: { body: [{ text: 'One.' }, { text: 'Two.' }], related: 'https://news.example/en/news/7' },
    });
  });

  it.each([
    [
      'a challenge',
      '<h1>Just a moment...</h1><p>Checking your browser before accessing the site, this takes a few seconds.</p>',
    ],
    [
      'a notice',
      '<h1>Under maintenance</h1><p>We are working on the site and will be back as soon as we possibly can.</p>',
    ],
    ['the front page', '<h1>News</h1><ul><li><a href="/en/news/1">One thing happened today</a></li></ul>'],
    ['nothing', ''],
  ])('that is %s is no story', async (_, content) => {
    expect(await page(content)).toMatchObject({ ok: false, fault: { code: 'source.unreadable' } });
  });

  it('that breaks off is no story, wherever it does', async () => {
    const whole = articlePage('en', STORIES.en, {}, others('en'));
    for (let length = 100; length < whole.lastIndexOf('</div>'); length += 97) {
      const cut = await parseArticle(whole.slice(0, length), 'https://news.example/en/news/9');
      expect(cut, String(length)).toMatchObject({ ok: false });
    }
  });

  it('nested twenty thousand deep is read in reasonable time', async () => {
    const started = performance.now();
    await page(
      `<h1>New library opens in Hrodna</h1>${'<div>'.repeat(20_000)}<p>August 22, Pozirk. Deep.</p>`,
    );
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
