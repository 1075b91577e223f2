/** Words that end in a dot inside a sentence. */

/** Lower case; a single capital before a dot is an initial. */
const ABBREVIATIONS = new Set(
  (
    'г гг в вв ст стст с стар ч арт п пп гл рэд ред вул ул пр пл зав пер бул буд д кв р-н обл вобл гор пас ' +
    'праф проф дац доц акад канд д-р др інш і.г т.п т.д т.е г.зн гл ім им тыс млн млрд трлн руб коп цыт цит ' +
    'напр напрыклад нап см гл мін мин сек гадз кг км тэл тел аг агр р воз оз пос дер вёс мкр св гр ген бульв ' +
    'просп наб мл т.ч т.зв т.н г.п наз пр-т о n no nr st mr mrs ms dr prof rev hon gen col lt sgt capt sen rep gov ' +
    'pres vs v etc approx maj adm fr art e.g i.e u.s u.k a.m p.m inc ltd co corp jan feb mar apr jun jul aug sep sept ' +
    'oct nov dec студз лют крас чэрв ліп жн кастр ліст снеж янв февр апр авг сент окт нояб дек'
  ).split(' '),
);

/** Of them those that also end a sentence. */
const LAST = new Set(
  'г гг в вв руб коп тыс млн млрд трлн т.п т.д др інш і.г мін мин сек гадз кг км etc u.s u.k a.m p.m inc ltd co corp'.split(
    ' ',
  ),
);

/** The word before the dot at `dot`. */
const wordBefore = (text: string, dot: number): string =>
  /[\p{L}\p{N}.-]*$/u.exec(text.slice(Math.max(0, dot - 20), dot))?.[0] ?? '';

/** Whether the dot at `dot` belongs to what stands before it: a spaced ellipsis (`. . .`), an initial, an abbreviation. */
export function isAbbreviation(text: string, dot: number): boolean {
  const word = wordBefore(text, dot);
  return (
    /^$|\s$/.test(text.slice(0, dot)) ||
    /(^|[.-])\p{Lu}$/u.test(word) ||
    ABBREVIATIONS.has(word.toLowerCase())
  );
}

/** Whether it may end a sentence nevertheless, as after more than a few words (прыйшоў у 2022 г.). */
export const mayEnd = (text: string, dot: number): boolean => LAST.has(wordBefore(text, dot).toLowerCase());
