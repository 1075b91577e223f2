/**
 * Memory of this process between two steps, shared by several loops; made once for a desk. Nothing of it outlives the
 * process, and nothing may depend on that it does.
 */
import type { Update } from 'grammy/types';
import { randomUUID } from 'node:crypto';
import { bounded } from '../../bounded.ts';
import type { Edition } from '../../news/edition.ts';
import { LIMITS } from '../../limits.ts';
import type { Message } from '../../news/message.ts';
import type { ActiveAlarm } from '../../store/alarms.ts';
import type { Letter } from '../../store/letters.ts';
import { newRewriting } from '../../store/rewrite.ts';
import { newSteps } from '../../store/visit-ends.ts';
import { DAY, HOUR } from '../../time.ts';
import { type Expected, PATIENCE_MS } from './expected.ts';
import { newFlights } from './flights.ts';
import { newGate } from './gate.ts';
import { newHearing } from './hearing.ts';
import { newLine, type Task } from './line.ts';
import { newLooks } from './looks.ts';
import { newLosses } from './losses.ts';
import { newShowings } from './shown.ts';
import { createStrangersMessages } from './strangers.ts';
import { newViews } from './views.ts';

export type Memory = Readonly<ReturnType<typeof createMemory>>;

export const createMemory = () => ({
  /** Tells this process from every other. */
  id: randomUUID(),
  /** Visits under way. */
  flights: newFlights(),
  /** Messages that chats were shown lately. */
  shown: newShowings(),
  /** Revisions whose walk over the chats has begun in this process, by story; no walk lasts as long as half of them take. */
  walks: bounded<string, number>(1000),
  /** Messages that may show more than their chat's settings say. */
  looks: newLooks(),
  /** Looks of messages that corrections were edited into, as digests, by `messageName`. */
  edited: bounded<string, string>(10_000, HOUR),
  /** Until when the last edit of a message may still be carried out, in ticks, by `messageName`; infinite: it is under way. */
  landing: bounded<string, number>(10_000, HOUR),
  /** This process's own steps in the queue of visits. */
  steps: newSteps(),
  /** How far a rewrite of Redis' append-only file is. */
  rewriting: newRewriting(),
  /** Chats that Telegram says are not there any more. */
  losses: newLosses(),
  /** Places that stand still for what was lost, by slot: their owners know. */
  halted: bounded<number, string>(10_000),
  /** Searches under way in a group, and whose each found id is, by slot: topics share one sequence of ids, and often one text. */
  searches: bounded<number, { last: Promise<unknown>; readonly found: Map<number, number> }>(2000, DAY),
  /** How chats see the news in this second. */
  views: newViews(),
  /** Bulletins drawn lately, by what they show and how they look. */
  drawings: bounded<string, readonly Message[]>(2000),
  /** How much simpler an article goes out than it is, in steps of `simpler`, by its digest; unknown before the first. */
  articleForms: bounded<string, number>(2000),
  /** First sendings under way of articles, and of pictures that Telegram does not have, by digest or address. */
  firsts: new Map<string, Promise<void>>(),
  /** Telegram's ids of pictures, by address. */
  files: bounded<string, string>(5000),
  /** Alarms that last and could not be written down, by scope: Redis is the trouble. */
  alarms: new Map<string, ReadonlyMap<string, ActiveAlarm>>(),
  /** Letters that Redis has not said to have taken, in their order, by id. One that is over stays until Redis drops it. */
  unwritten: new Map<string, Letter & { readonly isOver?: true }>(),
  /** Until when, in ticks, no letter is tried to a chat that did not take the one before, by chat id. */
  letterRests: bounded<number, number>(1000, DAY),
  /** When the source of an edition was last well, in ticks; its first poll counts, well or badly. */
  wellAt: new Map<Edition, number>(),
  /** Work under way for people besides the news. */
  dealings: new Set<Dealing>(),
  /** When a slot was given to a chat that was not known before, in ticks, by slot. */
  newcomers: bounded<number, number>(20_000, LIMITS.newcomer),
  /** Messages that wait for words of somebody. */
  expected: bounded(1000, PATIENCE_MS) as Expected,
  /** When somebody was found to be no administrator of a chat, in ticks, by both. */
  members: bounded<string, number>(10_000, LIMITS.member),
  /** When an operator typed a wrong code of a reader, in ticks, by operator. */
  wrongCodes: bounded<number, readonly number[]>(1000, HOUR),
  /** When something was told that is not to be told again at once, in ticks. */
  told: bounded<string, number>(10_000),
  /** Wishes to be forgotten that came while Redis takes nothing, by update. */
  forgetting: bounded<number, UnwrittenForget>(10_000),
  /** The word that an owner was told last of a place, and when, in ticks. */
  lastWords: bounded<string, { readonly why: string; readonly at: number }>(10_000),
  /** Abilities of Telegram's server, as found out lately. */
  abilities: new Map<Ability, { readonly has: boolean; readonly until: number }>(),
  /** Updates that wait behind one that is being handled, by chat. */
  turns: new Map<string, Task[]>(),
  /** Questions of people are worked on behind these, those of readers apart from those of others. */
  gates: { reader: newGates(), stranger: newGates() },
  /** Updates that were turned away at a gate, until somebody has looked. */
  turnedAway: new WeakMap<Update, AtGate>(),
  /** Updates that were handled lately, by id. */
  seen: bounded<number, Promise<void>>(2000),
  /** Words and moment (ticks) of the last refusal of Redis while the bot runs: its password or the rights of its user were changed. */
  refusal: { words: '', at: Number.NEGATIVE_INFINITY },
  /** How far the updates are read. */
  hearing: newHearing(),
  /** Messages in chats of which nothing is stored. */
  strangers: createStrangersMessages(),
});

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

const newGates = () => ({ work: newGate(LIMITS.atWork), search: newGate(LIMITS.search), line: newLine() });
