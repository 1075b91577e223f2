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
    '<img src="/s.jpg" srcset="/m.jpg 600w, /photo.jpg 1200w, /huge.jpg 5000w">',
    '<img src="/s.jpg" srcset="/s.jpg 1x, /photo.jpg 2x">',
    '<img src="/photo.jpg" srcset="/s.jpg 300w">',
    '<img src="/s.jpg" data-src="/m.jpg" data-srcset="/m.jpg 600w, /photo.jpg 1200w">',
    '<picture><source type="image/avif" srcset="/a.avif 900w"><source type="image/webp" srcset="/photo.jpg 900w"><img src="/s.jpg"></picture>',
    '<picture><source media="(max-width:600px)" srcset="/m.jpg 800w"><source srcset="/photo.jpg 1200w"><img src="/s.jpg"></picture>',
    '<picture><source type="video/mp4" srcset="/a.mp4"><img src="/photo.jpg"></picture>',
    '<img src="/a.heic" srcset="/photo.jpg 800w">',
    '<img src="/photo.jpg" data-caption="other.jpg">',
    '<img src="/photo.jpg" data-src="/a_{width}x.jpg">',
    '<img src="#" data-original="//horad.example/photo.jpg">',
    '<img src="/a.jpg" srcset="data:image/gif;base64,R0 1w, /photo.jpg 900w">',
    '<img src="/u/7.jpg?resize=100,50"><img src="/photo.jpg">',
    '<img src="/80x80/7.jpg"><img src="/photo.jpg">',
    '<a href="https://t.me/share/url?url=x"><img src="/img/telegram.png"></a><img src="/photo.jpg">',
    '<a href="//www.facebook.com/sharer.php?u=x"><span><img src="/img/f.png"></span></a><img src="/photo.jpg">',
    '<p>Мы ў <a href="https://t.me/horad"><img src="/img/tg.png"></a></p><img src="/photo.jpg">',
    '<a href="viber://forward?text=x"><img src="/img/v.png"></a><img src="/photo.jpg">',
    '<div id="adfox_17"><a href="https://shop.example"><img src="/b/5.jpg"></a></div><img src="/photo.jpg">',
    '<div class="adsbygoogle"><img src="/b/5.jpg"></div><img src="/photo.jpg">',
    '<a href="https://shop.example"><img src="/upload/rk/5.jpg"></a><img src="/photo.jpg">',
    '<a href="https://t.me/horad/15"><img src="/photo.jpg"></a>',
  ])('%s', async (html) => expect(await pictureOf(html)).toBe(photo));

  it.each([
    '<meta property="og:image" content="/photo.jpg">',
    '<meta property="og:image" content=""><meta property="og:image:url" content="//horad.example/photo.jpg">',
    '<meta property="og:image" content="/img/logo.png"><meta property="og:image" content="/photo.jpg">',
    '<meta name="twitter:image" content="/photo.jpg">',
    '<meta itemprop="image" content="/photo.jpg">',
    '<link rel="image_src" href="/photo.jpg">',
    '<link rel="preload" as="image" href="/s.jpg" imagesrcset="/s.jpg 300w, /photo.jpg 1200w">',
    '<script type="application/ld+json">{"@type":"NewsArticle","image":{"url":["/photo.jpg"]}}</script>',
    '<script type="application/ld+json">{"@type":"NewsArticle","image":"/img/logo.png","thumbnailUrl":"/photo.jpg"}</script>',
  ])('is what the page shows to others: %s', async (head) => expect(await pictureOf('', head)).toBe(photo));

  it('may be made by a program that is told its size', async () => {
    for (const src of ['/thumb.php?src=/a.jpg&amp;w=900', '/a.jpg?resize=1200,630', '/1200x630/a.jpg'])
      expect(await pictureOf(`<img src="${src}">`)).toContain('a.jpg');
  });

  it.each([
    ['<figcaption>Аляксандр Лукашэнка</figcaption>', undefined],
    ['<figcaption>Людзі на мосце. Фота: А. Б.</figcaption>', 'А. Б.'],
    ['<figcaption>Людзі на мосце (А. Б.)</figcaption>', 'А. Б.'],
    ['<figcaption>Людзі <span class="credit">А. Б.</span></figcaption>', 'А. Б.'],
    ['<figcaption>Людзі</figcaption><div class="photo-author">Фота: А. Б.</div>', 'А. Б.'],
    ['<div class="image-caption">Людзі на мосце праз раку ў дзень адкрыцця</div>', undefined],
    ['<p class="photo-caption">Людзі на мосце. Фота: А. Б.</p>', 'А. Б.'],
    ['<p class="gallery_caption">Людзі на мосце</p>', undefined],
    ['<p><small>Фота: А. Б.</small></p>', 'А. Б.'],
    ['<p>Фота: прэс-служба міністэрства</p>', 'прэс-служба міністэрства'],
    ['<p>Фота: людзі на мосце ў першы дзень пасля рамонту</p>', undefined],
  ])('has the words under it for itself, and is only whose they say: %s', async (caption, credit) => {
    const told = await pageDraft(page(`<div><img src="/photo.jpg">${caption}</div>`));
    expect(told).toMatchObject({ lead: LEAD, picture: credit ? { url: photo, credit } : { url: photo } });
    expect(typeof told === 'object' && told.picture?.credit).toBe(credit);
  });

  it('has its words even where they hold the headline', async () => {
    const html = `<html><body><article><div class="hero-caption"><h1>${HEADLINE}</h1><p>${LEAD}</p></div><p>Другі абзац навіны.</p></article></body></html>`;
    expect(await pageDraft(html)).toMatchObject({ lead: LEAD });
  });

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

