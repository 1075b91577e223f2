/**
 * Decides who gets what, and when: a pure function of a subscriber, what is pending and the time. Filters, quiet hours, digests
 * and the shape of a message are decided here, at the visit, and nowhere else.
 */
import { type Bounded, bounded, remembered } from '../bounded.ts';
import { textsOf } from './article.ts';
import { isWithin, lastMoment, nextMoment } from './hours.ts';
import { matches, parseQuery, type Query, termsOf } from '../matching/match.ts';
import type { Story } from './story.ts';
import type { Subscriber } from './subscriber.ts';
import type { Settings } from './settings.ts';

/** A log entry that the chat has not been shown, with what it speaks of. `terms` are the story's search terms. */
export type Pending = { readonly seq: number; readonly at: number } & (
  | {
      readonly kind: 'story';
      readonly story: Story;
      readonly terms: string;
      readonly urgent: boolean;
      /** It stood in the log before: made urgent since, or back after it was withdrawn; or perhaps, where Redis lost of the log. */
      readonly again?: true;
      /** How many later stories continue this one; absent: none. */
      readonly followUps?: number;
    }
  | { readonly kind: 'announcement'; readonly id: string; readonly text: string }
);

export type PendingStory = Extract<Pending, { kind: 'story' }>;

/** Text that `/follow` and `/search` look in: everything that the story says. */
export const storyTerms = ({ headline, lead, body }: Pick<Story, 'headline' | 'lead' | 'body'>): string =>
  termsOf([headline, lead, ...body.flatMap(textsOf)].join('\n'));

export type Plan =
  /** Nothing of it is for this chat. */
  | { readonly do: 'nothing' }
  /** Something is, but not before this moment (ms). */
  | { readonly do: 'hold'; readonly until: number }
  | {
      readonly do: 'send';
      readonly form: 'story' | 'bulletin' | 'digest' | 'quiet' | 'announcement';
      /** Stories of the message, newest first. */
      readonly items: readonly Pending[];
      readonly silent: boolean;
      /** True: the rest stays pending (it is held, or follows as its own message). */
      readonly more: boolean;
      /** The rest is held until this moment (ms); absent: it follows at once, or there is none. */
      readonly until?: number;
    };

/** In a channel stories stay separate posts until more than this many wait, or a pause has ended. */
const SEPARATE_POSTS = 5;
/** `sound: 'day'` is silent between these hours of the chat's clock. */
const NIGHT = { from: '23:00', to: '07:00' };

/**
 * A chat that gathers a digest, but wants some of it at once, is visited this often (ms) while it is held: nothing else
 * would tell that a story of its topics has come. Few chats choose both.
 */
const WATCH_MS = 10_000;

/** @param heldUntil the chat is held until this moment and may get only what goes ahead of its turn; 0: it is not. */
export function decide(
  subscriber: Subscriber,
  pending: readonly Pending[],
  now: number,
  heldUntil = 0,
): Plan {
  const { settings } = subscriber;
  if (pending.length === 0) return { do: 'nothing' };
  const wanted = pending.filter((item) => isFor(subscriber, item));
  const quiet = isQuiet(settings, now);
  const stories = wanted.filter((item) => item.kind === 'story');
  // While a chat is held nothing is passed over: what it wants when the hold ends decides, not what it wanted meanwhile.
  const oldest = pending.find((item) => item.kind === 'story');
  // Where the hour of all that waits has passed, what is wanted may have come after it.
  const hold =
    holdOf(settings, oldest?.at, now, heldUntil) ?? holdOf(settings, stories[0]?.at, now, heldUntil);
  const until = hold?.until;
  const all = until === undefined ? wanted : pending;
  const [announcement, ...others] = wanted.filter((item) => item.kind === 'announcement');
  const first = hold ? stories.filter((item) => goesAhead(subscriber, item, quiet)) : [];
  const next =
    until && nextVisit(settings, now, { until, quiet, heldUntil, announced: announcement !== undefined });
  if (announcement && !quiet) {
    // A hold for a digest is found again at the next visit: what goes ahead of it as well does not wait.
    const goesOn = hold?.by === 'digest' && others.length + first.length > 0;
    const silent = isSilent(subscriber, [], now);
    return before(all, [announcement], 'announcement', silent, goesOn ? undefined : next);
  }
  if (next === undefined) return shape(subscriber, stories, now);
  if (first.length === 0) return { do: 'hold', until: next };
  const form = first.length === 1 ? 'story' : 'bulletin';
  return before(all, first.reverse(), form, quiet || isSilent(subscriber, first, now), next);
}

