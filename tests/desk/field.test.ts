import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pollEdition } from '#src/desk/intake/poll.ts';
import { readHere } from '#src/source/reading.ts';
import { HOUR, MINUTE, SECOND } from '#src/time.ts';
import { NOON, openStage, type Stage } from '#testing/desk.ts';
import { INTERVAL } from '#testing/newsdesk.ts';
import { articlePage } from '#testing/pages.ts';
import { headlineOf, type Row, rowsFeed, textOf } from '#testing/rows.ts';
import { pass, startCorrecting, until } from '#testing/delivery.ts';
import { createSite, type Site } from '#testing/site.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';

/** From a newsroom of the field to a reader's chat on the local Telegram, by a clock that is moved. */
let stage: Stage;
let site: Site;
let reader: Person;
let stopDelivery: () => Promise<void>;

beforeEach(async () => {
  stage = await openStage();
  site = createSite();
  reader = stage.telegram.person({ language: 'en' });
  reader.start();
  await stage.settle();
  reader.send('/subscribe en');
  await stage.settle();
  stopDelivery = await stage.deliver();
  const stopCorrecting = startCorrecting(stage.desk);
  return async () => {
    const corrected = stopCorrecting();
    await pass(stage.clock, SECOND);
    await corrected;
    await stage.close();
  };
});
afterEach(() => expect(new Set(messages()).size, 'nothing twice').toBe(messages().length));

/** News in the reader's chat, in order, as it reads now. */
const messages = (): string[] =>
  reader
    .messages()
    .filter(({ fromBot, text }) => fromBot && /street|street \d|Ministry|bridge|Explosion/.test(text))
    .map(({ text }) => text);
/** How often a story stands in the chat; several at once come as one message. */
const told = (n: number): number => messages().join('\n').split(headlineOf(n)).length - 1;

let address = '';

async function poll(at = site.listing('en')): Promise<void> {
  address = at;
  const { desk, clock } = stage;
  const source = {
    edition: 'en',
    addresses: [at],
    fetcher: site.fetcher,
    reader: readHere,
    pictures: site.pictures,
  } as const;
  await pollEdition(desk, { ...source, intervalMs: INTERVAL });
  await pass(clock, INTERVAL, 3 * SECOND);
}

/** Waits until the reader has so many messages, then for what else may come. */
async function arrived(count: number): Promise<string[]> {
  await until(stage.clock, () => messages().length >= count);
  await poll(address);
  return messages();
}

async function pollFeed(rows: readonly Row[]): Promise<void> {
  site.instead.set('/en/rss', rowsFeed(rows));
  await poll(site.feed('en'));
}
const OLD: Row = { n: 1, guid: 'g1', at: NOON - 5 * HOUR };

