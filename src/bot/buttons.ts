/**
 * Callback data, written and read in this one place. Ours is `1:<verb>:<arguments>`, at most Telegram's 64 bytes; the
 * number is the version, so that a button of an older bot that no longer fits is known as stale. The buttons under
 * news (`press` of `news/message.ts`) have no version: they live for years in channels.
 */
import { type Edition, isEdition } from '../news/edition.ts';
import { press as newsPress } from '../news/message.ts';

/** Messages of ours that can be drawn again in place: in another language, or after a change. */
export const SCREENS = [
  'greeting',
  'subscribed',
  'unsubscribed',
  'help',
  'latest',
  'search',
  'privacy',
  'forget',
  'following',
  'settings',
  'language',
  'script',
  'style',
  'sound',
  'urgent',
  'digest',
  'quiet',
  'timezone',
  'keep',
] as const;

export type Screen = (typeof SCREENS)[number];

/** What a press asks for. */
export type Press =
  | { readonly on: 'read'; readonly story: string; readonly page: number }
  | { readonly on: 'close'; readonly story: string }
  /** Sends a story of a list as a message of its own. */
  | { readonly on: 'show'; readonly story: string }
  | { readonly on: 'subscribe'; readonly edition: Edition }
  | { readonly on: 'unsubscribe' }
  /** Changes the language and draws the message again as `screen`. */
  | { readonly on: 'language'; readonly edition: Edition; readonly screen: Screen }
  /** Changes the language and draws page `page` of the opened story again. */
  | { readonly on: 'speak'; readonly edition: Edition; readonly story: string; readonly page: number }
  /** Draws the message as another screen. */
  | { readonly on: 'go'; readonly screen: Screen }
  /** Sends a screen as a new message. */
  | { readonly on: 'open'; readonly screen: Screen }
  /** Turns a list to the stories from `offset`, `count` of them. */
  | { readonly on: 'latest' | 'search'; readonly offset: number; readonly count: number }
  /** Searches for words that somebody wrote as if to us. */
  | { readonly on: 'find'; readonly words: string }
  /** Changes one setting; `value` is what its choice offers. */
  | { readonly on: 'set'; readonly field: string; readonly value: string }
  /** Drops what is followed; `hash` is `wordsHash` of it. */
  | { readonly on: 'unfollow'; readonly hash: string }
  | { readonly on: 'rubric'; readonly hash: string }
  | { readonly on: 'forget' }
  /** Draws a code for the operator. */
  | { readonly on: 'code' }
  | { readonly on: 'locate' }
  | { readonly on: 'announce' }
  /** Something on the card of a place; `handle` names the place for the presser alone. */
  | { readonly on: 'place'; readonly handle: string; readonly act: string }
  /** The list of the presser's places; the keys with which one is chosen. */
  | { readonly on: 'places' | 'pick' }
  /** Takes the buttons away. */
  | { readonly on: 'done' };

const VERSION = '1';
const STORY = /^[a-z0-9]{1,16}$/;

/** Callback data for a press; throws on data beyond 64 bytes, which would be a mistake of ours. */
export function encode(press: Press): string {
  const data = write(press);
  if (Buffer.byteLength(data) > 64) throw new RangeError(`callback data of ${press.on} is over 64 bytes`);
  return data;
}

function write(press: Press): string {
  const ours = (...parts: (string | number)[]) => [VERSION, press.on, ...parts].join(':');
  switch (press.on) {
    case 'read':
      return newsPress.read(press.story, press.page);
    case 'close':
      return newsPress.close(press.story);
    case 'show':
      return newsPress.show(press.story);
    case 'subscribe':
      return ours(press.edition);
    case 'language':
      return ours(press.edition, press.screen);
    case 'speak':
      return ours(press.edition, press.story, press.page);
    case 'go':
    case 'open':
      return ours(press.screen);
    case 'latest':
    case 'search':
      return ours(press.offset, press.count);
    case 'find':
      return ours(press.words);
    case 'set':
      return ours(press.field, press.value);
    case 'unfollow':
    case 'rubric':
      return ours(press.hash);
    case 'place':
      // Short, or the longest acts would not fit.
      return [VERSION, 'p', press.handle, press.act].join(':');
    case 'unsubscribe':
    case 'forget':
    case 'code':
    case 'locate':
    case 'announce':
    case 'places':
    case 'pick':
    case 'done':
      return ours();
  }
}

/** The press behind callback data; undefined: not ours, of another version, or tampered with. */
export function decode(data: string): Press | undefined {
  const [head = '', ...rest] = data.split(':');
  if (head === 'read' || head === 'close' || head === 'show') return decodeNews(head, rest);
  const [on = '', first = '', second = '', third = ''] = rest;
  if (head !== VERSION) return undefined;
  switch (on) {
    case 'subscribe':
      return isEdition(first) ? { on, edition: first } : undefined;
    case 'language':
      return isEdition(first) && isScreen(second) ? { on, edition: first, screen: second } : undefined;
    case 'speak':
      return isEdition(first) && STORY.test(second) && isCount(third)
        ? { on, edition: first, story: second, page: Number(third) }
        : undefined;
    case 'go':
    case 'open':
      return isScreen(first) ? { on, screen: first } : undefined;
    case 'latest':
    case 'search':
      return isCount(first) && isCount(second)
        ? { on, offset: Number(first), count: Number(second) }
        : undefined;
    case 'find':
      return first ? { on, words: rest.slice(1).join(':') } : undefined;
    case 'set':
      return first && second ? { on, field: first, value: second } : undefined;
    case 'unfollow':
    case 'rubric':
      return first ? { on, hash: first } : undefined;
    case 'p':
      return first && second ? { on: 'place', handle: first, act: rest.slice(2).join(':') } : undefined;
    case 'unsubscribe':
    case 'forget':
    case 'code':
    case 'locate':
    case 'announce':
    case 'places':
    case 'pick':
    case 'done':
      return { on };
    default:
      return undefined;
  }
}

function decodeNews(head: 'read' | 'close' | 'show', rest: readonly string[]): Press | undefined {
  const [story = '', page = ''] = rest;
  if (!STORY.test(story)) return undefined;
  if (head !== 'read') return { on: head, story };
  return isCount(page) ? { on: 'read', story, page: Number(page) } : undefined;
}

const isScreen = (value: string): value is Screen => SCREENS.some((screen) => screen === value);

const isCount = (value: string): boolean => /^\d{1,5}$/.test(value);

/** A short name for words that do not fit into a button: the same words always give the same name. */
export function wordsHash(words: string): string {
  // FNV-1a: two followed words of one chat meet with a chance of one in four thousand million.
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(words)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}
