/**
 * Try the bot with no token: a local Telegram, an invented newsroom, and one web page with readers, a channel, a group, an
 * operator and the newsroom's desk. The bot talks to them over HTTP as to the real ones and cannot tell the difference.
 */
import type { RequestListener } from 'node:http';
import type { Machine, Settings } from './machine.ts';
import { type MovingClock, movingClock } from './moving-clock.ts';
import { type Newsroom, startNewsroom } from './newsroom/newsroom.ts';
import { pieceOf } from './newsroom/sample.ts';
import { SAMPLES } from './newsroom/samples.ts';
import { pageActs } from './page/acts.ts';
import { NO_MACHINE } from './page/no-machine.ts';
import { openingScene, operatorArrives } from './page/opening.ts';
import { pageParts } from './page/parts.ts';
import { type Act, createPage, type Parts } from './page/server.ts';
import { setStage, type Stage } from './page/stage.ts';
import { refusal } from './refusal.ts';
import { startTelegram, type Telegram } from './telegram/telegram.ts';

/** Token of the local Telegram's first bot. */
export { FIRST_TOKEN as SANDBOX_TOKEN } from './telegram/telegram.ts';

export interface SandboxOptions {
  /** The bot that the page's levers move; absent: whoever started this runs it. */
  readonly machine?: Machine;
  /** Told in one line each what was started. */
  readonly log?: (line: string) => void;
}

export interface Sandbox {
  /** Settings that lead a bot into this world. */
  settings(): Settings;
  /** By how much (ms) the world's time is ahead of the machine's. */
  ahead(): number;
  /** Starts the bot and plays the opening scene: readers subscribe, a channel is bound. */
  begin(): Promise<void>;
  /** Answers for the page and, so that one reachable port is enough, for the newsroom's pages. */
  readonly handle: RequestListener;
  stop(): Promise<void>;
}

/** One invented world, from its first moment to *Reset all*. */
interface World {
  readonly telegram: Telegram;
  readonly newsroom: Newsroom;
  readonly clock: MovingClock;
  readonly stage: Stage;
  close(): Promise<unknown>;
  readonly settings: Settings;
  readonly parts: () => Parts;
  readonly acts: Readonly<Record<string, Act>>;
}

/** Starts everything but the page's own port, on free ports of this machine. */
export async function startSandbox({
  machine = NO_MACHINE,
  log = () => undefined,
}: SandboxOptions = {}): Promise<Sandbox> {
  let isStopped = false;
  let resetting: Promise<void> | undefined;
  /** One at a time: who asks meanwhile waits for the one that is under way. */
  const reset = () =>
    (resetting ??= makeAnew().finally(() => {
      resetting = undefined;
    }));
  async function makeAnew(): Promise<void> {
    const old = world;
    await old.stage.halt();
    try {
      await machine.clear();
    } catch (error) {
      old.stage.goOn();
      throw error;
    }
    if (isStopped) return;
    world = await openWorld(machine, reset);
    await old.close();
    if (!isStopped) void begin();
  }
  const begin = async () => {
    const own = world;
    operatorArrives(own.stage);
    await machine.start(own.settings);
    if (!own.stage.isHalted()) await openingScene(own.stage);
  };
  let world = await openWorld(machine, reset);
  const page = await createPage({
    parts: () => world.parts(),
    acts: () => (world.stage.isHalted() ? { ...refused(world.acts), 'reset-all': reset } : world.acts),
    documents: {
      'samples.json': SAMPLES.map((sample) => ({
        key: sample.key,
        follows: sample.follows,
        piece: pieceOf(sample),
      })),
    },
    otherwise: (request, response) => world.newsroom.answer(request, response),
  });
  log(`Sandbox: a local Telegram at ${world.telegram.url} and an invented newsroom at ${world.newsroom.url}`);
  return {
    settings: () => world.settings,
    ahead: () => world.clock.ahead(),
    begin,
    handle: page.handle,
    async stop() {
      isStopped = true;
      page.close();
      await resetting?.catch(() => undefined);
      await world.close();
    },
  };
}

/** While a world ends nobody acts in it. */
const refused = (acts: World['acts']): World['acts'] =>
  Object.fromEntries(
    Object.keys(acts).map((name) => [
      name,
      () => {
        throw refusal('resetting');
      },
    ]),
  );

async function openWorld(machine: Machine, reset: () => Promise<void>): Promise<World> {
  const clock = movingClock();
  const now = clock.now();
  const telegram = await startTelegram({ clock });
  const newsroom = await startNewsroom({
    clock,
    marks: { openGraph: true, canonical: true, hreflang: true, time: true },
    // Rises by the day as on the real site, so that no id of yesterday names a story of today.
    firstId: 200_000 + (Math.floor(now / 60_000) % 10_000_000),
  });
  const stage = setStage({ telegram, newsroom, clock, machine }, now);
  return {
    telegram,
    newsroom,
    clock,
    stage,
    close: () => Promise.all([telegram.close(), newsroom.close(), stage.gallery.close()]),
    settings: {
      BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      SOURCE_BE: newsroom.sources.be,
      SOURCE_RU: newsroom.sources.ru,
      SOURCE_EN: newsroom.sources.en,
      ADMIN_IDS: String(stage.people.operator.id),
    },
    parts: pageParts(stage),
    acts: pageActs(stage, reset),
  };
}
