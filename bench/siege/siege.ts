/**
 * Measures what others notice of an attack: how long a reader waits for `/help`, and how long a story takes to reach all. Here
 * stands whatever strangers do in Telegram: floods of commands, presses, queries, groups and accounts, and many readers who
 * forget at once. The rest has benches of its own: `words` the longest messages, `hostile` a source's documents and hosts,
 * `refusals` a Telegram that is mistaken about chats, `kills` and `faults` what breaks off in the middle.
 */
import { publish } from '#testing/delivery.ts';
import { percentile, round, row } from '../table.ts';
import type { Attack, Finding } from './acts.ts';
import { ATTACKS } from './attacks.ts';
import { openTown, type Town } from './town.ts';

const READERS = 300;
/** The reader who asks; subscribed as the others are. */
const READER = 1_000_001;
/** The attack goes on for so long before the story. */
const LEAD_MS = 8000;
/** Not waited for longer. */
const MOST_MS = 60_000;
/** Between two questions of the reader. */
const ASK_MS = 3000;
const MOST_HELP_MS = 2000;
const MOST_TIMES_QUIET = 1.5;
/** Parts of names, with `|` between: only such attacks, beside the quiet. */
const ONLY = (process.env['SIEGE'] ?? '').split('|');

interface Siege {
  /** p95 of the reader's waits, ms; Infinity: some were never answered. */
  readonly helpMs: number;
  /** Until all had the story, ms; Infinity: not within the time. */
  readonly broadcastMs: number;
  readonly tooMany: number;
  readonly findings: readonly Finding[];
}

export async function run(): Promise<void> {
  let quiet: Siege | undefined;
  for (const attack of ATTACKS.filter(
    ({ name }) => name === 'quiet' || ONLY.some((part) => name.includes(part)),
  )) {
    const siege = await besiege(attack);
    quiet ??= siege;
    const times = siege.broadcastMs / quiet.broadcastMs;
    row(attack.name, '');
    row("  another reader's /help, p95", `${round(siege.helpMs, 0)} ms`, `at most ${MOST_HELP_MS} ms`);
    row(`  a story to ${READERS} readers`, `${round(siege.broadcastMs / 1000, 1)} s`);
    row(
      '    of its quiet time',
      `${round(times)} ×`,
      `at most ${attack.mostTimesQuiet ?? MOST_TIMES_QUIET} ×`,
    );
    for (const { what, figure, must } of siege.findings) row(`  ${what}`, figure, must);
    row('  answers 429', String(siege.tooMany));
  }
}

async function besiege(attack: Attack): Promise<Siege> {
  const town = await openTown(READERS);
  await attack.prepare?.(town);
  await town.begin();
  const stop = new AbortController();
  const attacking = attack.begin(town, stop.signal);
  const waits: number[] = [];
  const asking = keepAsking(town, stop.signal, waits);
  await new Promise((resolve) => setTimeout(resolve, LEAD_MS));
  const headline = `Story of the siege ${attack.name.length}`;
  const began = performance.now();
  await publish(town.desk, 'en', { headline });
  const broadcastMs = await untilAllHave(town, headline, began);
  const findings = (await attack.judge?.(town)) ?? [];
  stop.abort();
  await Promise.allSettled([attacking, asking]);
  const { tooMany } = await town.telegram.ask<{ tooMany: number }>('counters');
  await town.close();
  return { helpMs: percentile(waits, 0.95), broadcastMs, tooMany, findings };
}

async function untilAllHave(town: Town, headline: string, began: number): Promise<number> {
  let since = 0;
  const have = new Set<number>();
  while (performance.now() - began < MOST_MS) {
    const delivered = await town.telegram.ask<{ chatId: number; text: string }[]>(
      `deliveries?since=${since}`,
    );
    since += delivered.length;
    for (const { chatId, text } of delivered) if (text.includes(headline)) have.add(chatId);
    if ([...have].filter((id) => id >= READER && id < READER + READERS).length === READERS)
      return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return Number.POSITIVE_INFINITY;
}

/** Asks `/help` again and again; how long each answer took, ms. */
async function keepAsking(town: Town, stop: AbortSignal, waits: number[]): Promise<void> {
  while (!stop.aborted) {
    const before = await town.answers(READER);
    const asked = performance.now();
    await town.act(READER, 'send', '/help');
    let wait = Number.POSITIVE_INFINITY;
    // The story may come to the same chat meanwhile: what counts is one message more than that.
    while (performance.now() - asked < MOST_MS / 2 && wait === Number.POSITIVE_INFINITY) {
      if ((await town.answers(READER)) > before) wait = performance.now() - asked;
      else await new Promise((resolve) => setTimeout(resolve, 30));
    }
    waits.push(wait);
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
}
