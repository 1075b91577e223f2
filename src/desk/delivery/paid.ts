/**
 * Urgent stories at the pace that Telegram sells: up to 1,000 messages a second for Stars, above a floor that the operator
 * sets. Operators are told the sum before and after; everything else keeps to the free pace.
 */
import { LIMITS } from '../../limits.ts';
import type { Edition } from '../../news/edition.ts';
import { roundedUp } from '../../status.ts';
import { countQueues } from '../../store/subscribers.ts';
import { HOUR, MINUTE, SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { tellOperators } from '../letters/alarms.ts';
import { isOutage, type PaidRun, type Round } from './queue-state.ts';
import type { SendVisit } from './compose.ts';

/** An urgent story is news for this long: one that was held up by an outage is not worth money any more. */
export const URGENT_MS = 6 * HOUR;
/** It has gone out when nobody has waited for it for this long: who is written to just now stands in no queue. */
const LULL_MS = 3 * SECOND;
/** How often the balance is looked at meanwhile: others may spend from it too. */
const LOOK_MS = 5 * SECOND;
/** Chats that want something else wait this long at a time. */
const ASIDE_MS = 10 * SECOND;
/** Answers of that time may cost something too. */
const BESIDE = 1.05;

/** Fresh urgent entries that somebody waits before, by edition. Each is paid for once. */
type Waiting = ReadonlyMap<Edition, number>;

/** Begins, watches and ends paying. */
export async function payForUrgent(desk: Desk, round: Round, waiting: Waiting): Promise<void> {
  const { pace } = desk.telegram;
  const floor = desk.policy.paidFloor;
  if (floor === undefined || !Number.isFinite(pace.rate)) return;
  const { run } = round.paying;
  const now = desk.clock.ticks();
  if (!run) {
    const { againAt, paidFor } = round.paying;
    const due = new Map([...waiting].filter(([edition, seq]) => seq > (paidFor.get(edition) ?? 0)));
    if (due.size > 0 && now >= againAt) await begin(desk, round, due, floor);
    return;
  }
  // Nobody is served in an outage, and the run goes on behind it.
  if (waiting.size > 0 || isOutage(round) || pace.floodMs > 0) run.urgentAt = now;
  if (pace.paid.left === 0 || now - run.urgentAt > LULL_MS) return end(desk, round, run, floor);
  if (now < run.lookAt) return;
  run.lookAt = now + LOOK_MS;
  const stars = await balance(desk);
  if (stars !== undefined) pace.paid.allow(Math.min(pace.paid.left, worth(stars - floor)));
}

/** A pause is no end of the story: who waits for it is not looked at meanwhile. */
export function pausePaying({ clock }: Desk, { paying: { run } }: Round): void {
  if (run) run.urgentAt = clock.ticks();
}

/** How long the visit has to wait because what is paid for goes first, ms; 0: it is part of that. */
export const asideFor = ({ telegram }: Desk, { composed }: SendVisit): number =>
  telegram.pace.paid.left > 0 && !hasUrgent(composed) ? ASIDE_MS : 0;

export const hasUrgent = ({ items }: SendVisit['composed']): boolean =>
  items.some((item) => item.kind === 'story' && item.urgent);

async function begin(desk: Desk, round: Round, entries: Waiting, floor: number): Promise<void> {
  const { telegram, clock, store } = desk;
  const queues = await countQueues(store);
  const chats = roundedUp([...entries.keys()].reduce((sum, edition) => sum + queues[edition].behind, 0));
  if (chats <= LIMITS.all) return;
  const now = clock.ticks();
  const stars = await balance(desk);
  if (stars === undefined) return void (round.paying.againAt = now + MINUTE);
  const most = Math.min(Math.ceil(chats * BESIDE), worth(stars - floor));
  const held = `PAID_FLOOR keeps ${floor} of ${whole(stars)} Stars`;
  if (most === 0) {
    round.paying.againAt = now + HOUR;
    return tell(desk, `An urgent story goes to ${chats} chats at the free pace: ${held}.`);
  }
  const isFloored = most < chats;
  round.paying.run = {
    stars,
    most,
    paidBefore: telegram.pace.paid.sent,
    isFloored,
    entries,
    urgentAt: now,
    lookAt: now + LOOK_MS,
  };
  for (const [edition, seq] of entries) round.paying.paidFor.set(edition, seq);
  telegram.pace.paid.allow(most);
  const sum = `An urgent story goes to ${chats} chats at up to ${LIMITS.paid} a second and costs at most ${whole(most / LIMITS.paidForStar)} of ${whole(stars)} Stars`;
  await tell(desk, isFloored ? `${sum}; ${held}, so the rest goes at the free pace.` : `${sum}.`);
}

/** The free pace is back; what was paid is told when the last answers are there. */
async function end(desk: Desk, { paying }: Round, run: PaidRun, floor: number): Promise<void> {
  const { telegram, clock } = desk;
  const isUsedUp = telegram.pace.paid.left === 0;
  const paid = telegram.pace.paid.sent - run.paidBefore;
  telegram.pace.paid.allow(0);
  paying.run = undefined;
  const isRefused = isUsedUp && paid < run.most;
  if (isRefused || (isUsedUp && run.isFloored)) paying.againAt = clock.ticks() + HOUR;
  // Others used it up too, such as the same story in another edition: what is left is worth a run of its own.
  if (isUsedUp && !isRefused && !run.isFloored)
    for (const edition of run.entries.keys()) paying.paidFor.delete(edition);
  const why = isRefused
    ? ' Telegram takes no more paid messages: are they switched on at @BotFather, and are there Stars enough?'
    : isUsedUp && run.isFloored
      ? ` PAID_FLOOR keeps ${floor} Stars.`
      : '';
  const stars = await balance(desk);
  const cost =
    stars === undefined ? '' : `, cost ${whole(run.stars - stars)} Stars; ${whole(stars)} are left`;
  await tell(
    desk,
    `The urgent story: at most ${roundedUp(paid)} messages went at the paid pace${cost}. The pace is the free one again.${why}`,
  );
}

/** Messages that so many Stars pay for. */
const worth = (stars: number): number => Math.max(0, Math.floor(stars * LIMITS.paidForStar));

const whole = (stars: number): number => Math.ceil(stars);

/** The bot's Stars; undefined: Telegram does not say. */
async function balance({ telegram, log }: Desk): Promise<number | undefined> {
  const outcome = await telegram.call<{ amount?: number; nanostar_amount?: number }>('getMyStarBalance', {});
  if (outcome.kind === 'done' && Number.isFinite(outcome.result.amount))
    return (outcome.result.amount ?? 0) + (outcome.result.nanostar_amount ?? 0) / 1e9;
  log.warn({ outcome: outcome.kind }, 'Telegram does not tell how many Stars the bot has: nothing is paid');
  return undefined;
}

async function tell(desk: Desk, words: string): Promise<void> {
  desk.log.info({ detail: words }, 'paid broadcast');
  const send = await tellOperators(desk, [words]);
  void send().catch((err: unknown) => desk.log.error({ err }, 'operators could not be told'));
}
