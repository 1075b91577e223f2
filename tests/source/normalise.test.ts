import { describe, expect, it } from 'vitest';
import type { Article, Item } from '#src/source/item.ts';
import { normalise } from '#src/source/normalise.ts';
import { isUrgent } from '#src/source/urgent.ts';

const NOW = Date.parse('2026-08-22T12:00:00Z');
const MARKS = ['Срочно', 'Тэрмінова', 'Urgent', 'Breaking'];

const item = (patch: Partial<Item> = {}): Item => ({
  link: 'https://news.example/en/news/1',
  key: 'news.example/en/news/1',
  headline: 'Headline',
  rubrics: [],
  paid: false,
  position: 0,
  ...patch,
});
const article = (patch: Partial<Article> = {}): Article => ({
  headline: 'Headline',
  lead: 'Lead.',
  body: [],
  rubrics: [],
  paid: false,
  ...patch,
});
const draft = (from: Item, page?: Article, now = NOW) => normalise(from, page, now, MARKS);

describe('the text of a feed’s item', () => {
  it('is lead and body of its whole text, without dateline and without "continue reading"', () => {
    expect(
      draft(
        item({
          content:
            '<p>August 21, Pozirk. The lead.</p><p>One <b>two</b>.</p><ul><li>a</li><li>b</li></ul><p><a href="/x">Continue reading</a></p>',
        }),
      ),
    ).toMatchObject({
      lead: 'The lead.',
      body: [{ text: 'One two.' }, { items: ['a', 'b'] }],
      day: '2026-08-21',
      isDayKnown: true,
    });
  });

  it('with tags, but none that parts lines, has paragraphs by its blank lines', () => {
    const html = 'One <b>bold</b> word.\n \nTwo.\n\nThree.';
    expect(draft(item({ content: html }))).toMatchObject({
      lead: 'One bold word.',
      body: [{ text: 'Two.' }, { text: 'Three.' }],
    });
    expect(draft(item({ content: `<p>${html}</p>` }))).toMatchObject({ lead: 'One bold word. Two. Three.' });
  });

  it('written as plain text with blank lines has paragraphs', () => {
    expect(draft(item({ content: 'First.\n\nSecond & third.' }))).toMatchObject({
      lead: 'First.',
      body: [{ text: 'Second & third.' }],
    });
  });

  it.each([
    ['<p>Мост адкрылі. <a href="/1">Подробнее</a></p>', 'Мост адкрылі.'],
    ['Мост адкрылі раніцай. Чытаць далей…', 'Мост адкрылі раніцай.'],
    ['Мост адкрылі раніцай… [Read more]', 'Мост адкрылі раніцай…'],
    ['Мост відкрили. Читати далі →', 'Мост відкрили.'],
    ['Most otwarto. Czytaj więcej »', 'Most otwarto.'],
    [
      '<p>Мост адкрылі.</p><p>The post <a href="/1">Мост</a> appeared first on <a href="/">Горад</a>.</p>',
      'Мост адкрылі.',
    ],
    ['Мост адкрылі. The post Мост appeared first on Горад.', 'Мост адкрылі.'],
    ['Подробнее о ремонте расскажут завтра.', 'Подробнее о ремонте расскажут завтра.'],
    ['Об этом он просил рассказать подробнее', 'Об этом он просил рассказать подробнее'],
    ['Read more books, the minister said.', 'Read more books, the minister said.'],
  ])('%j is %j', (summary, lead) => {
    expect(draft(item({ summary }))).toMatchObject({ lead, body: [] });
  });

  it.each([
    [
      'Пацярпелі <del>100</del> 12 чалавек, <s>тры</s> два ў лякарні.',
      'Пацярпелі 12 чалавек, два ў лякарні.',
    ],
    ['10<sup>6</sup> рублёў, 25 м<sup>2</sup>, 10<sup>−3</sup>', '10⁶ рублёў, 25 м², 10⁻³'],
    ['CO<sub>2</sub> і H<sub>2</sub>O', 'CO₂ і H₂O'],
    ['5<sup>2,5</sup> і 1<sup>st</sup>', '5^2,5 і 1st'],
    ['Бачна<span style="display: none">рэклама</span><i hidden>x</i><b class="sr-only">y</b>.', 'Бачна.'],
    [
      'Пішыце на <a href="/cdn-cgi/l/email-protection" data-cfemail="553c3b333a153d3a2734317b302d3438253930">[email&#160;protected]</a>!',
      'Пішыце на info@horad.example!',
    ],
    ['Ён сказаў: <q>Так</q>.', 'Ён сказаў: “Так”.'],
  ])('keeps what mark-up says: %j is %j', (html, lead) => {
    expect(draft(item({ content: `<p>${html}</p>` })).lead).toBe(lead);
  });

  it('keeps tables, numbered lists and quotes as what they are', () => {
    const content =
      '<p>Курсы.</p><table><tr><th>Валюта</th><th>Курс</th></tr><tr><td>USD</td><td>3,25</td></tr></table><ol><li>узяць</li><li>прыйсці</li></ol><blockquote><p>Будзе мост.</p><cite>— Мэр</cite></blockquote><ul><li>a</li></ul>';
    expect(draft(item({ content })).body).toEqual([
      {
        kind: 'table',
        rows: [
          ['Валюта', 'Курс'],
          ['USD', '3,25'],
        ],
        head: true,
      },
      { kind: 'list', items: ['узяць', 'прыйсці'], ordered: true },
      { kind: 'quote', text: 'Будзе мост.', credit: 'Мэр' },
      { kind: 'list', items: ['a'] },
    ]);
  });

  it('reads a table that only lays out the page as paragraphs', () => {
    const content = `<table><tr><td><p>Ліст.</p><p>${'Слова '.repeat(60)}</p></td><td>x</td></tr></table>`;
    expect(draft(item({ content }))).toMatchObject({
      lead: 'Ліст.',
      body: [{ kind: 'paragraph' }, { kind: 'paragraph' }],
    });
  });

  it('escaped twice is read all the same', () => {
    expect(draft(item({ summary: '&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;' }))).toMatchObject({
      lead: 'First.',
    });
  });

  it('that there is none of is empty', () => {
    expect(draft(item())).toMatchObject({ lead: '', body: [], day: '2026-08-22', isDayKnown: false });
  });
});

