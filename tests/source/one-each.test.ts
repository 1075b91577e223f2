import { expect, it } from 'vitest';
import type { Item } from '#src/source/item.ts';
import { oneEach } from '#src/source/one-each.ts';

const row = (n: number, headline: string, guid: string): Item => ({
  link: `https://news.example/en/news/${n}`,
  key: '',
  headline,
  guid,
  rubrics: [],
  paid: false,
  position: n,
});
const LIST = 'The ministry has added people to its list';

it('lists under one headline are each a story where their guid names only the rubric', () => {
  const rows = [row(1, LIST, 'rubric'), row(2, 'A bridge opens', 'rubric'), row(3, LIST, 'rubric')];
  expect(oneEach(rows, new Map()).map(({ link }) => link)).toEqual(rows.map(({ link }) => link));
});

it('a story that stands under its guid at two addresses is one', () => {
  const skipped = new Map<string, number>();
  const kept = oneEach([row(1, 'A bridge opens', 'own'), row(2, 'A bridge opens in Brest', 'own')], skipped);
  expect(kept.map(({ headline }) => headline)).toEqual(['A bridge opens in Brest']);
  expect(skipped).toEqual(new Map([['listed twice', 1]]));
});
