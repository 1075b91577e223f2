/** Everything that the bot tells about itself: the table of metrics, and of the conditions that must hold. */
import { CONDITIONS, createConditions } from './conditions.ts';
import { EDITIONS } from './news/edition.ts';
import { type Outcome, REFUSALS } from './telegram/outcome.ts';
import { VERSION } from './version.ts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Status = ReturnType<typeof createStatus>;

/** Fewer chats than this could be told apart, so their number is not shown; others are rounded down to a multiple of it. */
export const LEAST_CHATS = 20;

const OUTCOMES = [
  'done',
  'refused',
  'wait',
  'unreached',
  'unknown',
] as const satisfies Outcome<unknown>['kind'][];

/** Metrics that count messages to chats or from them, and calls at work, which on a small bot is a number of readers: never shown to the unit. */
const OF_CHATS =
  /^(pozirk_(?:in_flight|(?:sends|refusals|repeats|probes|unasked|edits|deletes|updates|flooded|told_to_wait)_total|send_seconds_(?:bucket|count|sum))(?:\{.*\})?) (\S+)$/gm;

/** Node's own counts of open sockets and calls: while a story goes out these are calls to Telegram, to the unit. */
const SOCKETS = ['resources', 'handles', 'requests'].flatMap((what) => [
  `nodejs_active_${what}`,
  `nodejs_active_${what}_total`,
]);

/** The metrics of one process, in a registry of their own. Nothing in a name or a label tells one chat from another. */
export function createStatus() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of SOCKETS) registry.removeSingleMetric(name);
  const make = makers(registry);
  const { gauge } = make;
  const chatsGauge = gauge('chats', 'Chats that read, rounded down to 20; absent under 20', ['edition']);
  const chatsOf = new Map<string, number>();
  const behindGauge = gauge('behind', 'Chats behind the log, rounded up to 20', ['edition']);

  gauge('build_info', 'What runs; always 1', ['version']).set({ version: VERSION }, 1);
  const conditionGauge = gauge('condition', '1 while it holds, 0 while it does not', ['name']);
  for (const name of CONDITIONS) conditionGauge.set({ name }, 1);

  const gauges = gaugesOf(make);
  // Nobody in charge is a sum of 0, and not a series that is not there.
  gauges.lease.set({ name: 'owner' }, 0);

  return {
    registry,
    version: VERSION,
    conditions: createConditions((name, holds) => conditionGauge.set({ name }, holds ? 1 : 0)),
    ...messageCounters(make),
    ...intakeCounters(make),
    ...gauges,
    /** Under `LEAST_CHATS` the number of chats is absent. `behind`: may be visited, have not seen all; a few are shown as 20, for alarms. */
    setQueue(edition: string, { chats, behind }: { readonly chats: number; readonly behind: number }): void {
      chatsOf.set(edition, chats);
      const shown = shownCount(chats);
      if (shown === undefined) chatsGauge.remove({ edition });
      else chatsGauge.set({ edition }, shown);
      behindGauge.set({ edition }, roundedUp(behind));
    },
    /** The page of `/metrics`. Counts of messages are rounded up to 20, so that a single trouble rings; 0 under `LEAST_CHATS`. */
    async page(): Promise<string> {
      const total = [...chatsOf.values()].reduce((sum, chats) => sum + chats, 0);
      const shown = (value: string) => (total < LEAST_CHATS ? 0 : roundedUp(Number(value)));
      return (await registry.metrics()).replace(
        OF_CHATS,
        (_, name: string, value: string) => `${name} ${shown(value)}`,
      );
    },
  };
}

type Labels<L extends string> = Readonly<Record<L, readonly string[]>>;

/** Every series that labels with these values make. */
const seriesOf = <L extends string>(labels: Labels<L>): Record<L, string>[] =>
  Object.entries<readonly string[]>(labels).reduce(
    (made, [label, values]) =>
      made.flatMap((series) => values.map((value) => ({ ...series, [label]: value }))),
    [{}] as Record<L, string>[],
  );

function makers(registry: Registry) {
  const registers = [registry];
  return {
    /** With every value that a label can have: a series that appears with its first event escapes `increase()`. */
    counter: <L extends string = never>(name: string, help: string, labels: Labels<L> = {} as Labels<L>) => {
      const labelNames = Object.keys(labels) as L[];
      const counter = new Counter({ name: `pozirk_${name}_total`, help, labelNames, registers });
      for (const series of seriesOf(labels)) counter.inc(series, 0);
      return counter;
    },
    gauge: <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Gauge({ name: `pozirk_${name}`, help, labelNames, registers }),
    seconds: <L extends string>(
      name: string,
      help: string,
      buckets: number[],
      labelNames: readonly L[] = [],
    ) => new Histogram({ name: `pozirk_${name}_seconds`, help, labelNames, buckets, registers }),
  };
}

