/**
 * An hour of moved clock in the life of many places: stories, corrections, withdrawals, rights that go and come, groups
 * that move, bots removed and added, processes killed in the middle of it. At the end every place must show exactly what
 * its settings say, once and in order.
 */
import type { Story } from '#src/news/story.ts';
import { changeSettings, findChat, subscribe } from '#src/desk/chats/subscribe.ts';
import type { Edition } from '#src/news/edition.ts';
import type { Chat, Subscriber } from '#src/news/subscriber.ts';
import type { Settings } from '#src/news/settings.ts';
import { type ChatClient, startTelegram, type Telegram } from '#sandbox/telegram/telegram.ts';
import { logHead } from '#src/store/logs.ts';
import { type MovedClock, movedClock } from '#testing/clock.ts';
import { publish, revise } from '#testing/delivery.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';
import { type Process, startProcess } from './process.ts';

export interface HourSize {
  readonly channels: number;
  /** Half of them basic groups, which can become supergroups. */
  readonly groups: number;
  /** Five to a forum. */
  readonly topics: number;
  readonly stories: number;
  readonly corrections: number;
  readonly withdrawals: number;
  /** Rights taken away; each comes back within some minutes. */
  readonly rightsChanges: number;
  readonly migrations: number;
  /** Bots removed from a channel and added again. */
  readonly removals: number;
  readonly kills: number;
  readonly minutes: number;
  readonly seed: number;
}

export interface Toll {
  posts: number;
  lost: number;
  strange: number;
  repeats: number;
  disordered: number;
  stale: number;
  astray: number;
  errors: number;
  rights: number;
  migrations: number;
  removals: number;
  kills: number;
  /** The first few things that went wrong. */
  examples: string[];
}

interface Place {
  chat: Chat;
  client: ChatClient;
  /** The group as it was before it moved. */
  former: ChatClient | undefined;
  readonly settings: Partial<Settings> & { readonly edition: Edition };
  busy: boolean;
}

interface Told {
  story: Story;
  readonly number: number;
  readonly first: string;
}

const MINUTE = 60_000;
const POST = ['can_post_messages'];
const RUBRICS = ['Society', 'Culture', 'Economy'] as const;
const EDITIONS = ['be', 'ru', 'en'] as const;

interface Hour {
  readonly size: HourSize;
  readonly clock: MovedClock;
  readonly telegram: Telegram;
  readonly redis: TestRedis;
  readonly random: () => number;
  readonly places: Place[];
  readonly told: Told[];
  readonly toll: Toll;
  process: Process;
}

export async function liveAnHour(size: HourSize): Promise<Toll> {
  const clock = movedClock(Date.parse('2026-08-22T09:00:00Z'));
  const redis = await startRedis();
  const telegram = await startTelegram({ clock, latency: [20, 150], seed: size.seed });
  const process = await startProcess({ clock, telegram, redisUrl: redis.url });
  const hour: Hour = {
    size,
    clock,
    telegram,
    redis,
    random: randomFrom(size.seed),
    places: [],
    told: [],
    toll: emptyToll(),
    process,
  };
  try {
    await openPlaces(hour);
    await live(hour);
    await calm(hour);
    await check(hour);
    return hour.toll;
  } finally {
    await hour.process.kill();
    await telegram.close();
    await redis.stop();
  }
}

const emptyToll = (): Toll => ({
  posts: 0,
  lost: 0,
  strange: 0,
  repeats: 0,
  disordered: 0,
  stale: 0,
  astray: 0,
  errors: 0,
  rights: 0,
  migrations: 0,
  removals: 0,
  kills: 0,
  examples: [],
});

