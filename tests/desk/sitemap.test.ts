import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '#src/time.ts';
import type { MovedClock } from '#testing/clock.ts';
import { eachNewsdesk } from '#testing/each-newsdesk.ts';
import type { Stage } from '#testing/newsdesk.ts';
import type { Site } from '#testing/site.ts';

const START = Date.parse('2026-08-22T09:00:00Z');
const INDEX = 'https://news.example/sitemap.xml';
let stage: Stage;
let site: Site;
let clock: MovedClock;

eachNewsdesk(START, (newsdesk) => {
  ({ stage, site, clock } = newsdesk);
  site.instead.set(
    '/sitemap.xml',
    '<sitemapindex><sitemap><loc>https://news.example/sitemap-pages.xml</loc></sitemap><sitemap><loc>https://news.example/sitemap-news.xml</loc></sitemap></sitemapindex>',
  );
  publish('An old report', START - 5 * HOUR);
});

/** Publishes a story, and lists all in the sitemap of news. */
function publish(headline: string, at: number): void {
  site.publish('en', { headline }, at);
  const urls = site.pieces.map(
    (piece) =>
      `<url><loc>${site.link(piece)}</loc><news:news><news:publication_date>${new Date(piece.at).toISOString()}</news:publication_date><news:title>${piece.telling.headline}</news:title></news:news></url>`,
  );
  site.instead.set('/sitemap-news.xml', `<urlset>${urls.join('')}</urlset>`);
}

it('the sitemaps that an index names are read, though the index itself has not changed', async () => {
  await stage.poll('en', [INDEX]);
  for (const headline of ['A bridge opens in Brest', 'The library of Orsha is saved']) {
    publish(headline, clock.now());
    await stage.poll('en', [INDEX]);
  }
  expect(await stage.log()).toEqual(['A bridge opens in Brest', 'The library of Orsha is saved']);
});

it('feed, listing and sitemap of one edition together tell each story once', async () => {
  const together = [site.feed('en'), site.listing('en'), INDEX];
  const told: string[] = [];
  await stage.poll('en', together);
  for (let n = 0; n < 6; n++) {
    told.push(`Report number ${n} of the ${['bridge', 'park', 'river', 'market', 'court', 'zoo'][n]}`);
    publish(told.at(-1) ?? '', clock.now());
    for (let poll = 0; poll < 2; poll++) await stage.poll('en', together.toReversed());
    await clock.advance(10 * MINUTE);
  }
  expect(await stage.log()).toEqual(told);
});
