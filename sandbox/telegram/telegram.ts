/**
 * A Telegram on this machine: the Bot API over HTTP and in process, and the people, channels and groups on its other
 * side. It knows Telegram's rules and words of refusal; what it leaves out is listed in `docs/sandbox.md`.
 */
import { adminHandler } from './admin.ts';
import { handleCall, type CallDesk } from './calls.ts';
import type { ChatClient } from './chat-client.ts';
import { chatClient } from './chats.ts';
import { createChat } from './new-chat.ts';
import { counterBook, type Delivery } from './counters.ts';
import { faultBook } from './faults.ts';
import type { ChatOptions, PersonOptions, Telegram, TelegramOptions } from './face.ts';
import { serve } from './http.ts';
import { DOCUMENTED_LIMITS, floodLimits } from './limits.ts';
import { personOf, type Person } from './people.ts';
import { visibleRich } from './rich.ts';
import { updateQueue } from './updates.ts';
import { realClock, waitUntil } from './wait.ts';
import { webhookBook } from './webhook.ts';
import { privateChat, seededRandom, type Bot, type World } from './world.ts';
import type { PersonRecord, SharedChat } from './chat.ts';
import type { WireUser } from './wire.ts';

export type { ChatClient } from './chat-client.ts';
export type { Telegram, TelegramOptions } from './face.ts';
export { FAULT_KINDS } from './faults.ts';
export type { Person } from './people.ts';
export type { MessageView } from './view.ts';
export type { Answer } from './wire.ts';

/** Token of the first bot unless told otherwise. */
export const FIRST_TOKEN = '7000000001:SANDBOX-sandbox-SANDBOX-sandbox-0001';
const CLOSED = new Error('the local Telegram is closed');
const CHANNEL_BASE = -1_001_000_000_000;

/** Starts a local Telegram with one bot; `close` it when done. */
export async function startTelegram(options: TelegramOptions = {}): Promise<Telegram> {
  const desk = openDesk(options);
  const { world } = desk;
  const ids = { person: 1_000_000, group: 5_000_000, channel: 0 };
  const clients = new Map<number, ChatClient>();
  /** By bot and person, so that a person asked for twice is one. */
  const persons = new Map<string, Person>();
  const first = addBot(
    world,
    options.token ?? FIRST_TOKEN,
    options.username ?? 'pozirk_sandbox_bot',
    'Pozirk',
  );
  const hanging = new Set<(error: Error) => void>();
  let closed = false;

  const botOf = (token: string | undefined): Bot => {
    const bot = token === undefined ? first : world.bots.get(token);
    if (!bot) throw new Error('no such bot');
    return bot;
  };
  const newChannelId = () => CHANNEL_BASE - ++ids.channel;

  const openChat = (kind: SharedChat['kind'], chat: ChatOptions & { forum?: boolean }): ChatClient => {
    const owner = chat.owner ?? telegram.person({ firstName: 'Owner' });
    const id = chat.id ?? (kind === 'group' ? -++ids.group : newChannelId());
    const { title = `Test ${kind}`, username, forum = false } = chat;
    const made = createChat(world, { kind, id, title, username, forum, owner });
    const client = chatClient(world, made, owner, newChannelId);
    clients.set(id, client);
    return client;
  };

  const telegram: Omit<Telegram, 'url' | 'port'> = {
    token: first.token,
    bot: first.user,
    faults: world.faults,
    rich: world.rich,
    async handle(token, method, params = {}) {
      const outcome = await handleCall(desk, token, method, params);
      if (outcome.kind === 'answer') return outcome.answer;
      if (outcome.kind !== 'hang') throw new Error(`the connection broke: ${outcome.kind}`);
      return new Promise((_, reject) => (closed ? reject(CLOSED) : hanging.add(reject)));
    },
    person(person = {}) {
      let { id } = person;
      if (id === undefined) {
        do id = ++ids.person;
        while (world.people.has(id));
      }
      const record = world.people.get(id) ?? newPerson(world, id, person);
      const bot = botOf(person.bot);
      const key = `${bot.user.id} ${id}`;
      const known = persons.get(key) ?? personOf(world, bot, record);
      persons.set(key, known);
      return known;
    },
    people(count, { firstId = ids.person + 1, language, bot } = {}) {
      ids.person = Math.max(ids.person, firstId + count - 1);
      return Array.from({ length: count }, (_, i) => meet(world, botOf(bot), firstId + i, language));
    },
    channel: (chat = {}) => openChat('channel', chat),
    group: (chat = {}) => openChat('group', chat),
    supergroup: (chat = {}) => openChat('supergroup', chat),
    chat(id) {
      const known = clients.get(id);
      const chat = world.chats.get(id);
      if (known || !chat) return known;
      const owner = [...chat.members].find(([, { status }]) => status === 'creator')?.[0];
      const client = chatClient(
        world,
        chat,
        telegram.person(owner === undefined ? {} : { id: owner }),
        newChannelId,
      );
      clients.set(id, client);
      return client;
    },
    addBot: ({ token, username, firstName }) =>
      addBot(world, token, username ?? `sandbox_${world.bots.size + 1}_bot`, firstName ?? 'Another').token,
    revoke(token, next) {
      const bot = world.bots.get(token);
      world.bots.delete(token);
      if (bot && next !== undefined) world.bots.set(next, bot);
    },
    setPrivacy(on, token) {
      botOf(token).privacy = on;
    },
    setTopics(on, token) {
      botOf(token).hasTopics = on;
    },
    setStars(stars, { token, on = true } = {}) {
      Object.assign(botOf(token), { tenthsOfStars: stars * 10, paysBroadcasts: on });
    },
    setLimits: (limits) => world.limits.set(limits === true ? DOCUMENTED_LIMITS : limits),
    setServer(server) {
      world.server = server;
    },
    loseEphemeral(share) {
      world.ephemeralLoss = share;
    },
    setLatency(latency) {
      desk.latency = latency;
    },
    counters: () => world.counters.read(),
    resetCounters: () => world.counters.reset(),
    deliveries: (since = 0) =>
      since === 0 ? world.counters.deliveries : world.counters.deliveries.slice(since),
    repeats: () => findRepeats(world.counters.deliveries),
    pendingUpdates: (token) => botOf(token).updates.pending(),
    idle: () =>
      world.counters.read().inFlight === 0 &&
      [...world.bots.values()].every(({ updates }) => updates.pending().length === 0),
    quiet: (withinMs = 5000) => waitUntil(() => telegram.idle(), withinMs),
    async close() {
      closed = true;
      desk.webhooks.close();
      for (const bot of world.bots.values()) bot.updates.close();
      for (const waiting of world.waiting.values()) waiting.settle(undefined);
      for (const reject of hanging) reject(CLOSED);
      await face.close();
    },
  };
  const face = await serve(
    desk,
    adminHandler(desk, () => whole),
    options.host ?? '127.0.0.1',
    options.port ?? 0,
  );
  const whole: Telegram = Object.assign(telegram, { url: face.url, port: face.port });
  return whole;
}

