/**
 * A year of the bot in minutes, by a moved clock and with Redis grown older with it: `STORIES` (default 15,000) in `DAYS`
 * (365) to `CHATS` (default 40) readers, of whom a fifth goes and comes each month in every way there is, and three
 * channels; with digests, quiet hours, `/keep`, corrections and withdrawals. Nothing is lost or shown twice, and process
 * and Redis come back to the same level each month. What is kept of the news itself, 400 days of it, is told by the story;
 * `DAYS=460` shows that it ends.
 */
import { correct } from '#src/desk/delivery/correct.ts';
import { deliver } from '#src/desk/delivery/dispatch.ts';
import type { Desk } from '#src/desk/desk.ts';
import { deliverLetters } from '#src/desk/letters/letters.ts';
import { watchChats } from '#src/desk/chats/membership.ts';
import { holdLease } from '#src/store/lease.ts';
import { countQueues } from '#src/store/subscribers.ts';
import type { Story } from '#src/news/story.ts';
import { HOUR, MINUTE, SECOND } from '#src/time.ts';
import { pass, publish, revise, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { erasePass } from '#testing/erase.ts';
import { ageing } from './year/ageing.ts';
import { levelOf, type Level, tellLevels } from './year/levels.ts';
import { createPublic } from './year/public.ts';
import { row } from './table.ts';

const DAYS = Number(process.env['DAYS'] ?? 365);
const STORIES = Number(process.env['STORIES'] ?? Math.round((15_000 * DAYS) / 365));
const CHATS = Number(process.env['CHATS'] ?? 40);
const MONTH = 30;
/** Minsk's hours at which news comes; digests are due at the first and the seventh. */
const HOURS = [8, 10, 12, 14, 16, 18, 20, 22];
/** One story in so many is corrected two hours later, one in so many withdrawn. */
const CORRECTED = 15;
const WITHDRAWN = 200;

export async function run(): Promise<void> {
  const stage = await openStage({ keepHours: 47 });
  const { desk, clock } = stage;
  const people = createPublic(stage, CHATS);
  const age = ageing(desk.store);
  const levels: Level[] = [];
  const stop = new AbortController();
  await people.open();
  const running = [serve, correct, watchChats, deliverLetters].map((loop) => loop(desk, stop.signal));

  let told = 0;
  let lately: Story[] = [];
  const first = Math.ceil(clock.now() / (24 * HOUR)) * 24 * HOUR - 3 * HOUR;
  for (let day = 0; day < DAYS; day += 1) {
    for (const [index, hour] of HOURS.entries()) {
      await goTo(stage, first + day * 24 * HOUR + hour * HOUR);
      for (const story of lately) await amend(stage, story, people.excuse);
      lately = [];
      const due = Math.round((STORIES * (day + (index + 1) / HOURS.length)) / DAYS);
      for (; told < due; told += 1)
        lately.push(await publish(desk, 'en', { headline: `Story ${told + 1}.`, lead: LEAD }));
      await calm(stage);
    }
    await goTo(stage, first + (day + 1) * 24 * HOUR - MINUTE);
    await people.live(told);
    await calm(stage);
    people.count(told);
    await age(clock.now());
    // As whoever watches over a bot does each second.
    await desk.trace.flush();
    if ((day + 1) % MONTH === 0) levels.push(await levelOf(desk, told));
    if ((day + 1) % MONTH === 0) console.log(`  month ${levels.length}: ${people.wrong()} wrong`);
  }
  tellLevels(levels);
  row('stories, messages', `${told}, ${people.messages()}`);
  row('  readers who came, and went again', people.came());
  row('  not shown, shown twice', people.wrong(), '0, 0');
  stop.abort();
  let over = false;
  void Promise.all(running).then(() => (over = true));
  await until(clock, () => over);
  await stage.close();
}

const LEAD = 'It was told in one sentence. ';

/** Delivers, also after a machine with other work has let the lease run out. */
async function serve(desk: Desk, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const lease = await holdLease(desk.store, 'owner', desk.clock, stop);
    if (!lease) return;
    await deliver(desk, lease, AbortSignal.any([stop, lease.signal]));
    await lease.release();
  }
}

/** The fate of a story two hours later; its number is in its headline. */
async function amend({ desk }: Stage, story: Story, excuse: (number: number) => void): Promise<void> {
  const number = Number(/\d+/.exec(story.headline)?.[0]);
  if (number % WITHDRAWN === 0) {
    excuse(number);
    await revise(desk, story, { withdrawn: true });
  } else if (number % CORRECTED === 0)
    await revise(desk, story, { headline: `Story ${number}. Corrected`, lead: LEAD });
}

/** Jumps to a moment; what was due in between is done there, as after a sleep of the machine. */
async function goTo({ clock }: Stage, at: number): Promise<void> {
  await clock.advance(at - clock.now());
}

/** Until everybody who may be told has everything, and what was due is removed. */
async function calm(stage: Stage): Promise<void> {
  const { desk, clock } = stage;
  const { flight } = desk.store.keys;
  const isCalm = async () => {
    await stage.settle();
    const [queues, busy] = [await countQueues(desk.store), await erasePass(desk)];
    return !busy && queues.en.behind === 0 && (await desk.store.redis.hlen(flight)) === 0;
  };
  await pass(clock, 3 * SECOND, SECOND / 2);
  await until(clock, isCalm, HOUR);
}
