import { describe, expect, it } from 'vitest';
import { parseListing } from '#src/source/page/listing.ts';
import { usualNext } from '#src/source/page/next-page.ts';
import { parseFeed } from '#src/source/feed/parse.ts';
import { feedPage } from '#testing/pages.ts';

const LISTING = 'https://news.example/be/news/';

async function nextOf(html: string, address = LISTING) {
  const reading = await parseListing(
    `<main><a href="/be/news/5">Загаловак навіны</a>${html}</main>`,
    address,
  );
  return reading.ok ? reading.value.next : undefined;
}

describe('the page behind a listing', () => {
  it.each([
    ['<link rel="next" href="/be/news/?page=2">', 'https://news.example/be/news/?page=2'],
    ['<a rel="nofollow next" href="/be/news/older">Старэйшыя</a>', 'https://news.example/be/news/older'],
    [
      '<a href="/be/news/page/2/">2</a><a href="/be/news/page/9/">9</a>',
      'https://news.example/be/news/page/2/',
    ],
    ['<nav class="pagination"><a href="?page=3">3</a><a href="?page=2#top">2</a></nav>', `${LISTING}?page=2`],
    ['<a href="?PAGEN_1=2">›</a>', `${LISTING}?PAGEN_1=2`],
    ['<a href="/ru/news/?page=2">2</a>', undefined],
    ['<a rel="next" href="https://elsewhere.example/be/news/?page=2">2</a>', undefined],
    ['<a rel="next" href="/be/news/">1</a>', undefined],
    ['', undefined],
  ])('is found in %s', async (html, next) => {
    expect(await nextOf(html)).toBe(next);
  });

  it('goes on from page to page', async () => {
    const links = '<a href="/be/news/">1</a><a href="/be/news/?page=2">2</a><a href="/be/news/?page=3">3</a>';
    expect(await nextOf(links, `${LISTING}?page=2`)).toBe(`${LISTING}?page=3`);
    expect(await nextOf(links, `${LISTING}?page=3`)).toBeUndefined();
  });

  it('is guessed where none is linked, and then by what the guess has shown', () => {
    expect(usualNext(LISTING)).toEqual([`${LISTING}?page=2`, `${LISTING}page/2/`]);
    expect(usualNext(`${LISTING}?page=2`)).toEqual([`${LISTING}?page=3`]);
    expect(usualNext(`${LISTING}page/2/`)).toEqual([`${LISTING}page/3/`]);
  });

  it.each([
    ['/be/feed.json?page=2', 'https://news.example/be/feed.json?page=2'],
    ['https://elsewhere.example/feed.json?page=2', undefined],
    ['', undefined],
  ])('of a JSON Feed is its next_url: %s', async (next_url, next) => {
    const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'News', next_url };
    const text = JSON.stringify({ ...feed, items: [{ id: '1', url: '/be/news/5', title: 'Загаловак' }] });
    const reading = await parseFeed(text, 'https://news.example/be/feed.json');
    expect(reading.ok && reading.value.next).toBe(next);
  });

  it('of a feed is the one that it links before its first entry', async () => {
    const feed = feedPage([{ link: '/be/news/5', headline: 'Загаловак' }]).replace(
      '<item>',
      '<atom:link rel="next" href="/be/rss?after=5&amp;n=2"/><item>',
    );
    expect(await parseFeed(feed, 'https://news.example/be/rss')).toMatchObject({
      value: { next: 'https://news.example/be/rss?after=5&n=2' },
    });
  });
});
