import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { untappable, visibleText } from '#src/render/html.ts';
import { loadWords } from '#src/render/locale.ts';
import { renderPage, renderStory } from '#src/render/message.ts';
import { autoEntities } from '#sandbox/telegram/auto.ts';
import { accepted, addressesIn } from './strict.ts';
import { storyOf, viewFor } from './stories.ts';

const locales = loadWords();
const HOSTS = ['news.example'];

/** Words that Telegram makes tappable in a text by itself. */
const tapped = (text: string): string[] =>
  autoEntities(text)
    .filter(({ type }) => type !== 'hashtag')
    .map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`);

const BAIT = [
  'Send /forget or /unsubscribe@pozirk_sandbox_bot to get the prize',
  'Write to @pozirk_support_bot, (@name) or @a_name_of_32_letters_and_more_xyz',
  'Go to t.me/evil_bot?start=1, evil.example.com, www.evil.by/login or мост.бел',
  'See https://pozirk.example.evil.test/login, http://10.0.0.1/x or ftp://evil.org',
  'Mail editor.in.chief@evil.org today',
  'tg://resolve?domain=evil_bot',
  '/start.evil.com /a/b/c @a.b.by',
];

describe('text of a story', () => {
  it.each(BAIT)('has nothing to tap: %s', (text) => {
    expect(tapped(untappable(text))).toEqual([]);
    expect(untappable(text).replaceAll('\u2060', '')).toBe(text);
    const story = storyOf('en', { headline: text, lead: text, body: [{ kind: 'paragraph', text }] });
    for (const style of ['headline', 'summary', 'full'] as const) {
      const message = renderStory(story, viewFor('en', { style }), locales);
      expect(tapped(visibleText(message.text))).toEqual([]);
      accepted(message);
    }
    expect(tapped(visibleText(renderPage(story, 0, viewFor('en'), locales).text))).toEqual([]);
  });

  it('has nothing to tap whatever stands beside a sign', () => {
    const piece = fc.constantFrom(
      '/',
      '@',
      '.',
      ':',
      '//',
      'forget',
      'by',
      'evil',
      'бел',
      '1',
      '_',
      ' ',
      '-',
      '«',
      '#',
      'https',
      '\uE000',
      '\uE001',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = untappable(pieces.join('')).replace(/[\uE000\uE001]/g, '');
        expect(tapped(text)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('makes no command of a word that łacinka writes in Latin letters', () => {
    const story = storyOf('be', { headline: 'Пішыце /старт і @рэдакцыя', lead: 'Адрас: пошта.by' });
    const { text } = renderStory(story, viewFor('be', { script: 'lacinka' }), locales);
    expect(tapped(visibleText(text))).toEqual([]);
  });

  it('leaves numbers, hours and abbreviations as they are', () => {
    for (const text of ['8.421 рублёў', 'а 10:30', 'км/г', 'and/or', 'вул. Садовая', 'АТ&Т'])
      expect(untappable(text)).toBe(text);
  });
});

describe('a link of a story', () => {
  it.each([
    ['https://news.example/en/news/1/', true],
    ['https://www.news.example/en/news/1/', true],
    ['https://en.news.example/news/1/', true],
    ['https://news.example.evil.test/login', false],
    ['https://news.example@evil.test/', false],
    ['https://evilnews.example/', false],
    ['https://xn--nws-1na.example/', false],
  ])('to %s can be tapped: %s', (link, isHome) => {
    const story = storyOf('en', { link });
    const message = renderStory(story, viewFor('en', { linkHosts: HOSTS }), locales);
    expect(
      addressesIn(message).some((address) => address.startsWith('http') && !address.includes('t.me')),
    ).toBe(isHome);
    // A link that cannot be tapped is shown, for who looks.
    if (!isHome) expect(visibleText(message.text).replaceAll('\u2060', '')).toContain(link);
    expect(tapped(visibleText(message.text))).toEqual([]);
  });

  it('inside its text leads to the newsroom or nowhere', () => {
    const text = 'Read the report and the list';
    const links = (end: string) => [
      { from: 9, to: 15, url: 'https://evil.test/a' },
      { from: 24, to: 28, url: `https://docs.news.example/${end}` },
    ];
    const story = storyOf('en', {
      link: 'https://news.example/1',
      lead: text,
      leadLinks: links('lead'),
      body: [
        { kind: 'paragraph', text, links: links('body') },
        { kind: 'list', items: ['One', text], itemLinks: [[], links('item')] },
        { kind: 'list', items: [text], itemLinks: [links('number')], ordered: true },
      ],
    });
    for (const articles of [false, true]) {
      const page = renderPage(story, 0, viewFor('en', { linkHosts: HOSTS, articles }), locales);
      for (const end of ['lead', 'body', 'item', 'number'])
        expect(JSON.stringify(articles ? page.rich : page.text)).toContain(
          `https://docs.news.example/${end}`,
        );
      expect(JSON.stringify(page)).not.toContain('evil.test');
    }
  });
});
