/** Names of months and days of the week, from ICU's own tables, in any case and with or without accents. */
import { fold } from './text.ts';

const LANGUAGES = ['be', 'ru', 'uk', 'pl', 'en', 'de', 'fr', 'es', 'pt', 'lt', 'lv'];
/** Łacinka and the classical writing, which ICU does not know: nominative and genitive, January to December. */
const BELARUSIAN = [
  ['studzień', 'studzienia'],
  ['luty', 'lutaha', 'лютый'],
  ['sakavik', 'sakavika'],
  ['krasavik', 'krasavika'],
  ['travień', 'traŭnia', 'травень', 'траўня', 'май', 'мая', 'маі'],
  ['červień', 'červienia', 'чэрвень', 'чэрвеня'],
  ['lipień', 'lipienia'],
  ['žnivień', 'žniŭnia', 'жн'],
  ['vierasień', 'vieraśnia', 'верасьня'],
  ['kastryčnik', 'kastryčnika'],
  ['listapad', 'listapada'],
  ['śniežań', 'śniežnia', 'сьнежань', 'сьнежня'],
];

/** Every form of one field at each of `moments`, in all languages. */
const formsOf = (field: 'month' | 'weekday', moments: readonly number[]): ReadonlySet<string>[] => {
  const formats = LANGUAGES.flatMap((language) =>
    (['long', 'short'] as const).flatMap((width) =>
      [{}, { day: 'numeric' } as const].map(
        (beside) => new Intl.DateTimeFormat(language, { [field]: width, ...beside, timeZone: 'UTC' }),
      ),
    ),
  );
  return moments.map(
    (moment) =>
      new Set(
        formats
          .flatMap((format) => format.formatToParts(moment).filter(({ type }) => type === field))
          .map(({ value }) => fold(value))
          .filter((name) => field === 'weekday' || /\p{L}{3}/u.test(name)),
      ),
  );
};

interface Names {
  readonly months: readonly ReadonlySet<string>[];
  readonly weekdays: readonly ReadonlySet<string>[];
}

/** Made when the first date is read: it takes some tens of milliseconds. */
let made: Names | undefined;
const names = (): Names =>
  (made ??= {
    months: formsOf(
      'month',
      BELARUSIAN.map((_, month) => Date.UTC(2026, month, 15)),
    ).map((forms, month) => new Set([...forms, ...(BELARUSIAN[month] ?? []).map(fold)])),
    weekdays: formsOf(
      'weekday',
      [1, 2, 3, 4, 5, 6, 7].map((day) => Date.UTC(2026, 5, day)),
    ),
  });

/** Letters that are enough to know another case of a name by. */
const STEM = 5;

/** Latin letters that look like Cyrillic ones, as they are typed within Cyrillic words. */
const LATIN = 'aceiopxy';
const CYRILLIC = 'асеіорху';

/** A name, folded, in one script. */
function foldedName(name: string): string {
  const folded = fold(name);
  if (!/\p{Script=Cyrillic}/u.test(folded)) return folded;
  return folded.replace(/[a-z]/g, (letter) => CYRILLIC[LATIN.indexOf(letter)] ?? letter);
}

/**
 * Number of a month from 1, by its name: whole, shortened to three letters or more, or in another case. Undefined where
 * it is none, or could be two.
 */
export function monthNumber(name: string): number | undefined {
  const folded = foldedName(name);
  if (folded.length < 2) return undefined;
  if (folded.length < 3) return only((forms) => forms.has(folded));
  return (
    only((forms) => forms.has(folded)) ??
    only((forms) => [...forms].some((each) => each.startsWith(folded))) ??
    (folded.length < STEM
      ? undefined
      : only((forms) => [...forms].some((each) => each.startsWith(folded.slice(0, STEM)))))
  );
}

/** Number of a day of the week from 1, Monday, by its name or a usual short one; undefined where it is none, or could be two. */
export const weekdayNumber = (name: string): number | undefined =>
  only((forms) => forms.has(fold(name)), names().weekdays);

function only(
  isIt: (forms: ReadonlySet<string>) => boolean,
  all: Names['months'] = names().months,
): number | undefined {
  const found = all.flatMap((forms, index) => (isIt(forms) ? [index + 1] : []));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a word belongs to a date rather than to its time zone. */
export const isOfDate = (word: string): boolean =>
  names().weekdays.some((forms) => forms.has(fold(word))) || monthNumber(word) !== undefined;
