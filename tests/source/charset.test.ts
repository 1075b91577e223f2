import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '#src/source/charset.ts';
import { isGarbled } from '#src/source/garbled.ts';

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

  it('in UTF-8 whose letters were cut by their bytes stays UTF-8, one mark for a cut letter', () => {
    const cut = (text: string) => [...Buffer.from(text).subarray(0, -1)];
    const items = Array.from({ length: 20 }, () => bytes('<p>', cut('Рынак пераехаў на нов'), '</p>'));
    const { text, charset } = decode(Buffer.concat(items), 'text/xml; charset=utf-8');
    expect(charset).toBe('utf-8');
    expect(text).toBe('<p>Рынак пераехаў на но\ufffd</p>'.repeat(20));
  });

  it('in UTF-8 with runs of another encoding has both read, whole fields or words', () => {
    const mixed = bytes('<p>Мост адкрылі</p><p>', NAVINY_1251, ' ', NAVINY_1251, '</p><p>Мост ', NAVINY_1251);
    expect(decode(mixed).text).toBe('<p>Мост адкрылі</p><p>Навіны Навіны</p><p>Мост Навіны');
    expect(decode(bytes('<p>Мост</p><p>S', [0xe3], 'o simula', [0xe7, 0xf5], 'es</p>')).text).toContain(
      '<p>São simulações</p>',
    );
  });

  it('that says UTF-8 and is windows-1251 from end to end is read as what it is', () => {
    const body = Array.from({ length: 30 }, () => [...NAVINY_1251, 0x20]).flat();
    expect(decode(bytes('<?xml version="1.0" encoding="utf-8"?><a>', body)).text).toContain('Навіны Навіны');
  });

  it('in UTF-8 with any bytes broken keeps every other letter', () => {
    const words = fc.array(fc.constantFrom('Мінск', 'рынак', 'ўрад', 'news', 'žycie', '—', '⚡️', 'їжак'), {
      minLength: 20,
    });
    fc.assert(
      fc.property(words, fc.array(fc.nat(), { maxLength: 5 }), (all, breaks) => {
        const whole = Buffer.from(`<a>${all.join(' ')}</a>`);
        const broken = Buffer.from(whole);
        for (const at of breaks) broken[at % broken.length] = 0xff;
        const touched = all.filter((word) => !decode(broken, 'charset=utf-8').text.includes(word));
        return touched.length <= breaks.length * 2 || isAscii(whole);
      }),
    );
  });

  it('with an encoding that nobody knows is read all the same', () => {
    expect(
      decode(bytes('<?xml version="1.0" encoding="x-none"?><a>', NAVINY_1251, NAVINY_1251)).text,
    ).toContain('Навіны');
    expect(decode(new Uint8Array()).text).toBe('');
  });
});

const isAscii = (all: Buffer): boolean => all.every((byte) => byte < 0x80);
const wrongly = (text: string, charset: string) => new TextDecoder(charset).decode(Buffer.from(text));

describe('a garbled text', () => {
  it('is known by what UTF-8 becomes when it is read as something else', () => {
    for (const text of ['Навіны Беларусі', 'Рынак пераехаў', 'Žyćcio ŭ Miensku — žyćcio', 'Міська рада'])
      for (const charset of ['windows-1251', 'windows-1252'])
        expect(isGarbled(wrongly(text, charset)), `${text} ${charset}`).toBe(true);
    expect(isGarbled('Нав\ufffd\ufffd\ufffdы')).toBe(true);
  });

  it.each([
    'Навіны',
    'МІНІСТЭРСТВА АБАРОНЫ',
    'ВІЛЬНЯ І МІНСК: ПІШУЦЬ «НАША НІВА»',
    'São «Paulo» — £5, ça va',
    'Їжак і ґава',
    'Мост адкрылі вЂ” нарэшце',
    'В°',
    '',
    'Cyfry: 5°C, 10 ½ µm',
  ])('is not %j', (text) => {
    expect(isGarbled(text)).toBe(false);
  });
});
