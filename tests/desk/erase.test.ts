import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Desk } from '#src/desk/desk.ts';
import { erase, forgetChat } from '#src/desk/chats/erase.ts';
import { removeLater } from '#src/desk/chats/remove.ts';
import { erasePass } from '#testing/erase.ts';
import { changeSettings, subscribe } from '#src/desk/chats/subscribe.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { messageIds } from '#src/store/deliveries.ts';
import { addErasure, dueErasures, eraseMoment, withoutErasure } from '#src/store/erasures.ts';
import { botKeys, RECORD_BLOCK, RECORD_BYTES } from '#src/store/keys.ts';
import { readRecord } from '#src/store/records.ts';
import { addSaid, listSaid } from '#src/store/said.ts';
import { createPace } from '#src/telegram/pace.ts';
import { createTelegram } from '#src/telegram/send.ts';
import { HOUR, MINUTE, SECOND } from '#src/time.ts';
import { ask, record, said, subscriber } from '../bot/talk.ts';
import { pass, publish, startDelivery, subscribeAll, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { mortal } from '#testing/mortal.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ redisFlags: ['--appendonly', 'yes'] });
});
afterAll(() => stage.close());

const chatOf = ({ id }: Person) => ({ id, kind: 'person' as const });

/** Another process's way to Telegram: at `rate` messages a second, 0 without a limit. */
function restarted(rate: number): Desk {
  const { telegram, clock, desk } = stage;
  const link = createTelegram({
    token: telegram.token,
    apiRoot: telegram.url,
    clock,
    pace: createPace(clock, rate),
  });
  return { ...desk, telegram: link };
}

/** A reader with news, commands and answers in the chat. */
async function readerWithPast(): Promise<Person> {
  const person = await subscriber(stage, 'en');
  const stop = await startDelivery(stage.desk);
  const before = person.messages().length;
  for (let count = 1; count <= 2; count += 1) {
    await publish(stage.desk, 'en');
    await until(stage.clock, () => person.messages().length === before + count);
    await pass(stage.clock, 2 * SECOND);
  }
  await stop();
  await ask(stage, person, '/latest');
  return person;
}

/** The desk with its calls to delete messages counted. */
function countRemovals(desk: Desk): { readonly desk: Desk; count(): number } {
  let count = 0;
  const remove: Desk['telegram']['remove'] = (...args) => {
    count += 1;
    return desk.telegram.remove(...args);
  };
  return { desk: { ...desk, telegram: { ...desk.telegram, remove } }, count: () => count };
}

/** Bytes of everything that Redis keeps on disk. */
function filesOfRedis(folder = stage.redisFolder): Buffer {
  const names = readdirSync(folder, { recursive: true }).map(String);
  const files = names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
  return Buffer.concat(files.map((path) => readFileSync(path)));
}

