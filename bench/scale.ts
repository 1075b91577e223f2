/**
 * How far one bot reaches: a day of the newsroom for ten thousand, a million and fifty million readers, as a simulation of
 * the queue that the dispatcher keeps (who waits longest is served first, with everything that waits for it at once).
 * What one reader and one message cost is measured by `million` and `ceiling`; docs/scale.md says what follows.
 */
import { DAY, HOUR, MINUTE, SECOND } from '#src/time.ts';
import { LIMITS } from '#src/limits.ts';
import { round, row } from './table.ts';

/** Chats that the simulation moves as one: delays are exact to this share of a sweep. */
const COHORTS = 2000;
/** Stories of a day, evenly from 07:00 to 23:00: the newsroom's measured 40. */
const STORIES = 40;
/** Messages a second of a paid broadcast, and Stars for each above the free ones (core.telegram.org/bots/faq). */
const PAID = { pace: 1000, star: 0.1 };
/** Bytes of Redis a reader, and a story that a chat was shown and that is kept (`npm run bench million`). */
const BYTES = { reader: 205.5, shown: 5 };
/**
 * Days for which it is kept which message showed a person a story, at most: a digest comes up to a day after the first chats
 * were shown it. A bulletin shows many.
 */
const KEPT_DAYS = (24 + 50) / 24;
/** Messages a second of which one process is capable (`npm run bench ceiling`, two cores shared with Telegram and Redis). */
const CAPABLE = 1800;

export interface Day {
  /** ms from publication to the message, of the half and of the 95 % that are served first. */
  readonly half: number;
  readonly most: number;
  /** Messages that a reader gets in the day. */
  readonly messages: number;
}

/** When a story of the endless newsroom appears, ms from the beginning of its first day. */
const published = (story: number) =>
  Math.floor(story / STORIES) * DAY + 7 * HOUR + ((story % STORIES) * 16 * HOUR) / STORIES;

/** A day in which every reader wants each story at once, at `pace` messages a second, after days enough to be usual. */
export function simulate(readers: number, pace: number): Day {
  const lasts = (readers / COHORTS / pace) * SECOND;
  const counted = (2 + Math.ceil((3 * lasts * COHORTS) / DAY)) * DAY;
  const seen: number[] = Array.from({ length: COHORTS }, () => 0);
  const delays: number[] = [];
  let messages = 0;
  let now = 0;
  for (let turn = 0; now < counted + DAY; turn = (turn + 1) % COHORTS) {
    let story = seen[turn] ?? 0;
    // A chat whose turn it is has seen least: where it has seen all, everybody has, until the next story.
    const begins = Math.max(now, published(story));
    now = begins + lasts;
    const isCounted = begins >= counted;
    for (; published(story) <= begins; story += 1) if (isCounted) delays.push(now - published(story));
    seen[turn] = story;
    if (isCounted) messages += 1;
  }
  delays.sort((a, b) => a - b);
  const at = (share: number) => delays[Math.floor(delays.length * share)] ?? Number.NaN;
  return { half: at(0.5), most: at(0.95), messages: messages / COHORTS };
}

/** Bots of one newsroom, each with its own pace, until 95 % of the readers have a story within an hour. */
export function botsForAnHour(readers: number): number {
  let bots = 1;
  while (!(simulate(readers / bots, LIMITS.all).most <= HOUR)) bots = Math.ceil(bots * 1.1);
  while (bots > 1 && simulate(readers / (bots - 1), LIMITS.all).most <= HOUR) bots -= 1;
  return bots;
}

function told(ms: number): string {
  if (ms < MINUTE) return `${round(ms / SECOND, 0)} s`;
  if (ms < 2 * HOUR) return `${round(ms / MINUTE, 0)} min`;
  return ms < 2 * DAY ? `${round(ms / HOUR, 1)} h` : `${round(ms / DAY, 1)} days`;
}

const size = (bytes: number) => `${round(bytes / 1e9, bytes < 1e9 ? 2 : 1)} GB`;

function tell(readers: number): void {
  row(`${readers.toLocaleString('en')} readers, free pace: one story with everybody`, told(sweep(readers)));
  const day = simulate(readers, LIMITS.all);
  row('  a day of 40 stories at once: half of what is read, later than', told(day.half));
  row('    95 %', told(day.most));
  row('    messages a reader', round(day.messages, 1));
  row('  readers whom two digests a day reach, of all', `${round(digestShare(readers) * 100, 0)} %`);
  row('  bots until 95 % have a story within an hour', String(botsForAnHour(readers)));
  row('  an urgent story, paid', told((readers / PAID.pace) * SECOND));
  const paid = readers * (1 - LIMITS.all / PAID.pace) * PAID.star;
  row('    Stars', Math.round(paid).toLocaleString('en'));
  const kept = readers * STORIES * KEPT_DAYS * BYTES.shown;
  row('  Redis, records and what was shown lately, at most', size(readers * BYTES.reader + kept));
  row('  of one process, at the free pace', `${round((LIMITS.all / CAPABLE) * 100, 1)} %`);
}

const sweep = (readers: number) => (readers / LIMITS.all) * SECOND;

/** Two messages a reader a day, of the messages that a day has room for. */
const digestShare = (readers: number) => Math.min(1, (LIMITS.all * (DAY / SECOND)) / (2 * readers));

export async function run(): Promise<void> {
  for (const readers of [10_000, 1_000_000, 50_000_000]) tell(readers);
}
