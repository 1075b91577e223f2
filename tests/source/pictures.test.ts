import { isTag } from 'domhandler';
import { describe, expect, it } from 'vitest';
import { parseFragment } from '#src/source/html.ts';
import { absoluteLink } from '#src/source/links.ts';
import { isPictureLink, pictureLink } from '#src/source/page/pictures.ts';
import { parseArticle } from '#src/source/page/article.ts';
import { parseListing } from '#src/source/page/listing.ts';
import { workOf } from '#testing/work.ts';

const BASE = 'https://news.example/en/news/';
const picture = (html: string) => {
  const [image] = parseFragment(html).children;
  return image && isTag(image) ? pictureLink(image, BASE) : undefined;
};

describe('a picture of a page', () => {
  it.each([
    ['<img src="/p/bridge.jpg">', 'https://news.example/p/bridge.jpg'],
    ['<img src="/p/blank.gif" data-original="/p/bridge.jpg">', 'https://news.example/p/bridge.jpg'],
    [
      '<img src="data:image/gif;base64,R0" data-srcset="/s.jpg 320w, /l.jpg 1200w">',
      'https://news.example/l.jpg',
    ],
    [
      '<img srcset="https://c.example/w_300,h_200/a.jpg 300w,https://c.example/w_800,h_600/a.jpg 800w">',
      'https://c.example/w_800,h_600/a.jpg',
    ],
    ['<img srcset="/one.jpg 1x, /two.jpg 2x">', 'https://news.example/two.jpg'],
    [
      '<img src="/photos/icons-return-to-church.jpg">',
      'https://news.example/photos/icons-return-to-church.jpg',
    ],
    ['<img src="/photos/counterattack.jpg">', 'https://news.example/photos/counterattack.jpg'],
  ])('is found: %s', (html, link) => expect(picture(html)).toBe(link));

  it.each([
    '/static/placeholder.png',
    '/img/site-logo.png',
    '/img/logo-share.png',
    '/icons/share.png',
    '/authors/somebody.jpg',
    '/journalist/somebody.jpg?w=400',
    '/p/somebody.jpg?w=40',
    '/p/thumb-87x65.jpg',
    '/t/pixel.gif',
    '/a/talk.mp3',
    '/d/decision.pdf',
    '/a/drawing.svg',
    '/p/no-photo.png',
  ])('is none: %s', (src) => {
    expect(picture(`<img src="${src}">`)).toBeUndefined();
    expect(isPictureLink(new URL(src, BASE).href)).toBe(false);
  });
});

describe('a link', () => {
  it.each([
    ['/en/news/a bridge and a road', 'https://news.example/en/news/a%20bridge%20and%20a%20road'],
    ['https://news.example/a\n b', 'https://news.example/a%20b'],
    ['feed://news.example/en/news/2', 'https://news.example/en/news/2'],
    ['feed:https://news.example/2', 'https://news.example/2'],
    ['news.example/en/news/1', 'https://news.example/en/news/1'],
    ['www.news.example/1', 'https://www.news.example/1'],
    ['//news.example/1', 'https://news.example/1'],
    ['page.html/1', 'https://news.example/en/news/page.html/1'],
  ])('%j is read as a browser would', (written, link) => expect(absoluteLink(written, BASE)).toBe(link));

  it.each(['What is love?', 'feed:nothing at all', 'a bridge opens'])('%j is none', (written) =>
    expect(absoluteLink(written, BASE)).toBeUndefined(),
  );
});

describe('the base of a page', () => {
  it('is where the links of a listing are meant from', async () => {
    const rows = [201, 202, 203].map(
      (id) => `<li><a href="news/${id}">A bridge opens on river ${id}</a></li>`,
    );
    const html = `<html><head><base href="/en/"></head><body><ul>${rows.join('')}</ul></body></html>`;
    const read = await parseListing(html, 'https://news.example/en/news/');
    expect(read.ok && read.value.items.map(({ link }) => link)).toEqual(
      [201, 202, 203].map((id) => `https://news.example/en/news/${id}`),
    );
  });

  it('is where the picture of a story is meant from', async () => {
    const html =
      '<html><head><base href="https://cdn.example/"></head><body><article><h1>A bridge opens</h1><img src="p/1.jpg"><p>August 22, Pozirk. Pupils crossed it first.</p></article></body></html>';
    const read = await parseArticle(html, `${BASE}1`, 'A bridge opens');
    expect(read.ok && read.value.picture?.url).toBe('https://cdn.example/p/1.jpg');
  });
});

describe('what a page says of its picture to machines', () => {
  const page = (graph: unknown, head = '') =>
    parseArticle(
      `<html><head>${head}<script type="application/ld+json">${JSON.stringify(graph)}</script></head><body><article><h1>A bridge opens</h1><p>August 22, Pozirk. Pupils crossed it first.</p></article></body></html>`,
      `${BASE}1`,
    );
  const url = async (...of: Parameters<typeof page>) => {
    const read = await page(...of);
    return read.ok ? read.value.picture?.url : read.fault.detail;
  };

  it('may be the name of another thing of its graph, and is never that name itself', async () => {
    const article = { '@type': 'NewsArticle', image: { '@id': `${BASE}1#primaryimage` } };
    expect(await url({ '@graph': [article] })).toBeUndefined();
    expect(
      await url({
        '@graph': [article, { '@type': 'ImageObject', '@id': `${BASE}1#primaryimage`, url: '/p/1.jpg' }],
      }),
    ).toBe('https://news.example/p/1.jpg');
  });

  it('is found in the main thing of the page as well', async () => {
    const main = { '@type': 'NewsArticle', image: '/p/2.jpg' };
    expect(await url({ '@type': 'WebPage', mainEntity: main })).toBe('https://news.example/p/2.jpg');
  });

  it('is no picture where it is the site’s logo', async () => {
    expect(await url([], '<meta property="og:image" content="/static/logo.png">')).toBeUndefined();
  });
});

describe('a page without any mark of an article', () => {
  const text = '<p>Pupils of the school crossed the new bridge first, and the whole town came to see it.</p>';
  it('is the story that was listed where its headline is that of the listing', async () => {
    const html = `<html><body><div><h1>A bridge opens</h1>${text}</div></body></html>`;
    expect(await parseArticle(html, `${BASE}1`, 'A bridge opens')).toMatchObject({
      ok: true,
      value: { lead: expect.stringContaining('Pupils') },
    });
    expect(await parseArticle(html, `${BASE}1`)).toMatchObject({ ok: false });
  });
});

describe('the cost of a page', () => {
  it.each(['/en/news/1', '/en/town/the-old-bridge-opens'])(
    'does not grow with the names of what stands around its links: %s',
    async (link) => {
      const names = 'a '.repeat(1_500_000);
      const deep = `<html><body class="${names}"><h1>A bridge opens</h1>${`<h1>b</h1><a href="${link}">A bridge opens on it</a>`.repeat(3000)}</body></html>`;
      const reading = async () => {
        await parseArticle(deep, `${BASE}1`);
        await parseListing(deep, BASE);
      };
      expect(await workOf(reading)).toBeLessThan(700);
    },
  );
});
