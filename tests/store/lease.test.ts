import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { holdLease } from '#src/store/lease.ts';
import { botKeys } from '#src/store/keys.ts';
import type { Store } from '#src/store/redis.ts';
import { MINUTE, realClock } from '#src/time.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A Redis that gives the lease and then takes nothing. */
const refusing = (isOwn: boolean) => {
  const run = async (_name: string, _keys: readonly string[], [verb]: readonly unknown[]) => {
    if (verb !== 'take') throw new Error('MISCONF Errors writing to the AOF file: No space left on device');
    return '1.ab';
  };
  return { isOwn, keys: botKeys('1'), run } as unknown as Store;
};

it.each([true, false])(
  'a process whose Redis takes nothing for minutes goes on serving only where nobody else can reach that: %s',
  async (isOwn) => {
    const lease = await holdLease(refusing(isOwn), 'owner', realClock, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(lease?.signal.aborted).toBe(!isOwn);
    await lease?.release();
  },
);
