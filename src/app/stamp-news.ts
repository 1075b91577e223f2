/** The news under this bot's stamps, before anybody here reads or writes it. */
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Desk } from '../desk/desk.ts';
import { EDITIONS } from '../news/edition.ts';
import { holdLease } from '../store/lease.ts';
import { logHead } from '../store/logs.ts';
import { noteStamped, restampNews, whoseNews } from '../store/restamp.ts';
import { SECOND } from '../time.ts';
import type { Built } from './built.ts';
import { onceRedisAnswers, renewData } from './standby.ts';

/** By then each process of a release before stamps has seen that the form is a newer one, and has ended. */
const LATE_MS = 5 * SECOND;

/** For each Redis its own: the sandbox has another one beside the same key, and a restore begins with an empty one. */
function notePath({ store, dataDir }: Pick<Config, 'store' | 'dataDir'>): string {
  if (store.kind === 'embedded') return join(store.folder, 'stamped');
  const address = store.url.reveal().replace(/\/\/[^@/]*@/, '//');
  return join(dataDir, `stamped-${createHash('sha256').update(address).digest('hex').slice(0, 12)}`);
}

/** Waits until the shared data have the present form and our stamps, before any use of them; another key's stamps are told. */
export async function takeNews(built: Built, stop: AbortSignal): Promise<void> {
  const { desk } = built;
  const { conditions } = desk.status;
  const why =
    'the news in this Redis is stamped under another DATA_KEY: all bots on one Redis need the same one (docs/operations.md, Stamps)';
  let whose: Awaited<ReturnType<typeof whoseNews>> | undefined;
  while (!stop.aborted) {
    // Where the lease was lost on the way, once more.
    if (whose !== "another key's") await stampUnderLease(built, stop);
    whose = await whoseNews(desk).catch(() => undefined);
    if (whose === 'ours') return conditions.holds('key');
    if (whose === "another key's") conditions.fails('key', why);
    await desk.clock.sleep(SECOND, stop);
  }
}

async function stampUnderLease(built: Built, stop: AbortSignal): Promise<void> {
  const lease = await holdLease(built.desk.store, 'form', built.desk.clock, stop);
  if (!lease) return;
  try {
    await stampNews(built, AbortSignal.any([stop, lease.signal]));
  } finally {
    await lease.release();
  }
}

/**
 * Brings the news to the present form, and stamps what a release before stamps wrote: once. That it was done is noted
 * outside of Redis too (the file `stamped`), or who can write there could have us do it again for words of their own.
 */
async function stampNews({ config, desk }: Built, signal: AbortSignal): Promise<void> {
  const note = notePath(config);
  const isStamped = existsSync(note);
  await renewData(desk, 'news', signal, { ...desk, isStamped });
  await onceRedisAnswers(desk, signal, async () => {
    const whose = await whoseNews(desk);
    if (whose === "another key's") return;
    if (whose === "nobody's") {
      if (!isStamped) await stampOlder(desk, signal);
      if (signal.aborted) return;
      await noteStamped(desk);
    }
    if (!isStamped) keepNote(desk, note);
  });
}

async function stampOlder(desk: Desk, signal: AbortSignal): Promise<void> {
  const heads = await Promise.all(EDITIONS.map((edition) => logHead(desk.store, edition)));
  if (heads.some((head) => head > 0)) await desk.clock.sleep(LATE_MS, signal);
  await restampNews(desk, true, signal);
}

function keepNote({ log }: Desk, note: string): void {
  try {
    writeFileSync(note, 'What this Redis holds has stamps: docs/operations.md\n', { mode: 0o600 });
  } catch (error) {
    log.warn({ err: error }, 'DATA_DIR cannot be written: that the news has stamps is noted in Redis alone');
  }
}
