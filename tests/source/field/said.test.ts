import { describe, expect, it } from 'vitest';
import { draft, HEADLINE, LEAD, page, pageDraft, told, words } from './reading.ts';

const linesOf = async (written: string) => {
  const read = await pageDraft(page('').replace('<p>Другі', `${written}<p>Другі`));
  return typeof read === 'string' ? read : words(read);
};

describe('who said it, and what it is called', () => {
  const quote =
    '<figure><blockquote><p>Мы чакалі два гады.</p></blockquote><figcaption>Мэр горада</figcaption></figure>';
  const table = '<table><tr><td>Гродна</td><td>4</td></tr><tr><td>Мінск</td><td>5</td></tr></table>';

  it('stands under a quotation', async () => {
    const said = { kind: 'quote', text: 'Мы чакалі два гады.', credit: 'Мэр горада' };
    const read = await pageDraft(page('').replace('<p>Другі', `${quote}<p>Другі`));
    expect(read).toMatchObject({ body: [said, {}] });
    expect(await draft(told(`<p>${LEAD}</p>${quote}`))).toMatchObject({ body: [said] });
  });

  it.each([
    `<figure>${table}<figcaption>Мастоў у гарадах</figcaption></figure>`,
    `<figure class="wp-block-table"><figcaption>Мастоў у гарадах</figcaption>${table}</figure>`,
  ])('stands over a table: %s', async (written) => {
    expect(await linesOf(written)).toMatch(/"Мастоў у гарадах"\}\n\{"kind":"table"/);
  });
});

describe('words within a sentence', () => {
  it.each([
    [
      'Закон <span class="tip">№ 12<span class="tooltip-text">Прыняты ў 2020 годзе</span></span> дзейнічае.',
      'Закон № 12 дзейнічае.',
    ],
    ['Закон № 12<span role="tooltip">Прыняты ў 2020 годзе</span> дзейнічае.', 'Закон № 12 дзейнічае.'],
    ['Слова <button class="term">«мост»</button> азначае пераправу.', 'Слова «мост» азначае пераправу.'],
    ['Падзяліцца: <button>Facebook</button><button>VK</button>', 'Падзяліцца:'],
  ])('are those that are read there: %s', async (written, said) => {
    expect(await linesOf(`<p>Так. ${written}</p>`)).toContain(`"Так. ${said}"`);
  });
});

describe('a page whose parts are loaded later', () => {
  it('has none of what stands in for them', async () => {
    expect(await linesOf('<amp-iframe src="/x"><p placeholder>Загрузка</p></amp-iframe>')).not.toContain(
      'Загрузка',
    );
  });

  it('has the text of an element of its own', async () => {
    const html = `<html><body><h1>${HEADLINE}</h1><x-story><template shadowrootmode="open"><p>${LEAD}</p></template></x-story></body></html>`;
    expect(await pageDraft(html)).toMatchObject({ lead: LEAD });
  });
});

it('a notice that a law has put before a text is not its lead', async () => {
  const notice = 'НАСТОЯЩИЙ МАТЕРИАЛ (ИНФОРМАЦИЯ) ПРОИЗВЕДЕН И РАСПРОСТРАНЕН ИНОСТРАННЫМ АГЕНТОМ «ГОРОД» 18+';
  expect(await pageDraft(page(`<p>${notice}</p>`))).toMatchObject({ lead: LEAD });
});

it('a card of another story in the midst of a text is none of it', async () => {
  const sentence = 'Стары мост зачынілі яшчэ ў мінулым годзе, калі знайшлі трэшчыны ў апорах.';
  for (const card of [
    `<article class="teaser"><h3><a href="/be/news/7">Стары мост зачынілі</a></h3><p>${sentence}</p></article>`,
    `<a href="/be/news/7"><div>Стары мост</div><p>${sentence}</p></a>`,
    `<h3><a href="/be/news/7">Стары мост зачынілі</a></h3><p><a href="/be/news/7">${sentence}</a></p>`,
  ])
    expect(await linesOf(card)).not.toContain('Стары мост');
  const open = `<a href="/be/news/7"><p>${LEAD}</p>${`<p>${sentence}</p>`.repeat(8)}`;
  expect(await pageDraft(`<html><body><h1>${HEADLINE}</h1>${open}</body></html>`)).toMatchObject({
    lead: LEAD,
  });
});

it.each(['/be/news/1/live/5', '/be/news/1?post=5', '#e5'])(
  'an entry of a live blog is of its text: %s',
  async (link) => {
    const entry = `<article><h3><a href="${link}">12:30. Мост замкнулі</a></h3><p>Працуюць ратавальнікі.</p></article>`;
    expect(await linesOf(entry)).toContain('Працуюць ратавальнікі.');
  },
);

describe('an interview', () => {
  it('has its questions apart, but for one that begins it', async () => {
    const asked = '<p><b>Калі адкрыюць другі мост праз раку?</b></p><p>Праз год.</p>';
    expect(await linesOf(asked)).toContain('{"kind":"subhead","text":"Калі адкрыюць другі мост праз раку?"}');
    const first = await draft(told(asked + asked));
    expect(first).toMatchObject({
      lead: 'Калі адкрыюць другі мост праз раку?',
      body: [{ kind: 'paragraph' }, { kind: 'subhead' }, { kind: 'paragraph' }],
    });
    const dated = await draft(told(`<p>Стан на 28.04.2026, 17:23</p>${asked}`));
    expect(words(dated)).toContain('{"kind":"paragraph","text":"Калі адкрыюць');
  });
});

it('what a press unfolds is of the text', async () => {
  const spoiler =
    '<div class="spoiler__title">Хто будаваў</div><div class="spoiler__body" style="display: none"><p>Фірма з горада.</p></div>';
  expect(await linesOf(spoiler)).toContain('Фірма з горада.');
});
