/**
 * Who gets what, and when: a pure function of a subscriber, what is pending and the time. Filters, quiet hours, digests
 * and the shape of a message are decided here, at the visit, and nowhere else.
 */
import { isWithin, nextMoment } from './hours.ts';
import { matches, parseQuery, type Query } from './match.ts';
import type { Story } from './story.ts';
import type { Subscriber } from './subscriber.ts';

/** A log entry that the chat has not been shown, with what it speaks of. `terms` are the story's search terms. */
export type Pending = { readonly seq: number; readonly at: number } & (
  | { readonly kind: 'story'; readonly story: Story; readonly terms: string; readonly urgent: boolean }
  | { readonly kind: 'announcement'; readonly text: string }
);

export type PendingStory = Extract<Pending, { kind: 'story' }>;

export type Plan =
  /** Nothing of it is for this chat. */
  | { readonly do: 'nothing' }
  /** Something is, but not before this moment (ms). */
  | { readonly do: 'hold'; readonly until: number }
  | {
      readonly do: 'send';
      readonly form: 'story' | 'bulletin' | 'digest' | 'quiet' | 'announcement';
      /** What the message shows, newest first. */
      readonly items: readonly Pending[];
      readonly silent: boolean;
      /** True: the rest stays pending (it is held, or follows as its own message). */
      readonly more: boolean;
    };

/** In a channel stories stay separate posts until more than this many wait, or a pause has ended. */
const SEPARATE_POSTS = 5;
/** `sound: 'day'` is silent between these hours of the chat's clock. */
const NIGHT = { from: '23:00', to: '07:00' };

/** @param heldUntil the chat is held until this moment and may get only what goes ahead of its turn; 0: it is not. */
export function decide(
  subscriber: Subscriber,
  pending: readonly Pending[],
  now: number,
  heldUntil = 0,
): Plan {
  const { settings } = subscriber;
  const wanted = pending.filter((item) => item.kind === 'announcement' || isWanted(subscriber, item));
  const oldest = wanted[0];
  if (!oldest) return { do: 'nothing' };

  const quiet = settings.quiet !== undefined && isWithin(now, settings.timezone, settings.quiet);
  const silent = quiet || isSilent(subscriber, now);
  const announcement = wanted.find((item) => item.kind === 'announcement');
  if (announcement) return send('announcement', [announcement], silent, wanted.length > 1);

  const stories = wanted.filter((item) => item.kind === 'story');
  const until = holdUntil(subscriber, oldest.at, now, quiet, heldUntil);
  if (until !== undefined) {
    const urgent = stories.filter((item) => item.urgent);
    const ahead = quiet && settings.urgent === 'hold' ? undefined : urgent.at(-1);
    return ahead ? send('story', [ahead], silent, stories.length > 1) : { do: 'hold', until };
  }
  return shape(subscriber, stories, silent);
}

function send(
  form: Extract<Plan, { do: 'send' }>['form'],
  items: readonly Pending[],
  silent: boolean,
  more: boolean,
): Plan {
  return { do: 'send', form, items, silent, more };
}

/** Until when nothing but urgent news may go; undefined: it may go now. */
function holdUntil(
  { settings }: Subscriber,
  oldestAt: number,
  now: number,
  quiet: boolean,
  heldUntil: number,
): number | undefined {
  const quietEnd =
    quiet && settings.quiet ? nextMoment(now, settings.timezone, settings.quiet.to) : undefined;
  if (settings.digest.length > 0) {
    // Due once an hour of the digest has passed since the oldest pending story came.
    const due = nextDigest(settings.digest, settings.timezone, oldestAt);
    if (due > now) return due;
    if (heldUntil > now) return heldUntil;
    return quietEnd;
  }
  if (quietEnd !== undefined) return quietEnd;
  return heldUntil > now ? heldUntil : undefined;
}

/** The first hour of a digest after `now`, ms. */
export function nextDigest(hours: readonly string[], timezone: string, now: number): number {
  return Math.min(...hours.map((hour) => nextMoment(now, timezone, hour)));
}

/** One message out of everything that may go now. */
function shape(
  { settings, chat, note }: Subscriber,
  stories: readonly PendingStory[],
  silent: boolean,
): Plan {
  const [oldest] = stories;
  if (!oldest) return { do: 'nothing' };
  const newestFirst = [...stories].reverse();
  if (settings.digest.length > 0) return send('digest', newestFirst, silent, false);
  if (stories.length === 1) return send('story', [oldest], silent, false);
  if (chat.kind === 'channel' && stories.length <= SEPARATE_POSTS && note !== 'missed')
    return send('story', [oldest], silent, true);
  const wasHeld = settings.quiet && isWithin(oldest.at, settings.timezone, settings.quiet);
  return send(wasHeld ? 'quiet' : 'bulletin', urgentFirst(newestFirst), silent, false);
}

const urgentFirst = (stories: readonly PendingStory[]): PendingStory[] => [
  ...stories.filter(({ urgent }) => urgent),
  ...stories.filter(({ urgent }) => !urgent),
];

function isSilent({ settings }: Subscriber, now: number): boolean {
  if (settings.sound === 'day') return isWithin(now, settings.timezone, NIGHT);
  return settings.sound === 'never';
}

/** Whether the story is what this chat asked for. */
function isWanted({ settings }: Subscriber, { story, terms }: PendingStory): boolean {
  if (story.withdrawn) return false;
  if (
    settings.rubrics.length > 0 &&
    !story.rubrics.some((one) => settings.rubrics.includes(one.toLowerCase()))
  ) {
    return false;
  }
  if (settings.follow.length === 0 || settings.followMode === 'also') return true;
  return settings.follow.some((words) => matches(queryFor(words), terms));
}

/** Follow lists repeat over chats and stories; parsing them once a process is enough. */
const queries = new Map<string, Query>();
const MOST_QUERIES = 10_000;

function queryFor(words: string): Query {
  const known = queries.get(words);
  if (known) return known;
  if (queries.size >= MOST_QUERIES) queries.clear();
  const query = parseQuery(words);
  queries.set(words, query);
  return query;
}
