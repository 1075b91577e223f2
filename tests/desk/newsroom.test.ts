import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PollReport, pollEdition } from '#src/desk/intake/poll.ts';
import type { NewsDesk } from '#src/desk/desk.ts';
import { findStoryByLink } from '#src/desk/stories.ts';
import { silentLogger } from '#testing/log.ts';
import { EDITIONS, type Edition } from '#src/news/edition.ts';
import { OUTAGES } from '#sandbox/newsroom/outage.ts';
import type { Newsroom } from '#sandbox/newsroom/newsroom.ts';
import { startNewsroom } from '#sandbox/newsroom/newsroom.ts';
import { readHere } from '#src/source/reading.ts';
import { createFetcher, type Fetcher } from '#src/source/fetch/fetch.ts';
import { logHead } from '#src/store/logs.ts';
import { openStore } from '#src/store/redis.ts';
import { createSeal } from '#src/store/seal.ts';
import { realClock } from '#src/time.ts';
import { isSame, storedNow } from '#src/trial/sameness.ts';
import { ALL_WELL } from '#testing/site.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

/** The invented newsroom of the sandbox, over real HTTP. */
let redis: TestRedis;
let room: Newsroom;
let desk: NewsDesk;
let fetcher: Fetcher;

const SUBJECTS = { be: 'Бібліятэка', ru: 'Библиотека', en: 'Library' } as const;
let number = 0;

function piece(only: readonly Edition[] = EDITIONS) {
  number++;
  return Object.fromEntries(
    only.map((edition) => [
      edition,
      {
        headline: `${SUBJECTS[edition]} №${number} «Ў» & <і>`,
        lead: `${SUBJECTS[edition]} lead ${number}, ${'abcdefghijklmnopqrstuvwxyz'.slice(number % 20)}.`,
        body: `Paragraph ${number}.\n## Subhead ${number}\n- item ${number}\n- other\nLast ${number}.`,
        rubric: 'Culture',
        picture: { credit: 'Facebook' },
      },
    ]),
  );
}

const poll = (edition: Edition): Promise<PollReport> =>
  pollEdition(desk, {
    edition,
    addresses: [room.sources[edition]],
    fetcher,
    reader: readHere,
    pictures: ALL_WELL,
    intervalMs: 20,
  });

beforeAll(async () => {
  redis = await startRedis();
  room = await startNewsroom();
  const store = openStore({ url: redis.url, botId: '1', log: silentLogger });
  const policy = {
    staleMs: 86_400_000,
    paid: 'mark',
    urgentMarks: ['Urgent'],
    recheckSeconds: [300],
    adminIds: [],
  } as const;
  desk = { clock: realClock, log: silentLogger, store, seal: createSeal(Buffer.alloc(32, 7), '1'), policy };
  fetcher = createFetcher({ clock: realClock, gapMs: 0, addresses: Object.values(room.sources) });
  for (let n = 0; n < 8; n++) room.publish(piece(), Date.now() - (10 - n) * 3_600_000);
  for (const edition of EDITIONS) await poll(edition);
});
afterAll(async () => {
  await fetcher.close();
  await room.close();
  await desk.store.close();
  await redis.stop();
});

/** Polls until `count` more entries stand in the log, at most a few times. */
async function heads(edition: Edition, polls: number): Promise<number> {
  for (let n = 0; n < polls; n++) {
    await poll(edition);
    await realClock.sleep(25);
  }
  return logHead(desk.store, edition);
}

