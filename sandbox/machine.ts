/** The bot as the page sees it: processes that can be killed, a store that can be away, facts that can be looked up. */

import type { Tongue } from './newsroom/words.ts';

/** Settings by name, as the bot reads them. */
export type Settings = Readonly<Record<string, string>>;

/** `serving`: reads updates and sends; `standby`: waits for the other one to fail. */
export type InstanceState = 'starting' | 'serving' | 'standby' | 'dead';

export interface Instance {
  readonly name: string;
  readonly state: InstanceState;
}

/** Something that befell the machine; `at` in ms of the machine's own clock. */
export interface Incident {
  readonly at: number;
  readonly what: 'started' | 'killed' | 'store-away' | 'store-back';
  /** Of `started`: how long until it served again, ms. */
  readonly ms?: number;
}

/** Facts that the bot has stored about a story. */
export interface StoryFacts {
  readonly firstSeenAt: number;
  /** Its text was read, on its page or in a feed; false: only its headline so far. */
  readonly read: boolean;
  readonly withdrawn: boolean;
  /** The address asked for is another one than that of the story: the text came back under it. */
  readonly again: boolean;
  /** Its fate, as `/why` counts it. */
  readonly fates: Readonly<Record<string, number>>;
  /** Chats for which it waits, or has waited, until an hour (ms). */
  readonly held: readonly Held[];
}

export interface Held {
  readonly by: string;
  readonly until: number;
  readonly count: number;
}

/** A story of the invented newsroom in one language, as the bot would have read it. */
export interface Told {
  readonly tongue: Tongue;
  readonly link: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly headline: string;
  readonly lead: string;
  /** One paragraph a line; `## ` begins a subhead, `- ` a list item. */
  readonly body: string;
  readonly rubrics: readonly string[];
  readonly picture?: { readonly url: string; readonly credit: string };
}

/** So much of a story as it is known by. */
export type Said = Pick<Told, 'tongue' | 'at' | 'headline' | 'lead' | 'body'>;

/** The stories that a form of message is drawn from; the first story has most of everything. */
export interface FormScene {
  readonly stories: readonly [Told, ...Told[]];
  readonly now: number;
  /** Username of the bot. */
  readonly bot: string;
}

/** A message of the bot as parameters of the Bot API, but for the chat. `edit` and `reply` mean the one before it. */
export interface FormCall {
  readonly params: Readonly<Record<string, unknown>>;
  readonly as?: 'edit' | 'reply';
}

/** The calls that show one form of message, in their order. */
export interface Form {
  readonly to: 'person' | 'channel';
  readonly calls: readonly FormCall[];
}

/** A chat's record as a thief of the data would see it. */
export interface SealedRecord {
  /** The key of its block, and its place there. */
  readonly key: string;
  readonly slot: number;
  /** Its bytes in hexadecimal. */
  readonly bytes: string;
}

export interface Machine {
  /** Starts the bot on an empty store; resolves once it serves. */
  start(settings: Settings): Promise<void>;
  /** Ends every instance and empties the store. */
  clear(): Promise<void>;
  instances(): readonly Instance[];
  incidents(): readonly Incident[];
  isStoreAway(): boolean;
  /** Whether an operator had stopped the sending at the last look, which was lately. */
  isPaused(): boolean;
  /** `kill -9` for the instance that serves; it is started again as a service manager would. */
  kill(): void;
  /** Starts a second instance, or ends it. */
  setSecond(on: boolean): void;
  /** Stops Redis as it stands, or lets it go on. */
  setStoreAway(away: boolean): void;
  /** Moves the time of every instance forward. */
  forward(ms: number): void;
  /** Facts in the store of the story at an address; undefined: nothing. */
  story(link: string): Promise<StoryFacts | undefined>;
  /**
   * Whether the bot's rules make one story of two texts at two addresses; whatever it has stored. `isListed`: the known one
   * still stands on the site.
   */
  isSame(said: Said, known: Said, isListed: boolean): boolean;
  /** Whether it had the story before this world began. */
  wasKnown(said: Said): boolean;
  /** Subscribes people to an edition without a message to anybody. */
  subscribe(people: readonly number[], edition: string): Promise<void>;
  /** A form of message by its name, drawn as the bot draws it; undefined: it has no such form. */
  form(name: string, scene: FormScene): Form | undefined;
  /** When the next digest comes after `now`, by what people and places have chosen, ms; undefined: nobody has chosen one. */
  nextDigest(now: number): Promise<number | undefined>;
  record(person: number): Promise<SealedRecord | undefined>;
}
