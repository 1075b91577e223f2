/** The bot as the page sees it: processes that can be killed, a store that can be away, facts that can be looked up. */

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

/** What the bot has stored about a story. */
export interface StoryFacts {
  readonly firstSeenAt: number;
  readonly revision: number;
  readonly withdrawn: boolean;
  /** The address asked for is another one than that of the story: the text came back under it. */
  readonly again: boolean;
  /** What became of it, as `/why` counts it. */
  readonly fates: Readonly<Record<string, number>>;
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
  /** `kill -9` for the instance that serves; it is started again as a service manager would. */
  kill(): void;
  /** Starts a second instance, or ends it. */
  setSecond(on: boolean): void;
  /** Stops Redis as it stands, or lets it go on. */
  setStoreAway(away: boolean): void;
  /** Moves the time of every instance forward. */
  forward(ms: number): void;
  /** What the store knows of the story at an address; undefined: nothing. */
  story(link: string): Promise<StoryFacts | undefined>;
  /** Subscribes people to an edition without a message to anybody. */
  subscribe(people: readonly number[], edition: string): Promise<void>;
  record(person: number): Promise<SealedRecord | undefined>;
}