describe('/forget', () => {
  it('empties a chat of 500 messages within ten seconds at Telegram’s pace', async () => {
    const person = await subscriber(stage, 'en');
    const slot = (await record(stage, person))?.slot ?? -1;
    const { token } = stage.telegram;
    for (let sent = 0; sent < 500; sent += 1) {
      const answer = await stage.telegram.handle(token, 'sendMessage', {
        chat_id: person.id,
        text: `${sent}`,
      });
      if (answer.ok)
        await addSaid(
          stage.desk,
          slot,
          [(answer.result as { message_id: number }).message_id],
          stage.clock.now(),
        );
    }
    const desk = restarted(25);
    const began = stage.clock.now();
    let done = false;
    void forgetChat(desk, chatOf(person), []).then(() => (done = true));
    await until(stage.clock, () => done);
    expect(said(person)).toEqual([]);
    expect(stage.clock.now() - began).toBeLessThan(10 * SECOND);
    await desk.telegram.close();
  });

  it('does not let a lifetime tell when a reader last wrote', async () => {
    const { store } = stage.desk;
    const slot = (await record(stage, await subscriber(stage, 'be')))?.slot ?? -1;
    const ends: number[] = [];
    for (const now of [Date.UTC(2026, 10, 3, 0, 10), Date.UTC(2026, 10, 3, 23, 50)]) {
      await addSaid(stage.desk, slot, [1], now);
      ends.push(Math.round((now + (await store.redis.pttl(store.keys.said(slot)))) / SECOND));
    }
    expect(ends).toEqual([Date.UTC(2026, 10, 6) / SECOND, Date.UTC(2026, 10, 6) / SECOND]);
  });

  it('leaves nothing of the reader in Redis, nor in its file once that is rewritten', async () => {
    const person = await readerWithPast();
    const { store, seal } = stage.desk;
    const keys = store.keys;
    const slot = (await record(stage, person))?.slot ?? -1;
    const sealed = await readRecord(store, slot);
    const [{ field }] = seal.refs(person);
    const marks = [sealed ?? Buffer.from('none'), Buffer.from(field)];
    expect(marks.map((mark) => filesOfRedis().includes(mark))).toEqual([true, true]);

    await ask(stage, person, '/forget');
    await until(stage.clock, async () => {
      await erasePass(stage.desk);
      return (await store.redis.exists(keys.unwritten)) === 0;
    });
    expect(marks.map((mark) => filesOfRedis().includes(mark))).toEqual([false, false]);
    expect(await store.redis.exists(keys.said(slot))).toBe(0);
    expect(await store.redis.zrange(keys.erase, '0', '-1')).toEqual([]);
    const names = (await store.redis.keys('*:shown:*')).map((key) => key.split(':').at(-2) ?? '');
    expect(names.length).toBeGreaterThan(0);
    expect(await messageIds(stage.desk, slot, names)).toEqual(names.map(() => undefined));
  });

  it('takes its answer back after half a minute, even when the bot was started anew meanwhile', async () => {
    const person = await subscriber(stage, 'ru');
    await ask(stage, person, '/forget');
    expect(said(person)).toHaveLength(1);
    await stage.clock.advance(31 * SECOND);
    await erasePass(restarted(0));
    expect(person.messages()).toEqual([]);
  });

  it('of many readers at once costs each of them one call, and nobody carries out what is another’s', async () => {
    const { telegram, clock } = stage;
    const calls = countRemovals(restarted(25));
    const leaving = telegram.people(100, { firstId: 7_000_000 }).map((id) => telegram.person({ id }));
    await subscribeAll(
      calls.desk,
      leaving.map(({ id }) => id),
      'en',
    );
    for (const person of leaving) {
      const slot = (await record(stage, person))?.slot ?? -1;
      const ids = Array.from({ length: 20 }, (_, index) => person.send(`word ${index}`));
      await addSaid(calls.desk, slot, ids, clock.now());
    }
    await telegram.handle(telegram.token, 'getUpdates', { offset: -1 });
    const stop = new AbortController();
    const erasing = erase(calls.desk, stop.signal);
    const left: number[] = [];
    const all = leaving.map((person) =>
      forgetChat(calls.desk, chatOf(person), [], async (gone) => {
        left.push(gone ? person.messages().length : -1);
        return undefined;
      }),
    );
    await until(clock, () => left.length === leaving.length);
    await Promise.all(all);
    stop.abort();
    await clock.advance(5 * SECOND);
    await erasing;
    expect(new Set(left)).toEqual(new Set([0]));
    expect(calls.count()).toBe(leaving.length);
    await calls.desk.telegram.close();
  });

  it('tells that all is deleted only once it is, and else that it will be', async () => {
    const person = await subscriber(stage, 'en');
    await ask(stage, person, '/help');
    stage.telegram.faults.add({ kind: 'bad-gateway', method: 'deleteMessages', times: 1 });
    const told: boolean[] = [];
    let over = false;
    void forgetChat(stage.desk, chatOf(person), [], async (gone) => {
      told.push(gone);
      return undefined;
    }).then(() => (over = true));
    await until(stage.clock, () => over);
    expect(told).toEqual([false]);
    while (await erasePass(stage.desk));
    expect(said(person)).toEqual([]);
  });

  it('takes back a last word of which nobody heard, also where the messages before it took their time', async () => {
    const { desk, clock, telegram } = stage;
    const person = await subscriber(stage, 'en');
    await ask(stage, person, '/help');
    telegram.faults.add({ kind: 'bad-gateway', method: 'deleteMessages', times: 2 });
    const stop = new AbortController();
    const erasing = erase(desk, stop.signal);
    const began = clock.now();
    let saidAt = 0;
    void forgetChat(desk, chatOf(person), [], async () => {
      await telegram.handle(telegram.token, 'sendMessage', { chat_id: person.id, text: 'Forgotten' });
      saidAt = clock.now();
      return undefined;
    });
    await until(clock, () => saidAt > 0, 2 * MINUTE);
    expect(saidAt - began).toBeGreaterThan(30 * SECOND);
    await until(clock, () => person.messages().length === 0, 2 * MINUTE);
    stop.abort();
    await clock.advance(5 * SECOND);
    await erasing;
  });

  it('carries out its own removals and nobody else’s', async () => {
    const [person, other] = [await subscriber(stage, 'en'), await subscriber(stage, 'en')];
    await ask(stage, other, '/help');
    const ids = other.messages().map(({ id }) => id);
    await removeLater(stage.desk, chatOf(other), ids, stage.clock.now());
    await forgetChat(stage.desk, chatOf(person), []);
    expect(other.messages()).toHaveLength(ids.length);
    await stage.clock.advance(SECOND);
    while (await erasePass(stage.desk));
    expect(other.messages()).toEqual([]);
  });

  it('costs its own reader the turns, also where a pass carries out what was left over', async () => {
    const { desk } = stage;
    const person = await subscriber(stage, 'en');
    const turn = vi.spyOn(desk.telegram.pace, 'turn');
    await removeLater(desk, chatOf(person), [1], desk.clock.now());
    await stage.clock.advance(SECOND);
    await erasePass(desk);
    const askers = turn.mock.calls.filter(([lane]) => lane === 'forget').map(([, , asker]) => asker?.account);
    turn.mockRestore();
    expect(askers).toEqual([person.id]);
  });

  it('may be repeated, also for who was never known', async () => {
    const person = await subscriber(stage, 'be');
    for (const _ of [1, 2, 3]) await forgetChat(stage.desk, chatOf(person), []);
    expect(await record(stage, person)).toBeUndefined();
    const stranger = stage.telegram.person();
    stranger.start();
    await forgetChat(stage.desk, chatOf(stranger), [1, 2]);
  });

  it('is over in the end wherever the process dies', async () => {
    let steps = 0;
    for (let death = 1; death <= steps || death === 1; death += death > 30 ? 3 : 1) {
      const person = await subscriber(stage, 'en');
      await ask(stage, person, '/latest');
      const id = person.send('/forget');
      const dying = mortal(stage.desk, death === 1 ? Number.POSITIVE_INFINITY : death - 1);
      const farewell = (desk: Desk) => async () => {
        const sent = await desk.telegram.call<{ message_id: number }>('sendMessage', {
          chat_id: person.id,
          text: 'gone',
        });
        return sent.kind === 'done' ? sent.result.message_id : undefined;
      };
      await Promise.race([forgetChat(dying.desk, chatOf(person), [id], farewell(dying.desk)), dying.death]);
      if (death === 1) steps = dying.steps();
      // Telegram has not heard that the update was handled: it comes again to the next process.
      else await forgetChat(stage.desk, chatOf(person), [id], farewell(stage.desk));
      await stage.telegram.handle(stage.telegram.token, 'getUpdates', { offset: -1 });
      await stage.settle();
      await stage.clock.advance(31 * SECOND);
      while (await erasePass(stage.desk));
      expect({ death, left: person.messages().map(({ text }) => text) }).toEqual({ death, left: [] });
      expect(await record(stage, person)).toBeUndefined();
    }
    expect(steps).toBeGreaterThan(10);
    expect(await stage.desk.store.redis.hlen(stage.desk.store.keys.removals)).toBe(0);
  });

  it('is over in the end wherever the process dies, in a group too', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const group = stage.telegram.supergroup({ owner });
    group.addBot(['can_delete_messages'], owner);
    await stage.settle();
    const chat = { id: group.id, kind: 'group' as const };
    let steps = 0;
    for (let death = 1; death <= steps || death === 1; death += 1) {
      group.say(owner, '/subscribe en');
      await stage.settle();
      const id = group.say(owner, '/forget');
      // Members talk meanwhile.
      const words = [group.say(owner, 'good morning')];
      const dying = mortal(stage.desk, death === 1 ? Number.POSITIVE_INFINITY : death - 1);
      const farewell = (desk: Desk) => async () => {
        const sent = await desk.telegram.call<{ message_id: number }>('sendMessage', {
          chat_id: group.id,
          text: 'gone',
        });
        words.push(group.say(owner, 'and good night'));
        return sent.kind === 'done' ? sent.result.message_id : undefined;
      };
      await Promise.race([forgetChat(dying.desk, chat, [id], farewell(dying.desk)), dying.death]);
      if (death === 1) steps = dying.steps();
      else await forgetChat(stage.desk, chat, [id], farewell(stage.desk));
      await stage.telegram.handle(stage.telegram.token, 'getUpdates', { offset: -1 });
      await stage.clock.advance(31 * SECOND);
      while (await erasePass(stage.desk));
      const left = group.history().filter(({ deletedAt }) => deletedAt === undefined);
      expect({ death, left: left.filter(({ fromBot }) => fromBot).map(({ text }) => text) }).toEqual({
        death,
        left: [],
      });
      expect(words.filter((word) => !left.some((message) => message.id === word))).toEqual([]);
    }
    expect(steps).toBeGreaterThan(8);
  });

  it('waits for a post on its way to a channel, which nobody could find again after a crash', async () => {
    const channel = stage.telegram.channel();
    channel.addBot(['can_post_messages']);
    await stage.settle();
    const chat = { id: channel.id, kind: 'channel' as const };
    await subscribe(stage.desk, chat, 'en');
    stage.telegram.setLatency(500);
    const stop = await startDelivery(stage.desk);
    await publish(stage.desk, 'en');
    const { flight } = stage.desk.store.keys;
    await until(stage.clock, async () => (await stage.desk.store.redis.hlen(flight)) > 0);
    const posts = () => channel.history().filter(({ fromBot }) => fromBot);
    expect(posts()).toHaveLength(0);

    const atDrop: number[] = [];
    const { store } = stage.desk;
    const real = store.runRaw.bind(store);
    const run = vi.spyOn(store, 'runRaw').mockImplementation((name, ...rest) => {
      if (name === 'drop-chat') atDrop.push(posts().length);
      return real(name, ...rest);
    });
    let done = false;
    void forgetChat(stage.desk, chat, []).then(() => (done = true));
    await until(stage.clock, () => done);
    run.mockRestore();
    stage.telegram.setLatency(0);
    await stop();
    expect(atDrop).toEqual([1]);
    while (await erasePass(stage.desk));
    expect(posts().filter(({ deletedAt }) => deletedAt === undefined)).toEqual([]);
  });

  it('during a broadcast lets nothing more reach the chat', async () => {
    const ids = stage.telegram.people(300, { firstId: 9_000_000 });
    await subscribeAll(stage.desk, ids, 'ru');
    const leaving = ids.slice(100, 160).map((id) => stage.telegram.person({ id }));
    stage.telegram.setLatency(300);
    const stop = await startDelivery(stage.desk);
    await publish(stage.desk, 'ru');
    const before = stage.telegram.deliveries().length;
    await until(stage.clock, () => stage.telegram.deliveries().length > before + 20);
    const forgotten = new Map<number, number>();
    const all = leaving.map((person) =>
      forgetChat(stage.desk, chatOf(person), []).then(() => forgotten.set(person.id, stage.clock.now())),
    );
    await until(stage.clock, () => forgotten.size === leaving.length);
    await Promise.all(all);
    const after = stage.telegram.deliveries().length;
    await publish(stage.desk, 'ru');
    await pass(stage.clock, 10 * SECOND);
    await stop();
    stage.telegram.setLatency(0);
    // Many at once are more than one look carries out; the loop of the app looks again.
    await erasePass(stage.desk);
    const reached = stage.telegram
      .deliveries()
      .slice(after)
      .map(({ chatId }) => chatId);
    expect(reached.length).toBeGreaterThan(100);
    expect(reached.filter((id) => forgotten.has(id))).toEqual([]);
    expect(leaving.flatMap((person) => person.messages())).toEqual([]);
  });
});

