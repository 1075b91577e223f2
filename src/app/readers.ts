/** Everything for readers, while this process holds their lease: news, corrections, removals, answers. */
import { addAbortListener } from 'node:events';
import { introduceBot } from '../bot/profile.ts';
import type { PozirkBot } from '../bot/bot.ts';
import { ALLOWED_UPDATES, keepLines } from '../bot/inbox.ts';
import { resumeUpdates, runUpdates } from '../bot/updates.ts';
import { deliverLetters } from '../desk/letters/letters.ts';
import { erase } from '../desk/chats/erase.ts';
import { watchChats } from '../desk/chats/membership.ts';
import { reportAlarms } from '../desk/letters/alarms.ts';
import { correct } from '../desk/delivery/correct.ts';
import { deliver } from '../desk/delivery/dispatch.ts';
import type { Desk } from '../desk/desk.ts';
import { wasIntroduced } from '../desk/operator/introduce.ts';
import { type NextKey, rotate } from '../desk/operator/rotate.ts';
import { unlessOutOfUse } from '../desk/trouble.ts';
import { confirmBackups, readBackups } from '../store/backups.ts';
import { highestId } from '../store/deliveries.ts';
import { rememberedWait } from '../store/wait.ts';
import type { Outcome } from '../telegram/outcome.ts';
import { patiently } from '../telegram/patient.ts';
import { createTokenWatch } from '../telegram/token-watch.ts';
import { MINUTE, SECOND } from '../time.ts';
import type { Built } from './built.ts';
import { tellFindings } from './findings.ts';
import { checkData, onceRedisAnswers, renewData, underLease } from './standby.ts';
import type { Charge } from './tell-troubles.ts';
import { createPollWatch, keepWebhook } from './watch-updates.ts';

/** The preconditions of the start are asked for until they are granted. */
const FOR_EVER = { forMs: Number.POSITIVE_INFINITY, restMs: SECOND } as const;

/** Asks Telegram who we are, for as long as it takes; then tells it of the bot. Throws `telegram.unauthorized`. */
export async function greetTelegram({ config, desk, bot }: Built, stop: AbortSignal): Promise<void> {
  const wasGood = await wasIntroduced(desk.store).catch(() => true);
  const refusedToken = createTokenWatch(desk.clock, wasGood ? undefined : MISTYPED_MS);
  const ask = async (): Promise<Outcome<PozirkBot['botInfo']>> => {
    const outcome = await desk.telegram.call<PozirkBot['botInfo']>('getMe', {}, undefined, stop);
    const refused = refusedToken(outcome);
    if (refused !== undefined) desk.status.conditions.fails('token', refused);
    return neverFinal(outcome);
  };
  const outcome = await patiently(desk.clock, ask, { ...FOR_EVER, signal: stop });
  if (outcome.kind !== 'done') return;
  bot.botInfo = outcome.result;
  // Whether somebody else reads with it, only reading tells.
  desk.status.conditions.presume('token');
  await Promise.all([introduceBot(desk, stop), tellFindings(desk, config)]);
}

/** A token that never was good is a typing mistake: whoever typed it is waiting, ms. */
const MISTYPED_MS = 3 * SECOND;

/** Another refusal than that of the token may be a proxy's, or of a name that is not known yet. */
const neverFinal = <T>(outcome: Outcome<T>): Outcome<T> =>
  outcome.kind === 'refused' ? { kind: 'unreached', detail: outcome.description } : outcome;

/** Delivers, corrects, erases and answers while this process holds the lease; otherwise stands by. */
export function serveReaders(
  built: Built,
  nextKey: NextKey,
  charge: Charge,
  stop: AbortSignal,
): Promise<void> {
  const { desk } = built;
  const { conditions } = desk.status;
  const onStandby = () => {
    charge.isOurs = false;
    conditions.presume('updates');
    conditions.presume('token');
    conditions.presume('pace');
  };
  return underLease(desk, 'owner', stop, onStandby, async (lease, work) => {
    charge.isOurs = true;
    charge.serves = true;
    desk.log.info({ fence: lease.fence }, 'this process serves the readers now');
    addAbortListener(work, () => (charge.serves = false));
    addAbortListener(work, () => desk.journal.end());
    keepLines(desk, work);
    // Nobody can leave before: from now on it is noted who does.
    desk.journal.begin(lease.fence);
    await onceRedisAnswers(desk, work, () => markBackups(desk));
    // The key may have been changed while this process stood by.
    await checkData(desk, work);
    await renewData(desk, 'bot', work);
    await takeOver(desk);
    await awaitName(desk, work);
    await Promise.all([
      keepJournal(desk, work),
      deliver(desk, lease, work),
      correct(desk, work),
      watchChats(desk, work),
      erase(desk, work),
      deliverLetters(desk, work),
      watchPace(desk, work),
      endFlood(desk, work),
      rotate(desk, nextKey, work),
      readUpdates(built, work),
    ]);
  });
}

