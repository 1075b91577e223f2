/** The text of a story that only a page's script would show: it stands in the page's data, beside the headline. */
import type { Document, Element } from 'domhandler';
import { attribute, elementsNamed, ownText } from '../html.ts';
import { parsed } from '../json.ts';
import { fold } from '../text.ts';
import { isTree, type Tree } from '../tree.ts';

/** UTF-16 units of data that are read. */
const LARGEST = 2_000_000;
/** UTF-16 units of a text, at least: shorter ones are leads and descriptions. */
const SHORTEST = 200;
/** Names of what is told of other stories. */
const OF_OTHERS = /related|recommend|similar|popular|latest|more/i;

/** HTML or plain; '' where there is none. */
export function textInData(document: Document, headline: string): string {
  const wanted = fold(headline);
  if (!wanted) return '';
  for (const script of elementsNamed(document, 'script')) {
    const story = storyIn(dataOf(script), wanted);
    const text = story && longestIn(story);
    if (text && text.length >= SHORTEST) return text;
  }
  return '';
}

/** JSON by itself, or as a value that is set. */
function dataOf(script: Element): unknown {
  const written = ownText(script);
  if (written.length > LARGEST || /ld\+json/i.test(attribute(script, 'type'))) return undefined;
  const set = /^\s*(?:window|self|globalThis)?[.\w[\]"']*\s*=\s*(\{.*\})\s*;?\s*$/s.exec(written)?.[1];
  return /^\s*[[{]/.test(written) ? parsed(written) : set && parsed(set);
}

/** The innermost thing that has the headline. */
function storyIn(value: unknown, wanted: string): Tree | undefined {
  const within = Array.isArray(value) ? value : isTree(value) ? Object.values(value) : [];
  for (const each of within) {
    const found = storyIn(each, wanted);
    if (found) return found;
  }
  const isStory = isTree(value) && within.some((each) => typeof each === 'string' && fold(each) === wanted);
  return isStory ? value : undefined;
}

function longestIn(value: unknown): string {
  if (typeof value === 'string') return /\s/.test(value.trim()) ? value : '';
  const within = Array.isArray(value)
    ? value
    : isTree(value)
      ? Object.entries(value).flatMap(([name, each]) => (OF_OTHERS.test(name) ? [] : [each]))
      : [];
  return within.map(longestIn).reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}