async function textsOf(html: string) {
  const draft = await pageDraft(html);
  if (typeof draft === 'string') return draft;
  return [draft.lead, ...draft.body.map((block) => ('text' in block ? block.text : ''))];
}

describe('a page with more than its own story', () => {
  const OTHER = 'Іншая навіна горада';
  const LONGER = 'Тэкст зусім іншай навіны, які даўжэйшы за ўвесь наш і пра зусім іншае. '.repeat(5);
  const html = (body: string) =>
    `<html><head><title>${HEADLINE}</title></head><body><main>${body}</main></body></html>`;
  const text = (words: string) => `<div class="entry-content"><p>${words}</p></div>`;

  it.each([
    ['articles', ['<article>', '</article>']],
    ['boxes', ['<div class="story">', '</div>']],
  ] as const)('one below the other in %s has its own', async (_, [opens, closes]) => {
    for (const wrapped of [text, (words: string) => `<p>${words}</p>`]) {
      const one = (headline: string, words: string) =>
        `${opens}<h1>${headline}</h1>${wrapped(words)}${closes}`;
      const told = await pageDraft(html(one(HEADLINE, LEAD) + one(OTHER, `${LONGER}<img src="/o.jpg">`)));
      expect(told).toMatchObject({ lead: LEAD, body: [] });
      expect(told).not.toHaveProperty('picture');
    }
  });

  it.each([
    `<article><h2>${OTHER}</h2>${text(LONGER)}</article>`,
    `<div><h2><a href="/be/news/2">${OTHER}</a></h2>${text(LONGER)}</div>`,
    `<div><h1>${OTHER}</h1>${text(LONGER)}</div>`,
  ])('that are shown in full below it has its own: %s', async (other) => {
    expect(await pageDraft(html(`<h1>${HEADLINE}</h1>${text(LEAD)}${other}`))).toMatchObject({
      lead: LEAD,
      body: [],
    });
  });

  it('has all parts of it, whatever stands in between', async () => {
    const part = (words: string) => `<div itemprop="articleBody"><p>${words}</p></div>`;
    const parts = [
      'Другі абзац навіны, які даўжэйшы за ўсе астатнія, бо пра мост ёсць што сказаць.',
      'Канец.',
    ];
    const cut = [LEAD, ...parts]
      .map(part)
      .join('<div class="banner"><p>Купіце мост!</p></div><h3>Падрабязнасці</h3>');
    expect(await pageDraft(html(`<h1>${HEADLINE}</h1>${cut}`))).toMatchObject({
      lead: LEAD,
      body: parts.map((words) => ({ text: words })),
    });
  });

  it.each(['article', 'div class="story"'])('of which the own in %s is a line has that line', async (tag) => {
    const one = (headline: string, words: string) =>
      `<${tag}><header><h1>${headline}</h1></header>${text(words)}</${tag.split(' ')[0]}>`;
    const told = await pageDraft(html(one(HEADLINE, LEAD) + one(OTHER, LONGER.repeat(9))));
    expect(told).toMatchObject({ lead: LEAD, body: [] });
  });

  const MORE = 'Другі абзац навіны, які даўжэйшы за ўсе астатнія, бо пра мост ёсць што сказаць. '
    .repeat(6)
    .trim();

  it.each([
    ['h2', 'div class="widget"', true],
    ['h1', 'div class="widget"', true],
    ['h1', 'div class="col-12"', true],
    ['h2', 'section class="block"', false],
  ] as const)(
    'does not end at a subhead in %s within a wrapper as the headline has',
    async (tag, box, isApart) => {
      const boxed = (words: string) => `<${box}>${words}</${box.split(' ')[0]}>`;
      const part = (headline: string, words: string) =>
        (isApart
          ? [`<${tag}>${headline}</${tag}>`, `<p>${words}</p>`]
          : [`<${tag}>${headline}</${tag}><p>${words}</p>`]
        )
          .map(boxed)
          .join('');
      expect(await textsOf(html(part(HEADLINE, LEAD) + part('Падрабязнасці', MORE)))).toEqual([
        LEAD,
        'Падрабязнасці',
        MORE,
      ]);
      const linked = part('<a href="#more">Падрабязнасці</a>', MORE);
      expect(await textsOf(html(part(HEADLINE, LEAD) + linked))).toEqual([LEAD, MORE]);
      const other = part(`<a href="/be/news/2">${OTHER}</a>`, LONGER);
      expect(await pageDraft(html(part(HEADLINE, LEAD) + other))).toMatchObject({ lead: LEAD, body: [] });
    },
  );

  it.each([
    '<div class="related"><h3><a href="/be/news/2">Раней: мост закрылі</a></h3></div>',
    '<article class="embed-card"><a href="/be/video/2">Глядзіце, як адкрывалі мост</a></article>',
    '<h2><a id="more" href="#more">Падрабязнасці</a></h2>',
    '<h2><a href="https://bridges.example/plan">План моста</a></h2>',
  ])('is whole where its lead stands apart from its text: %s', async (between) => {
    for (const parts of [
      [LEAD, MORE],
      [MORE, LEAD],
    ]) {
      const whole = `<h1>${HEADLINE}</h1>${parts.map(text).join(between)}`;
      expect(await textsOf(html(whole))).toEqual(parts);
    }
  });

  it.each(['article__body', 'entry-content'])('has the text that %s marks behind the lead', async (mark) => {
    const lead = `<article><h1>${HEADLINE}</h1>${text(LEAD)}</article>`;
    const main = `<div class="${mark}"><p>${MORE}</p></div>`;
    expect(await textsOf(html(lead + main))).toEqual([LEAD, MORE]);
  });

  it('whose headline stands apart has the largest text', async () => {
    const apart = `<header><h1>${HEADLINE}</h1></header>`;
    const whole = html(`<aside>${text(OTHER)}</aside><article>${text(LEAD)}</article>`).replace(
      '<main>',
      `${apart}<main>`,
    );
    expect(await pageDraft(whole)).toMatchObject({ lead: LEAD });
  });
});

