/** Whether an edition's source still works, in numbers and in words; nobody else notices a silent newsroom. */
import { present } from '../../present.ts';
import type { FaultCode } from '../../errors.ts';
import type { Edition } from '../../news/edition.ts';
import { hostOf, leadsHome } from '../../news/link-hosts.ts';
import { getRecords } from '../../store/stories.ts';
import type { Shelf } from '../../store/shelf.ts';
import { getHealth, saveHealth } from '../../store/sources.ts';
import { DAY, HOUR, SECOND } from '../../time.ts';
import type { Alarm } from '../letters/alarms.ts';
import type { Asked } from './ask.ts';
import type { Poll } from './context.ts';
import { missingSince } from './rhythm.ts';
import type { NewsDesk } from '../desk.ts';

/** State of an edition in `/health` and on the status page. Moments in ms since the epoch. */
export interface EditionHealth {
  readonly edition: Edition;
  /** When its addresses were asked last; absent: an earlier version did. */
  readonly polledAt?: number;
  readonly lastSuccessAt?: number;
  readonly lastNewAt?: number;
  /** Items understood at the last good reading, all addresses together. */
  readonly items: number;
  /** Polls in a row in which no address could be read. */
  readonly failures: number;
  /** Why, as a code and in words. */
  readonly fault?: FaultCode;
  readonly reason?: string;
  /** Pages in a row without a text. */
  readonly emptyPages: number;
  /** Stories in a row that were told without their pages, because these could not be read for too long. */
  readonly refusedPages?: number;
  /** When stories were last lost from sight in an outage. */
  readonly gapAt?: number;
  /** Entries of the last whole reading whose texts were not understood for the most part. */
  readonly lossyTexts?: number;
  /** Such texts of the pages that the last poll with pages read. */
  readonly lossyPages?: number;
  /** Hosts, not the newsroom's, to which stories of the last poll with news lead. */
  readonly foreignHosts?: readonly string[];
  /** Feeds that the listings name. */
  readonly feeds: readonly string[];
  /** Alarms that last. */
  readonly alarms: readonly Alarm<'source'>[];
}

/** Health before its alarms are known. */
type State = Omit<EditionHealth, 'alarms'>;

/** Failed polls in a row that are an alarm, once nothing could be read for so long (ms): told within a minute. */
export const FAILED_POLLS = 2;
export const UNREAD_MS = 45 * SECOND;
const EMPTY_PAGES = 3;
const REFUSED_PAGES = 3;
const NO_REASON = 'no reason given';
/** For so long a gap in the news is an alarm: long enough to be told, short enough to be told again of the next. */
const GAP_MS = HOUR;

/** An address that failed at each request for so long is not waited for any more, and operators hear of it. */
const GIVEN_UP_MS = HOUR;
/** The limit for one that was never read: failures in a row, between which it rests. */
const GIVEN_UP_FAILURES = 20;

export const isGivenUp = ({ desk }: Poll, { kind, state }: Asked): boolean =>
  (kind === 'failed' || kind === 'resting') &&
  (state.lastSuccessAt === undefined
    ? state.failures >= GIVEN_UP_FAILURES
    : desk.clock.now() - (state.failingSince ?? state.lastSuccessAt) >= GIVEN_UP_MS);

/** Health of an edition as of its last poll; undefined before the first. */
export const editionHealth = (shelf: Shelf, edition: Edition): Promise<EditionHealth | undefined> =>
  getHealth<EditionHealth>(shelf, edition);

/** Whether no news of the edition comes: no address is set here, nor has another bot on this Redis polled it within a day. */
export async function isOff(desk: NewsDesk, edition: Edition): Promise<boolean> {
  if (!desk.policy.off?.includes(edition)) return false;
  const health = await editionHealth(desk, edition);
  return desk.clock.now() - (health?.polledAt ?? health?.lastSuccessAt ?? 0) > DAY;
}

/** Brings health up to date after a poll. Answers the alarms that last. */
export async function assess(poll: Poll, answers: readonly Asked[]): Promise<readonly Alarm<'source'>[]> {
  const { desk, source, tally } = poll;
  const now = desk.clock.now();
  const before = await editionHealth(desk, source.edition);
  const good = answers.filter(({ kind }) => kind === 'reading' || kind === 'unchanged');
  const bad = answers.flatMap((asked) => (asked.kind === 'failed' ? [asked.fault] : []));
  // A server that asks to wait for an hour is away for an hour: what is left alone counts as what was asked.
  const failures = good.length || !answers.length ? 0 : (before?.failures ?? 0) + 1;
  const worst = bad.find(({ code }) => code === 'source.unreadable') ?? bad[0];
  const offered = answers.flatMap((asked) => (asked.kind === 'reading' ? asked.reading.offers : []));
  const hasNew = tally.pushed.length + tally.stored.length > 0;
  const health: State = present({
    edition: source.edition,
    polledAt: now,
    lastSuccessAt: good.length ? now : before?.lastSuccessAt,
    lastNewAt: hasNew ? now : before?.lastNewAt,
    items: itemsOf(answers),
    failures,
    fault: good.length ? undefined : (worst?.code ?? before?.fault),
    reason: good.length ? undefined : (worst?.detail ?? before?.reason),
    emptyPages: tally.texts ? 0 : (before?.emptyPages ?? 0) + tally.pages,
    refusedPages: (tally.texts ? 0 : (before?.refusedPages ?? 0)) + tally.unread,
    gapAt: tally.gaps ? now : before?.gapAt,
    lossyTexts: lossyTexts(answers) ?? before?.lossyTexts ?? 0,
    lossyPages: tally.texts ? tally.lossy : (before?.lossyPages ?? 0),
    foreignHosts: hasNew ? await foreignHosts(poll) : (before?.foreignHosts ?? []),
    feeds: offered.length ? [...new Set(offered)] : (before?.feeds ?? []),
  });
  const alarms = await alarmsOf(poll, health, answers);
  await saveHealth(desk, source.edition, { ...health, alarms });
  return alarms;
}

