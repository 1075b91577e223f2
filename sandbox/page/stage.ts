/** The cast of the sandbox page: readers, an editor, a channel, a group, the newsroom. */
import type { Newsroom } from '../newsroom/newsroom.ts';
import { linkedId, type Piece } from '../newsroom/archive.ts';
import { pathOf } from '../newsroom/pages.ts';
import { pieceOf } from '../newsroom/sample.ts';
import { SAMPLES } from '../newsroom/samples.ts';
import type { ChatClient, Person, Telegram } from '../telegram/telegram.ts';

/** The roles on the page; each reader's Telegram speaks the language that names it. */
export const READERS = ['be', 'ru', 'en', 'de', 'editor'] as const;
export const PLACES = ['channel', 'group'] as const;

export type Reader = (typeof READERS)[number];
export type Place = (typeof PLACES)[number];

export interface Stage {
  readonly telegram: Telegram;
  readonly newsroom: Newsroom;
  readonly people: Readonly<Record<Reader, Person>>;
  readonly places: Readonly<Record<Place, ChatClient>>;
  readonly topics: readonly { readonly id: number; readonly name: string }[];
  /** Readers who have blocked the bot. */
  readonly blocked: Set<Reader>;
  /** Which sample became which piece of the newsroom. */
  readonly samples: Map<string, number>;
  /** Publishes and remembers the sample behind it. */
  publish(piece: Piece, options?: { at?: number; sample?: string }): void;
}

const NAMES: Readonly<Record<Reader, string>> = {
  be: 'Чытачка',
  ru: 'Читатель',
  en: 'Reader',
  de: 'Leserin',
  editor: 'Рэдактарка',
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
export function setStage(telegram: Telegram, newsroom: Newsroom, now: number): Stage {
  telegram.rich.ownHosts = [newsroom.url];
  const base = 200_000_000 + (Math.floor(now / 1000) % 400_000_000) * 10;
  const person = (reader: Reader, index: number) =>
    telegram.person({
      id: base + index,
      firstName: NAMES[reader],
      language: reader === 'editor' ? 'be' : reader,
      // Shows what those see whose app is years old.
      client: reader === 'de' ? 'old' : 'new',
    });
  const people = Object.fromEntries(
    READERS.map((reader, index) => [reader, person(reader, index)]),
  ) as Record<Reader, Person>;
  const owner = people.editor;
  const places = {
    channel: telegram.channel({ id: -1_000_000_000_000 - base, title: 'Наш двор', owner }),
    group: telegram.supergroup({ id: -1_000_000_000_001 - base, title: 'Суседзі', owner, forum: true }),
  };
  for (const reader of ['be', 'ru', 'en'] as const) places.group.join(people[reader]);
  const topics = ['Навіны', 'News in English'].map((name) => ({ id: places.group.createTopic(name), name }));

  const samples = new Map<string, number>();
  const stage: Stage = {
    telegram,
    newsroom,
    people,
    places,
    topics,
    blocked: new Set(),
    samples,
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
  const { lists, articles, feeds, notModified } = newsroom.requests();
  return {
    url: newsroom.url,
    stories,
    outages: newsroom.outages(),
    visits: lists + feeds,
    counts: { lists: lists + feeds, articles, notModified },
  };
}
