import { describe, expect, it } from 'vitest';
import { absoluteLink, linkKey } from '#src/source/links.ts';

const BASE = 'https://news.example/be/news/';

describe('one address', () => {
  it.each([
    'https://news.example/be/news/5',
    'http://news.example/be/news/5/',
    'https://www.news.example/be/news/5?utm_source=rss&fbclid=1#top',
    'https://NEWS.example:443/be//news/5/',
  ])('is the same written as %s', (link) => {
    expect(linkKey(link)).toBe('news.example/be/news/5');
  });

  it('is the same in every spelling of its letters', () => {
    const spellings = [
      '/навіны/мост-5',
      '/%D0%BD%D0%B0%D0%B2%D1%96%D0%BD%D1%8B/мост%2D5',
      `/${encodeURI('навіны/мост').toLowerCase()}-5`,
    ];
    expect(new Set(spellings.map((path) => linkKey(`https://news.example${path}`))).size).toBe(1);
    expect(linkKey('https://news.example/a%2fb')).not.toBe(linkKey('https://news.example/a/b'));
  });

  it('is another with another number, query or edition', () => {
    const keys = ['/be/news/5', '/be/news/51', '/ru/news/5', '/be/news/?id=5', '/be/news/?id=6'].map((path) =>
      linkKey(`https://news.example${path}`),
    );
    expect(new Set(keys).size).toBe(5);
    expect(linkKey('https://news.example/?b=2&a=1')).toBe(linkKey('https://news.example/?a=1&b=2'));
  });
});

it('a session is no part of an address, the number of a story is, by whatever name', () => {
  const keys = ['sid=a1b2c3d4e5f6', 'sid=12', 'sid=13', 'PHPSESSID=9f8e7d'].map((query) =>
    linkKey(`https://news.example/article.php?${query}`),
  );
  expect(keys).toEqual(['', '?sid=12', '?sid=13', ''].map((query) => `news.example/article.php${query}`));
});

describe('a link', () => {
  it.each([
    ['/be/news/5', 'https://news.example/be/news/5'],
    ['7', 'https://news.example/be/news/7'],
    ['//other.example/x', 'https://other.example/x'],
    ['http://r.example/redirect/*https://news.example/1', 'https://news.example/1'],
    ['https://name:word@news.example/1', 'https://news.example/1'],
    ['  https://news.example/1\n', 'https://news.example/1'],
  ])('%j leads to %s', (link, absolute) => {
    expect(absoluteLink(link, BASE)).toBe(absolute);
  });

  it.each([
    '',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'mailto:a@b.example',
    'htpt:/:s://x',
    'What is love?',
    'http://',
    'http://intranet/x',
    `https://news.example/${'x'.repeat(3000)}`,
  ])('%j leads nowhere', (link) => {
    expect(absoluteLink(link, BASE)).toBeUndefined();
  });
});