/** Undefined where no address was read anew. */
function lossyTexts(answers: readonly Asked[]): number | undefined {
  const read = answers.flatMap((asked) =>
    asked.kind === 'reading' ? [asked.reading.lossy?.length ?? 0] : [],
  );
  return read.length ? read.reduce((sum, count) => sum + count, 0) : undefined;
}

/** Hosts to which new stories lead although they may not. */
async function foreignHosts({ desk, tally }: Poll): Promise<string[]> {
  const { linkHosts } = desk.policy;
  const records = await getRecords(desk, [...tally.pushed, ...tally.stored]);
  const links = records.map(({ story }) => story.link);
  return [...new Set(links.filter((link) => !leadsHome(link, linkHosts)).map(hostOf))];
}

const itemsOf = (answers: readonly Asked[]): number =>
  answers.reduce(
    (sum, asked) => sum + (asked.kind === 'reading' ? asked.reading.items.length : (asked.state.items ?? 0)),
    0,
  );

type Words = string | false | undefined;
type Kind = Alarm<'source'>['kind'];

/** Words for operators by trouble; none where the edition is not in it. */
const TROUBLES: Readonly<
  Record<Kind, (poll: Poll, health: State, answers: readonly Asked[]) => Words | Promise<Words>>
> = {
  failing: (poll, health) => health.fault !== 'source.unreadable' && unreadWords(poll, health),
  unreadable: (poll, health) =>
    health.lastSuccessAt !== undefined && health.items === 0 && health.failures === 0
      ? 'the source answers, but lists nothing'
      : health.fault === 'source.unreadable' && unreadWords(poll, health),
  bodies: (_, { emptyPages }) =>
    emptyPages >= EMPTY_PAGES && `${emptyPages} pages in a row without a text; the site may have changed`,
  refused: (_, { refusedPages = 0 }) =>
    refusedPages >= REFUSED_PAGES &&
    `the pages of ${refusedPages} stories could not be read; they were told by their headlines`,
  losses: (_, { lossyTexts: texts = 0, lossyPages: pages = 0 }) =>
    texts + pages > 0 &&
    `${texts ? `${texts} texts of the feed` : `the texts of ${pages} pages`} come out much shorter than they went in; npm start -- source ${texts ? 'names one' : 'of a page says so'}`,
  gap: ({ desk }, { gapAt }) =>
    gapAt !== undefined &&
    desk.clock.now() - gapAt < GAP_MS &&
    'stories may be missing: after an outage the listing no longer reaches back to what is known',
  silent: silenceOf,
  hosts: (_, { foreignHosts: [foreign] = [] }) =>
    foreign !== undefined &&
    `links of stories lead to ${foreign}, so they are shown as text; where that is right, LINK_HOSTS allows it`,
  feed: ({ source }, { feeds: [feed] }) =>
    feed !== undefined &&
    !source.addresses.includes(feed) &&
    `the listing names a feed, which could be read instead: ${feed}`,
  // Of several addresses one is dead, and the others do not show it.
  address: (poll, { failures }, answers) => {
    const dead = failures ? undefined : answers.find((asked) => isGivenUp(poll, asked));
    if (!dead) return undefined;
    const { host, pathname } = new URL(dead.address);
    return `one of its addresses (${host}${pathname}) cannot be read any more: ${dead.state.reason ?? NO_REASON}`;
  },
};

const unreadWords = ({ desk }: Poll, { failures, lastSuccessAt = 0, reason = NO_REASON }: State): Words =>
  failures >= FAILED_POLLS &&
  desk.clock.now() - lastSuccessAt >= UNREAD_MS &&
  `the source cannot be read: ${reason}`;

async function alarmsOf(poll: Poll, health: State, answers: readonly Asked[]): Promise<Alarm<'source'>[]> {
  const alarms: Alarm<'source'>[] = [];
  for (const kind of Object.keys(TROUBLES) as Kind[]) {
    const words = await TROUBLES[kind](poll, health, answers);
    if (words) alarms.push({ kind, words: `${health.edition}: ${words}` });
  }
  return alarms;
}

/** Stories that should have come by now before silence is an alarm: by chance it happens once in 3,000 times. */
const EXPECTED_STORIES = 8;
const LEAST_SILENCE_MS = 2 * HOUR;

/** Nothing is said while nothing can be told yet. */
async function silenceOf(poll: Poll, { lastNewAt }: State): Promise<Words> {
  const now = poll.desk.clock.now();
  if (lastNewAt === undefined || now - lastNewAt < LEAST_SILENCE_MS) return undefined;
  const isLikely = (await missingSince(poll, lastNewAt)) < EXPECTED_STORIES;
  return (
    !isLikely &&
    `nothing new for ${Math.floor((now - lastNewAt) / HOUR)} h, longer than this edition's rhythm makes likely`
  );
}
