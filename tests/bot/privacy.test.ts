import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { erasePass } from '#testing/erase.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { addOwner, forgetOwner, ownersOf } from '#src/desk/chats/owners.ts';
import { changeSettings, subscribe } from '#src/desk/chats/subscribe.ts';
import { LIMITS } from '#src/limits.ts';
import { botKeys } from '#src/store/keys.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#src/time.ts';
import { pass, publish } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import * as talk from './talk.ts';
import { labels, last, said } from './talk.ts';

let stage: Stage;
const ask = (person: Person, text: string) => talk.ask(stage, person, text);

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('/privacy', () => {
  it.each(['be', 'ru', 'en'] as const)('and /keep say in %s how that timer is set', async (edition) => {
    const person = await talk.subscriber(stage, edition);
    const way = { be: 'меню, «Аўтавыдаленне»', ru: 'меню, «Автоудаление»', en: 'its menu, Auto-Delete' }[
      edition
    ];
    for (const command of ['/privacy', '/keep']) expect((await ask(person, command)).text).toContain(way);
    for (const command of ['/keep 6h', '/keep off'])
      expect((await ask(person, command)).text).toContain('/keep');
  });

  it('and /keep tell of Telegram’s own timer where it is set, and setting it is answered by nothing', async () => {
    const person = await talk.subscriber(stage, 'be');
    expect((await ask(person, '/privacy')).text).not.toContain('Таймер Telegram тут уключаны');
    person.setTimer(7 * 86_400);
    await stage.settle();
    expect(last(person).text).not.toContain('/help');
    expect((await ask(person, '/privacy')).text).toContain('Таймер Telegram тут уключаны: 7 дзён.');
    expect((await ask(person, '/keep')).text).toContain('Таймер Telegram тут уключаны: 7 дзён.');
    const mend = stage.telegram.faults.add({ kind: 'refuse', method: 'getChat' });
    expect((await ask(person, '/keep')).text).not.toContain('Таймер Telegram тут уключаны');
    mend();
  });

  it.each([
    [
      'be',
      'Telegram ведае, што вы чытаеце гэтага бота. Той, хто здабудзе токен бота',
      'Часавы пояс: Варшава',
    ],
    ['ru', 'Telegram знает, что вы читаете этого бота. Тот, кто добудет токен бота', 'Часовой пояс: Варшава'],
    [
      'en',
      'Telegram knows that you read this bot. Whoever gets hold of the bot’s token',
      'Time zone: Warsaw',
    ],
  ] as const)(
    'says in %s what is stored, value by value, and what Telegram knows',
    async (language, honest, zone) => {
      const person = await talk.subscriber(stage, language);
      await ask(person, '/timezone Варшава');
      await ask(person, '/follow Гродна');
      const { text } = await ask(person, '/privacy');
      expect(text).toContain(honest);
      expect(text).toContain(zone);
      expect(text).toContain('Гродна');
    },
  );

  it('lists what was chosen although it changes nothing, and no default among it', async () => {
    const person = await talk.subscriber(stage, 'en');
    const { policy } = stage.desk;
    Object.assign(stage.desk, { policy: { ...policy, keepHours: 47 } });
    const byDefault = (await ask(person, '/privacy')).text;
    expect(byDefault).not.toContain('Disappearing messages');
    expect(byDefault).toContain('disappears after 47 hours at the latest');
    await ask(person, '/keep off');
    await ask(person, '/follow Hrodna');
    await stage.press(person, last(person).id, 'All news');
    await ask(person, '/unfollow Hrodna');
    const { text } = await ask(person, '/privacy');
    Object.assign(stage.desk, { policy });
    expect(text).toContain('Disappearing messages: none');
    expect(text).toContain('Topics: all news');
    expect(text).not.toContain('disappears after');
  });

  it('of a group tells its signature, and how many people are kept with it', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const group = stage.telegram.supergroup({ owner });
    group.addBot(undefined, owner);
    const chat = { id: group.id, kind: 'group' } as const;
    const { subscriber } = await subscribe(stage.desk, chat, 'en');
    await addOwner(stage.desk, subscriber, owner.id, 'en');
    await changeSettings(stage.desk, chat, { signature: { text: 'A <line>', link: 'https://t.me/a' } }, 'en');
    group.say(owner, '/privacy');
    await stage.settle();
    const text = group.messages().at(-1)?.text;
    expect(text).toContain('Signature: A <line> · https://t.me/a');
    expect(text).toContain('administrators who set me up here: 1.');
  });

  it('says that nothing is stored about a stranger, and stores nothing for it', async () => {
    const person = stage.telegram.person({ language: 'en' });
    expect((await ask(person, '/privacy')).text).toContain('I keep nothing about this chat.');
    expect(await talk.record(stage, person)).toBeUndefined();
  });
});

