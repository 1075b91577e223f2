/**
 * The stage manager's door over HTTP, for whoever cannot call in process: everything that a person, a chat or the
 * whole local Telegram can do, as `POST /_sandbox/<who>/<verb>` with a JSON array of arguments.
 */
import type { CallDesk, Latency } from './calls.ts';
import type { By } from './chat-client.ts';
import type { FaultKind, FaultRule } from './faults.ts';
import type { AdminAnswer, AdminHandler } from './http.ts';
import type { LimitSettings } from './limits.ts';
import { isObject } from './params.ts';
import type { Delivery } from './counters.ts';
import type { Telegram } from './face.ts';

type Body = Readonly<Record<string, unknown>>;
type Verb = (telegram: Telegram, body: Body, query: URLSearchParams, desk: CallDesk) => unknown;

const told = (body: unknown, status = 200): AdminAnswer => ({ status, body });

/** Administrative requests, by `METHOD path`. */
const WHOLE: Readonly<Record<string, Verb>> = {
  'GET info': ({ url, token, bot }) => ({ url, token, bot }),
  'GET counters': (telegram) => telegram.counters(),
  'POST counters/reset': (telegram) => telegram.resetCounters(),
  'GET deliveries': (telegram, _body, query) =>
    telegram.deliveries(Number(query.get('since') ?? 0)).map(deliveryView),
  'GET repeats': (telegram) => telegram.repeats().map(deliveryView),
  'GET pending': (telegram) => telegram.pendingUpdates(),
  'GET idle': (telegram) => telegram.idle(),
  'GET limits': (_telegram, _body, _query, desk) => desk.world.limits.get(),
  'POST limits': (telegram, body) =>
    telegram.setLimits(body['documented'] === true ? true : (body as LimitSettings)),
  'POST stars': (telegram, body) => telegram.setStars(Number(body['stars']), body),
  'POST latency': (telegram, body) => telegram.setLatency(body['latency'] as Latency),
  'POST faults': (telegram, body) => void telegram.faults.add(body as unknown as FaultRule),
  'POST faults/script': (telegram, body) =>
    telegram.faults.script(
      String(body['method']),
      list(body['kinds']).map((kind) => (kind ?? undefined) as FaultKind | undefined),
    ),
  'DELETE faults': (telegram) => telegram.faults.clear(),
  'POST people': (telegram, body) => telegram.people(Number(body['count']), body),
  'POST person': (telegram, body) => telegram.person(body).user,
  'POST crowd': (telegram, body) => crowd(telegram, body),
  'POST channel': (telegram, body) => named(telegram.channel(withOwner(telegram, body))),
  'POST group': (telegram, body) => named(telegram.group(withOwner(telegram, body))),
  'POST supergroup': (telegram, body) => named(telegram.supergroup(withOwner(telegram, body))),
  'POST channels': (telegram, body) =>
    Array.from({ length: Number(body['count']) }, () => {
      const channel = telegram.channel(withOwner(telegram, body));
      channel.addBot((body['rights'] as string[] | undefined) ?? ['can_post_messages']);
      return channel.id;
    }),
  'POST bot': (telegram, body) => telegram.addBot(body as { token: string }),
  'POST revoke': (telegram, { token, next }) =>
    telegram.revoke(String(token), typeof next === 'string' ? next : undefined),
};

/** People with ids from `firstId` on do the same in one moment; what comes of it is their own affair. */
async function crowd(telegram: Telegram, { firstId, count, language, verb, given }: Body): Promise<void> {
  for (let index = 0; index < Number(count); index += 1) {
    const id = Number(firstId) + index;
    const person = telegram.person({ id, ...(typeof language === 'string' && { language }) });
    void act(telegram, person, String(verb), list(given)).catch(() => undefined);
  }
}

const deliveryView = ({ message, ...delivery }: Delivery) => ({
  ...delivery,
  text: message.wire.text ?? message.wire.caption ?? '',
  deleted: message.deletedAt !== undefined,
});

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const named = ({ id, kind, title, owner }: { id: number; kind: string; title: string; owner: By }) => ({
  id,
  kind,
  title,
  owner: owner.id,
});

function withOwner(telegram: Telegram, body: Body): Body & { owner?: By } {
  const { owner, ...rest } = body;
  return typeof owner === 'number' ? { ...rest, owner: telegram.person({ id: owner }) } : rest;
}

/** `telegram` is asked for late: the server exists before the whole does. */
export function adminHandler(desk: CallDesk, telegram: () => Telegram): AdminHandler {
  return async (method, path, query, body) => {
    try {
      const whole = WHOLE[`${method} ${path}`];
      if (whole) return told((await whole(telegram(), isObject(body) ? body : {}, query, desk)) ?? null);
      const [who, id, verb, ...rest] = path.split('/');
      if (verb === undefined || rest.length > 0) return told({ error: 'no such path' }, 404);
      const actor = who === 'person' ? telegram().person({ id: Number(id) }) : telegram().chat(Number(id));
      if (!actor || (who !== 'person' && who !== 'chat')) return told({ error: 'nobody of that id' }, 404);
      return told(await act(telegram(), actor, verb, list(body)));
    } catch (error) {
      return told({ error: error instanceof Error ? error.message : String(error) }, 400);
    }
  };
}

/** Calls a verb of a person or a chat. `{ "person": 7 }` among the arguments stands for that person. */
async function act(
  telegram: Telegram,
  actor: object,
  verb: string,
  given: readonly unknown[],
): Promise<unknown> {
  const method: unknown = Object.hasOwn(actor, verb) ? (actor as Body)[verb] : undefined;
  if (typeof method !== 'function') throw new Error(`no verb ${verb}`);
  const meant = given.map((item) =>
    isObject(item) && typeof item['person'] === 'number'
      ? telegram.person({ id: item['person'] })
      : (item ?? undefined),
  );
  const result: unknown = await Reflect.apply(method, actor, meant);
  if (isObject(result) && 'addBot' in result)
    return { id: result['id'], kind: result['kind'], title: result['title'] };
  return result ?? null;
}
