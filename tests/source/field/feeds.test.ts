import { describe, expect, it } from 'vitest';
import { draft, drafts, type Entry, entry, page, pageDraft, rss, told, words } from './reading.ts';
import { withOwnNames } from '#src/source/feed/xml.ts';
import { readSource } from '#src/source/reading.ts';
import { workOf } from '#testing/work.ts';

const bytes = (...parts: (string | Uint8Array)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const json = (item: object, around: [string, string] = ['', '']) =>
  around[0] +
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ id: '1', url: '/1', ...item }] }) +
  around[1];

describe('a feed is what can be read as one', () => {
  it.each([
    ['the declaration', (feed: string) => feed.replace('?>', '>')],
    ['a style sheet', (feed: string) => feed.replace('<rss', '<?xml-stylesheet href="/a.xsl"><rss')],
    ['a title', (feed: string) => feed.replace('Навіна', '<? Навіна')],
  ])('where %s has an instruction without an end', async (_, broken) => {
    const feed = broken(
      `<?xml version="1.0"?>${rss(entry() + entry({ title: 'Другая', link: '/be/news/2' }))}`,
    );
    expect((await drafts(feed)).map(({ headline }) => headline)).toEqual([
      expect.stringContaining('Навіна пра горад'),
      'Другая',
    ]);
  });

  it.each([
    ['as it is', (feed: string) => feed],
    [
      'as text',
      (feed: string) =>
        `<pre>${feed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</pre>`,
    ],
  ])('where a page shows one %s', async (_, shown) => {
    const feed = `<html><head></head><body>${shown(`<?xml version="1.0"?>${rss(entry())}`)}</body></html>`;
    expect(await draft(feed)).toMatchObject({ headline: 'Навіна пра горад' });
  });

  it.each([
    'Курс <EUR і <USD',
    'Мост <! адкрылі',
    'Мост </ адкрылі',
    'Мост <? адкрылі',
    '&lt;/kubernetes&gt; і мост',
    '&lt;/kubernetes&gt;',
    'Мост <https://horad.example/2> тут',
  ])('where a title is %s', async (title) => {
    const headline = title.replace('&lt;', '<').replace('&gt;', '>');
    expect(
      (await drafts(rss(entry({ title }) + entry({ link: '/be/news/2' }).replace('>g<', '>h<'))))[0],
    ).toMatchObject({ headline });
  });

  it.each([
    ['within its element', '<description>Тэкст навіны. <!-- заўвага</description>'],
    ['before another', '<description>Тэкст навіны. <!-- заўвага <!-- іншая</description>'],
    ['that is over at once', '<!--><description>Тэкст навіны.</description><!--->'],
  ])('where a comment is left open %s', async (_, more) => {
    const feed = rss(entry({ more }) + entry({ title: 'Другая', link: '/be/news/2' }).replace('>g<', '>h<'));
    for (const document of [feed, feed.replace('</channel>', '<!-- канец --></channel>')])
      expect((await drafts(document)).map(({ headline, lead }) => [headline, lead])).toEqual([
        ['Навіна пра горад', 'Тэкст навіны.'],
        ['Другая', ''],
      ]);
  });

  it('where an entry stands in a comment, which is none', async () => {
    expect(await draft(rss(`<!-- ${entry({ title: 'Старая' })} -->${entry()}`))).toMatchObject({
      headline: 'Навіна пра горад',
    });
  });

  it.each(['<?php echo $this->title; ?>Тэкст навіны.', '<!—- заўвага -->Тэкст навіны.'])(
    'where a text holds what a program left there: %s',
    async (text) => {
      expect((await draft(rss(entry({ more: `<description>${text}</description>` })))).lead).toBe(
        'Тэкст навіны.',
      );
    },
  );

  it('where words are parted by the end of a line in a text editor', async () => {
    expect((await draft(rss(entry({ title: 'Мост\u000bпраз\u000cраку' })))).headline).toBe('Мост праз раку');
  });

  it.each([
    ['a warning before', ['Notice: Undefined index in /var/www/feed.php on line 3\n', '']],
    ['a remark behind', ['', '\n<!-- cached 0.1 s -->']],
  ] as [string, [string, string]][])('JSON with %s', async (_, around) => {
    expect(await draft(json({ title: 'Навіна' }, around))).toMatchObject({ headline: 'Навіна' });
  });

  it.each([
    ['with an apostrophe that is escaped', String.raw`Мост \'так\'`, "Мост 'так'"],
    ['with a backslash alone', String.raw`Шлях C:\Мост`, String.raw`Шлях C:\Мост`],
  ])('JSON %s', async (_, written, headline) => {
    const feed = json({ title: '§', content_text: 'Т\n«т»' }).replace('§', () => written);
    expect(await draft(feed)).toMatchObject({ headline, lead: 'Т «т»' });
  });

  it('JSON with remarks in it, or with its items by number', async () => {
    const feed = json({ title: 'Мост /* так */ // і далей' });
    const headline = 'Мост /* так */ // і далей';
    expect(await draft(feed.replace('"items"', '/* x */ // y\n"items"'))).toMatchObject({ headline });
    expect(await draft(feed.replace('[', '{"3":').replace(']', '}'))).toMatchObject({ headline });
  });

  it.each([
    ['behind the root', (one: string, two: string) => `${rss(one)}\n<!-- x -->${two}</channel></rss>`],
    ['in a second root', (one: string, two: string) => `${rss(one)}<br><b>Notice</b> ${rss(two)}`],
    ['in a wrapper behind the root', (one: string, two: string) => `${rss(one)}<div>${two}</div></html>`],
  ])('entries %s are of the feed', async (_, feed) => {
    const two = entry({ title: 'Другая', link: '/be/news/2' }).replace('>g<', '>h<');
    const text = feed(entry(), two);
    expect(await drafts(text)).toMatchObject([{ headline: 'Навіна пра горад' }, { headline: 'Другая' }]);
    expect(await readSource({ text, address: 'https://horad.example/' })).toMatchObject({
      value: { isWhole: true },
    });
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -25)],
    ['with a comma too much', (text: string) => text.replace('"}]', '",},]')],
    ['with the end of a line in a text', (text: string) => text.replace('Навіна', 'Навіна\nгорада')],
  ])('JSON %s', async (_, broken) => {
    const items = [1, 2].map((id) => ({ id, url: `/${id}`, title: `Навіна ${id}` }));
    const feed = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items });
    expect((await drafts(broken(feed)))[0]?.headline).toMatch(/^Навіна (?:горада )?1$/);
  });

  it.each([
    ['brackets', '['.repeat(1e6)],
    ['objects', '{}'.repeat(1e6)],
    ['an open text', `"${'\\n'.repeat(1e6)}`],
    ['backslashes', `"${'\\\\'.repeat(1e6)}`],
  ])('is not what takes for ever: %s', async (_, tail) => {
    const reading = () =>
      expect(drafts(`{"version":"https://jsonfeed.org/version/1.1","items":[${tail}`)).rejects.toThrow();
    expect(await workOf(reading)).toBeLessThan(2000);
  });

  it('old Atom that packs its text', async () => {
    const text = Buffer.from('<p>Тэкст навіны.</p>').toString('base64');
    const of = (attributes: string) =>
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>1</id><title>Н</title><link href="/1"/><content ${attributes}>${text}</content></entry></feed>`;
    expect((await draft(of('mode="base64" type="text/html"'))).lead).toBe('Тэкст навіны.');
    expect((await draft(of('type="image/png"'))).lead).toBe('');
  });

  it('paragraphs that are parted by returns alone', async () => {
    const story = await draft(json({ title: 'Мост', content_text: 'Мост адкрылі.\r\rПрыйшлі людзі.' }));
    expect(words(story)).toBe('Мост адкрылі.\n{"kind":"paragraph","text":"Прыйшлі людзі."}');
  });

  it('a character in two halves is one', async () => {
    const [before = '', behind = ''] = rss(entry({ title: 'Мост § адкрылі' })).split('§');
    const halves = Uint8Array.of(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80);
    expect((await draft(bytes(before, halves, behind))).headline).toBe('Мост 😀 адкрылі');
  });

  it.each(['iso-8859-1', 'windows-1252', 'us-ascii'])('Cyrillic that calls itself %s', async (label) => {
    const feed = `<rss version="2.0"><channel><item><title>§</title><link>https://horad.example/1</link></item></channel></rss>`;
    const [before = '', behind = ''] = feed.split('§');
    const title = Uint8Array.from(
      Array.from('Новый мост', (letter) => (letter === ' ' ? 0x20 : letter.charCodeAt(0) - 0x410 + 0xc0)),
    );
    const document = bytes(`<?xml version="1.0" encoding="${label}"?>`, before, title, behind);
    expect((await draft(document)).headline).toBe('Новый мост');
  });

  it.each([
    '<br />\n<b>Notice</b>:  Undefined index: t in <b>/srv/rss.php</b> on line <b>4</b><br />\n',
    'Warning: Undefined variable $t in /srv/rss.php on line 4\n',
    'PHP Deprecated:  strlen(): Passing null in /srv/rss.php on line 4 ',
  ])('a server’s warning within an element is none of its words: %j', async (warning) => {
    const more = `<description>${warning}Тэкст навіны.</description>`;
    for (const title of [`${warning}Мост адкрылі`, `<![CDATA[${warning}Мост адкрылі]]>`])
      expect(await draft(rss(entry({ title, more })))).toMatchObject({
        headline: 'Мост адкрылі',
        lead: 'Тэкст навіны.',
      });
    const title = 'Warning: a storm in Minsk on line 3 of the metro';
    expect(await draft(rss(entry({ title })))).toMatchObject({ headline: title });
  });

  it('a section that is left open ends with its element, also the last of the feed', async () => {
    const more = '<description><![CDATA[<p>Тэкст навіны.</p></description>';
    const [first, second] = await drafts(
      rss(entry({ more }) + entry({ title: 'Другая', link: '/be/news/2' }).replace('>g<', '>h<')),
    );
    expect(first?.lead).toBe('Тэкст навіны.');
    expect(second?.headline).toBe('Другая');
  });

  it('a section that was escaped as a whole within another is none', async () => {
    expect((await draft(told('&lt;![CDATA[Тэкст навіны.]]&gt;'))).lead).toBe('Тэкст навіны.');
  });

  it.each([
    '&#60;![CDATA[Тэкст навіны.]]&#62;',
    '&#x3C;![CDATA[Тэкст навіны.]]&#x3E;',
    '&amp;lt;![CDATA[Тэкст навіны.]]&amp;gt;',
    '<![CDATA[<![CDATA[Тэкст навіны.]]]]><![CDATA[>]]>',
    '<![CDATA[<![CDATA[Тэкст навіны.]]>]]>',
  ])('nor is one that is written %s', async (text) => {
    expect(
      await draft(rss(entry({ title: text, more: `<description>${text}</description>` }))),
    ).toMatchObject({
      headline: 'Тэкст навіны.',
      lead: 'Тэкст навіны.',
      body: [],
    });
  });

  it.each(['Мінск <3 Вільня', 'Дзеці <5 гадоў', 'Цяплей < 0 градусаў', 'Курс <слова', 'a<-b'])(
    'a sign that begins no tag is itself: %s',
    async (text) => {
      const more = `<description>${text}</description><category>Горад</category>`;
      const two = entry({ title: 'Другая', link: '/be/news/2' }).replace('>g<', '>h<');
      expect(await drafts(rss(entry({ title: text, more }) + two))).toMatchObject([
        { headline: text, lead: text, rubrics: ['Горад'] },
        { headline: 'Другая' },
      ]);
      expect(await draft(told(text))).toMatchObject({ lead: text });
    },
  );

  it('code of pages within a text loses none of it, also where it is left open', async () => {
    const more = (code: string) => `<content:encoded><p>Тэкст.</p>${code}<p>Канец.</p></content:encoded>`;
    const code = '<script>if (a<b) {x}</script><style>p<b{}</style>';
    expect(await draft(rss(entry({ more: more(code) })))).toMatchObject({
      lead: 'Тэкст.',
      body: [{ text: 'Канец.' }],
    });
    const two = entry({ title: 'Другая', link: '/be/news/2', more: more(code) }).replace('>g<', '>h<');
    expect(await drafts(rss(entry({ more: more('<style>') }) + two))).toHaveLength(2);
  });

  it('bare ampersands in the address of an RDF entry do not make it unreadable', async () => {
    const rdf =
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item rdf:about="https://horad.example/?a=1&b=2"><title>Навіна</title></item></rdf:RDF>';
    expect((await draft(rdf)).link).toBe('https://horad.example/?a=1&b=2');
  });

  it('a single dash or apostrophe of windows-1252 within UTF-8 is what it was meant to be', async () => {
    const feed = bytes(
      '<?xml version="1.0" encoding="utf-8"?><rss><channel><item><title>Mayor',
      Uint8Array.of(0x92),
      's answer ',
      Uint8Array.of(0x97),
      ' “no”, says café</title><link>https://horad.example/1</link></item></channel></rss>',
    );
    expect((await draft(feed)).headline).toBe('Mayor’s answer — “no”, says café');
  });
});

