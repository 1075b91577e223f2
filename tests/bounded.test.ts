import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounded, letGoOld } from '#src/bounded.ts';

describe('a bounded map', () => {
  it('never gives what was not written last under that key, and keeps the half that was used last', () => {
    const step = fc.record({ key: fc.nat(12), does: fc.constantFrom('set', 'get', 'delete') });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.array(step, { maxLength: 60 }), (most, steps) => {
        const map = bounded<number, number>(most);
        const written = new Map<number, number>();
        let used: number[] = [];
        for (const [at, { key, does }] of steps.entries()) {
          const known = map.get(key);
          if (known !== undefined) expect(known).toBe(written.get(key));
          if (used.slice(0, Math.floor(most / 2)).includes(key)) expect(known).toBe(written.get(key));
          if (does === 'set') written.set(key, at);
          if (does === 'delete') written.delete(key);
          if (does === 'set') map.set(key, at);
          if (does === 'delete') map.delete(key);
          used = [key, ...used.filter((one) => one !== key)].filter((one) => written.has(one));
        }
      }),
    );
  });

  it('holds what was used within its time, and nothing for longer than twice that', () => {
    const step = fc.record({ key: fc.nat(12), does: fc.constantFrom('set', 'get', 'wait'), ms: fc.nat(8) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), (keepMs, steps) => {
        const map = bounded<number, number>(26, keepMs);
        const usedAt = new Map<number, number>();
        let now = 0;
        for (const { key, does, ms } of steps) {
          if (does === 'set') map.set(key, key);
          const isUsed = does === 'set' || (does === 'get' && map.get(key) !== undefined);
          if (isUsed) usedAt.set(key, now);
          for (let passed = 0; does === 'wait' && passed < ms; passed += 1) letGoOld((now += 1));
          const held = new Map(map.entries());
          for (const [one, at] of usedAt) {
            if (now - at < keepMs) expect(held.get(one)).toBe(one);
            if (now - at > 2 * keepMs) expect(held.has(one)).toBe(false);
          }
        }
      }),
    );
  });

  it('without a time keeps what nobody uses', () => {
    const map = bounded<number, true>(2);
    map.set(1, true);
    for (const now of [0, 1e12, 2e12]) letGoOld(now);
    expect(map.get(1)).toBe(true);
  });

  it('holds no more than it may', () => {
    const map = bounded<number, true>(100);
    for (let key = 0; key < 10_000; key += 1) map.set(key, true);
    const kept = Array.from({ length: 10_000 }, (_, key) => key).filter((key) => map.get(key));
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(map.get(9999)).toBe(true);
  });

  it('lists all that it holds, each as it was written last, and holds it still', () => {
    const map = bounded<number, string>(4);
    for (const key of [1, 2, 3, 2]) map.set(key, `${key}`);
    map.set(3, 'three');
    const held = new Map([
      [1, '1'],
      [2, '2'],
      [3, 'three'],
    ]);
    for (const _ of [1, 2]) expect(new Map(map.entries())).toEqual(held);
  });
});