/** Between two looks at whether there is a backup more: who makes it waits for our mark. */
const BACKUP_LOOK_MS = SECOND;

async function keepJournal(desk: Desk, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await desk.clock.sleep(BACKUP_LOOK_MS, signal);
    if (!signal.aborted) await markBackups(desk).catch(() => undefined);
  }
}

async function markBackups({ journal, store }: Desk): Promise<void> {
  const backups = await readBackups(store);
  if (journal.mark(backups.map(({ id }) => id))) await confirmBackups(store, backups);
}

/** The whole bot waits now and then while it learns what Telegram takes; for so long something is wrong, ms. */
const SLOW_MS = 2 * MINUTE;
/** Waits with less than this between them are one, ms. */
const CALM_MS = MINUTE / 2;

async function watchPace({ telegram, clock, status }: Desk, signal: AbortSignal): Promise<void> {
  const why = 'Telegram has had the whole bot wait for minutes';
  const words = `${why}: nothing is lost, the news goes on by itself, more slowly; does anything else send with this token?`;
  let since: number | undefined;
  let lastAt = clock.ticks();
  while (!signal.aborted) {
    const now = clock.ticks();
    if (telegram.pace.floodMs > 0) {
      since ??= now;
      lastAt = now;
      if (now - since >= SLOW_MS) status.conditions.fails('pace', words);
    } else if (now - lastAt >= CALM_MS) {
      since = undefined;
      status.conditions.holds('pace');
    }
    await clock.sleep(SECOND, signal);
  }
}

/** Ends the alarm of an earlier version that Telegram has everybody wait, with that wait. */
async function endFlood(desk: Desk, signal: AbortSignal): Promise<void> {
  await desk.clock.sleep(desk.telegram.pace.floodMs, signal);
  if (!signal.aborted) await reportAlarms(desk, 'telegram', []).catch(() => undefined);
}

/** Longest wait (ms) for the bot's own name: without it a channel's posts lead nowhere. */
const NAME_MS = 3 * SECOND;

async function awaitName({ telegram, clock }: Desk, signal: AbortSignal): Promise<void> {
  const until = clock.ticks() + NAME_MS;
  while (telegram.username === undefined && clock.ticks() < until && !signal.aborted)
    await clock.sleep(SECOND / 20, signal);
}

/** The last owner's knowledge of Telegram's pace and message ids. */
const takeOver = (desk: Desk): Promise<void> =>
  unlessOutOfUse(desk, async () => {
    desk.telegram.pace.waitFor(await rememberedWait(desk.store));
    desk.telegram.sequence.observe(0, await highestId(desk.store, 'private'));
  });

/** Asks Telegram for updates until `signal` aborts, or tells it where to bring them and sees that it stays so. */
async function readUpdates({ config, desk, bot }: Built, signal: AbortSignal): Promise<void> {
  if (config.updates.mode === 'polling') return runUpdates(bot, desk, signal, createPollWatch(desk));
  const { hearing } = desk.memory;
  hearing.takes = true;
  addAbortListener(signal, () => (hearing.takes = false));
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
    if (outcome.kind === 'refused')
      desk.status.conditions.fails('updates', `Telegram does not take WEBHOOK_URL: ${said}`);
    return neverFinal(outcome);
  };
  const outcome = await patiently(desk.clock, set, { ...FOR_EVER, signal });
  if (outcome.kind !== 'done') return;
  desk.status.conditions.presume('updates');
  await resumeUpdates(bot, desk);
  await keepWebhook(desk, params, signal);
}
