import { noJournal } from '#src/journal.ts';
import { noSpareInbox } from '#src/spare-inbox.ts';
import { createBot, type PozirkBot } from '#src/bot/bot.ts';
import { tellOwners } from '#src/bot/places/tell-owners.ts';
import { handleUpdate } from '#src/bot/inbox.ts';
import { slim } from '#src/bot/slim.ts';
import type { Desk } from '#src/desk/desk.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import { createTrace } from '#src/desk/trace.ts';
import type { Edition } from '#src/news/edition.ts';
import { termsOf } from '#src/matching/match.ts';
import type { Story } from '#src/news/story.ts';
import type { Logger } from '#src/log.ts';
import { silentLogger } from './log.ts';
import { loadWords, type Locales } from '#src/render/locale.ts';
import { type Person, startTelegram, type Telegram } from '#sandbox/telegram/telegram.ts';
import { createStatus } from '#src/status.ts';
import { openStore } from '#src/store/redis.ts';
import { createSeal } from '#src/store/seal.ts';
import { appendStory, newStoryId } from '#src/store/stories.ts';
import { createPace } from '#src/telegram/pace.ts';
import { createTelegram } from '#src/telegram/send.ts';
import { MINUTE, watched } from '#src/time.ts';
import { type MovedClock, movedClock } from './clock.ts';
import { startDelivery, waitForAnswersOf } from './delivery.ts';
import { startRedis } from './redis.ts';

/** 14:05 in Minsk on a summer's Saturday. */
export const NOON = Date.parse('2026-08-22T11:05:00Z');

/** A newsroom on a Redis and a Telegram of its own, with the counter open and a clock that a test moves. */
export interface Stage {
  readonly desk: Desk;
  readonly bot: PozirkBot;
  readonly telegram: Telegram;
  readonly clock: MovedClock;
  /** Gives the bot every update that waits, until nothing is left to answer. */
  settle(): Promise<void>;
  /** Presses a button and gives the bot the press; what the bot answered to it. */
  press(person: Person, message: number, button: string | { data: string }, chat?: number): Promise<Pressed>;
  /** Delivers until the result is called, at the latest until the stage closes. `desk` default: the stage's own. */
  deliver(desk?: Desk): Promise<() => Promise<void>>;
  readonly redisUrl: string;
  /** Where the stage's Redis keeps its files. */
  readonly redisFolder: string;
  close(): Promise<void>;
}

type Pressed = Awaited<ReturnType<Person['press']>>;

export interface StageOptions {
  /** For Redis, such as `--appendonly yes`. */
  readonly redisFlags?: readonly string[];
  readonly adminIds?: readonly number[];
  /** `Policy.keepHours`; default: everything stays. */
  readonly keepHours?: number;
  /** `Policy.paidFloor`; default: nothing is paid for. */
  readonly paidFloor?: number;
  /** Messages a second; default: no limit. */
  readonly rate?: number;
  /** Takes the log lines; default: nobody. */
  readonly log?: Logger;
}

export interface DeskOptions {
  readonly clock: MovedClock;
  readonly telegram: Telegram;
  readonly redisUrl: string;
  readonly log: Logger;
  /** Messages a second; default: no limit. */
  readonly rate?: number;
  readonly adminIds?: readonly number[];
  /** `Policy.keepHours`; default: everything stays. */
  readonly keepHours?: number;
  /** `Policy.paidFloor`; default: nothing is paid for. */
  readonly paidFloor?: number;
  readonly admit?: Desk['admit'];
  readonly onAlarm?: Desk['onAlarm'];
}

let words: Locales | undefined;

/** A desk on what is given; its store and its link to Telegram are closed by who opens it. */
export function openDesk({
  clock,
  telegram,
  redisUrl,
  log,
  rate = 0,
  adminIds = [],
  keepHours = 0,
  paidFloor,
  admit = () => undefined,
  onAlarm = () => undefined,
}: DeskOptions): Desk {
  const { token, url: apiRoot } = telegram;
  const [botId = ''] = token.split(':');
  const store = openStore({ url: redisUrl, botId, log });
  waitForAnswersOf(store.redis);
  const status = createStatus();
  const onWait = (whom: 'chat' | 'all') => status.toldToWait.inc({ whom });
  const desk: Desk = {
    clock: watched(clock),
    log,
    status,
    store,
    seal: createSeal(Buffer.alloc(32, 7), botId),
    telegram: createTelegram({ token, apiRoot, clock, pace: createPace(clock, rate), onWait }),
    locales: (words ??= loadWords()),
    trace: createTrace(store),
    memory: createMemory(),
    policy: {
      staleMs: 86_400_000,
      paid: 'mark',
      urgentMarks: [],
      recheckSeconds: [],
      adminIds,
      keepHours,
      ...(paidFloor === undefined ? {} : { paidFloor }),
    },
    admit,
    onAlarm,
    journal: noJournal,
    spare: noSpareInbox,
    onTrouble: (place, why) => tellOwners(desk, place, why),
  };
  return desk;
}

