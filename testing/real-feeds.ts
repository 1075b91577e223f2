/** Feeds to read: small invented ones of the project's own, and real ones, which lie beside it where somebody has them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Result } from '#src/errors.ts';
import type { Reading } from '#src/source/item.ts';
import { readHere } from '#src/source/reading.ts';

const FOLDER = new URL('../../shared/feeds/', import.meta.url);
export const areFeedsHere = existsSync(FOLDER);

const OWN_FOLDER = new URL('./feeds/', import.meta.url);

/** Content of the project's own. */
export const OWN_FEEDS: readonly [file: string, items: number, kind: string][] = [
  ['windows-1251.xml', 2, 'rss'],
  ['atom.xml', 2, 'atom'],
  ['rss-1.0.rdf', 1, 'rdf'],
  ['no-dates.xml', 2, 'rss'],
  ['cut-off.xml', 1, 'rss'],
];

export const OWN_FEED_FILES: readonly URL[] = OWN_FEEDS.map(([file]) => new URL(file, OWN_FOLDER));

/** Reads one of the project's own as an address would be read. */
export const readOwnFeed = (file: string): Promise<Result<Reading>> => readFeed(new URL(file, OWN_FOLDER));

/** Reads a real one likewise. */
export const readRealFeed = (file: string): Promise<Result<Reading>> => readFeed(new URL(file, FOLDER));

function readFeed(file: URL): Promise<Result<Reading>> {
  const bytes = readFileSync(file);
  return readHere.source({ bytes, contentType: '', address: 'https://news.example/feed/' });
}

/** Where each of them lies. */
export const REAL_FEED_FILES: readonly URL[] = areFeedsHere
  ? readdirSync(FOLDER)
      .filter((file) => !file.endsWith('.md'))
      .map((file) => new URL(file, FOLDER))
  : [];

/** Content of each of them. */
export const REAL_FEEDS: readonly [file: string, items: number, kind: string][] = [
  ['citydog-by.xml', 10, 'rss'],
  ['oren-ru-windows-1251.xml', 10, 'rss'],
  ['aif-ru.xml', 1, 'rss'],
  ['motor-ru.xml', 3, 'rss'],
  ['habr-ru.xml', 17, 'rss'],
  ['sample-koi8-r.xml', 2, 'rss'],
  ['moscow-times.xml', 50, 'rss'],
  ['guardian.xml', 55, 'rss'],
  ['nytimes-home.xml', 33, 'rss'],
  // Five of its stories stand twice, under another headline at the same address: an address may hold several stories.
  ['cnn-top-stories.xml', 77, 'rss'],
  ['cnn-international.xml', 50, 'rss'],
  ['washington-post-wellness.xml', 26, 'rss'],
  ['ctv-news.xml', 10, 'rss'],
  ['techcrunch-wordpress.xml', 20, 'rss'],
  ['japan-times-no-dates.xml', 118, 'rss'],
  ['straits-times-empty.xml', 0, 'rss'],
  // One of its 15 items is another's story through a redirector.
  ['uol-noticias.xml', 14, 'rss'],
  ['folha-rss-0.91.xml', 15, 'rss'],
  ['scripting-news-rss-0.92.xml', 0, 'rss'],
  ['orf-rss-1.0.rdf', 50, 'rdf'],
  ['typepad-atom-0.3.atom', 50, 'atom'],
  ['qq-news-gb2312.xml', 20, 'rss'],
  ['radio-katowice-pl.xml', 1, 'rss'],
  ['neverwinter-relative-links.xml', 2, 'rss'],
  ['fda-drupal-date.xml', 1, 'rss'],
  ['reddit-programming-1.atom', 25, 'atom'],
  ['reddit-programming-2.atom', 25, 'atom'],
  // Of 17 whole items six have no address that leads anywhere.
  ['hacker-news-damaged.xml', 11, 'rss'],
  ['bare-ampersand.xml', 3, 'rss'],
  ['sample-utf-16le.xml', 1, 'rss'],
];
