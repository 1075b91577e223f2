import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { erase } from '#src/desk/chats/erase.ts';
import { watchChats } from '#src/desk/chats/membership.ts';
import { findChat, subscribe } from '#src/desk/chats/subscribe.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { countQueues } from '#src/store/subscribers.ts';
import { DAY, HOUR, MINUTE } from '#src/time.ts';
import { channel, pass, person, publish, subscribeAll, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

const OPERATOR = 4_242;
let stage: Stage;
let stop: AbortController;
let watching: Promise<unknown>;

beforeEach(async () => {
  stage = await openStage({ adminIds: [OPERATOR] });
  stage.telegram.person({ id: OPERATOR }).start();
  await stage.settle();
  await stage.deliver();
  stop = new AbortController();
  watching = Promise.all([watchChats(stage.desk, stop.signal), erase(stage.desk, stop.signal)]);
});
afterEach(async () => {
  stop.abort();
  await stage.clock.advance(10 * MINUTE);
  await watching;
  await stage.close();
});

/** Long spans, in which little happens. */
async function live(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += MINUTE) await pass(stage.clock, MINUTE, MINUTE);
}
const got = (chat: Chat, headline: string) =>
  stage.telegram
    .deliveries()
    .filter(({ chatId, message }) => chatId === chat.id && String(message.wire.text).includes(headline))
    .length;
const state = async (chat: Chat) => (await findChat(stage.desk, chat))?.state;
const refuse = (chat: Chat, code: number, description: string) =>
  stage.telegram.faults.add({ kind: 'refuse', chatId: chat.id, code, description });
const inQueues = async () => {
  const { waiting, held } = (await countQueues(stage.desk.store)).en;
  return waiting + held;
};

const WORDS = [
  [400, 'Bad Request: chat not found'],
  [400, 'Bad Request: PEER_ID_INVALID'],
  [403, 'Forbidden: user is deactivated'],
  [403, 'Forbidden: bot was blocked by the user'],
  [403, 'Forbidden: bot was kicked from the channel chat'],
  [403, 'Forbidden: bot is not a member of the channel chat'],
  [403, 'Forbidden'],
] as const;

describe('a chat of which Telegram says that it is not there', () => {
  it('is not forgotten where that is wrong for minutes or for hours, and gets its news', async () => {
    const { desk, telegram } = stage;
    const many = telegram.people(150, { firstId: 5_000_000 });
    await subscribeAll(desk, many, 'en');
    const doubted = await Promise.all(
      WORDS.map(async ([code, description], index) => {
        const place = telegram.channel();
        place.addBot(['can_post_messages']);
        const chats = [person(many[index * 20] ?? 0), channel(place.id)];
        await subscribe(desk, channel(place.id), 'en');
        return { chats, lift: chats.map((chat) => refuse(chat, code, description)), hours: index % 2 };
      }),
    );
    await publish(desk, 'en', { headline: 'While it is doubted' });
    await live(20 * MINUTE);
    for (const { lift, hours } of doubted) if (hours === 0) for (const end of lift) end();
    await live(2 * HOUR);
    for (const { lift } of doubted) for (const end of lift) end();
    await live(3 * HOUR);
    for (const { chats } of doubted)
      for (const chat of chats)
        expect([await state(chat), got(chat, 'While it is doubted')]).toEqual(['active', 1]);
  }, 240_000);

  it('gets no news within the day where it is true, and its record is gone in some days', async () => {
    const { desk, telegram } = stage;
    const many = telegram.people(100, { firstId: 5_000_000 });
    const gone = telegram.person();
    gone.start();
    await stage.settle();
    await subscribeAll(desk, [...many, gone.id], 'en');
    gone.deleteAccount();
    await publish(desk, 'en');
    await live(3 * HOUR);
    expect(await inQueues()).toBe(100);
    expect(await state(person(gone.id))).toBe('left');
    // Days in which nothing happens: nobody has to live through them.
    stage.clock.set(6 * DAY);
    await live(20 * MINUTE);
    expect(await findChat(desk, person(gone.id))).toBeUndefined();
  }, 240_000);

  it('is believed lost of nobody while it is said of many; the operator is told', async () => {
    const { desk, telegram } = stage;
    const many = telegram.people(40, { firstId: 5_000_000 });
    await subscribeAll(desk, many, 'en');
    const lifts = many.map((id) => refuse(person(id), 400, 'Bad Request: chat not found'));
    await publish(desk, 'en', { headline: 'In the storm' });
    await live(6 * HOUR);
    for (const id of many) expect(await state(person(id))).toBe('active');
    for (const lift of lifts) lift();
    await live(3 * HOUR);
    for (const id of many) expect(got(person(id), 'In the storm')).toBe(1);
    const told = telegram
      .person({ id: OPERATOR })
      .messages()
      .map(({ text }) => text)
      .join('\n');
    expect(told).toContain('gone');
    expect(told).toContain('finds the chats again');
  }, 240_000);

  it('goes on once it writes', async () => {
    const { desk, telegram } = stage;
    const reader = telegram.person({ language: 'en' });
    reader.send('/subscribe en');
    await stage.settle();
    await subscribeAll(desk, telegram.people(20, { firstId: 5_000_000 }), 'en');
    const lift = refuse(person(reader.id), 400, 'Bad Request: chat not found');
    await publish(desk, 'en', { headline: 'Missed' });
    await live(2 * HOUR);
    expect(await state(person(reader.id))).toBe('left');
    lift();
    reader.send('hello');
    await stage.settle();
    expect(await state(person(reader.id))).toBe('active');
    await until(stage.clock, () => got(person(reader.id), 'Missed') > 0);
    await live(5 * MINUTE);
    expect(got(person(reader.id), 'Missed')).toBe(1);
  }, 240_000);

  it('or a place is asked after now and then, and goes on where it is there', async () => {
    const { desk, telegram } = stage;
    const place = telegram.channel();
    place.addBot(['can_post_messages']);
    await subscribe(desk, channel(place.id), 'en');
    await subscribeAll(desk, telegram.people(20, { firstId: 5_000_000 }), 'en');
    const lift = refuse(channel(place.id), 403, 'Forbidden: bot was kicked from the channel chat');
    await publish(desk, 'en', { headline: 'Behind' });
    await live(2 * HOUR);
    expect(await state(channel(place.id))).toBe('left');
    lift();
    await live(4 * HOUR);
    expect([await state(channel(place.id)), got(channel(place.id), 'Behind')]).toEqual(['active', 1]);
  }, 240_000);
});