describe('a reader', () => {
  it('sees no garbage where a feed in UTF-8 is cut within letters, neither as news nor as a correction', async () => {
    const row = (n: number): Row => ({
      n,
      guid: `g${n}`,
      at: NOON,
      text: `“${textOf(n)}” Кірыліца і ўсё астатняе.`,
    });
    await pollFeed([OLD]);
    await pollFeed([row(2), OLD]);
    const before = await arrived(1);
    const whole = Buffer.from(rowsFeed([row(3), row(2), OLD]));
    const cut = Buffer.from('астатняе.');
    const pieces: Buffer[] = [];
    for (let from = 0; from < whole.length; ) {
      const at = whole.indexOf(cut, from);
      pieces.push(whole.subarray(from, at < 0 ? whole.length : at + cut.length - 2));
      from = at < 0 ? whole.length : at + cut.length;
    }
    site.instead.set('/en/rss', Buffer.concat(pieces));
    await poll(site.feed('en'));
    const after = await arrived(2);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toContain(headlineOf(3));
    expect(after.join()).not.toMatch(/Р[°-џ]|Ð|Ñ/);
  });

  it('gets a story much like one whose page is broken for good', async () => {
    const list = (names: string) => ({
      headline: 'Ministry adds people to its list',
      lead: 'The ministry has added people to its list today, the agency was told.',
      body: [{ kind: 'paragraph' as const, text: `The people who were added at noon are ${names}.` }],
    });
    const first = site.publish('en', list('Anna Zubr and Ivan Bocian'), NOON - 3 * HOUR);
    for (let n = 0; n < 4; n++)
      site.publish('en', { headline: `Report ${n} on roads` }, NOON - (n + 4) * HOUR);
    for (let n = 0; n < 4; n++) await poll();
    site.faults.set(`/en/news/${first.ids.at(-1)}`, 'source.status');
    site.publish('en', list('Piotr Rys and Olga Sava'), stage.clock.now());
    const since = stage.clock.now();
    while (stage.clock.now() - since < 15 * MINUTE) await poll();
    expect((await arrived(1)).join()).toContain('Ministry adds people');
  });

  it('gets a flash at the second poll, and its text in the same message', async () => {
    site.publish('en', { headline: 'A bridge opens in Brest' }, NOON - 5 * HOUR);
    await poll();
    const flash = { headline: 'Explosion in the centre of Minsk', lead: '', body: [] };
    const piece = site.publish('en', flash, stage.clock.now());
    const path = new URL(site.link(piece)).pathname;
    site.instead.set(path, articlePage('en', { ...piece.telling, lead: '', body: [] }, {}));
    await poll();
    await poll();
    await until(stage.clock, () => messages().length > 0);
    expect(messages()[0]).toContain(flash.headline);
    await pass(stage.clock, 3 * MINUTE, 2 * SECOND);
    site.instead.set(
      path,
      articlePage('en', { ...piece.telling, lead: 'It was heard all over the centre.' }, {}),
    );
    for (let n = 0; n < 4; n++) await poll();
    await until(stage.clock, () => messages()[0]?.includes('It was heard all over') === true);
    expect(await arrived(1)).toHaveLength(1);
  });

  it('gets each post of a live blog in a message of its own', async () => {
    const post = (n: number): Row => ({
      n,
      guid: `live-${n}`,
      link: `https://news.example/en/live/7#post-${n}`,
      at: NOON + n * MINUTE,
    });
    await pollFeed([OLD]);
    for (const numbers of [[5], [6, 5], [7, 6, 5], [8, 7]]) await pollFeed([...numbers.map(post), OLD]);
    const numbers = [5, 6, 7, 8];
    const posts = await arrived(numbers.length);
    expect(posts).toHaveLength(numbers.length);
    for (const [at, n] of numbers.entries()) expect(posts[at]).toContain(textOf(n));
  });

  it('gets what stands at the end of a feed of more than 500 that begins with its oldest', async () => {
    const old = Array.from(
      { length: 510 },
      (_, n): Row => ({ n, guid: `g${n}`, at: NOON - (600 - n) * HOUR }),
    );
    // A reading of 500 rows may take longer than a lease lasts by Redis' own clock.
    await stopDelivery();
    await pollFeed(old);
    const fresh = [611, 612].map((n): Row => ({ n, guid: `g${n}`, at: NOON + MINUTE }));
    await pollFeed([...old, ...fresh]);
    await stage.deliver();
    await until(stage.clock, () => told(611) + told(612) >= 2);
    expect([told(611), told(612), told(509)]).toEqual([1, 1, 0]);
  });

  it('gets each story whose guid numbers its place', async () => {
    const rows = (numbers: readonly number[]) =>
      numbers.map((n, at): Row => ({ n, guid: String(at + 1), at: NOON - HOUR + n * MINUTE }));
    for (const numbers of [
      [5, 4, 3, 2, 1],
      [6, 5, 4, 3, 2],
      [8, 7, 6, 5, 4],
    ])
      await pollFeed(rows(numbers));
    await until(stage.clock, () => [6, 7, 8].every(told));
    expect([6, 7, 8].map(told)).toEqual([1, 1, 1]);
  });
});
