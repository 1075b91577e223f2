/**
 * Everything at random that befalls the bot, for as long as one likes, and then quiet: what each chat must show by then.
 * The same seed brings the same troubles in the same order.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE, SECOND } from '#src/time.ts';
import { judge, type Repeat, type Verdict } from '../oracle.ts';
import { MARK, openSoakTown, type SoakTown } from './town.ts';
import { type Trouble, TROUBLES } from './troubles.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  /** Times faster than the machine's clock; default 1. */
  readonly faster?: number;
  /** Takes a line on how it goes, each half minute. */
  readonly say?: (line: string) => void;
  /** Folder for what each process said, and when which trouble struck. */
  readonly logs?: string;
}

export interface Toll {
  readonly stories: number;
  readonly chats: number;
  readonly messages: number;
  /** Times that each trouble struck. */
  readonly troubles: ReadonlyMap<string, number>;
  readonly lost: number;
  readonly repeatsInPlaces: number;
  readonly repeatsInFlight: number;
  /** Repeats in private chats of what was not on its way when something broke. */
  readonly otherRepeats: number;
  readonly stale: number;
  /** Chats that still show something although `/forget` was said. */
  readonly remembered: number;
  /** Posts of editors that somebody else changed. */
  readonly touched: number;
  /** Until everything was right once it was quiet, s; Infinity: it never was. */
  readonly quietSeconds: number;
  /** Processes that ended although nobody ended them, and the first few things that were wrong. */
  readonly fallen: readonly string[];
  readonly examples: readonly string[];
}

/** Between two stories, two changes, two troubles, two posts of editors, ms. */
const PACE = {
  story: [4000, 9000],
  change: [10_000, 25_000],
  trouble: [1000, 4000],
  editors: [200, 900],
} as const;
const LASTS_MS = [1000, 8000] as const;
/** Nothing is waited for longer once it is quiet: Telegram's word that a reader is not there rests for minutes. */
const QUIET_MS = 5 * MINUTE;
/** A message on its way may have been sent so long before the trouble, and its answer given up so long after. */
const BEFORE_MS = 2 * SECOND;
const AFTER_MS = SECOND;

/** A time in which what was sent to a private chat may come again. */
interface Excuse {
  readonly from: number;
  to: number;
}

export async function soak({ minutes, seed, faster = 1, say, logs }: SoakOptions): Promise<Toll> {
  const town = await openSoakTown({ seed, faster, logs });
  const { clock } = town;
  const excuses: Excuse[] = [];
  const struck = new Map<string, number>();
  const stop = new AbortController();
  const under = new Set<Promise<unknown>>();
  const between = ([least, most]: readonly [number, number]) => least + town.chance() * (most - least);
  const keepDoing = async (pace: readonly [number, number], what: () => void) => {
    while (!stop.signal.aborted) {
      what();
      await clock.sleep(between(pace), stop.signal);
    }
  };
  const note = (line: string) => {
    const times = `${new Date().toISOString()} (${stamp(clock.now())} on the clock of the bot)`;
    if (logs) appendFileSync(join(logs, 'troubles.log'), `${times} ${line}\n`);
  };
  const strike = async (one: Trouble, ms: number): Promise<void> => {
    note(one.name);
    struck.set(one.name, (struck.get(one.name) ?? 0) + 1);
    const excuse = { from: clock.now() - BEFORE_MS, to: Number.POSITIVE_INFINITY };
    if (one.repeats) excuses.push(excuse);
    await one.strike(town, ms);
    excuse.to = clock.now() + AFTER_MS;
    note(`over: ${one.name}`);
  };
  let lastAlone: Promise<unknown> = Promise.resolve();
  let words = 0;
  const began = clock.ticks();
  const pulse = setInterval(() => say?.(lineOf(town, struck, clock.ticks() - began)), 30_000);
  const deck = dealer(town.chance);
  try {
    const going = Promise.all([
      keepDoing(PACE.story, () => town.publish()),
      keepDoing(PACE.change, () => town.revise()),
      keepDoing(PACE.editors, () => {
        const channel = town.channels[words % town.channels.length];
        channel?.post(channel.owner, `A word of the editors, ${words++}`);
      }),
      keepDoing(PACE.trouble, () => {
        const one = deck();
        const ms = between(LASTS_MS);
        const before = one.isAlone ? lastAlone : Promise.resolve();
        const work = before.then(() => strike(one, ms)).finally(() => under.delete(work));
        if (one.isAlone) lastAlone = work;
        under.add(work);
      }),
    ]);
    await clock.sleep(minutes * MINUTE);
    stop.abort();
    await going;
    await Promise.all(under);
    const quietSeconds = await untilRight(town, note);
    return tollOf(town, struck, excuses, quietSeconds);
  } finally {
    clearInterval(pulse);
    await town.close();
  }
}

