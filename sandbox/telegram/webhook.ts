/** Webhooks: updates as real POSTs, in order within a lane, tried again until they expire. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { flagOf, integerOf, isObject, jsonOf, textOf, type Params } from './params.ts';
import { seconds, type Bot, type World } from './world.ts';
import { badRequest, tooMany, type WireUpdate } from './wire.ts';

interface Webhook {
  readonly world: World;
  readonly bot: Bot;
  /** Runs a call that came as an answer. */
  readonly call: CallFromAnswer;
  readonly url: string;
  readonly secret: string;
  readonly maxConnections: number;
  readonly stop: AbortController;
  readonly busy: Set<string>;
  readonly failures: Map<string, number>;
  lastError: { at: number; message: string } | undefined;
  /** Moment of the call, for the one that may follow within a second. */
  readonly setAt: number;
}

/** Runs a call that a webhook gave as its answer. */
export type CallFromAnswer = (bot: Bot, method: string, params: Params) => Promise<unknown>;

export interface Webhooks {
  set(world: World, bot: Bot, params: Params): { result: true; description: string };
  remove(bot: Bot, params: Params): { result: true; description: string };
  info(bot: Bot): unknown;
  active(bot: Bot): boolean;
  close(): void;
}

const PORTS = new Set(['', '80', '88', '443', '8443']);
const ANSWER_TIMEOUT = 60_000;
const LONGEST_RETRY = 60_000;
const LONGEST_RETRY_AFTER = 3_600_000;

/** Plain http addresses and any port on this machine are taken as well, since there is no TLS to be had in a test. */
export function webhookBook(call: CallFromAnswer): Webhooks {
  const hooks = new Map<Bot, Webhook>();

  const stop = (bot: Bot) => {
    hooks.get(bot)?.stop.abort();
    hooks.delete(bot);
    bot.updates.onPush = undefined;
  };

  return {
    active: (bot) => hooks.has(bot),
    set(world, bot, params) {
      if (textOf(params, 'url').trim() === '') return this.remove(bot, params);
      const wanted = wantedIn(params);
      const known = hooks.get(bot);
      if (known && world.clock.now() - known.setAt < 1000) throw tooMany(1);
      allowUpdates(bot, params);
      if (flagOf(params, 'drop_pending_updates')) bot.updates.clear();
      else if (known?.url === wanted.url && known.secret === wanted.secret)
        return { result: true, description: 'Webhook is already set' };
      stop(bot);
      bot.updates.interrupt('terminated by setWebhook request');
      const hook: Webhook = {
        ...wanted,
        world,
        bot,
        call,
        stop: new AbortController(),
        busy: new Set(),
        failures: new Map(),
        lastError: undefined,
        setAt: world.clock.now(),
      };
      hooks.set(bot, hook);
      bot.updates.onPush = () => pump(hook);
      pump(hook);
      return { result: true, description: 'Webhook was set' };
    },
    remove(bot, params) {
      if (flagOf(params, 'drop_pending_updates')) bot.updates.clear();
      if (!hooks.has(bot)) return { result: true, description: 'Webhook is already deleted' };
      stop(bot);
      return { result: true, description: 'Webhook was deleted' };
    },
    info: (bot) => infoOf(bot, hooks.get(bot)),
    close() {
      for (const bot of hooks.keys()) stop(bot);
    },
  };
}

/** Posts the first update of each lane that waits for nothing. */
function pump(hook: Webhook): void {
  if (hook.stop.signal.aborted) return;
  for (const { update, lane } of hook.bot.updates.heads()) {
    if (hook.busy.size >= hook.maxConnections) return;
    if (hook.busy.has(lane)) continue;
    hook.busy.add(lane);
    void deliver(hook, update, lane).finally(() => {
      hook.busy.delete(lane);
      pump(hook);
    });
  }
}

async function deliver(hook: Webhook, update: WireUpdate, lane: string): Promise<void> {
  const { world, bot, call } = hook;
  const outcome = await postUpdate(hook, update);
  if (hook.stop.signal.aborted) return;
  if (outcome.ok) {
    hook.failures.delete(lane);
    bot.updates.done(update.update_id);
    if (isObject(outcome.answer) && typeof outcome.answer['method'] === 'string')
      await call(bot, outcome.answer['method'], outcome.answer);
    return;
  }
  hook.lastError = { at: world.clock.now(), message: outcome.message };
  const failures = (hook.failures.get(lane) ?? 0) + 1;
  hook.failures.set(lane, failures);
  const delay = outcome.retryAfterMs ?? Math.min(1000 * 2 ** (failures - 1), LONGEST_RETRY);
  await world.clock.sleep(delay, hook.stop.signal);
}

const infoOf = ({ updates }: Bot, hook: Webhook | undefined) => ({
  url: hook?.url ?? '',
  has_custom_certificate: false,
  pending_update_count: updates.pending().length,
  ...(hook && { max_connections: hook.maxConnections }),
  ...(hook?.lastError && {
    last_error_date: seconds(hook.lastError.at),
    last_error_message: hook.lastError.message,
  }),
  ...(updates.allowed.length > 0 && { allowed_updates: updates.allowed }),
});

/** Sticky: without the parameter everything stays as it was, an empty list means the usual set. */
export function allowUpdates(bot: Bot, params: Params): void {
  const given = jsonOf(params, 'allowed_updates', "can't parse allowed_updates JSON object");
  if (Array.isArray(given)) bot.updates.allow(given.filter((kind) => typeof kind === 'string'));
}

function wantedIn(params: Params): Pick<Webhook, 'url' | 'secret' | 'maxConnections'> {
  const url = textOf(params, 'url').trim();
  checkUrl(url);
  const secret = textOf(params, 'secret_token');
  if (!/^[A-Za-z0-9_-]{0,256}$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  return { url, secret, maxConnections: integerOf(params, 'max_connections', 40, 1, 100) };
}

function checkUrl(url: string): void {
  if (!URL.canParse(url)) throw badRequest('bad webhook: invalid webhook URL specified');
  const { protocol, port, hostname } = new URL(url);
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(local && protocol === 'http:'))
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (!local && !PORTS.has(port))
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
}

type Posted =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly message: string; readonly retryAfterMs?: number };

function postUpdate(hook: Webhook, update: WireUpdate): Promise<Posted> {
  const body = JSON.stringify(update);
  const send = hook.url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const failed = (message: string) => resolve({ ok: false, message });
    const request = send(
      hook.url,
      {
        method: 'POST',
        signal: hook.stop.signal,
        timeout: ANSWER_TIMEOUT,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...(hook.secret && { 'x-telegram-bot-api-secret-token': hook.secret }),
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', () => failed('Connection reset by peer'));
        response.on('end', () => {
          const { statusCode = 0, statusMessage = '' } = response;
          if (statusCode >= 200 && statusCode < 300) {
            resolve({ ok: true, answer: parseAnswer(Buffer.concat(parts).toString()) });
            return;
          }
          const after = Number(response.headers['retry-after']);
          resolve({
            ok: false,
            message: `Wrong response from the webhook: ${statusCode} ${statusMessage}`,
            ...(after > 0 && { retryAfterMs: Math.min(after * 1000, LONGEST_RETRY_AFTER) }),
          });
        });
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => failed(hook.stop.signal.aborted ? 'closed' : 'Connection refused or broken'));
    request.end(body);
  });
}

function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
