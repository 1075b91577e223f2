import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetChat } from '#src/desk/chats/erase.ts';
import { changeSettings, subscribe } from '#src/desk/chats/subscribe.ts';
import {
  channel,
  pass,
  person,
  publish,
  revise,
  startCorrecting,
  startDelivery,
  until,
} from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
let readers: number[];
let place: ReturnType<Stage['telegram']['channel']>;
let end: (() => Promise<void>)[] = [];

const STORY = {
  picture: { url: 'https://cdn.example/bridge.jpg', credit: 'Facebook' },
  lead: 'Nine people came.',
  body: [
    { kind: 'paragraph' as const, text: 'They looked at the bridge.' },
    { kind: 'quote' as const, text: 'It is long.', credit: 'A passer-by' },
  ],
};

beforeEach(async () => {
  stage = await openStage();
  const { desk, telegram } = stage;
  readers = telegram.people(5);
  place = telegram.channel();
  place.addBot(['can_post_messages']);
  const whole = { style: 'full', articles: true } as const;
  for (const chat of [...readers.map(person), channel(place.id)]) {
    await subscribe(desk, chat, 'en');
    await changeSettings(desk, chat, whole, 'en');
  }
  const stopDelivery = await startDelivery(desk);
  end = [stopDelivery, startCorrecting(desk)];
});

afterEach(async () => {
  for (const one of end) await one();
  await stage.close();
});

const arrived = (count: number) => until(stage.clock, () => stage.telegram.deliveries().length >= count);
const views = () => [
  ...readers.map((id) =>
    stage.telegram
      .person({ id })
      .messages()
      .filter(({ fromBot }) => fromBot),
  ),
  place.messages().filter(({ fromBot }) => fromBot),
];

/** Every chat has the story once, readable to its last paragraph. */
function readable(isRich: boolean): void {
  for (const messages of views()) {
    expect(messages).toHaveLength(1);
    expect(messages[0]?.text).toContain('They looked at the bridge.');
    expect(messages[0]?.text).toContain('A passer-by');
    expect(messages[0]?.rich !== undefined).toBe(isRich);
  }
}

