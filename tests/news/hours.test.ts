import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, lastMoment, minuteOfDay, nextMoment, readHour } from '#src/news/hours.ts';

const at = (iso: string) => Date.parse(iso);
const ZONES = ['Europe/Minsk', 'Europe/Warsaw', 'Asia/Tbilisi', 'America/New_York', 'Australia/Lord_Howe'];

describe('the hours of a chat', () => {
  it('finds the next time of day on the reader’s clock', () => {
    expect(nextMoment(at('2026-11-24T04:59:59Z'), 'Europe/Minsk', '08:00')).toBe(at('2026-11-24T05:00:00Z'));
    expect(nextMoment(at('2026-11-24T05:00:00Z'), 'Europe/Minsk', '08:00')).toBe(at('2026-11-25T05:00:00Z'));
  });

  it('takes an hour that the spring change skips at the jump', () => {
    expect(nextMoment(at('2026-03-29T00:00:00Z'), 'Europe/Warsaw', '02:30')).toBe(at('2026-03-29T01:00:00Z'));
  });

  it('takes an hour that the autumn change repeats once, the first time', () => {
    const first = nextMoment(at('2026-10-24T22:00:00Z'), 'Europe/Warsaw', '02:30');
    expect(first).toBe(at('2026-10-25T00:30:00Z'));
    expect(nextMoment(first, 'Europe/Warsaw', '02:30')).toBe(at('2026-10-26T01:30:00Z'));
  });

  it('counts quiet hours from the first minute up to, not with, the last, across midnight', () => {
    const night = { from: '23:00', to: '07:00' };
    expect(isWithin(at('2026-11-24T20:00:00Z'), 'Europe/Minsk', night)).toBe(true);
    expect(isWithin(at('2026-11-24T19:59:00Z'), 'Europe/Minsk', night)).toBe(false);
    expect(isWithin(at('2026-11-24T03:59:00Z'), 'Europe/Minsk', night)).toBe(true);
    expect(isWithin(at('2026-11-24T04:00:00Z'), 'Europe/Minsk', night)).toBe(false);
  });

  it('reads times of day as people write them', () => {
    expect(['8', '08:00', '8.30', '23:59'].map(readHour)).toEqual(['08:00', '08:00', '08:30', '23:59']);
    expect(['24:00', '7:60', 'noon', '', '-1'].map(readHour)).toEqual(Array(5).fill(undefined));
  });

  it('always moves forward, by less than two days, to the minute that was asked for', () => {
    const moments = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') });
    fc.assert(
      fc.property(moments, fc.constantFrom(...ZONES), fc.nat(1439), (now, zone, minute) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const moment = nextMoment(now, zone, time);
        expect(moment).toBeGreaterThan(now);
        expect(moment - now).toBeLessThan(49 * 3_600_000);
        const shown = minuteOfDay(moment, zone);
        // Only an hour that a change skips is shown as the minute of the jump.
        if (shown !== minute) expect(minuteOfDay(moment - 1, zone)).toBeLessThan(minute);
        expect(lastMoment(moment, zone, time)).toBeLessThanOrEqual(now);
        expect(nextMoment(lastMoment(moment, zone, time), zone, time)).toBe(moment);
      }),
    );
  });
});
