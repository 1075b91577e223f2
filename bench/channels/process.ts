/** A process of the bot that can be killed: its connections break at once, and it never hears what became of its calls. */
import { createBot } from '#src/bot/bot.ts';
import { handleUpdate } from '#src/bot/inbox.ts';
import { watchChats } from '#src/desk/chats/membership.ts';
import { correct } from '#src/desk/delivery/correct.ts';
import { deliver } from '#src/desk/delivery/dispatch.ts';
import type { Desk } from '#src/desk/desk.ts';
import { createLogger } from '#src/log.ts';
import type { Telegram } from '#sandbox/telegram/telegram.ts';
import { highestId } from '#src/store/deliveries.ts';
import { holdLease } from '#src/store/lease.ts';
import { openStore } from '#src/store/redis.ts';
import type { MovedClock } from '#testing/clock.ts';
import { openDesk } from '#testing/desk.ts';

export interface Process {
  readonly desk: Desk;
  /** Handles the updates that wait and confirms them. */
  handle(telegram: Telegram): Promise<void>;
  /** Lines of the log at level error. */
  errors(): number;
  kill(): Promise<void>;
}

export async function startProcess(options: {
  clock: MovedClock;
  telegram: Telegram;
  redisUrl: string;
}): Promise<Process> {
  const { clock, telegram } = options;
  let errors = 0;
  let dead = false;
  const log = createLogger('error', {
    write: () => {
      if (!dead) errors += 1;
    },
  });
  const desk = openDesk({ clock, telegram, redisUrl: options.redisUrl, log, rate: 25 });
  const { store } = desk;
  const bot = createBot(desk, { token: telegram.token, apiRoot: telegram.url });
  bot.botInfo = telegram.bot as typeof bot.botInfo;
  desk.telegram.sequence.observe(0, await highestId(store, 'private'));
  const stop = new AbortController();
  const lease = await holdLease(store, 'owner', clock, stop.signal);
  if (!lease) throw new Error('no lease');
  lease.signal.addEventListener('abort', () => {
    if (!dead) errors += 1;
  });
  const work = [deliver(desk, lease, stop.signal), correct(desk, stop.signal), watchChats(desk, stop.signal)];

  let handling = Promise.resolve();
  const handleWaiting = async () => {
    const batch = telegram.pendingUpdates() as unknown as Parameters<typeof handleUpdate>[2][];
    if (batch.length === 0) return;
    await Promise.all(batch.map((update) => handleUpdate(bot, desk, update)));
    if (dead) return;
    const offset = Math.max(...batch.map(({ update_id }) => update_id)) + 1;
    await telegram.handle(telegram.token, 'getUpdates', { offset, timeout: 0, limit: 1 });
  };
  let busy = false;
  return {
    desk,
    async handle() {
      if (busy || dead) return;
      busy = true;
      // Not waited for: the calls that it makes take moved time, which goes on meanwhile.
      handling = handleWaiting()
        .catch(() => undefined)
        .finally(() => {
          busy = false;
        });
      await new Promise((resolve) => setImmediate(resolve));
    },
    errors: () => errors,
    async kill() {
      dead = true;
      store.redis.disconnect();
      await desk.telegram.close();
      stop.abort();
      // The lease of the dead runs out; nobody waits for real seconds here.
      const heir = openStore({ url: options.redisUrl, botId: store.botId, log });
      await heir.redis.del(store.keys.lease('owner'));
      await heir.close();
      for (let turn = 0; turn < 60; turn += 1) {
        const ended = await Promise.race([
          Promise.allSettled([...work, handling]).then(() => true),
          new Promise<false>((resolve) => setImmediate(() => resolve(false))),
        ]);
        if (ended) break;
        await clock.advance(20);
      }
    },
  };
}