function openDesk({
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

function addBot(world: World, token: string, username: string, firstName: string): Bot {
  const id = Number(/^(\d+):[A-Za-z0-9_-]+$/.exec(token)?.[1]);
  if (!id) throw new Error('a token looks like 123456789:letters-and-digits');
  const bot: Bot = {
    token,
    user: { id, is_bot: true, first_name: firstName, username },
    updates: updateQueue(
      world.clock,
      100_000_000 + Math.floor(world.random() * 800_000_000),
      () => world.strictPolling,
    ),
    privates: new Map(),
    lastMessageId: 0,
    commands: new Map(),
    texts: new Map(),
    menuButtons: new Map(),
    defaultRights: { groups: {}, channels: {} },
    privacy: true,
    hasTopics: false,
    paysBroadcasts: false,
    tenthsOfStars: 0,
    loggedOut: false,
  };
  world.bots.set(token, bot);
  world.botsById.set(id, bot);
  return bot;
}

function newPerson(
  world: World,
  id: number,
  { language, username, firstName, client = 'new' }: PersonOptions,
): PersonRecord {
  const user: WireUser = {
    id,
    is_bot: false,
    first_name: firstName ?? `Person ${id}`,
    ...(username !== undefined && { username }),
    ...(language !== undefined && { language_code: language }),
  };
  const record = { user, deleted: false, client };
  world.people.set(id, record);
  return record;
}

/** A person who has talked to the bot before anybody looked. */
function meet(world: World, bot: Bot, id: number, language: string | undefined): number {
  const record = world.people.get(id) ?? newPerson(world, id, language === undefined ? {} : { language });
  privateChat(bot, record).started = true;
  return id;
}

function findRepeats(deliveries: readonly Delivery[]): Delivery[] {
  const seen = new Set<string>();
  return deliveries.filter(({ chatId, message }) => {
    const { wire } = message.earlier[0] ?? message;
    const key = `${chatId}\n${wire.message_thread_id ?? ''}\n${wire.text ?? wire.caption ?? (wire.rich_message ? visibleRich(wire.rich_message) : '')}`;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}