describe('of a feed of thousands the newest are read', () => {
  const at = (n: number) => new Date(Date.parse('2026-11-26T06:00:00Z') - n * 60_000);
  const numbers = Array.from({ length: 2500 }, (_, n) => n);
  const shuffled = numbers.map((n) => (n * 1009) % 2500);
  const item = (n: number) =>
    `<item><title>Навіна ${n}</title><link>/be/news/${n}</link><pubDate>${at(n).toUTCString()}</pubDate></item>`;
  it.each([
    ['shuffled', rss(shuffled.map(item).join(''))],
    ['oldest first', rss(numbers.toReversed().map(item).join(''))],
    ['behind one that is pinned', rss(item(2499) + numbers.slice(0, -1).map(item).join(''))],
    [
      'in a sitemap by name',
      `<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${shuffled.map((n) => `<url><loc>https://horad.example/be/news/${n}</loc><news:news><news:title>Навіна ${n}</news:title><news:publication_date>${at(n).toISOString()}</news:publication_date></news:news></url>`).join('')}</urlset>`,
    ],
    [
      'in JSON',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        items: shuffled.map((n) => ({
          id: `${n}`,
          url: `/be/news/${n}`,
          title: `Навіна ${n}`,
          date_published: at(n),
        })),
      }),
    ],
  ])('%s', async (_, feed) => {
    const read = (await drafts(feed)).map(({ headline }) => headline);
    expect(read).toHaveLength(500);
    for (const n of [0, 1, 250, 498]) expect(read).toContain(`Навіна ${n}`);
  });
});

