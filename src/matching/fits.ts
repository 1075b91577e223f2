/** Whether a way of a reader's word stands in a term of a text. */

import { CAPITAL, INITIAL, LEADING, MIXED, SHOUTED, SMALL, SPEAKING, UNKNOWN } from './terms.ts';
import { SURNAME } from './endings.ts';
import { readCyrillic } from './letters.ts';
import { SECOND_PARTS } from './names.ts';
import { agree, agreeAtHome, agreeWhole } from './spelling.ts';
import { countMarks, hasVowel, type Way } from './ways.ts';

/** A term taken apart. */
export interface Term {
  readonly form: string;
  /** As in `terms.ts`. */
  readonly capital: number;
  /** As in `terms.ts`; empty for a plain word. */
  readonly tongue: string;
  readonly marks: string;
  /** As in `terms.ts`; undefined: not known. */
  readonly places: string | undefined;
}

export function termFrom(text: string): Term {
  const at = text.lastIndexOf('@');
  const places = at < 0 ? undefined : text.slice(at + 1);
  const term = at < 0 ? text : text.slice(0, at);
  const dot = term.indexOf('.');
  if (dot < 0) return { form: term, capital: UNKNOWN, tongue: '', marks: '', places };
  return {
    form: term.slice(0, dot),
    tongue: term.charAt(dot + 1),
    capital: Number(term.charAt(dot + 2)),
    marks: term.slice(dot + 3),
    places,
  };
}

/** Whether a term that begins with the stem of `way` is a form of it. */
export function fits(way: Way, term: Term): boolean {
  const ending = term.form.slice(way.stem.length);
  if (way.endings !== undefined && !way.endings.has(ending) && !isCompound(way, ending)) return false;
  if (way.abbreviation) return isCapitalised(way, ending, term) && isWrittenAlike(way, term, true);
  const named = term.capital !== SMALL && term.capital !== UNKNOWN;
  if (way.latin && term.tongue === 'l' && !named && way.stem.length < 6 && !way.stem.startsWith('='))
    return false;
  if (way.common && (way.name ? named : named && !opens(term))) return false;
  if (way.name && !isName(way, ending, term) && !isRelational(way, ending)) return false;
  if (named && !nameMayEnd(way, ending, term)) return false;
  return isWrittenAlike(way, term, named);
}

/** Its capital is that of its sentence. */
const opens = ({ capital }: Term): boolean =>
  capital === INITIAL || capital === LEADING || capital === SPEAKING;

/** Written as a name is; one that is a word as well needs more than the capital of its sentence. */
function isName(way: Way, ending: string, { capital, tongue }: Term): boolean {
  if (capital === SMALL) return false;
  // A word of Cyrillic is none in English: Viasna lists prisoners.
  const wordToo = tongue === 'l' && way.written !== undefined ? undefined : way.wordToo;
  if (capital === INITIAL) return wordToo === undefined && !isPlural(way, ending);
  if (capital === LEADING) return wordToo !== 'other' && !isPlural(way, ending);
  return true;
}

/** A name that ends in a consonant has no plural: Лидеры opens a sentence about leaders. A family has one (Ивановы). */
const isPlural = ({ stem, written, kind, place }: Way, ending: string): boolean =>
  ending === 'i' && kind === 'noun' && !place && written?.open === false && !SURNAME.test(stem);

let secondParts: RegExp | undefined;

/** газопровод for газ, нефтепродукты for нефть. */
function isCompound({ kind, name }: Way, ending: string): boolean {
  if (name || ending.length < 4 || !NOUNS.has(kind)) return false;
  secondParts ??= new RegExp(
    `^[ae](?:${SECOND_PARTS.map((part) => readCyrillic(part, 'any').form).join('|')})`,
    'u',
  );
  return secondParts.test(ending);
}

const NOUNS: ReadonlySet<string> = new Set(['noun', 'motherly', 'feminine', 'either']);

/** An abbreviation has its capitals, and small letters after them; a long one is sometimes written as a name: Nato. */
function isCapitalised({ stem }: Way, ending: string, { capital }: Term): boolean {
  if (capital === MIXED || (capital === UNKNOWN && !stem.startsWith('='))) return true;
  return ending === '' && (capital === SHOUTED || (capital === CAPITAL && stem.length >= 5));
}

/** An adjective in -ск: минский, лукашенковский. */
function isRelational({ stem, relational, place, kind }: Way, ending: string): boolean {
  if (relational || /[sk]k/u.test(ending) || (kind === 'joined' && ending !== '')) return true;
  return (
    place && (kind === 'place' || kind === 'hers') && /[st]k$/u.test(stem) && ADJECTIVE_AFTER_SK.has(ending)
  );
}

/** Endings behind -ск of an adjective; а, у, е follow that of the town as well, and their small letters do no harm. */
const ADJECTIVE_AFTER_SK = new Set('i iy ay ae aha amu im ix imi am uu a'.split(' '));

function isWrittenAlike({ written, kind, stem }: Way, term: Term, named: boolean): boolean {
  if (written === undefined || term.marks === '') return true;
  const count = written.marks.length;
  // A text may quote a name as the other language writes it.
  const tongue = named && isGuessed(term.tongue) ? 'any' : term.tongue.toLowerCase();
  const other = { marks: term.marks.slice(0, count), open: hasVowel(term.marks.slice(count)), tongue };
  if (isAnotherName(stem, written.marks, other.marks)) return false;
  // Клецк is not клетка.
  if (stem.endsWith('tk') && written.marks.endsWith('s') !== other.marks.endsWith('s')) return false;
  // Столін is not Сталін, though Russian has an о where Belarusian may have an а.
  if (written.fixed) return agreeAtHome(written, other);
  // An unchanging word does not change its vowels either: НАТО is not нота.
  return kind === 'exact' ? agreeWhole(written, other) : agree(written, other);
}

/** Азаренко is not Азарёнка, nor Азаранка Азаронка: those are the genitive of Азарёнок, Азаронак. */
function isAnotherName(stem: string, marks: string, others: string): boolean {
  if (!/[ae]nk$/u.test(stem) || countMarks(stem) !== marks.length) return false;
  const stressed = (mark: string): boolean => mark === 'o' || mark === 'O';
  return stressed(marks.at(-1) ?? '') !== stressed(others.at(-1) ?? '');
}

const isGuessed = (tongue: string): boolean => tongue !== tongue.toLowerCase();

/** Endings that make another name of a name: Иван, Иванов; Петров, Петровский. Towns do have theirs. */
function nameMayEnd(way: Way, ending: string, term: Term): boolean {
  if (ending === '' || way.kind === 'english' || way.kind === 'open') return true;
  if (ending === 'av' || ending === 'ev') return way.plural || (opens(term) && !way.name);
  if (ending.startsWith('avsk') || ending.startsWith('evsk')) return way.stem.endsWith('nk');
  return !(ending.startsWith('sk') && /(?:[ae]v|in)$/u.test(way.stem)) || way.place;
}
