import { describe, expect, it } from 'vitest';
import { decode } from '#src/source/fetch/charset.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
/** «Навіны» and «Новости» as an older machine writes them. */
const NAVINY_1251 = [0xcd, 0xe0, 0xe2, 0xb3, 0xed, 0xfb];
const NOVOSTI_KOI8 = [0xee, 0xcf, 0xd7, 0xcf, 0xd3, 0xd4, 0xc9];

describe('a document', () => {
  it('in UTF-8 is read as that, whatever it or its header says', () => {
    expect(
      decode(bytes('<?xml version="1.0" encoding="windows-1251"?><a>Навіны</a>'), 'text/xml; charset=koi8-r'),
    ).toMatchObject({ charset: 'utf-8', text: expect.stringContaining('Навіны') });
  });

  it('that names its encoding in the prolog, in a meta or in the header is read by it', () => {
    expect(decode(bytes('<?xml version="1.0" encoding="windows-1251"?><a>', NAVINY_1251)).text).toContain(
      'Навіны',
    );
    expect(decode(bytes('<html><meta charset="koi8-r"><p>', NOVOSTI_KOI8)).text).toContain('Новости');
    expect(decode(bytes('<p>', NAVINY_1251), 'text/html; charset=windows-1251').text).toContain('Навіны');
  });

  it('that names none is guessed: Cyrillic letters stand in rows, Western ones alone', () => {
    expect(decode(bytes('<p>', NAVINY_1251, ' ', NAVINY_1251)).text).toContain('Навіны');
    expect(decode(bytes('<p>simula', [0xe7], [0xf5], 'es em S', [0xe3], 'o')).text).toContain('em São');
  });

  it('with a byte-order mark is read by it, and the mark is gone', () => {
    expect(decode(bytes([0xef, 0xbb, 0xbf], 'Навіны'))).toEqual({ text: 'Навіны', charset: 'utf-8' });
    expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a/>', 'utf16le')])).text).toBe(
      '<a/>',
    );
  });

  it('in UTF-16 without a mark is recognised', () => {
    expect(decode(Buffer.from('<rss>Навіны</rss>', 'utf16le')).text).toBe('<rss>Навіны</rss>');
  });

  it('in UTF-8 with a few broken bytes stays UTF-8', () => {
    expect(decode(bytes('Навіны '.repeat(500), [0xff]))).toMatchObject({ charset: 'utf-8' });
  });

  it('with an encoding that nobody knows is read all the same', () => {
    expect(
      decode(bytes('<?xml version="1.0" encoding="x-none"?><a>', NAVINY_1251, NAVINY_1251)).text,
    ).toContain('Навіны');
    expect(decode(new Uint8Array()).text).toBe('');
  });
});