describe('what stands in brackets is no tag', () => {
  it.each([
    ['Што такое &lt;html&gt; і навошта', 'Што такое <html> і навошта'],
    ['<![CDATA[Тэг <b> і мост]]>', 'Тэг <b> і мост'],
    ['Гэта &lt;b&gt;тоўста&lt;/b&gt;', 'Гэта тоўста'],
    ['Цана <слова> ды &lt;USD&gt;', 'Цана <слова> ды <USD>'],
    ['Што такое &lt;!DOCTYPE html&gt;', 'Што такое <!DOCTYPE html>'],
    ['Код &lt;?php echo 1; ?&gt; тут', 'Код <?php echo 1; ?> тут'],
    ['Мост<!-- x --> адкрылі', 'Мост адкрылі'],
    ['Агонь &#55357;&#56613; і &#xD83D;&#xDD25;', 'Агонь 🔥 і 🔥'],
  ])('title %s', async (title, headline) => {
    expect((await draft(rss(entry({ title })))).headline).toBe(headline);
  });

  it.each(['noindex', 'spoiler', 'cut', 'xmp', 'h7', 'my-box'])(
    'but one that is closed is a tag, whatever it is called: %s',
    async (name) => {
      const text = `<p>Пачатак.</p><${name}><p>Унутры.</p></${name}><p>Гл. <${name}>тут</${name}>.</p>`;
      expect(await draft(told(text))).toMatchObject({
        lead: 'Пачатак.',
        body: [{ text: 'Унутры.' }, { text: 'Гл. тут.' }],
      });
      expect(await draft(rss(entry({ title: `&lt;${name}&gt;Мост&lt;/${name}&gt;` })))).toMatchObject({
        headline: 'Мост',
      });
    },
  );

  it('a text that calls itself plain keeps tags that are not closed', async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title type="text">Тэг &lt;b&gt;</title><link href="/1"/><summary type="text">Тэг &lt;b&gt; і &lt;i&gt;курсіў&lt;/i&gt;</summary></entry></feed>`;
    expect(await draft(atom)).toMatchObject({ headline: 'Тэг <b>', lead: 'Тэг <b> і курсіў' });
  });

  it('plain text of JSON is no mark-up', async () => {
    expect((await draft(json({ title: 'Н', content_text: 'Курс <USD> і тэг <b> тут.' }))).lead).toBe(
      'Курс <USD> і тэг <b> тут.',
    );
  });
});

describe('an entry without a title is told by its first sentence', () => {
  it.each([
    [
      'На вул. Я. Купалы, 5 г. Мінска адкрылі сквер. Прыйшлі ўсе.',
      'На вул. Я. Купалы, 5 г. Мінска адкрылі сквер',
    ],
    ['&lt;p&gt;Новы мост праз раку&lt;/p&gt;&lt;p&gt;Ён даўжэйшы за стары.&lt;/p&gt;', 'Новы мост праз раку'],
    ['Новы мост праз раку&lt;br&gt;Ён даўжэйшы за стары.', 'Новы мост праз раку'],
    [
      '&lt;p&gt;#мост #горад&lt;/p&gt;&lt;p&gt;Мост адкрылі сёння раніцай. Далей.&lt;/p&gt;',
      'Мост адкрылі сёння раніцай',
    ],
    [
      '&lt;p&gt;⚡️⚡️&lt;/p&gt;&lt;p&gt;Мост адкрылі сёння раніцай. Далей.&lt;/p&gt;',
      'Мост адкрылі сёння раніцай',
    ],
    ['https://x.example/a Мост адкрылі сёння раніцай. Далей.', 'Мост адкрылі сёння раніцай'],
    ['26 лістапада, Позірк. Мост адкрылі сёння раніцай. Далей.', 'Мост адкрылі сёння раніцай'],
    ['November 26, Pozirk. The bridge was opened today. People came.', 'The bridge was opened today'],
    [
      '&lt;p&gt;26 ноября, Позирк.&lt;/p&gt;&lt;p&gt;Мост открыли сегодня утром. Далее.&lt;/p&gt;',
      'Мост открыли сегодня утром',
    ],
    ['Убит ген. Иванов и 20 млн. Рублёв не нашли. Всё.', 'Убит ген. Иванов и 20 млн. Рублёв не нашли'],
  ])('%s', async (text, headline) => {
    const item = `<item><link>https://horad.example/1</link><description>${text}</description></item>`;
    expect((await draft(rss(item))).headline).toBe(headline);
  });
});