describe('an article', () => {
  it('goes out whole, and its picture is fetched once for all, for corrections too', async () => {
    const { desk, clock, telegram } = stage;
    const story = await publish(desk, 'en', STORY);
    await arrived(6);
    readable(true);
    expect(telegram.rich.fetched).toEqual(['https://cdn.example/bridge.jpg']);
    await pass(clock, 3000);
    await revise(desk, story, { lead: 'Ninety people came.' });
    await pass(clock, 60_000);
    readable(true);
    for (const [message] of views()) expect(message?.text).toContain('Ninety people came.');
    expect(telegram.rich.fetched).toHaveLength(1);
  });

  it('comes once although Redis takes nothing in the moment in which its picture is known', async () => {
    const { desk, clock } = stage;
    const { redis } = desk.store;
    const set = redis.set.bind(redis);
    vi.spyOn(redis, 'set').mockImplementation((...args) =>
      String(args[0]).includes(':picture:')
        ? Promise.reject(new Error('Connection is closed.'))
        : set(...(args as Parameters<typeof set>)),
    );
    await publish(desk, 'en', STORY);
    await arrived(6);
    await pass(clock, 14_000, 500);
    readable(true);
  });

  it('does not leave for who forgets the bot while it waits for the first of all alike', async () => {
    const { desk, clock, telegram } = stage;
    telegram.setLatency(4000);
    await publish(desk, 'en', STORY);
    await until(clock, () => telegram.counters().calls['sendrichmessage'] === 1);
    let left = readers.length;
    for (const id of readers) void forgetChat(desk, person(id), []).then(() => (left -= 1));
    await until(clock, () => left === 0);
    await pass(clock, 5000, 500);
    const sent = telegram.deliveries().filter(({ chatId }) => chatId !== place.id);
    expect(sent.length).toBeLessThanOrEqual(1);
  });

  it('that the newsroom takes back becomes the sentence that says so', async () => {
    const { desk, clock } = stage;
    const story = await publish(desk, 'en', STORY);
    await arrived(6);
    await pass(clock, 3000);
    await revise(desk, story, { withdrawn: true });
    await pass(clock, 60_000);
    for (const [message] of views()) {
      expect(message?.rich).toBeUndefined();
      expect(message?.text).toMatch(/withdrawn/i);
      expect(message?.text).not.toContain('They looked');
    }
  });

  it('whose picture fails goes out without it, whose link fails without links', async () => {
    const { desk, telegram } = stage;
    telegram.rich.picturesFail = true;
    await publish(desk, 'en', STORY);
    await arrived(6);
    readable(true);
    expect(JSON.stringify(views())).not.toContain('file_id');
    telegram.rich.linksFail = true;
    await publish(desk, 'en', { ...STORY, headline: 'The second bridge' });
    await arrived(12);
    for (const [, message] of views()) {
      expect(message?.text).toContain('The second bridge');
      expect(message?.rich).toBeDefined();
      expect(JSON.stringify(message?.rich)).not.toContain('"url"');
    }
  });

  it('that is refused in every form, and its first text too, has tried each of them once', async () => {
    const { desk, telegram } = stage;
    const refused = { kind: 'refuse', code: 400, description: 'Bad Request: ENTITIES_TOO_LONG' } as const;
    telegram.faults.add({ ...refused, method: 'sendRichMessage', times: 1e9 });
    telegram.faults.add({ ...refused, method: 'sendMessage', times: 1 });
    await publish(desk, 'en', STORY);
    await arrived(6);
    readable(false);
    // Whole, without its picture, without links, as text.
    expect(telegram.counters().faults).toBe(4);
  });

  it.each(['before rich', '10.1'] as const)(
    'on a server of %s goes out as text; it is asked once',
    async (age) => {
      const { desk, telegram } = stage;
      telegram.setServer(age);
      await publish(desk, 'en', STORY);
      await arrived(6);
      readable(false);
      await publish(desk, 'en', { ...STORY, headline: 'The second bridge' });
      await arrived(12);
      const { calls } = telegram.counters();
      expect(calls['sendrichmessage']).toBe(1);
    },
  );

  it('that Telegram cuts without a word is put right as text, and the others go out so', async () => {
    const { desk, telegram } = stage;
    telegram.rich.cuts = true;
    await publish(desk, 'en', STORY);
    await arrived(6);
    await pass(stage.clock, 3000);
    readable(false);
    expect(telegram.counters().calls['sendrichmessage']).toBe(1);
  });

  it('has hashtags that can be tapped where its owner wants them, and sums that cannot anywhere', async () => {
    const { desk } = stage;
    await changeSettings(desk, channel(place.id), { hashtags: true }, 'en');
    const body = [
      { kind: 'paragraph' as const, text: 'They paid $USD. They looked at the bridge. A passer-by' },
    ];
    await publish(desk, 'en', { ...STORY, body, rubrics: ['Society'] });
    await arrived(6);
    readable(true);
    const [post] = place.messages().filter(({ fromBot }) => fromBot);
    expect(post?.rich?.blocks.at(-1)).toEqual({
      type: 'footer',
      text: [{ type: 'hashtag', text: '#society', hashtag: '#society' }],
    });
    expect(JSON.stringify(stage.telegram.person({ id: readers[0] ?? 0 }).messages())).not.toContain(
      'hashtag',
    );
  });

  it('that has to wait comes once, a little later', async () => {
    const { desk, telegram } = stage;
    telegram.rich.floods = true;
    for (const headline of ['One', 'Two', 'Three', 'Four']) {
      await publish(desk, 'en', { ...STORY, headline });
      await pass(stage.clock, 1500);
    }
    await arrived(18);
    await pass(stage.clock, 60_000);
    for (const messages of views())
      for (const headline of ['One', 'Two', 'Three', 'Four'])
        expect(messages.filter(({ text }) => text.includes(headline))).toHaveLength(1);
    expect(telegram.repeats()).toEqual([]);
  });
});

describe('a digest', () => {
  it('is one article with every story folded inside it', async () => {
    const { desk, clock } = stage;
    const [id = 0] = readers;
    await changeSettings(desk, person(id), { quiet: { from: '14:00', to: '14:10' } }, 'en');
    for (const headline of ['One', 'Two', 'Three']) await publish(desk, 'en', { ...STORY, headline });
    const own = () =>
      stage.telegram
        .person({ id })
        .messages()
        .filter(({ fromBot }) => fromBot);
    await until(clock, () => own().length > 0);
    const [message] = own();
    const blocks = message?.rich?.blocks ?? [];
    expect(blocks.filter(({ type }) => type === 'details')).toHaveLength(3);
    expect(message?.text.match(/They looked at the bridge\./g)).toHaveLength(3);
    expect(message?.buttons).toEqual([]);
  });
});