describe('/privacy of who does not get the news', () => {
  it('tells of message numbers as long as any are kept', async () => {
    const person = stage.telegram.person({ language: 'en' });
    await ask(person, '/language en');
    const before = await ask(person, '/privacy');
    expect(before.text).toContain('its number (encrypted) and the language you chose: for 30 days');
    await ask(person, '/subscribe en');
    await ask(person, '/unsubscribe');
    expect((await ask(person, '/privacy')).text).toContain('I still keep the numbers of recent messages');
  });
});

describe('/forget', () => {
  it.each(['be', 'ru', 'en'] as const)(
    'typed empties the chat at once and leaves no trace: %s',
    async (language) => {
      const person = await talk.subscriber(stage, language);
      await ask(person, '/latest');
      await ask(person, 'some words');
      await ask(person, '/forget');
      expect(person.messages()).toHaveLength(1);
      expect(last(person).text).toBe(
        {
          be: 'Выдалена ўсё, пра што я тут ведаю за апошнія 48 гадзін; старэйшае бот выдаліць не можа. Выдаліце гэты чат: тады і астатняе знікне з вашых прылад.',
          ru: 'Удалено всё, о чём я здесь знаю за последние 48 часов; более старое бот удалить не может. Удалите этот чат: тогда и остальное исчезнет с ваших устройств.',
          en: 'I deleted everything I know of here from the last 48 hours; a bot cannot delete older messages. Delete this chat: that clears the rest from your devices.',
        }[language],
      );
      expect(await talk.record(stage, person)).toBeUndefined();
      await stage.clock.advance(31_000);
      await erasePass(stage.desk);
      expect(person.messages()).toEqual([]);
    },
  );

  it.each(['a subscriber', 'a stranger'])(
    'empties the chat also of what was too much within a minute: %s',
    async (who) => {
      const person =
        who === 'a stranger' ? stage.telegram.person({ language: 'en' }) : await talk.subscriber(stage, 'en');
      for (let count = 1; count <= 30; count += 1) await ask(person, `word ${count}`);
      expect(last(person).text).toContain('too many messages');
      await ask(person, '/forget');
      expect(person.messages().map(({ text }) => text)).toEqual([
        'I deleted everything I know of here from the last 48 hours; a bot cannot delete older messages. Delete this chat: that clears the rest from your devices.',
      ]);
    },
  );

  it('by its button asks once', async () => {
    const person = await talk.subscriber(stage, 'en');
    const privacy = await ask(person, '/privacy');
    await stage.press(person, privacy.id, 'Forget me');
    expect(await talk.record(stage, person)).toBeDefined();
    await stage.press(person, privacy.id, 'Cancel');
    expect(last(person).text).toContain('I keep only');
    await stage.press(person, privacy.id, 'Forget me');
    await stage.press(person, privacy.id, 'Forget me');
    expect(await talk.record(stage, person)).toBeUndefined();
    expect(person.messages()).toHaveLength(1);
  });

  it('by its button is obeyed also after more presses than are carried out in a minute', async () => {
    const person = await talk.subscriber(stage, 'en');
    const { id } = last(person);
    const privacy = await ask(person, '/privacy');
    await stage.press(person, privacy.id, 'Forget me');
    for (let count = 0; count <= LIMITS.presses; count += 1) await stage.press(person, id, 'English');
    await stage.press(person, privacy.id, 'Forget me');
    expect(await talk.record(stage, person)).toBeUndefined();
  });

  it('takes away answers too of which the bot never heard that they arrived, its own last word among them', async () => {
    const person = await talk.subscriber(stage, 'en');
    const unheard = () =>
      stage.telegram.faults.add({ kind: 'malformed', method: 'sendMessage', chatId: person.id, times: 1 });
    const asked = async (text: string) => {
      unheard();
      person.send(text);
      await stage.settle();
    };
    await asked('/help');
    expect(last(person).text).toContain('What I can do');
    await asked('/forget');
    expect(person.messages().map(({ text }) => text)).toEqual([expect.stringContaining('I deleted')]);
    await stage.clock.advance(31_000);
    await erasePass(stage.desk);
    expect(person.messages()).toEqual([]);
  });

  it.each(['subscribes', 'only asks'])(
    'with a last word of which nothing was heard takes nothing from who comes back at once and %s',
    async (how) => {
      const person = await talk.subscriber(stage, 'en');
      stage.telegram.faults.add({ kind: 'malformed', method: 'sendMessage', chatId: person.id, times: 1 });
      await ask(person, '/forget');
      const gone = last(person).id;
      await ask(person, how === 'subscribes' ? '/subscribe en' : '/help');
      if (how === 'subscribes') {
        const stop = await stage.deliver();
        await publish(stage.desk, 'en', { headline: 'For who came back' });
        await pass(stage.clock, 5 * SECOND);
        await stop();
        expect(last(person).text).toContain('For who came back');
      }
      const since = person.messages().filter(({ id }) => id !== gone);
      expect(since.length).toBeGreaterThan(1);
      await stage.clock.advance(MINUTE);
      await erasePass(stage.desk);
      expect(person.messages()).toEqual(since);
    },
  );

  it('is followed by no answer to what was asked before, however late that comes', async () => {
    const person = await talk.subscriber(stage, 'en');
    const { telegram } = stage.desk;
    const answer = telegram.answer.bind(telegram);
    const late = vi.spyOn(telegram, 'answer').mockImplementationOnce(async (...args) => {
      await stage.clock.sleep(20_000);
      return answer(...args);
    });
    person.send('/latest');
    person.send('/forget');
    const handled = stage.settle();
    await pass(stage.clock, 3 * MINUTE);
    await handled;
    late.mockRestore();
    await erasePass(stage.desk);
    expect(person.messages()).toEqual([]);
  });

  it.each([
    ['is forgotten', (person: Person) => void person.send('/forget')],
    ['blocks the bot', (person: Person) => person.block()],
  ])('and a handler that outlasts its time write nothing down of who %s', async (_, leave) => {
    const person = await talk.subscriber(stage, 'en');
    const mend = slowly(['deleteMessage'], 12_000);
    person.shareLocation(52.1, 23.7);
    const handled = stage.settle();
    await pass(stage.clock, 2000);
    leave(person);
    const over = stage.settle();
    await pass(stage.clock, MINUTE);
    await Promise.all([handled, over]);
    mend();
    expect(await talk.record(stage, person)).toBeUndefined();
  });

  it('leaves nobody the owner of a place whose card they pressed just before', async () => {
    const { desk, telegram, clock } = stage;
    const person = await talk.subscriber(stage, 'en');
    const channel = telegram.channel({ owner: person });
    channel.addBot(['can_post_messages'], person);
    await stage.settle();
    const { subscriber } = await subscribe(desk, { id: channel.id, kind: 'channel' }, 'en');
    const card = last(person);
    const mend = slowly(['getChat', 'getChatMember'], 4000);
    void stage.press(person, card.id, 'English').catch(() => undefined);
    await pass(clock, SECOND);
    person.send('/forget');
    const over = stage.settle();
    await pass(clock, MINUTE);
    await over;
    mend();
    expect(await ownersOf(desk, subscriber)).toEqual([]);
  });

  /** Has Telegram take `ms` for each of these calls, until the result is called. */
  function slowly(slow: readonly string[], ms: number): () => void {
    const { telegram } = stage.desk;
    const call = telegram.call.bind(telegram) as (method: string, ...rest: unknown[]) => Promise<never>;
    const spy = vi.spyOn(telegram, 'call').mockImplementation(async (method: string, ...rest: unknown[]) => {
      if (slow.includes(method)) await stage.clock.sleep(ms);
      return call(method, ...rest);
    });
    return () => spy.mockRestore();
  }

  it('takes away too what was written and answered while Redis could not be used', async () => {
    const person = await talk.subscriber(stage, 'en');
    const away = new Error('Connection is closed.');
    const unread = vi.spyOn(stage.desk.store, 'runRaw').mockRejectedValue(away);
    expect((await ask(person, '/latest')).text).toContain('not working');
    unread.mockRestore();
    const unwritten = vi.spyOn(stage.desk.store, 'run').mockRejectedValue(away);
    await ask(person, '/help');
    unwritten.mockRestore();
    await ask(person, '/forget');
    expect(person.messages().map(({ text }) => text)).toEqual([expect.stringContaining('I deleted')]);
  });

  it('is obeyed whatever somebody put into Redis', async () => {
    const person = await talk.subscriber(stage, 'en');
    const { store } = stage.desk;
    const slot = (await talk.record(stage, person))?.slot ?? 0;
    await store.redis.set(store.keys.said(slot), 'nothing that opens');
    await ask(person, '/forget');
    expect(await talk.record(stage, person)).toBeUndefined();
  });

  it('in a group removes nothing of its members, although an answer there was lost', async () => {
    const admin = stage.telegram.person({ language: 'en' });
    const group = stage.telegram.group({ owner: admin });
    group.addBot(['can_delete_messages']);
    await stage.settle();
    group.say(admin, '/subscribe');
    await stage.settle();
    stage.telegram.faults.add({ kind: 'forbidden', method: 'sendMessage', chatId: group.id, times: 1 });
    group.say(admin, '/help');
    await stage.settle();
    for (let n = 0; n < 10; n += 1) group.say(admin, `words of a member ${n}`);
    group.say(admin, '/forget');
    await stage.settle();
    expect(group.messages().filter(({ text }) => text.startsWith('words of a member'))).toHaveLength(10);
  });

  it('works for a stranger, may be repeated, and the next command finds a new reader', async () => {
    const person = stage.telegram.person({ language: 'en' });
    await ask(person, '/help');
    await ask(person, '/latest');
    await ask(person, '/forget');
    expect(person.messages()).toHaveLength(1);
    await ask(person, '/forget');
    // Not even the answer to the first one was remembered: it goes by itself.
    expect(said(person).map(({ text }) => text)).toEqual([
      'I deleted everything I know of here from the last 48 hours; a bot cannot delete older messages. Delete this chat: that clears the rest from your devices.',
      'I deleted everything I know of here from the last 48 hours; a bot cannot delete older messages. Delete this chat: that clears the rest from your devices.',
    ]);
    expect(labels(await ask(person, '/start'))).toEqual(['Беларуская', 'Русский', 'English']);
  });
});

