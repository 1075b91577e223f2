/**
 * Whether two words whose forms agree may be one word by their written vowels: `порода` and `парад` have one form, but
 * Russian does not write а for о, and Belarusian does so only without stress.
 */

interface Spelled {
  readonly vowels: string;
  /** `ru`, `be`, `any`, or their first letters. */
  readonly tongue: string;
  readonly open: boolean;
}

/** What a Belarusian vowel may be in the Russian form of the same word, besides itself. */
const RUSSIAN_FOR: Readonly<Record<string, string>> = {
  a: 'oeAO',
  o: 'Oe',
  E: 'e',
  3: 'e',
  A: 'eO',
  e: 'AOE',
  O: 'eo',
  i: 'y',
  y: 'ie',
  u: 'U',
  U: 'u',
};

/** Vowels that alternate within Belarusian as the stress moves. */
const ALTERNATE: readonly string[] = ['aoE3', 'eAO'];

export function agree(one: Spelled, other: Spelled): boolean {
  return tongues(one).some((mine) => tongues(other).some((theirs) => agreeAs(one, mine, other, theirs)));
}

function tongues({ tongue }: Spelled): readonly ('b' | 'r')[] {
  const first = tongue.charAt(0);
  return first === 'b' || first === 'r' ? [first] : ['r', 'b'];
}

function agreeAs(one: Spelled, mine: 'b' | 'r', other: Spelled, theirs: 'b' | 'r'): boolean {
  if (mine === 'r' && theirs === 'r') return every(one, other, sameInRussian);
  if (mine === 'b' && theirs === 'b') return agreeInBelarusian(one, other);
  return mine === 'b' ? agreeAcross(one, other) : agreeAcross(other, one);
}

function every(one: Spelled, other: Spelled, same: (a: string, b: string) => boolean): boolean {
  for (let at = 0; at < one.vowels.length; at += 1) {
    if (!same(one.vowels.charAt(at), other.vowels.charAt(at))) return false;
  }
  return true;
}

/** ё is often written е. */
const sameInRussian = (a: string, b: string): boolean =>
  a === b || `${a}${b}` === 'eO' || `${a}${b}` === 'Oe';

function agreeInBelarusian(one: Spelled, other: Spelled): boolean {
  const alike = every(
    one,
    other,
    (a, b) => a === b || ALTERNATE.some((row) => row.includes(a) && row.includes(b)),
  );
  return alike && hasStress(one, other) && hasStress(other, one);
}

/** Without an ending some vowel of the stem has the stress and is written as it sounds: год is not гад. */
function hasStress(one: Spelled, other: Spelled): boolean {
  if (one.open || one.vowels === '') return true;
  return Array.from(one.vowels).some((vowel, at) => {
    const theirs = other.vowels.charAt(at);
    return (
      vowel === theirs || (theirs === 'a' && 'oE'.includes(vowel)) || (theirs === 'A' && 'eO'.includes(vowel))
    );
  });
}

function agreeAcross(belarusian: Spelled, russian: Spelled): boolean {
  // A single э that Russian need not write is not its е: мэр, мера.
  if (belarusian.vowels === '3' && russian.vowels !== '3') return false;
  const may = every(belarusian, russian, (be, ru) => be === ru || (RUSSIAN_FOR[be] ?? '').includes(ru));
  // Without an ending one vowel of the stem has the stress, and there Belarusian does not write а for о.
  const stressed = (vowel: string, at: number): boolean => vowel !== 'a' || russian.vowels.charAt(at) !== 'o';
  return may && (belarusian.open || belarusian.vowels === '' || Array.from(belarusian.vowels).some(stressed));
}
