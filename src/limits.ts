/**
 * Every limit on what goes to Telegram and on what people may ask of the bot, with its unit and its reason. What Telegram
 * itself allows is unpublished beyond the Bots FAQ; what is ours keeps a few from costing the others much.
 */
import { type Clock, DAY, HOUR, MINUTE, SECOND } from './time.ts';

export const LIMITS = {
  /** Messages a second to all chats, unless the operator starts higher: the figure of the Bots FAQ. */
  all: 30,
  /** Urgent stories a second that are paid for: the figure of the Bots FAQ. */
  paid: 1000,
  /** Paid messages for a Star: each above the free ones costs a tenth. */
  paidForStar: 10,
  /** A paid pace that Telegram refuses down to this is none: it is not switched on at @BotFather, or was taken away. */
  leastPaid: 100,
  /** ms between messages to a person: the FAQ's one a second, with a little room for jitter. */
  person: 1010,
  /** ms between messages to a group or channel: the FAQ's 20 a minute, with a little room. */
  place: 3050,
  /** Messages that an answer may be early by, in such distances: the FAQ lets short bursts pass. */
  early: 2,
  /** ms between edits in a group or channel: about 20 a minute are observed to pass. */
  placeEdits: 3050,
  /** ms for which an answer waits for its chat and its turn: afterwards nobody waits for it any more. */
  patience: 10 * SECOND,
  /** ms for which a slow mode that a group had is believed: it may be changed at any time. */
  slowMode: HOUR,
  /** ms within which refusals of several chats are one trouble. */
  together: 5 * SECOND,
  /** Chats of people, kept to their pace, whose refusals within that time are believed of everybody. */
  witnesses: 2,
  /** Groups and channels that count for the same where no person is written to, and then half of those written to. */
  placeWitnesses: 3,
  /** ms for which everybody waits at most, whatever Telegram names: then the pace is tried again, lower. */
  everybody: MINUTE,
  /** ms between single messages that try whether such a wait is over. */
  probe: 5 * SECOND,
  /** Answers that wait for a turn, all together: at half of the pace this is the patience of an answer. */
  answers: 150,
  /** Requests of readers, and as many of others, that are worked on at once: at a latency of 0.5 s they fill the pace. */
  atWork: 16,
  /** Searches of readers, and as many of others, at once: one through a whole archive keeps Redis busy for a tenth of a second. */
  search: 1,
  /** Commands of one account or one chat in a minute: more is not reading. */
  commands: 20,
  /** Presses of one account in a minute that are carried out; the others are only answered. */
  presses: 40,
  /** Inline queries of one account in a minute: a client asks at most at each letter, and only the last counts. */
  inline: 60,
  /** ms for which somebody who is no administrator of a group or channel is not asked after again there. */
  member: MINUTE / 2,
  /** Wrong codes of readers that one operator may type in an hour: a guess hits one reader's secret once in 2³². */
  wrongCodes: 10,
  /** Chats of strangers whose messages are remembered, so that `/forget` and time take them away: some megabytes. */
  strangers: 5000,
  /** Messages that are remembered of each: all that commands of ten minutes bring. */
  strangerMessages: 200,
  /** ms for which somebody who was given a slot has no standing: slots of long ago are given back and taken again. */
  newcomer: DAY,
  /** Updates of one chat that wait while one is handled: all commands of a minute; one to forget is never dropped. */
  chatQueue: 25,
  /** Chats whose updates are handled at once: a stranger's costs some milliseconds until it waits for its turn. */
  queue: 1000,
  /** Requests that wait to be begun, of readers, and as many of others: at half of the pace two seconds. More wait in line. */
  atGate: 32,
  /** ms for which a request waits to be begun: less than `handler`, or nobody would learn that it was not. */
  gate: 8 * SECOND,
  /**
   * Updates of people that wait in line because more came at once than can be begun, each of a kilobyte: those of ten thousand who
   * press Start and subscribe, answered within a quarter of an hour.
   */
  line: 20_000,
  /** Letters of all of them, as JSON: some tens of megabytes, however long each is. */
  lineLetters: 20_000_000,
  /** Updates of one chat among them, each other words or another button. */
  lineEach: 3,
  /** ms that the handling of one update may take before the next ones of its chat go on. */
  handler: 10 * SECOND,
  /** ms after which an update that is not handled yet is written down, so that the next ones can be read. */
  reading: SECOND / 2,
  /** As many ms while Telegram has more than it gives at once: more wait there. */
  hurry: SECOND / 50,
} as const;

/**
 * Turns of the news for each turn of somebody else, while both wait: whatever people do, a story takes a third longer at
 * most. Messages whose time is over go in turn with the news, one for one: there may be as many, and they may not wait
 * for the end of a broadcast.
 */
export const NEWS_TURNS = 3;

/** Turns of all others for each edit of a correction, while both wait: a newsroom that is never silent would never correct itself. */
export const TURNS_FOR_EDIT = 20;

/** How those others share their turns. */
export const SHARES = {
  /** Answers to those who read the news. */
  reader: 4,
  /** Answers to everybody else, together. */
  stranger: 1,
  /** Deletions because somebody wants to be forgotten. */
  forget: 2,
  /** Deletions because the time of a message is over. */
  erase: 2,
} as const;

export type LimitName = keyof typeof LIMITS;

export type Bites = ReturnType<typeof createBites>;

/** Which limits were in force lately, for `/health`. */
export function createBites(clock: Clock) {
  const bitten = new Map<LimitName, { count: number; at: number }>();
  return {
    bite(limit: LimitName): void {
      const now = clock.ticks();
      const before = bitten.get(limit);
      const isRecent = before !== undefined && now - before.at < HOUR;
      bitten.set(limit, { count: (isRecent ? before.count : 0) + 1, at: now });
    },
    /** Since the first time within the last hour, by name, the most frequent first. */
    lately: (): readonly { readonly limit: LimitName; readonly count: number }[] =>
      [...bitten]
        .filter(([, { at }]) => clock.ticks() - at < HOUR)
        .map(([limit, { count }]) => ({ limit, count }))
        .toSorted((a, b) => b.count - a.count),
  };
}