/** Numbers in [0, 1) that repeat themselves with their seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const oneOf = <T>(random: () => number, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)] as T;

async function openPlaces(hour: Hour): Promise<void> {
  const { size, telegram, random, places, process } = hour;
  const owner = telegram.person({ language: 'en' });
  const add = (client: ChatClient, thread?: number) => {
    const kind = thread ? 'topic' : client.kind === 'channel' ? 'channel' : 'group';
    places.push({
      chat: thread === undefined ? { id: client.id, kind } : { id: client.id, thread, kind },
      client,
      former: undefined,
      settings: randomSettings(random),
      busy: false,
    });
  };
  for (let index = 0; index < size.channels; index += 1) {
    const channel = telegram.channel({ owner, title: `Channel ${index}` });
    channel.addBot(POST, owner);
    channel.post(owner, 'A first word of the editors');
    add(channel);
  }
  for (let index = 0; index < size.groups; index += 1) {
    const group = index % 2 === 0 ? telegram.group({ owner }) : telegram.supergroup({ owner });
    group.addBot(undefined, owner);
    add(group);
  }
  for (let index = 0; index < size.topics; index += 5) {
    const forum = telegram.supergroup({ owner, forum: true });
    forum.addBot(undefined, owner);
    for (let topic = index; topic < Math.min(index + 5, size.topics); topic += 1)
      add(forum, forum.createTopic(`Topic ${topic}`, owner));
  }
  await settle(hour);
  for (const place of places) {
    await subscribe(process.desk, place.chat, place.settings.edition);
    await changeSettings(process.desk, place.chat, place.settings, place.settings.edition);
  }
}

function randomSettings(random: () => number): Place['settings'] {
  const edition = oneOf(random, EDITIONS);
  return {
    edition,
    style: oneOf(random, ['headline', 'summary', 'full']),
    sound: oneOf(random, ['always', 'never', 'day']),
    buttons: random() < 0.5,
    hashtags: random() < 0.3,
    rubrics: random() < 0.3 ? [oneOf(random, RUBRICS).toLowerCase()] : [],
    ...(random() < 0.3
      ? { signature: { text: 'The signature of this place', link: 'https://t.me/sample_paper' } }
      : {}),
  };
}

/** Events of the hour, each at a moment of its own. */
async function live(hour: Hour): Promise<void> {
  const { size, random, clock } = hour;
  const began = clock.now();
  const last = size.minutes * MINUTE;
  const plan: { at: number; act: () => Promise<void> | void }[] = [];
  const schedule = (count: number, act: () => Promise<void> | void, from = 0) => {
    for (let index = 0; index < count; index += 1) plan.push({ at: from + random() * (last - from), act });
  };
  schedule(size.stories, () => tell(hour));
  schedule(size.corrections, () => correctOne(hour), 10 * MINUTE);
  schedule(size.withdrawals, () => withdrawOne(hour), 20 * MINUTE);
  schedule(size.rightsChanges, () => takeRights(hour, plan, began));
  schedule(size.migrations, () => migrateOne(hour));
  schedule(size.removals, () => removeOne(hour, plan, began));
  schedule(size.kills, () => killOne(hour));
  while (clock.now() - began < last) {
    plan.sort((one, other) => one.at - other.at);
    while (plan[0] && plan[0].at <= clock.now() - began) await plan.shift()?.act();
    await step(hour, 100);
  }
  for (const { act } of plan) await act();
}

/**
 * Everything that is still under way comes to its end: some minutes, and as many more as the sockets of a busy machine need
 * to carry what is due.
 */
async function calm(hour: Hour): Promise<void> {
  const least = hour.clock.now() + 5 * MINUTE;
  const most = performance.now() + 120_000;
  let quiet = 0;
  while ((hour.clock.now() < least || quiet < 20) && performance.now() < most) {
    await step(hour, 250);
    quiet = (await isQuiet(hour)) ? quiet + 1 : 0;
  }
}

/** Whether nobody waits for anything: no update, no visit, no edit. */
async function isQuiet({ telegram, process }: Hour): Promise<boolean> {
  const { store } = process.desk;
  const keys = store.keys;
  if (!telegram.idle() || (await store.redis.exists(keys.flight, keys.amending, keys.owed)) > 0) return false;
  for (const edition of EDITIONS) {
    const head = await logHead(store, edition);
    const behind = await store.redis.zcount(keys.waiting(edition), '-inf', `(${head}`);
    const held = await store.redis.exists(keys.held(edition, 0), keys.held(edition, 1));
    if (behind + held > 0) return false;
  }
  return true;
}

async function step(hour: Hour, ms: number): Promise<void> {
  await settle(hour);
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  await hour.clock.advance(ms);
}

/** Gives the living process the updates that wait. */
async function settle({ telegram, process }: Hour): Promise<void> {
  await process.handle(telegram);
}

async function tell(hour: Hour): Promise<void> {
  const number = hour.told.length + 1;
  const edition = EDITIONS[number % 3] ?? 'be';
  const first = `Headline ${number} as first told`;
  const story = await publish(hour.process.desk, edition, {
    headline: first,
    rubrics: [RUBRICS[Math.floor(number / 3) % 3] ?? 'Society'],
    urgent: number % 13 === 0,
  });
  hour.told.push({ story, number, first });
}

/** A story that most places show by now, and that was not changed yet. */
function settled({ told, clock }: Hour): Told | undefined {
  return told.find(({ story }) => story.revision === 0 && clock.now() - story.firstSeenAt > 3 * MINUTE);
}

async function correctOne(hour: Hour): Promise<void> {
  const one = settled(hour);
  if (one)
    one.story = await revise(hour.process.desk, one.story, { headline: `Headline ${one.number} set right` });
}

async function withdrawOne(hour: Hour): Promise<void> {
  const one = settled(hour);
  if (one) one.story = await revise(hour.process.desk, one.story, { withdrawn: true });
}

