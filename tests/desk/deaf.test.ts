import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetChat } from '#src/desk/chats/erase.ts';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { correct } from '#src/desk/delivery/correct.ts';
import { deliverLetters, sendLetter } from '#src/desk/letters/letters.ts';
import { carryOutRemovals } from '#src/desk/chats/remove.ts';
import type { FaultRule } from '#sandbox/telegram/faults.ts';
import { MINUTE } from '#src/time.ts';
import { channel as channelOf, pass, person, publish, revise, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
let stop: AbortController;
beforeEach(async () => {
  stage = await openStage();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await stage.close();
});

/** Why Telegram answers nobody's question: each says nothing of the message that was asked for. */
const DEAF = [
  ['refuses the token', { code: 401, description: 'Unauthorized' }],
  ['knows no such bot', { code: 404, description: 'Not Found' }],
  ['says that somebody else reads', { code: 409, description: 'Conflict: terminated by other getUpdates' }],
] as const satisfies readonly (readonly [string, Partial<FaultRule>])[];
const EVERYTHING_BUT_SENDING = [
  'editMessageText',
  'editMessageReplyMarkup',
  'deleteMessages',
  'getChat',
  'getChatMember',
  'getChatAdministrators',
];

/** Telegram answers `methods` like this until the result is called. */
function deafTo(methods: readonly string[], rule: Partial<FaultRule>): () => void {
  const rules = methods.map((method) => stage.telegram.faults.add({ kind: 'refuse', ...rule, method }));
  return () => rules.forEach((end) => end());
}

it.each(DEAF)('what Telegram says while it %s is no answer', async (_, rule) => {
  const ends = deafTo(['sendMessage'], rule);
  const outcome = await stage.desk.telegram.call('sendMessage', { chat_id: 1, text: 'News' });
  ends();
  expect(outcome).toMatchObject({ kind: 'unreached', deaf: expect.any(String) });
});

describe('while Telegram does not listen', () => {
  const [[, rule]] = DEAF;

  it('a message of unknown outcome waits until it can be asked for, and stands once', async () => {
    const { desk, telegram, clock } = stage;
    const place = telegram.channel();
    place.addBot(['can_post_messages']);
    const [reader = 0] = telegram.people(1);
    await subscribe(desk, channelOf(place.id), 'en');
    await subscribe(desk, person(reader), 'en');
    await stage.deliver();
    await publish(desk, 'en', { headline: 'Before' });
    await until(clock, () => telegram.deliveries().length === 2);
    telegram.faults.script('sendMessage', ['reset-after', 'reset-after']);
    const hears = deafTo(EVERYTHING_BUT_SENDING, rule);
    await publish(desk, 'en', { headline: 'News' });
    await pass(clock, 5 * MINUTE);
    hears();
    await pass(clock, 2 * MINUTE);
    await publish(desk, 'en', { headline: 'After' });
    await until(clock, () => telegram.deliveries().length >= 6);
    await pass(clock, MINUTE);
    const headlines = telegram.deliveries().map(({ message }) => String(message.wire.text).split('\n')[0]);
    for (const one of ['Before', 'News', 'After'])
      expect(headlines.filter((headline) => headline === one)).toHaveLength(2);
  });

  it('corrections wait, and are edited in everywhere', async () => {
    const { desk, telegram, clock } = stage;
    const people = telegram.people(20);
    for (const id of people) await subscribe(desk, person(id), 'en');
    await stage.deliver();
    const story = await publish(desk, 'en', { headline: 'News' });
    await until(clock, () => telegram.deliveries().length === 20);
    const hears = deafTo(['editMessageText'], rule);
    await revise(desk, story, { headline: 'Better news' });
    void correct(desk, stop.signal);
    await pass(clock, 4 * MINUTE);
    hears();
    const isBetter = () =>
      telegram.deliveries().every(({ message }) => String(message.wire.text).startsWith('Better news'));
    await until(clock, isBetter, 2 * MINUTE);
  });

  it('what is to be forgotten is not called gone, and goes', async () => {
    const { desk, telegram, clock } = stage;
    const [reader = 0] = telegram.people(1);
    await subscribe(desk, person(reader), 'en');
    await stage.deliver();
    await publish(desk, 'en', { headline: 'News' });
    const standing = () => telegram.deliveries().filter(({ message }) => message.deletedAt === undefined);
    await until(clock, () => standing().length === 1);
    const hears = deafTo(['deleteMessages', 'deleteMessage'], rule);
    const forgotten = forgetChat(desk, person(reader), []);
    await pass(clock, 2 * MINUTE);
    hears();
    await forgotten;
    await until(clock, async () => {
      await carryOutRemovals(desk);
      return standing().length === 0;
    });
  });

  it('a message of unknown outcome goes with everything else of who wants to be forgotten', async () => {
    const { desk, telegram, clock } = stage;
    const [reader = 0, other = 0] = telegram.people(2);
    for (const id of [reader, other]) await subscribe(desk, person(id), 'en');
    await stage.deliver();
    await publish(desk, 'en', { headline: 'Before' });
    await until(clock, () => telegram.deliveries().length === 2);
    telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', chatId: reader, times: 1 });
    const hears = deafTo(EVERYTHING_BUT_SENDING, rule);
    await publish(desk, 'en', { headline: 'News' });
    await pass(clock, MINUTE);
    const forgotten = forgetChat(desk, person(reader), []);
    await pass(clock, MINUTE);
    hears();
    await forgotten;
    const standing = () =>
      telegram
        .deliveries()
        .filter(({ chatId, message }) => chatId === reader && message.deletedAt === undefined);
    await until(clock, async () => {
      await carryOutRemovals(desk);
      return standing().length === 0;
    });
  });

  it('an alarm waits', async () => {
    const { desk, telegram, clock } = stage;
    const [operator = 0] = telegram.people(1);
    const hears = deafTo(['sendMessage'], rule);
    await sendLetter(desk, person(operator), { text: 'The disk is full' });
    hears();
    void deliverLetters(desk, stop.signal);
    await until(clock, () => telegram.deliveries().length === 1);
  });
});

describe('a reader whom Telegram does not find once', () => {
  it('is corrected all the same', async () => {
    const { desk, telegram, clock } = stage;
    const [reader = 0] = telegram.people(1);
    await subscribe(desk, person(reader), 'en');
    await stage.deliver();
    const story = await publish(desk, 'en', { headline: 'News' });
    await until(clock, () => telegram.deliveries().length === 1);
    const found = deafTo(['editMessageText'], { description: 'Bad Request: chat not found' });
    await revise(desk, story, { headline: 'Better news' });
    void correct(desk, stop.signal);
    await pass(clock, 10_000);
    found();
    await until(
      clock,
      () => String(telegram.deliveries()[0]?.message.wire.text).startsWith('Better'),
      MINUTE,
    );
  });
});
