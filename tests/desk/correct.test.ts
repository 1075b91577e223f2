import { pauseAll, resumeAll } from '#src/desk/pause.ts';
import { botKeys } from '#src/store/keys.ts';
import { HOUR } from '#src/time.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redrawn } from '#src/desk/delivery/redraw.ts';
import { changeSettings, findChat, subscribe } from '#src/desk/chats/subscribe.ts';
import {
  channel,
  pass,
  person,
  publish,
  revise,
  startCorrecting,
  startDelivery,
  storyOf,
  subscribeAll,
  until,
} from '#testing/delivery.ts';
import type { Story } from '#src/news/story.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
let reader: number;
let place: ReturnType<Stage['telegram']['channel']>;
let end: (() => Promise<void>)[] = [];

beforeEach(async () => {
  stage = await openStage();
  const { desk, telegram } = stage;
  [reader = 0] = telegram.people(1);
  place = telegram.channel();
  place.addBot(['can_post_messages']);
  await subscribe(desk, person(reader), 'en');
  await subscribe(desk, channel(place.id), 'en');
  const stopDelivery = await startDelivery(desk);
  end = [stopDelivery, startCorrecting(desk)];
});

afterEach(async () => {
  for (const one of end) await one();
  await stage.close();
});

const arrived = (count: number) => until(stage.clock, () => stage.telegram.deliveries().length >= count);
const shown = (id: number) =>
  (id === place.id ? place.messages() : stage.telegram.person({ id }).messages())
    .filter(({ fromBot }) => fromBot)
    .map(({ text }) => text);
/** Message numbers of people are gone two days after the messages. */
async function forgetPersonal(story: string): Promise<void> {
  const { redis, botId } = stage.desk.store;
  await redis.del(await redis.keys(botKeys(botId).shown(story, 0).replace(/\d+$/, '*')));
}
const edits = () => stage.telegram.counters().edits;

