import { describe, expect, it } from 'vitest';
import { parseListing } from '#src/source/page/listing.ts';
import { HEADLINE, NOW, page, pageDraft } from './reading.ts';

const HEADLINES = [
  'Мост праз раку адкрылі пасля рамонту',
  'У Мінску судзяць блогера за каментар',
  'Курс долара вырас да максімуму за год',
];
const rows = async (row: (headline: string, address: string, at: number) => string) => {
  const all = HEADLINES.map((headline, at) => row(headline, `/be/news/${1010 - at}`, at)).join('');
  const html = `<html><body><main>${all}</main></body></html>`;
  const reading = await parseListing(html, 'https://horad.example/be/news/', NOW);
  if (!reading.ok) throw new Error(reading.fault.detail);
  return reading.value.items;
};
const item = (within: string) => `<div class="item">${within}</div>`;

describe('a row of a listing', () => {
  it.each(['title', 'aria-label'])(
    'has its whole headline where that was cut to fit, from %s',
    async (name) => {
      for (const dots of ['…', '...']) {
        const read = await rows((headline, to) =>
          item(`<h3><a href="${to}" ${name}="${headline}">${headline.slice(0, 22)}${dots}</a></h3>`),
        );
        expect(read.map(({ headline }) => headline)).toEqual(HEADLINES);
      }
    },
  );

  it('has no word of two joined that only a style sets apart', async () => {
    const rubrics = ['Гродна', 'Мінск', 'Грошы'];
    for (const name of ['kicker', 'over'])
      for (const { headline } of await rows((headline, to, at) =>
        item(`<a href="${to}"><span class="${name}">${rubrics[at]}</span><span>${headline}</span></a>`),
      ))
        expect(headline).toMatch(name === 'kicker' ? /^(?:Мост|У|Курс) / : /^\p{L}+ (?:Мост|У|Курс) /u);
  });

  it.each([
    ['<span class="date">26.11.2026 10:05</span>', { publishedAt: Date.parse('2026-11-26T07:05Z') }],
    ['<div class="news-item__date">26 лістапада 2026</div>', { day: '2026-11-26' }],
    ['<time>26.11.2026</time>', { day: '2026-11-26' }],
  ])('has the date that stands in a line of it: %s', async (line, dated) => {
    for (const read of await rows((headline, to) => item(`${line}<a href="${to}">${headline}</a>`)))
      expect(read).toMatchObject(dated);
  });

  it.each(['<span class="author">Іван Іваноў</span>', '<span>Падзяліцца</span>'])(
    'has no rubric of %s',
    async (line) => {
      for (const { rubrics } of await rows((headline, to) =>
        item(`<h3><a href="${to}">${headline}</a></h3>${line}`),
      ))
        expect(rubrics).toEqual([]);
    },
  );
});

it('a page is that of a headline that its listing cut', async () => {
  const cut = page('').replace(`<title>${HEADLINE}`, '<title>Горад');
  expect(await pageDraft(cut, `${HEADLINE.slice(0, -3)}…`)).toMatchObject({ headline: HEADLINE });
});