describe('names that a document type gives to texts', () => {
  const typed = (type: string, title: string) =>
    draft(rss(entry({ title })).replace('<rss', `<!DOCTYPE rss ${type}><rss`));
  it('are these texts, a name within one and a file are none', async () => {
    const names = `<!ENTITY horad "Горад"><!ENTITY x 'Мост &amp; рынак'><!ENTITY f SYSTEM "file:///etc/passwd">`;
    expect((await typed(`[${names}]`, '&horad; &laquo;Мост&raquo;')).headline).toBe('Горад «Мост»');
    expect((await typed(`[${names}]`, 'Навіна &x; &f;')).headline).toBe('Навіна &x; &f;');
    expect((await typed('', 'Навіна &horad;')).headline).toBe('Навіна &horad;');
  });

  it('make no document larger than it may be', async () => {
    const [names, many] = [`<!ENTITY a "${'а'.repeat(200)}">`, '&a;'.repeat(1_000_000)];
    expect(withOwnNames(`<!DOCTYPE rss [${names}]>${many}`).length).toBeLessThan(3_300_000);
  });
});

describe('rubrics', () => {
  it.each([
    ['Грамадства, Палітыка', ['Грамадства', 'Палітыка']],
    ['Грамадства; Палітыка', ['Грамадства', 'Палітыка']],
    ['Навіны/Спорт', ['Навіны', 'Спорт']],
    ['Навіны &gt; Спорт', ['Навіны', 'Спорт']],
    ['24/7', ['24/7']],
    ['#Спорт', ['Спорт']],
    ['Санкт-Пецярбург', ['Санкт-Пецярбург']],
    ['Uncategorized', []],
    ['Без рубрики', []],
    ['12', []],
    ['https://horad.example/rubryka/1', []],
  ])('are told one by one, and none that nobody chose: %s', async (category, rubrics) =>
    expect((await draft(rss(entry({ more: `<category>${category}</category>` })))).rubrics).toEqual(rubrics),
  );
});

describe('a headline', () => {
  const headlines = async (...titles: string[]) =>
    (
      await drafts(
        rss(
          titles
            .map((title, at) => entry({ title, link: `/be/news/${at}` }).replace('>g<', `>${at}<`))
            .join(''),
        ),
      )
    ).map(({ headline }) => headline);

  it('is told without the name of the site that stands behind all', async () => {
    const titles = ['Мост адкрылі', 'Школа — новая', 'Рынак зачынілі'];
    for (const name of [' | Наша газета', ' — Навіны', ' - НАВІНЫ ГОРАДА'])
      expect(await headlines(...titles.map((title) => title + name))).toEqual(titles);
    const many = Array.from({ length: 10 }, (_, n) => `Мост ${n} адкрылі`);
    expect(await headlines(...many.map((title) => `${title} — Наша газета`))).toEqual(many);
    expect(await headlines('Мост | Навіны горада')).toEqual(['Мост']);
  });

  it.each([
    ['Мост \\"Горад\\" адкрылі, каманда \\\'Дынама\\\'', 'Мост "Горад" адкрылі, каманда \'Дынама\''],
    ['Мост \\u2014 \\u0430дкрылі', 'Мост — адкрылі'],
    ['Файл C:\\users адкрылі', 'Файл C:\\users адкрылі'],
  ])('is told without what a program escaped for another: %s', async (title, headline) =>
    expect(await headlines(title)).toEqual([headline]),
  );

  it.each([' — Ціханоўская', ' - Гомель', ' | 3,20'])(
    'keeps who said it, where it was and how much, though all of a few say so: %s',
    async (end) => {
      const titles = ['Мост адкрылі', 'Школа новая', 'Рынак зачынілі'].map((title) => title + end);
      expect(await headlines(...titles)).toEqual(titles);
    },
  );

  it('keeps what stands behind some, or behind one alone', async () => {
    const titles = ['Мост адкрылі — фота', 'Школа — новая', 'Рынак — фота'];
    expect(await headlines(...titles)).toEqual(titles);
    expect(await headlines('Мост адкрылі — фота')).toEqual(['Мост адкрылі — фота']);
  });
});

describe('the text of an entry is the one that says more', () => {
  const frame =
    '<div class="wrapper"><iframe src="https://video.example/embed/abcdef" width="560"></iframe></div>';
  const picture = '<p><a href="/be/news/1"><img src="https://horad.example/i/most.jpg" alt=""></a></p>';
  const two = (description: string, encoded: string) =>
    draft(
      rss(
        entry({
          more: `<description><![CDATA[${description}]]></description><content:encoded><![CDATA[${encoded}]]></content:encoded>`,
        }),
      ),
    );

  it.each([
    frame,
    picture,
    frame + picture,
    '<p>&nbsp;</p>',
    '<script>var words = "a lot of them";</script>',
    'null',
  ])('and no frame or picture: %s', async (empty) => {
    const summary = await two('Мост адкрылі.', empty);
    expect(summary.lead).toBe('Мост адкрылі.');
    expect(summary.picture?.url).toBe(
      empty.includes('<img') ? 'https://horad.example/i/most.jpg' : undefined,
    );
    expect((await two(empty, 'Мост адкрылі.')).lead).toBe('Мост адкрылі.');
  });

  it('however much mark-up the other has', async () => {
    const style = 'font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5;color:#333333';
    const { lead, body } = await two(
      `<div style="${style}">${picture}</div><p style="${style}">Мост…</p>`,
      '<p>Мост адкрылі раніцай.</p><p>Прыйшлі сотні людзей.</p>',
    );
    expect([lead, body]).toEqual([
      'Мост адкрылі раніцай.',
      [{ kind: 'paragraph', text: 'Прыйшлі сотні людзей.' }],
    ]);
  });

  it.each([
    'null',
    '[object Object]',
    '0',
    '.',
    'Няма апісання',
    '{{ item.text }}',
    'https://horad.example/be/news/1',
  ])('and none where a program was given none: %s', async (text) =>
    expect((await draft(rss(entry({ more: `<description>${text}</description>` })))).lead).toBe(''),
  );

  it('though a picture of a megabyte stands in it letter by letter', async () => {
    const image = `<img src="data:image/png;base64,${'iVBORw0KGgoAAAAN\n'.repeat(60_000)}">`;
    const text = `<p>${image}</p><p>Мост адкрылі.</p>`;
    const feeds = [told(text), json({ title: 'Навіна пра горад', content_html: text })];
    for (const feed of feeds) {
      const reading = await readSource({ text: feed, address: 'https://horad.example/be/rss' });
      expect(reading).toMatchObject({ value: { items: [{ text: { lead: 'Мост адкрылі.' } }], notes: [] } });
    }
  });

  it.each(['encoded', 'content_encoded', 'x:encoded'])('also in %s', async (name) => {
    const more = `<description>Коратка.</description><${name}><![CDATA[<p>Увесь тэкст навіны.</p>]]></${name}>`;
    expect((await draft(rss(entry({ more })))).lead).toBe('Увесь тэкст навіны.');
  });
});

