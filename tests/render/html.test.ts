import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anchor,
  cleanText,
  cutAtSentence,
  escapeHtml,
  firstSentence,
  inPieces,
  isLinkable,
  lengthOf,
  visibleText,
} from '#src/render/html.ts';
import { workOf } from '#testing/work.ts';

/** Any Unicode, lone surrogates and long clusters too. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc
    .array(fc.constantFrom('Так. ', 'г. ', 'слова ', '👩‍👩‍👧‍👦', 'é́́', '\ud83d', '…', '! ', '\u2028', '🇧🇾'), {
      maxLength: 120,
    })
    .map((parts) => parts.join('')),
);
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
const boundaries = (text: string) =>
  new Set([...clusters.segment(text)].map(({ index }) => index).concat(text.length));

describe('a long text is cut where a reader would stop', () => {
  it.each([
    ['a whole sentence', 'Першы сказ. Другі сказ даўжэйшы.', 20, 'Першы сказ.'],
    [
      'not after an abbreviation',
      'Дом стаіць на вул. Садовай у Мінску. Далей поле.',
      40,
      'Дом стаіць на вул. Садовай у Мінску.',
    ],
    [
      'not after initials',
      'Пра гэта піша І. П. Выдуманы ў сваёй кнізе. Далей.',
      46,
      'Пра гэта піша І. П. Выдуманы ў сваёй кнізе.',
    ],
    [
      'not after a date in English',
      'He came on Jan. 5 to St. James. Then he left at once.',
      40,
      'He came on Jan. 5 to St. James.',
    ],
    [
      'not in a decimal fraction',
      'Цана вырасла на 1.5 рубля за год. Далей тэкст.',
      40,
      'Цана вырасла на 1.5 рубля за год.',
    ],
    [
      'not in a spaced ellipsis',
      'Ён сказаў . . . Потым змоўк і пайшоў дахаты адзін.',
      30,
      'Ён сказаў . . . Потым змоўк і…',
    ],
    [
      'after a closing quote',
      'Так лічаць у «Белбуд». Далей тэкст ідзе без канца.',
      30,
      'Так лічаць у «Белбуд».',
    ],
    [
      'not inside direct speech',
      '«Не пайду!» — сказаў ён учора ўвечары. Далей.',
      42,
      '«Не пайду!» — сказаў ён учора ўвечары.',
    ],
    ['between words where no sentence ends', 'адзін два тры чатыры пяць', 16, 'адзін два тры…'],
    ['without a comma before the dots', 'адзін два, тры чатыры', 12, 'адзін два…'],
    ['in a word only when it is the only one', 'а'.repeat(30), 10, `${'а'.repeat(9)}…`],
    ['never in a family of emoji', `слова ${'👩‍👩‍👧‍👦'.repeat(5)}`, 20, 'слова…'],
    ['not at all when it fits in code points', '😀'.repeat(10), 10, '😀'.repeat(10)],
  ])('%s', (_, text, max, cut) => {
    expect(cutAtSentence(text, max)).toBe(cut);
    expect(lengthOf(cutAtSentence(text, max))).toBeLessThanOrEqual(max);
  });

  it('any text is cut within the limit, between graphemes, and is otherwise the same', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 200 }), (text, max) => {
        const cut = cutAtSentence(text, max);
        expect(lengthOf(cut)).toBeLessThanOrEqual(max);
        const kept = cut.endsWith('…') && !text.startsWith(cut) ? cut.slice(0, -1) : cut;
        expect(text.startsWith(kept)).toBe(true);
        expect(boundaries(text).has(kept.length)).toBe(true);
      }),
    );
  });
});

describe('a text that is too long for one page goes on on the next', () => {
  it('nothing but space is lost, no piece is too long, no letter is torn', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 40, max: 120 }), (text, max) => {
        const pieces = inPieces(text, max);
        const solid = (some: string) => some.replace(/\s+/gu, '');
        expect(solid(pieces.join(''))).toBe(solid(text));
        for (const piece of pieces) expect(lengthOf(piece)).toBeLessThanOrEqual(max);
        if (text.isWellFormed()) for (const piece of pieces) expect(piece.isWellFormed()).toBe(true);
      }),
    );
  });
});

it('a book of 200,000 letters is cut in a moment, whatever it is made of', async () => {
  for (const piece of ['Сказ пра дом. ', 'ж', '\u200d👩', '.', '&', 'a.', '\u0301']) {
    const book = piece.repeat(200_000 / piece.length);
    const cutting = () => {
      cutAtSentence(book, 1000);
      firstSentence(book, 160);
      cleanText(book);
      expect(inPieces(book, 4000).length).toBeGreaterThan(20);
    };
    expect(await workOf(cutting)).toBeLessThan(3000);
  }
});

it('a line of the lead is its first sentence', () => {
  expect(firstSentence('Г. Прыклад прыехаў у г. Мінск. Потым паехаў.', 100)).toBe(
    'Г. Прыклад прыехаў у г. Мінск.',
  );
  expect(firstSentence('У аг. Калодзішчы згарэў дом. Ніхто не загінуў.', 100)).toBe(
    'У аг. Калодзішчы згарэў дом.',
  );
  expect(firstSentence('Побач з хв. Залессе згарэў дом. Ніхто не загінуў.', 100)).toBe(
    'Побач з хв. Залессе згарэў дом.',
  );
  expect(firstSentence('Што далей? Невядома.', 100)).toBe('Што далей?');
  expect(firstSentence('Адзін сказ без канца', 100)).toBe('Адзін сказ без канца');
});

it('text escaped for Telegram reads as it was', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => visibleText(escapeHtml(text)) === text));
  expect(anchor('https://a.by/?a"b&c<d', 'e<')).toBe('<a href="https://a.by/?a&quot;b&amp;c&lt;d">e&lt;</a>');
});

it.each([
  ['line separators', 'а\u2028б\u2029в\u0085г', 'а б в г'],
  ['half a surrogate pair', 'а\ud83dб', 'а\ufffdб'],
  ['turns of direction', '\u202eабв\u202c', 'абв'],
  ['zalgo', `З${'\u0301'.repeat(50)}`, `З${'\u0301'.repeat(4)}`],
  ['letters in two parts', 'и\u0306у\u0306', 'йў'],
  ['nothing but invisible characters', '\u200b\u00ad \ufeff', ''],
])('cleans %s', (_, text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

it.each([
  ['an address with a query', 'https://news.example/be/news/1/?a=1&b=2', true],
  ['a numeric host', 'http://127.0.0.1:8080/x', true],
  ['a host without a dot', 'http://localhost:8080/x', false],
  ['another protocol', 'ftp://news.example/x', false],
  ['a script', 'javascript:alert(1)', false],
  ['an endless address', `https://news.example/${'x'.repeat(4000)}`, false],
])('whether Telegram keeps %s as a link is known', (_, address, keeps) => {
  expect(isLinkable(address)).toBe(keeps);
});
