import { describe, expect, it } from 'vitest';
import { draft, HEADLINE, LEAD, pageDraft, told, words } from './reading.ts';

const REST = ['Другі абзац навіны пра мост.', 'Трэці абзац навіны, апошні.'];
const OTHER = 'Мэр горада распавёў пра планы на лета і адказаў на пытанні жыхароў.';
const link = (words: string) => `<a href="/be/news/7">${words}</a>`;

const textsOf = async (body: string) => {
  const told = await pageDraft(
    `<html><head><title>${HEADLINE}</title></head><body><main><h1>${HEADLINE}</h1>${body}</main></body></html>`,
  );
  if (typeof told === 'string') return told;
  return [told.lead, ...told.body.map((block) => ('text' in block ? block.text : JSON.stringify(block)))];
};

const within = (between: string, opens = '', closes = '') =>
  textsOf(`${opens}<p>${LEAD}</p><p>${REST[0]}</p>${between}<p>${REST[1]}</p>${closes}`);

const box = (names: string, words = `<p>${OTHER}</p>`) => `<div ${names}>${words}</div>`;

describe('what stands within a text and is none of it', () => {
  it.each([
    'class="RelatedBlock-root"',
    'class="relatedStories"',
    'class="Article_relatedPosts__x3Gq"',
    'class="NewsletterBox_wrapper__nl"',
    'id="jp-relatedposts"',
    'class="shareButtons"',
    'class="sharedaddy"',
    'class="adSlot"',
    'class="ad__label"',
    'class="AdWrapper-sc-12"',
    'class="popular-posts"',
    'class="MostPopular-wrapper"',
    'class="read-more"',
    'class="donate-block"',
    'class="poll"',
    'class="toc"',
    'class="author-bio"',
    'class="kg-card kg-signup-card"',
    'class="video-js vjs-paused"',
    'class="age-gate"',
    'role="complementary"',
    'role="dialog"',
  ])('is left out by its name: %s', async (names) => {
    for (const [opens, closes] of [
      ['', ''],
      ['<div class="entry-content">', '</div>'],
    ])
      expect(await within(box(names), opens, closes)).toEqual([LEAD, ...REST]);
  });

  it.each(['class="date"', 'class="PostMeta_byline__x"', 'class="authors"', 'class="views-count"'])(
    'is who wrote it, when and for how many: %s',
    async (names) => {
      const about = box(names, '<p>Іван Іваноў для нас, 27 лістапада</p>');
      expect(await within(about)).toEqual([LEAD, ...REST]);
      expect(await textsOf(`${about}<p>${LEAD}</p><p>${REST[0]}</p>`)).toEqual([LEAD, REST[0]]);
    },
  );

  it.each([
    ['<p>Рэклама</p>'],
    ['<p>Advertisement — Continue Reading Below</p>'],
    ['<p>Story continues below advertisement</p>'],
    ['<p>Працяг пасля рэкламы</p>'],
    [`<p>Па тэме: ${link('Стары мост зачынілі на рамонт')}</p>`],
    [`<p>Яшчэ: ${link('Стары мост зачынілі на рамонт')}</p>`],
    [`<p><b>READ MORE:</b> ${link('Old bridge closed for repairs')}</p>`],
    [`<p>Czytaj też: ${link('Stary most zamknięty')}</p>`],
    [`<p>Смотрите также ${link('Старый мост закрыли')}</p>`],
    [`<p>👉 ${link('Стары мост зачынілі на рамонт')}</p>`],
    [`<p>Тэгі: ${link('масты')}, ${link('Гродна')}</p>`],
    [`<p>${link('масты')} ${link('Гродна')}</p>`],
    [`<h4>Материалы по теме</h4><ul><li>${link('Старый мост закрыли')}</li></ul>`],
    [`<h3>Па тэме</h3><p>${link('Стары мост зачынілі')}</p>`],
  ])('is left out as a line: %s', async (line) => {
    expect(await within(line)).toEqual([LEAD, ...REST]);
  });

  it('is left out below a heading over other stories, with its teasers', async () => {
    const teaser = `<h4>${link('Мэр распавёў пра планы')}</h4><p>${OTHER}</p>`;
    expect(await textsOf(`<p>${LEAD}</p><p>${REST[0]}</p><h3>Больш навін</h3>${teaser}${teaser}`)).toEqual([
      LEAD,
      REST[0],
    ]);
  });

  it.each(['Facebook Twitter Telegram VK', '👁 1523 💬 4', '0 прагляды', '1 234 views'])(
    'is left out at the end: %s',
    async (line) =>
      expect(await textsOf(`<p>${LEAD}</p><p>${REST[0]}</p><p>${line}</p>`)).toEqual([LEAD, REST[0]]),
  );

  it.each(['1909', 'Загінулі 5 чалавек', 'Відэа набрала 5 мільёнаў праглядаў'])(
    'is no fact that ends a text: %s',
    async (line) => expect(await textsOf(`<p>${LEAD}</p><p>${line}</p>`)).toEqual([LEAD, line]),
  );

  it('has the text behind it left in', async () => {
    const widget = `<h4>Read more</h4><h3>${link('Мэр распавёў пра планы')}</h3>`;
    expect(await within(widget)).toEqual([LEAD, ...REST]);
  });
});