describe('a title that says nothing is none', () => {
  it.each(['...', '(без назвы)', 'Untitled', '[Без темы]', 'null', 'https://horad.example/be/news/1', '⚡️'])(
    '%s',
    async (title) => {
      const more = '<description>Мост адкрылі сёння раніцай. Далей.</description>';
      expect((await draft(rss(entry({ title, more })))).headline).toBe('Мост адкрылі сёння раніцай');
    },
  );

  it('but nothing else is there to be told', async () => {
    expect((await draft(rss(entry({ title: '⚡️' })))).headline).toBe('⚡️');
  });
});

describe('a link is what a browser would open', () => {
  const own = 'https://horad.example/be/news/1';
  it.each([
    ['https:/horad.example/be/news/1', own],
    ['https://https://horad.example/be/news/1', own],
    ['"https://horad.example/be/news/1"', own],
    ['&lt;https://horad.example/be/news/1&gt;', own],
    ['&lt;a href="https://horad.example/be/news/1"&gt;сюды&lt;/a&gt;', own],
    ['rss://horad.example/be/news/1', own],
    ['https%3A%2F%2Fhorad.example%2Fbe%2Fnews%2F1', own],
    ['[https://horad.example/be/news/1]', own],
    ['https:// horad.example/be/news/1', own],
    ['https ://horad.example/be/news/1', own],
    ['ttps://horad.example/be/news/1', own],
    ['https//horad.example/be/news/1', own],
    ['\u200bhttps://horad.example/be/news/1\ufeff', own],
    ['https://horad.example/be/news/1?a=1&amp;amp;b=2', `${own}?a=1&b=2`],
    ['m.horad.example/be/news/1', 'https://m.horad.example/be/news/1'],
    ['https://horad.example/be/news/1?a=1&amp;#038;b=2', `${own}?a=1&b=2`],
    ['<![CDATA[https://horad.example/be/news/1?a=1&#038;b=2]]>', `${own}?a=1&b=2`],
    ['http://horad.example:443/be/news/1', own],
    ['https://horad.example:80/be/news/1', 'http://horad.example/be/news/1'],
    ['https://horad.example/be/\n      news/1', own],
    ['https://www.google.com/url?sa=t&amp;url=https://horad.example/be/news/1&amp;usg=AOv', own],
    ['/bitrix/redirect.php?event1=rss&amp;goto=%2Fbe%2Fnews%2F1', own],
    [
      'https://horad.example/go?to=https://other.example/1',
      'https://horad.example/go?to=https://other.example/1',
    ],
    ['news.2026.html', 'https://horad.example/news.2026.html'],
  ])('%s', async (link, expected) => {
    expect((await draft(rss(entry({ link })))).link).toBe(expected);
  });

  it.each(['горад.бел/be/news/1', 'www.горад.бел/be/news/1', 'm.ГОРАД.бел/be/news/1'])(
    'on a host in Cyrillic letters: %s',
    async (link) => {
      const [one] = await drafts(
        rss(entry({ link })).replace('<link>https://horad.example/<', '<link>https://горад.бел/<'),
        'https://горад.бел/rss',
      );
      expect(one?.link).toMatch(/^https:\/\/(?:www\.|m\.)?xn--80afe2bk\.xn--90ais\/be\/news\/1$/);
    },
  );

  it('the page of its own, where all lead to a list of stories', async () => {
    const numbers = [1, 2, 3];
    const items = numbers.map((n) =>
      entry({ title: `Навіна ${n}`, link: '/be/news/' }).replace(
        /<guid.*<\/guid>/,
        `<guid>https://horad.example/be/news/${n}</guid>`,
      ),
    );
    expect((await drafts(rss(items.join('')))).map(({ link }) => link)).toEqual(
      numbers.map((n) => `https://horad.example/be/news/${n}`),
    );
  });

  it('may name the day of a story without a date', async () => {
    const item = entry({ link: 'https://horad.example/2026/11/20/most/' }).replace(
      /<pubDate>.*<\/pubDate>/,
      '',
    );
    expect(await draft(rss(item))).toMatchObject({ day: '2026-11-20', isDayKnown: true });
    expect(await draft(rss(item.replace('11/20', '13/40')))).toMatchObject({ isDayKnown: false });
  });

  it('of pages in several languages that of the edition', async () => {
    const links = ['ru', 'be', 'en'].map(
      (code) => `<link hreflang="${code}" href="https://horad.example/${code}/news/1"/>`,
    );
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Мост</title>${links.join('')}<id>1</id></entry></feed>`;
    for (const code of ['be', 'en'])
      expect(await drafts(atom, `https://horad.example/${code}/rss`)).toMatchObject([
        { link: `https://horad.example/${code}/news/1` },
      ]);
  });

  it('a permanent guid may be a path', async () => {
    const item = '<item><title>Навіна</title><guid>/be/news/1</guid></item>';
    expect((await draft(rss(item))).link).toBe(own);
  });

  it('a link may have a base of its own', async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>Навіна</title><link xml:base="https://horad.example/be/news/" href="1"/></entry></feed>`;
    expect((await draft(atom)).link).toBe(own);
    const source = `<content type="text/html" src="/be/news/1"/><content type="video/mp4" src="/be/1.mp4"/>`;
    expect((await draft(atom.replace(/<link.*\/>/, source))).link).toBe(own);
  });
});

describe('the picture of an entry', () => {
  const photo = 'https://horad.example/a.jpg';
  it.each([
    [
      'by Blogger',
      'https://blogger.googleusercontent.com/img/b/R2/AV/s72-w640-h426-c/p.jpg',
      'https://blogger.googleusercontent.com/img/b/R2/AV/w640-h426/p.jpg',
    ],
    [
      'at the end of its address',
      'https://lh3.googleusercontent.com/pw/AB=s72-c',
      'https://lh3.googleusercontent.com/pw/AB=w640-h426',
    ],
    ['by a name with its size', '/p-150x150.jpg', 'https://horad.example/p-1024x683.jpg'],
    ['without a word but its width', '/thumbs/p.jpg', photo],
  ])('is that of the text where the feed names a thumb %s', async (_, thumb, whole) => {
    const more = `<media:thumbnail url="${thumb}" height="72" width="72"/>`;
    const text = `<content:encoded><![CDATA[<p><img src="${whole}"/></p><p>Тэкст.</p>]]></content:encoded>`;
    const read = await draft(rss(entry({ more: more + text })));
    expect(read).toMatchObject({ picture: { url: whole }, lead: 'Тэкст.', body: [] });
  });

  it('is a thumb where there is no other', async () =>
    expect(await of('<media:thumbnail url="/p.jpg" width="120"/>')).toBe('https://horad.example/p.jpg'));

  it.each([
    ['pixel', '<img src="https://pixel.example/b.gif?x" width="1" height="1"/>'],
    [
      'button for sharing',
      '<a href="https://t.me/share/url?url=x"><img src="https://horad.example/tg.png"></a>',
    ],
    ['counter', '<img src="https://stats.example/b/1?c=7"/>'],
  ])('is the thumb beside a text that has only a %s', async (_, image) => {
    const thumb = '<media:thumbnail url="/p-150x150.jpg" height="150" width="150"/>';
    const text = `<content:encoded><![CDATA[<p>Тэкст.</p><p>Яшчэ тэкст.${image}</p>]]></content:encoded>`;
    expect(await of(thumb + text)).toBe('https://horad.example/p-150x150.jpg');
    expect(await of(text)).toBeUndefined();
  });

  const of = async (more: string) => (await draft(rss(entry({ more })))).picture?.url;
  it.each([
    [
      'stands for a film',
      `<media:content url="/a.mp4" medium="video"><media:thumbnail url="${photo}"/></media:content>`,
    ],
    [
      'is an element of old',
      `<image><url>${photo}</url><title>Подпіс</title><link>https://horad.example/</link></image>`,
    ],
    ['belongs to a broadcast', `<itunes:image href="${photo}"/>`],
    [
      'stands behind a smile',
      '<description><![CDATA[Т.<img src="/wp-includes/images/smilies/s.png"><img src="/a.jpg">]]></description>',
    ],
    [
      'is the larger by its name',
      `<media:content url="/a-300x200.jpg" medium="image"/><media:content url="${photo}" medium="image"/>`,
    ],
    [
      'is not wider than Telegram shows',
      `<media:content url="/huge.jpg" medium="image" width="9000"/><media:content url="${photo}" medium="image" width="900"/>`,
    ],
    [
      'is of a form that all can show',
      `<media:content url="/a.avif" type="image/avif" width="900"/><media:content url="${photo}" type="image/jpeg" width="800"/>`,
    ],
    ['is an address alone', `<image>${photo}</image>`],
    [
      'stands in the text',
      `<description><![CDATA[<p><img src="/a.jpg" width="800"></p><p>Тэкст.</p>]]></description>`,
    ],
  ])('%s', async (_, more) => {
    expect(await of(more)).toBe(photo);
    expect((await draft(rss(entry({ more })))).headline).toBe('Навіна пра горад');
  });

  it.each([
    ['its own story', 'https://horad.example/be/news/1', 'width="600"'],
    ['its own page of the picture', '/be/news/1/attachment/most/', ''],
    ['its full size', '/uploads/a.jpg', 'class="size-large"'],
  ])('may lead to %s', async (_, href, how) => {
    const text = `<p><a href="${href}"><img src="/a.jpg" ${how}></a></p><p>Тэкст.</p>`;
    const [read] = [await draft(told(text))];
    expect(read).toMatchObject({ picture: { url: photo }, lead: 'Тэкст.', body: [] });
  });

  it('is none that leads elsewhere, nor are the words behind one that are the headline', async () => {
    const other = '<p><a href="https://z.example/"><img src="/a.jpg"></a></p><p>Тэкст.</p>';
    expect((await draft(told(other))).picture).toBeUndefined();
    const own = '<p><a href="/be/news/1"><img src="/a.jpg"> Навіна пра горад</a></p><p>Тэкст.</p>';
    expect(await draft(told(own))).toMatchObject({ picture: { url: photo }, lead: 'Тэкст.', body: [] });
  });

  it('is not repeated in the text in another size', async () => {
    const more = `<media:content url="${photo}" medium="image"/><content:encoded><![CDATA[<p>Т.</p><p><a href="/a.jpg"><img src="/a-1024x683.jpg"></a></p>]]></content:encoded>`;
    expect(await draft(rss(entry({ more })))).toMatchObject({ picture: { url: photo }, body: [] });
  });

  it('is meant from where its feed is at home, as links are', async () => {
    const more = '<enclosure url="/a.jpg" type="image/jpeg"/>';
    expect(await drafts(rss(entry({ more })), 'https://feeds.example/horad')).toMatchObject([
      { picture: { url: photo } },
    ]);
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://horad.example/"><entry><id>1</id><title>Навіна</title><link href="1"/><link rel="enclosure" type="image/jpeg" href="a.jpg"/></entry></feed>`;
    expect(await drafts(atom, 'https://feeds.example/x')).toMatchObject([{ picture: { url: photo } }]);
  });

  it.each([
    '/a.m4v',
    '/a.ogv',
    '/a.flac',
    '/a.aac',
    '/a.torrent',
    '/a.epub',
    '/favicon.ico',
    'https://www.youtube.com/watch?v=x',
    'https://youtu.be/x',
    'https://horad.example/',
    'https://horad.example',
  ])('is none of an untyped file: %s', async (url) =>
    expect(await of(`<enclosure url="${url}"/>`)).toBeUndefined(),
  );

  it.each([
    ['lower than a line', '<media:content url="/p" height="1" medium="image"/>'],
    [
      'a pixel in the text',
      '<description><![CDATA[Тэкст.<img src="/p.gif" width="1" height="1">]]></description>',
    ],
  ])('is none that is %s', async (_, more) => {
    expect(await of(more)).toBeUndefined();
  });

  it.each([
    ['itunes:image of a podcast', '<itunes:image href="/logo-of-show.jpg"/>'],
    ['image of RSS', '<image><url>/logo-of-show.jpg</url><title>Т</title><link>/</link></image>'],
    ['logo of Atom', '<logo>https://horad.example/logo-of-show.jpg</logo>'],
  ])('is none that the feed shows for itself: %s', async (_, own) => {
    const more = '<itunes:image href="/logo-of-show.jpg"/>';
    const feed = rss(entry({ more }));
    expect((await draft(feed)).picture?.url).toBe('https://horad.example/logo-of-show.jpg');
    expect((await draft(feed.replace('<item>', `${own}<item>`))).picture).toBeUndefined();
  });

  it('is none that most entries have, and is one that some have', async () => {
    const withOwn = async (own: number) => {
      const items = Array.from({ length: 8 }, (_, n) => {
        const more = `<media:content url="/${n < own ? n : 'site'}.jpg" medium="image"/>`;
        return entry({ title: `Навіна ${n} пра мост`, link: `/be/news/${n}`, more }).replace(
          '>g<',
          `>g${n}<`,
        );
      });
      return (await drafts(rss(items.join('')))).filter(({ picture }) => picture).length;
    };
    expect([await withOwn(2), await withOwn(4)]).toEqual([2, 8]);
  });

  it('keeps its credit beside a smaller one of the same', async () => {
    const more = `<media:content url="${photo}"><media:thumbnail url="/s.jpg" width="900"/><media:credit>А. Б.</media:credit></media:content>`;
    expect((await draft(rss(entry({ more })))).picture).toEqual({ url: photo, credit: 'А. Б.' });
  });
});

