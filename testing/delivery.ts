import type { Redis } from 'ioredis';
import { correct } from '#src/desk/delivery/correct.ts';
import { deliver } from '#src/desk/delivery/dispatch.ts';
import type { Desk } from '#src/desk/desk.ts';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import type { Edition } from '#src/news/edition.ts';
import { termsOf } from '#src/matching/match.ts';
import type { Story } from '#src/news/story.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { holdLease } from '#src/store/lease.ts';
import { appendStory, newStoryId, reviseStory } from '#src/store/stories.ts';
import type { Clock } from '#src/time.ts';
import type { MovedClock } from './clock.ts';

/** A story with invented words, as intake would have made it. */
export function storyOf(desk: Desk, edition: Edition, told: Partial<Story> = {}): Story {
  const now = desk.clock.now();
  return {
    id: newStoryId(),
    edition,
    revision: 0,
    headline: 'A new library opens in the old town',
    lead: 'Readers bring the first thousand books themselves.',
    body: [{ kind: 'paragraph', text: 'It is open every day from nine to nine.' }],
    day: new Date(now).toISOString().slice(0, 10),
    publishedAt: now,
    firstSeenAt: now,
    link: `https://news.example/${edition}/news/${Math.floor(Math.random() * 1e9)}/`,
    rubrics: ['Society'],
    access: 'free',
    urgent: false,
    withdrawn: false,
    ...told,
  };
}

/** Puts a story into the log of its edition. */
export async function publish(desk: Desk, edition: Edition, told: Partial<Story> = {}): Promise<Story> {
  const story = storyOf(desk, edition, told);
  await appendStory(desk, {
    story,
    terms: termsOf(`${story.headline}\n${story.lead}`),
    origin: { from: 'page', texts: [] },
    aliases: [story.link],
    headline: story.headline,
    rank: story.publishedAt ?? story.firstSeenAt,
    push: true,
    now: desk.clock.now(),
  });
  return story;
}

/** Replaces a story by a newer revision, or withdraws it. */
export async function revise(
  desk: Desk,
  story: Story,
  change: Partial<Story>,
  isBack = false,
): Promise<Story> {
  const revised = { ...story, ...change, revision: story.revision + 1 };
  await reviseStory(desk, {
    story: revised,
    terms: '',
    origin: { from: 'page', texts: [] },
    headline: revised.headline,
    rank: revised.publishedAt ?? revised.firstSeenAt,
    now: desk.clock.now(),
    notice: revised.withdrawn ? 'withdrawal' : isBack ? 'return' : 'correction',
    isBack,
  });
  return revised;
}

export const person = (id: number): Chat => ({ id, kind: 'person' });
export const channel = (id: number): Chat => ({ id, kind: 'channel' });

/** Subscribes many people at once; `at` is their Telegram ids. */
export const subscribeAll = (desk: Desk, ids: readonly number[], edition: Edition): Promise<unknown> =>
  Promise.all(ids.map((id) => subscribe(desk, person(id), edition)));

/** Delivers until the result is called; it waits for what is in flight. */
export async function startDelivery(desk: Desk): Promise<() => Promise<void>> {
  const stop = new AbortController();
  const lease = await holdLease(desk.store, 'owner', desk.clock, stop.signal);
  if (!lease) throw new Error('no lease');
  const running = deliver(desk, lease, stop.signal);
  return async () => {
    stop.abort();
    await until(desk.clock as Clock as MovedClock, async () =>
      Promise.race([running.then(() => true), tick(false)]),
    );
    await lease.release();
  };
}

/** Edits corrections in until the result is called; it waits for what is being edited. */
export function startCorrecting(desk: Desk): () => Promise<void> {
  const stop = new AbortController();
  const running = correct(desk, stop.signal);
  return () => {
    stop.abort();
    return running;
  };
}

const tick = <T>(value: T): Promise<T> => new Promise((resolve) => setImmediate(() => resolve(value)));

/** Moves the clock on in small steps, letting sockets speak in between, until `holds` is true. */
export async function until(
  clock: MovedClock,
  holds: () => boolean | Promise<boolean>,
  within = 10 * 60_000,
): Promise<void> {
  const began = clock.now();
  while (!(await holds())) {
    const waited = clock.now() - began;
    if (waited > within) throw new Error('it did not come to that');
    await letSocketsSpeak();
    // Soon events are seen to the moment, those in minutes to the second.
    await clock.advance(Math.min(Math.max(50, waited / 50), 1000));
  }
}

/** For `ms` of moved time nothing is waited for: what should not happen has time to happen. `step` (ms): the
 * longer the span the longer, as nothing is due for most of the time. */
export async function pass(
  clock: MovedClock,
  ms: number,
  step = Math.min(Math.max(100, ms / 60), 3000),
): Promise<void> {
  const end = clock.now() + ms;
  while (clock.now() < end) {
    await letSocketsSpeak();
    await clock.advance(Math.min(step, end - clock.now()));
  }
}

/** A turn of a machine that has nothing else to do takes one or two, ms. */
const BUSY_MS = 4;
/** A Redis that does not answer a command for so long is one that is not meant to, ms. */
const SILENT_MS = 200;

/** Connections to Redis, which runs in another process. */
const connections = new Set<Redis>();
/** The command that is to be answered next on each, and since when. */
const asked = new WeakMap<Redis, { readonly command: unknown; readonly since: number }>();

/** Moved time waits for what is asked of `redis`, however busy the machine is. */
export function waitForAnswersOf(redis: Redis): void {
  connections.add(redis);
  redis.once('end', () => connections.delete(redis));
}

/** A few turns of the event loop, more of them while the machine is so busy that one takes long, and the answers of Redis. */
async function letSocketsSpeak(): Promise<void> {
  let began = performance.now();
  for (let round = 0; round < 3 || (round < 9 && performance.now() - began > BUSY_MS); round += 1) {
    began = performance.now();
    for (let turn = 0; turn < 4; turn += 1) await tick(undefined);
    await new Promise((resolve) => setTimeout(resolve, 0));
    while ([...connections].some(willAnswer)) await tick(undefined);
  }
}

/** Whether it is to answer soon: however long it answers one command after the other, it is not silent. */
function willAnswer(redis: Redis): boolean {
  const command = redis.commandQueue.peekFront()?.command;
  if (!command) return false;
  const known = asked.get(redis);
  if (known?.command === command) return performance.now() - known.since <= SILENT_MS;
  asked.set(redis, { command, since: performance.now() });
  return true;
}