describe('what is called so and is of the text', () => {
  it.each([
    '<p class="popular">Мост папулярны сярод рыбакоў.</p>',
    '<p class="author">Іван Іваноў лічыць, што мост трэба закрыць.</p>',
    '<p class="news-date-note">Рух адкрылі 5 мая 2026 года пасля рамонту.</p>',
    '<div class="timeline__item"><div class="timeline__date">5 мая 2026</div></div>',
    '<div class="player-stats">Гулец забіў 20 галоў.</div>',
    '<div class="read-more-target"><p>Канец, які адкрывае кнопка.</p></div>',
    '<div class="readmore__text"><p>Канец, які адкрывае кнопка.</p></div>',
    '<div class="paragraph--type--quote"><div class="field"><div class="field-author">Мэр горада</div></div></div>',
    '<p>Загінулі <span class="counter">12</span> чалавек.</p>',
    '<h3 class="date">26 лістапада</h3>',
    '<table class="polls"><tr><td>Мінск</td><td>1</td></tr></table>',
  ])('is a line: %s', async (line) => expect((await within(line)).length).toBe(4));

  it.each([
    'class="entry-content entry-content-read-more"',
    'class="article has-share-bar"',
    'class="articleBody withComments"',
    'class="text n1AuAdJlVL"',
  ])('is a wrapper: %s', async (names) => {
    expect(await within('', `<div ${names}>`, '</div>')).toEqual([LEAD, ...REST]);
  });

  it('is a heading that links lead to', async () => {
    expect(await within('<h3 id="toc_1">Падрабязнасці</h3>')).toEqual([
      LEAD,
      REST[0],
      'Падрабязнасці',
      REST[1],
    ]);
  });

  it.each([
    [
      '<p>Суд <time class="date">5 снежня</time>, кажа <i class="author">Іван Іваноў</i>.</p>',
      'Суд 5 снежня, кажа Іван Іваноў.',
    ],
    [
      '<ul><li><b class="date">27.11</b> <span>3,20</span></li><li><b class="date">28.11</b> — 3,25</li></ul>',
      '{"kind":"list","items":["27.11 3,20","28.11 — 3,25"]}',
    ],
    [
      '<p class="date">26 мая</p><p>Быў дождж.</p>\n<p class="date">27 мая</p>\n<p>Мост упаў.</p>',
      '26 мая/Быў дождж./27 мая/Мост упаў.',
    ],
  ])('has the days, numbers and names of its sentences: %s', async (written, said) => {
    expect(await within(written)).toEqual([LEAD, REST[0], ...said.split('/'), REST[1]]);
  });

  it.each([
    '<h2 id="popular-protest">Народны пратэст</h2>',
    '<p class="popular">Народны артыст памёр.</p>',
    '<table class="polls"><tr><td>Мінск</td><td>1</td></tr></table>',
  ])('is of the text of a feed as well: %s', async (line) => {
    const [said] = />([^<>]{3,})</.exec(line)?.slice(1) ?? [];
    expect(words(await draft(told(`<p>${LEAD}</p>${line}<p>${REST[1]}</p>`)))).toContain(said);
  });

  it('says whose words they are', async () => {
    const quote = '<blockquote><p>Мы чакалі два гады.</p><p class="author">Мэр горада</p></blockquote>';
    expect(await within(quote)).toEqual([LEAD, REST[0], 'Мы чакалі два гады.', 'Мэр горада', REST[1]]);
  });

  it.each([
    `<p>Гарады: ${link('Мінск')}, ${link('Гродна')}</p>`,
    '<p>Дакумент: <a href="https://pravo.example/1">Указ аб мастах і дарогах</a></p>',
    `<p>Раней ${link('стары мост зачынілі')} на рамонт.</p>`,
    `<p>Глядзіце ${link('спіс загінулых і параненых цалкам')}</p>`,
    `<p>Яшчэ адна прычына: ${link('старыя апоры не мянялі дваццаць гадоў')}</p>`,
    `<p>Тэмпература: ${link('да мінус дваццаці пяці градусаў')}</p>`,
    `<p>Reader Ivan: ${link('we heard three loud blasts')}</p>`,
    `<p>More than 20 years: ${link('the old bridge was never repaired')}</p>`,
    `<p>Мінабароны: ${link('збіты дрон над горадам')}</p>`,
  ])('is a line with links: %s', async (line) => {
    expect((await within(line)).length).toBe(4);
  });
});
