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

  it.each([
    ['windows-1252', 'ÉTÉ À PARIS : LES ÉLÈVES ÉVACUÉS, DÉCRÉTÉ L’ÉTAT D’URGENCE À ÉVRY. ÇÀ ET LÀ, créée'],
    ['windows-1252', 'GRÖSSE ÄÖÜ ÜBERFÄLLE, Größe, Öl, müßte'],
    ['windows-1252', 'HYVÄÄ PÄIVÄÄ, NÄYTÄ SÄÄ, PÄÄSY MÄÄRÄYS, hyvää yötä'],
    ['windows-1252', '«¿Qué?» ¡Ñoño! ¿Él? ¿Éstos años niñez «¡Ánimo!», irmãos, põe, simulações'],
    ['windows-1252', 'Það er góður dagur á Íslandi, þjóð, æðri ráð, blåbærgrød, ÆØÅ'],
    ['windows-1250', 'Zażółć gęślą jaźń. ZAŻÓŁĆ GĘŚLĄ JAŹŃ, ŁÓDŹ, ŚWIĘTOŚĆ'],
    ['iso-8859-2', 'Żółty wąż śpi, łódź płynie; gość, ćma, źródło, świętość'],
    ['windows-1250', 'Příliš žluťoučký kůň, větší částí. ŽLUŤOUČKÝ KŮŇ ÚPĚL ĎÁBELSKÉ ÓDY'],
    ['windows-1250', 'Árvíztűrő tükörfúrógép, főváros, időjárás, végső, előző; ÁRVÍZTŰRŐ'],
    ['windows-1250', 'Şi ţara în care trăiesc, această situaţie, fără îndoială'],
    ['windows-1254', 'Çağrı: İğdır’ın güzelliği, şöyle böyle, öğüşüğü, değişikliğe ağaç'],
    ['windows-1254', 'İÇİŞLERİ BAKANLIĞI: ÖĞÜŞÜĞÜ DEĞİŞİKLİĞİ ÇOCUĞU GÖRDÜĞÜ'],
    ['windows-1257', 'öö jäääär töööö täna õhtul, mõõõtmed; Šiandien čia įvyko didžiųjų žmonių šventė'],
    ['windows-1257', 'Šodien Rīgā notiek lielākā svētku diena, ārlietu ministrs'],
    [
      'windows-1253',
      'Η Ελλάδα είναι μία χώρα στη νότια Ευρώπη. Ο πρωθυπουργός δήλωσε ότι θα γίνουν εκλογές.',
    ],
    ['windows-1253', 'Η ΕΛΛΑΔΑ ΕΙΝΑΙ ΜΙΑ ΧΩΡΑ ΣΤΗ ΝΟΤΙΑ ΕΥΡΩΠΗ. Ο ΠΡΩΘΥΠΟΥΡΓΟΣ ΔΗΛΩΣΕ ΟΤΙ ΘΑ ΓΙΝΟΥΝ ΕΚΛΟΓΕΣ'],
    [
      'windows-1253',
      'ΟΙ ΠΟΛΙΤΕΣ ΤΗΣ ΑΘΗΝΑΣ ΚΑΤΕΒΗΚΑΝ ΣΤΟΥΣ ΔΡΟΜΟΥΣ ΓΙΑ ΝΑ ΔΙΑΜΑΡΤΥΡΗΘΟΥΝ ΚΑΤΑ ΤΗΣ ΚΥΒΕΡΝΗΣΗΣ',
    ],
    ['windows-1253', 'ΕΚΛΟΓΕΣ ΣΤΗΝ ΕΛΛΑΔΑ'],
    ['windows-1255', 'ישראל היא מדינה במזרח התיכון, ראש הממשלה אמר היום'],
    ['windows-1256', 'قال رئيس الوزراء اليوم إن الانتخابات ستجري في موعدها'],
    ['windows-874', 'นายกรัฐมนตรีกล่าวว่าวันนี้'],
  ])('that calls itself Western and is not Cyrillic is not taken for that: %s', (charset, text) => {
    const own = bytes('<?xml version="1.0" encoding="iso-8859-1"?><a>', [...written(text, charset)]);
    expect(decode(own).charset).toBe('windows-1252');
  });

  it.each([
    ['windows-1251', 'Новости Беларуси: новый мост открыли сегодня утром.'],
    ['windows-1251', 'НОВОСТИ БЕЛАРУСИ: НОВЫЙ МОСТ ОТКРЫЛИ СЕГОДНЯ УТРОМ'],
    ['windows-1251', 'У Гомелі суд прысудзіў журналісту тры гады калоніі за каментар.'],
    ['windows-1251', 'У ГОМЕЛІ СУД ПРЫСУДЗІЎ ЖУРНАЛІСТУ ТРЫ ГАДЫ КАЛОНІІ'],
    ['windows-1251', 'Верховна Рада ухвалила законопроєкт про державний бюджет'],
    ['windows-1251', 'Мост'],
    ['koi8-u', 'Новости Беларуси: новый мост открыли сегодня утром, пришли сотни людей.'],
    ['koi8-u', 'НОВОСТИ БЕЛАРУСИ: НОВЫЙ МОСТ ОТКРЫЛИ СЕГОДНЯ УТРОМ'],
    ['ibm866', 'Новости Беларуси: новый мост открыли сегодня утром, пришли сотни людей.'],
    ['iso-8859-5', 'Новости Беларуси: новый мост открыли сегодня утром, пришли сотни людей.'],
  ])('that calls itself Western or nothing and is Cyrillic is read as that: %s', (charset, text) => {
    for (const prolog of ['<?xml version="1.0" encoding="windows-1252"?>', ''])
      expect(decode(bytes(`${prolog}<a>`, [...written(text, charset)]))).toMatchObject({
        charset,
        text: expect.stringContaining(text),
      });
  });

  it.each([
    ['windows-1251', 'iso-8859-5'],
    ['windows-1251', 'windows-1250'],
    ['windows-1251', 'iso-8859-2'],
    ['windows-1251', 'windows-1257'],
    ['windows-1251', 'koi8-r'],
    ['koi8-u', 'windows-1251'],
    ['iso-8859-5', 'windows-1251'],
    ['ibm866', 'koi8-r'],
  ])('that is %s and calls itself %s is read as what it is', (charset, said) => {
    const text = 'Новости города: во вторник в Минске открыли новый мост через реку Свислочь.';
    const own = bytes(`<?xml version="1.0" encoding="${said}"?><a>`, [...written(text, charset)]);
    expect(decode(own)).toMatchObject({ charset, text: expect.stringContaining(text) });
  });

  it.each([
    ['windows-1250', 'Zażółć gęślą jaźń. ZAŻÓŁĆ GĘŚLĄ JAŹŃ, ŁÓDŹ, ŚWIĘTOŚĆ'],
    [
      'windows-1253',
      'Η Ελλάδα είναι μία χώρα στη νότια Ευρώπη. Ο πρωθυπουργός δήλωσε ότι θα γίνουν εκλογές.',
    ],
    ['windows-1255', 'ישראל היא מדינה במזרח התיכון, ראש הממשלה אמר היום'],
    ['windows-1256', 'قال رئيس الوزراء اليوم إن الانتخابات ستجري في موعدها'],
    ['iso-8859-5', 'Новости города: во вторник в Минске открыли новый мост через реку.'],
    ['x-mac-cyrillic', 'Новости города: во вторник в Минске открыли новый мост через реку.'],
  ])('that is in its own %s is read by that', (said, text) => {
    const own = bytes(`<?xml version="1.0" encoding="${said}"?><a>`, [...written(text, said)]);
    expect(decode(own)).toMatchObject({ charset: said, text: expect.stringContaining(text) });
  });

  it('with a byte-order mark is read by it, and the mark is gone', () => {
    expect(decode(bytes([0xef, 0xbb, 0xbf], 'Навіны'))).toEqual({ text: 'Навіны', charset: 'utf-8' });
    expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a/>', 'utf16le')])).text).toBe(
      '<a/>',
    );
  });

  it('in UTF-16 without a mark is recognised', () => {
    for (const text of ['<rss>Навіны</rss>', '{"title":"Навіны"}'])
      expect(decode(Buffer.from(text, 'utf16le')).text).toBe(text);
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

  it('that says UTF-8 and is KOI8-U in Belarusian is read as what it is', () => {
    const text = '<title>Навіны</title><p>Мост адкрылі, рух пусцілі раніцай. Пытанні да камісіі.</p>';
    const body = [...written(text, 'koi8-u')];
    expect(decode(bytes('<?xml version="1.0" encoding="utf-8"?>', body)).text).toContain(text);
  });

  it('in UTF-8 that has more of another encoding than of its own has both read', () => {
    const own = '<p>Мост открыли, движение пустили утром.</p>'.repeat(4);
    const other = '<p>Вопросы к комиссии по итогам проверки остались без ответа</p>'.repeat(6);
    expect(decode(bytes(own, [...written(other, 'iso-8859-5')])).text).toBe(own + other);
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

/** The bytes of a text in an older encoding; what it lacks is a question mark. */
function written(text: string, charset: string): Uint8Array {
  const all = new TextDecoder(charset).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Uint8Array.from(text, (letter) => Math.max(all.indexOf(letter), 0) || 0x3f);
}

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
