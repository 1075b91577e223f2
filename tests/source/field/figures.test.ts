import { describe, expect, it } from 'vitest';
import { page, pageDraft } from './reading.ts';

/** Pictures of a story behind its first one. */
async function figuresOf(written: string) {
  const html = page('<img src="/hero.jpg">').replace('<p>Другі', `${written}<p>Другі`);
  const told = await pageDraft(html);
  if (typeof told === 'string') return told;
  expect(told.picture?.url).toBe('https://horad.example/hero.jpg');
  return told.body.filter(({ kind }) => kind === 'figure');
}

const url = 'https://horad.example/a.jpg';
const A = [{ kind: 'figure', url }];
const WITH_WORDS = [{ kind: 'figure', url, caption: 'Мост зверху' }];
const caption = '<figcaption>Мост зверху</figcaption>';

describe('a picture within the text of a page', () => {
  it.each([
    ['<p><img src="/a.jpg"></p>', A],
    ['<p><a href="/a-full.jpg"><img src="/a.jpg"></a></p>', A],
    ['<p><a href="/be/news/7"><img src="/a.jpg"></a></p>', []],
    ['<p>Смайлік <img src="/a.jpg"> у радку.</p>', []],
    [`<figure><amp-img src="/a.jpg" width="800" height="600"></amp-img>${caption}</figure>`, WITH_WORDS],
    [
      `<figure><img src="data:image/gif;base64,R0"><noscript><img src="/a.jpg"></noscript>${caption}</figure>`,
      WITH_WORDS,
    ],
    ['<div class="image"><img src="/a.jpg"><div class="image__caption">Мост зверху</div></div>', WITH_WORDS],
    [
      `<figure><img src="/a.jpg"><div class="copyright">Фота: А. Б.</div>${caption}</figure>`,
      [{ kind: 'figure', url, caption: 'Мост зверху', credit: 'А. Б.' }],
    ],
  ])('is told in its place: %s', async (written, told) => expect(await figuresOf(written)).toEqual(told));

  it('has its own words among several', async () => {
    const of = (file: string, words = '') => `<figure><img src="${file}">${words}</figure>`;
    const gallery = `<figure class="wp-block-gallery">${of('/a.jpg')}${of('/b.jpg', caption)}</figure>`;
    expect(await figuresOf(gallery)).toEqual([
      ...A,
      { ...WITH_WORDS[0], url: 'https://horad.example/b.jpg' },
    ]);
  });
});
