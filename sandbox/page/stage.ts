/** The cast of the sandbox page: readers, an editor, an operator, two channels, a group, the newsroom, a crowd. */
import type { Machine } from '../machine.ts';
import type { MovingClock } from '../moving-clock.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { linkedId, type Piece } from '../newsroom/archive.ts';
import { pathOf } from '../newsroom/pages.ts';
import { pieceOf } from '../newsroom/sample.ts';
import { SAMPLES } from '../newsroom/samples.ts';
import type { ChatClient, Person, Telegram } from '../telegram/telegram.ts';
import { type Arrivals, arrivalsOf } from './arrivals.ts';
import { createCrowd, type Crowd } from './crowd.ts';
import { createGallery, type Gallery } from './gallery.ts';
import { createLevers, type Levers } from './levers.ts';
import { createTimeline, type TimelineRow } from './timeline.ts';

/** The roles on the page; each reader's Telegram speaks the language that names it. */
export const READERS = ['be', 'ru', 'en', 'de', 'editor', 'operator'] as const;
export const PLACES = ['channel', 'second', 'group'] as const;

export type Reader = (typeof READERS)[number];
export type Place = (typeof PLACES)[number];

/** The guided first minute, in its order. */
export const STEPS = ['publish', 'read', 'correct', 'pull', 'clock'] as const;
export type Step = (typeof STEPS)[number];

/** The world that a stage stands in. */
export interface Surroundings {
  readonly telegram: Telegram;
  readonly newsroom: Newsroom;
  readonly clock: MovingClock;
  readonly machine: Machine;
}

export interface Stage extends Surroundings {
  readonly arrivals: Arrivals;
  readonly crowd: Crowd;
  readonly gallery: Gallery;
  readonly levers: Levers;
  readonly timeline: () => readonly TimelineRow[];
  /** Steps of the first minute that were taken. */
  readonly steps: Set<Step>;
  /** The opening scene is over. */
  isOpen: boolean;
  readonly people: Readonly<Record<Reader, Person>>;
  readonly places: Readonly<Record<Place, ChatClient>>;
  readonly topics: readonly { readonly id: number; readonly name: string }[];
  /** Readers who have blocked the bot. */
  readonly blocked: Set<Reader>;
  /** Which sample became which piece of the newsroom. */
  readonly samples: Map<string, number>;
  /** Waits for what the end of this world has to wait for too. */
  during<Result>(work: Promise<Result>): Promise<Result>;
  /** Nothing of this world reaches for the machine any more; resolves when what had begun is over. */
  halt(): Promise<void>;
  isHalted(): boolean;
  /** This world was not to end after all. */
  goOn(): void;
  /** Publishes and remembers the sample behind it. */
  publish(piece: Piece, options?: { at?: number; sample?: string }): void;
}

const NAMES: Readonly<Record<Reader, string>> = {
  be: 'Чытачка',
  ru: 'Читатель',
  en: 'Reader',
  de: 'Leserin',
  editor: 'Рэдактарка',
  operator: 'Аператар',
};

/** Already out when the sandbox starts; the rest waits on the desk. */
const STOCK = [
  'apples',
  'typewriters',
  'chess',
  'trade-paid',
  'late-letter',
  'petitions',
  'bus',
  'potatoes',
  'consulate',
  'football',
  'lights',
  'bridge',
];

const HOUR = 3_600_000;

