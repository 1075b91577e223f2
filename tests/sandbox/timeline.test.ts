import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoryFacts } from '#sandbox/machine.ts';
import { movingClock, type MovingClock } from '#sandbox/moving-clock.ts';
import type { Draft } from '#sandbox/newsroom/archive.ts';
import { type Newsroom, startNewsroom } from '#sandbox/newsroom/newsroom.ts';
import { arrivalsOf } from '#sandbox/page/arrivals.ts';
import { NO_MACHINE } from '#sandbox/page/no-machine.ts';
import { createTimeline, type Way } from '#sandbox/page/timeline.ts';
import { startTelegram, type Telegram } from '#sandbox/telegram/telegram.ts';

let telegram: Telegram;
let newsroom: Newsroom;
let clock: MovingClock;
let timeline: ReturnType<typeof createTimeline>;
/** Facts that the store knows, by address. */
let known: Map<string, StoryFacts>;

const publish = (headline: string, more: Partial<Draft> = {}): number =>
  newsroom.publish({ be: { headline, lead: '', body: '', rubric: '', ...more } }).be ?? 0;

const send = (chat: number, story: number) =>
  telegram.handle(telegram.token, 'sendMessage', { chat_id: chat, text: newsroom.link(story) });

/** The way of the newest story, once what the store says has been heard. */
async function way(): Promise<Way | undefined> {
  timeline();
  await Promise.resolve();
  return timeline()[0]?.ways[0];
}

function remember(story: number, more: Partial<StoryFacts> = {}): void {
  const facts = {
    firstSeenAt: clock.now(),
    read: true,
    withdrawn: false,
    again: false,
    fates: {},
    held: [],
  };
  known.set(newsroom.link(story), { ...facts, ...more });
}

beforeEach(async () => {
  known = new Map();
  clock = movingClock();
  telegram = await startTelegram({ clock });
  newsroom = await startNewsroom({ clock });
  const machine = { ...NO_MACHINE, story: async (link: string) => known.get(link) };
  timeline = createTimeline({ newsroom, machine, arrivals: arrivalsOf(telegram, newsroom), since: 0 });
});

afterEach(() => Promise.all([telegram.close(), newsroom.close()]));

describe('the way of a story', () => {
  it('counts who was sent it, and none of the looks that somebody takes at it', async () => {
    const [reader, stranger] = [telegram.person(), telegram.person()];
    const group = telegram.supergroup();
    group.addBot(undefined);
    reader.start();
    stranger.start();
    const story = publish('Адна навіна');
    remember(story);
    // Both are answered before there is news.
    for (const { id } of [reader, stranger])
      await telegram.handle(telegram.token, 'sendMessage', { chat_id: id, text: 'Hello' });
    group.say(reader, 'Hello');
    for (const { id } of [reader, group]) await send(id, story);
    const sent = await way();
    expect(sent).toMatchObject({ sent: 2 });
    clock.forward(300_000);
    reader.send('/latest');
    stranger.send('/latest');
    group.say(reader, '/latest');
    for (const { id } of [reader, stranger, group]) await send(id, story);
    const pressed = stranger.press(await buttonFor(stranger.id), { data: 'show' });
    await send(stranger.id, story);
    await answerPress();
    await pressed;
    await send(reader.id, story);
    expect(await way()).toEqual(sent);
    await send(stranger.id, story);
    expect(await way()).toMatchObject({ sent: 3 });
  });

  it('says why the bot has not seen it: nobody can read it, or it was taken back before', async () => {
    publish('Навіна');
    expect(await way()).not.toHaveProperty('unlinked');
    publish('Толькі для падпісаных', { paid: true });
    expect(await way()).toMatchObject({ unlinked: true });
    newsroom.withdraw(publish('Памылка'));
    expect(await way()).toMatchObject({ withdrawn: true });
  });

  it('knows a story that the bot had before it was published, under whatever address it stands now', async () => {
    const before = { firstSeenAt: clock.now() - 60_000 };
    remember(publish('Навіна'), before);
    expect(await way()).toMatchObject({ again: true });
  });

  it('takes no story that the bot saw only then for one that it had', async () => {
    remember(publish('Навіна'));
    expect(await way()).toMatchObject({ seenMs: expect.any(Number), read: true });
    expect(await way()).not.toHaveProperty('again');
  });
});

async function buttonFor(chat: number): Promise<number> {
  const answer = await telegram.handle(telegram.token, 'sendMessage', {
    chat_id: chat,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'show' }]] },
  });
  return answer.ok ? (answer.result as { message_id: number }).message_id : 0;
}

async function answerPress(): Promise<void> {
  const press = telegram.pendingUpdates().at(-1)?.['callback_query'] as { id: string } | undefined;
  await telegram.handle(telegram.token, 'answerCallbackQuery', { callback_query_id: press?.id });
}