describe('/keep', () => {
  it('lets the answers of the bot and the commands of the reader disappear after their hours', async () => {
    const person = await talk.subscriber(stage, 'en');
    await ask(person, '/keep 2h');
    await ask(person, '/help');
    await ask(person, 'some words');
    const before = person.messages().length;
    await stage.clock.advance(2 * HOUR - MINUTE);
    await erasePass(stage.desk);
    expect(person.messages()).toHaveLength(before);
    await stage.clock.advance(2 * MINUTE);
    await erasePass(stage.desk);
    expect(person.messages().length).toBeLessThanOrEqual(2);
  });

  it('holds also for who has unsubscribed, to the end of their record', async () => {
    const person = await talk.subscriber(stage, 'en');
    await ask(person, '/keep 2h');
    await ask(person, '/unsubscribe');
    await ask(person, '/latest');
    await stage.clock.advance(2 * HOUR + MINUTE);
    await erasePass(stage.desk);
    expect(person.messages().map(({ text }) => text)).not.toContain('/latest');
    await stage.clock.advance(DAY * 30 - (stage.clock.now() % DAY) - MINUTE);
    await ask(person, '/latest');
    await stage.clock.advance(2 * MINUTE);
    await erasePass(stage.desk);
    expect(await talk.record(stage, person)).toBeUndefined();
    await erasePass(stage.desk);
    expect(person.messages().map(({ text }) => text)).not.toContain('/latest');
  });
});

