import { describe, expect, it } from 'vitest';
import { parseListing } from '#src/source/page/listing.ts';
import { listingPage } from '#testing/pages.ts';

const ADDRESS = 'https://news.example/be/news/';

async function items(html: string, address = ADDRESS) {
  const reading = await parseListing(html, address);
  if (!reading.ok) throw new Error(reading.fault.detail);
  return reading.value.items;
}

const rows = [
  { link: '/be/news/201900/', headline: 'Першая навіна дня', rubrics: ['Палітыка', 'Бяспека'] },
  { link: '/be/news/201895', headline: 'Другая навіна дня', rubrics: ['Эканоміка'], paid: true },
  { link: '', headline: 'Навіна без спасылкі', linked: false },
  { link: '/be/news/150', headline: 'Трэцяя навіна дня', rubrics: ['Спорт'] },
];

describe.each(['known', 'other'] as const)('a listing in the %s design', (design) => {
  it('gives each linked story with headline, rubrics and label, in order, whatever its number', async () => {
    expect(await items(listingPage('be', rows, { design }))).toMatchObject([
      {
        headline: 'Першая навіна дня',
        link: 'https://news.example/be/news/201900/',
        key: 'news.example/be/news/201900',
        rubrics: ['Палітыка', 'Бяспека'],
        paid: false,
        position: 0,
      },
      { headline: 'Другая навіна дня', paid: true, rubrics: ['Эканоміка'] },
      { headline: 'Трэцяя навіна дня', paid: false, position: 2 },
    ]);
  });
});

describe('a listing', () => {
  it('takes one story with and without slash, tracking and a picture link as one', async () => {
    const html = `<main><div><a href="/be/news/5?utm_source=x"><img src="/a.jpg"></a><h2><a href="/be/news/5/">Загаловак навіны</a></h2><p>Кароткі тэкст, які даволі доўгі, каб быць лідам гэтай навіны, а не рубрыкай.</p><time datetime="2026-08-22T14:05:00+03:00">14:05</time></div>
      <div><a href="/be/news/4">Іншы загаловак</a></div></main>`;
    expect(await items(html)).toMatchObject([
      {
        headline: 'Загаловак навіны',
        publishedAt: Date.parse('2026-08-22T11:05:00Z'),
        picture: { url: 'https://news.example/a.jpg' },
        summary: expect.stringContaining('Кароткі'),
      },
      { headline: 'Іншы загаловак' },
    ]);
  });

  it('leaves out the links of other languages, of menus and of sidebars', async () => {
    const html =
      '<nav><a href="/be/news/1">Навіна ў меню</a></nav><main><a href="/ru/news/9">Русская новость</a><a href="/be/news/8">Наша навіна тут</a></main><aside><a href="/be/news/2">Папулярнае тут</a></aside>';
    expect((await items(html)).map(({ headline }) => headline)).toEqual(['Наша навіна тут']);
  });

  it('names the feed that it links', async () => {
    const reading = await parseListing(listingPage('be', rows, {}, '/be/rss'), ADDRESS);
    expect(reading).toMatchObject({ value: { offers: ['https://news.example/be/rss'] } });
  });

  it('that breaks off is read up to there and known to be incomplete', async () => {
    const html = listingPage('be', rows);
    const reading = await parseListing(html.slice(0, html.indexOf('Трэцяя') + 3), ADDRESS);
    expect(reading).toMatchObject({
      value: {
        isWhole: false,
        items: [{ headline: 'Першая навіна дня' }, { headline: 'Другая навіна дня' }],
      },
    });
  });

  it('of another newsroom is read by what its links look like', async () => {
    const html = [1, 2, 3, 4]
      .map((n) => `<div><a href="/world/2026/some-long-story-name-${n}">Headline of story ${n}</a></div>`)
      .join('');
    expect(await items(`<main>${html}</main>`, 'https://other.example/world/')).toHaveLength(4);
  });

  it.each([
    '<script>window.gokuProps = {"key":"a"}</script>',
    '<title>Vercel Security Checkpoint</title>',
    '<div id="px-captcha"></div>',
    '<p>The owner has used Cloudflare to restrict access</p>',
    '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>',
    '<title>Вы не робот?</title>',
    '<h1>Проверка браузера</h1>',
    '<h1>Технические работы</h1>',
  ])('%s is called what it is', async (html) => {
    const detail = 'a challenge or maintenance page instead of the site';
    expect(await parseListing(html, ADDRESS)).toMatchObject({ ok: false, fault: { detail } });
  });

  it.each([
    ['', 'an empty answer'],
    [
      '<html><head><title>Just a moment...</title></head></html>',
      'a challenge or maintenance page instead of the site',
    ],
    ['<html><title>App</title><div id=app></div></html>', 'a page without links ("App")'],
    ['<a href="/about">About us</a>', 'no links to stories on the page; the site may have changed'],
  ])('%j is a fault in words', async (html, detail) => {
    expect(await parseListing(html, ADDRESS)).toMatchObject({
      ok: false,
      fault: { code: 'source.unreadable', detail },
    });
  });
});
