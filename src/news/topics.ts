/** Topics that a chat follows: words or names, as they are typed. Input is counted and cut before it is compared. */
import { matches, parseQuery, termsOf, typedFreely } from '../matching/match.ts';

/** Topics of one chat, and rubrics: a record holds no more, and matching a story against all chats has to stay quick. */
export const MOST_TOPICS = 20;
export const MOST_RUBRICS = 12;
/** Characters of a topic. */
export const LONGEST_TOPIC = 60;

/** Reading of a typed list; `long` and `short`: one of its topics is none, and which. */
export type TypedTopics =
  | { readonly kind: 'topics'; readonly topics: readonly string[] }
  | { readonly kind: 'none' | 'many' }
  | { readonly kind: 'long' | 'short'; readonly topic: string };

/** Twice as many as may be, so that a list with repeats is not called too long; what is beyond is never looked at. */
const partsOf = (typed: string): string[] => typed.split(/[,;\n]+/, 2 * MOST_TOPICS + 1);

/** Topics typed without a command: where the keyboard has set the first capital, no other topic means its own either. */
export const topicsTypedFreely = (typed: string): string =>
  /^\s*\p{Ll}/u.test(typed) ? typed.trim() : partsOf(typed).map(typedFreely).join('\n');

/** Topics as typed, separated by commas or lines, each once. */
export function readTopics(typed: string): TypedTopics {
  const parts = partsOf(typed).map((part) => part.replace(/\s+/g, ' ').trim());
  const each = [...Map.groupBy(parts.filter(Boolean), (part) => part.toLowerCase()).values()].flatMap(
    ([first]) => first ?? [],
  );
  if (each.length === 0) return { kind: 'none' };
  if (each.length > MOST_TOPICS) return { kind: 'many' };
  const long = each.find((topic) => topic.length > LONGEST_TOPIC);
  if (long !== undefined) return { kind: 'long', topic: `${long.slice(0, LONGEST_TOPIC)}…` };
  const short = each.find((topic) => topic.length < 2 || parseQuery(topic).words.length === 0);
  if (short !== undefined) return { kind: 'short', topic: short };
  return { kind: 'topics', topics: addTopics([], each) };
}

/**
 * `followed` with those of `topics` that are new in any spelling; the same letters with other capitals, which mean
 * something else, take the old one's place. May be more than a chat may follow.
 */
export const addTopics = (followed: readonly string[], topics: readonly string[]): readonly string[] =>
  topics
    .map(asTopic)
    .reduce<readonly Topic[]>((all, topic) => {
      const at = all.findIndex((known) => isSame(known, topic));
      if (at < 0) return [...all, topic];
      return isOtherMeaning(all[at], topic) ? all.with(at, topic) : all;
    }, followed.map(asTopic))
    .map(({ words }) => words);

const isSameLetters = (one: Topic, other: Topic): boolean =>
  one.words.toLowerCase() === other.words.toLowerCase();

/** вясна and Вясна, while hrodna and Hrodna are one. */
const isOtherMeaning = (one: Topic | undefined, other: Topic): boolean =>
  one !== undefined &&
  isSameLetters(one, other) &&
  [one, other].some(({ words }) => typedFreely(words) !== words);

/** `followed` without `topics` in any spelling. */
export function dropTopics(followed: readonly string[], topics: readonly string[]): readonly string[] {
  const dropped = topics.map(asTopic);
  return followed.filter((words) => {
    const topic = asTopic(words);
    return !dropped.some((other) => isSame(other, topic));
  });
}

/** A topic read once, to be compared with a few others. */
interface Topic {
  readonly words: string;
  readonly query: ReturnType<typeof parseQuery>;
  readonly terms: string;
}

const asTopic = (words: string): Topic => ({ words, query: parseQuery(words), terms: termsOf(words) });

/** Whether two topics are one, also in another spelling or form of the word. */
const isSame = (one: Topic, other: Topic): boolean =>
  isSameLetters(one, other) || (matches(one.query, other.terms) && matches(other.query, one.terms));
