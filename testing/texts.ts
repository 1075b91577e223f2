/** Invented stories by number: the same number gives the same story. */
import type { Block } from '#src/news/article.ts';

export interface Text {
  readonly headline: string;
  readonly lead: string;
  readonly body: readonly Block[];
  readonly day: string;
}

/** Numbers from 0 to 1 that follow from `seed` (mulberry32). */
export function chances(seed: number): () => number {
  let state = (seed + 0x6d2b79f5) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WORDS =
  'council river bridge school winter market decision report minister factory library doctor railway harvest ticket museum village forest charter budget engine border station weather concert hospital teacher student protest hearing verdict summer tractor company export customs meeting election signal address product history culture station freight channel language promise request account private public former recent heavy narrow quiet open broken modern distant regional central northern southern announced opened closed repaired planned refused allowed visited counted promised reported delayed expected returned started finished'.split(
    ' ',
  );
const NAMES =
  'Zorka Vialik Hruška Dubrava Kalina Malinka Sasna Jasień Verba Ružana Lipnik Biarozka Klonava Arešnik Kasmatka Ramonak Rabina Palyn Čabor Mirta'.split(
    ' ',
  );
const TOWNS = 'Minsk Brest Homiel Hrodna Viciebsk Mahiloŭ Pinsk Orša Lida Slonim'.split(' ');

const PATTERN = (name: string, other: string, town: string, number: number, year: number) => [
  `The ministry has added ${number} people, among them ${name}, to its list.`,
  `The list of the ministry was published on the site of the ministry on Friday evening. It now has ${year} entries, and people on it may not hold certain jobs for a number of years.`,
  `${name} worked at the library of ${town} and had been tried in the spring under the usual article. The hearing was closed to the public, and the verdict was not published by the court.`,
  `Among the others is ${other}, who was tried in the same court in the winter. Human rights defenders say that the list grows every week and that nobody is ever taken off it.`,
];

/** A story of about 120-200 words; `pattern`: told like all others of its kind, with other names and numbers. */
export function randomStory(seed: number, kind: 'free' | 'pattern' = 'free'): Text {
  const chance = chances(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
  const day = `2026-08-${String(1 + Math.floor(chance() * 28)).padStart(2, '0')}`;
  if (kind === 'pattern') {
    const name = `${pick(NAMES)} ${pick(NAMES)}${seed}a`;
    const [lead = '', ...rest] = PATTERN(
      name,
      `${pick(NAMES)} ${pick(NAMES)}${seed}b`,
      pick(TOWNS),
      2 + (seed % 97),
      1000 + seed,
    );
    return {
      headline: `Ministry adds ${seed}`,
      lead,
      body: rest.map((text) => ({ kind: 'paragraph', text })),
      day,
    };
  }
  const sentence = (least: number): string => {
    const words = Array.from({ length: least + Math.floor(chance() * 10) }, () => pick(WORDS));
    if (chance() < 0.6) words.splice(2, 0, pick(NAMES), pick(TOWNS));
    if (chance() < 0.5) words.splice(4, 0, String(2 + Math.floor(chance() * 900)));
    const text = words.join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const paragraph = () => Array.from({ length: 2 + Math.floor(chance() * 2) }, () => sentence(8)).join(' ');
  return {
    headline: sentence(6).slice(0, -1),
    lead: sentence(14),
    body: Array.from({ length: 4 + Math.floor(chance() * 3) }, () => ({
      kind: 'paragraph',
      text: paragraph(),
    })),
    day,
  };
}

/** The story with one to four typing errors mended (or made): letters swapped, dropped, doubled; commas, quotes, case. */
export function withTypos(text: Text, seed: number): Text {
  const chance = chances(seed + 99_991);
  const spoil = (line: string): string => {
    const words = line.split(' ');
    const at = Math.floor(chance() * words.length);
    const word = words[at] ?? '';
    const letter = 1 + Math.floor(chance() * Math.max(word.length - 2, 1));
    const kind = Math.floor(chance() * 5);
    if (/\d/.test(word) || word.length < 5 || kind === 4)
      words[at] = `${word}${/[.,]$/.test(word) ? '' : ','}`;
    else if (kind === 0) words[at] = word.slice(0, letter) + word.slice(letter + 1);
    else if (kind === 1) words[at] = word.slice(0, letter) + (word[letter] ?? '') + word.slice(letter);
    else if (kind === 2)
      words[at] =
        word.slice(0, letter) + (word[letter + 1] ?? '') + (word[letter] ?? '') + word.slice(letter + 2);
    else words[at] = `“${word}”`;
    return words.join(' ');
  };
  let { headline, lead } = text;
  const body = [...text.body];
  for (let left = 1 + Math.floor(chance() * 4); left > 0; left--) {
    const place = Math.floor(chance() * (body.length + 2));
    const block = body[place - 2];
    if (place === 0) headline = spoil(headline);
    else if (place === 1) lead = spoil(lead);
    else if (block && 'text' in block) body[place - 2] = { ...block, text: spoil(block.text) };
  }
  return { ...text, headline, lead, body };
}
