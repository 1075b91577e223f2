import { expect, it } from 'vitest';
import { createContact } from '#src/telegram/contact.ts';
import { MINUTE, SECOND } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';

const START = Date.parse('2026-08-22T09:00:00Z');
const done = { kind: 'done', result: true } as const;

/** An answer `took` ms after the question; `dated`: how long after the question Telegram wrote its time into it. */
async function answer(ours: ReturnType<typeof stage>, took: number, dated: number): Promise<void> {
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
