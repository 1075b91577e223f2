/** Thousands of invented readers, and the oracle that knows what each of them must have been shown: every story, once. */
import type { Machine } from '../machine.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import type { Version } from '../newsroom/archive.ts';
import type { SandboxClock } from '../telegram/clock.ts';
import type { Telegram } from '../telegram/telegram.ts';
import type { Arrivals } from './arrivals.ts';

/** Everybody in it reads this edition with the settings of a newcomer. */
const EDITION = 'be';
/** Messages a second to all chats together that Telegram documents. */
export const TELEGRAM_LINE = 30;
/** Where everything is well and nothing has arrived for so long, what is missing is lost, ms. */
const SETTLED_MS = 15_000;
/** The rate is told over so many seconds. */
const RATE_SECONDS = 3;

export interface CrowdStory {
  readonly piece: number;
  readonly headline: string;
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
  /** People in the order in which they came, each with the moment of it. */
  const groups: { readonly since: number; readonly people: readonly number[] }[] = [];
  let size = 0;
  let counted = 0;
  let movedAt = 0;

  /** `progress` changes with every message and every story. */
  const isSettled = (progress: number): boolean => {
    const moved = progress !== counted || !scene.isWell();
    counted = progress;
    if (moved) movedAt = performance.now();
    return performance.now() - movedAt > SETTLED_MS;
  };

  function storyOf(version: Version, settled: boolean): CrowdStory {
    const due = groups.filter(({ since }) => since <= version.publishedAt).flatMap(({ people }) => people);
    const chats = arrivals.of(version)?.chats;
    let sent = 0;
    let twice = 0;
    for (const person of due) {
      const times = chats?.get(person) ?? 0;
      if (times > 0) sent += 1;
      if (times > 1) twice += times - 1;
    }
    const missing = due.length - sent;
    return {
      piece: version.piece,
      headline: version.draft.headline,
      sent,
      twice,
      waiting: settled ? 0 : missing,
      lost: settled ? missing : 0,
    };
  }

  return {
    async grow(count) {
      const people = telegram.people(count, { firstId: 900_000_000 + size, language: EDITION });
      await machine.subscribe(people, EDITION);
      telegram.setLimits({ global: TELEGRAM_LINE });
      size += count;
      groups.push({ since: clock.now(), people });
    },
    part() {
      const [first] = groups;
      const due = newsroom
        .stories(EDITION)
        .filter(({ publishedAt, status }) => first && publishedAt >= first.since && status === 200);
      const settled = isSettled(arrivals.read() + due.length);
      const stories = due.map((version) => storyOf(version, settled));
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
