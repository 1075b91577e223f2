import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Newsroom } from '#sandbox/newsroom/newsroom.ts';
import { type NewsroomOptions, startNewsroom } from '#sandbox/newsroom/newsroom.ts';

const AUGUST_22 = Date.UTC(2026, 7, 22, 11, 5);

const DRAFT = {
  headline: 'A bridge opens',
  lead: 'The bridge over the Prypiac is open again.',
  body: 'It was closed for a year.\n## Who pays\n- the town\n- the region',
  rubric: 'Society',
};

let newsroom: Newsroom;

async function start(options: NewsroomOptions = {}) {
  newsroom = await startNewsroom({ clock: { now: () => AUGUST_22 }, ...options });
}

const get = async (address: string, headers: Record<string, string> = {}) => {
  const response = await fetch(address, { headers, signal: AbortSignal.timeout(700) });
  return { status: response.status, text: await response.text(), etag: response.headers.get('etag') ?? '' };
};

beforeEach(() => start());
afterEach(() => newsroom.close());

describe('the invented newsroom', () => {
  it('lists a published story with its rubrics and a link, newest first', async () => {
    newsroom.publish({ en: DRAFT }, AUGUST_22 - 1000);
    const { en } = newsroom.publish({ en: { ...DRAFT, headline: 'Rain & wind', urgent: true } });
    const { text } = await get(newsroom.sources.en);
    expect(text).toContain('<span class="clock">Minsk 14:05</span>');
    expect(text).toContain(`href="/en/news/${en}">Rain &#38; wind</a>`);
    expect(text).toContain('Urgent, Society');
    expect(text.indexOf('Rain')).toBeLessThan(text.indexOf('A bridge opens'));
  });

  it('shows an article with and without a slash at the end', async () => {
    const { be } = newsroom.publish({ be: { ...DRAFT, picture: { credit: 'фота чытача' } } });
    const [plain, slash] = await Promise.all([
      get(newsroom.link(be ?? 0)),
      get(`${newsroom.link(be ?? 0)}/`),
    ]);
    expect(slash.text).toBe(plain.text);
    expect(plain.text).toContain('<p>22 жніўня, Позірк. The bridge over the Prypiac is open again.</p>');
    expect(plain.text).toContain('(фота чытача)');
    expect(plain.text).toMatch(/<h3>Who pays<\/h3>\n<ul><li>the town<\/li>\n<li>the region<\/li><\/ul>/);
  });

  it('ends an article with the related story, whose teaser has a dateline of its own', async () => {
    const { en: earlier } = newsroom.publish(
      { en: { ...DRAFT, lead: 'word '.repeat(60) } },
      AUGUST_22 - 2 * 86_400_000,
    );
    const { en } = newsroom.publish({
      en: { ...DRAFT, headline: 'It closes again', relatedTo: earlier ?? 0 },
    });
    const { text } = await get(newsroom.link(en ?? 0));
    expect(text).toContain(`<p>Also read: <a href="/en/news/${earlier}">A bridge opens</a></p>`);
    expect(text).toMatch(/<p>August 20, Pozirk\. word [^<]* …<\/p>/);
  });

  it('neither links nor feeds a story that is only for POZIRK+, and labels it', async () => {
    await newsroom.close();
    await start({ feed: 'linked' });
    newsroom.publish({ ru: { ...DRAFT, paid: true } });
    const { ru } = newsroom.publish({ ru: { ...DRAFT, headline: 'Linked', paid: 'linked' } });
    const list = await get(newsroom.sources.ru);
    expect(list.text).not.toContain('>A bridge opens</a>');
    expect(list.text).toContain('только для POZIRK+');
    expect(list.text).toContain('href="/ru/rss"');
    const feed = await get(newsroom.feeds.ru);
    expect(feed.text.match(/<item>/g)).toHaveLength(1);
    expect((await get(newsroom.link(ru ?? 0))).text).not.toContain('Who pays');
  });

  it('gives each language an id of its own and answers a swapped prefix with the translation', async () => {
    const { be, en } = newsroom.publish({ be: { ...DRAFT, headline: 'Мост адкрыты' }, en: DRAFT });
    expect(be).not.toBe(en);
    expect((await get(`${newsroom.url}/en/news/${be}`)).text).toContain('<h1>A bridge opens</h1>');
    expect((await get(`${newsroom.url}/ru/news/${be}`)).status).toBe(404);
  });

  it('answers one story under several ids', async () => {
    const { en } = newsroom.publish({ en: DRAFT });
    const other = newsroom.alias(en ?? 0);
    expect(newsroom.link(en ?? 0)).toBe(`${newsroom.url}/en/news/${other}`);
    const [a, b] = await Promise.all([get(`${newsroom.url}/en/news/${en}`), get(newsroom.link(other))]);
    expect(a.text).toBe(b.text);
    expect((await get(newsroom.sources.en)).text.match(/news-list__item/g)).toHaveLength(1);
  });

  it('corrects, withdraws and restores a story', async () => {
    const { en = 0 } = newsroom.publish({ en: DRAFT });
    newsroom.correct(en, { headline: 'A bridge opens at last' });
    expect((await get(newsroom.sources.en)).text).toContain('A bridge opens at last');
    newsroom.withdraw(en, { from: 'page', status: 410 });
    expect((await get(newsroom.link(en))).status).toBe(410);
    expect((await get(newsroom.sources.en)).text).toContain(`/en/news/${en}`);
    newsroom.withdraw(en);
    expect((await get(newsroom.sources.en)).text).not.toContain(`/en/news/${en}`);
    newsroom.restore(en);
    expect((await get(newsroom.link(en))).status).toBe(200);
  });

  it('changes all ids at a reset and keeps related stories together', async () => {
    const { en: first = 0 } = newsroom.publish({ en: DRAFT });
    newsroom.publish({ en: { ...DRAFT, headline: 'Later', relatedTo: first } });
    newsroom.reset();
    expect((await get(`${newsroom.url}/en/news/${first}`)).status).toBe(404);
    const [later, earlier] = newsroom.stories('en');
    expect(later?.draft.relatedTo).toBe(earlier?.ids[0]);
  });

  it('answers 304 while nothing but the clock has changed', async () => {
    newsroom.publish({ en: DRAFT });
    const { etag } = await get(newsroom.sources.en);
    expect((await get(newsroom.sources.en, { 'if-none-match': etag })).status).toBe(304);
    newsroom.publish({ en: { ...DRAFT, headline: 'News' } });
    expect((await get(newsroom.sources.en, { 'if-none-match': etag })).status).toBe(200);
    expect(newsroom.requests()).toMatchObject({ lists: 3, conditional: 2, notModified: 1 });
  });

  it('fails in one language while the others go on, and recovers', async () => {
    newsroom.publish({ be: DRAFT, en: DRAFT });
    newsroom.outage('500', 'be');
    expect((await get(newsroom.sources.be)).status).toBe(500);
    expect((await get(newsroom.sources.en)).status).toBe(200);
    newsroom.outage('empty');
    expect((await get(newsroom.sources.be)).text).not.toContain('A bridge opens');
    newsroom.outage('reset');
    await expect(get(newsroom.sources.be)).rejects.toThrow();
    newsroom.outage('off');
    expect((await get(newsroom.sources.be)).text).toContain('A bridge opens');
  });

  it.each([
    ['503', 503, 'Later'],
    ['429', 429, 'Later'],
    ['html', 200, 'It works'],
    ['nothing', 200, ''],
    ['challenge', 200, 'Checking your browser'],
    ['maintenance', 200, 'We will be back soon'],
    ['cut', 200, '<!doctype html>'],
  ] as const)('fails as %s', async (kind, status, words) => {
    newsroom.publish({ en: DRAFT });
    newsroom.outage(kind, 'en');
    const response = await fetch(newsroom.sources.en);
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(status === 200 ? null : '2');
    const text = await response.text();
    expect(text).toContain(words);
    expect(text).not.toContain('A bridge opens');
    expect(newsroom.outages()).toEqual({ en: kind });
  });

  it.each(['hang', 'drip'] as const)(
    'keeps a visitor waiting as %s, and lets go at its end',
    async (kind) => {
      newsroom.outage(kind);
      await expect(get(newsroom.sources.ru)).rejects.toThrow();
      newsroom.outage('off');
      expect((await get(newsroom.sources.ru)).status).toBe(200);
    },
  );

  it('carries marks only where they are switched on', async () => {
    const { be = 0 } = newsroom.publish({ be: { ...DRAFT, picture: { credit: '' } }, en: DRAFT });
    const bare = await get(newsroom.link(be));
    expect(bare.text).not.toMatch(/og:|ld\+json|canonical|<time|rel="alternate"/);
    newsroom.mark({ jsonLd: true, openGraph: true, time: true, canonical: true, hreflang: true });
    const marked = await get(newsroom.link(be));
    expect(marked.text).toContain('<time datetime="2026-08-22T14:05:00+03:00">');
    expect(marked.text).toContain(`property="og:image" content="${newsroom.url}/pictures/1.png"`);
    expect(marked.text.match(/hreflang="(?:be|en)" href="http/g)).toHaveLength(2);
  });

  it('loses its old markup at a redesign, but no story', async () => {
    newsroom.publish({ en: DRAFT });
    newsroom.redesign();
    const { text } = await get(newsroom.sources.en);
    expect(text).not.toContain('news-list');
    expect(text).toContain('A bridge opens');
    newsroom.redesign('script');
    expect((await get(newsroom.sources.en)).text).not.toContain('A bridge opens');
  });

  it('draws a small picture for each number, always the same', async () => {
    const get = async () => Buffer.from(await (await fetch(`${newsroom.url}/pictures/7.png`)).arrayBuffer());
    const first = await get();
    expect(first.subarray(1, 4).toString()).toBe('PNG');
    expect(first.length).toBeLessThan(60_000);
    expect(await get()).toEqual(first);
  });
});
