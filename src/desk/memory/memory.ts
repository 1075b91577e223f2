/**
 * Memory of this process between two steps, shared by several loops; made once for a desk. Nothing of it outlives the
 * process, and nothing may depend on that it does.
 */
import type { Update } from 'grammy/types';
import { randomUUID } from 'node:crypto';
import { type Bounded, bounded } from '../../bounded.ts';
import type { Edition } from '../../news/edition.ts';
import { LIMITS } from '../../limits.ts';
import type { Message } from '../../news/message.ts';
import type { ActiveAlarm } from '../../store/alarms.ts';
import type { Letter } from '../../store/letters.ts';
import { newRewriting, type Rewriting } from '../../store/rewrite.ts';
import { newSteps, type Steps } from '../../store/visit-ends.ts';
import type { Expected } from './expected.ts';
import { type Flights, newFlights } from './flights.ts';
import { type Gate, newGate } from './gate.ts';
import { type Hearing, newHearing } from './hearing.ts';
import { type Line, newLine, type Task } from './line.ts';
import { type Looks, newLooks } from './looks.ts';
import { type Losses, newLosses } from './losses.ts';
import { newShowings, type Showings } from './shown.ts';
import { createStrangersMessages, type StrangersMessages } from './strangers.ts';

export interface Memory {
  /** Tells this process from every other. */
  readonly id: string;
  /** Visits under way. */
  readonly flights: Flights;
  /** Messages that chats were shown lately. */
  readonly shown: Showings;
  /** Revisions whose walk over the chats has begun in this process, by story; no walk lasts as long as half of them take. */
  readonly walks: Bounded<string, number>;
  /** Messages that may show more than their chat's settings say. */
  readonly looks: Looks;
  /** Looks of messages that corrections were edited into, as digests, by `messageName`. */
  edited: Bounded<string, string>;
  /** Until when the last edit of a message may still be carried out, in ticks, by `messageName`; infinite: it is under way. */
  readonly landing: Bounded<string, number>;
  /** This process's own steps in the queue of visits. */
  readonly steps: Steps;
  /** How far a rewrite of Redis' append-only file is. */
  readonly rewriting: Rewriting;
  /** Chats that Telegram says are not there any more. */
  readonly losses: Losses;
  /** Places that stand still for what was lost, by slot: their owners know. */
  readonly halted: Bounded<number, string>;
  /** Searches for lost messages, by group. */
  readonly searches: Bounded<number, Searches>;
  /** Bulletins drawn lately, by what they show and how they look. */
  readonly drawings: Bounded<string, readonly Message[]>;
  /** How much simpler an article goes out than it is, in steps of `simpler`, by its digest; unknown before the first. */
  readonly articleForms: Bounded<string, number>;
  /** First sendings under way of articles, and of pictures that Telegram does not have, by digest or address. */
  readonly firsts: Map<string, Promise<void>>;
  /** Telegram's ids of pictures, by address. */
  readonly files: Bounded<string, string>;
  /** Alarms that last and could not be written down, by scope: Redis is the trouble. */
  readonly alarms: Map<string, ReadonlyMap<string, ActiveAlarm>>;
  /** Letters that Redis has not said to have taken, in their order, by id. One that is over stays until Redis drops it. */
  readonly unwritten: Map<string, Letter & { readonly isOver?: true }>;
  /** Until when, in ticks, no letter is tried to a chat that did not take the one before, by chat id. */
  readonly letterRests: Bounded<number, number>;
  /** When the source of an edition was last well, in ticks; its first poll counts, well or badly. */
  readonly wellAt: Map<Edition, number>;
  /** Work under way for people besides the news. */
  readonly dealings: Set<Dealing>;
  /** When a slot was given to a chat that was not known before, in ticks, by slot. */
  readonly newcomers: Bounded<number, number>;
  /** Messages that wait for words of somebody. */
  readonly expected: Expected;
  /** When somebody was found to be no administrator of a chat, in ticks, by both. */
  readonly members: Bounded<string, number>;
  /** When an operator typed a wrong code of a reader, in ticks, by operator. */
  readonly wrongCodes: Bounded<number, readonly number[]>;
  /** When something was told that is not to be told again at once, in ticks. */
  readonly told: Bounded<string, number>;
  /** Wishes to be forgotten that came while Redis takes nothing, by update. */
  readonly forgetting: Bounded<number, UnwrittenForget>;
  /** The word that an owner was told last of a place, and when, in ticks. */
  readonly lastWords: Bounded<string, { readonly why: string; readonly at: number }>;
  /** Abilities of Telegram's server, as found out lately. */
  readonly abilities: Map<Ability, { readonly has: boolean; readonly until: number }>;
  /** Updates that wait behind one that is being handled, by chat. */
  readonly turns: Map<string, Task[]>;
  /** Questions of people are worked on behind these, those of readers apart from those of others. */
  readonly gates: Readonly<
    Record<AtGate, { readonly work: Gate; readonly search: Gate; readonly line: Line }>
  >;
  /** Updates that were turned away at a gate, until somebody has looked. */
  readonly turnedAway: WeakMap<Update, AtGate>;
  /** Updates that were handled lately, by id. */
  readonly seen: Bounded<number, Promise<void>>;
  /** Words and moment (ticks) of the last refusal of Redis while the bot runs: its password or the rights of its user were changed. */
  refusal: { readonly words: string; readonly at: number };
  /** How far the updates are read. */
  readonly hearing: Hearing;
  /** Messages in chats of which nothing is stored. */
  readonly strangers: StrangersMessages;
}

