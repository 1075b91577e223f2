import { describe, expect, it } from 'vitest';
import { HEADLINE, LEAD, pageDraft } from './reading.ts';

const MORE = 'Другі абзац навіны пра мост.';
const TEXT = `<p>${LEAD}</p><p>${MORE}</p>`;
const html = (body: string, title = `${HEADLINE} — Горад`, head = '') =>
  `<html><head><title>${title}</title>${head}</head><body>${body}</body></html>`;
const told = async (body: string, title?: string, head?: string) => {
  const draft = await pageDraft(html(body, title, head));
  if (typeof draft === 'string') return draft;
  const texts = draft.body.map((block) => ('text' in block ? block.text : JSON.stringify(block)));
  return { headline: draft.headline, texts: [draft.lead, ...texts] };
};
const WHOLE = { headline: HEADLINE, texts: [LEAD, MORE] };

describe('the headline of a page', () => {
  it.each([
    `<span class="kicker">Гродна</span> ${HEADLINE}`,
    `<span>Транспарт</span><span>${HEADLINE}</span>`,
    `${HEADLINE} <small>27.11.2026</small>`,
    `${HEADLINE} <a href="#comments">15</a>`,
    `${HEADLINE}<a href="#h">#</a>`,
    `${HEADLINE}<a class="headerlink" href="#h">¶</a>`,
    `${HEADLINE}<br><span>Рамонт ішоў два гады</span>`,
    `${HEADLINE} <span class="badge">ВІДЭА</span>`,
  ])('is what was listed and its own title says, without labels: %s', async (h1) => {
    expect(await told(`<article><h1>${h1}</h1>${TEXT}</article>`)).toEqual(WHOLE);
  });

  it('is without the name of the site where no heading says it', async () => {
    const head = `<meta property="og:type" content="article"><meta property="og:title" content="${HEADLINE} | Горад">`;
    expect(await told(`<main>${TEXT}</main>`, undefined, head)).toEqual(WHOLE);
  });

  it('is corrected where its own title is, too', async () => {
    const longer = `${HEADLINE}, праезд бясплатны`;
    expect(await told(`<h1>${longer}</h1>${TEXT}`, longer)).toMatchObject({ headline: longer });
  });

  it.each([', праезд платны', ': мэр абвяргае', '? Мэр абвяргае'])(
    'is extended on the page first, where its own title stays the old one: %s',
    async (end) => {
      expect(await told(`<h1>${HEADLINE}${end}</h1>${TEXT}`)).toMatchObject({ headline: HEADLINE + end });
    },
  );

  it.each([
    `<div class="headline">${HEADLINE}</div>${TEXT}`,
    `<h1 class="sr-only">${HEADLINE}</h1><div>${HEADLINE}</div>${TEXT}`,
    `<center><font size="5"><b>${HEADLINE}</b></font></center>${TEXT}`,
    `<table><tr><td><p role="heading">${HEADLINE}</p>${TEXT}</td></tr></table>`,
  ])('may be a line that is no heading: %s', async (body) => expect(await told(body)).toEqual(WHOLE));

  it.each([
    `<article><h1>${HEADLINE}</h1></article><div>${TEXT}</div>`,
    `<main><section><article class="head"><h1>${HEADLINE}</h1></article></section><div>${TEXT}</div></main>`,
    `<main><article><h1>${HEADLINE}</h1><template id="B:0"></template></article></main><div hidden id="S:0">${TEXT}</div>`,
  ])('may stand in an article of its own: %s', async (body) => expect(await told(body)).toEqual(WHOLE));
});

describe('the first lines of a page', () => {
  const DECK = 'Рамонт моста ішоў два гады, каштаваў 12 мільёнаў рублёў і скончыўся толькі сёння.';

  it.each(['h2', 'h3'])('are a lead also where that is set as %s', async (tag) => {
    expect(await told(`<h1>${HEADLINE}</h1><${tag}>${DECK}</${tag}>${TEXT}`)).toMatchObject({
      texts: [DECK, LEAD, MORE],
    });
  });

  it('have who wrote them between lead and text left out', async () => {
    const by = '<p>Аўтар: Іван Іваноў</p><p>27 лістапада 2026, 10:05</p>';
    expect(await told(`<h1>${HEADLINE}</h1><p>${DECK}</p>${by}${TEXT}`)).toMatchObject({
      texts: [DECK, LEAD, MORE],
    });
  });

  it.each([
    'Абноўлена: колькасць загінулых вырасла да 12.',
    'Updated: death toll rises to 12.',
    'Паветраная трывога абвешчана ў 17:46',
    'By Monday evening 12 bodies were recovered',
    'Тэкст Дэкларацыі падпісалі 12 краін',
    'Фота: відавочцы паказалі, што засталося ад моста.',
  ])('have what was added right behind the lead: %s', async (added) => {
    expect(await told(`<h1>${HEADLINE}</h1><p>${LEAD}</p><p>${added}</p><p>${MORE}</p>`)).toMatchObject({
      texts: [LEAD, added, MORE],
    });
  });

  it.each([
    'Абноўлена 27 лістапада а 18:40',
    'Published November 26, 2026 at 10:05',
    'Іван Іваноў, Пётр Пятроў, 8 января, 17:46',
    'Аўтар: Іван Іваноў, спецыяльны карэспандэнт.',
    'Обновлено в 10:15.',
    'Фота: людзі на новым мосце / Агенцтва',
    '27 лістапада 2026 года',
    'Час чытання: 5 хвілін',
    '2 гадзіны таму',
  ])('have none of what stands beside a text right behind the lead: %s', async (about) => {
    expect(await told(`<h1>${HEADLINE}</h1><p>${LEAD}</p><p>${about}</p><p>${MORE}</p>`)).toEqual(WHOLE);
  });

  it.each([LEAD, `${LEAD.slice(0, 60)}…`])('are not told twice: %s', async (excerpt) => {
    expect(await told(`<h1>${HEADLINE}</h1><p>${excerpt}</p>${TEXT}`)).toEqual(WHOLE);
  });
});

describe('a text', () => {
  const SENTENCE = 'У пятніцу трое будаўнікоў адмаўлялі віну ў судзе, працэс працягнецца ў студзені.';

  it.each([
    [`<p><a href="/be/news/7">${SENTENCE}</a></p>`, SENTENCE],
    [`<p><b><a href="https://court.example/7">${SENTENCE}</a></b></p>`, SENTENCE],
    [
      '<p><span>Мост пабудавала фірма.</span><span>Яна з Брэста.</span></p>',
      'Мост пабудавала фірма. Яна з Брэста.',
    ],
    [
      '<x-line>Мост пабудавала фірма.</x-line><x-line>Яна з Брэста.</x-line>',
      'Мост пабудавала фірма. Яна з Брэста.',
    ],
    ['<p><span>Б</span><span>ЕЛТА</span> і <b>Бел</b>ТА, <i>а</i><b>б</b></p>', 'БЕЛТА і БелТА, аб'],
    ['<h3>Падрабязнасці<a href="#p">¶</a></h3><p>Яны вось.</p>', 'Падрабязнасці\nЯны вось.'],
  ])('says %s', async (written, words) => {
    expect(await told(`<h1>${HEADLINE}</h1>${TEXT}${written}`)).toMatchObject({
      texts: [LEAD, MORE, ...words.split('\n')],
    });
  });

  it('has no card that is one link', async () => {
    const card = `<a href="/be/news/7"><p>${SENTENCE}</p></a>`;
    expect(await told(`<h1>${HEADLINE}</h1>${TEXT}${card}`)).toEqual(WHOLE);
  });
});
