/**
 * Endings that may follow a stem, in the letters of `letters.ts`, so that one table serves Russian, Belarusian and both in
 * Latin letters; and which stems a word that a reader typed may have.
 */

const NOUN = ' a e i u y am em im ax ex ix ami emi imi mi ay ey au eu av ev'.split(' ');
const ADJECTIVE = 'i iy ay ey ae ee ie aha eha amu emu im ix imi am em uu eu au'.split(' ');
const RELATION = 'sk ysk avsk evsk'.split(' ');
const VERB =
  'at it et ut al ala ali ila ili il ay iv av an ana ani en ena eni anie ane enie ene ania ene aniy anae'.split(
    ' ',
  );

/** Ends in a too where it is the first half of a word with a hyphen: украинско-российский. */
const relational = RELATION.flatMap((suffix) => [...ADJECTIVE, 'a'].map((ending) => suffix + ending));

export const ENDINGS = {
  /** Nothing but the word itself. */
  exact: new Set(['']),
  noun: new Set([...NOUN, ...relational]),
  /** A word in -а: without what only masculine names have (Вадим is not of вода). */
  motherly: new Set([...NOUN, ...relational].filter((ending) => !['im', 'ex', 'ix'].includes(ending))),
  /** A short noun in -а (Лука, Лида): without the endings that would be another word's (лук, луком). */
  feminine: new Set('a e i u ay ey au ax ami am'.split(' ')),
  adjective: new Set(ADJECTIVE),
  /** A place in -ск, -цк is noun and adjective in one: Минск, минский. */
  place: new Set([...NOUN, ...ADJECTIVE]),
  /** A surname in -ская: without what only his has (Тихановский). */
  hers: new Set('ae ay uu au ie ix imi'.split(' ')),
  /** -ы may end a plural, a Belarusian adjective, and what places have in the locative. */
  either: new Set([...NOUN, ...ADJECTIVE, ...relational]),
  /** An ending must follow: the last vowel of the stem fell out (отец, отца), or a name in -ой (Москвой). */
  inflected: new Set([...NOUN, ...relational].filter((ending) => ending !== '')),
  /** Origins of a short genitive plural in -ей (детей, рублей; сергей not from серьга). */
  softened: new Set(' e i u ey am em ax ex ami emi mi'.split(' ')),
  /** Where -ей has become -ь-: воробей, воробья, вераб’і. */
  winged: new Set('e i u ey em ex ax am emi ami'.split(' ')),
  /** After a stem in -т or -с the suffix -ск loses its с: брестский, беларускі. */
  joined: new Set(ADJECTIVE.map((ending) => `k${ending}`)),
  soft: new Set(['i', 'e', 'a']),
  verb: new Set(VERB),
  /** A name of one number, with its last vowel cut (Вілейка, Гродна) or without one (Быхаў, Лепель). */
  ended: new Set('a e i u ay ey am em'.split(' ')),
  single: new Set(' a e i u ay ey am em im'.split(' ')),
  /** After a vowel has fallen out: Астравец, Астраўца. */
  fallen: new Set('a e i u am em'.split(' ')),
  /** Горкі, Баранавічы: nothing of the singular (горка). */
  plural: new Set(' i am em ax ex ami emi av ev ay ey'.split(' ')),
  /** Глыбокае: nothing of the other genders. */
  neuter: new Set('ae ee aha eha amu emu im am em'.split(' ')),
  /** An adjective, also as the first half of a word with a hyphen: гомельско-черниговский. */
  relational: new Set([...ADJECTIVE, 'a']),
  /** Мінчане, мінчанін, мінчанка. */
  people: new Set(' e am em ax ami in ina inu inam ine ini k ka ki ku kay ke kam kami kax ak ti'.split(' ')),
  /** Small letters after an abbreviation: МИДа, ОМОНом. */
  declined: new Set(' a e i u am em av ev ax ami'.split(' ')),
} as const;

export type EndingKind = keyof typeof ENDINGS;

export interface Stem {
  readonly stem: string;
  readonly endings: EndingKind;
  /** Only for words written without a capital: a plural or verb that a name must not be taken for. */
  readonly common?: true;
}

const ends = (form: string, ...endings: string[]): string | undefined =>
  endings.find((ending) => form.endsWith(ending) && form.length > ending.length);

/** The stems that `form` may have, likeliest first. `name`: the reader wrote it with a capital. */
export function stemsOf(form: string, name: boolean): readonly Stem[] {
  if (form.length <= 2) return [{ stem: form, endings: 'exact' }];
  const nouns = nominal(form, name);
  const found = [
    ...nouns,
    ...nouns.flatMap(({ stem }) => relatedTo(stem, name)),
    ...(name ? [] : verbal(form)),
  ];
  return found.flatMap((stem) => [stem, ...alternations(stem, form, name)]);
}

/** Stems of surnames in -ов, -ев, -ин. */
export const SURNAME = /(?:[ae]v|in)$/u;