/** Brings everybody on. Ids are new at every start, so that a bot that remembers an earlier one meets strangers. */
export function setStage(world: Surroundings, now: number): Stage {
  const { telegram, newsroom, machine } = world;
  telegram.rich.ownHosts = [newsroom.url];
  const base = 200_000_000 + (Math.floor(now / 1000) % 400_000_000) * 10;
  const person = (reader: Reader, index: number) =>
    telegram.person({
      id: base + index,
      firstName: NAMES[reader],
      language: reader === 'editor' || reader === 'operator' ? 'be' : reader,
      // Shows what those see whose app is years old.
      client: reader === 'de' ? 'old' : 'new',
    });
  const people = Object.fromEntries(
    READERS.map((reader, index) => [reader, person(reader, index)]),
  ) as Record<Reader, Person>;
  const owner = people.editor;
  const places = {
    channel: telegram.channel({
      id: -1_000_000_000_000 - base,
      title: 'Наш двор',
      username: 'nash_dvor',
      owner,
    }),
    // Private, without a name, and not bound yet.
    second: telegram.channel({ id: -1_000_000_000_002 - base, title: 'Двор по-русски', owner }),
    group: telegram.supergroup({ id: -1_000_000_000_001 - base, title: 'Суседзі', owner, forum: true }),
  };
  for (const reader of ['be', 'ru', 'en'] as const) places.group.join(people[reader]);
  const topics = ['Навіны', 'News in English'].map((name) => ({ id: places.group.createTopic(name), name }));

  const samples = new Map<string, number>();
  const arrivals = arrivalsOf(telegram, newsroom);
  const works = new Set<Promise<unknown>>();
  let isHalted = false;
  const levers = createLevers(world, () => isHalted);
  const stage: Stage = {
    ...world,
    arrivals,
    levers,
    crowd: createCrowd({ ...world, arrivals, isWell: () => levers.isWell() }),
    gallery: createGallery(world),
    timeline: createTimeline({ newsroom, machine, arrivals, since: now }),
    steps: new Set(),
    isOpen: false,
    people,
    places,
    topics,
    blocked: new Set(),
    samples,
    async during(work) {
      works.add(work);
      try {
        return await work;
      } finally {
        works.delete(work);
      }
    },
    async halt() {
      isHalted = true;
      // Whoever writes to Redis waits for it.
      if (machine.isStoreAway()) machine.setStoreAway(false);
      await Promise.allSettled(works);
    },
    isHalted: () => isHalted,
    goOn() {
      isHalted = false;
    },
    publish(piece, { at, sample } = {}) {
      const ids = newsroom.publish(piece, at);
      const id = ids.be ?? ids.ru ?? ids.en;
      const version = newsroom.stories().find((story) => id !== undefined && story.ids.includes(id));
      if (sample && version) samples.set(sample, version.piece);
    },
  };
  publishStock(stage, now);
  return stage;
}

/** Stories of the last day and a half, the newest an hour old. */
function publishStock(stage: Stage, now: number): void {
  STOCK.forEach((key, index) => {
    const sample = SAMPLES.find((other) => other.key === key);
    if (sample)
      stage.publish(pieceOf(sample), { at: now - (STOCK.length - index) * 3 * HOUR + 2 * HOUR, sample: key });
  });
}

/** The newsroom as its desk shows it. */
export function newsroomPart({ newsroom, samples }: Stage) {
  const sampleOf = new Map([...samples].map(([key, piece]) => [piece, key]));
  const pieces = Map.groupBy(newsroom.stories(), ({ piece }) => piece);
  const stories = [...pieces]
    .map(([piece, versions]) => ({
      piece,
      sample: sampleOf.get(piece),
      at: Math.max(...versions.map(({ publishedAt }) => publishedAt)),
      versions: Object.fromEntries(
        versions.map((version) => [
          version.tongue,
          {
            id: linkedId(version),
            path: pathOf(version),
            at: version.publishedAt,
            headline: version.draft.headline,
            lead: version.draft.lead,
            rubric: version.draft.rubric,
            urgent: version.draft.urgent ?? false,
            paid: Boolean(version.draft.paid),
            status: version.status,
          },
        ]),
      ),
    }))
    .sort((a, b) => b.at - a.at || b.piece - a.piece);
  return { url: newsroom.url, stories, outages: newsroom.outages(), design: newsroom.design() };
}

/** Requests of the bot to the newsroom: apart, as it changes with every visit. */
export function visitsPart({ newsroom }: Stage) {
  const { lists, articles, feeds, notModified } = newsroom.requests();
  return { lists: lists + feeds, articles, notModified };
}
