import { describe, expect, it } from 'vitest';
import { HEADLINE, page, pageDraft } from './reading.ts';

const AT = Date.parse('2026-11-26T13:05:00+03:00');
const ISO = '2026-11-26T13:05:00+03:00';
const json = (thing: object) => `<script type="application/ld+json">${JSON.stringify(thing)}</script>`;
const draftOf = async (before: string, head = '') => {
  const told = await pageDraft(page(before, head));
  if (typeof told === 'string') throw new Error(told);
  return told;
};

describe('the date of a page', () => {
  it.each([
    'name="date"',
    'name="pubdate"',
    'name="DC.date.issued"',
    'name="mediator_published_time"',
    'name="sailthru.date"',
    'property="og:article:published_time"',
  ])('is what it tells machines as %s', async (name) => {
    expect(await draftOf('', `<meta ${name} content="${ISO}">`)).toMatchObject({ publishedAt: AT });
  });

  it.each([
    [{ '@type': 'NewsArticle', datePublished: [ISO] }],
    [{ '@type': 'http://schema.org/NewsArticle', datePublished: ISO }],
    [{ '@type': 'LiveBlogPosting', datePublished: ISO }],
  ])('is that of its JSON-LD: %o', async (thing) => {
    expect(await draftOf('', json(thing))).toMatchObject({ publishedAt: AT });
  });

  it('is that of its own story where its JSON-LD has others, and so is the picture', async () => {
    const other = {
      '@type': 'NewsArticle',
      headline: 'Іншая навіна',
      datePublished: '2026-11-20T10:00Z',
      image: '/o.jpg',
    };
    const own = { '@type': 'NewsArticle', headline: HEADLINE, datePublished: ISO, image: '/own.jpg' };
    for (const head of [json(other) + json(own), json([other, own])])
      expect(await draftOf('', head)).toMatchObject({
        publishedAt: AT,
        picture: { url: 'https://horad.example/own.jpg' },
      });
  });

  it.each([
    `<time datetime="${ISO}">учора</time>`,
    '<time>26.11.2026 13:05</time>',
    `<span itemprop="datePublished" content="${ISO}">26 лістапада</span>`,
    '<div class="date">26 лістапада 2026, 13:05</div>',
    '<p class="news__date">26.11.2026 13:05</p>',
    '<div class="post-meta">Іван Іваноў, 26 лістапада 2026, 13:05</div>',
    `<div class="post-meta">Іван Іваноў, 25.11.2026 10:00 <time datetime="${ISO}">26 лістапада</time></div>`,
    `<time class="updated" datetime="2026-11-26T17:00:00+03:00">Абноўлена</time><time class="published" datetime="${ISO}">26</time>`,
  ])('stands in a line of it: %s', async (line) => {
    expect(await draftOf(line)).toMatchObject({ publishedAt: AT });
  });

  it.each([
    ['<meta name="date" content="2026-11-20">', ''],
    ['', '<meta itemprop="datePublished" content="2026-11-20">'],
  ])('may be a day alone: %s%s', async (head, line) => {
    expect(await draftOf(line, head)).toMatchObject({ day: '2026-11-20', isDayKnown: true });
  });

  it('is no day that its text is about', async () => {
    const told = await draftOf(
      '<p>Стары мост адкрылі <time datetime="1909-05-05">5 мая 1909 года</time>.</p>',
    );
    expect(told).toMatchObject({ isDayKnown: false });
  });
});