/**
 * The plan of a visit when it began, as far as that can be told: a story that was withdrawn since was among it. Where the
 * chat was set otherwise since, and nothing would be sent to it now, all that waits: the message may show any of it.
 */
export function decided(
  subscriber: Subscriber,
  pending: readonly Pending[],
  {
    at: then,
    heldUntil,
    isChanged,
  }: { readonly at: number; readonly heldUntil: number; readonly isChanged: boolean },
): Plan {
  const before = new Map(pending.map((item) => [asBefore(item), item]));
  const plan = decide(subscriber, [...before.keys()], then, heldUntil);
  const { quiet: _quiet, ...settings } = subscriber.settings;
  const open = {
    ...subscriber,
    settings: { ...settings, digest: [], rubrics: [], followMode: 'also' as const },
  };
  const likely = plan.do !== 'send' && isChanged ? decide(open, [...before.keys()], then, heldUntil) : plan;
  if (likely.do !== 'send') return likely;
  return { ...likely, items: likely.items.map((item) => before.get(item) ?? item) };
}

const asBefore = (item: Pending): Pending =>
  item.kind === 'story' && item.story.withdrawn
    ? { ...item, story: { ...item.story, withdrawn: false } }
    : item;

/** Whether a story goes ahead of others that are held: by quiet hours, or by something else. */
function goesAhead(
  chat: Subscriber,
  item: Pick<PendingStory, 'urgent' | 'terms'>,
  byQuiet: boolean,
): boolean {
  if (byQuiet) return item.urgent && chat.settings.urgent === 'silent';
  return item.urgent || isSought(chat, item);
}

/** A message with `items`, and after it the others of `all`: at once, or held `until` then. */
const before = (
  all: readonly Pending[],
  items: readonly Pending[],
  form: Extract<Plan, { do: 'send' }>['form'],
  silent: boolean,
  until: number | undefined,
): Plan => {
  const more = all.length > items.length;
  return { do: 'send', form, items, silent, more, ...(more && until !== undefined ? { until } : {}) };
};

/** By what a chat is held, and until when (ms) nothing but what goes ahead of its turn may go. */
export interface Hold {
  readonly by: 'digest' | 'quiet' | 'other';
  readonly until: number;
}

/** @param oldestAt when the oldest story came that the chat waits for, ms. Undefined: all of it may go now. */
export function holdOf(
  settings: Settings,
  oldestAt: number | undefined,
  now: number,
  heldUntil: number,
): Hold | undefined {
  if (settings.digest.length > 0 && oldestAt !== undefined) {
    // Due once an hour of the digest has passed since the oldest pending story came.
    const due = nextDigest(settings.digest, settings.timezone, oldestAt);
    if (due > now) return { by: 'digest', until: due };
  }
  if (isQuiet(settings, now)) return { by: 'quiet', until: Math.max(quietEnd(settings, now), heldUntil) };
  return heldUntil > now ? { by: 'other', until: heldUntil } : undefined;
}

/** When a chat that is held is visited next: at the end of the hold, or sooner where something may go before it. */
function nextVisit(
  settings: Settings,
  now: number,
  held: { until: number; quiet: boolean; heldUntil: number; announced: boolean },
): number {
  const { until, quiet, heldUntil, announced } = held;
  if (quiet) return announced || isWatchful(settings) ? Math.min(until, quietEnd(settings, now)) : until;
  // A hold that somebody else set is not known any more after the next visit.
  return isWatchful(settings) && until !== heldUntil ? Math.min(until, now + WATCH_MS) : until;
}

const isQuiet = ({ quiet, timezone }: Settings, now: number): boolean =>
  quiet !== undefined && isWithin(now, timezone, quiet);

/** When the quiet hours that rule now are over, ms. */
const quietEnd = ({ quiet, timezone }: Settings, now: number): number =>
  quiet ? nextMoment(now, timezone, quiet.to) : now;

/**
 * Since when a chat with these settings has not been told its news by `now`: the last hour of its digest that brought one,
 * or the beginning of its quiet hours, ms. Undefined: it is told each story as it comes.
 */
export function heldSince({ digest, quiet, timezone }: Settings, now: number): number | undefined {
  const asleep = quiet && isWithin(now, timezone, quiet) ? lastMoment(now, timezone, quiet.from) : undefined;
  if (digest.length === 0) return asleep;
  return Math.max(...digest.map((hour) => lastMoment(asleep ?? now, timezone, hour)));
}

/** The first hour of a digest after `now`, ms. */
export function nextDigest(hours: readonly string[], timezone: string, now: number): number {
  return Math.min(...hours.map((hour) => nextMoment(now, timezone, hour)));
}