describe('the day of a story', () => {
  it('is that of the dateline, with the year of the publication', () => {
    expect(
      draft(
        item({ publishedAt: Date.parse('2027-01-01T06:00:00Z') }),
        article({ dateline: { day: 31, month: 12 } }),
        Date.parse('2027-01-01T07:00:00Z'),
      ),
    ).toMatchObject({ day: '2026-12-31', publishedAt: Date.parse('2027-01-01T06:00:00Z') });
  });

  it('is the dateline’s where a feed dates everything anew', () => {
    const read = draft(item({ publishedAt: NOW - 1000 }), article({ dateline: { day: 3, month: 8 } }));
    expect(read.day).toBe('2026-08-03');
    expect(read.publishedAt).toBeUndefined();
  });

  it('is that of the publication in Minsk where there is no dateline', () => {
    expect(draft(item({ publishedAt: Date.parse('2026-08-21T22:00:00Z') })).day).toBe('2026-08-22');
  });

  it('is never in the future: a clock far ahead is not believed', () => {
    expect(draft(item({ publishedAt: NOW + 3 * 86_400_000, day: '2026-08-25' }))).toMatchObject({
      day: '2026-08-22',
      isDayKnown: false,
    });
    expect(draft(item({ publishedAt: NOW + 60_000 })).publishedAt).toBe(NOW);
  });
});

describe('a story is urgent', () => {
  it.each([
    ['Срочно: мяжа зачынена', []],
    ['СРОЧНО! Граница закрыта', []],
    ['«Тэрмінова» — мяжа зачынена', []],
    ['Breaking news from the border', []],
    ['Breaking: border closed', []],
    ['BREAKING Border closed', []],
    ['⚡️ Срочно! Граница закрыта', []],
    ['⚡️Тэрмінова мяжа зачынена', []],
    ['[Срочно] Граница закрыта', []],
    ['#Срочно Граница закрыта', []],
    ['Urgent | Border closed', []],
    ['Срочно', []],
    ['Border closed (urgent)', []],
    ['Border closed', ['Society', 'urgent']],
  ])('as %j under %j', (headline, rubrics) => {
    expect(isUrgent(headline, rubrics, MARKS)).toBe(true);
  });

  it.each([
    ['Urgently needed medicine arrives', []],
    ['Nothing breaking here', []],
    ['Ministry calls it urgent', ['Society']],
    ['Breaking the ice: skaters open the season', []],
    ['Urgent repairs close the bridge', []],
    ['Срочно нужны доноры крови', []],
    ['Срочно нужны волонтёры: куда идти', []],
    ['Тэрмінова патрэбныя лекі', []],
    ['СРОЧНО НУЖНЫ ДОНОРЫ', []],
    ['', []],
  ])('but not as %j under %j', (headline, rubrics) => {
    expect(isUrgent(headline, rubrics, MARKS)).toBe(false);
  });

  it('and the mark is no rubric of its own', () => {
    expect(draft(item({ rubrics: ['Urgent', 'Politics'] }))).toMatchObject({
      urgent: true,
      rubrics: ['Politics'],
    });
  });
});