describe('a careful reader', () => {
  it('gets answers that cannot be forwarded, and no name of the agency', async () => {
    const person = await talk.subscriber(stage, 'be');
    const menu = await ask(person, '/settings');
    await stage.press(person, menu.id, 'Бяспека');
    await stage.press(person, menu.id, 'Перасылка: можна');
    await stage.press(person, menu.id, 'Назва агенцтва: ёсць');
    const greeting = await ask(person, '/start');
    expect(greeting.protected).toBe(true);
    expect(greeting.text).not.toMatch(/Позірк|агенцтв/);
  });
});

describe('what a reader wrote', () => {
  it('is in no key of Redis', async () => {
    const person = await talk.subscriber(stage, 'en');
    await ask(person, 'zebra crossing');
    await ask(person, '/search giraffe');
    const { redis } = stage.desk.store;
    for (const key of await redis.keys('*')) {
      const dump = (await redis.dumpBuffer(key))?.toString('latin1') ?? '';
      expect(`${key} ${dump}`).not.toMatch(/zebra|giraffe/);
      expect(key).not.toContain(String(person.id));
      expect(dump).not.toContain(String(person.id));
    }
  });
});

describe('the owners of a place', () => {
  const place = { id: -1_002_000_000_001, kind: 'channel' } as const;

  it('are all known who come at once, and nobody who forgets meanwhile', async () => {
    const { desk } = stage;
    const { subscriber } = await subscribe(desk, place, 'en');
    await addOwner(desk, subscriber, 1, 'en');
    await Promise.all([forgetOwner(desk, 1), ...[2, 3, 4].map((id) => addOwner(desk, subscriber, id, 'en'))]);
    const ids = (await ownersOf(desk, subscriber)).map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([2, 3, 4]));
  });

  it('whose list somebody else wrote keep nobody from being forgotten', async () => {
    const { desk } = stage;
    const { redis, botId } = desk.store;
    const { owners } = botKeys(botId);
    await redis.hset(owners, '1025', 'x'.repeat(92));
    await forgetOwner(desk, 1);
    await redis.hdel(owners, '1025');
  });
});

