/** Words of the page, in three languages. */
import { BE } from './words-be.js';
import { EN } from './words-en.js';
import { RU } from './words-ru.js';

const ALL = { be: BE, ru: RU, en: EN };

const fill = (text, given = {}) => text.replace(/\{(\w+)\}/g, (_, name) => String(given[name] ?? ''));

/** Words of a language by their names: `t('crowd-size', { count: 5 })`. */
export const wordsOf = (language) => (name, given) =>
  fill((ALL[language] ?? EN)[name] ?? EN[name] ?? name, given);

const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem('lang') ?? '';
const spoken = navigator.language.slice(0, 2);

/** Language of the page: as its address says, else as chosen last, else the browser's. */
export const LANGUAGE = [asked, spoken].find((one) => Object.hasOwn(ALL, one)) ?? 'en';

export const t = wordsOf(LANGUAGE);

/** `0.4` with the language's own sign; not every browser knows Belarusian. */
export const decimal = (value) => value.toFixed(1).replace('.', LANGUAGE === 'en' ? '.' : ',');

/** `10 000`, in whatever language. */
export const thousands = (value) => value.toLocaleString('en-US').replaceAll(',', '\u202f');

/** What follows `prefix` in the names of words: the choices of a list of which each has its word. */
export const choicesOf = (prefix) =>
  Object.keys(EN).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
