/** One call from its door to its answer: token, trouble on order, latency, the method itself. */
import { type FaultRule, LATE_MS } from './faults.ts';
import { METHODS } from './methods.ts';
import { integerOf, type Params } from './params.ts';
import { allowUpdates, type Webhooks } from './webhook.ts';
import { conflict } from './updates.ts';
import type { Bot, ServerAge, World } from './world.ts';
import { RefusedCall, refusal, type Answer } from './wire.ts';

/** How a call ends on the wire. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'html'; readonly status: number; readonly reason: string }
  | { readonly kind: 'cut'; readonly answer: Answer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

/** Added to every call but getUpdates, ms: a figure, or a range from which the seed draws. */
export type Latency = number | readonly [number, number];

export interface CallDesk {
  readonly world: World;
  readonly webhooks: Webhooks;
  latency: Latency;
}

const answered = (answer: Answer): Outcome => ({ kind: 'answer', answer });

/** Handles one call; never rejects. `signal` tells that the caller has gone away. */
export async function handleCall(
  desk: CallDesk,
  token: string,
  name: string,
  params: Params,
  signal?: AbortSignal,
): Promise<Outcome> {
  const { world } = desk;
  const method = name.toLowerCase();
  world.counters.enter(method);
  try {
    const bot = world.bots.get(token);
    if (!bot || bot.loggedOut) return answered(unauthorized(token));
    const polls = method === 'getupdates';
    const delay = polls ? 0 : drawLatency(desk);
    if (delay > 0) await world.clock.sleep(delay);
    const fault = world.faults.strike(method, chatOf(params));
    if (fault) return await troubled(desk, bot, method, params, fault, signal);
    return answered(await run(desk, bot, method, params, signal));
  } finally {
    world.counters.leave(method);
  }
}

function drawLatency({ latency, world }: CallDesk): number {
  if (typeof latency === 'number') return latency;
  const [least, most] = latency;
  return least + world.random() * (most - least);
}

const chatOf = (params: Params): number | undefined => {
  const id = integerOf(params, 'chat_id', 0, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return id === 0 ? undefined : id;
};

const unauthorized = (token: string): Answer => ({
  ok: false,
  error_code: 401,
  description: /^\d+:[A-Za-z0-9_-]+$/.test(token) ? 'Unauthorized' : 'Unauthorized: invalid token specified',
});

async function run(
  desk: CallDesk,
  bot: Bot,
  method: string,
  params: Params,
  signal?: AbortSignal,
): Promise<Answer> {
  const { world } = desk;
  try {
    return await perform(desk, bot, method, params, signal);
  } catch (error) {
    if (!(error instanceof RefusedCall)) throw error;
    world.counters.refused(method, error.answer.error_code);
    return error.answer;
  }
}

async function perform(
  desk: CallDesk,
  bot: Bot,
  method: string,
  params: Params,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const { world, webhooks } = desk;
  switch (method) {
    case 'getupdates':
      return { ok: true, result: await getUpdates(desk, bot, params, signal) };
    case 'setwebhook':
      return { ok: true, ...webhooks.set(world, bot, params) };
    case 'deletewebhook':
      return { ok: true, ...webhooks.remove(bot, params) };
    case 'getwebhookinfo':
      return { ok: true, result: webhooks.info(bot) };
    default: {
      const known = METHODS.get(method);
      if (!known || isYounger(method, world.server)) throw refusal(404, 'method not found');
      return { ok: true, result: await known(world, bot, params) };
    }
  }
}

/** Methods that came with Bot API 10.2, and with 10.1. */
const YOUNG: Readonly<Record<string, readonly ServerAge[]>> = {
  deleteephemeralmessage: ['10.1', 'before rich'],
  sendrichmessage: ['before rich'],
};

const isYounger = (method: string, server: ServerAge): boolean => YOUNG[method]?.includes(server) ?? false;

async function getUpdates(desk: CallDesk, bot: Bot, params: Params, signal: AbortSignal | undefined) {
  if (desk.webhooks.active(bot))
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  allowUpdates(bot, params);
  return bot.updates.poll({
    offset: integerOf(params, 'offset'),
    limit: integerOf(params, 'limit', 100, 1, 100),
    timeout: integerOf(params, 'timeout', 0, 0, 50),
    signal,
  });
}

async function troubled(
  desk: CallDesk,
  bot: Bot,
  method: string,
  params: Params,
  fault: FaultRule,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  desk.world.counters.fault();
  const done = () => run(desk, bot, method, params, signal);
  switch (fault.kind) {
    case 'reset-before':
      return { kind: 'reset' };
    case 'reset-after':
      await done();
      return { kind: 'reset' };
    case 'late':
      void desk.world.clock.sleep(LATE_MS).then(() => run(desk, bot, method, params));
      return { kind: 'reset' };
    case 'hang':
      return { kind: 'hang' };
    case 'hang-after':
      await done();
      return { kind: 'hang' };
    case 'bad-gateway':
      return { kind: 'html', status: 502, reason: 'Bad Gateway' };
    case 'forbidden':
      return { kind: 'html', status: 403, reason: 'Forbidden' };
    case 'gateway-timeout':
      await done();
      return { kind: 'html', status: 504, reason: 'Gateway Time-out' };
    case 'malformed':
      return { kind: 'cut', answer: await done() };
    case 'server-error':
      return answered({ ok: false, error_code: 500, description: 'Internal Server Error: sandbox fault' });
    case 'too-many':
    case 'refuse':
      return answered(refusedBy(desk.world, method, fault));
  }
}

function refusedBy(world: World, method: string, fault: FaultRule): Answer {
  const wait = fault.retryAfter ?? 5;
  const flood = fault.kind === 'too-many';
  const code = flood ? 429 : (fault.code ?? 400);
  world.counters.refused(method, code);
  return {
    ok: false,
    error_code: code,
    description: flood
      ? `Too Many Requests: retry after ${wait}`
      : (fault.description ?? 'Bad Request: sandbox fault'),
    ...(flood ? { parameters: { retry_after: wait } } : fault.parameters && { parameters: fault.parameters }),
  };
}