/** Every trouble once, in an order of chance; then again. */
function dealer(chance: () => number) {
  let deck: { readonly order: number; readonly trouble: (typeof TROUBLES)[number] }[] = [];
  return () => {
    if (deck.length === 0)
      deck = TROUBLES.map((trouble) => ({ order: chance(), trouble })).sort((a, b) => a.order - b.order);
    const next = deck.pop();
    if (!next) throw new Error('no trouble');
    return next.trouble;
  };
}

/** The name of each chat that must show everything, by id. */
const chatsOf = ({ readers, channels, groups }: SoakTown): ReadonlyMap<number, string> =>
  new Map([
    ...readers.map(({ id }): [number, string] => [id, 'a private chat']),
    ...channels.map(({ id }, index): [number, string] => [
      id,
      index % 2 === 0 ? 'a channel with the usual rights' : 'a channel with one right',
    ]),
    ...groups.map(({ id, kind }): [number, string] => [id, `a ${kind}`]),
  ]);

const judged = (town: SoakTown): Verdict =>
  judge(town.telegram.deliveries(), { told: town.told, chats: chatsOf(town), marks: MARK });

const remembering = ({ gone }: SoakTown): number =>
  gone.filter((person) => person.messages().some(({ fromBot }) => fromBot)).length;

/** Messages that still stand in chats that were to be emptied. */
const leftAlone = ({ gone }: SoakTown): string[] =>
  gone.flatMap((person) =>
    person
      .messages()
      .filter(({ fromBot }) => fromBot)
      .map(({ wire, text }) => `not deleted: ${stamp(Number(wire.date) * SECOND)} ${text.slice(0, 60)}`),
  );

/** Seconds of quiet until nothing is wrong; Infinity: it was not within the time. */
async function untilRight(town: SoakTown, note: (line: string) => void): Promise<number> {
  const began = town.clock.ticks();
  while (town.clock.ticks() - began < QUIET_MS) {
    const { lost, stale, examples } = judged(town);
    const seconds = (town.clock.ticks() - began) / SECOND;
    if (lost + stale + remembering(town) === 0) return seconds;
    note(`${Math.round(seconds)} s of quiet: ${[...examples, ...leftAlone(town)].join('; ')}`);
    await town.clock.sleep(SECOND);
  }
  return Number.POSITIVE_INFINITY;
}

function tollOf(
  town: SoakTown,
  troubles: ReadonlyMap<string, number>,
  excuses: readonly Excuse[],
  quietSeconds: number,
): Toll {
  const { lost, stale, repeats, examples } = judged(town);
  const names = chatsOf(town);
  const wasOnItsWay = ({ first }: Repeat) => excuses.some(({ from, to }) => from <= first && first <= to);
  const inPlaces = repeats.filter(({ chat }) => chat < 0);
  const [excused, others] = [true, false].map((is) =>
    repeats.filter((repeat) => repeat.chat > 0 && wasOnItsWay(repeat) === is),
  );
  const strange = [...inPlaces, ...(others ?? [])].map(
    ({ chat, mark, first, again }) =>
      `again: ${mark} in ${names.get(chat)}, first at ${stamp(first)}, then at ${stamp(again)}`,
  );
  return {
    stories: town.told.length,
    chats: names.size,
    messages: town.telegram.deliveries().length,
    troubles,
    lost,
    stale,
    repeatsInPlaces: inPlaces.length,
    repeatsInFlight: excused?.length ?? 0,
    otherRepeats: others?.length ?? 0,
    remembered: remembering(town),
    touched: town.channels
      .flatMap((channel) => channel.history())
      .filter(({ fromBot, versions }) => !fromBot && versions.length > 1).length,
    quietSeconds,
    fallen: town.fallen,
    examples: [...examples, ...strange.slice(0, 12), ...leftAlone(town).slice(0, 12)],
  };
}

const stamp = (at: number): string => new Date(at).toISOString().slice(11, 23);

function lineOf(town: SoakTown, struck: ReadonlyMap<string, number>, ms: number): string {
  const { lost, stale, repeats } = judged(town);
  const troubles = [...struck.values()].reduce((sum, times) => sum + times, 0);
  const inPlaces = repeats.filter(({ chat }) => chat < 0).length;
  return `${(ms / MINUTE).toFixed(1)} min: ${town.told.length} stories, ${troubles} troubles, ${lost} on their way, ${stale} to be corrected, repeats in places ${inPlaces}`;
}