function gaugesOf({ gauge, seconds }: ReturnType<typeof makers>) {
  return {
    rate: gauge('rate', 'Messages a second that the pacer allows'),
    flight: gauge('in_flight', 'Calls to Telegram in flight'),
    lease: gauge('lease', '1 while this process holds the lease', ['name']),
    /** Seconds since the epoch; of an edition that this process reads. */
    lastPoll: gauge('last_poll_timestamp_seconds', 'Last look at a source that went well', ['edition']),
    /** Of an edition that this process reads. */
    pollInterval: gauge('poll_interval_seconds', 'Time between two looks at a source', ['edition']),
    /** Age of the oldest entry that a chat which may be visited now has not been shown; 0: nobody waits. */
    lag: gauge('lag_seconds', 'Age of the oldest news that somebody still waits for', ['edition']),
    sendSeconds: seconds(
      'send',
      'Time until Telegram answered',
      [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
    ),
    pollSeconds: seconds('poll', 'Time of one look at an edition', [0.1, 0.3, 1, 3, 10, 20, 60], ['edition']),
    /** From the append of an entry to the answer for its first message. */
    firstMessageSeconds: seconds(
      'first_message',
      'From a new story to its first message',
      [0.1, 0.3, 1, 3, 10, 30, 60, 300],
    ),
  };
}

/** Counts of what becomes of messages. */
function messageCounters({ counter }: ReturnType<typeof makers>) {
  return {
    sends: counter('sends', 'Messages by outcome', { outcome: OUTCOMES }),
    refusals: counter('refusals', 'Refused messages by reason', { reason: REFUSALS }),
    toldToWait: counter('told_to_wait', 'Answers by which Telegram has one chat, or all of them, wait', {
      whom: ['chat', 'all'],
    }),
    repeats: counter('repeats', 'Messages sent again after an unknown outcome'),
    probes: counter('probes', 'Edits that asked whether a message arrived', {
      outcome: ['there', 'nothing', 'other', 'untold', 'refused', 'later'],
    }),
    unasked: counter(
      'unasked',
      'Messages of unknown outcome in channels where nothing could be asked without risk to posts of others',
      { reason: ['other_bot', 'unread', 'unknown_start'] },
    ),
    edits: counter('edits', 'Edits of messages by outcome', {
      outcome: [...OUTCOMES.filter((outcome) => outcome !== 'refused'), ...REFUSALS],
    }),
    deletes: counter('deletes', 'Deleted messages by outcome', { outcome: OUTCOMES }),
  };
}

/** Counts of what comes in, from the newsroom and from people, and of what Redis refuses. */
function intakeCounters({ counter }: ReturnType<typeof makers>) {
  const edition = EDITIONS;
  return {
    polls: counter('polls', 'Looks at a source by outcome', {
      edition,
      outcome: ['news', 'quiet', 'failed', 'error'],
    }),
    stories: counter('stories', 'New stories', { edition }),
    corrections: counter('corrections', 'Corrections and withdrawals', {
      edition,
      kind: ['correction', 'withdrawal'],
    }),
    updates: counter('updates', 'Updates read from Telegram', {
      kind: [
        'message',
        'channel_post',
        'callback_query',
        'inline_query',
        'my_chat_member',
        'unopened',
        'malformed',
        'other',
      ],
    }),
    flooded: counter('flooded', 'Messages to the bot that were ignored as a flood'),
    foreign: counter('foreign', 'Things found in Redis that this bot did not write', {
      kind: ['log', 'story', 'source', 'health', 'alarms', 'picture', 'other'],
    }),
    storeTrouble: counter('store_trouble', 'Times when Redis could not be used', {
      code: ['deliver', 'settle', 'poll'],
    }),
  };
}

/** A number of chats as it may be shown: rounded down to a multiple of 20, undefined where it is withheld. */
export function shownCount(count: number): number | undefined {
  return count < LEAST_CHATS ? undefined : Math.floor(count / LEAST_CHATS) * LEAST_CHATS;
}

/** A number of chats that must not hide a few: rounded up to a multiple of 20. */
export const roundedUp = (count: number): number => Math.ceil(count / LEAST_CHATS) * LEAST_CHATS;
