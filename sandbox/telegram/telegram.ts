/**
 * A Telegram on this machine: the Bot API over HTTP and in process, and the people, channels and groups on its other
 * side. It knows Telegram's rules and words of refusal; what it leaves out is listed in `docs/sandbox.md`.
 */
import { adminHandler } from './admin.ts';
import { handleCall, type CallDesk } from './calls.ts';
import type { By, ChatClient } from './chat-client.ts';
import { chatClient } from './chats.ts';
import { createChat } from './new-chat.ts';
import { openDesk } from './new-desk.ts';
import type { Delivery } from './counters.ts';
import type { ChatOptions, PersonOptions, Telegram, TelegramOptions } from './face.ts';
import { serve } from './http.ts';
import { DOCUMENTED_LIMITS } from './limits.ts';
import { personOf, type Person } from './people.ts';
import { visibleRich } from './rich.ts';
import { updateQueue } from './updates.ts';
import { waitUntil } from './wait.ts';
import { privateChat, type Bot, type World } from './world.ts';
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
  const { token = FIRST_TOKEN, username = 'pozirk_sandbox_bot', host = '127.0.0.1', port = 0 } = options;
  const first = addBot(world, token, username, 'Pozirk');
  const botOf = (token: string | undefined): Bot => {
    const bot = token === undefined ? first : world.bots.get(token);
    if (!bot) throw new Error('no such bot');
    return bot;
  };
  const people = createPeople(world, botOf);
  const hanging = new Set<(error: Error) => void>();
  let closed = false;

  const telegram: Omit<Telegram, 'url' | 'port'> = {
    token: first.token,
    bot: first.user,
    faults: world.faults,
    rich: world.rich,
    ...people,
    ...createChats(world, people.person),
    ...botSettings(world, botOf),
    ...readings(world),
    ...levers(desk),
    async handle(token, method, params = {}) {
      const outcome = await handleCall(desk, token, method, params);
      if (outcome.kind === 'answer') return outcome.answer;
      if (outcome.kind !== 'hang') throw new Error(`the connection broke: ${outcome.kind}`);
      return new Promise((_, reject) => (closed ? reject(CLOSED) : hanging.add(reject)));
    },
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
    host,
    port,
  );
  const whole: Telegram = Object.assign(telegram, { url: face.url, port: face.port });
  return whole;
}

type BotOf = (token: string | undefined) => Bot;

function createPeople(world: World, botOf: BotOf) {
  let lastId = 1_000_000;
  /** By bot and person, so that a person asked for twice is one. */
  const persons = new Map<string, Person>();
  function newId(): number {
    do lastId += 1;
    while (world.people.has(lastId));
    return lastId;
  }
  return {
    person: (options = {}) => {
      const { id = newId() } = options;
      const record = world.people.get(id) ?? newPerson(world, id, options);
      const bot = botOf(options.bot);
      const key = `${bot.user.id} ${id}`;
      const known = persons.get(key) ?? personOf(world, bot, record);
      persons.set(key, known);
      return known;
    },
    people(count, { firstId = lastId + 1, language, bot } = {}) {
      lastId = Math.max(lastId, firstId + count - 1);
      return Array.from({ length: count }, (_, i) => meet(world, botOf(bot), firstId + i, language));
    },
  } satisfies Partial<Telegram>;
}

function createChats(world: World, person: Telegram['person']) {
  const lastIds = { group: 5_000_000, channel: 0 };
  const clients = new Map<number, ChatClient>();
  const newChannelId = () => CHANNEL_BASE - ++lastIds.channel;
  function clientOf(chat: SharedChat, owner: By): ChatClient {
    const client = chatClient(world, chat, owner, newChannelId);
    clients.set(chat.wire.id, client);
    return client;
  }
  const open = (kind: SharedChat['kind'], options: ChatOptions & { forum?: boolean }): ChatClient => {
    const owner = options.owner ?? person({ firstName: 'Owner' });
    const id = options.id ?? (kind === 'group' ? -++lastIds.group : newChannelId());
    const { title = `Test ${kind}`, username, forum = false } = options;
    return clientOf(createChat(world, { kind, id, title, username, forum, owner }), owner);
  };
  return {
    channel: (options = {}) => open('channel', options),
    group: (options = {}) => open('group', options),
    supergroup: (options = {}) => open('supergroup', options),
    chat(id) {
      const known = clients.get(id);
      const chat = world.chats.get(id);
      if (known || !chat) return known;
      const owner = [...chat.members].find(([, { status }]) => status === 'creator')?.[0];
      return clientOf(chat, person(owner === undefined ? {} : { id: owner }));
    },
  } satisfies Partial<Telegram>;
}

/** Bots, and their switches at BotFather. */
const botSettings = (world: World, botOf: BotOf) =>
  ({
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
    pendingUpdates: (token) => botOf(token).updates.pending(),
  }) satisfies Partial<Telegram>;

/** Counts and signs of what has happened. */
function readings({ bots, counters }: World) {
  const idle = (): boolean =>
    counters.read().inFlight === 0 &&
    [...bots.values()].every(({ updates }) => updates.pending().length === 0);
  return {
    counters: () => counters.read(),
    resetCounters: () => counters.reset(),
    deliveries: (since = 0) => (since === 0 ? counters.deliveries : counters.deliveries.slice(since)),
    repeats: () => findRepeats(counters.deliveries),
    idle,
    quiet: (withinMs = 5000) => waitUntil(idle, withinMs),
  } satisfies Partial<Telegram>;
}

/** Rules and moods of Telegram's servers. */
const levers = (desk: CallDesk) =>
  ({
    setLimits: (limits) => desk.world.limits.set(limits === true ? DOCUMENTED_LIMITS : limits),
    setServer(server) {
      desk.world.server = server;
    },
    loseEphemeral(share) {
      desk.world.ephemeralLoss = share;
    },
    setLatency(latency) {
      desk.latency = latency;
    },
  }) satisfies Partial<Telegram>;

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