/** Opens a stage; `close` it when done. */
export async function openStage({
  adminIds = [],
  keepHours = 0,
  paidFloor,
  rate = 0,
  redisFlags = [],
  log = silentLogger,
}: StageOptions = {}): Promise<Stage> {
  const clock = movedClock(NOON);
  const redis = await startRedis(...redisFlags);
  // Whoever sets our clock does not set Telegram's.
  const telegram = await startTelegram({
    clock: { now: () => clock.ticks(), sleep: (ms, signal) => clock.sleep(ms, signal) },
  });
  const desk = openDesk({
    clock,
    telegram,
    redisUrl: redis.url,
    log,
    rate,
    adminIds,
    keepHours,
    ...(paidFloor === undefined ? {} : { paidFloor }),
  });
  const bot = createBot(desk, { token: telegram.token, apiRoot: telegram.url });
  // Posts of the bot lead to it by the name that Telegram answers.
  await desk.telegram.call('getMe', {});
  bot.botInfo = telegram.bot as typeof bot.botInfo;

  const settle = async () => {
    for (let updates = telegram.pendingUpdates(); updates.length > 0; updates = telegram.pendingUpdates()) {
      // The local Telegram writes the same updates as the real one; only their types have other names.
      const batch = updates as unknown as Parameters<typeof handleUpdate>[2][];
      await Promise.all(batch.map((update) => handleUpdate(bot, desk, slim(desk, update))));
      const last = Math.max(...batch.map(({ update_id }) => update_id));
      await telegram.handle(telegram.token, 'getUpdates', { offset: last + 1, timeout: 0, limit: 1 });
    }
  };
  const deliveries = new Set<() => Promise<void>>();
  return {
    desk,
    bot,
    telegram,
    clock,
    settle,
    async deliver(by = desk) {
      const end = await startDelivery(by);
      const stop = async () => {
        if (deliveries.delete(stop)) await end();
      };
      deliveries.add(stop);
      return stop;
    },
    redisUrl: redis.url,
    redisFolder: redis.folder,
    async press(person, message, button, chat) {
      const answer = person.press(message, button, chat === undefined ? {} : { chat });
      await settle();
      return answer;
    },
    async close() {
      for (const stop of deliveries) await stop();
      await desk.telegram.close();
      await desk.store.close();
      await telegram.close();
      await redis.stop();
    },
  };
}

/** Puts an invented story into the log of its edition, as if the source had brought it; its id. */
export async function publish(
  { desk }: Pick<Stage, 'desk'>,
  edition: Edition,
  made: {
    readonly headline: string;
    /** Age of its publication. */
    readonly minutesAgo?: number;
    /** Paragraphs after the lead. */
    readonly body?: readonly string[];
    readonly rubrics?: readonly string[];
    readonly picture?: Story['picture'];
  },
): Promise<string> {
  const now = desk.clock.now();
  const publishedAt = now - (made.minutesAgo ?? 0) * MINUTE;
  const id = newStoryId();
  const story: Story = {
    id,
    edition,
    revision: 0,
    headline: made.headline,
    lead: `${made.headline}.`,
    body: (made.body ?? []).map((text) => ({ kind: 'paragraph', text })),
    day: new Date(publishedAt).toISOString().slice(0, 10),
    publishedAt,
    firstSeenAt: now,
    link: `https://news.example/${edition}/news/${id}/`,
    rubrics: made.rubrics ?? [],
    ...(made.picture ? { picture: made.picture } : {}),
    access: 'free',
    urgent: false,
    withdrawn: false,
  };
  await appendStory(desk, {
    story,
    terms: termsOf([story.headline, story.lead].join('\n')),
    origin: { from: 'item', texts: [] },
    aliases: [id],
    headline: id,
    rank: publishedAt,
    push: true,
    now,
  });
  return id;
}
