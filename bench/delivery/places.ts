/** A group and a channel that get 60 stories in a minute. */
import { startTelegram } from '#sandbox/telegram/telegram.ts';
import { MINUTE } from '#src/time.ts';
import { fastClock } from '#testing/clock.ts';
import { publish } from '#testing/delivery.ts';
import { row } from '../table.ts';
import { fill, openWorld, waitFor } from './world.ts';

const STORIES = 60;

export async function run(): Promise<void> {
  const clock = fastClock(Date.now(), 10);
  const telegram = await startTelegram({ clock, latency: 100, limits: true });
  const world = await openWorld({ ...telegram, clock, rate: 25 });
  const group = telegram.supergroup();
  const channel = telegram.channel();
  group.addBot(undefined);
  channel.addBot(['can_post_messages']);
  await fill(
    world.desk,
    [
      { id: group.id, kind: 'group' },
      { id: channel.id, kind: 'channel' },
    ],
    'en',
  );
  const end = await world.begin();
  for (let story = 1; story <= STORIES; story += 1) {
    await publish(world.desk, 'en', { headline: `Story number ${story} of sixty` });
    await clock.sleep(1000);
  }
  const missing = (id: number) => {
    const text = telegram
      .deliveries()
      .filter(({ chatId }) => chatId === id)
      .map(({ message }) => message.wire.text)
      .join('\n');
    return Array.from({ length: STORIES }, (_, index) => `Story number ${index + 1} of sixty`).filter(
      (headline) => !text.includes(headline),
    ).length;
  };
  await waitFor(() => missing(group.id) + missing(channel.id) === 0, 60_000).catch(() => undefined);
  for (const { id, kind } of [group, channel]) {
    const times = telegram.deliveries().flatMap((one) => (one.chatId === id ? [one.at] : []));
    const most = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + MINUTE).length),
    );
    row(`60 stories in a minute, ${kind}: most messages a minute`, String(most), 'at most 20');
    row('  stories not shown', String(missing(id)), '0');
  }
  row('  answers 429', String(telegram.counters().tooMany), '0');
  await end();
  await world.close();
  await telegram.close();
}
