import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { erasePass } from '#testing/erase.ts';
import { expiredIds, removeExpired } from '#src/desk/chats/expire.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { corrected } from '#src/telegram/contact.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#src/time.ts';
import { publish, startDelivery, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { ask, labels, last, record, subscriber } from '../bot/talk.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ keepHours: 47 });
});
afterAll(() => stage.close());

const expire = async () => {
  while (await removeExpired(stage.desk));
};

/** Lets time pass with the bot at work. */
async function live(hours: number): Promise<void> {
  for (let step = 0; step < hours * 6; step += 1) {
    await stage.clock.advance(10 * MINUTE);
    await expire();
  }
}

/** One story to everybody. */
async function tell(people: readonly Person[]): Promise<void> {
  const counts = people.map((person) => person.messages().length);
  const stop = await startDelivery(stage.desk);
  await publish(stage.desk, 'en');
  await until(stage.clock, () => people.every((one, at) => one.messages().length > (counts[at] ?? 0)));
  await stop();
}

const ids = (person: Person) => person.messages().map(({ id }) => id);

describe('what stands in private chats', () => {
  it('is all gone after 47 hours, typed commands too, and not before it was read; a chat costs one call', async () => {
    const { clock } = stage;
    await expire();
    await live(1);
    const [reader, keeper, hourly] = [
      await subscriber(stage, 'en'),
      await subscriber(stage, 'en'),
      await subscriber(stage, 'en'),
    ];
    await ask(stage, keeper, '/keep off');
    await tell([reader, keeper, hourly]);
    await ask(stage, reader, '/settings');
    await ask(stage, hourly, '/keep 6h');
    const stood = new Map([reader, keeper, hourly].map((one) => [one, ids(one)]));
    const isLeft = (one: Person) => stood.get(one)?.filter((id) => ids(one).includes(id)) ?? [];
    expect(isLeft(reader).length).toBeGreaterThanOrEqual(5);
    const began = clock.now();
    const calls = vi.spyOn(stage.desk.telegram, 'remove');

    await live(20);
    expect(isLeft(reader)).toEqual(stood.get(reader));
    await tell([reader, keeper, hourly]);
    const young = ids(reader).at(-1);
    while (clock.now() < began + 46.9 * HOUR) {
      await live(0.5);
      await erasePass(stage.desk);
    }
    expect(isLeft(reader)).toEqual([]);
    expect(isLeft(keeper)).toEqual(stood.get(keeper));
    expect(isLeft(hourly)).toEqual([]);
    // Two sent what stood here twice over; the third chose hours of its own in between.
    expect(calls.mock.calls.length).toBeLessThan(10);
    calls.mockRestore();
    await live(20.5);
    expect(ids(reader)).not.toContain(young);
    expect(ids(keeper)).toContain(stood.get(keeper)?.[0]);
  });

  it('goes in time although somebody sets the clock a day ahead for some minutes', async () => {
    const { clock } = stage;
    const desk = { ...stage.desk, clock: corrected(clock, stage.desk.telegram.contact) };
    const reader = await subscriber(stage, 'en');
    await tell([reader]);
    const stood = ids(reader);
    const began = clock.ticks();
    clock.set(DAY);
    while (await removeExpired(desk));
    clock.set(-DAY);
    while (clock.ticks() < began + 46.9 * HOUR) {
      await clock.advance(10 * MINUTE);
      while (await removeExpired(desk));
    }
    expect(ids(reader).filter((id) => stood.includes(id))).toEqual([]);
  });

  it('goes of a stranger and of who unsubscribed too, and stays where that was chosen', async () => {
    const [stranger, gone, keeper] = [
      stage.telegram.person({ language: 'en' }),
      await subscriber(stage, 'en'),
      await subscriber(stage, 'en'),
    ];
    await ask(stage, stranger, '/start');
    await ask(stage, keeper, '/keep off');
    for (const person of [gone, keeper]) await ask(stage, person, '/unsubscribe');
    const kept = ids(keeper);
    await live(20);
    await erasePass(stage.desk);
    expect(ids(stranger)).toHaveLength(2);
    await live(26.5);
    await erasePass(stage.desk);
    expect([ids(stranger), ids(gone)]).toEqual([[], []]);
    expect(ids(keeper)).toEqual(kept);
  });

  it('goes in time although the bot was away for a while', async () => {
    const reader = await subscriber(stage, 'en');
    const stood = ids(reader);
    await live(18);
    await stage.clock.advance(20 * HOUR);
    await live(9.5);
    expect(ids(reader).filter((id) => stood.includes(id))).toEqual([]);
  });

  it('goes in time although Telegram did not answer at its minute', async () => {
    const reader = await subscriber(stage, 'en');
    const stood = ids(reader);
    const began = stage.clock.now();
    const calls = vi
      .spyOn(stage.desk.telegram, 'remove')
      .mockResolvedValue({ kind: 'unreached', detail: '' });
    await live(46);
    calls.mockRestore();
    while (stage.clock.now() < began + 47 * HOUR) {
      await live(0.5);
      await erasePass(stage.desk);
    }
    expect(ids(reader).filter((id) => stood.includes(id))).toEqual([]);
  });

  it('is told at the subscription with one button that keeps it, which is not asked again', async () => {
    const reader = await subscriber(stage, 'en');
    const told = last(reader);
    expect(told.text).toContain(
      'While I am running, everything here disappears after 47 hours at the latest',
    );
    expect(labels(told)).toContain('Keep messages here');
    expect((await record(stage, reader))?.settings.keep).toBeUndefined();
    const privacy = await ask(stage, reader, '/privacy');
    expect(privacy.text).toContain('disappears after 47 hours at the latest');

    await stage.press(reader, told.id, 'Keep messages here');
    expect((await record(stage, reader))?.settings.keep).toBe(0);
    const again = await ask(stage, reader, '/subscribe');
    expect(labels(again)).not.toContain('Keep messages here');
    expect(again.text).not.toContain('disappear');
    await stage.clock.advance(5 * SECOND);
  });
});

describe('the ids that are old enough', () => {
  it('leave nothing behind that would be too old at the next visit, and take nothing that is young', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 47 }), fc.integer({ min: 0, max: 5000 }), (hours, offset) => {
        const minutes = hours * 60;
        const between = Math.max(1, Math.floor(hours * 1.2));
        // One message a minute; the id is its minute.
        const now = (minutes * 3 + offset) * MINUTE;
        const from = Math.max(0, now / MINUTE - 49 * 60);
        const marks = [];
        for (let at = from; at * MINUTE <= now; at += between) marks.push({ at: at * MINUTE, id: at });
        const span = expiredIds(marks, now, hours);
        expect(span).toBeDefined();
        if (!span) return;
        expect(now / MINUTE - span.upTo).toBeLessThanOrEqual(minutes / 2);
        expect(now / MINUTE - span.upTo).toBeGreaterThanOrEqual(minutes / 2 - 2 * between);
        expect(span.after).toBeLessThanOrEqual(Math.max(from, now / MINUTE - minutes));
      }),
    );
  });
});
