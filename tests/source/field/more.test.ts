import { describe, expect, it } from 'vitest';
import { draft, entry, page, pageDraft, rss, told } from './reading.ts';

describe('hidden text stays hidden', () => {
  it.each([
    '<span class="hidden">схавана</span>',
    '<span class="d-none">схавана</span>',
    '<span style="opacity:0">схавана</span>',
    '<span style="color:#fff;font-size:0px">схавана</span>',
    '<span style="position:absolute;left:-9999px">схавана</span>',
    '<span style="width:0;height:0;overflow:hidden">схавана</span>',
    '<span class="visuallyhidden">схавана</span>',
    '<span style="font-size:1px">схавана</span>',
    '<span style="max-height:0;overflow:hidden">схавана</span>',
    '<span style="clip:rect(0,0,0,0);position:absolute">схавана</span>',
    '<canvas>схавана</canvas>',
    '<ins class="adsbygoogle">Рэклама</ins>',
    '<amp-ad width="300">Рэклама</amp-ad>',
    '<span class="subscription-widget show-subscribe">Thanks for reading!</span>',
    '<a href="#mark-1">↩︎</a>',
  ])('%s', async (hidden) => {
    expect((await draft(told(`<p>Пачатак. ${hidden} Працяг.</p>`))).lead).toBe('Пачатак. Працяг.');
  });

  it.each([
    '<span class="hidden md:block">бачна</span>',
    '<span style="font-size:1.2em">бачна</span>',
    '<span style="font-size:10px;max-height:0.5em">бачна</span>',
    '<span style="opacity:0.9;font-size:0.9em">бачна</span>',
    '<span style="max-width:100%;width:0.5em">бачна</span>',
  ])('but not what only looks so: %s', async (shown) => {
    expect((await draft(told(`<p>Тут ${shown}.</p>`))).lead).toBe('Тут бачна.');
  });

  it('powers within quoted words are powers', async () => {
    expect((await draft(told('<p>Ён: <q>CO<sub>2</sub></q>.</p>'))).lead).toBe('Ён: “CO₂”.');
  });
});

describe('an entry', () => {
  it('with references to no character is read', async () => {
    const title = 'Мост &#0; адкрылі &#xFFFF; і &#65534; так';
    expect((await draft(rss(entry({ title })))).headline).toMatch(/^Мост .*адкрылі .*так$/);
  });

  it.each(['fulltext', 'full-text', 'rambler:fulltext', 'mailru:full-text', 'body'])(
    'may have its text in %s',
    async (name) => {
      const more = `<description>Коратка.</description><${name}>&lt;p&gt;Увесь тэкст навіны.&lt;/p&gt;</${name}>`;
      expect((await draft(rss(entry({ more })))).lead).toBe('Увесь тэкст навіны.');
    },
  );

  it.each([
    ['26 listopada 2026 09:05 czasu warszawskiego', '08:05'],
    ['Thu Nov 26 09:05:00 MSK 2026', '06:05'],
    ['26th of November 2026 09:05', '06:05'],
    ['26 Nov 2026 09:05:00 +3', '06:05'],
    ['26 ноября 2026 09:05 по Москве', '06:05'],
    ['26 Nov 2026 09:05 America/Los_Angeles', '17:05'],
  ])('is dated %s', async (date, time) => {
    expect((await draft(rss(entry({ date })))).publishedAt).toBe(Date.parse(`2026-11-26T${time}Z`));
  });
});

describe('the picture of a page', () => {
  const of = async (html: string) => {
    const read = await pageDraft(page(`${html}<img src="/photo.jpg">`));
    return typeof read === 'string' ? read : read.picture?.url;
  };
  it.each([
    '<img src="/staff/ales.jpg">',
    '<div itemprop="author"><img src="/u/x.jpg"></div>',
    '<img src="/logo-white.png">',
    '<img src="https://counter.example/hit?x">',
    '<img src="/img/no_photo.jpg">',
    '<img src="/img/1px.png">',
    `<img src="/blank.png" data-image='{"src":"/i/a.jpg"}'>`,
  ])('is not %s', async (html) => expect(await of(html)).toBe('https://horad.example/photo.jpg'));

  it.each([
    'logo-contest-winners.jpg',
    'default-on-the-loan.jpg',
    'loading-dock-fire.jpg',
    'pixel-phone.jpg',
    'GetImage.aspx?id=5',
  ])('may be called %s', async (file) =>
    expect(await of(`<img src="/${file}">`)).toBe(`https://horad.example/${file}`),
  );
});
