/** Words that make a story urgent, where they stand as a mark and not as a word of the headline. */
import { fold } from './text.ts';

/** Signs before a mark that say the same as punctuation behind it. */
const SIGNAL = /[⚡🚨❗‼#]/u;
/** A mark may call itself news: `Urgent news:`; "breaking news" is said of nothing else. */
const NEWS = /^\s+(?:news|навіна|навіны|новость|новости|новина)(?!\p{L})/iu;
const BREAKING_NEWS = /^breaking news(?!\p{L})/iu;
/** Punctuation that parts a mark from the headline. */
const APART = /^["»”'’)\]]*\s*(?:[:!.…|—–]|[-/]\s|$)/u;

/** A mark at the start of the headline with punctuation of its own, in brackets anywhere in it, or as a rubric. */
export function isUrgent(headline: string, rubrics: readonly string[], marks: readonly string[]): boolean {
  const bracketed = [...headline.matchAll(/[[(]([^\])]{2,40})[\])]/g)].map(([, inside = '']) => inside);
  return (
    marks.some((mark) => fold(mark) !== '' && opens(headline, mark)) ||
    [...rubrics, ...bracketed].some((text) => isUrgentMark(text, marks))
  );
}

export const isUrgentMark = (text: string, marks: readonly string[]): boolean =>
  marks.some((mark) => fold(mark) !== '' && fold(mark) === fold(text));

function opens(headline: string, mark: string): boolean {
  const [before = ''] = /^[^\p{L}\p{N}]*/u.exec(headline) ?? [];
  const start = headline.slice(before.length);
  const [words = ''] =
    new RegExp(`^(?:[\\p{L}\\p{M}\\p{N}'’ʼ]+\\s*){${fold(mark).split(' ').length}}`, 'u').exec(start) ?? [];
  const named = words.trimEnd();
  if (fold(named) !== fold(mark)) return false;
  const rest = start.slice(named.length).replace(NEWS, '');
  return BREAKING_NEWS.test(start) || SIGNAL.test(before) || APART.test(rest) || isShouted(named, rest);
}

/** A mark in capitals before a headline that is not. */
const isShouted = (mark: string, rest: string): boolean =>
  mark === mark.toUpperCase() && mark !== mark.toLowerCase() && rest !== rest.toUpperCase();
