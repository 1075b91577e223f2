import { afterEach, describe, expect, it } from 'vitest';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { findStory } from '#src/desk/stories.ts';
import { announce, newAnnouncement } from '#src/desk/operator/operate.ts';
import { knownFiles, keepFiles } from '#src/store/pictures.ts';
import { addWaitingCard, takeWaitingCards } from '#src/store/owners.ts';
import { letters } from '#src/store/letters.ts';
import { botKeys, newsKeys } from '#src/store/keys.ts';
import { logHead, readStampedLog } from '#src/store/logs.ts';
import { noteStamped, restampNews, whoseNews } from '#src/store/restamp.ts';
import { migrate } from '#src/store/schema.ts';
import { createSeal } from '#src/store/seal.ts';
import { getHealth, getSource, saveHealth, saveSource } from '#src/store/sources.ts';
import { pass, person, publish, revise, startCorrecting, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { ask, said } from '../bot/talk.ts';

let stage: Stage;
afterEach(() => stage.close());

const never = new AbortController().signal;
const FORGED = 'Words that the newsroom never said';

/** A reader of `be`, and all that was ever shown to anybody. */
async function readers() {
  stage = await openStage();
  const reader = stage.telegram.person({ language: 'be' });
  reader.send('/subscribe');
  await stage.settle();
  return { ...stage, redis: stage.desk.store.redis, reader };
}

const shown = (reader: Parameters<typeof said>[0]): string =>
  said(reader)
    .map(({ text }) => text)
    .join('\n');

/** An entry as somebody writes it who has seen others. */
const entry = (fields: Readonly<Record<string, string>>): string[] =>
  Object.entries({
    kind: 'story',
    story: '',
    urgent: '0',
    at: String(stage.clock.now()),
    text: '',
    ...fields,
  }).flat();

describe('who can write to Redis and has no key', () => {
  it('forges an announcement, with a stamp of another one: nobody is shown it, the next story is with everybody', async () => {
    const { desk, redis, reader, clock } = await readers();
    await announce(desk, { be: 'A true word' }, newAnnouncement(desk));
    const [first] = await redis.xrange(newsKeys.log('be'), '-', '+');
    const fields = first?.[1] ?? [];
    const stamp = fields.at(-1) ?? '';
    expect(stamp).toHaveLength(26);
    const log = newsKeys.log('be');
    await redis.xadd(log, '2-0', ...entry({ kind: 'announcement', text: FORGED }));
    await redis.xadd(log, '3-0', ...entry({ kind: 'announcement', text: FORGED, stamp }));
    await redis.xadd(log, '4-0', ...entry({ kind: 'announcement', text: FORGED, stamp: 'ё'.repeat(26) }));
    // A true one once more, at another number.
    await redis.xadd(log, '5-0', ...fields);
    await publish(desk, 'be', { headline: 'Праўдзівая навіна' });
    await stage.deliver();
    await until(clock, () => shown(reader).includes('Праўдзівая навіна'));
    await pass(clock, 5000);
    expect(shown(reader)).not.toContain(FORGED);
    expect(shown(reader).split('A true word')).toHaveLength(2);
    expect([...desk.seal.foreign].map((place) => place.split(':').at(-1))).toEqual(['2', '3', '4', '5']);
  });

  it('changes a story, or puts another one in its place: it is not sent, and nowhere to be read', async () => {
    const { desk, redis, reader, clock } = await readers();
    const changed = await publish(desk, 'be', { headline: 'Першая' });
    const swapped = await publish(desk, 'be', { headline: 'Другая' });
    const other = await publish(desk, 'be', { headline: 'Трэцяя' });
    const json = async (id: string) => (await redis.hget(newsKeys.story(id), 'json')) ?? '';
    await redis.hset(newsKeys.story(changed.id), 'json', (await json(changed.id)).replace('Першая', FORGED));
    await redis.hset(newsKeys.story(swapped.id), 'json', await json(other.id));
    await stage.deliver();
    await until(clock, () => shown(reader).includes('Трэцяя'));
    await pass(clock, 5000);
    for (const command of ['/latest 5', '/search newsroom', '/search library'])
      await ask(stage, reader, command);
    expect(shown(reader)).not.toContain(FORGED);
    expect(shown(reader)).not.toMatch(/Першая|Другая/);
    expect(await findStory(desk, changed.id)).toBeUndefined();
    expect([...desk.seal.foreign]).toEqual([changed.id, swapped.id].map(newsKeys.story));
  });

  it('has a message corrected into words of their own: it stays as it is', async () => {
    const { desk, redis, reader, clock } = await readers();
    const story = await publish(desk, 'be', { headline: 'Першая' });
    await stage.deliver();
    await until(clock, () => shown(reader).includes('Першая'));
    const stopCorrecting = startCorrecting(desk);
    await revise(desk, story, { headline: 'Выпраўленая' });
    const json = (await redis.hget(newsKeys.story(story.id), 'json')) ?? '';
    await redis.hset(newsKeys.story(story.id), 'json', json.replace('Выпраўленая', FORGED));
    await pass(clock, 60_000);
    await stopCorrecting();
    expect(shown(reader)).not.toContain(FORGED);
  });

  it('puts words where the source, its health, a picture or a letter stand: they are as if they were not there', async () => {
    const { desk, redis } = await readers();
    const { botId } = desk.store;
    await saveSource(desk, 'be', 'x', { failures: 3 });
    await saveHealth(desk, 'be', { reason: 'true' });
    await redis.set(newsKeys.source('be', 'y'), (await redis.get(newsKeys.source('be', 'x'))) ?? '');
    expect(await getSource(desk, 'be', 'x')).toEqual({ failures: 3 });
    expect(await getSource(desk, 'be', 'y')).toEqual({ failures: 0 });
    await redis.set(newsKeys.health('be'), JSON.stringify({ reason: FORGED }));
    expect(await getHealth(desk, 'be')).toBeUndefined();
    await keepFiles(desk, [['https://news.example/1.jpg', 'one']]);
    const [key = ''] = await redis.keys('*picture*');
    expect(await knownFiles(desk, ['https://news.example/1.jpg'])).toHaveLength(1);
    await redis.set(key, 'https://elsewhere.example/2.jpg');
    expect(await knownFiles(desk, ['https://news.example/1.jpg'])).toEqual([]);
    const keys = botKeys(botId);
    await letters.add(desk, { id: 'one', chat: person(1), message: { text: 'true' }, until: 9e12 }, 1);
    await redis.hset(
      keys.letters,
      'forged',
      'x'.repeat(99),
      'veil',
      (await redis.getBuffer(keys.veil)) ?? '',
    );
    await redis.zadd(keys.lettersDue, 0, 'forged', 0, 'veil');
    expect((await letters.due(desk, 2, 9)).map(({ message }) => message.text)).toEqual(['true']);
  });

  it('sees nothing of a place whose card waits for somebody else', async () => {
    const { desk, redis } = await readers();
    await addWaitingCard(desk, 7, { id: -1001, kind: 'channel' }, stage.clock.now());
    const [card = ''] = await redis.keys('*:card:*');
    const [{ bucket, field }] = desk.seal.refs({ id: 8 });
    await redis.set(desk.store.keys.card(`${bucket}.${field}`), (await redis.getBuffer(card)) ?? '');
    expect(await takeWaitingCards(desk, 8)).toEqual([]);
    expect(await takeWaitingCards(desk, 7)).toHaveLength(1);
  });
});

describe('the news of a release before stamps', () => {
  /** The data that it wrote: no stamps anywhere. */
  async function older() {
    const all = await readers();
    const story = await publish(all.desk, 'be', { headline: 'Навіна без пячаткі' });
    const [key, log] = [newsKeys.story(story.id), newsKeys.log('be')];
    const json = (await all.redis.hget(key, 'json')) ?? '';
    await all.redis.hset(key, 'json', json.slice(27));
    await all.redis.del(log);
    await all.redis.xadd(log, '1-0', ...entry({ story: 'gone000000' }));
    await all.redis.xadd(log, '2-0', ...entry({ story: story.id }));
    await all.redis.xadd(log, '3-0', ...entry({ story: 'gone000001' }));
    await all.redis.xdel(log, '3-0');
    return all;
  }

  it('is stamped once, goes out, and is counted on from', async () => {
    const { desk, reader, clock } = await older();
    expect(await migrate(desk, 'news', never)).toBe(1);
    await noteStamped(desk);
    expect(await restampNews(desk, false)).toBe(0);
    expect(await logHead(desk.store, 'be')).toBe(2);
    await stage.deliver();
    await until(clock, () => shown(reader).includes('без пячаткі'));
    await announce(desk, { be: 'The next one' }, newAnnouncement(desk));
    expect(await logHead(desk.store, 'be')).toBe(4);
    await until(clock, () => shown(reader).includes('The next one'));
    expect(desk.seal.foreign.size).toBe(0);
  });

  it('is not stamped again for who sets the number of the form back', async () => {
    const { desk, redis, reader, clock } = await older();
    await redis.set(newsKeys.schema, '1');
    await migrate({ ...desk, isStamped: true }, 'news', never);
    await stage.deliver();
    await pass(clock, 5000);
    expect(shown(reader)).not.toContain('без пячаткі');
  });
});

describe('a new DATA_KEY', () => {
  it('puts all news under its stamps: those of the key before are worth nothing any more', async () => {
    const { desk, redis } = await readers();
    const { botId } = desk.store;
    const [OLD, NEW] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
    const story = await publish(desk, 'be');
    await announce(desk, { ru: 'A word' }, newAnnouncement(desk));
    await saveSource(desk, 'be', 'x', { failures: 3 });
    await noteStamped(desk);
    await redis.xadd(newsKeys.log('ru'), '2-0', ...entry({ kind: 'announcement', text: FORGED }));
    const both = { ...desk, seal: createSeal(NEW, botId, OLD) };
    expect((await readStampedLog(both, 'ru', 0, 9)).map(({ kind }) => kind)).toEqual([
      'announcement',
      'none',
    ]);
    expect(await restampNews(both, false)).toBe(5);
    expect(await restampNews(both, false)).toBe(0);
    const after = { ...desk, seal: createSeal(NEW, botId) };
    // Bots on one Redis have each its number and one key.
    const beside = { ...desk, seal: createSeal(NEW, '99') };
    for (const one of [after, beside]) {
      expect(await findStory(one, story.id)).toEqual(story);
      expect((await readStampedLog(one, 'ru', 0, 9)).map(({ kind }) => kind)).toEqual([
        'announcement',
        'none',
      ]);
      expect(await getSource(one, 'be', 'x')).toEqual({ failures: 3 });
      expect(await whoseNews(one)).toBe('ours');
    }
    expect(await findStory(desk, story.id)).toBeUndefined();
    expect(await whoseNews(desk)).toBe("another key's");
    expect(await redis.ttl(newsKeys.source('be', 'x'))).toBeGreaterThan(0);
  });

  it('is met by stories that come at the same time as announcements', async () => {
    const { desk } = await readers();
    await subscribe(desk, person(9), 'be');
    await Promise.all([
      ...Array.from({ length: 8 }, () => publish(desk, 'be')),
      ...Array.from({ length: 8 }, () => announce(desk, { be: 'A word' }, newAnnouncement(desk))),
    ]);
    const entries = await readStampedLog(desk, 'be', 0, 99);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(entries.filter(({ kind }) => kind === 'none')).toEqual([]);
  });
});
