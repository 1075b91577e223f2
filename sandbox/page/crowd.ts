/** Thousands of invented readers, and the oracle that knows what each of them must have been shown: every story, once. */
import type { Machine } from '../machine.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import type { Version } from '../newsroom/archive.ts';
import { refusal } from '../refusal.ts';
import type { SandboxClock } from '../telegram/clock.ts';
import type { Telegram } from '../telegram/telegram.ts';
import type { Arrivals } from './arrivals.ts';
import { createDue, type Due } from './due.ts';

/** Everybody in it reads this edition with the settings of a newcomer. */
const EDITION = 'be';
/** Most readers in it: the local Telegram keeps every message that it took. */
const LARGEST = 20_000;
/** Messages a second to all chats together that Telegram documents. */
const TELEGRAM_LINE = 30;
/** Where everything is well and nothing has arrived for so long, what is missing is lost, ms. */
const SETTLED_MS = 15_000;
/** After an outage of the newsroom the bot rests up to 20 of its intervals, ms; then it asks again. */
const RESTED_MS = 45_000;
/** The rate is told over so many seconds. */
const RATE_SECONDS = 3;

export interface CrowdStory {
  readonly piece: number;
  readonly headline: string;
  /** Nobody is to be sent it: the text is known. */
  readonly again: boolean;
  readonly sent: number;
  readonly waiting: number;
  readonly lost: number;
  readonly twice: number;
}

export interface CrowdPart {
  readonly size: number;
  readonly line: number;
  /** Messages a second, lately. */
  readonly rate: number;
  readonly lost: number;
  readonly twice: number;
  readonly waiting: number;
  readonly stories: readonly CrowdStory[];
}

export interface Crowd {
  grow(count: number): Promise<void>;
  part(): CrowdPart;
}

export interface CrowdScene {
  readonly telegram: Telegram;
  readonly newsroom: Newsroom;
  readonly clock: SandboxClock;
  readonly machine: Machine;
  readonly arrivals: Arrivals;
  /** Nothing is being done to the bot that would explain a wait. */
  readonly isWell: () => boolean;
}

export function createCrowd(scene: CrowdScene): Crowd {
  const { telegram, newsroom, clock, machine, arrivals } = scene;
  const dueSince = createDue(scene, EDITION);
  /** People in the order in which they came, each with the moment of it. */
  const groups: { readonly since: number; readonly people: readonly number[] }[] = [];
  let size = 0;
  /** Whoever asks for more meanwhile waits for those who are coming. */
  let growing = Promise.resolve();
  let counted = 0;
  let movedAt = 0;

  /** `progress` changes with every message and every story. */
  const isSettled = (progress: number): boolean => {
    const now = performance.now();
    const moved = progress !== counted || !scene.isWell();
    counted = progress;
    if (moved) movedAt = Math.max(movedAt, now);
    if (newsroom.outages()[EDITION]) movedAt = now + RESTED_MS;
    return now - movedAt > SETTLED_MS;
  };

  /** How often a person was sent any of these. */
  const timesOf = (versions: readonly Version[]) => {
    const chats = versions.flatMap((version) => arrivals.of(version)?.chats ?? []);
    return (person: number) => chats.reduce((times, one) => times + (one.get(person) ?? 0), 0);
  };

  function storyOf({ version, again, same, once }: Due, settled: boolean): CrowdStory {
    const due = groups.filter(({ since }) => since <= version.publishedAt).flatMap(({ people }) => people);
    const [timesOfSame, timesOfOnce] = [timesOf(same), timesOf(once)];
    let sent = 0;
    let twice = 0;
    for (const person of due) {
      const times = timesOfSame(person);
      if (times > 0) sent += 1;
      if (times > 1) twice += Math.max(timesOfOnce(person) - 1, 0);
    }
    const missing = again ? 0 : due.length - sent;
    return {
      piece: version.piece,
      headline: version.draft.headline,
      again,
      sent,
      twice,
      waiting: settled ? 0 : missing,
      lost: settled ? missing : 0,
    };
  }

  async function growBy(count: number): Promise<void> {
    if (size + count > LARGEST) throw refusal('crowd', { count: LARGEST });
    const people = telegram.people(count, { firstId: 900_000_000 + size, language: EDITION });
    await machine.subscribe(people, EDITION);
    telegram.setLimits({ global: TELEGRAM_LINE });
    size += count;
    groups.push({ since: clock.now(), people });
  }

  return {
    grow(count) {
      const grown = growing.then(() => growBy(count));
      growing = grown.catch(() => undefined);
      return grown;
    },
    part() {
      const [first] = groups;
      const due = first ? dueSince(first.since) : [];
      const settled = isSettled(arrivals.read() + due.length);
      const stories = due.map((one) => storyOf(one, settled));
      const sum = (of: (story: CrowdStory) => number) => stories.reduce((all, story) => all + of(story), 0);
      return {
        size,
        line: TELEGRAM_LINE,
        rate: size === 0 ? 0 : rateOf(telegram, clock.now()),
        lost: sum(({ lost }) => lost),
        twice: sum(({ twice }) => twice),
        waiting: sum(({ waiting }) => waiting),
        stories: stories.slice(0, 4),
      };
    },
  };
}

function rateOf(telegram: Telegram, now: number): number {
  const second = Math.floor(now / 1000);
  const { perSecond } = telegram.counters();
  const lately = Array.from({ length: RATE_SECONDS }, (_, ago) => perSecond[second - 1 - ago] ?? 0);
  return Math.round(lately.reduce((all, one) => all + one, 0) / RATE_SECONDS);
}