/** One message out of everything that may go now. */
function shape(subscriber: Subscriber, stories: readonly PendingStory[], now: number): Plan {
  const { settings, chat, note } = subscriber;
  const [oldest] = stories;
  if (!oldest) return { do: 'nothing' };
  const send = (
    form: Extract<Plan, { do: 'send' }>['form'],
    items: readonly PendingStory[],
    more = false,
  ): Plan => ({ do: 'send', form, items, silent: isSilent(subscriber, items, now), more });
  const newestFirst = [...stories].reverse();
  if (settings.digest.length > 0) return send('digest', newestFirst);
  if (stories.length === 1) return send('story', [oldest]);
  if (chat.kind === 'channel' && stories.length <= SEPARATE_POSTS && note !== 'missed')
    return send('story', [oldest], true);
  return send(isQuiet(settings, oldest.at) ? 'quiet' : 'bulletin', urgentFirst(newestFirst));
}

/**
 * How stories that stand in one message were sent, and about when (ms), as far as the chat's settings tell: what they were is
 * not kept.
 */
export function sentForm(
  subscriber: Subscriber,
  stories: readonly Omit<PendingStory, 'seq' | 'kind'>[],
): { readonly form: 'bulletin' | 'quiet' | 'digest'; readonly sentAt: number } {
  const { settings } = subscriber;
  const cameAt = stories.map(({ at }) => at);
  const [oldest, newest] = [Math.min(...cameAt), Math.max(...cameAt)];
  const isHeld = isQuiet(settings, oldest);
  const isAhead = stories.every((item) => goesAhead(subscriber, item, isHeld));
  if (settings.digest.length > 0 && !isAhead) return { form: 'digest', sentAt: digestAt(settings, oldest) };
  return { form: isHeld && !isAhead ? 'quiet' : 'bulletin', sentAt: newest };
}

/** When a story that came at `at` is sent in a digest: at its next hour or, where that is a quiet one, after those; ms. */
export function digestAt(settings: Settings, at: number): number {
  const due = nextDigest(settings.digest, settings.timezone, at);
  return isQuiet(settings, due) ? quietEnd(settings, due) : due;
}

const urgentFirst = (stories: readonly PendingStory[]): PendingStory[] => [
  ...stories.filter(({ urgent }) => urgent),
  ...stories.filter(({ urgent }) => !urgent),
];

/** A topic that the chat follows beside everything else is heard even where the rest is silent, but for the night. */
function isSilent(subscriber: Subscriber, items: readonly PendingStory[], now: number): boolean {
  const { sound, timezone } = subscriber.settings;
  if (sound === 'day') return isWithin(now, timezone, NIGHT);
  return sound === 'never' && !items.some((item) => isSought(subscriber, item));
}

/** Whether the chat gets everything and asked for this story in particular. */
const isSought = ({ settings }: Subscriber, { terms }: Pick<PendingStory, 'terms'>): boolean =>
  settings.followMode === 'also' && isFollowed(settings, terms);

/** Whether some of what waits for the digest may have to go before it. */
export const isWatchful = ({ digest, followMode, follow }: Settings): boolean =>
  digest.length > 0 && followMode === 'also' && follow.length > 0;

/** Topics repeat over chats: each is asked once of a story, by its terms. */
const answers = bounded<string, Bounded<string, boolean>>(100);
/** Answers that are kept of one story. */
const MOST_ANSWERS = 20_000;
/** Topics as queries, parsed once a process. */
const queries = bounded<string, Query>(20_000);

function isFollowed({ follow }: Settings, terms: string): boolean {
  const known = remembered(answers, terms, () => bounded<string, boolean>(MOST_ANSWERS));
  const queryFor = (words: string) => remembered(queries, words, parseQuery);
  return follow.some((words) => remembered(known, words, () => matches(queryFor(words), terms)));
}

/**
 * Whether the chat wants this at all, now or later: a story of one of its topics or one of its rubrics, where it has chosen
 * any, or urgent. Topics that are followed beside everything else keep nothing away.
 */
export function isFor({ settings }: Subscriber, item: Pending): boolean {
  if (item.kind === 'announcement') return true;
  const { story, terms, urgent } = item;
  if (story.withdrawn) return false;
  if (urgent && settings.urgentPasses === 'always') return true;
  if (!isNarrow(settings) || story.rubrics.some((one) => settings.rubrics.includes(one.toLowerCase())))
    return true;
  return isFollowed(settings, terms);
}

/** Whether some news does not come. */
export const isNarrow = ({ follow, followMode, rubrics }: Settings): boolean =>
  rubrics.length > 0 || (follow.length > 0 && followMode === 'only');
