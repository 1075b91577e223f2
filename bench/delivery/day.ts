/** A busy newsroom: 60 stories in ten minutes for 5,000 chats at 30 messages a second. */
import { startTelegram } from '#sandbox/telegram/telegram.ts';
import { fastClock } from '#testing/clock.ts';
import { publish } from '#testing/delivery.ts';
import { round, row } from '../table.ts';
import { fill, openWorld, people, waitFor } from './world.ts';

const CHATS = 5000;
const STORIES = 60;
const FASTER = 15;

export async function run(): Promise<void> {
  const clock = fastClock(Date.now(), FASTER);
  const telegram = await startTelegram({ clock, latency: 100, limits: true });
  const world = await openWorld({ ...telegram, clock, rate: 25 });
  telegram.people(CHATS);
  await fill(world.desk, people(CHATS), 'en');
  const end = await world.begin();
  const publishedAt: number[] = [];
  for (let story = 0; story < STORIES; story += 1) {
    publishedAt.push(clock.now());
    await publish(world.desk, 'en', { headline: headlineOf(story) });
    await clock.sleep(10_000);
  }
  const queue = world.desk.store.redis;
  await waitFor(
    async () =>
      (await queue.zcount(`pozirk:{${telegram.token.split(':')[0]}}:waiting:en`, STORIES, STORIES)) === CHATS,
  );
  await end();

  const shown = new Map<number, number[]>();
  let stale = 0;
  for (const { chatId, at, message } of telegram.deliveries()) {
    const text = String(message.wire.text);
    const stories = [...text.matchAll(/Busy day, story (\d+)\./g)].map((match) => Number(match[1]));
    shown.set(chatId, [...(shown.get(chatId) ?? []), ...stories]);
    // News published well before this message and was not shown to the chat yet must be in it.
    const newest = publishedAt.findLastIndex((moment) => moment < at - 5000);
    if (newest >= 0 && !(shown.get(chatId) ?? []).includes(newest)) stale += 1;
  }
  const twice = [...shown.values()].filter((stories) => new Set(stories).size < stories.length).length;
  const less = [...shown.values()].filter((stories) => new Set(stories).size < STORIES).length;
  const messages = telegram.deliveries().length;
  row('60 stories in 10 minutes, 5,000 chats: chats not shown all', String(CHATS - shown.size + less), '0');
  row('  chats shown a story twice', String(twice), '0');
  row(
    '  messages, of chats × stories',
    `${round((messages / (CHATS * STORIES)) * 100, 1)} %`,
    'at most 35 %',
  );
  row('  messages that left out the freshest story', String(stale), '0');
  row('  answers 429', String(telegram.counters().tooMany));
  await world.close();
  await telegram.close();
}

const headlineOf = (story: number) => `Busy day, story ${story}. Something happened`;
