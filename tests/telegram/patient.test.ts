import { describe, expect, it } from 'vitest';
import type { Outcome } from '#src/telegram/outcome.ts';
import { patiently, type Patience } from '#src/telegram/patient.ts';
import { SECOND } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';

const START = Date.parse('2026-11-24T09:00:00Z');
const done: Outcome<number> = { kind: 'done', result: 7 };
const wait = (ms: number): Outcome<number> => ({ kind: 'wait', ms });
const reset: Outcome<number> = { kind: 'unreached', detail: 'ECONNRESET' };
const refused: Outcome<number> = { kind: 'refused', why: 'blocked', code: 403, description: '' };

/** Answers one outcome after another, the last for ever; when each call was made, ms from the start. */
async function play(outcomes: readonly Outcome<number>[], patience: Patience = {}, forMs = 120 * SECOND) {
  const clock = movedClock(START);
  const times: number[] = [];
  const call = async () => {
    const outcome = outcomes[Math.min(times.length, outcomes.length - 1)];
    times.push(clock.now() - START);
    return outcome ?? reset;
  };
  const asked = patiently(clock, call, patience);
  await clock.advance(forMs);
  return { outcome: await asked, times };
}

describe('patience with Telegram', () => {
  it('waits as long as Telegram says, and rests ever longer where it is not reached', async () => {
    const { outcome, times } = await play([wait(7 * SECOND), reset, reset, done]);
    expect(outcome).toEqual(done);
    expect(times).toEqual([0, 7000, 7400, 8200]);
  });

  it('takes a refusal as final', async () => {
    expect((await play([reset, refused, done])).outcome).toEqual(refused);
  });

  it('begins no try after its time, and says what the last one met', async () => {
    const { outcome, times } = await play([reset], { forMs: 10 * SECOND, restMs: SECOND });
    expect(outcome).toEqual(reset);
    expect(times).toEqual([0, 1000, 3000, 7000]);
  });

  it('does not sit out a wait that ends after its time', async () => {
    expect((await play([wait(61 * SECOND), done])).times).toEqual([0]);
  });

  it('ends at once when it is told to', async () => {
    const stop = new AbortController();
    const clock = movedClock(START);
    let calls = 0;
    const asked = patiently(clock, async () => ((calls += 1), reset), { signal: stop.signal });
    await clock.advance(100);
    stop.abort();
    expect(await asked).toEqual(reset);
    expect(calls).toBe(1);
  });
});
