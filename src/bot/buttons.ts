/**
 * Callback data, written and read in this one place. Ours is `1:<verb>:<arguments>`, at most Telegram's 64 bytes; the
 * number is the version, so that a button of an older bot that no longer fits is known as stale. The buttons under
 * news (`press` of `news/message.ts`) have no version: they live for years in channels.
 */
import { isEdition } from '../news/edition.ts';
import { CHOICES, DOORS } from '../news/settings.ts';

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
  ...DOORS,
  ...CHOICES,
] as const;

export type Screen = (typeof SCREENS)[number];

/** One argument of a press. `read` gives undefined for what is no such value. */
interface Argument<Value> {
  write(value: Value): string;
  read(text: string): Value | undefined;
  /** May hold colons, so it takes all that is left. */
  readonly rest?: true;
  /** The value that is not written; it stands last. */
  readonly absent?: Value;
}

/** An argument that is written as it is. */
const asWritten = <Value extends string>(read: (text: string) => Value | undefined): Argument<Value> => ({
  write: (value) => value,
  read,
});
const word = asWritten((written) => written || undefined);
const words: Argument<string> = { ...word, rest: true };
const count: Argument<number> = {
  write: String,
  read: (written) => (/^\d{1,5}$/.test(written) ? Number(written) : undefined),
};
const story = asWritten((written) => (/^[a-z0-9]{1,16}$/.test(written) ? written : undefined));
const edition = asWritten((written) => (isEdition(written) ? written : undefined));
const screen = asWritten((written) => SCREENS.find((known) => known === written));

/** Written only where it is so. */
const flag: Argument<boolean> = {
  write: () => 'a',
  read: (text) => (text === 'a' ? true : undefined),
  absent: false,
};

/** Everything that a press can ask for, with its arguments in their order. */
const PRESSES = {
  /** Opens a page of a story; `alone`: in a message that shows nothing but the whole text. */
  read: { story, page: count, alone: flag },
  close: { story },
  /** Sends a story of a list as a message of its own. */
  show: { story },
  subscribe: { edition },
  unsubscribe: {},
  /** Changes the language and draws the message again as `screen`. */
  language: { edition, screen },
  /** Changes the language and draws page `page` of the opened story again. */
  speak: { edition, story, page: count, alone: flag },
  /** Draws the message as another screen. */
  go: { screen },
  /** Sends a screen as a new message. */
  open: { screen },
  /** Turns a list to the stories from `offset`, `count` of them. */
  latest: { offset: count, count },
  search: { offset: count, count },
  /** Searches for words that somebody wrote as if to us; none: those that the pressed message shows. */
  find: { words: { ...words, absent: '' } },
  /** Changes one setting; `value` is what its choice offers. */
  set: { field: word, value: word },
  /** Follows words that were searched for; none: those that the pressed message shows. */
  follow: { words: { ...words, absent: '' } },
  /** Waits for topics to be typed. */
  topics: {},
  /** Drops what is followed; `hash` is `wordsHash` its words. */
  unfollow: { hash: word },
  rubric: { hash: word },
  forget: {},
  /** Inside a sample: whoever can press it sees articles. */
  articles: {},
  /** Draws a code for the operator. */
  code: {},
  locate: {},
  /** Sends an announcement; `id` once. */
  announce: { id: word },
  /** Takes a story back everywhere. */
  withdraw: { story },
  /** Something on the card of a place; `handle` names the place for the presser alone. */
  place: { handle: word, act: words },
  /** The list of the presser's places; the keys with which one is chosen. */
  places: {},
  pick: {},
  /** Takes the buttons away; `cancel`: of a question that is left unanswered. */
  done: {},
  cancel: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, Argument<unknown>>>>>;

type Table = typeof PRESSES;

type Values<Arguments> = {
  readonly [Name in keyof Arguments]: Arguments[Name] extends Argument<infer Value> ? Value : never;
};

/** One press, as it was asked for. */
export type Press = { [On in keyof Table]: { readonly on: On } & Values<Table[On]> }[keyof Table];

const VERSION = '1';
const ROWS: Readonly<Record<string, Readonly<Record<string, Argument<unknown>>>>> = PRESSES;

/** How a press begins. */
const headOf = (on: string): string => {
  if (on === 'read' || on === 'close' || on === 'show') return on;
  // Short, or the longest acts of a card would not fit.
  return `${VERSION}:${on === 'place' ? 'p' : on}`;
};

const BY_HEAD: ReadonlyMap<string, keyof Table> = new Map(
  (Object.keys(PRESSES) as (keyof Table)[]).map((on) => [headOf(on), on]),
);

/** Callback data for a press; throws on data beyond 64 bytes, which would be a mistake of ours. */
export function writePress(press: Press): string {
  const { on, ...values }: { on: string; [name: string]: unknown } = press;
  const written = Object.entries(ROWS[on] ?? {})
    .filter(([name, { absent }]) => absent === undefined || values[name] !== absent)
    .map(([name, argument]) => argument.write(values[name]));
  const data = [headOf(on), ...written].join(':');
  if (Buffer.byteLength(data) > 64) throw new RangeError(`callback data of ${on} is over 64 bytes`);
  return data;
}

/** The press behind callback data; undefined: not ours, of another version, or tampered with. */
export function readPress(data: string): Press | undefined {
  const parts = data.split(':');
  const length = parts[0] === VERSION ? 2 : 1;
  const on = BY_HEAD.get(parts.slice(0, length).join(':'));
  if (on === undefined) return undefined;
  const values = readAll(ROWS[on] ?? {}, parts.slice(length));
  // The table pairs each kind of press with its arguments, which the compiler cannot follow through the lookup.
  return values && ({ on, ...values } as Press);
}

/** Undefined: an argument is missing or wrong, or there are too many. */
function readAll(
  row: Readonly<Record<string, Argument<unknown>>>,
  parts: readonly string[],
): Record<string, unknown> | undefined {
  const left = [...parts];
  const values: Record<string, unknown> = {};
  for (const [name, argument] of Object.entries(row)) {
    const text = argument.rest && left.length > 0 ? left.splice(0).join(':') : left.shift();
    values[name] = text === undefined ? argument.absent : argument.read(text);
    if (values[name] === undefined) return undefined;
  }
  return left.length === 0 ? values : undefined;
}

/** A short name for words that do not fit into a button: the same words always give the same mark. */
export function wordsHash(words: string): string {
  // FNV-1a: two followed words of one chat meet with a chance of one in four thousand million.
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(words)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}
