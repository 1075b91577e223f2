/** Each fault at 10 %, 1,000 chats: nothing lost, no repeat in a channel, the rest counted. */
import { FAULT_KINDS, type FaultKind } from '#sandbox/telegram/faults.ts';
import { startTelegram } from '#sandbox/telegram/telegram.ts';
import { fastClock } from '#testing/clock.ts';
import { publish } from '#testing/delivery.ts';
import { row } from '../table.ts';
import { fill, openWorld, people, waitFor } from './world.ts';

const FAULTS = FAULT_KINDS.filter((kind) => !['hang-after', 'late', 'refuse'].includes(kind));
const PEOPLE = 950;
const CHANNELS = 50;
/** Rights of the bot in a channel: those that Telegram's app switches on together; every other channel gives one alone. */
const USUAL = ['can_post_messages', 'can_edit_messages', 'can_delete_messages'];
/** Between two posts of editors in one channel or another, ms of the wall clock. */
const EDITORS_MS = 50;
/** Times faster than the clock on the wall: waits of up to 30 s are many here. What is given up is so by the wall's clock. */
const fasterFor = (kind: FaultKind): number => (kind === 'hang' ? 1 : 10);

/** Kinds with `|` between: only such faults. */
const ONLY = process.env['FAULTS']?.split('|') ?? FAULTS;

export async function run(): Promise<void> {
  for (const kind of FAULTS.filter((one) => ONLY.includes(one))) await oneFault(kind);
}

async function oneFault(kind: FaultKind): Promise<void> {
  const faster = fasterFor(kind);
  const clock = fastClock(Date.now(), faster);
  const telegram = await startTelegram({ clock, latency: 20 });
  const world = await openWorld({ ...telegram, clock, rate: 100 });
  telegram.people(PEOPLE);
  const channels = Array.from({ length: CHANNELS }, () => telegram.channel());
  for (const [number, channel] of channels.entries())
    channel.addBot(number % 2 === 0 ? USUAL : ['can_post_messages']);
  const places = channels.map(({ id }) => ({ id, kind: 'channel' as const }));
  await fill(world.desk, [...places, ...people(PEOPLE)], 'en');
  const end = await world.begin();
  await publish(world.desk, 'en', { headline: 'Before the faults' });
  const shown = (headline: string) => {
    const counts = new Map<number, number>();
    for (const { chatId, message } of telegram.deliveries()) {
      if (message.deletedAt === undefined && String(message.wire.text).startsWith(headline))
        counts.set(chatId, (counts.get(chatId) ?? 0) + 1);
    }
    return counts;
  };
  await waitFor(() => shown('Before').size >= PEOPLE + CHANNELS);
  let words = 0;
  const editors = setInterval(() => {
    const channel = channels[Math.floor(Math.random() * channels.length)];
    channel?.post(channel.owner, `A word of the editors ${words++}`);
  }, EDITORS_MS);
  for (const method of ['sendMessage', 'editMessageText']) {
    telegram.faults.add({ kind, method, probability: 0.1, retryAfter: 1 + Math.floor(Math.random() * 30) });
  }
  await publish(world.desk, 'en', { headline: 'During the faults' });
  await waitFor(() => shown('During').size >= PEOPLE + CHANNELS, 240_000).catch(() => undefined);
  // A repeat would come within the time that a give-up takes.
  await new Promise((resolve) => setTimeout(resolve, 40_000 / faster));
  clearInterval(editors);
  await end();
  const touched = channels.flatMap((channel) =>
    channel.history().filter(({ fromBot, versions }) => !fromBot && versions.length > 1),
  ).length;
  const counts = shown('During');
  const lost = PEOPLE + CHANNELS - counts.size;
  const isChannel = new Set(places.map(({ id }) => id));
  const repeats = (channel: boolean) =>
    [...counts].reduce((sum, [id, count]) => sum + (isChannel.has(id) === channel ? count - 1 : 0), 0);
  row(
    `${kind} at 10 %: lost, repeats in channels, posts touched`,
    `${lost}, ${repeats(true)}, ${touched}`,
    '0, 0, 0',
  );
  row('  repeats in private chats', String(repeats(false)));
  await world.close();
  await telegram.close();
}