/** A `/forget` of which Redis takes nothing yet; moments in ticks. */
export interface UnwrittenForget {
  /** When it was tried first, and the highest id of the shared sequence then: what is said of it has a higher one. */
  readonly began: number;
  readonly before: number;
  /** When the chat was emptied all the same, and that was said. */
  readonly emptiedAt?: number;
  /** When Telegram refused to empty it last. */
  readonly refusedAt?: number;
}

/** People with a standing, and everybody else. */
export type AtGate = 'reader' | 'stranger';

/** `ephemeral`: messages for one member of a group (Bot API 10.2); `rich`: articles as one message (10.2 with blocks). */
export type Ability = 'ephemeral' | 'rich';

/** Something that is done for people (`dealings.ts`). */
export interface Dealing {
  /** Telegram's numbers of the chats and accounts whose `/forget` waits until it is over. */
  readonly ids: readonly (number | undefined)[];
  /** Chats that were forgotten since it began, by `chatKey`: nothing may be said there any more. */
  readonly forgotten: Set<string>;
  readonly over: Promise<void>;
}

/** Searches under way in a group, and whose each found id is, by slot: topics share one sequence of ids, and often one text. */
export interface Searches {
  last: Promise<unknown>;
  readonly found: Map<number, number>;
}

export const newEdited = (): Memory['edited'] => bounded(10_000);

const newGates = () => ({ work: newGate(LIMITS.atWork), search: newGate(LIMITS.search), line: newLine() });

export const createMemory = (): Memory => ({
  id: randomUUID(),
  flights: newFlights(),
  shown: newShowings(),
  walks: bounded(1000),
  looks: newLooks(),
  edited: newEdited(),
  landing: bounded(10_000),
  steps: newSteps(),
  rewriting: newRewriting(),
  losses: newLosses(),
  halted: bounded(10_000),
  searches: bounded(2000),
  drawings: bounded(2000),
  articleForms: bounded(2000),
  firsts: new Map(),
  files: bounded(5000),
  alarms: new Map(),
  unwritten: new Map(),
  letterRests: bounded(1000),
  wellAt: new Map(),
  dealings: new Set(),
  newcomers: bounded(20_000),
  expected: bounded(1000),
  members: bounded(10_000),
  wrongCodes: bounded(1000),
  told: bounded(10_000),
  forgetting: bounded(10_000),
  lastWords: bounded(10_000),
  abilities: new Map(),
  turns: new Map(),
  gates: { reader: newGates(), stranger: newGates() },
  turnedAway: new WeakMap(),
  seen: bounded(2000),
  refusal: { words: '', at: Number.NEGATIVE_INFINITY },
  hearing: newHearing(),
  strangers: createStrangersMessages(),
});
