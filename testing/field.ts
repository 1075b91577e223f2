/**
 * Newsrooms as the field has them, in fast motion: feeds that tell their stories badly, servers that answer wrongly. Each
 * story carries a word that no other has, by which the oracle knows what became of it.
 */
import { createHash } from 'node:crypto';
import type { Fetcher, Request } from '#src/source/fetch/fetch.ts';
import { isGarbled } from '#src/source/garbled.ts';
import { readLog } from '#src/store/logs.ts';
import { getStories } from '#src/store/stories.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import { movedClock } from './clock.ts';
import { INTERVAL, openStage } from './newsdesk.ts';
import { articlePage, datelineOf } from './pages.ts';
import { createSite } from './site.ts';
import { chances } from './texts.ts';

/** How a newsroom names its stories, and what goes wrong there. */
export interface Habits {
  /** `places`: numbered by place; `fresh`: new at each reading; `reused`: out of a few; `shared`: by rubric. */
  readonly guids: 'own' | 'none' | 'places' | 'fresh' | 'reused' | 'shared';
  /** `one`: all stories under one link; `visits`: with a new name of the visit at each reading; `trackers`: in the anchor. */
  readonly links: 'own' | 'one' | 'visits' | 'trackers';
  readonly order: 'newest' | 'oldest';
  /** Entries of the feed before those of the last days. */
  readonly archive: number;
  /** The feed gives summaries, so that pages are read. */
  readonly isBrief: boolean;
  readonly hasCounters: boolean;
  readonly isLying: boolean;
  readonly isLiveBlog: boolean;
  /** All addresses and guids change once. */
  readonly hasReset: boolean;
}

export interface FieldOptions {
  readonly redisUrl: string;
  readonly habits: Habits;
  readonly days: number;
  readonly seed: number;
  /** Stories a day. */
  readonly perDay?: number;
}

/** Counts of the oracle. */
export interface Harvest {
  readonly published: number;
  readonly polls: number;
  readonly missed: number;
  readonly twice: number;
  readonly overwritten: number;
  readonly garbled: number;
  /** Headlines whose page had no text at first. */
  readonly flashes: number;
  /** Polls after which the slowest flash was told. */
  readonly flashPolls: number;
  readonly wrong: readonly string[];
}

interface Told {
  readonly n: number;
  readonly word: string;
  readonly at: number;
  readonly isPost: boolean;
  readonly isFlash: boolean;
  id: number;
  guid: string;
  headline: string;
  sentences: string[];
  /** Its page has a text. */
  hasText: boolean;
  pageIs: 'well' | 'refused';
  isCorrected: boolean;
}

const START = Date.parse('2026-08-03T06:00:00Z');
const STEP = 20 * MINUTE;
/** Polls in a row at each step. */
const POLLS = 2;
const ROWS = 25;
const ORIGIN = 'https://news.example';

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('abcdefghijklmnopqrstuvwxyz', (letter, at) => [letter, 'абцдэфгхіжклмнопўрстувшзйь'[at] ?? 'а']),
);
const cyrillic = (text: string): string => text.replace(/[a-z]/g, (letter) => LETTERS[letter] ?? letter);

const STEMS =
  'horad rynak most shkola bank zavod muzej vulica pasazhyr rada sud park lekar urok sneg zima vada dom kniha pole les mora'.split(
    ' ',
  );
const ENDINGS = ['a', 'u', 'am', 'ach', 'y', 'ou', 'aha', 'ym'];