describe('an advertisement is marked as one', () => {
  const count = async (title: string, further: Partial<Entry> = {}) => {
    const beside = entry({ title: 'Навіна', link: '/be/news/2' }).replace('>g<', '>h<');
    return (await drafts(rss(entry({ title, ...further }) + beside))).length;
  };
  it.each([
    'На правах рекламы: купите слона',
    'Спонсорский материал: купите слона',
    'Партнёрскі матэрыял: купіце слана',
    'Партнёрский проект: купите слона',
    'Рэкламны матэрыял. Купіце слана',
    'Promo: buy an elephant',
    'Купите слона (на правах рекламы)',
    'Купіце слана [рэкламны матэрыял]',
    '#реклама Купите слона',
    'Купите слона #реклама #слоны',
  ])('%s', async (title) => expect(await count(title)).toBe(1));

  it.each([
    'Реклама: почему её больше',
    'Рэклама на транспарце падаражэе',
    'Promoted to general: who is he',
    'Блогеров обяжут ставить #реклама под постами',
    'Рекламный пост — 5 суток ареста: в Минске судили блогера',
    'Рэкламны пост: за што судзілі блогера',
  ])('but news is none: %s', async (title) => expect(await count(title)).toBe(2));

  it.each([
    ['by its link', { link: 'https://horad.example/partners/slon' }],
    ['by its rubric', { more: '<category>Реклама</category>' }],
  ])('%s where its headline may be news of one', async (_, further) => {
    expect(await count('Рекламный пост — купите слона', further)).toBe(1);
    expect(await count('Слоны вышли на улицы города', further)).toBe(2);
  });
});

