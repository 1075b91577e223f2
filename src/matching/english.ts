/** English words by their stem, as far as news need it: plural, -ed, -ing. */

export interface EnglishStem {
  readonly stem: string;
  readonly endings: ReadonlySet<string>;
}

/** Words in -s that are no plural. */
const WHOLE = new Set(
  'news series belarus politics economics sports texas paris vilnius kaunas minus'.split(' '),
);

/** The stem of a word in lower case and what may follow it: elections → election + s; voted → vot + e, es, ed, ing. A name has no verb. */
export function englishStem(word: string, name: boolean): EnglishStem {
  if (name) return { stem: word, endings: new Set(['', 's', 'es']) };
  const cut = /^(.*[aeiouy].*)(?:ed|ing)$/u.exec(word)?.[1];
  if (cut !== undefined && cut.length >= 3) {
    const stem = /([bdgklmnprt])\1$/u.test(cut) ? cut.slice(0, -1) : cut;
    const last = stem.slice(-1);
    return { stem, endings: new Set(['', 'e', 's', 'es', 'ed', 'ing', `${last}ed`, `${last}ing`]) };
  }
  return endingsOf(singular(word));
}

function endingsOf(base: string): EnglishStem {
  const last = base.slice(-1);
  const stem = base.slice(0, -1);
  if (base.length < 3 || WHOLE.has(base)) return { stem: base, endings: new Set(['']) };
  if (last === 'e') return { stem, endings: new Set(['e', 'es', 'ed', 'ing']) };
  if (/[^aeiou]y$/u.test(base)) return { stem, endings: new Set(['y', 'ies', 'ied', 'ying']) };
  if (/(?:s|x|z|ch|sh)$/u.test(base)) return { stem: base, endings: new Set(['', 'es', 'ed', 'ing']) };
  // A short word doubles its last consonant (plan, planned), so that car does not find cared.
  if (/^[^aeiou]*[aeiou][bdgklmnprt]$/u.test(base) && base !== 'new') {
    return { stem: base, endings: new Set(['', 's', `${last}ed`, `${last}ing`]) };
  }
  const endings = base === 'new' ? [''] : ['', 's', 'ed', 'ing', `${last}ed`, `${last}ing`];
  return { stem: base, endings: new Set(endings) };
}

function singular(word: string): string {
  if (WHOLE.has(word) || word.length <= 3) return word;
  if (/[^aeiou]ies$/u.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|z|ch|sh)es$/u.test(word)) return word.slice(0, -2);
  return /[^su]s$/u.test(word) ? word.slice(0, -1) : word;
}
