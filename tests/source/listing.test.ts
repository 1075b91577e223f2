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

  describe.each([
    ['short', 'Суд: 5 гадоў', 'Суд: 3 гады'],
    ['alike', 'Курсы валют', 'Курсы валют'],
  ])('with titles that are %s', (_, ...titles) => {
    it.each([
      [
        'an excerpt',
        (n: number) =>
          `<a href="/be/news/${n}">Кароткі пераказ таго, што адбылося ў судзе ${n}, даўжэйшы за загаловак.</a>`,
      ],
      [
        'a way to the whole',
        (n: number) => `<a class="more" href="/be/news/${n}">Чытаць навіну цалкам на сайце →</a>`,
      ],
      [
        'its comments',
        (n: number) =>
          `<h4><a href="/be/news/${n}#comments">Каментары да гэтай навіны: ${n} каментароў</a></h4>`,
      ],
      [
        'a way to share it',
        (n: number) => `<a href="/be/news/${n}?share=facebook">Падзяліцца ў сацыяльнай сетцы</a>`,
      ],
      ['a picture', (n: number) => `<a href="/be/news/${n}"><img src="/${n}.jpg"></a>`],
    ])('tells the title under a heading from %s', async (__, beside) => {
      for (const title of ['h2', 'div class="post-title"']) {
        const [open, close] = [`<${title}>`, `</${title.split(' ')[0]}>`];
        const html = titles
          .map(
            (headline, n) =>
              `<article>${open}<a href="/be/news/${n}">${headline}</a>${close}${beside(n)}</article>`,
          )
          .join('');
        const listed = await items(`<main>${html}</main>`);
        expect(listed.map(({ headline }) => headline)).toEqual(titles);
        expect(listed.flatMap(({ rubrics }) => rubrics)).toEqual([]);
      }
    });
  });

  it('calls no story by what stands under several', async () => {
    const html = ['Мост адкрылі', 'Рынак закрылі'].map(
      (headline, n) =>
        `<div><a href="/be/news/${n}">${headline}</a><a href="/be/news/${n}">Чытаць навіну цалкам →</a></div>`,
    );
    expect(await items(`<main>${html.join('')}</main>`)).toMatchObject([
      { headline: 'Мост адкрылі' },
      { headline: 'Рынак закрылі' },
    ]);
  });

  it('has the headline of a card that is one link', async () => {
    const html = [1, 2].map(
      (n) =>
        `<a href="/be/news/${n}"><span class="rubric">Грамадства</span><div>12 сакавіка 2026, 11:00</div><div>Мост нумар ${n} адкрылі пасля рамонту</div><p>Кароткае апісанне навіны, якое стаіць пад загалоўкам і даўжэйшае за яго.</p></a>`,
    );
    expect(await items(`<main>${html.join('')}</main>`)).toMatchObject([
      { headline: 'Мост нумар 1 адкрылі пасля рамонту', rubrics: ['Грамадства'] },
      { headline: 'Мост нумар 2 адкрылі пасля рамонту' },
    ]);
  });

  it.each([
    (link: string, title: string) =>
      `<a ${link}>${title}</a><div class="card-title"><a ${link}>Падрабязней</a></div>`,
    (link: string, title: string) => `<a ${link}>${title}</a><h4><a ${link}>Чытаць далей</a></h4>`,
    (link: string, title: string) =>
      `<span class="category-title"><a ${link}>Палітыка</a></span><a ${link}>${title}</a>`,
    (link: string, title: string) =>
      `<div class="news-title"><a ${link}>12:20</a></div><div><a ${link}>${title}</a></div>`,
    (link: string, title: string) => `<a ${link}><div>Правы чалавека ў Беларусі</div><div>${title}</div></a>`,
  ])('calls no story by its rubric, its time or a call to read on: %s', async (row) => {
    const titles = [1, 2, 3].map((n) => `Суд у Мінску асудзіў журналіста ${n}`);
    const html = titles.map((title, n) => `<div class="row">${row(`href="/be/news/${n}"`, title)}</div>`);
    const listed = await items(`<main>${html.join('')}</main>`);
    expect(listed.map(({ headline }) => headline)).toEqual(titles);
  });

  it('has the short headline of a card over its lead, and no rubric that one card alone has', async () => {
    const long = 'Суд у Мінску асудзіў дваіх журналістаў і назіральніка за выбарамі на пяць гадоў';
    const html = [
      ['Лукашэнка захварэў', `${long}, паведамілі праваабаронцы.`],
      ['Правы чалавека', long],
      ['Грамадства', `${long} калоніі`, `${long} калоніі, паведамілі праваабаронцы.`],
    ].map((lines, n) => `<a href="/be/news/${n}">${lines.map((line) => `<p>${line}</p>`).join('')}</a>`);
    const listed = await items(`<main>${html.join('')}</main>`);
    expect(listed.map(({ headline }) => headline)).toEqual(['Лукашэнка захварэў', long, `${long} калоніі`]);
  });

  const TITLES = [
    'Мост праз раку адкрылі раніцай',
    'Банк у цэнтры горада зачынілі',
    'Школа чакае вучняў да 20:00',
    'Прэм’ера прайшла',
  ];
  const titled = async (row: (title: string, n: number) => string) => {
    const html = TITLES.map((title, n) => `<li>${row(title, n)}</li>`).join('');
    return (await items(`<main><ul>${html}</ul></main>`)).map(({ headline }) => headline);
  };

  it.each([
    (title: string, n: number) => `<a href="/be/news/${n}"><span>09:1${n}</span> <span>${title}</span></a>`,
    (title: string, n: number) => `<a href="/be/news/${n}"><span class="time">09:1${n}</span>${title}</a>`,
    (title: string, n: number) => `<a href="/be/news/${n}"><time>09:1${n}</time> | ${title}</a>`,
    (title: string, n: number) => `<h3><a href="/be/news/${n}"><b>09:1${n}</b> — ${title}</a></h3>`,
    (title: string, n: number) => `<a href="/be/news/${n}">09:1${n} ${title}</a>`,
    (title: string, n: number) => `<a href="/be/news/${n}">${title} <i class="date">2${n}.11.2026</i></a>`,
    (title: string, n: number) => `<a href="/be/news/${n}">${title}, 2${n}.11.2026</a>`,
    (title: string, n: number) => `<a href="/be/news/${n}">${title} — 09:1${n}</a>`,
    (title: string, n: number) =>
      `<a href="/be/news/${n}"><b>${n ? 'Спорт' : 'Грамадства'}</b> | ${title} (2${n}.11.2026 09:10)</a>`,
    (title: string, n: number) =>
      `<a href="/be/news/${n}"><span class="tag">${n ? 'Спорт' : 'Грамадства'}</span> ${title} <i>${n}05</i></a>`,
    (title: string, n: number) => `<a href="/be/news/${n}"><h3><em>${n} хв таму</em> ${title}</h3></a>`,
  ])('calls no story by the time, the rubric or the counter within its link: %s', async (row) => {
    expect(await titled(row)).toEqual(TITLES);
  });

  it.each([
    (title: string, n: number) => `<a href="/be/news/${n}">${n % 3 ? title : `<b>Фота:</b> ${title}`}</a>`,
    (title: string, n: number) => `<a href="/be/news/${n}">${title}${n ? '' : ' <b>20:00</b>'}</a>`,
  ])('leaves in a headline what others do not have there: %s', async (row) => {
    const said = TITLES.map((title, n) => row(title, n).replace(/<[^>]*>/g, ''));
    expect(await titled(row)).toEqual(said);
  });

  it.each([
    ['Мешкаў — Шчэцін 28:25', 'БДУ — Гомель 21:20', 'СКА — Кронан 22:27', 'Мост праз раку адкрылі'],
    ['Дынама — Гомель <b>2:1</b>', 'Іслач — Нёман <b>0:0</b>', 'БАТЭ — Мінск <b>11:10</b>'],
    ['Дынама — Гомель <i class="score">2:1</i>', 'Іслач — Нёман <i class="score">0:0</i>'],
    ['<strong>Мінск</strong>. Мост адкрылі', '<strong>Мінск</strong>. Банк зачынілі'],
    ['<b>300</b> затрыманых на вуліцах', '<b>5</b> чалавек загінулі'],
    ['<b>Лукашэнка</b> заявіў, што мост адкрылі', '<b>Лукашэнка</b> не прыехаў на мост'],
    ['Спектакль пад назвай <em>«Пагоня»</em>', 'Опера пад назвай <em>«Пагоня»</em>'],
    ['<span>Чалы</span>: Мост не патрэбны', '<span>Чалы</span>: Банк зачыняць'],
    ['Суд прызначыў <b>5 гадоў</b>', 'Суд даў за мост <b>3 гады</b>'],
    ['Хроніка рэпрэсій за 26.11.2026', 'Курсы валют на 26.11.2026', 'Надвор’е на 26.11.2026'],
    ['Мост зачыняць да 20:00', 'Банк працуе да 18:00', 'Рынак чакае да 10:00'],
  ])('leaves in headlines what they say: %s', async (...titles) => {
    const html = titles.map((title, n) => `<li><a href="/be/news/${n}">${title}</a></li>`).join('');
    const listed = await items(`<main><ul>${html}</ul></main>`);
    expect(listed.map(({ headline }) => headline)).toEqual(
      titles.map((title) => title.replace(/<[^>]*>/g, '')),
    );
  });

  it.each([
    (title: string, n: number) => `<h2>${title}</h2><a href="/be/news/${n}">Чытаць далей</a>`,
    (title: string, n: number) =>
      `<a href="/be/news/${n}"><img alt="Фота: БелТА" src="/1.jpg"></a><h2>${title}</h2>`,
    (title: string, n: number) => `<a href="/be/news/${n}" aria-label="${title}"></a>`,
    (title: string, n: number) => `<a href="/be/news/${n}" title="${title}">Падрабязней</a>`,
    (title: string, n: number) => `<a href="/be/news/${n}"><img alt="${title}" src="/1.jpg"></a>`,
  ])('calls a story by what stands beside a link that says nothing of it: %s', async (row) => {
    expect(await titled(row)).toEqual(TITLES);
  });

  it('calls no story by a call to read on, but by the line before it, and a column by its title', async () => {
    const call = (title: string, n: number) => `<p>${title}<br><a href="/be/news/${n}">Чытаць далей</a></p>`;
    expect((await titled(call)).slice(0, 3)).toEqual(TITLES.slice(0, 3));
    const pictured = (title: string, n: number) =>
      `<img alt="IMG_${n}" src="/1.jpg"><p>${title}</p><a href="/be/news/${n}"><img alt="Людзі на вуліцы горада ${n}" src="/2.jpg"></a><a href="/be/news/${n}">Чытаць далей</a>`;
    expect((await titled(pictured)).slice(0, 3)).toEqual(TITLES.slice(0, 3));
    const bareOf = (name: string) => (title: string, n: number) =>
      `<a href="/be/news/${n}"><img alt="${name} ${n}" src="/1.jpg"></a><p>${title}</p>`;
    for (const name of ['photo_2026-11 jpg image', 'Ілюстрацыйнае фота: Іван Іваноў', 'DSC001.JPG'])
      expect((await titled(bareOf(name))).slice(0, 3)).toEqual(TITLES.slice(0, 3));
    const column = (title: string, n: number) =>
      `<a href="/be/news/${n}">${title}</a><li>${`<a href="/be/news/9${n}">Курсы валют</a>`.repeat(n && 1)}</li>`;
    expect((await titled(column)).filter((headline) => headline === 'Курсы валют')).toHaveLength(3);
    const bare = (_: string, n: number) => `<a href="/be/news/${n}">Чытаць далей</a>`;
    await expect(titled(bare)).rejects.toThrow('links to stories, but no headlines');
  });

  const SERIES = 'Update on arrests, trials, politically-motivated persecution';
  it.each([
    ['one title', [SERIES, SERIES, SERIES, SERIES, SERIES, ...TITLES.slice(0, 2)]],
    ['one title alone', [SERIES, SERIES, SERIES]],
    ['a day each', [26, 25, 24, 23].map((day) => `Курсы валют на ${day}.11.2026`)],
    ['a time each', [12, 11, 10].map((hour) => `${hour}:05 Зводка`)],
  ])('has all stories of a series with %s', async (_, titles) => {
    const row = (title: string, n: number) => `<li><a href="/be/news/${n}">${title}</a><p>${n}</p></li>`;
    const listed = await items(`<main><ul>${titles.map(row).join('')}</ul></main>`);
    expect(listed.map(({ headline }) => headline)).toEqual(titles);
    const headed = (title: string, n: number) =>
      `<li><h3><a href="/be/news/${n}">${title}</a></h3><a href="/be/news/${n}"><img alt="Людзі на вуліцы ${n}" src="/1.jpg"></a></li>`;
    const same = await items(`<main><ul>${[SERIES, SERIES, SERIES].map(headed).join('')}</ul></main>`);
    expect(same.map(({ headline }) => headline)).toEqual([SERIES, SERIES, SERIES]);
  });

  const OTHERS = 'https://other.example';
  const linksOf = async (html: string, address = `${OTHERS}/news/`) =>
    (await items(`<main>${html}</main>`, address)).map(({ link }) => link.slice(OTHERS.length));
  const LONG = [
    '/news/the-old-bridge-opens-again/',
    '/news/court-keeps-the-verdict-today/',
    '/news/new-market-opens-in-minsk/',
  ];

  it.each([
    (link: string) =>
      `<article class="post-${link.length} post"><h3><a href="${link}">Headline of ${link}</a></h3><a class="rubric" href="/news/politics/">Politics</a></article>`,
    (link: string) => `<p class="item"><a href="${link}">Headline of ${link}</a></p>`,
    (link: string) => `<a class="card" href="${link}"><h3>Headline of ${link}</h3></a>`,
  ])('of another newsroom has the stories with short names among the others: %s', async (row) => {
    const links = LONG.toSpliced(1, 0, '/news/writer-dies/');
    const beside =
      '<h2><a href="/news/politics/">Politics</a></h2><ul><li><a href="/news/rss/">RSS</a></li></ul>';
    expect(await linksOf(beside + links.map(row).join('') + beside)).toEqual(links);
  });

  it.each([
    ['/news/detail.php', (n: number) => `/news/detail.php?ID=${n}`],
    [
      '/index.php?option=com_content&view=category&id=2',
      (n: number) => `/index.php?option=com_content&view=article&id=${n}:slug&catid=2`,
    ],
    ['/', (n: number) => `/news.php?id=${n}`],
    ['/news/', (n: number) => `/news/${['writer', 'bridge', 'court'][n]}/`],
  ])('at %s has the stories that most of its headlines lead to', async (path, link) => {
    const rows = [0, 1, 2].map(
      (n) => `<p><b><a href="${link(n).replaceAll('&', '&amp;')}">Story ${n} of the town</a></b></p>`,
    );
    const beside =
      '<a href="/about/">About us</a><a href="/?PAGEN_1=2">2</a><a href="/rubric.php?id=1">Politics</a>';
    expect(await linksOf(rows.join('') + beside, OTHERS + path)).toEqual([0, 1, 2].map(link));
  });

  it.each([
    ['https://other.example', 'https://www.other.example'],
    ['https://m.other.example', 'https://other.example'],
    ['https://www.other.example', 'https://sport.other.example'],
  ])('at %s has the stories at %s', async (listing, site) => {
    const row = (link: string) => `<li><a href="${site}${link}">Headline of ${link}</a></li>`;
    const html = `<main><ul>${LONG.map(row).join('')}</ul></main>`;
    expect((await items(html, `${listing}/`)).map(({ link }) => link)).toEqual(
      LONG.map((link) => site + link),
    );
  });

  it('has the stories of a host below its own that stand among its own, and no others of such hosts', async () => {
    const sport = 'https://sport.other.example/news/the-first-goal-of-the-year/';
    const row = (link: string) => `<li class="row"><a href="${link}">Headline of ${link}</a></li>`;
    const jobs = [1, 2, 3].map(
      (n) => `<p><a href="https://jobs.other.example/${n}000">Work for you ${n}</a></p>`,
    );
    const html = `<main><ul>${[...LONG, sport].map(row).join('')}</ul>${jobs.join('')}</main>`;
    expect((await items(html, `${OTHERS}/`)).map(({ link }) => link.replace(OTHERS, ''))).toEqual([
      ...LONG,
      sport,
    ]);
  });

  it('of two stories is not taken for a list of what the site says of itself', async () => {
    const about = ['/rules/', '/privacy/', '/team/'].map(
      (link) => `<a href="${link}">What we say of ourselves</a>`,
    );
    const rows = LONG.slice(1).map((link) => `<h3><a href="${link}">Headline of the day</a></h3>`);
    expect(await linksOf(rows.join('') + about.join(''))).toEqual(LONG.slice(1));
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
    ['<\0r\0s\0s\0>\0', 'a file that is no text, or one in an encoding such as UTF-32'],
    [
      '<html><head><title>Just a moment...</title></head></html>',
      'a challenge or maintenance page instead of the site',
    ],
    ['<html><title>App</title><div id=app></div></html>', 'a page without links ("App")'],
    [
      '<html><title>App</title><link rel="alternate" type="application/rss+xml" href="/rss"><div id=app></div></html>',
      'a page without links ("App"); it links a feed, which could be read instead: https://news.example/rss',
    ],
    ['<a href="/about">About us</a>', 'no links to stories on the page; the site may have changed'],
  ])('%j is a fault in words', async (html, detail) => {
    expect(await parseListing(html, ADDRESS)).toMatchObject({
      ok: false,
      fault: { code: 'source.unreadable', detail },
    });
  });
});
