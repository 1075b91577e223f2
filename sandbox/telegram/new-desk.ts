/** A Telegram as it is before anybody uses it. */
import { type CallDesk, handleCall } from './calls.ts';
import { counterBook } from './counters.ts';
import type { TelegramOptions } from './face.ts';
import { faultBook } from './faults.ts';
import { DOCUMENTED_LIMITS, floodLimits } from './limits.ts';
import { realClock } from './wait.ts';
import { webhookBook } from './webhook.ts';
import { seededRandom, type World } from './world.ts';

export function openDesk({
  clock = realClock,
  seed = 1,
  limits = {},
  latency = 0,
  strictPolling = false,
}: TelegramOptions): CallDesk {
  const random = seededRandom(seed);
  const world: World = {
    clock,
    random,
    bots: new Map(),
    botsById: new Map(),
    people: new Map(),
    chats: new Map(),
    limits: floodLimits(() => clock.now(), limits === true ? DOCUMENTED_LIMITS : limits),
    faults: faultBook(random),
    counters: counterBook(),
    waiting: new Map(),
    presses: new Map(),
    ephemerals: [],
    ephemeralLoss: 0,
    server: 'today',
    rich: {
      cuts: false,
      picturesFail: false,
      linksFail: false,
      floods: false,
      patienceMs: 5000,
      ownHosts: [],
      fetched: [],
      sentAt: new Map(),
    },
    inlineMessages: new Map(),
    lastQueryId: 4_000_000_000,
    strictPolling,
  };
  const desk: CallDesk = {
    world,
    latency,
    webhooks: webhookBook((bot, method, params) => handleCall(desk, bot.token, method, params)),
  };
  return desk;
}
