import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handleUpdate } from '#src/bot/inbox.ts';
import { runUpdates } from '#src/bot/updates.ts';
import { MINUTE, SECOND } from '#src/time.ts';
import { until as untilSoon } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { said } from './talk.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

/** Within seconds of the moved clock. */
const until = (holds: () => boolean) => untilSoon(stage.clock, holds, 9 * SECOND);

function run() {
  const stop = new AbortController();
  let reading = 0;
  const ended = runUpdates(stage.bot, stage.desk, stop.signal, () => {
    reading += 1;
  });
  return { stop, ended, reading: () => reading };
}

describe('reading updates', () => {
  it('answers, and confirms what was handled before it ends', async () => {
    const person = stage.telegram.person({ language: 'en' });
    const loop = run();
    person.send('/help');
    await until(() => said(person).length === 1);
    loop.stop.abort();
    await loop.ended;
    expect(stage.telegram.pendingUpdates()).toEqual([]);
  });

  it('says at once that updates are being read, though there are none', async () => {
    const loop = run();
    await until(() => loop.reading() > 0);
    loop.stop.abort();
    await loop.ended;
  });

  it('is told poll by poll, and ends where whoever is told cannot go on', async () => {
    stage.telegram.revoke(stage.telegram.token);
    const stop = new AbortController();
    const told: string[] = [];
    const ended = runUpdates(stage.bot, stage.desk, stop.signal, (outcome) => {
      told.push((outcome.kind === 'unreached' && outcome.deaf) || outcome.kind);
      if (told.length === 2) throw new Error('enough');
    });
    let fault: unknown;
    ended.catch((error: unknown) => (fault = error));
    await until(() => fault !== undefined);
    expect(told).toEqual(['unauthorized', 'unauthorized']);
  });

  it('goes on after another process has read for a while, and after Telegram was away', async () => {
    const person = stage.telegram.person({ language: 'en' });
    stage.telegram.faults.add({
      method: 'getUpdates',
      kind: 'refuse',
      code: 409,
      description: 'Conflict: terminated by other getUpdates request',
      times: 1,
    });
    stage.telegram.faults.add({ method: 'getUpdates', kind: 'bad-gateway', times: 1 });
    const loop = run();
    person.send('/help');
    await untilSoon(stage.clock, () => said(person).length > 0, MINUTE);
    expect(said(person)).toHaveLength(1);
    loop.stop.abort();
    let isOver = false;
    void loop.ended.finally(() => (isOver = true));
    await until(() => isOver);
  });

  it('handles an update once, however often it comes', async () => {
    const person = stage.telegram.person({ language: 'en' });
    person.send('/help');
    const [update] = stage.telegram.pendingUpdates() as unknown as Parameters<typeof handleUpdate>[2][];
    if (!update) throw new Error('no update');
    await Promise.all([1, 2, 3].map(() => handleUpdate(stage.bot, stage.desk, update)));
    expect(said(person)).toHaveLength(1);
  });

  it('answers one chat in order', async () => {
    const person = stage.telegram.person({ language: 'en' });
    person.send('/language be');
    person.send('hello');
    person.send('/language ru');
    person.send('hello');
    await stage.settle();
    expect(said(person).map(({ text }) => text)).toEqual([
      'Гатова. Цяпер усё па-беларуску.',
      'Пошук па навінах або каманды: /help',
      'Готово. Теперь всё по-русски.',
      'Поиск по новостям или команды: /help',
    ]);
  });

  it('lets a chat whose answer hangs hold up nobody else, and nobody for longer than ten seconds', async () => {
    const slow = stage.telegram.person({ language: 'en' });
    const quick = stage.telegram.person({ language: 'en' });
    stage.telegram.faults.add({ method: 'sendMessage', chatId: slow.id, kind: 'hang', times: 1 });
    slow.send('/help');
    quick.send('/help');
    const settled = stage.settle();
    await until(() => said(quick).length === 1);
    await stage.clock.advance(10_000);
    await settled;
    slow.send('/help');
    await stage.settle();
    expect(said(slow)).toHaveLength(1);
  });

  it('says that something does not work while Redis is away, and lives on', async () => {
    const person = stage.telegram.person({ language: 'ru' });
    stage.desk.store.redis.disconnect();
    person.send('/latest');
    await stage.settle();
    expect(said(person).at(-1)?.text).toBe('Сейчас что-то не работает. Попробуйте через минуту.');
  });
});
