/** Whether messages to the bot reach it, and whether the token is good and ours alone: told to the conditions. */
import type { Polled } from '../bot/updates.ts';
import { allIsRead } from '../desk/chats/hear.ts';
import type { Desk } from '../desk/desk.ts';
import { createTokenWatch } from '../telegram/token-watch.ts';
import { MINUTE, SECOND } from '../time.ts';

/** Conflicts so close together are more than a restart on another machine. */
const TOGETHER_MS = MINUTE;
/** Polls that fail for this long are an outage. */
const UNREAD_MS = 10 * SECOND;

/** Is to be told each poll's outcome. Throws `telegram.unauthorized` where the token has been refused for an hour. */
export function createPollWatch({ clock, status: { conditions } }: Desk): (outcome: Polled) => void {
  const refusedToken = createTokenWatch(clock);
  const began = clock.ticks();
  let conflicts: number[] = [];
  let failingSince: number | undefined;
  return (outcome) => {
    const now = clock.ticks();
    const refused = refusedToken(outcome);
    if (outcome.kind === 'unreached' && outcome.deaf === 'conflict') conflicts = [...conflicts, now];
    conflicts = conflicts.filter((at) => now - at < TOGETHER_MS);
    if (conflicts.length > 1)
      conditions.fails('token', 'the same token is read by another process, or has a webhook: stop that one');
    else if (refused !== undefined) conditions.fails('token', refused);
    else if (outcome.kind === 'done') {
      // Another reader is noticed by the second conflict: before that, and before a while without any, nobody knows.
      if (conflicts.length === 0 && now - began >= TOGETHER_MS) conditions.holds('token');
      else conditions.presume('token');
    }
    if (outcome.kind === 'done') {
      failingSince = undefined;
      conditions.holds('updates');
    } else {
      failingSince ??= now;
      if (now - failingSince >= UNREAD_MS) conditions.fails('updates', UNREAD);
    }
  };
}

const UNREAD = 'messages to the bot cannot be read; they wait at Telegram for a day';

/** Between two looks at the webhook; sooner where somebody waits until everything is read. */
const LOOK_MS = 20 * SECOND;

/** Where updates are brought, and more, as `setWebhook` has it. */
type WebhookParams = { readonly url: string };

export interface WebhookInfo {
  readonly url?: string;
  readonly pending_update_count?: number;
  /** Seconds. */
  readonly last_error_date?: number;
  readonly last_error_message?: string;
}

/**
 * Keeps the webhook as we set it until `signal` aborts: whoever reads updates with the same token takes it away. Nobody sees
 * the last update that comes by it, so the same look tells whether any is left.
 * Throws `telegram.unauthorized` where the token has been refused for an hour.
 */
export async function keepWebhook(desk: Desk, params: WebhookParams, signal: AbortSignal): Promise<void> {
  const { telegram, clock, status, memory } = desk;
  const { hearing } = memory;
  const refusedToken = createTokenWatch(clock);
  /** Since when it is in its place, by ticks; undefined: it was not at the last look. */
  let goodSince: number | undefined = Number.NEGATIVE_INFINITY;
  /** When nothing waited last, by Telegram's time, ms. What failed before this process was there tells nothing. */
  let emptyAt = telegram.contact.now;
  const began = emptyAt;
  while (!signal.aborted) {
    const nudged = new AbortController();
    hearing.nudge = () => nudged.abort();
    const waiting = [...hearing.waiting];
    const since = telegram.contact.now;
    const outcome = await telegram.call<WebhookInfo>('getWebhookInfo', {}, undefined, signal);
    const refused = refusedToken(outcome);
    if (refused !== undefined) status.conditions.fails('token', refused);
    const isRead = outcome.kind === 'done' && outcome.result.pending_update_count === 0;
    if (isRead) await allIsRead(desk, since, waiting);
    if (outcome.kind === 'done') {
      status.conditions.holds('token');
      goodSince = outcome.result.url === params.url ? (goodSince ?? clock.ticks()) : undefined;
      if (isRead) emptyAt = telegram.contact.now;
      const why = undelivered(outcome.result, Math.max(emptyAt, hearing.broughtAt));
      if (goodSince === undefined) await setAgain(desk, params, signal);
      else if (why !== undefined) status.conditions.fails('updates', why);
      else if (clock.ticks() - goodSince >= LOOK_MS && (isRead || hearing.broughtAt > began))
        status.conditions.holds('updates');
    }
    if (hearing.waiting.size > 0) await clock.sleep(SECOND, signal);
    else await clock.sleep(LOOK_MS, AbortSignal.any([signal, nudged.signal]));
  }
}

/** A standby answers 503; a balancer that asks no other process then leads one of Telegram's next tries to the one that serves. */
const OTHERS_MS = MINUTE;
/** A single try may fail right behind one that came. */
const ONCE_MS = 5 * SECOND;

/** Why Telegram cannot bring what waits, failing since it last could, at `wellAt` (ms); undefined: it can, or may yet. */
export function undelivered(
  { pending_update_count: pending = 0, last_error_date: at = 0, last_error_message: said }: WebhookInfo,
  wellAt: number,
): string | undefined {
  const patience = said?.includes(' 503 ') ? OTHERS_MS : ONCE_MS;
  if (pending === 0 || at * SECOND <= wellAt + patience) return undefined;
  return `Telegram cannot bring messages to WEBHOOK_URL (${said ?? 'no reason given'}): the proxy, its certificate, or the way to this machine`;
}

const TAKEN =
  'the webhook was taken away and is set again: another process uses this token, or somebody has it';

async function setAgain(
  { telegram, log, status }: Desk,
  params: WebhookParams,
  signal: AbortSignal,
): Promise<void> {
  status.conditions.fails('updates', TAKEN);
  const { kind } = await telegram.call('setWebhook', params, undefined, signal);
  log.warn({ outcome: kind }, 'the webhook had been taken away, it is set again');
}