describe('a page whose text stands in a wrapper called as what is none', () => {
  const within = (name: string, words = `<p>${LEAD}</p><p>Другі абзац навіны.</p>`) =>
    `<html><head><title>${HEADLINE}</title></head><body><div><h1 class="post-popup__title">${HEADLINE}</h1><p>12.03.2026</p><div class="${name}"><div class="${name}-inner"><img src="/photo.jpg">${words}</div></div></div></body></html>`;

  it.each([
    't-feed__post-popup__text-wrapper',
    'article-share-body',
    'promo-article',
    'post-banner',
    'tags-and-text',
    'page_menu-content',
  ])('is read with its picture: %s', async (name) => {
    expect(await pageDraft(within(name))).toMatchObject({
      lead: LEAD,
      body: [{ text: 'Другі абзац навіны.' }],
      picture: { url: photo },
    });
  });

  it.each([
    ['comments of readers', 'comments-body', undefined],
    ['a notice about cookies', 'cookie-popup-text', undefined],
    ['other stories', 'related-articles', undefined],
    ['an advertisement', 'banner', undefined],
    [
      'a list of links',
      'content tags',
      '<p><a href="/t/1">Мост праз раку і іншыя масты горада</a></p><p>Тэгі</p>',
    ],
  ])('is none where that is %s and there is no text yet', async (_, name, words) => {
    expect(await pageDraft(within(name, words))).toMatchObject({ headline: HEADLINE, lead: '', body: [] });
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

describe('a page that only a script leads on from', () => {
  it.each([
    '<script>window.location.href="/be/news/1";</script>',
    "<script type='text/javascript'>top.location = '/be/news/1'</script>",
    '<html><body onload="x()"><script>\nvar a=1;\nlocation.replace("/be/news/1")</script><a href="/">Wait</a></body></html>',
    '<script>self.location.assign(`/be/news/1`)</script>',
  ])('is refused with the reason: %s', async (html) => {
    const why = 'a page that only a script leads on from, to /be/news/1';
    expect(await readSource({ text: html, address: 'https://x.example/' })).toMatchObject({
      fault: { detail: why },
    });
    expect(await pageDraft(html)).toBe(why);
  });

  it.each([
    '<script>location.replace(decodeURIComponent("%2Fx"))</script>',
    '<body onload="location.href=next()"></body>',
    '<script>window["location"] = next</script>',
  ])('is refused though it does not say where to: %s', async (html) => {
    const why = 'a page that only a script leads on from';
    expect(await readSource({ text: html, address: 'https://x.example/' })).toMatchObject({
      fault: { detail: why },
    });
  });

  it('is none that has a story', async () => {
    const html = page('<script>if (old) { location.href = "/be/news/2" }</script>');
    expect(await pageDraft(html)).toMatchObject({ lead: LEAD });
  });
});

const MORE = 'Рух па ім адкрылі апоўдні, і да вечара па мосце прайшлі тысячы людзей з абодвух берагоў.';

describe('a page under the listed headline is a story', () => {
  it.each([
    [
      'in a heading of the second rank',
      `<h1><a href="/">Горад</a></h1><div><h2>${HEADLINE}</h2><p>${LEAD}</p></div>`,
    ],
    ['with the name of the site beside it', `<h1>${HEADLINE} — Горад</h1><p>${LEAD}</p>`],
    ['laid out by a list', `<ul><li><div><h1>${HEADLINE}</h1></div><p>${LEAD}</p><p>${MORE}</p></li></ul>`],
    [
      'laid out by a table',
      `<table><tr><td><h1>${HEADLINE}</h1><p>${LEAD}</p><p>${MORE}</p></td><td>2</td></tr></table>`,
    ],
    [
      'in a part that was sent behind the rest',
      `<div hidden id="S:1a"><h1>${HEADLINE}</h1><p>${LEAD}</p></div>`,
    ],
    [
      'said by its title alone, where its largest letters are the name of the site',
      `<meta property="og:type" content="article"><title>${HEADLINE}</title><article><h1>Horad Times</h1><p>${LEAD}</p><p>${MORE}</p></article>`,
    ],
    [
      'said to other sites alone, under another headline',
      `<meta property="og:type" content="article"><meta property="og:title" content="${HEADLINE}"><article><h1>Сотні прыйшлі</h1><p>${LEAD}</p><p>${MORE}</p></article>`,
    ],
    [
      'corrected, in a wrapper called a banner',
      `<div class="page-banner"><h1>${HEADLINE} для ўсіх</h1><p>${LEAD}</p></div>`,
    ],
  ])('%s', async (_, body) => {
    const told = await pageDraft(`<html><body>${body}</body></html>`);
    expect(told).toMatchObject({ lead: LEAD, headline: expect.stringContaining(HEADLINE) });
  });
});

describe('a page that only a browser fills', () => {
  const shell = (data: object) =>
    `<html><head><title>Горад</title><script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: HEADLINE, ...data })}</script></head><body><div id="app"></div></body></html>`;

  it('has the text that it names to machines', async () => {
    expect(await pageDraft(shell({ articleBody: `${LEAD}\n${MORE}` }))).toMatchObject({
      headline: HEADLINE,
      lead: LEAD,
      body: [{ kind: 'paragraph', text: MORE }],
    });
  });

  it.each([
    ['is another story’s', { headline: 'Зусім іншая навіна пра тэатр', articleBody: LEAD }],
    ['is not named', {}],
    ['is sold', { articleBody: LEAD, isAccessibleForFree: false }],
  ])('has none that %s', async (_, data) => {
    const told = await pageDraft(shell(data));
    expect(typeof told === 'string' ? '' : told.lead).toBe('');
  });

  it('that shows its text is read as it shows it', async () => {
    const head = `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"Іншы тэкст."}</script>`;
    expect(await pageDraft(page('', head))).toMatchObject({ lead: LEAD });
  });
});

describe('the end of a page', () => {
  const end = (html: string) => pageDraft(page('').replace('навіны.</p>', `навіны.</p>${html}`));
  const other = (n: number) => `<h3>Іншая навіна ${n}</h3><figure><img src="/o${n}.jpg"></figure>`;

  it('is where nothing more is said: headings and pictures of other stories are not of this one', async () => {
    expect(await end(other(1) + other(2))).toMatchObject({ body: [{ kind: 'paragraph' }] });
  });

  it('may be a heading with pictures of its own', async () => {
    const told = await end(
      `<h3>Фота</h3><figure><img src="/b.jpg"></figure><figure><img src="/c.jpg"></figure>`,
    );
    expect(typeof told === 'object' && told.body.map(({ kind }) => kind)).toEqual([
      'paragraph',
      'subhead',
      'figure',
    ]);
  });
});

describe('a list with links', () => {
  const ofPage = async (list: string) => {
    const told = await pageDraft(page('').replace('навіны.</p>', `навіны.</p>${list}<p>Канец.</p>`));
    return typeof told === 'string' ? told : told.body.map(({ kind }) => kind);
  };
  it.each([
    '<ul><li><a href="/1">Анна Зубр</a> — журналістка, асуджаная на 5 гадоў</li><li><a href="/2">Іван Боцян</a>, 3 гады</li></ul>',
    '<ol><li>Указ <a href="/a">№ 5</a> забараняе пратэсты.</li></ol>',
  ])('is the story’s own where it says something beside them: %s', async (list) =>
    expect(await ofPage(list)).toEqual(['paragraph', 'list', 'paragraph']),
  );

  it.each([
    '<ul><li><a href="/1">Іншая навіна пра горад</a> 26.11</li><li><a href="/2">Яшчэ адна навіна пра горад</a> 25.11</li></ul>',
    '<ul><li><a href="#a">Пачатак</a></li><li><a href="#b">Працяг</a></li></ul>',
  ])('is a menu where it says nothing else: %s', async (list) =>
    expect(await ofPage(list)).toEqual(['paragraph', 'paragraph']),
  );
});