describe('a person who blocks the bot', () => {
  it('is forgotten at once with what stands in the chat, and is a new reader when they come back', async () => {
    const person = await talk.subscriber(stage, 'ru');
    await ask(person, '/help');
    person.block();
    await stage.settle();
    expect(await talk.record(stage, person)).toBeUndefined();
    await erasePass(stage.desk);
    expect(person.messages()).toEqual([]);
    person.unblock();
    await stage.settle();
    expect(await talk.record(stage, person)).toBeUndefined();
  });
});

describe('who unsubscribed', () => {
  it('stays the owner of their places', async () => {
    const person = await talk.subscriber(stage, 'ru');
    const { subscriber } = await subscribe(stage.desk, { id: -1_002_000_000_002, kind: 'channel' }, 'en');
    await addOwner(stage.desk, subscriber, person.id, 'en');
    await ask(person, '/unsubscribe');
    await stage.clock.advance(31 * DAY);
    await erasePass(stage.desk);
    expect(await talk.record(stage, person)).toBeUndefined();
    expect((await ownersOf(stage.desk, subscriber)).map(({ id }) => id)).toEqual([person.id]);
  });

  it('is forgotten after thirty days, and not before', async () => {
    const person = await talk.subscriber(stage, 'ru');
    await ask(person, '/unsubscribe');
    await stage.clock.advance(29 * DAY);
    await erasePass(stage.desk);
    expect(await talk.record(stage, person)).toMatchObject({ state: 'idle' });
    await stage.clock.advance(2 * DAY);
    await erasePass(stage.desk);
    expect(await talk.record(stage, person)).toBeUndefined();
  });
});
