import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '#testing/log.ts';
import type { Story } from '#src/news/story.ts';
import { newsKeys } from '#src/store/keys.ts';
import { appendAnnouncement, logHead, readLog } from '#src/store/logs.ts';
import { openStore, type Store } from '#src/store/redis.ts';
import { createSeal } from '#src/store/seal.ts';
import type { Shelf } from '#src/store/shelf.ts';
import {
  type Append,
  appendStory,
  findByAlias,
  getRecords,
  getStories,
  newestIds,
  newStoryId,
  type Revision,
  reviseStory,
  saveOrigin,
  storyIdBy,
} from '#src/store/stories.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

const NOW = Date.parse('2026-08-22T12:00:00Z');
const DAY = 86_400_000;

let redis: TestRedis;
let store: Store;
let shelf: Shelf;

beforeAll(async () => {
  redis = await startRedis();
  store = openStore({ url: redis.url, botId: '1', log: silentLogger });
  shelf = { store, seal: createSeal(Buffer.alloc(32, 7), '1') };
});
afterAll(async () => {
  await store.close();
  await redis.stop();
});
beforeEach(() => store.redis.flushall());

const story = (patch: Partial<Story> = {}): Story => ({
  id: newStoryId(),
  edition: 'be',
  revision: 0,
  headline: 'Загаловак',
  lead: 'Лід.',
  body: [],
  day: '2026-08-22',
  firstSeenAt: NOW,
  link: 'https://news.example/be/news/1',
  rubrics: [],
  access: 'free',
  urgent: false,
  withdrawn: false,
  ...patch,
});

const append = (told: Story, patch: Partial<Append> = {}) =>
  appendStory(shelf, {
    story: told,
    terms: 't',
    origin: { from: 'page', linkedAt: NOW, texts: ['x'] },
    aliases: [told.id],
    headline: 'h',
    rank: told.firstSeenAt,
    push: true,
    now: NOW,
    ...patch,
  });

const revise = (told: Story, notice?: Revision['notice'], now = NOW) =>
  reviseStory(shelf, {
    story: told,
    terms: 't',
    origin: { from: 'page', linkedAt: NOW, texts: [] },
    headline: 'h',
    now,
    ...(notice ? { notice } : {}),
  });

describe('the id of a story', () => {
  it('is the same again where Redis has lost it; where a story has it, the next signs count, and then chance', async () => {
    const lists = [
      ['en', 'an address'],
      ['en', 'an address', 'A bridge opens'],
    ];
    const [first = '', second = ''] = await Promise.all(lists.map((signs) => storyIdBy(store, signs)));
    expect(first).toMatch(/^[a-z0-9]{10}$/);
    for (const known of [first, second]) {
      expect(await storyIdBy(store, ...lists)).toBe(known);
      await store.redis.hset(newsKeys.story(known), 'json', '{}');
    }
    expect([first, second]).not.toContain(await storyIdBy(store, ...lists));
  });
});

describe('a log', () => {
  it('numbers its entries from 1 without a gap, each edition by itself', async () => {
    for (let n = 1; n <= 3; n++) expect((await append(story())).seq).toBe(n);
    expect((await append(story({ edition: 'ru' }))).seq).toBe(1);
    expect(await appendAnnouncement(shelf, 'be', 'Прывітанне', NOW, 'one')).toBe(4);
    expect(await logHead(store, 'be')).toBe(4);
    expect(await logHead(store, 'en')).toBe(0);
    expect((await readLog(store, 'be', 2, 10)).map(({ seq, kind }) => [seq, kind])).toEqual([
      [3, 'story'],
      [4, 'announcement'],
    ]);
  });

  it('knows an announcement by its own id, and one of an earlier version by edition and number', async () => {
    const older = [
      'kind',
      'announcement',
      'story',
      '',
      'urgent',
      '0',
      'at',
      String(NOW),
      'text',
      'Прывітанне',
    ];
    await store.redis.xadd(newsKeys.log('be'), '1-0', ...older);
    await appendAnnouncement(shelf, 'be', 'Прывітанне', NOW, 'one');
    expect(await readLog(store, 'be', 0, 10)).toMatchObject([{ id: 'be1' }, { id: 'one' }]);
  });

  it('lets go of what is older than forty days and goes on counting', async () => {
    for (let n = 0; n < 4; n++) await append(story(), { now: NOW - 41 * DAY });
    expect((await append(story())).seq).toBe(5);
    expect((await readLog(store, 'be', 0, 10)).map(({ seq }) => seq)).toEqual([5]);
    await store.redis.xtrim(newsKeys.log('be'), 'MAXLEN', 0);
    expect((await append(story())).seq).toBe(6);
  });

  it('carries what delivery needs', async () => {
    const told = story({ urgent: true });
    await append(told);
    expect(await readLog(store, 'be', 0, 10)).toEqual([
      { seq: 1, at: NOW, kind: 'story', story: told.id, urgent: true },
    ]);
  });
});