describe('a correction', () => {
  it('is edited into every message that shows the story, within a minute', async () => {
    const { desk, clock } = stage;
    const story = await publish(desk, 'en', { lead: 'Nine people came.' });
    await arrived(2);
    await pass(clock, 3000);
    await revise(desk, story, { lead: 'Ninety people came.' });
    await pass(clock, 60_000);
    for (const id of [reader, place.id]) {
      expect(shown(id)).toHaveLength(1);
      expect(shown(id)[0]).toContain('Ninety people came.');
    }
    expect(stage.telegram.deliveries()).toHaveLength(2);
  });

  it('is edited in although Telegram refuses its form, and later where it refuses every form in words that nobody knows', async () => {
    const { desk, clock, telegram } = stage;
    const story = await publish(desk, 'en', { lead: 'Nine people came.' });
    await arrived(2);
    await pass(clock, 3000);
    const refusal = { kind: 'refuse', method: 'editMessageText' } as const;
    const description = "Bad Request: can't parse entities: unsupported start tag";
    telegram.faults.add({ ...refusal, chatId: reader, description, times: 1 });
    telegram.faults.add({ ...refusal, chatId: place.id, times: 5 });
    await revise(desk, story, { lead: 'Ninety people came.' });
    const isCorrected = (id: number) => shown(id)[0]?.includes('Ninety people came.') === true;
    await until(clock, () => [reader, place.id].every(isCorrected), 20_000);
  });

  it('is with all others in a few seconds where Telegram never answers for some', async () => {
    const { desk, clock, telegram } = stage;
    const readers = telegram.people(60);
    await subscribeAll(desk, readers, 'en');
    const story = await publish(desk, 'en', { lead: 'Nine people came.' });
    await arrived(62);
    const silent = readers.filter((_, index) => index % 12 === 0);
    for (const chatId of silent) telegram.faults.add({ kind: 'hang', method: 'editMessageText', chatId });
    await pass(clock, 3000);
    await revise(desk, story, { lead: 'Ninety people came.' });
    const others = readers.filter((id) => !silent.includes(id));
    await until(clock, () => others.every((id) => shown(id)[0]?.includes('Ninety people came.')), 5000);
    await telegram.close();
  });

  it('is not begun again with those who have it where Redis takes nothing for a moment', async () => {
    const { desk, clock, telegram } = stage;
    const readers = telegram.people(20);
    await subscribeAll(desk, readers, 'en');
    const story = await publish(desk, 'en', { lead: 'Nine people came.' });
    await arrived(22);
    await pass(clock, 3000);
    telegram.setLatency(500);
    await revise(desk, story, { lead: 'Ninety people came.' });
    await until(clock, () => (telegram.counters().calls['editmessagetext'] ?? 0) > 1);
    await desk.store.redis.config('SET', 'min-replicas-to-write', '1');
    await pass(clock, 3000);
    await desk.store.redis.config('SET', 'min-replicas-to-write', '0');
    await pass(clock, 10_000);
    for (const id of readers) expect(shown(id)[0]).toContain('Ninety people came.');
    expect(telegram.counters().calls['editmessagetext']).toBe(22);
  });

  it('is not begun again with most of those who have it by the process that goes on', async () => {
    const { desk, clock, telegram } = stage;
    const readers = telegram.people(150);
    await subscribeAll(desk, readers, 'en');
    const story = await publish(desk, 'en', { lead: 'Nine people came.' });
    await arrived(152);
    await pass(clock, 3000);
    // 32 edits a second.
    telegram.setLatency(1000);
    const asked = () => telegram.counters().calls['editmessagetext'] ?? 0;
    await revise(desk, story, { lead: 'Ninety people came.' });
    await until(clock, () => asked() > 100);
    const stopped = end.pop()?.();
    await pass(clock, 2000);
    await stopped;
    end.push(startCorrecting({ ...desk, memory: createMemory() }));
    await pass(clock, 10_000);
    for (const id of readers) expect(shown(id)[0]).toContain('Ninety people came.');
    // Again only those of the last second and those on their way.
    expect(asked()).toBeLessThan(152 + 90);
  });

  it.each(['of another story', 'of the same story'])(
    '%s that comes while many people are given one is in the channel first, and with everybody in the end',
    async (what) => {
      const { desk, clock, telegram } = stage;
      const readers = telegram.people(300);
      await subscribeAll(desk, readers, 'en');
      const stories: Story[] = [];
      for (const count of [1, 2]) {
        stories.push(await publish(desk, 'en'));
        await until(clock, () => readers.every((id) => shown(id).length === count), 20_000);
        await pass(clock, 5000);
      }
      // 32 edits a second.
      telegram.setLatency(1000);
      const asked = () => telegram.counters().calls['editmessagetext'] ?? 0;
      const corrected = await revise(desk, stories[0] as Story, { headline: 'Set right' });
      await until(clock, () => asked() > 60);
      const newer = what === 'of another story' ? (stories[1] as Story) : corrected;
      await revise(desk, newer, { withdrawn: true });
      const isWithdrawn = (id: number) => shown(id).some((text) => text.includes('withdrawn'));
      await until(clock, () => isWithdrawn(place.id), 4000);
      expect(readers.filter(isWithdrawn)).toEqual([]);
      await until(clock, () => readers.every(isWithdrawn), 60_000);
      await pass(clock, 5000);
      const isRight = (id: number) => shown(id).some((text) => text.includes('Set right'));
      expect(readers.filter(isRight)).toHaveLength(300);
      expect(asked()).toBeLessThan(2 * 302 + 2 * 32);
    },
  );

  it('after days is edited into places, and into no chat of a person', async () => {
    const { desk, clock } = stage;
    const story = await publish(desk, 'en', { lead: 'Nine people came.' });
    await arrived(2);
    await pass(clock, 3000);
    await clock.advance(20 * 24 * HOUR);
    await forgetPersonal(story.id);
    await revise(desk, story, { lead: 'Ninety people came.' });
    await pass(clock, 60_000);
    expect(shown(place.id)[0]).toContain('Ninety people came.');
    expect(shown(reader)[0]).toContain('Nine people came.');
  });

  it('of a story of three days is edited into the chat that was shown it a moment ago', async () => {
    const { desk, clock } = stage;
    const publishedAt = clock.now() - 72 * HOUR;
    const story = await publish(desk, 'en', { lead: 'Nine people came.', publishedAt });
    await arrived(2);
    await pass(clock, 3000);
    await revise(desk, story, { lead: 'Ninety people came.' });
    await until(clock, () => shown(reader)[0]?.includes('Ninety people came.') === true);
  });

  it('that waited for the bot for days is edited into places all the same', async () => {
    const { desk, clock } = stage;
    const story = await publish(desk, 'en', { lead: 'Nine people came.' });
    await arrived(2);
    await pass(clock, 3000);
    for (const one of end.splice(0)) await one();
    await revise(desk, story, { lead: 'Ninety people came.' });
    await clock.advance(5 * 24 * HOUR);
    const stopCorrecting = startCorrecting(desk);
    await pass(clock, 60_000);
    const corrected = stopCorrecting();
    await pass(clock, 2000);
    await corrected;
    expect(shown(place.id)[0]).toContain('Ninety people came.');
  });

  it('after days leaves the other stories of a place’s bulletin where they stand', async () => {
    const { desk, clock } = stage;
    await pauseAll(desk);
    const stories = [];
    for (let n = 0; n < 6; n++) stories.push(await publish(desk, 'en', { headline: `Story number ${n}` }));
    await resumeAll(desk);
    await until(clock, () => shown(place.id).join('\n').includes('Story number 5'));
    await pass(clock, 5000);
    const before = shown(place.id);
    await clock.advance(10 * 24 * HOUR);
    for (let n = 0; n < 400; n++) await publish(desk, 'ru', { headline: `Later ${n}` });
    const [first] = stories;
    if (first) await revise(desk, first, { headline: 'Story number nought' });
    await pass(clock, 60_000);
    const after = shown(place.id);
    expect(after).toHaveLength(before.length);
    expect(after.join('\n')).toContain('Story number nought');
    for (const n of [1, 2, 3, 4, 5]) expect(after.join('\n')).toContain(`Story number ${n}`);
  });

  it('reaches a place’s message that an earlier version sent, which kept its id among those of people', async () => {
    const { desk, clock } = stage;
    const story = await publish(desk, 'en', { lead: 'Nine people came.' });
    await arrived(2);
    await pass(clock, 3000);
    await desk.store.redis.del(desk.store.keys.posted(story.id));
    await clock.advance(2 * HOUR);
    await revise(desk, story, { lead: 'Ninety people came.' });
    await pass(clock, 60_000);
    expect(shown(place.id)[0]).toContain('Ninety people came.');
    expect(shown(reader)[0]).toContain('Ninety people came.');
  });

  it('after a month is edited in nowhere', async () => {
    const { desk, clock } = stage;
    const story = await publish(desk, 'en', { lead: 'Nine people came.' });
    await arrived(2);
    await clock.advance(31 * 24 * HOUR);
    await revise(desk, story, { lead: 'Ninety people came.' });
    await pass(clock, 60_000);
    expect(shown(place.id)[0]).toContain('Nine people came.');
  });

  it('edits nothing where the shown text stays the same', async () => {
    const { desk, clock } = stage;
    const story = await publish(desk, 'en');
    await arrived(2);
    await pass(clock, 3000);
    await revise(desk, story, { body: [{ kind: 'paragraph', text: 'Only the body is another one.' }] });
    await pass(clock, 30_000);
    expect(edits()).toBe(0);
  });

  it.each(['in another style since', 'open'])(
    'of the text alone reaches the reader for whom the story stands %s',
    async (how) => {
      const { desk, clock, telegram } = stage;
      const own = telegram.person();
      own.start();
      await stage.settle();
      await subscribe(desk, person(own.id), 'en');
      if (how !== 'open') await changeSettings(desk, person(own.id), { style: 'full' }, 'en');
      await pass(clock, 3000);
      const named = [{ kind: 'paragraph' as const, text: 'The witness is Anna of Brest.' }];
      const story = await publish(desk, 'en', { headline: 'A trial ends', body: named });
      const told = () => own.messages().find(({ text }) => text.includes('A trial ends'));
      await until(clock, () => told() !== undefined);
      await pass(clock, 3000);
      if (how === 'open') await stage.press(own, told()?.id ?? 0, 'Read here');
      else await changeSettings(desk, person(own.id), { style: 'summary' }, 'en');
      expect(told()?.text).toContain('Anna');
      await revise(desk, story, { body: [{ kind: 'paragraph', text: 'The witness is not named.' }] });
      await pass(clock, 30_000);
      expect(told()?.text).not.toContain('Anna');
      // All others are shown nothing of it.
      expect(edits()).toBe(how === 'open' ? 2 : 1);
    },
  );

  it('of the text alone reaches an open story of which an earlier correction showed, too', async () => {
    const { desk, clock, telegram } = stage;
    const own = telegram.person();
    own.start();
    await stage.settle();
    await subscribe(desk, person(own.id), 'en');
    await pass(clock, 3000);
    const named = [{ kind: 'paragraph' as const, text: 'The witness is Anna of Brest.' }];
    const story = await publish(desk, 'en', { headline: 'A trial ens', body: named });
    const told = () => own.messages().find(({ text }) => text.includes('A trial'));
    await until(clock, () => told() !== undefined);
    await pass(clock, 3000);
    const first = await revise(desk, story, { headline: 'A trial ends' });
    await pass(clock, 30_000);
    await stage.press(own, told()?.id ?? 0, 'Read here');
    expect(told()?.text).toContain('Anna');
    await revise(desk, first, { body: [{ kind: 'paragraph', text: 'The witness is not named.' }] });
    await pass(clock, 70 * 60_000, 15_000);
    expect(told()?.text).not.toContain('Anna');
  });

  it('keeps the dates of a bulletin of what waited for a night', async () => {
    const { desk, clock } = stage;
    await changeSettings(desk, person(reader), { quiet: { from: '14:00', to: '09:00' } }, 'en');
    const typo = await publish(desk, 'en', { headline: 'A libary opens' });
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await pass(clock, 20 * HOUR, 60_000);
    const dates = () => shown(reader)[0]?.match(/\d+ August, \d\d:\d\d/g);
    expect(dates()).toHaveLength(2);
    const before = dates();
    await revise(desk, typo, { headline: 'A library opens' });
    await pass(clock, 60_000);
    expect(shown(reader)[0]).toContain('A library opens');
    expect(dates()).toEqual(before);
  });

  it('is edited into a bulletin that shows the story among others', async () => {
    const { desk, telegram, clock } = stage;
    await changeSettings(desk, person(reader), { quiet: { from: '14:00', to: '14:10' } }, 'en');
    const story = await publish(desk, 'en', { headline: 'The brige is open' });
    await publish(desk, 'en', { headline: 'Another story of the day' });
    await until(clock, () => telegram.deliveries().some(({ chatId }) => chatId === reader));
    await pass(clock, 3000);
    await revise(desk, story, { headline: 'The bridge is open' });
    await pass(clock, 30_000);
    expect(shown(reader)).toHaveLength(1);
    expect(shown(reader)[0]).toContain('The bridge is open');
    expect(shown(reader)[0]).toContain('Another story of the day');
  });

  it.each(['at once', 'owed'])('of each story of one bulletin is one edit of it: %s', async (how) => {
    const { desk, telegram, clock } = stage;
    await changeSettings(desk, person(reader), { quiet: { from: '14:00', to: '14:10' } }, 'en');
    const stories = [];
    for (const headline of ['The brige is open', 'A libary opens', 'Nine poeple came'])
      stories.push(await publish(desk, 'en', { headline }));
    await until(clock, () => telegram.deliveries().some(({ chatId }) => chatId === reader));
    await pass(clock, 3000);
    const mend = telegram.faults.add({ kind: 'refuse', method: 'editMessageText', chatId: reader });
    if (how === 'at once') mend();
    const right = ['The bridge is open', 'A library opens', 'Nine people came'];
    for (const [index, story] of stories.entries())
      await revise(desk, story, { headline: right[index] ?? '' });
    if (how === 'owed')
      await until(clock, async () => (await desk.store.redis.scard(desk.store.keys.owed)) === 3);
    mend();
    const asked = () => telegram.counters().calls['editmessagetext'] ?? 0;
    const before = asked();
    await pass(clock, 30_000);
    // Told at the same moment, they keep their order.
    expect(shown(reader)[0]).toMatch(new RegExp(right.toReversed().join('[^]*')));
    expect(await desk.store.redis.scard(desk.store.keys.owed)).toBe(0);
    // Its channel has each of them in a post of its own.
    expect(asked() - before).toBe(how === 'owed' ? 1 : stories.length + 1);
  });

  it('stays in a bulletin in which Telegram carries out an earlier edit seconds after its connection broke', async () => {
    const { desk, telegram, clock } = stage;
    await changeSettings(desk, person(reader), { quiet: { from: '14:00', to: '14:10' } }, 'en');
    const library = await publish(desk, 'en', { headline: 'A libary opens' });
    const bridge = await publish(desk, 'en', { headline: 'A bridge opens' });
    await until(clock, () => telegram.deliveries().some(({ chatId }) => chatId === reader));
    await pass(clock, 3000);
    telegram.faults.add({ kind: 'late', method: 'editMessageText', chatId: reader, times: 1 });
    await revise(desk, library, { headline: 'A library opens' });
    await until(clock, () => shown(reader)[0]?.includes('A library opens') === true);
    await revise(desk, bridge, { withdrawn: true });
    await pass(clock, 30_000);
    expect(shown(reader)[0]).toMatch(/A bridge opens[^]*withdrawn[^]*A library opens/);
    expect(await desk.store.redis.scard(desk.store.keys.owed)).toBe(0);
  });

  /** A bulletin of `length` letters' headlines with a story that is corrected, as the correction leaves it. */
  async function correctedAmong(others: readonly Story[], length: number): Promise<string | undefined> {
    const { desk } = stage;
    const subscriber = await findChat(desk, person(reader));
    if (!subscriber) throw new Error('nobody reads');
    const entries = others.map(({ id, firstSeenAt: at }) => ({ story: id, at, urgent: false }));
    const ids = () => 7;
    const story = { ...storyOf(desk, 'en', longTold(99, length)), revision: 1 };
    return (await redrawn(desk, { story, before: undefined, entries, ids }, subscriber, 7))?.text;
  }
  const longTold = (n: number, length: number) => ({
    headline: `${n} ${'word '.repeat(length / 5)}`.trim(),
  });

  it('loses no story of a bulletin that its mark would make too long', async () => {
    const others: Story[] = [];
    for (let n = 100; n < 133; n += 1) others.push(await publish(stage.desk, 'en', longTold(n, 130)));
    for (const length of [10, 35, 60])
      for (let count = 31; count <= 33; count += 1) {
        const text = await correctedAmong(others.slice(0, count), length);
        for (const { headline } of others.slice(0, count)) expect(text).toContain(headline.slice(0, 8));
      }
  });

  it('loses none either beside one that was withdrawn before, which stays struck through', async () => {
    const others: Story[] = [];
    for (let n = 100; n < 132; n += 1) others.push(await publish(stage.desk, 'en', longTold(n, 130)));
    const [first] = others;
    if (first) others[0] = await revise(stage.desk, first, { withdrawn: true });
    for (let count = 30; count <= 32; count += 1)
      for (let length = 5; length <= 125; length += 8) {
        const text = await correctedAmong(others.slice(0, count), length);
        for (const { headline } of others.slice(0, count)) expect(text).toContain(headline.slice(0, 8));
        expect(text).toMatch(/withdrawn/i);
      }
  });

  it.each([
    ['a correction on the next day', { headline: '99 words are right' }, {}],
    ['a withdrawal on the next day', { withdrawn: true }, {}],
    [
      'a withdrawal under a signature set since',
      { withdrawn: true },
      { signature: { text: 'Our town and all its news '.repeat(7).trim(), link: 'https://t.me/some_town' } },
    ],
  ])('of a story of a full digest is edited into it, and none is lost: %s', async (_, change, settings) => {
    const { desk, clock } = stage;
    const chat = channel(place.id);
    await changeSettings(desk, chat, { digest: ['20:00'] }, 'en');
    const stories: Story[] = [];
    for (let n = 0; n < 38; n += 1) {
      await clock.advance(1000);
      const headline = `${n} words of a quite ordinary day in the town, where nobody was hurt and nothing was lost`;
      stories.push(await publish(desk, 'en', { headline, rubrics: [] }));
    }
    await clock.advance(6 * HOUR);
    await until(clock, () => shown(place.id).length > 0);
    const told = () => shown(place.id)[0]?.match(/\d+ words/g) ?? [];
    const before = told();
    expect(before.length).toBeGreaterThan(30);
    await changeSettings(desk, chat, settings, 'en');
    await clock.advance(14 * HOUR);
    const [story] = stories.filter(({ headline }) => headline.startsWith(before.at(-1) ?? 'none'));
    if (story) await revise(desk, story, change);
    await pass(clock, 60_000);
    expect(shown(place.id)[0]).toMatch(/words are right|withdrawn/i);
    expect(told()).toHaveLength(before.length);
  });

  it('comes ten times in an hour and is two edits, the first and one at the end', async () => {
    const { desk, clock } = stage;
    let story = await publish(desk, 'en');
    await arrived(2);
    await pass(clock, 3000);
    for (let count = 1; count <= 10; count += 1) {
      story = await revise(desk, story, { lead: `Correction number ${count}.` });
      await pass(clock, 3 * 60_000, 5000);
    }
    expect(edits()).toBe(2);
    expect(shown(reader)[0]).toContain('Correction number 1.');
    // Redis counts the hour by its own clock: let it be over.
    await desk.store.redis.del(`pozirk:{news}:edited:${story.id}`);
    await pass(clock, 65 * 60_000, 15_000);
    expect(edits()).toBe(4);
    expect(shown(reader)[0]).toContain('Correction number 10.');
  });

  it('of the text alone edits nothing where the rest was right from the start, though another story is corrected meanwhile', async () => {
    const { desk, clock } = stage;
    const headline = { style: 'headline', quiet: { from: '14:00', to: '14:10' } } as const;
    await changeSettings(desk, person(reader), headline, 'en');
    const typo = await publish(desk, 'en', { headline: 'A libary opens' });
    await arrived(1);
    await pass(clock, 3000);
    const right = await revise(desk, typo, { headline: 'A library opens' });
    await until(clock, () => shown(reader).length > 0);
    await revise(desk, right, { body: [{ kind: 'paragraph', text: 'Only the body is another one.' }] });
    const other = await publish(desk, 'en', { headline: 'A brige opens' });
    await pass(clock, 5000);
    await revise(desk, other, { headline: 'A bridge opens' });
    await pass(clock, 70 * 60_000, 15_000);
    expect(shown(reader)).toHaveLength(2);
    expect(shown(reader)[1]).toMatch(/A bridge opens[^]*updated/);
    expect(shown(reader)[0]).toContain('A library opens');
    expect(shown(reader)[0]).not.toContain('updated');
  });

  it('that a chat is shown nothing of is not owed to it while another edit of it has to wait', async () => {
    const { desk, clock, telegram } = stage;
    await changeSettings(desk, channel(place.id), { style: 'headline' }, 'en');
    const story = await publish(desk, 'en', { headline: 'A library opens' });
    const other = await publish(desk, 'en', { headline: 'A brige opens' });
    await until(clock, () => shown(place.id).length === 2);
    await pass(clock, 3000);
    const wait = { kind: 'too-many', method: 'editMessageText', times: 1, retryAfter: 20 } as const;
    telegram.faults.add({ ...wait, chatId: place.id });
    await revise(desk, other, { headline: 'A bridge opens' });
    await pass(clock, 3000);
    await revise(desk, story, { body: [{ kind: 'paragraph', text: 'Only the body is another one.' }] });
    await until(clock, () => shown(place.id).join().includes('A bridge opens'));
    await pass(clock, 30_000);
    expect(shown(place.id).filter((text) => text.includes('updated'))).toHaveLength(1);
  });

  it('reaches a chat that has not got the story yet as the only revision', async () => {
    const { desk, telegram, clock } = stage;
    await changeSettings(desk, person(reader), { quiet: { from: '14:00', to: '14:10' } }, 'en');
    const story = await publish(desk, 'en', { lead: 'First version.' });
    await pass(clock, 3000);
    await revise(desk, story, { lead: 'Second version.' });
    await until(clock, () => telegram.deliveries().some(({ chatId }) => chatId === reader));
    await pass(clock, 10_000);
    expect(shown(reader)).toHaveLength(1);
    expect(shown(reader)[0]).toContain('Second version.');
  });
});

describe('a story that the newsroom takes back', () => {
  it('says so in every message that shows it, in the language of the chat', async () => {
    const { desk, clock } = stage;
    const story = await publish(desk, 'en');
    await arrived(2);
    await pass(clock, 3000);
    await revise(desk, story, { withdrawn: true });
    await pass(clock, 30_000);
    for (const id of [reader, place.id]) expect(shown(id)[0]).toMatch(/withdrawn/i);
  });

  it('is not sent to who has not got it', async () => {
    const { desk, clock, telegram } = stage;
    await changeSettings(desk, person(reader), { quiet: { from: '14:00', to: '14:10' } }, 'en');
    const story = await publish(desk, 'en');
    await pass(clock, 3000);
    await revise(desk, story, { withdrawn: true });
    await pass(clock, 9 * 60_000);
    expect(telegram.deliveries().some(({ chatId }) => chatId === reader)).toBe(false);
  });
});