describe('a date is read whole', () => {
  it.each([
    ['5 жн. 2026', undefined, '2026-08-05'],
    ['26 лістапада 2026 09.05', Date.parse('2026-11-26T06:05Z'), '2026-11-26'],
    ['26.11.2026 (09:05)', Date.parse('2026-11-26T06:05Z'), '2026-11-26'],
    ['9:05 AM, Nov 26, 2026 EST', Date.parse('2026-11-26T14:05Z'), '2026-11-26'],
    ['09:05, 26 лістапада 2026 (UTC+1)', Date.parse('2026-11-26T08:05Z'), '2026-11-26'],
    ['09:05, 26 лістапада 2026 г.', Date.parse('2026-11-26T06:05Z'), '2026-11-26'],
    ['26.11.2026 09:05', Date.parse('2026-11-26T06:05Z'), '2026-11-26'],
  ])('%s', async (date, publishedAt, day) => {
    const told = await draft(rss(entry({ date })));
    expect([told.publishedAt, told.day, words(told)]).toEqual([publishedAt, day, '']);
  });
});

describe('dates with slashes are read as the whole feed writes them', () => {
  const dated = (...dates: string[]) =>
    dates
      .map((date, n) => entry({ title: `Навіна ${n} пра горад`, link: `/be/news/${n}`, date }))
      .map((each, n) => each.replace('>g<', `>g${n}<`));

  it('day first where one day is beyond a month’s number, of many or of few', async () => {
    const few = dated('01/11/2026 12:00', '31/10/2026 12:00');
    expect((await drafts(rss(few.join('')))).map(({ day }) => day)).toEqual(['2026-11-01', '2026-10-31']);
    // Of 600 entries the newest 500 are read: those of the later months.
    const many = Array.from({ length: 600 }, (_, n) => `0${1 + (n % 2)}/0${2 + Math.floor(n / 100)}/2026`);
    const newest = await drafts(rss(dated('13/11/2026', ...many).join('')));
    expect(newest.filter(({ day }) => day < '2026-03-01')).toEqual([]);
  });

  it('on a page as well, and in the listing of its stories', async () => {
    const time =
      '<time datetime="11/12/2025 09:05">11/12/2025</time><time datetime="13/12/2025 09:05"></time>';
    const told = await pageDraft(page(time));
    expect(told).toMatchObject({ publishedAt: Date.parse('2025-12-11T06:05Z') });
    const rows = ['11/12/2025 09:05', '13/12/2025 09:05'].map(
      (date, n) => `<div><a href="/be/news/10${n}">Навіна ${n} пра горад</a><time>${date}</time></div>`,
    );
    const listed = await drafts(`<html><body><main>${rows.join('')}</main></body></html>`);
    expect(listed.map(({ day }) => day)).toEqual(['2025-12-11', '2025-12-13']);
  });
});

