/** Bytes of no known encoding: Cyrillic letters stand in words of their own, and in pairs that no other text makes by chance. */

/** Pairs of letters that make half of any text in Belarusian, Russian or Ukrainian. */
const PAIRS: ReadonlySet<string> = new Set(
  (
    'по ст ен ро но то ов де ни на те ка ра ли ко ла ре от во го ва ор ет та об ал не ер пр ть ль ос ле ил ан за ат ел ом ' +
    'со ны ог ск да ес ас ем ав ин ол ма мо тр ме ло ис ри ди ки ви ой се ру аз из он ар ед ся ей им ие ку ад бо ам па ры ' +
    'ыя аў ца ць дз ці ні га аб ік ыц ын ым ых ай ня кі ві ду'
  ).split(' '),
);
/** Share of such pairs in a Cyrillic text: half and more. Greek or Hebrew read as one has a third at most. */
const LEAST_SHARE = 0.42;
/** Pairs from which on the share says something of the whole, and those that tell two Cyrillic encodings apart. */
const FEW_PAIRS = 30;
/** Bytes that are looked at. */
const LOOKED_AT = 200_000;

/** `isWestern`: the document says so itself, and only a text that is plainly Cyrillic is taken for one. */
export function guess(bytes: Uint8Array, isWestern: boolean): string {
  const words = highWords(bytes.subarray(0, LOOKED_AT));
  if (!words.length) return 'windows-1252';
  const usual = pairsIn(words, 'windows-1251');
  if (usual.share > LEAST_SHARE) return 'windows-1251';
  const other = OTHERS.find((charset) => {
    const { all, share } = pairsIn(words, charset);
    return all >= FEW_PAIRS && share > LEAST_SHARE;
  });
  return other ?? (!isWestern && usual.all < FEW_PAIRS ? 'windows-1251' : 'windows-1252');
}

/** Encodings of one byte a letter that programs name by mistake; in others no letter can be told from half of one. */
const SINGLE = /^(?:windows-125\d|iso-8859-|koi8-|ibm866$|macintosh$|x-mac-)/;

/** The encoding that a document names; another one where it is Cyrillic text in that and none in its own. */
export function believed(bytes: Uint8Array, said: string): string {
  const words = SINGLE.test(said) ? highWords(bytes.subarray(0, LOOKED_AT)) : new Uint8Array();
  if (!words.length) return said;
  const own = pairsIn(words, said);
  const [best] = (['windows-1251', ...OTHERS] as const)
    .map((charset) => ({ charset, ...pairsIn(words, charset) }))
    .filter(({ all, share }) => all >= FEW_PAIRS && share > LEAST_SHARE)
    // Where half of the letters are frames and signs, the rest makes usual pairs by chance.
    .filter(({ all }) => own.share <= LEAST_SHARE || own.all < all / 2)
    .toSorted((a, b) => b.share - a.share);
  return best?.charset ?? said;
}

/** Encodings of older machines. */
const OTHERS = ['koi8-u', 'ibm866', 'iso-8859-5'] as const;

const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);

/** The words of high bytes alone, a blank behind each; none where more of these bytes stand among Latin letters. */
function highWords(bytes: Uint8Array): Uint8Array {
  const words: number[] = [];
  let mixed = 0;
  for (let from = 0; from < bytes.length; from++) {
    let [to, high, latin] = [from, 0, 0];
    for (let byte = bytes[to] ?? 0; byte >= 0x80 || isLetter(byte); byte = bytes[++to] ?? 0)
      if (byte >= 0x80) high++;
      else latin++;
    if (latin) mixed += high;
    else if (high > 1) for (let at = from; at <= to; at++) words.push(at < to ? (bytes[at] ?? 0) : 0x20);
    from = to;
  }
  return words.length > 2 * mixed ? Uint8Array.from(words) : new Uint8Array();
}

interface Pairs {
  readonly all: number;
  /** Of those that are usual, 0-1. */
  readonly share: number;
}

function pairsIn(words: Uint8Array, charset: string): Pairs {
  const text = new TextDecoder(charset).decode(words).toLowerCase();
  let [all, usual] = [0, 0];
  for (const [word] of text.matchAll(/\p{L}{2,}/gu))
    for (let at = 0; at + 1 < word.length; at++) {
      all++;
      if (PAIRS.has(word.slice(at, at + 2))) usual++;
    }
  return { all, share: all ? usual / all : 0 };
}
