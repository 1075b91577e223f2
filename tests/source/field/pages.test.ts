import { describe, expect, it } from 'vitest';
import { readSource } from '#src/source/reading.ts';
import { HEADLINE, LEAD, page, pageDraft } from './reading.ts';

const pictureOf = async (html: string, head = '') => {
  const draft = await pageDraft(page(html, head));
  return typeof draft === 'string' ? draft : draft.picture?.url;
};
const photo = 'https://horad.example/photo.jpg';

describe('the picture of a page', () => {
  it.each([
    '<picture><source srcset="/photo.jpg 900w, /s.jpg 300w"><img src="data:x"></picture>',
    '<img src="/img/blank.gif" data-lazyload="/photo.jpg">',
    '<img src="/1x1.png" data-url="/photo.jpg">',
    '<img src="/loading.gif" data-lazy-srcset="/s.jpg 300w, /photo.jpg 900w">',
    '<img class="lazy" src="data:image/svg+xml,x" data-img-src="/photo.jpg">',
    '<img src="/img/spinner.gif"><img src="/photo.jpg">',
    '<div class="author"><img src="/u/7.jpg"></div><img src="/photo.jpg">',
    '<a rel="author" href="/a"><img src="/u/7.jpg"></a><img src="/photo.jpg">',
    '<img src="/u/7.jpg" width="40px"><img src="/photo.jpg">',
    '<img src="/u/7.jpg" style="width:40px;height:40px"><img src="/photo.jpg">',
  ])('%s', async (html) => expect(await pictureOf(html)).toBe(photo));

  it('is none that every page of the site has', async () => {
    const head = '<meta property="og:image" content="https://horad.example/img/og-default.png">';
    expect(await pictureOf('', head)).toBeUndefined();
  });

  it('is not repeated among the others of the text', async () => {
    const figure = (file: string) => `<figure><img src="${file}"><figcaption>Мост</figcaption></figure>`;
    const html = page('')
      .replace('<p>Другі', `${figure('/photo.jpg')}<p>Другі`)
      .replace('навіны.</p>', `навіны.</p>${figure('/b.jpg')}`);
    expect(await pageDraft(html)).toMatchObject({
      lead: LEAD,
      picture: { url: photo },
      body: [{ kind: 'paragraph' }, { kind: 'figure', url: 'https://horad.example/b.jpg', caption: 'Мост' }],
    });
  });
});

describe('a page that wants a browser', () => {
  it.each([
    '<script src="/_Incapsula_Resource?SWJIYLWA=719"></script>',
    '<script>var s={},sucuri_cloudproxy_js=1</script>',
    '<title>Making sure you&#39;re not a bot!</title>',
    '<script>document.cookie="js=1; path=/";location.reload()</script>',
    '<script src="/__qrator/qauth.js"></script>',
  ])('is called a challenge: %s', async (html) => {
    const reading = await readSource({
      text: `<html><head>${html}</head></html>`,
      address: 'https://x.example/',
    });
    expect(reading).toMatchObject({ ok: false, fault: { detail: expect.stringContaining('challenge') } });
  });
});

describe('a page under the listed headline is a story', () => {
  it.each([
    [
      'in a heading of the second rank',
      `<h1><a href="/">Горад</a></h1><div><h2>${HEADLINE}</h2><p>${LEAD}</p></div>`,
    ],
    ['with the name of the site beside it', `<h1>${HEADLINE} — Горад</h1><p>${LEAD}</p>`],
  ])('%s', async (_, body) => {
    expect(await pageDraft(`<html><body>${body}</body></html>`)).toMatchObject({ lead: LEAD });
  });
});
