/**
 * Belarusian in the classical spelling, which readers type and the newsroom does not: сьнег, плян, сыстэма, Эўропа. A soft
 * sign before a soft consonant leaves nothing in a word's sound; the rest is turned into the official spelling here.
 */

/** Roots of loanwords whose л is soft in the classical spelling alone. In others it is soft in both: клён, салёны, лёгка. */
const SOFT_L =
  /плян|кляс(?!ц)|рэклям|парлям|плят|балян|глябал|ляўрэ|лягер|лямп|плякат|салят|шакаляд|калёр|калён(?!к)|далёр|дыплём|салён(?=$|[еу]$|а[мўх])|флёт|блёк|бл[её]г|(?<=[аоуэыіеёюя])лёг|лёгі|клюб/u;

const HARD: Readonly<Record<string, string>> = { я: 'а', ё: 'о', ю: 'у' };

/** Words of Greek with another sound: кафедра, Афіны, арыфметыка. */
const GREEK: readonly (readonly [classical: RegExp, official: string])[] = [
  [/^катэдр/u, 'кафедр'],
  [/^атэн/u, 'афін'],
  [/^арытмэт/u, 'арыфмет'],
];

const VOWEL = /[аоуэыіеёюя]/gu;

/** Words whose stem has one vowel: too short to tell the spelling of one from another word (мэр, мера; сын, сіні). */
const isShort = (word: string): boolean =>
  word.startsWith('мэр') || ((word.slice(0, -1).match(VOWEL) ?? []).length < 2 && !word.startsWith('эў'));

/** A word in lower case in the official spelling; where it tells of no other, itself. */
export function officially(word: string): string {
  const greek = GREEK.find(([classical]) => classical.test(word));
  if (greek) return word.replace(...greek);
  const hard = word.replace(SOFT_L, (root) =>
    root.replace(/(?<=л)[яёю]/u, (letter) => HARD[letter] ?? letter),
  );
  if (isShort(hard)) return hard;
  return (
    hard
      .replace(/(?<=[бвгзклмнпсф])э/gu, 'е')
      .replace(/^эў/u, 'еў')
      // Not of высылка, пасылка: высілкі is a word too.
      .replace(/(?<=[зс])ы(?!л)(?=[бвгдзклмнпрстхцчш])/gu, 'і')
      .replace(/(?<=[тд])(?<!^тат|^літ)ар$/u, 'р')
  );
}
