import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCode, writeCode } from '#src/news/forget-code.ts';

const code = fc.record({
  slot: fc.integer({ min: 1, max: 2 ** 28 - 1 }),
  secret: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
});

describe('a code for the operator', () => {
  it('is three groups of four and is read back as it was drawn', () => {
    fc.assert(
      fc.property(code, (drawn) => {
        const text = writeCode(drawn);
        expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
        expect(readCode(text)).toEqual(drawn);
      }),
    );
  });

  it('is understood as people copy it by hand', () => {
    const drawn = { slot: 1024, secret: 0x10_20_30_40 };
    const text = writeCode(drawn);
    for (const typed of [
      text.toLowerCase(),
      text.replaceAll('-', ''),
      text.replaceAll('-', ' — '),
      text.replaceAll('0', 'o').replaceAll('1', 'l'),
    ])
      expect(readCode(typed)).toEqual(drawn);
  });

  it.each(['', 'please', '0000-0000-0000', 'UUUU-UUUU-UUUU', '1234-5678-9ABC-D', 'АВСЕ-НКМО-РТХУ'])(
    'is not %j',
    (text) => expect(readCode(text)).toBeUndefined(),
  );
});
