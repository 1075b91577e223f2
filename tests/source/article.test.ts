import { describe, expect, it } from 'vitest';
import { parseArticle } from '#src/source/page/article.ts';
import { articlePage } from '#testing/pages.ts';
import { MARKS, others, readPage, STORIES, wrongOn } from '#testing/story-pages.ts';
import { workOf } from '#testing/work.ts';

describe.each(['be', 'ru', 'en'] as const)('a page in %s', (edition) => {
  it('gives every field right with each mark-up on or off, and never a word of what is not the story', async () => {
    for (const marks of MARKS) expect(await wrongOn(edition, marks), JSON.stringify(marks)).toEqual([]);
  });

  it('for subscribers gives headline and lead and says so', async () => {
    for (const marks of MARKS) {
      const article = await readPage(edition, { ...STORIES[edition], paid: true }, marks);
      expect(article).toMatchObject({ lead: STORIES[edition].lead, body: [], paid: true });
    }
  });

  it('without a picture, a credit, a dateline or a related story is read all the same', async () => {
    const { headline, lead, body } = STORIES[edition];
    const article = await readPage(edition, { headline, lead, body, dateline: '' }, {});
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

  it.each(['share', 'banner', 'promo story', 'sidebar', 'comments'])(
    'whose headline and text stand in a wrapper called "%s" is read',
    async (name) => {
      expect(
        await page(
          `<div class="${name}"><h1>New library opens in Hrodna</h1><p>August 22, Pozirk. The lead.</p><div class="${name}"><p>Not the story.</p></div><p>More.</p></div>`,
        ),
      ).toMatchObject({ value: { lead: 'The lead.', body: [{ text: 'More.' }] } });
    },
  );

  it('never has the words under a picture for a lead', async () => {
    expect(
      await page(
        '<h1>New library opens in Hrodna</h1><figure><img src="/a.jpg"><figcaption>People stand in a long line before the new library on its first day.</figcaption></figure><p>The library of Hrodna has moved to a new building in the centre of the town.</p><p>More.</p>',
      ),
    ).toMatchObject({
      value: { lead: 'The library of Hrodna has moved to a new building in the centre of the town.' },
    });
  });

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

  it.each([
    [
      'one story is continued',
      '<a href="/en/news/7"><img src="/7.jpg"></a><a href="/en/news/7">Old library</a>',
      '7',
    ],
    [
      'a list is advice',
      '<h3>Related posts:</h3><ol><li><a href="/en/news/7">Old library</a></li></ol>',
      undefined,
    ],
    ['several are advice', '<a href="/en/news/7">Old library</a><a href="/en/news/8">Museum</a>', undefined],
  ])('of a block that is marked as related: %s', async (_, links, id) => {
    const article = await page(
      `<h1>New library opens in Hrodna</h1><div><p>August 22, Pozirk. The lead.</p><p>One.</p><div class="yarpp-related">${links}</div></div>`,
    );
    expect(article.ok && article.value.related).toBe(id && `https://news.example/en/news/${id}`);
  });

  const LEAD = 'The library opened at nine, and hundreds came.';

  it.each([
    ['short lines', `<p>${LEAD}</p><p>It has a hall.</p>`, LEAD, [{ text: 'It has a hall.' }]],
    ['a caption', `<p>The old hall. Photo: BelTA</p><p>By Jan Kolas</p><p>${LEAD}</p>`, LEAD, []],
    [
      'a list of facts',
      '<ul><li>Minsk: +5</li><li>Brest: +6</li><li>Hrodna: +4</li></ul>',
      '',
      [{ kind: 'list' }],
    ],
    ['rubrics', '<ul><li>Culture</li><li>12:30</li><li>1 205</li></ul><p>Culture</p>', '', []],
    ['words of the site', '<p>Culture News Today</p><p>Menu</p>', '', []],
  ])('has all that is text right behind its headline: %s', async (_, content, lead, body) => {
    const html = `<title>New library opens in Hrodna</title><h1>New library opens in Hrodna</h1>${content}`;
    const article = await parseArticle(html, 'https://news.example/en/news/9', 'New library opens in Hrodna');
    expect(article).toMatchObject({ value: { lead, body } });
  });

  const TEXT = `${LEAD} There was an orchestra as well.`;
  it.each([
    'Падзяліцца ў сацыяльных сетках з сябрамі:',
    'Падпісвайцеся на наш Telegram-канал!',
    'Слухайце пра гэта ў нашым дадатку.',
    'Аўтар: Іван Іванавіч Іваноў, карэспандэнт.',
    'Апублікавана: 26 лістапада 2026, 10:05.',
    'Мы выкарыстоўваем файлы cookie на сайце.',
    'Сайт заблакаваны ў Беларусі, карыстайцеся VPN.',
    'Знайшлі памылку? Вылучыце тэкст і націсніце Ctrl+Enter.',
    'Эта новость доступна и по-белорусски.',
    'Share this with your friends.',
    'Source: the press office of the town.',
    '<img src="/a.jpg"></p><p>People in the hall of the library.',
    '<ul><li>Facebook</li><li>Twitter</li><li>Telegram</li></ul>',
    '<ul><li>Culture</li><li>Hrodna</li><li>Interviews</li></ul>',
    '<table><tr><td><a href="/en/news/8">Previous</a></td><td><a href="/en/news/7">Next</a></td></tr></table>',
  ])('does not begin with a line of the template: %s', async (line) => {
    const read = await page(`<h1>New library opens in Hrodna</h1><p>${line}</p><p>${TEXT}</p><p>More.</p>`);
    expect(read).toMatchObject({ value: { lead: TEXT, body: [{ text: 'More.' }] } });
  });

  it.each([
    '<p>All had waited for three years.</p>',
    '<figure><img src="/a.jpg"><figcaption>A hall</figcaption></figure><p>All had waited for three years.</p>',
  ])('begins with a short sentence before a long one: %s', async (first) => {
    expect(await page(`<h1>New library opens in Hrodna</h1>${first}<p>${TEXT}</p>`)).toMatchObject({
      value: { lead: 'All had waited for three years.', body: [{ text: TEXT }] },
    });
  });

  it.each([
    'Суд: ён вінаваты ў арганізацыі пратэстаў.',
    'Яго асудзілі па артыкуле за здраду.',
    'Приговор огласили в 10:30.',
    'Экс-директора судили по статье о взятке.',
    'Пра гэта паведаміў сайт міністэрства.',
  ])('begins with a sentence that has a word or a sign of a template: %s', async (lead) => {
    expect(await page(`<h1>New library opens in Hrodna</h1><p>${lead}</p><p>${TEXT}</p>`)).toMatchObject({
      value: { lead, body: [{ text: TEXT }] },
    });
  });

  it.each(['09:11 New library opens', 'Culture New library opens', 'New library opens 26.11.2026'])(
    'is known by its headline within what was listed: %s',
    async (listed) => {
      const long = `${LEAD} There was an orchestra as well.`;
      const html = `<title>Culture | Town</title><h1>New library opens</h1><p>${long}</p>`;
      const article = await parseArticle(html, 'https://news.example/en/news/9', listed);
      expect(article).toMatchObject({ value: { headline: 'New library opens', lead: long } });
      const site = `<title>Town</title><h1>New library</h1><p>${long}</p>`;
      expect(await parseArticle(site, 'https://news.example/en/news/9', listed)).toMatchObject({ ok: false });
    },
  );

  it('is known by its own title where its largest letters say something else', async () => {
    const long = `${LEAD} There was an orchestra as well.`;
    const html = (text: string) =>
      `<title>New library opens in Hrodna | Town</title><h1>A place that all were waiting for</h1><p>${text}</p>`;
    const read = (text: string) =>
      parseArticle(html(text), 'https://news.example/en/news/9', 'New library opens in Hrodna');
    expect(await read(`${long}</p><p>It has a hall.`)).toMatchObject({
      value: { headline: 'New library opens in Hrodna', lead: long, body: [{ text: 'It has a hall.' }] },
    });
    expect(await read(long)).toMatchObject({ value: { lead: '' } });
  });

  const SITE =
    '<p>The Town tells what happens in Hrodna and has been doing so since two thousand and ten.</p><p>To write to us or to help us, see the addresses of our office at the foot of the page.</p>';
  it.each([
    ['under a site’s name', `<h1>The Town</h1>${SITE}`],
    ['under no heading', SITE],
    [
      'of other stories',
      `<h1>All the news of Hrodna</h1><h2><a href="/en/news/8">The bank</a></h2>${SITE}<h2><a href="/en/news/7">The bridge</a></h2>`,
    ],
    [
      'of cards of other stories',
      `<h1>All the news of Hrodna</h1><a href="/en/news/8"><h2>The bank</h2></a>${SITE}`,
    ],
  ])('that has its headline for machines alone has no words %s', async (_, content) => {
    const headline = 'New library opens in Hrodna';
    const html = `<head><title>${headline} | Town</title><meta property="og:title" content="${headline}"></head><body>${content}</body>`;
    const read = (text: string) => parseArticle(text, 'https://news.example/en/news/9', headline);
    expect(await read(html)).toMatchObject({ value: { headline, lead: '', body: [] } });
    const shown = html.replace('<body>', `<body><div>${headline}</div>`);
    if (content === SITE) expect(await read(shown)).toMatchObject({ value: { body: [{}] } });
  });

  it.each([
    (json: string) => json.replace('Story', 'Story\nof the town'),
    (json: string) => `/*<![CDATA[*/${json.replace(/\}$/, ',}')}/*]]>*/`,
    (json: string) => `<!-- [{"@type":"WebSite","name":"T",},${json}] -->`,
  ])('has its time and its picture from JSON-LD that is not quite any: %s', async (broken) => {
    const json =
      '{"@type":"NewsArticle","headline":"Story","datePublished":"2026-08-22T09:00:00Z","image":"https://news.example/a.jpg"}';
    const article = await page(
      `<script type="application/ld+json">${broken(json)}</script><h1>New library opens in Hrodna</h1><p>${LEAD}</p>`,
    );
    expect(article).toMatchObject({
      value: {
        publishedAt: Date.parse('2026-08-22T09:00:00Z'),
        picture: { url: 'https://news.example/a.jpg' },
      },
    });
  });

  it('does not tell the numbers of its further pages', async () => {
    const links = '<div class="page-links">Pages: 1 <a href="/en/news/9/2/">2</a></div>';
    expect(
      await page(`<h1>New library opens in Hrodna</h1><p>${LEAD}</p><p>More.</p>${links}`),
    ).toMatchObject({
      value: { lead: LEAD, body: [{ text: 'More.' }] },
    });
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
    const deep = `<h1>New library opens in Hrodna</h1>${'<div>'.repeat(20_000)}<p>August 22, Pozirk. Deep.</p>`;
    expect(await workOf(() => page(deep))).toBeLessThan(1500);
  });
});