describe('a story', () => {
  it('is stored with its entry once, whoever tries again under its own link', async () => {
    const first = story();
    const second = story();
    await append(first, { aliases: ['a', 'b'] });
    expect(await append(second, { aliases: ['a', 'c'] })).toEqual({ id: first.id, seq: 0 });
    expect(await findByAlias(store, 'be', ['a', 'b', 'c'])).toEqual([first.id, first.id, undefined]);
    expect(await logHead(store, 'be')).toBe(1);
    expect(await getStories(shelf, [second.id, first.id])).toEqual([undefined, first]);
  });

  it('leaves to others the guids that they have, and takes over the link of one that it replaces', async () => {
    const [first, second, third] = [story(), story(), story()];
    await append(first, { aliases: ['a', 'guid'] });
    await append(second, { aliases: ['b', 'guid'] });
    await append(third, { aliases: ['a'], replaces: first.id });
    expect(await findByAlias(store, 'be', ['a', 'guid', 'b'])).toEqual([third.id, first.id, second.id]);
    expect(await logHead(store, 'be')).toBe(3);
  });

  it('that is not pushed is in the lists and not in the log', async () => {
    const told = story();
    expect((await append(told, { push: false })).seq).toBe(0);
    expect(await newestIds(store, 'be', 0, 5)).toEqual([told.id]);
    expect(await logHead(store, 'be')).toBe(0);
  });

  it('that an operator took back meanwhile is left as it is by who read it before', async () => {
    const told = story();
    await append(told);
    const [read] = await getRecords(shelf, [told.id]);
    if (!read) throw new Error('it is not there');
    const taken = { ...told, withdrawn: true, revision: 1 };
    await revise(taken, 'withdrawal');
    expect(
      await reviseStory(shelf, {
        story: { ...told, lead: 'Іншы лід.' },
        terms: 't',
        origin: read.origin,
        headline: 'h',
        now: NOW,
        over: read.json,
      }),
    ).toBeUndefined();
    expect(await saveOrigin(store, read, { ...read.origin, etag: 'x' })).toBe(false);
    const [now] = await getRecords(shelf, [told.id]);
    expect(now).toMatchObject({ story: taken, origin: { texts: [] } });
    expect(now?.origin.etag).toBeUndefined();
  });

  it('stays a year and a month', async () => {
    const told = story();
    await append(told);
    expect(await store.redis.ttl(newsKeys.story(told.id))).toBe(400 * 86_400);
  });

  it('has an id of ten letters and digits that no other has', () => {
    const ids = Array.from({ length: 1000 }, newStoryId);
    expect(new Set(ids).size).toBe(1000);
    expect(ids.every((id) => /^[a-z0-9]{10}$/.test(id))).toBe(true);
  });
});

describe('a correction', () => {
  const due = async () =>
    (await store.redis.zrange(newsKeys.amended('be'), '0', '-1', 'WITHSCORES')).map((value, index) =>
      index % 2 ? Number(value) : value,
    );

  it('of what was never pushed reaches no chat', async () => {
    const told = story();
    await append(told, { push: false });
    expect(await revise(told, 'correction')).toBe(0);
    expect(await due()).toEqual([]);
  });

  it('is due at once, and within the hour of an edit at the end of it', async () => {
    const told = story();
    await append(told);
    expect(await revise(told, 'correction')).toBe(NOW);
    await store.redis.del(newsKeys.amended('be'));
    await store.redis.set(newsKeys.edited(told.id), '1', 'PX', 3_600_000);
    expect(await revise(told, 'correction')).toBeGreaterThan(NOW + 3_590_000);
    expect(await revise(told, 'correction', NOW + 1000)).toBeGreaterThan(0);
    expect((await due())[1]).toBeLessThanOrEqual(NOW + 3_600_000);
  });

  it('that is a withdrawal or the return of the story does not wait, and a withdrawal takes it off the lists', async () => {
    const told = story();
    await append(told);
    await store.redis.set(newsKeys.edited(told.id), '1', 'PX', 3_600_000);
    await revise(told, 'correction');
    await revise({ ...told, withdrawn: true }, 'withdrawal', NOW + 5);
    expect(await due()).toEqual([told.id, NOW + 5]);
    expect(await newestIds(store, 'be', 0, 5)).toEqual([]);
    await revise(told, 'return', NOW + 10);
    expect(await due()).toEqual([told.id, NOW + 10]);
  });

  it('of a story that is gone does nothing', async () => {
    expect(await revise(story(), 'correction')).toBe(0);
    expect(await store.redis.keys('*')).toEqual([]);
  });
});
