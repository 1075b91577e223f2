import { describe, expect, it } from 'vitest';
import { startTelegram } from '#sandbox/telegram/telegram.ts';
import { movedClock } from '#testing/clock.ts';
import { stageForEach, START } from './bot-api.ts';

const stage = stageForEach();
type Update = { update_id: number; message?: { text: string } };
const poll = (params: Record<string, unknown> = {}) => stage.get<Update[]>('getUpdates', params);
const texts = (updates: Update[]) => updates.map(({ message }) => message?.text);

describe('updates', () => {
  it('wait until an offset beyond them confirms them', async () => {
    const reader = stage.telegram.person();
    for (const text of ['one', 'two', 'three']) reader.send(text);
    expect(texts(await poll({ limit: 2 }))).toEqual(['one', 'two']);
    const [, second] = await poll();
    const offset = (second?.update_id ?? 0) + 1;
    expect(texts(await poll({ offset }))).toEqual(['three']);
    expect(texts(await poll())).toEqual(['three']);
    expect(texts(await poll({ offset: offset + 1000 }))).toEqual(['three']);
    expect(texts(await poll({ offset: offset - 10 }))).toEqual(['three']);
  });

  it('are dropped but for the last n by a negative offset', async () => {
    const reader = stage.telegram.person();
    for (const text of ['one', 'two', 'three']) reader.send(text);
    expect(texts(await poll({ offset: -1 }))).toEqual(['three']);
    expect(texts(await poll())).toEqual(['three']);
  });

  it('come at once to a poll that waits, and a poll waits 50 s at most', async () => {
    const waiting = poll({ timeout: 30 });
    stage.telegram.person().send('hello');
    expect(texts(await waiting)).toEqual(['hello']);
    await poll({ offset: -1 });
    const [last] = await poll();
    const long = poll({ timeout: 600, offset: (last?.update_id ?? 0) + 1 });
    await stage.clock.advance(50_000);
    expect(await long).toEqual([]);
  });

  it('send the older of two waiting polls away', async () => {
    const older = stage.refusal('getUpdates', { timeout: 30 });
    const newer = poll({ timeout: 30 });
    expect(await older).toBe(
      '409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    stage.telegram.person().send('hello');
    expect(texts(await newer)).toEqual(['hello']);
    expect(
      await Promise.all([poll({ timeout: 9 }), poll({ timeout: 9 })].map(async (one) => texts(await one))),
    ).toEqual([['hello'], ['hello']]);
  });

  it('come only of the kinds asked for; the wish is kept and spares what is queued', async () => {
    const reader = stage.telegram.person();
    reader.send('first');
    expect(await poll({ allowed_updates: ['callback_query'] })).toHaveLength(1);
    reader.send('second');
    expect(await poll()).toHaveLength(1);
    await poll({ allowed_updates: [] });
    reader.send('third');
    expect(texts(await poll())).toEqual(['first', 'third']);
  });

  it('are forgotten after a day, a press after 150 s', async () => {
    const reader = stage.telegram.person();
    reader.start();
    const markup = { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] };
    const { message_id } = await stage.get('sendMessage', {
      chat_id: reader.id,
      text: 'x',
      reply_markup: markup,
    });
    const pressed = reader.press(message_id, 'a');
    expect(await poll()).toHaveLength(2);
    await stage.clock.advance(150_000);
    expect(await pressed).toBeUndefined();
    expect(await poll()).toHaveLength(1);
    await stage.clock.advance(86_400_000);
    expect(await poll()).toEqual([]);
  });
});

describe('strict polling', () => {
  it('stretches a hasty repetition of an offset to 3 s and delays the 409 as long', async () => {
    const clock = movedClock(START);
    const telegram = await startTelegram({ clock, strictPolling: true });
    const ask = (params: Record<string, unknown>) => telegram.handle(telegram.token, 'getUpdates', params);
    expect(await ask({})).toEqual({ ok: true, result: [] });
    let ended = false;
    const hasty = ask({}).then((answer) => {
      ended = true;
      return answer;
    });
    await clock.advance(2999);
    expect(ended).toBe(false);
    await clock.advance(1);
    expect(await hasty).toEqual({ ok: true, result: [] });
    const older = ask({ timeout: 50 });
    const newer = ask({ timeout: 50 });
    await clock.advance(3000);
    expect(await older).toMatchObject({ error_code: 409 });
    await clock.advance(50_000);
    expect(await newer).toEqual({ ok: true, result: [] });
    await telegram.close();
  });
});
