/**
 * A day in which Telegram is mistaken: one kind of refusal after the other is said of five chats in a hundred for some
 * minutes, of people, groups and channels that are there. Nobody of them may be forgotten or miss a story; accounts that
 * are deleted meanwhile must be out of the queues by the end of the day.
 */
import { erase } from '#src/desk/chats/erase.ts';
import { watchChats } from '#src/desk/chats/membership.ts';
import { findChat, subscribe } from '#src/desk/chats/subscribe.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { HOUR, MINUTE, SECOND } from '#src/time.ts';
import { pass, publish } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { row } from './table.ts';

const PEOPLE = 300;
const PLACES = 20;
const GONE = 15;
const HOURS = Number(process.env['HOURS'] ?? 24);
const SHARE = 0.05;
/** A story so often, ms. */
const STORY_MS = 30 * MINUTE;
/** The first accounts are deleted in these hours; the last of them has most of a day. */
const GONE_WITHIN_MS = 2 * HOUR;

/** Refusals as Telegram words them, and how long each is said, ms. */
const REFUSALS = [
  [400, 'Bad Request: chat not found', 20 * MINUTE],
  [403, 'Forbidden: bot was blocked by the user', 20 * MINUTE],
  [403, 'Forbidden: user is deactivated', 45 * MINUTE],
  [400, 'Bad Request: PEER_ID_INVALID', 10 * MINUTE],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 20 * MINUTE],
  [403, 'Forbidden: bot is not a member of the channel chat', 20 * MINUTE],
  [403, 'Forbidden', 10 * MINUTE],
  [400, 'Bad Request: not enough rights to send text messages to the chat', 5 * MINUTE],
  [400, 'Bad Request: message thread not found', 2 * MINUTE],
  [400, 'Bad Request: something that nobody has seen yet', 2 * MINUTE],
  [429, 'Too Many Requests: retry after 7', 10 * MINUTE],
  [500, 'Internal Server Error', 10 * MINUTE],
] as const;

interface Told {
  readonly headline: string;
  readonly at: number;
}

export async function run(): Promise<void> {
  const stage = await openStage();
  const stop = new AbortController();
  const watching = Promise.all([watchChats(stage.desk, stop.signal), erase(stage.desk, stop.signal)]);
  const chats = await seat(stage);
  await stage.deliver();
  const gone = stage.telegram.people(GONE, { firstId: 8_000_001 });
  for (const id of gone) await subscribe(stage.desk, { id, kind: 'person' }, 'en');
  const told = await live(stage, chats, gone);
  await judge(stage, chats, gone, told);
  stop.abort();
  await stage.clock.advance(10 * MINUTE);
  await watching;
  await stage.close();
}

/** Chats that are there the whole day. */
async function seat({ telegram, desk }: Stage): Promise<Chat[]> {
  const people = telegram.people(PEOPLE).map((id): Chat => ({ id, kind: 'person' }));
  const places = Array.from({ length: PLACES }, (_, index): Chat => {
    const place = index % 2 === 0 ? telegram.channel() : telegram.supergroup();
    place.addBot(index % 2 === 0 ? ['can_post_messages'] : undefined);
    return { id: place.id, kind: index % 2 === 0 ? 'channel' : 'group' };
  });
  await Promise.all([...people, ...places].map((chat) => subscribe(desk, chat, 'en')));
  return [...people, ...places];
}

async function live(stage: Stage, chats: readonly Chat[], gone: readonly number[]): Promise<Told[]> {
  const { clock, telegram, desk } = stage;
  const told: Told[] = [];
  const from = clock.now();
  const lifts: { at: number; end: () => void }[] = [];
  const left = [...gone];
  let next = 0;
  for (let at = 0; at < HOURS * HOUR; at += 20 * SECOND) {
    if (at % STORY_MS === 0 && at < (HOURS - 4) * HOUR) {
      const headline = `Story of minute ${at / MINUTE} of the day.`;
      told.push({ headline, at: clock.now() });
      await publish(desk, 'en', { headline });
    }
    if (at % (GONE_WITHIN_MS / GONE) < 20 * SECOND) {
      const id = left.pop();
      if (id !== undefined) telegram.person({ id }).deleteAccount();
    }
    // The refusals of the day are through in its first two thirds.
    if (next < REFUSALS.length && at >= (next * HOURS * HOUR * 2) / (3 * REFUSALS.length)) {
      const [code, description, forMs] = REFUSALS[next] ?? [400, '', 0];
      next += 1;
      for (const [index, chat] of chats.entries()) {
        if ((index * 7 + next * 3) % Math.round(1 / SHARE) !== 0) continue;
        const parameters = code === 429 ? { parameters: { retry_after: 7 } } : {};
        const end = telegram.faults.add({
          kind: 'refuse',
          chatId: chat.id,
          code,
          description,
          ...parameters,
        });
        lifts.push({ at: from + at + forMs, end });
      }
    }
    for (const lift of lifts.filter(({ at: due }) => due <= clock.now()).splice(0)) lift.end();
    await pass(clock, 20 * SECOND, 20 * SECOND);
  }
  return told;
}

async function judge(
  { desk, telegram }: Stage,
  chats: readonly Chat[],
  gone: readonly number[],
  told: readonly Told[],
): Promise<void> {
  const texts = new Map<number, string>();
  for (const { chatId, message } of telegram.deliveries())
    texts.set(chatId, `${texts.get(chatId) ?? ''}\n${String(message.wire.text)}`);
  let [forgotten, missed, twice] = [0, 0, 0];
  for (const chat of chats) {
    if ((await findChat(desk, chat))?.state !== 'active') forgotten += 1;
    const counts = told.map(({ headline }) => (texts.get(chat.id) ?? '').split(headline).length - 1);
    missed += counts.filter((count) => count === 0).length;
    twice += counts.filter((count) => count > 1).length;
  }
  const states = await Promise.all(gone.map((id) => findChat(desk, { id, kind: 'person' })));
  const known = states.filter((chat) => chat !== undefined && chat.state !== 'left').length;
  row(
    `${HOURS} hours, ${REFUSALS.length} kinds of refusals of ${SHARE * 100} % of ${chats.length} chats`,
    '',
  );
  row('  forgotten or paused although there', String(forgotten), '0');
  row(`  stories missed, twice, of ${told.length} for each`, `${missed}, ${twice}`, '0, 0');
  row(`  of ${GONE} that are gone, still among the readers`, String(known), '0');
}
