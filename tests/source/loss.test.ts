import { describe, expect, it } from 'vitest';
import { isLossy } from '#src/source/loss.ts';
import { readSource } from '#src/source/reading.ts';
import { parseArticle } from '#src/source/page/article.ts';
import { entry, HEADLINE, page, rss } from './field/reading.ts';

const PARAGRAPH = 'Мост праз раку адкрылі ў прысутнасці гараджан, якія чакалі гэтага дня тры гады. ';

describe('the text of an entry', () => {
  it('that comes out much shorter than it went in is named by a note', async () => {
    const advice = `<p><a href="/be/news/2">${PARAGRAPH.trim().slice(0, -1)}</a></p>`.repeat(8);
    const more = `<content:encoded><![CDATA[<p>Коратка.</p>${advice}]]></content:encoded>`;
    const reading = await readSource({ text: rss(entry({ more })), address: 'https://horad.example/rss' });
    expect(reading).toMatchObject({
      value: {
        lossy: ['Навіна пра горад'],
        notes: ['1 texts come out much shorter than they went in, as that of "Навіна пра горад"'],
      },
    });
  });

  it('that lost scripts, tags and references lost nothing', () => {
    const script = `<script>${'var words = 1;'.repeat(100)}</script><!-- ${PARAGRAPH.repeat(9)} -->`;
    const body = [{ kind: 'list' as const, items: [PARAGRAPH, PARAGRAPH] }];
    const html = `${script}<p class="${'long'.repeat(100)}">${PARAGRAPH}</p><ul><li>${PARAGRAPH}<li>${PARAGRAPH}</ul>`;
    expect(isLossy(html, { lead: PARAGRAPH, body })).toBe(false);
    expect(isLossy(html, { lead: '', body: [] })).toBe(false);
    expect(isLossy(html.repeat(3), { lead: PARAGRAPH, body: [] })).toBe(true);
  });
});

describe('the text of a page', () => {
  const told = PARAGRAPH.repeat(9);
  const read = async (body: string, more: object = {}) => {
    const data = { '@type': 'NewsArticle', headline: HEADLINE, articleBody: told, ...more };
    const html = page('', `<script type="application/ld+json">${JSON.stringify(data)}</script>`);
    const article = await parseArticle(
      html.replace('</article>', `${body}</article>`),
      'https://horad.example/1',
    );
    return article.ok && article.value.isLossy;
  };

  it('that comes out much shorter than the page names it is a loss', async () => {
    expect(await read(`<div class="hidden"><p>${told}</p></div>`)).toBe(true);
  });

  it.each([
    ['comes out whole', `<p>${told}</p>`, {}],
    ['is for subscribers', '', { isAccessibleForFree: false }],
    ['is named by its beginning alone', '', { articleBody: PARAGRAPH }],
    ['is not named', '', { articleBody: undefined }],
    [
      'is named as mark-up',
      `<p>${told}</p>`,
      { articleBody: `<div class="${'long '.repeat(200)}">${told}</div>` },
    ],
  ])('that %s is none', async (_, body, more) => expect(await read(body, more)).toBeUndefined());
});