describe('the sandbox’s newsroom', () => {
  it.each(EDITIONS)('in %s is read whole', async (edition) => {
    const ids = room.publish(piece());
    await poll(edition);
    const story = await findStoryByLink(desk, room.link(ids[edition] ?? 0));
    expect(story).toMatchObject({
      headline: `${SUBJECTS[edition]} №${number} «Ў» & <і>`,
      body: [
        { text: `Paragraph ${number}.` },
        { kind: 'subhead' },
        { items: [`item ${number}`, 'other'] },
        { text: `Last ${number}.` },
      ],
      rubrics: ['Culture'],
      picture: { credit: 'Facebook' },
    });
  });

  it.each(OUTAGES.filter((kind) => kind !== 'hang' && kind !== 'drip'))(
    'answering %s to one language loses nothing there, holds up no other and sends nothing false',
    async (kind) => {
      const before = { be: await heads('be', 1), en: await heads('en', 1) };
      room.outage(kind, 'en');
      room.publish(piece(['be', 'en']));
      expect(await heads('be', 1)).toBe(before.be + 1);
      expect(await heads('en', 3)).toBe(before.en);
      room.outage('off');
      // Two of these ask to wait two seconds.
      for (let n = 0; n < 60 && (await logHead(desk.store, 'en')) === before.en; n++) await heads('en', 4);
      expect(await heads('en', 3)).toBe(before.en + 1);
    },
  );

  describe('published again', () => {
    const LEAD =
      'The new footbridge over the river opens on Monday, the town council has told the people of the town. It is 300 metres long.';
    const first = () => ({
      headline: `Bridge ${++number} opens on Monday`,
      lead: LEAD,
      body: LEAD,
      rubric: 'x',
    });
    type Text = ReturnType<typeof first>;
    const said = ({ headline, lead, body }: Text) => ({
      tongue: 'en' as const,
      at: Date.now(),
      headline,
      lead: `${lead} No. ${number}.`,
      body,
    });
    const publish = (text: Text) => room.publish({ en: { ...said(text), rubric: text.rubric } }).en ?? 0;

    it.each<[string, (text: Text) => Text, 'listed' | 'withdrawn', boolean]>([
      ['as it was', (text) => text, 'listed', true],
      [
        'with a letter mended',
        (text) => ({ ...text, lead: LEAD.replace('council', 'councel') }),
        'listed',
        true,
      ],
      ['under a longer headline', (text) => ({ ...text, headline: `New ${text.headline}` }), 'listed', true],
      [
        'under quite another headline',
        (text) => ({ ...text, headline: 'Ten years of waiting' }),
        'listed',
        false,
      ],
      ['with another figure', (text) => ({ ...text, lead: LEAD.replace('300', '500') }), 'listed', false],
      ['with more to say', (text) => ({ ...text, body: `${LEAD} Builders want a year.` }), 'listed', true],
      [
        'with more to say, withdrawn',
        (text) => ({ ...text, body: `${LEAD} Builders want a year.` }),
        'withdrawn',
        true,
      ],
      ['as it was, withdrawn', (text) => text, 'withdrawn', true],
    ])(
      '%s is one story to the sandbox’s counter where it is one to the bot',
      async (_, change, stands, isOne) => {
        const text = first();
        const id = publish(text);
        const before = await heads('en', 1);
        if (stands === 'withdrawn') room.withdraw(id);
        publish(change(text));
        expect([await heads('en', 1), isSame(said(change(text)), said(text), stands === 'listed')]).toEqual([
          isOne ? before : before + 1,
          isOne,
        ]);
      },
    );

    it('in another world is known to the one that kept what it had stored', async () => {
      const text = first();
      publish(text);
      await heads('en', 1);
      const wasKnown = await storedNow(desk);
      expect(wasKnown(said(text))).toBe(true);
      expect(wasKnown({ ...said(text), tongue: 'ru' })).toBe(false);
      expect(wasKnown(said({ ...first(), lead: 'Quite another story.', body: '' }))).toBe(false);
    });
  });

  it('hanging in one language holds up no other', async () => {
    const before = await heads('ru', 1);
    room.outage('hang', 'en');
    const hanging = poll('en');
    room.publish(piece(['ru']));
    const started = performance.now();
    expect(await heads('ru', 1)).toBe(before + 1);
    expect(performance.now() - started).toBeLessThan(6000);
    room.outage('off');
    await fetcher.close();
    expect(await hanging).toMatchObject({ outcome: 'failed' });
    fetcher = createFetcher({ clock: realClock, gapMs: 0, addresses: Object.values(room.sources) });
  });
});
