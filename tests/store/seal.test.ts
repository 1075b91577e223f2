import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '#src/news/settings.ts';
import { type ChatRecord, decodeRecord, encodeRecord } from '#src/store/record.ts';
import { SEAL_OVERHEAD } from '#src/store/gcm.ts';
import { createSeal } from '#src/store/seal.ts';

const person = (id: number, settings: Partial<Settings> = {}): ChatRecord => ({
  chat: { id, kind: 'person' },
  state: 'active',
  day: 0,
  settings: { ...DEFAULT_SETTINGS, edition: 'be', ...settings },
});

describe('the record of a chat', () => {
  it('comes back as it was written, whatever the chat has set', () => {
    const settings = fc.record({
      edition: fc.constantFrom('be', 'ru', 'en'),
      script: fc.constantFrom('cyrillic', 'lacinka'),
      style: fc.constantFrom('headline', 'summary', 'full'),
      digest: fc.array(fc.constantFrom('08:00', '20:30'), { maxLength: 4 }),
      follow: fc.array(fc.string({ maxLength: 40, unit: 'grapheme' }), { maxLength: 10 }),
      keep: fc.integer({ min: 0, max: 47 }),
      protect: fc.boolean(),
      timezone: fc.constantFrom('Europe/Minsk', 'America/Argentina/Buenos_Aires'),
    });
    const id = fc.maxSafeInteger();
    const thread = fc.integer({ min: 1, max: 2 ** 31 });
    const chats = fc.oneof(
      fc.record({ id, kind: fc.constantFrom('person', 'group', 'channel') }),
      fc.record({ id, kind: fc.constant('topic'), thread }),
    );
    fc.assert(
      fc.property(
        chats,
        settings,
        fc.constantFrom('idle', 'active', 'paused', 'left'),
        (chat, set, state) => {
          const record = {
            chat,
            state,
            day: 20_000,
            settings: { ...DEFAULT_SETTINGS, ...set },
          } as ChatRecord;
          expect(decodeRecord(encodeRecord(record))).toEqual(record);
        },
      ),
    );
  });

  it('takes 64 bytes sealed while the settings are the usual ones, so that Redis packs it', () => {
    expect(encodeRecord(person(123)).length + SEAL_OVERHEAD).toBe(64);
  });

  it('has the same size for different readers with the same settings', () => {
    const sizes = [1, 4_000_000_000, -1_001_234_567_890].map(
      (id) => encodeRecord(person(id, { follow: ['Мінск'] })).length,
    );
    expect(new Set(sizes).size).toBe(1);
  });
});

describe('the seal', () => {
  const key = randomBytes(32);
  const seal = createSeal(key, '1');

  it('opens with its key only', () => {
    const sealed = seal.seal(7, encodeRecord(person(5)));
    expect(decodeRecord(seal.open(7, sealed)).chat.id).toBe(5);
    expect(() => createSeal(randomBytes(32), '1').open(7, sealed)).toThrow('does not open');
  });

  it('does not open a record that was put into another slot, or changed by a bit', () => {
    const sealed = seal.seal(7, encodeRecord(person(5)));
    expect(() => seal.open(8, sealed)).toThrow();
    const changed = Buffer.from(sealed);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(() => seal.open(7, changed)).toThrow();
  });

  it('gives no chat away: neither record nor reference carries the id in any form', () => {
    const id = 987_654_321_012;
    const sealed = seal.seal(7, encodeRecord(person(id)));
    const [ref] = seal.refs({ id });
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(id));
    for (const form of [bytes, Buffer.from(bytes).reverse(), Buffer.from(String(id))]) {
      expect(sealed.includes(form.subarray(0, 6))).toBe(false);
    }
    expect(JSON.stringify(ref)).not.toContain(String(id));
  });

  it('opens under both keys during a rotation and tells which is older', () => {
    const rotating = createSeal(randomBytes(32), '1', key);
    const before = seal.seal(7, encodeRecord(person(5)));
    const after = rotating.seal(7, encodeRecord(person(5)));
    expect([before, after].map((sealed) => rotating.isPrevious(7, sealed))).toEqual([true, false]);
    expect(decodeRecord(rotating.open(7, before)).chat.id).toBe(5);
    expect(rotating.refs({ id: 5 })[1]).toEqual(seal.refs({ id: 5 })[0]);
  });

  it('tells a topic from its group and from the next topic', () => {
    const refs = [{ id: -100 }, { id: -100, thread: 2 }, { id: -100, thread: 3 }].map(
      (chat) => seal.refs(chat)[0].field,
    );
    expect(new Set(refs).size).toBe(3);
  });
});

describe('the handle of a place', () => {
  const seal = createSeal(randomBytes(32), '1');
  const place = { id: -1_000_000_000_123, thread: 7, kind: 'topic' } as const;

  it('opens for the person for whom it was made, and is the same each time', () => {
    expect(seal.openHandle(5, seal.handle(5, place))).toEqual(place);
    expect(seal.handle(5, place)).toBe(seal.handle(5, place));
    expect(seal.handle(5, place)).toMatch(/^[\w-]{28}$/);
  });

  it('means nothing to anybody else, under another key, or with a bit turned', () => {
    const handle = seal.handle(5, place);
    expect(seal.openHandle(6, handle)).toBeUndefined();
    expect(createSeal(randomBytes(32), '1').openHandle(5, handle)).toBeUndefined();
    const bytes = Buffer.from(handle, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const other = Buffer.from(bytes);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(seal.openHandle(5, other.toString('base64url'))).toBeUndefined();
    }
  });
});