function nominal(form: string, name: boolean): Stem[] {
  const stems: Stem[] = [];
  const add = (stem: string, endings: EndingKind, least: number, common = false): void => {
    if (stem.length < least) return;
    const kind = endings !== 'exact' && /(?:s|t)k$/u.test(stem) && stem.length >= 4 ? 'place' : endings;
    stems.push(common ? { stem, endings: kind, common: true } : { stem, endings: kind });
  };
  const addPlural = (ending: string, stem: string): void => {
    if (ending === 'ey' && stem.length < 5) return name ? undefined : add(stem, 'softened', 3, true);
    if (ending === 'ey') return add(stem, 'either', name ? 6 : 5, !name);
    if (ending === 'ay') return add(stem, name ? 'inflected' : 'either', 4);
    return add(stem, 'noun', 4);
  };
  const adjective = ends(form, 'aha', 'eha', 'amu', 'emu', 'imi', 'ae', 'ee', 'ie', 'iy', 'im', 'ix', 'uu');
  if (adjective !== undefined) {
    const stem = form.slice(0, -adjective.length);
    const related = /(?:s|t)k$/u.test(stem);
    if (related && name && adjective === 'ae' && stem.length >= 6) return [{ stem, endings: 'hers' }];
    // Surnames in -аў, -ін take an adjective's instrumental: Пуціным, Быкавым.
    add(stem, SURNAME.test(stem) ? 'noun' : 'adjective', leastBefore(adjective, related, name));
    if (related) return stems;
  }
  const plural = ends(form, 'ami', 'emi', 'am', 'em', 'ax', 'ex', 'ay', 'ey', 'dmi', 'tmi');
  if (plural?.endsWith('tmi') || plural?.endsWith('dmi')) add(form.slice(0, -2), 'noun', 3);
  else if (plural !== undefined) addPlural(plural, form.slice(0, -plural.length));
  // Барановичей, Баранавічаў; but Борисов is not of Борис, nor лавров of Лавров.
  if (ends(form, 'cav') !== undefined) add(form.slice(0, -2), 'noun', 5);
  else if (!name && ends(form, 'av', 'ev') !== undefined) add(form.slice(0, -2), 'noun', 5, true);
  // Воробей, соловей, муравей; not Матвей.
  if (/[^t][bvp]ey$/u.test(form)) add(form.slice(0, -2), 'winged', 5);
  const last = form.at(-1) ?? '';
  const stem = form.slice(0, -1);
  if (last === 'a')
    add(
      stem,
      stem.length <= (name ? 3 : 2) ? 'feminine' : name || SURNAME.test(stem) ? 'noun' : 'motherly',
      2,
    );
  else if (stem.length === 2 && 'eiu'.includes(last)) add(stem, 'feminine', 2);
  else if (last === 'i') add(stem, 'either', 3);
  else if ('eu'.includes(last)) add(stem, 'noun', 3);
  // In Latin letters -y is -ий: Valery, Валерий. Of a word something is left: калий is not калі.
  else if (last === 'y') add(stem, name ? 'noun' : 'inflected', 3);
  else add(form, 'noun', 3);
  if (stems.length === 0) stems.push({ stem: form, endings: 'exact' });
  return stems;
}

/** Letters that a stem has before the ending of an adjective, at least. */
function leastBefore(ending: string, isRelated: boolean, name: boolean): number {
  if (isRelated) return 3;
  if (ending === 'ie' && name) return Number.POSITIVE_INFINITY;
  if (/^(?:ae|ee|iy|uu)$/u.test(ending)) return 3;
  return name ? 4 : 5;
}

/** Surnames in -ск of which the part before is another word. */
const WHOLE = new Set('zelensk sikarsk hrabavsk kavalevsk'.split(' '));

/** лукашенковский asks for Лукашенко too, украинский for Украина; Петровский not for Петров. */
function relatedTo(stem: string, name: boolean): Stem[] {
  const family = /^(.{4,}nk)avsk$/u.exec(stem)?.[1];
  if (family !== undefined) return [{ stem: family, endings: 'noun' }];
  const base = stem.replace(/y?sk$/u, '');
  if (name || base === stem || base.length < 5 || /(?:[ae]v|in)$/u.test(base) || WHOLE.has(stem)) return [];
  return [{ stem: base, endings: 'noun' }];
}

function verbal(form: string): Stem[] {
  const ending = VERB.toSorted((a, b) => b.length - a.length).find((verb) => form.endsWith(verb));
  const stem = ending === undefined ? '' : form.slice(0, -ending.length);
  return stem.length >= 5 ? [{ stem, endings: 'verb', common: true }] : [];
}

function alternations({ stem, endings }: Stem, form: string, name: boolean): Stem[] {
  if (endings === 'exact' || endings === 'verb') return [];
  const others: Stem[] = [];
  const body = stem.slice(0, -1);
  if (stem.length >= 5) {
    if (/[stk]$/u.test(stem) && /^(?:noun|motherly|either|inflected)$/u.test(endings))
      others.push({ stem, endings: 'joined' });
    const softened = { k: 't', h: 'z', x: 's' }[stem.at(-1) ?? ''];
    if (softened !== undefined && stem !== form) others.push({ stem: body + softened, endings: 'soft' });
  }
  const fallen = /^(.+[bvhdjzklmnprstfxcw])[ae]([klmnrt])$/u.exec(stem);
  if (fallen && stem.length >= 4) others.push({ stem: `${fallen[1]}${fallen[2]}`, endings: 'inflected' });
  // Заяц, зайца; боец, бойца.
  const afterVowel = /^(.*[aeiu])([aey])t$/u.exec(stem);
  if (afterVowel?.[2] === 'y') others.push({ stem: `${afterVowel[1]}et`, endings: 'exact' });
  else if (afterVowel && stem.length >= 4) others.push({ stem: `${afterVowel[1]}yt`, endings: 'inflected' });
  // Азаренко is not Азарёнок.
  const isFamily = name && /[ae]nk$/u.test(stem);
  if (!isFamily && /(?:[bvhdjzklmnprstfxcw][knlrm]|[nvrl]t)$/u.test(stem)) {
    for (const vowel of 'ae') others.push({ stem: body + vowel + stem.slice(-1), endings: 'exact' });
  }
  return others;
}
