/**
 * Whether two words whose forms agree may be one word by the letters that they were written with: `порода` and `парад`
 * have one form, but Russian does not write а for о, and Belarusian does so only without stress; `граница` and `гранит`
 * have one form, but only a soft ц may be a т.
 */

import { lettersOf } from './letters.ts';

interface Spelled {
  /** See `Reading.marks`, those of the stem. */
  readonly marks: string;
  /** Begins with `r`, `b` or, for either, `a`. */
  readonly tongue: string;
  /** The ending has a vowel, so the stress may stand there. */
  readonly open: boolean;
}

/** Marks that may stand for one another in forms of one Belarusian word, as stress and softness change. */
const IN_BELARUSIAN = ['aoE3', 'eAO', 'tTsZ', 'csZ'] as const;

/** Russian letters with variants: ё is often written е. */
const IN_RUSSIAN = ['eO', 'ts', 'cTsZ'] as const;

/** Letters that vary in the cases of a town: Брэст, у Брэсце. */
const IN_TOWNS = ['eO', 'tTsZ', 'cTsZ'] as const;

/** Letters of the Russian form of a word where the Belarusian one has the key, besides the key itself. */
const RUSSIAN_FOR = lettersOf(
  'a:oeAO o:Oe E:e 3:e A:eO e:AOE O:eo i:y y:ie u:U U:u t:s T:tsZ c:TsZ s:tcTZ Z:cT',
);

export function agree(one: Spelled, other: Spelled): boolean {
  return tongues(one).some((mine) => tongues(other).some((theirs) => agreeAs(one, mine, other, theirs)));
}

/** Whether two words without endings agree: in one language they are written alike. */
export const agreeWhole = (one: Spelled, other: Spelled): boolean =>
  tongues(one).some((mine) =>
    tongues(other).some((theirs) =>
      mine === theirs ? isWrittenSame(one.marks, other.marks) : agreeAs(one, mine, other, theirs),
    ),
  );

/** Whether two words agree that both are of one language and no vowel changes: names of towns. */
export const agreeAtHome = (one: Spelled, other: Spelled): boolean =>
  tongues(one).some((mine) => tongues(other).includes(mine)) && every(one, other, within(IN_TOWNS));

/** Whether the marks of a stem begin a word unchanged, but for ё written е. */
const isWrittenSame = (stem: string, word: string): boolean =>
  word.replaceAll('O', 'e').startsWith(stem.replaceAll('O', 'e'));

function tongues({ tongue }: Spelled): readonly ('b' | 'r')[] {
  const first = tongue.charAt(0);
  return first === 'b' || first === 'r' ? [first] : ['r', 'b'];
}

function agreeAs(one: Spelled, mine: 'b' | 'r', other: Spelled, theirs: 'b' | 'r'): boolean {
  if (mine === 'r' && theirs === 'r') return every(one, other, within(IN_RUSSIAN));
  if (mine === 'b' && theirs === 'b') {
    return every(one, other, within(IN_BELARUSIAN)) && hasStress(one, other) && hasStress(other, one);
  }
  return mine === 'b' ? agreeAcross(one, other) : agreeAcross(other, one);
}

function every(one: Spelled, other: Spelled, same: (a: string, b: string) => boolean): boolean {
  for (let at = 0; at < one.marks.length; at += 1) {
    const a = one.marks.charAt(at);
    const b = other.marks.charAt(at);
    if (a !== b && !same(a, b)) return false;
  }
  return true;
}

const within =
  (rows: readonly string[]) =>
  (a: string, b: string): boolean =>
    rows.some((row) => row.includes(a) && row.includes(b));

/** Without an ending some vowel of the stem has the stress and is written as it sounds: год is not гад. */
function hasStress(one: Spelled, other: Spelled): boolean {
  return mayBeStressed(one, (vowel, at) => {
    const theirs = other.marks.charAt(at);
    return (
      vowel === theirs || (theirs === 'a' && 'oE'.includes(vowel)) || (theirs === 'A' && 'eO'.includes(vowel))
    );
  });
}

function mayBeStressed(spelled: Spelled, stressed: (vowel: string, at: number) => boolean): boolean {
  if (spelled.open || !/[aeiou]/iu.test(spelled.marks)) return true;
  return Array.from(spelled.marks).some((mark, at) => !'tTcsZj'.includes(mark) && stressed(mark, at));
}

function agreeAcross(belarusian: Spelled, russian: Spelled): boolean {
  // A single э that Russian need not write is not its е: мэр, мера.
  if (belarusian.marks === '3' && russian.marks !== '3') return false;
  return (
    every(belarusian, russian, (be, ru) => (RUSSIAN_FOR[be] ?? '').includes(ru)) &&
    mayBeStressed(belarusian, (vowel, at) => vowel !== 'a' || russian.marks.charAt(at) !== 'o')
  );
}