describe('a moment is read however it is written', () => {
  it.each([
    ['26 лістапада 2026, 8:04 вечара', '17:04'],
    ['26 ноября 2026, 8:04 вечера', '17:04'],
    ['26.11.2026 8:04 веч.', '17:04'],
    ['26 listopada 2026, 8:04 wieczorem', '17:04'],
    ['26 ноября 2026, 2:05 дня', '11:05'],
    ['26 лістапада 2026, 11:05 дня', '08:05'],
    ['26.11.2026 2:05 пп', '11:05'],
    ['26 лістапада 2026, 9:05 раніцы', '06:05'],
    ['26 ноября 2026, 4:05 ночи по Гринвичу', undefined],
    ['26 ноября 2026, 4:05 ночи', '01:05'],
    ['26 ноября 2026, 20:04 вечера', '17:04'],
    ['11:05, 2026-11-26', '08:05'],
    ['11:05 2026-11-26', '08:05'],
    ['09:05, 2026-11-26 +0100', '08:05'],
    ['2026-11-26 11:05 - 2026-11-26 12:00', '08:05'],
    ['Thu Nov 26 11:05:00 GMT+03:00 2026', '08:05'],
    ['Thu Nov 26 09:05:00 Europe/Warsaw 2026', '08:05'],
    ['Thu Nov 26 11:05:00 AM MSK 2026', '08:05'],
    ['26/Nov/2026 11:05', '08:05'],
    ['26/Nov/2026:11:05:00 +0300', '08:05'],
    ['26.Nov.2026 11:05', '08:05'],
    ['2026 Nov 26 11:05', '08:05'],
    ['2026-Nov-26 11:05', '08:05'],
    ['26-га лістапада 2026 11:05', '08:05'],
    ['26-го ноября 2026 11:05', '08:05'],
    ['26. 11. 2026 11:05', '08:05'],
    ['26 лістапада 2026 г. у 11.05', '08:05'],
    ['26 лістапада 2026 11:05 Час чытання 2 хв', '08:05'],
    ['26 ноября 2026, 11:05 Время чтения: 2 минуты', '08:05'],
    ['2026-11-26t08:05:00z', '08:05'],
    ['2026-11-26T08:05:00 00:00', '08:05'],
    ['Thu, 26 Nov 2026 08:05:00 0000', '08:05'],
    ['Thu Nov 26 11:05:00 2026', '08:05'],
  ])('%s', async (date, time) => {
    const told = await draft(rss(entry({ date })));
    expect(told).toMatchObject({ day: '2026-11-26', isDayKnown: true });
    expect(told.publishedAt).toBe(time && Date.parse(`2026-11-26T${time}Z`));
  });

  it('a month in any case', async () => {
    expect(await draft(rss(entry({ date: '26 лютый 2026' })))).toMatchObject({ day: '2026-02-26' });
  });
});

describe('an entry leads to its page', () => {
  const atom = (links: string, id = 'tag:horad.example,1') =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/atom"/><entry><title>Мост</title><id>${id}</id>${links}</entry></feed>`;
  const link = 'https://horad.example/be/news/7';

  it.each([
    ['a link to itself', atom(`<link rel="self" href="${link}"/>`)],
    [
      'the link to where it was found',
      atom(`<link rel="related" href="/x"/><link rel="via" href="${link}"/>`),
    ],
    ['an identity that is an address', atom('', link)],
    [
      'a page for people before its own data',
      atom(`<link rel="self" href="/7.atom"/><link href="${link}"/>`),
    ],
    [
      'an identity without a scheme',
      rss('<item><title>Мост</title><guid>horad.example/be/news/7</guid></item>'),
    ],
  ])('by %s', async (_, feed) => {
    expect(await draft(feed)).toMatchObject({ headline: 'Мост', link });
  });

  it('where all are told apart behind the address of the home page only', async () => {
    const one = (n: number) =>
      `<item><title>Мост ${n}</title><link>https://horad.example/</link><guid>https://horad.example/#${n}</guid></item>`;
    expect((await drafts(rss(one(1) + one(2)))).map((each) => each.link)).toEqual([
      'https://horad.example/#1',
      'https://horad.example/#2',
    ]);
  });

  it.each([
    [
      'a program, called a picture',
      '<enclosure url="/image.php?id=5" type="image/jpeg"/>',
      '/image.php?id=5',
    ],
    ['a file without an ending', '<enclosure url="/i/a" type="jpg"/>', '/i/a'],
    ['a program that nobody calls a picture', '<enclosure url="/image.php?id=5"/>', undefined],
  ])('and its picture is %s', async (_, more, path) => {
    const { picture } = await draft(rss(entry({ more })));
    expect(picture?.url).toBe(path && `https://horad.example${path}`);
  });

  it('by an identity that is an address, where all name one place on the home page', async () => {
    const one = (n: number) =>
      `<item><title>Мост ${n}</title><link>https://horad.example/#news</link><guid>https://horad.example/news/${n}</guid></item>`;
    expect((await drafts(rss(one(1) + one(2)))).map((each) => each.link)).toEqual([
      'https://horad.example/news/1',
      'https://horad.example/news/2',
    ]);
  });

  it.each(['<guid isPermaLink="false">12</guid>', ''])(
    'by a place on the home page of its own %s',
    async (guid) => {
      const one = (n: number) =>
        `<item><title>Мост ${n}</title><link>https://horad.example/#post-${n}</link>${guid.replace('12', `${n}`)}</item>`;
      expect((await drafts(rss(one(1) + one(2)))).map((each) => each.link)).toEqual([
        'https://horad.example/#post-1',
        'https://horad.example/#post-2',
      ]);
    },
  );

  it('and its picture in JSON has an address of its own', async () => {
    const feed = json({ title: 'Мост', image: { url: 'https://horad.example/a.jpg' } });
    expect(await draft(feed)).toMatchObject({ picture: { url: 'https://horad.example/a.jpg' } });
  });
});