export async function harvest({ redisUrl, habits, days, seed, perDay = 24 }: FieldOptions): Promise<Harvest> {
  const chance = chances(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
  const clock = movedClock(START);
  const told: Told[] = [];
  const later: { at: number; act: () => void }[] = [];
  const gone = new Set<number>();
  let nextId = 1000 + seed * 100_000;
  let reading = 0;
  let isGarbling = false;
  const wrong: string[] = [];

  const sentence = (): string => {
    const words = Array.from({ length: 7 + Math.floor(chance() * 6) }, () => pick(STEMS) + pick(ENDINGS));
    return cyrillic(`${words.join(' ')} ${Math.floor(chance() * 900) + 2}.`).replace(/^./, (first) =>
      first.toUpperCase(),
    );
  };
  const wordOf = (n: number): string =>
    `Ж${[n, n >> 4, n >> 8].map((part) => cyrillic('bdfghklmnprstvza'[part & 15] ?? 'b')).join('а')}ўск`;

  function publish(at: number, isOld = false): Told {
    const n = told.length;
    const word = wordOf(n);
    const isPattern = chance() < 0.15;
    const isPost = habits.isLiveBlog && chance() < 0.4;
    const isFlash = !isOld && habits.isBrief && habits.guids === 'own' && chance() < 0.25;
    const one: Told = {
      n,
      word,
      at,
      isPost,
      isFlash,
      id: nextId++,
      guid:
        habits.guids === 'reused'
          ? `g${n % 40}`
          : habits.guids === 'shared'
            ? `rubric${n % 3}`
            : `g${nextId}`,
      headline:
        isPattern && !isFlash
          ? 'Міністэрства дапоўніла спіс датычных асоб'
          : `${word}: ${sentence().toLowerCase().replace('.', '')}`,
      sentences: isPattern
        ? [
            `У спіс дададзены чалавек з горада ${word}, паведаміла міністэрства ў пятніцу ўвечары на сваім сайце.`,
            `Усяго ў спісе цяпер ${n + 300} асоб, і ${word} не апошні.`,
          ]
        : [`Падзея ў горадзе ${word}: ${sentence().toLowerCase()}`, ...Array.from({ length: 4 }, sentence)],
      hasText: !isFlash,
      pageIs: 'well',
      isCorrected: false,
    };
    told.push(one);
    if (isOld) return one;
    if (isFlash) later.push({ at: at + 20 * MINUTE, act: () => void (one.hasText = true) });
    if (!isFlash && chance() < 0.2)
      later.push({ at: at + (0.3 + chance() * 5) * HOUR, act: () => correct(one) });
    if (!isPost && habits.links === 'own' && chance() < 0.1)
      later.push({ at: at + (0.5 + chance() * 4) * HOUR, act: () => rename(one) });
    if (habits.isBrief && chance() < 0.08) {
      one.pageIs = 'refused';
      later.push({ at: at + 2 * HOUR, act: () => void (one.pageIs = 'well') });
    }
    return one;
  }

  function correct(one: Told): void {
    one.isCorrected = true;
    const kind = chance();
    if (kind < 0.4) one.sentences = [...one.sentences, sentence()];
    else if (kind < 0.7)
      one.sentences = one.sentences.map((text, at) =>
        at === 1 ? text.replace(/\d+/, String(Math.floor(chance() * 900))) : text,
      );
    else one.headline = `${one.headline} (абноўлена)`;
  }

  function rename(one: Told): void {
    if (chance() < 0.5) gone.add(one.id);
    one.id = nextId++;
    if (habits.guids === 'own' && chance() < 0.5) one.guid = `g${one.id}`;
  }

  const linkOf = (one: Told): string => {
    if (one.isPost)
      return `${ORIGIN}/be/live/${Math.floor((one.at - START) / (12 * HOUR)) + 500}#post-${one.n}`;
    if (habits.links === 'one') return `${ORIGIN}/be/online`;
    const link = `${ORIGIN}/be/news/${one.id}`;
    if (habits.links === 'visits')
      return `${link}?visit=${createHash('md5').update(String(reading)).digest('hex').slice(0, 12)}`;
    return habits.links === 'trackers' ? `${link}?utm_source=rss${reading}#xtor=RSS-${reading % 7}` : link;
  };

  function row(one: Told, place: number): string {
    const isWhole = !habits.isBrief || one.isPost || habits.links === 'one';
    const headline = habits.hasCounters ? `${one.headline} [${(one.n * 7 + reading) % 30}]` : one.headline;
    const guid =
      habits.guids === 'none'
        ? ''
        : habits.guids === 'places'
          ? String(place + 1)
          : habits.guids === 'fresh'
            ? `f${reading}-${one.n}`
            : one.guid;
    const text = isWhole
      ? `<enclosure url="${ORIGIN}/${one.n}.jpg" type="image/jpeg"/><content:encoded><![CDATA[${one.sentences.map((text) => `<p>${text}</p>`).join('')}]]></content:encoded>`
      : '';
    return `<item><title>${headline}</title><link>${linkOf(one).replaceAll('&', '&amp;')}</link>${guid && `<guid isPermaLink="false">${guid}</guid>`}<pubDate>${new Date(one.at).toUTCString()}</pubDate>${text}</item>`;
  }

  function feed(now: number): string {
    reading++;
    const newest = told.filter(({ at }) => at <= now).slice(-ROWS);
    const listed = habits.order === 'newest' ? newest.toReversed() : newest;
    const old = Array.from(
      { length: habits.archive },
      (_, n) =>
        `<item><title>Архіў ${n}: ${cyrillic(STEMS[n % STEMS.length] ?? '')}</title><link>${ORIGIN}/be/archive/${n}</link><pubDate>${new Date(START - (habits.archive + 100 - n) * 24 * HOUR).toUTCString()}</pubDate><description>Стары тэкст нумар ${n}.</description></item>`,
    );
    const rows = listed.map(row);
    const xml = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Навіны</title><link>${ORIGIN}/</link>${(habits.order === 'newest' ? [...rows, ...old.toReversed()] : [...old, ...rows]).join('')}</channel></rss>`;
    return isGarbling ? new TextDecoder('windows-1251').decode(Buffer.from(xml)) : xml;
  }

  function pageOf(path: string): string | undefined {
    const isTogether = path.startsWith('/be/live/') || path === '/be/online';
    const together = isTogether
      ? told.filter((each) => new URL(linkOf(each)).pathname === path).slice(-ROWS)
      : [];
    if (together.length > 0)
      return articlePage(
        'be',
        {
          headline: 'Анлайн дня: што адбываецца цяпер',
          lead: 'Галоўнае за дзень мы збіраем тут, навіна за навінай.',
          body: together.map(({ sentences }) => ({ kind: 'paragraph', text: sentences.join(' ') })),
          dateline: datelineOf('be', START),
        },
        {},
      );
    const id = Number(/\/be\/news\/(\d+)/.exec(path)?.[1]);
    const one = told.find((each) => each.id === id);
    if (!one || gone.has(id)) return undefined;
    const [lead = '', ...rest] = one.hasText ? one.sentences : [];
    return articlePage(
      'be',
      {
        headline: one.headline,
        lead,
        body: rest.map((text) => ({ kind: 'paragraph', text })),
        dateline: datelineOf('be', one.at),
      },
      {},
    );
  }

  const fetcher: Fetcher = {
    async read(address: string, request: Request) {
      const { pathname } = new URL(address);
      const isFeed = pathname === '/be/rss';
      if (isFeed && habits.isLying && request.validators?.etag)
        return { ok: true, value: { kind: 'unchanged' } };
      const refused = told.some(({ id, pageIs }) => pageIs === 'refused' && pathname.endsWith(`/${id}`));
      if (refused) return { ok: false, fault: { code: 'source.status', detail: 'status 403' } };
      const text = isFeed ? feed(clock.now()) : pageOf(pathname);
      if (text === undefined) return { ok: false, fault: { code: 'source.gone', detail: 'status 404' } };
      const hash = createHash('sha256').update(text).digest('base64url');
      const etag = isFeed && habits.isLying ? 'constant' : hash;
      if (request.validators?.etag === hash) return { ok: true, value: { kind: 'unchanged' } };
      return {
        ok: true,
        value: {
          kind: 'page',
          address,
          bytes: Buffer.from(text),
          text,
          charset: 'utf-8',
          contentType: 'text/xml',
          validators: { etag },
          hash,
        },
      };
    },
    tell: async () => ({ ok: true, value: true }),
    hurry: () => undefined,
    crawlDelayMs: () => 0,
    close: async () => undefined,
  };

  const stage = openStage(redisUrl, clock, { ...createSite(), fetcher });
  await stage.desk.store.redis.flushall();
  for (let n = 0; n < ROWS; n++) publish(START - (ROWS - n) * 20 * MINUTE - 3 * HOUR, true);
  const address = `${ORIGIN}/be/rss`;
  await stage.poll('be', [address]);
  const baseline = told.length;

  /** Per entry of the log the word of its first text, checked after each poll against what it says now. */
  const words = new Map<string, string>();
  const first = new Map<string, number>();
  let polls = 1;
  let overwritten = 0;
  let garbled = 0;
  let flashPolls = 0;
  /** By the word of a flash: polls before the one that lists it first. */
  const flashes = new Map<string, number>();
  const wordIn = (text: string): string | undefined => /Ж[а-яўіь]+ўск/.exec(text)?.[0];

  async function look(): Promise<void> {
    const entries = await readLog(stage.desk.store, 'be', 0, 20_000);
    const ids = entries.map((entry) => (entry.kind === 'story' ? entry.story : ''));
    for (const story of await getStories(stage.desk, ids)) {
      if (!story) continue;
      const said = [story.headline, story.lead, ...story.body.map((block) => JSON.stringify(block))].join(
        ' ',
      );
      if (isGarbled(said)) garbled++;
      const word = wordIn(said);
      const before = words.get(story.id);
      if (before === undefined && word !== undefined) {
        words.set(story.id, word);
        first.set(word, Math.min(first.get(word) ?? polls, polls));
      } else if (before !== word) {
        overwritten++;
        wrong.push(`overwritten: ${before} by ${word}`);
        words.set(story.id, word ?? '');
      }
    }
  }

  let wasReset = false;
  for (let step = 1; step * STEP <= days * 24 * HOUR; step++) {
    const now = clock.now();
    if (habits.hasReset && !wasReset && step * STEP > days * 12 * HOUR) {
      wasReset = true;
      for (const one of told)
        Object.assign(one, { id: nextId++, guid: habits.guids === 'own' ? `g${nextId}` : one.guid });
    }
    const fresh =
      chance() < (perDay * STEP) / (24 * HOUR)
        ? [publish(now), ...(chance() < 0.15 ? [publish(now + 1000)] : [])]
        : [];
    for (const due of later.filter(({ at }) => at <= now)) due.act();
    later.splice(0, later.length, ...later.filter(({ at }) => at > now));
    isGarbling = chance() < 0.05;
    // A reading that is garbled lists nothing, and no reading what is to be published a moment later.
    for (const { word, isFlash, pageIs, at } of fresh)
      if (isFlash && pageIs === 'well') flashes.set(word, polls + (isGarbling || at > now ? 1 : 0));
    for (let n = 0; n < POLLS; n++) {
      if (n > 0) isGarbling = false;
      await stage.poll('be', [address]);
      polls++;
      const isAwaited = [...flashes.keys()].some((word) => !first.has(word));
      if (isAwaited || n === POLLS - 1) await look();
    }
    await clock.advance(STEP - POLLS * INTERVAL);
  }
  // Waiting stories are within their patience.
  for (const one of told) one.pageIs = 'well';
  // A story told by its headline alone gets its text when its page is looked at again.
  const isAllSeen = () => told.slice(baseline).every(({ word }) => first.has(word));
  for (let n = 0; n < 80 && !isAllSeen(); n++) {
    await stage.poll('be', [address]);
    if (n % 5 === 4) await look();
  }
  await look();
  for (const [word, listedAt] of flashes)
    flashPolls = Math.max(flashPolls, (first.get(word) ?? Number.POSITIVE_INFINITY) - listedAt);
  await stage.close();

  const counts = new Map<string, number>();
  for (const word of words.values()) counts.set(word, (counts.get(word) ?? 0) + 1);
  let missed = 0;
  let twice = 0;
  for (const [index, { word, headline }] of told.entries()) {
    const count = counts.get(word) ?? 0;
    if (index >= baseline && count === 0) {
      missed++;
      wrong.push(`missed: ${word} ${headline}`);
    }
    if (index < baseline ? count > 0 : count > 1) {
      twice++;
      wrong.push(`twice: ${word} ${headline}`);
    }
  }
  return {
    published: told.length - baseline,
    polls,
    missed,
    twice,
    overwritten,
    garbled,
    flashes: flashes.size,
    flashPolls,
    wrong,
  };
}