function free({ places, random }: Hour, fits: (place: Place) => boolean): Place | undefined {
  const all = places.filter((place) => !place.busy && fits(place));
  return all.length > 0 ? oneOf(random, all) : undefined;
}

function takeRights(hour: Hour, plan: { at: number; act: () => void }[], began: number): void {
  const place = free(hour, ({ chat }) => chat.kind !== 'topic');
  if (!place) return;
  place.busy = true;
  hour.toll.rights += 1;
  const { client } = place;
  if (client.kind === 'channel') client.setBotRights([]);
  else client.restrictBot({ can_send_messages: false });
  const back = () => {
    if (client.kind === 'channel') client.setBotRights(POST);
    else client.restrictBot({ can_send_messages: true });
    place.busy = false;
  };
  plan.push({ at: hour.clock.now() - began + (1 + hour.random() * 5) * MINUTE, act: back });
}

function migrateOne(hour: Hour): void {
  const place = free(hour, ({ client, former }) => client.kind === 'group' && !former);
  if (!place) return;
  hour.toll.migrations += 1;
  place.former = place.client;
  place.client = place.client.migrate();
  place.chat = { ...place.chat, id: place.client.id };
}

function removeOne(hour: Hour, plan: { at: number; act: () => void }[], began: number): void {
  const place = free(hour, ({ client }) => client.kind === 'channel');
  if (!place) return;
  place.busy = true;
  hour.toll.removals += 1;
  place.client.removeBot();
  const back = () => {
    place.client.addBot(POST);
    place.busy = false;
  };
  plan.push({ at: hour.clock.now() - began + (1 + hour.random() * 5) * MINUTE, act: back });
}

/** The process is gone at once, whatever it was doing; the next one finds what it left. */
async function killOne(hour: Hour): Promise<void> {
  const { clock, telegram, redis, process } = hour;
  hour.toll.kills += 1;
  hour.toll.errors += process.errors();
  await process.kill();
  hour.process = await startProcess({ clock, telegram, redisUrl: redis.url });
}

async function check(hour: Hour): Promise<void> {
  hour.toll.errors += hour.process.errors();
  for (const place of hour.places) {
    const known = await findChat(hour.process.desk, place.chat);
    if (known?.state !== 'active')
      note(hour, 'astray', `${place.chat.kind}: ${known?.state ?? 'unknown'} ${known?.note ?? ''}`);
    checkPlace(hour, place, known);
  }
}

function checkPlace(hour: Hour, place: Place, known: Subscriber | undefined): void {
  const { toll, told } = hour;
  const settings = known?.settings ?? place.settings;
  const all = [place.former, place.client].map((client) =>
    client ? shownIn(client, place.chat.thread) : [],
  );
  const [before = [], after = []] = all;
  const shown = [...before, ...after];
  toll.posts += shown.length;
  let latest = 0;
  for (const text of shown) {
    const numbers = [...text.matchAll(/Headline (\d+) /g)].map(([, number]) => Number(number));
    const oldest = Math.min(...numbers);
    if (numbers.length > 0 && oldest < latest)
      note(hour, 'disordered', `${place.chat.kind}: ${oldest} after ${latest}`);
    latest = Math.max(latest, ...numbers);
  }
  for (const { story, number, first } of told) {
    const where = shown.filter((text) => text.includes(`Headline ${number} `));
    const rubrics = settings.rubrics ?? [];
    const wanted =
      story.edition === settings.edition &&
      (rubrics.length === 0 || story.rubrics.some((rubric) => rubrics.includes(rubric.toLowerCase())));
    const name = `${place.chat.kind}${place.former ? ' moved' : ''}: story ${number}`;
    if (!wanted && where.length > 0) note(hour, 'strange', name);
    if (!wanted) continue;
    if (where.length === 0 && !story.withdrawn) note(hour, 'lost', name);
    if (where.length > 1) note(hour, 'repeats', `${name} in ${where.length} posts`);
    // Messages of a group that has moved on can no longer be edited.
    const within = after.filter((text) => text.includes(`Headline ${number} `));
    const isStale = story.withdrawn
      ? within.some((text) => !/withdrawn|адкліка|отозва/i.test(text))
      : story.revision > 0 && within.some((text) => text.includes(first));
    if (isStale) note(hour, 'stale', name);
  }
}

const shownIn = (client: ChatClient, thread: number | undefined): string[] =>
  client
    .messages()
    .filter((message) => message.fromBot && !message.service && message.thread === thread)
    .map(({ text }) => text);

function note(
  { toll }: Hour,
  what: 'lost' | 'strange' | 'repeats' | 'disordered' | 'stale' | 'astray',
  example: string,
): void {
  toll[what] += 1;
  if (toll.examples.length < 12) toll.examples.push(`${what}: ${example}`);
}
