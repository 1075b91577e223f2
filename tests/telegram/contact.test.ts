import { expect, it } from 'vitest';
import { createContact } from '#src/telegram/contact.ts';
import { HOUR, MINUTE, SECOND } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';

const START = Date.parse('2026-08-22T09:00:00Z');
const done = { kind: 'done', result: true } as const;

/** An answer `took` ms after the question; `dated`: how long after the question Telegram wrote its time into it. */
async function answer(
  ours: Pick<ReturnType<typeof stage>, 'contact' | 'theirs' | 'clock'>,
  took: number,
  dated: number,
): Promise<void> {
  const askedAt = ours.clock.ticks();
  const date = new Date(ours.theirs() + dated).toUTCString();
  await ours.clock.advance(took);
  ours.contact.heard(done, askedAt, date);
}

function stage() {
  const clock = movedClock(START);
  return { clock, contact: createContact(clock), theirs: () => clock.ticks() };
}

it.each([
  ['at its beginning', 0],
  ['at its end', 30 * SECOND],
])('a poll of half a minute, dated %s, makes no clock wrong', async (_, dated) => {
  const ours = stage();
  await answer(ours, 30 * SECOND, dated);
  expect(ours.contact.aheadMs).toBe(0);
});

it.each([-MINUTE, MINUTE])('a clock that is set by %d ms is wrong by that, long polls or not', async (by) => {
  const ours = stage();
  await answer(ours, 100, 50);
  ours.clock.set(by);
  expect(Math.abs((ours.contact.aheadMs ?? 0) - by)).toBeLessThanOrEqual(SECOND);
  await answer(ours, 30 * SECOND, 30 * SECOND);
  expect(Math.abs((ours.contact.aheadMs ?? 0) - by)).toBeLessThanOrEqual(SECOND);
  ours.clock.set(-by);
  expect(ours.contact.aheadMs).toBe(0);
});

it('a long poll that was begun before Telegram failed does not say that it is back', async () => {
  const { clock, contact } = stage();
  const begun = clock.ticks();
  await clock.advance(20 * SECOND);
  contact.heard({ kind: 'unknown', detail: 'an answer 502' }, clock.ticks());
  await clock.advance(10 * SECOND);
  contact.heard(done, begun);
  expect(contact.failing?.forMs).toBe(10 * SECOND);
  contact.heard(done, clock.ticks());
  expect(contact.failing).toBeUndefined();
});

it('the time of day is Telegram’s where ours is set, and ours where it is about right', async () => {
  const ours = stage();
  expect(ours.contact.now).toBe(ours.clock.now());
  await answer(ours, 100, 50);
  for (const by of [24 * HOUR, -48 * HOUR, 24 * HOUR]) {
    ours.clock.set(by);
    expect(Math.abs(ours.contact.now - ours.theirs())).toBeLessThanOrEqual(SECOND);
  }
  ours.clock.set(20 * SECOND);
  expect(ours.contact.now).toBe(ours.clock.now());
});

it('a machine that was suspended, whose clock is right, is believed with the next answer', async () => {
  let asleep = 0;
  const clock = movedClock(START);
  // Ticks stand still while a machine is suspended; both times of day go on.
  const contact = createContact({ ...clock, now: () => clock.now() + asleep });
  const ours = { clock, contact, theirs: () => clock.ticks() + asleep };
  await answer(ours, 100, 50);
  asleep = HOUR;
  await answer(ours, 30 * SECOND, 10 * SECOND);
  expect(contact.aheadMs).toBe(0);
  expect(contact.now).toBe(clock.now() + asleep);
});
