/** Everything for readers, while this process holds their lease: news, corrections, removals, answers. */
import { introduceBot } from '../bot/profile.ts';
import type { PozirkBot } from '../bot/bot.ts';
import { ALLOWED_UPDATES } from '../bot/inbox.ts';
import { resumeUpdates, runUpdates, watchWebhook } from '../bot/updates.ts';
import { reportAlarms } from '../desk/letters/alarms.ts';
import { deliverLetters } from '../desk/letters/letters.ts';
import { erase } from '../desk/chats/erase.ts';
import { watchChats } from '../desk/chats/membership.ts';
import { correct } from '../desk/delivery/correct.ts';
import { deliver } from '../desk/delivery/dispatch.ts';
import type { Desk } from '../desk/desk.ts';
import { type NextKey, rotate } from '../desk/operator/rotate.ts';
import { PozirkError } from '../errors.ts';
import { highestId } from '../store/deliveries.ts';
import { isStoreTrouble } from '../store/redis.ts';
import { rememberedWait } from '../store/wait.ts';
import type { Outcome } from '../telegram/outcome.ts';
import { patiently } from '../telegram/patient.ts';
import { SECOND } from '../time.ts';
import type { Built } from './built.ts';
import { checkData, renewData, underLease } from './standby.ts';

/** The preconditions of the start are asked for until they are granted. */
const FOR_EVER = { forMs: Number.POSITIVE_INFINITY, restMs: SECOND } as const;

/**
 * Asks Telegram who we are, for as long as it takes; then tells it what the bot says about itself.
 *
 * @throws PozirkError `telegram.unauthorized`
 */
export async function greetTelegram({ desk, bot, readiness }: Built, stop: AbortSignal): Promise<void> {
  let isWarned = false;
  const ask = async (): Promise<Outcome<PozirkBot['botInfo']>> => {
    const outcome = await desk.telegram.call<PozirkBot['botInfo']>('getMe', {}, undefined, stop);
    if (outcome.kind === 'done') return outcome;
    if (outcome.kind === 'refused' && (outcome.code === 401 || outcome.code === 404))
      throw new PozirkError('telegram.unauthorized', 'Telegram refuses the token: check BOT_TOKEN');
    if (!isWarned) desk.log.warn({ outcome: outcome.kind }, 'Telegram does not answer yet');
    isWarned = true;
    return neverFinal(outcome);
  };
  const outcome = await patiently(desk.clock, ask, { ...FOR_EVER, signal: stop });
  if (outcome.kind !== 'done') return;
  bot.botInfo = outcome.result;
  readiness.set('telegram', true);
  return introduceBot(desk, stop);
}

/** Another refusal than that of the token may be a proxy's, or of a name that is not known yet. */
const neverFinal = <T>(outcome: Outcome<T>): Outcome<T> =>
  outcome.kind === 'refused' ? { kind: 'unreached', detail: outcome.description } : outcome;

/** Delivers, corrects, erases and answers while this process holds the lease; otherwise stands by. */
export function serveReaders(built: Built, nextKey: NextKey, stop: AbortSignal): Promise<void> {
  const { desk, readiness } = built;
  const isReading = () => readiness.set('updates', true);
  return underLease(desk, 'owner', stop, isReading, async (lease, work) => {
    desk.log.info({ fence: Number(lease.holder) }, 'this process serves the readers now');
    // The key may have been changed while this process stood by.
    await checkData(desk, work);
    await renewData(desk, 'bot', work);
    await takeOver(desk);
    await awaitName(desk, work);
    await Promise.all([
      deliver(desk, lease, work),
      correct(desk, work),
      watchChats(desk, work),
      erase(desk, work),
      deliverLetters(desk, work),
      watchFlood(desk, work),
      rotate(desk, nextKey, work),
      readUpdates(built, work, isReading),
    ]);
  });
}

/** Between two looks at whether Telegram has everybody wait. */
const FLOOD_LOOK_MS = 5 * SECOND;

/** Tells operators that Telegram has the whole bot wait, and when that is over. */
async function watchFlood(desk: Desk, signal: AbortSignal): Promise<void> {
  // After a restart the alarm of an earlier process may stand.
  let lasted = true;
  while (!signal.aborted) {
    const lasts = desk.telegram.pace.floodMs > 0;
    if (lasts || lasted) {
      const words =
        'Telegram asks the whole bot to wait: nothing is lost, the news goes on by itself, more slowly';
      await reportAlarms(desk, 'telegram', lasts ? [{ kind: 'flood', words }] : []).catch(() => undefined);
    }
    lasted = lasts;
    await desk.clock.sleep(FLOOD_LOOK_MS, signal);
  }
}

/** Longest wait (ms) for the bot's own name: without it a channel's posts lead nowhere. */
const NAME_MS = 3 * SECOND;

async function awaitName({ telegram, clock }: Desk, signal: AbortSignal): Promise<void> {
  const until = clock.ticks() + NAME_MS;
  while (telegram.username === undefined && clock.ticks() < until && !signal.aborted)
    await clock.sleep(SECOND / 20, signal);
}

/** The last owner's knowledge of Telegram's pace and message ids. */
async function takeOver(desk: Desk): Promise<void> {
  try {
    desk.telegram.pace.waitFor(await rememberedWait(desk.store));
    desk.telegram.sequence.observe(0, await highestId(desk.store, 'private'));
  } catch (error) {
    if (!isStoreTrouble(error)) throw error;
  }
}

/** Asks Telegram for updates until `signal` aborts, or once tells it where to bring them. */
async function readUpdates(
  { config, desk, bot }: Built,
  signal: AbortSignal,
  onReading: () => void,
): Promise<void> {
  if (config.updates.mode === 'polling') return runUpdates(bot, desk, signal, onReading);
  const { url, secret } = config.updates;
  const params = {
    url,
    secret_token: secret.reveal(),
    allowed_updates: ALLOWED_UPDATES,
    max_connections: 40,
  };
  const set = async () => {
    const outcome = await desk.telegram.call('setWebhook', params, undefined, signal);
    if (outcome.kind === 'done') return outcome;
    const said = outcome.kind === 'refused' ? outcome.description : outcome.kind;
    desk.log.warn({ said }, 'the webhook could not be set yet');
    return neverFinal(outcome);
  };
  const outcome = await patiently(desk.clock, set, { ...FOR_EVER, signal });
  if (outcome.kind !== 'done') return;
  onReading();
  await resumeUpdates(bot, desk);
  await watchWebhook(desk, signal);
}