describe('the numbers of messages', () => {
  it('are kept for as long as Telegram lets a bot delete, however often a reader writes', async () => {
    const person = await subscriber(stage, 'en');
    const slot = (await record(stage, person))?.slot ?? -1;
    const first = Math.max(...(await listSaid(stage.desk, slot)));
    for (let half = 1; half <= 4; half += 1) {
      await stage.clock.advance(12 * HOUR - MINUTE);
      await ask(stage, person, '/help');
      expect(await listSaid(stage.desk, slot)).toContain(first);
    }
    await stage.clock.advance(24 * HOUR + 4 * MINUTE);
    await ask(stage, person, '/help');
    const kept = await listSaid(stage.desk, slot);
    expect(kept).not.toContain(first);
    expect(kept.length).toBeGreaterThan(2);
  });
});

describe('/keep', () => {
  it('is held up by no record that somebody else wrote', async () => {
    const { desk, clock } = stage;
    const [broken, reader] = [await subscriber(stage, 'en'), await subscriber(stage, 'en')];
    for (const one of [broken, reader]) {
      await ask(stage, one, '/keep 1h');
      await ask(stage, one, 'words of a reader');
    }
    const slot = (await record(stage, broken))?.slot ?? 0;
    const at = (slot % RECORD_BLOCK) * RECORD_BYTES;
    await desk.store.redis.setrange(desk.store.keys.chat(slot), at, 'x'.repeat(RECORD_BYTES));
    await clock.advance(HOUR + 2 * MINUTE);
    while (await erasePass(desk));
    expect(reader.messages().filter(({ text }) => text === 'words of a reader')).toEqual([]);
  });

  it('removes news, commands and answers of a chat on the minute', async () => {
    const person = await subscriber(stage, 'en');
    await ask(stage, person, '/keep 1h');
    const stop = await startDelivery(stage.desk);
    await publish(stage.desk, 'en');
    await until(stage.clock, () => said(person).some(({ text }) => text.includes('library')));
    await ask(stage, person, '/help');
    await stop();
    const count = person.messages().length;
    await pass(stage.clock, 58 * MINUTE, 10_000);
    await erasePass(stage.desk);
    expect(person.messages().length).toBe(count);
    await pass(stage.clock, 2 * MINUTE);
    while (await erasePass(stage.desk));
    // Messages before the time was set are not its matter.
    expect(said(person).filter(({ text }) => text.includes('library'))).toEqual([]);
    expect(person.messages().filter(({ text }) => text === '/help')).toEqual([]);
  });

  it('goes by need when much is due: what Telegram will soonest not let go is first', async () => {
    const desk = stage.desk;
    const { store, clock } = desk;
    await store.redis.del(store.keys.erase);
    const person = stage.telegram.person();
    await subscribeAll(desk, [person.id], 'en');
    const slot = (await record(stage, person))?.slot ?? -1;
    const sent = (hoursAgo: number, keep: number) => eraseMoment(clock.now() - hoursAgo * HOUR, keep);
    const key = store.keys.erase;
    const moments = [sent(20, 1), sent(46, 46), sent(30, 10), sent(49, 2), sent(1, 2)];
    for (const [index, moment] of moments.entries()) await addErasure(desk, slot, 101 + index, moment);
    const asked: number[][] = [];
    const watching: Desk = {
      ...desk,
      telegram: {
        ...desk.telegram,
        remove: async (_, ids) => {
          asked.push([...ids]);
          return { kind: 'done', result: true };
        },
      },
    };
    await erasePass(watching);
    expect(asked).toEqual([[102, 103, 101]]);
    expect(await store.redis.zcard(key)).toBe(1);
    expect(await withoutErasure(desk, slot, [105])).toEqual([]);
  });

  it('takes along what is due in the same chat within a minute, and nothing before its time', async () => {
    const { desk } = stage;
    const key = desk.store.keys.erase;
    await desk.store.redis.del(key);
    const people = [stage.telegram.person(), stage.telegram.person()];
    for (const each of people) each.start();
    await subscribeAll(
      desk,
      people.map(({ id }) => id),
      'en',
    );
    const [one, other] = await Promise.all(
      people.map(async (each) => (await record(stage, each))?.slot ?? -1),
    );
    // In the middle of a minute.
    await stage.clock.advance(1.5 * MINUTE - (desk.clock.now() % MINUTE));
    const due = (inSeconds: number) => eraseMoment(desk.clock.now() - HOUR + inSeconds * SECOND, 1);
    for (const [index, seconds] of [0, 40, 100].entries())
      await addErasure(desk, one ?? -1, index + 1, due(seconds));
    await addErasure(desk, other ?? -1, 4, due(40));
    while (await erasePass(desk));
    expect(await desk.store.redis.zcard(key)).toBe(2);
    expect(await withoutErasure(desk, other ?? -1, [4])).toEqual([]);
    expect(await withoutErasure(desk, one ?? -1, [1, 2, 3])).toEqual([1, 2]);
  });

  it('tells nobody whose messages go after the same time, and knows it: who is soonest out of reach goes first', async () => {
    const { desk, clock } = stage;
    const { redis, botId } = desk.store;
    const { erase } = botKeys(botId);
    await redis.del(erase);
    const now = Math.ceil(clock.now() / MINUTE) * MINUTE;
    for (let id = 1; id <= 47; id += 1) await addErasure(desk, 2000, id, eraseMoment(now, 6));
    const scores = (await redis.zrange(erase, '0', '-1', 'WITHSCORES')).filter((_, at) => at % 2 === 1);
    expect(new Set(scores).size).toBeGreaterThan(10);
    for (let id = 1; id <= 47; id += 1) await addErasure(desk, 2000, id, eraseMoment(now - id * HOUR, id));
    const [first] = await dueErasures(desk, now, 48 * HOUR, 1);
    expect(first?.messageIds).toEqual(Array.from({ length: 47 }, (_, index) => 47 - index));
    await redis.del(erase);
  });

  it('keeps no moment finer than a minute', async () => {
    const person = await subscriber(stage, 'en');
    await changeSettings(stage.desk, chatOf(person), { keep: 6 }, 'en');
    await ask(stage, person, '/help');
    const scores = await stage.desk.store.redis.zrange(stage.desk.store.keys.erase, '0', '-1', 'WITHSCORES');
    const moments = scores.filter((_, index) => index % 2 === 1).map(Number);
    expect(moments.every((moment) => moment % MINUTE < 48)).toBe(true);
  });
});
