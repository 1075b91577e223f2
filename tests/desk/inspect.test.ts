import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectSources } from '#src/desk/operator/inspect.ts';
import { loadWords } from '#src/render/locale.ts';
import { movedClock } from '#testing/clock.ts';
import { articlePage, listingPage } from '#testing/pages.ts';
import { OWN_FEED_FILES, REAL_FEED_FILES } from '#testing/real-feeds.ts';

const folder = mkdtempSync(join(tmpdir(), 'pozirk-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function inspect(...targets: string[]): Promise<{ isWell: boolean; text: string }> {
  const lines: string[] = [];
  const isWell = await inspectSources(targets, {
    clock: movedClock(Date.parse('2026-08-22T12:00:00Z')),
    locales: loadWords(),
    urgentMarks: ['Urgent'],
    gapMs: 0,
    write: (line) => lines.push(line),
  });
  return { isWell, text: lines.join('\n') };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const story = {
  headline: 'New library opens in Hrodna',
  lead: 'It is open.',
  body: [{ kind: 'paragraph', text: 'More.' }],
  dateline: 'August 22, Pozirk.',
} as const;

describe('an inspection', () => {
  it('leaves out what readers do not get: a text that was garbled on its way', async () => {
    const garbled = new TextDecoder('windows-1251').decode(Buffer.from('Мост адкрылі пасля рамонту сёння.'));
    const path = file(
      'garbled.xml',
      `<rss version="2.0"><channel><item><title>Навіна пра горад</title><link>https://horad.example/be/news/1</link><description>${garbled}</description></item></channel></rss>`,
    );
    const { text } = await inspect(path);
    expect(text).toContain('the text of "Навіна пра горад" is garbled, and left out');
    expect(text).not.toContain(garbled.slice(0, 20));
  });

  it('of a saved listing shows its rows and what is missing', async () => {
    const path = file(
      'list.html',
      listingPage(
        'be',
        [{ link: '/be/news/7', headline: 'Навіна пра бібліятэку', paid: true }],
        {},
        '/be/rss',
        '<a href="?page=2">2</a>',
      ),
    );
    const { isWell, text } = await inspect(path);
    expect(isWell).toBe(true);
    for (const part of [
      'listing "Invented newsroom": 1 stories',
      'POZIRK+ 1',
      'https://pozirk.online/be/news/7',
      'links a feed',
      'goes on at https://pozirk.online/be/news/?page=2',
      'no date on some',
    ])
      expect(text).toContain(part);
  });

  it('of a saved story shows it as in a chat, and what the page lacks', async () => {
    const { text } = await inspect(
      file(
        'story.html',
        articlePage('en', story, {}, [{ link: '/en/news/3', headline: 'Another story here' }]),
      ),
    );
    for (const part of [
      'the page of one story',
      'day 2026-08-22',
      'not found on the page: time, picture',
      '│ New library opens in Hrodna',
      '│ It is open.',
      '22 August',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Another story');
  });

  it.each([
    [
      'challenge.html',
      '<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x"></script>',
      'a challenge or maintenance page',
    ],
    ['empty.html', '', 'an empty answer'],
    ['app.html', '<title>App</title><div id="app"></div>', 'a page without links ("App")'],
    ['broken.xml', '<rss version="2.0"><channel>', 'a feed that is cut off before its first entry'],
  ])('of %s says why it cannot be read', async (name, content, reason) => {
    const { isWell, text } = await inspect(file(name, content));
    expect(isWell).toBe(false);
    expect(text).toContain(reason);
  });

  it('of a feed that has only what cannot be told does not call it empty', async () => {
    const items = '<item><title>A bridge opens</title></item>';
    const { text } = await inspect(file('left.xml', `<rss version="2.0"><channel>${items}</channel></rss>`));
    expect(text).toContain('an RSS feed, with nothing in it that can be told');
  });

  it('of what is not there says so, and goes on with the next', async () => {
    const { isWell, text } = await inspect(
      join(folder, 'none.xml'),
      'http://127.0.0.1:1/',
      file('again.html', articlePage('en', story)),
    );
    expect(isWell).toBe(false);
    for (const part of ['no such file', 'the address does not answer', 'the page of one story'])
      expect(text).toContain(part);
  });

  it('lets no page write to the terminal', async () => {
    const { text } = await inspect(
      file('evil.html', articlePage('en', { ...story, headline: 'Red \u001b[31m alert \u009b2J today' })),
    );
    expect(text.includes('\u001b') || text.includes('\u009b')).toBe(false);
  });

  it('of every feed at hand is a report without a crash, its verdict first', async () => {
    const files = [...OWN_FEED_FILES, ...REAL_FEED_FILES];
    const { isWell, text } = await inspect(...files.map(({ pathname }) => pathname));
    expect(isWell, text).toBe(true);
    expect(text.match(/^ {2}(?:rss|rdf|atom).*: \d+ stories$/gm)).toHaveLength(files.length);
    expect(text.match(/^✓ \/\S+: (?:will work, )?an (?:RSS|RDF|Atom) feed/gm)).toHaveLength(files.length);
    expect(text).toContain('times here are UTC, in the messages below they are Minsk’s');
  });

  it('says first that a source will not work, and in plain words why', async () => {
    const { isWell, text } = await inspect('http://host.invalid/news/', 'ftp://news.example/rss');
    expect(isWell).toBe(false);
    expect(text).toMatch(/^✗ http:\/\/host\.invalid\/news\/: will not work: cannot be read: .*no such host/);
    expect(text).toContain('only http and https addresses are');
    expect(text).not.toContain('ENOTFOUND');
  });
});
