import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addOwner } from '#src/desk/chats/owners.ts';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { deliverLetters, sendLetter } from '#src/desk/letters/letters.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import { MINUTE, SECOND } from '#src/time.ts';
import { pass, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe('a word to an owner', () => {
  it.each([
    ['is told to wait', { kind: 'too-many', retryAfter: 60 }],
    ['finds Telegram away', { kind: 'bad-gateway' }],
    ['finds nobody at home', { kind: 'reset-before' }],
  ] as const)('that %s arrives once, also where the process ends meanwhile', async (_, fault) => {
    const { desk, telegram, clock } = stage;
    const owner = telegram.person({ language: 'en' });
    owner.start();
    await stage.settle();
    const channel = telegram.channel({ owner });
    channel.addBot(['can_post_messages'], owner);
    await stage.settle();
    const { subscriber } = await subscribe(desk, { id: channel.id, kind: 'channel' }, 'en');
    await addOwner(desk, subscriber, owner.id, 'en');
    const words = () => owner.messages().filter(({ text }) => text.includes('may not post'));
    telegram.faults.add({ ...fault, method: 'sendMessage', chatId: owner.id, times: 1 });
    await desk.onTrouble(subscriber, 'rights');
    expect(words()).toHaveLength(0);
    const stop = new AbortController();
    const next = deliverLetters({ ...desk, memory: createMemory() }, stop.signal);
    await until(clock, () => words().length > 0, 5 * MINUTE);
    await pass(clock, 5 * MINUTE);
    expect(words()).toHaveLength(1);
    stop.abort();
    await clock.advance(MINUTE);
    await next;
  });
});

describe('a word to an owner who uses /forget', () => {
  const LAST = [expect.stringContaining('I deleted')];

  async function forgetsWhile(slow: () => void): Promise<void> {
    const { desk, telegram, clock } = stage;
    const owner = telegram.person({ language: 'en' });
    owner.send('/subscribe en');
    const channel = telegram.channel({ owner });
    channel.addBot(['can_post_messages'], owner);
    await stage.settle();
    const { subscriber } = await subscribe(desk, { id: channel.id, kind: 'channel' }, 'en');
    await addOwner(desk, subscriber, owner.id, 'en');
    slow();
    const told = desk.onTrouble(subscriber, 'rights');
    await pass(clock, SECOND);
    owner.send('/forget');
    const handled = stage.settle();
    await pass(clock, 20 * SECOND);
    await Promise.all([handled, told]);
    expect(owner.messages().map(({ text }) => text)).toEqual(LAST);
  }

  it('is not sent any more where it still waits for its turn', () =>
    forgetsWhile(() => {
      const { pace } = stage.desk.telegram;
      const turn = pace.turn.bind(pace);
      vi.spyOn(pace, 'turn').mockImplementationOnce(async (...args) => {
        await stage.clock.sleep(8 * SECOND);
        return turn(...args);
      });
    }));

  it('is removed with all else where it is on its way', () =>
    forgetsWhile(() => {
      const { telegram } = stage.desk;
      const send = telegram.send.bind(telegram);
      vi.spyOn(telegram, 'send').mockImplementationOnce(async (...args) => {
        await stage.clock.sleep(8 * SECOND);
        return send(...args);
      });
    }));
});

describe('a word of which nothing was heard', () => {
  it('goes with /forget, as does the one that came again', async () => {
    const { desk, telegram, clock } = stage;
    const reader = telegram.person({ language: 'en' });
    reader.send('/subscribe en');
    await stage.settle();
    telegram.faults.add({ kind: 'reset-after', method: 'sendMessage', chatId: reader.id, times: 1 });
    const chat = { id: reader.id, kind: 'person' } as const;
    await sendLetter(desk, chat, { text: 'The source is not read.' });
    const stop = new AbortController();
    const again = deliverLetters(desk, stop.signal);
    await pass(clock, MINUTE / 2);
    stop.abort();
    await again;
    expect(reader.messages().filter(({ text }) => text === 'The source is not read.')).toHaveLength(2);
    reader.send('/forget');
    await stage.settle();
    expect(reader.messages().map(({ text }) => text)).toEqual([expect.stringContaining('I deleted')]);
  });
});

describe('a word to operators whose group has become a supergroup', () => {
  it('arrives there', async () => {
    const { desk, telegram } = stage;
    const group = telegram.group();
    group.addBot(undefined);
    const supergroup = group.migrate();
    await sendLetter(desk, { id: group.id, kind: 'group' }, { text: 'The source is not read.' });
    const arrived = telegram.deliveries().map(({ chatId, message }) => [chatId, message.wire.text]);
    expect(arrived).toEqual([[supergroup.id, 'The source is not read.']]);
  });
});
