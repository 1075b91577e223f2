/**
 * A new `DATA_KEY` while the bot runs. Every process takes the new key up first, so that all can open what any of them
 * seals; then all seal under it; then whoever serves the readers re-seals what is stored, at a pace that leaves the news
 * its time. Each step may be cut short and is gone on with by the next process.
 */
import { resealCards } from '../../store/owners.ts';
import { checkKey, needBothKeys } from '../../store/proof.ts';
import { endResealing, recordBlocks, resealBlock, resealedUpTo, saveResealed } from '../../store/reseal.ts';
import { restampNews } from '../../store/restamp.ts';
import { resealApart } from '../../store/sealed.ts';
import { resealVeil } from '../../store/veil-key.ts';
import { SECOND } from '../../time.ts';
import { again } from '../again.ts';
import type { NewsDesk } from '../desk.ts';
import { unlessOutOfUse } from '../trouble.ts';

/** Time between two reads of whether there is a new key. */
const EVERY_MS = SECOND;
/** After this all processes that use one folder have taken the new key up. */
const EVERYBODY_MS = 3 * SECOND;
/** Redis has on its disk what it was told before, so that a power cut does not bring back what only the old key opens. */
export const ON_DISK_MS = 3 * SECOND;
/** Blocks of records between two marks of how far we are; what lies between is done once more after a kill. */
const MARK_EVERY = 32;
/** Left to the news after each block, which takes some milliseconds itself. */
const PAUSE_MS = 10;

/** The part of the desk for a rotation. */
export type KeyDesk = Pick<NewsDesk, 'clock' | 'log' | 'store' | 'seal'>;

/** The new key, where an operator has asked for one. */
export interface NextKey {
  /** 32 bytes, to be wiped; undefined: there is none. */
  read(): Buffer | undefined;
  /** Everything is under it. False: the operator has to put it into the place of the old one. */
  keep(): boolean;
}

/** Takes a new key up when one appears and lets the old one go when it has served, until `signal` aborts. */
export async function watchKey(desk: KeyDesk, next: NextKey, signal: AbortSignal): Promise<void> {
  const { seal, store } = desk;
  const step = async () => {
    if (seal.proofs.previous === undefined) await takeUp(desk, next, signal);
    else if ((await checkKey(store, seal)) === 'steady') await finish(desk, next, signal);
  };
  while (!signal.aborted) {
    await unlessOutOfUse(desk, step);
    await desk.clock.sleep(EVERY_MS, signal);
  }
}

async function takeUp(
  { seal, store, clock, log }: KeyDesk,
  next: NextKey,
  signal: AbortSignal,
): Promise<void> {
  if (seal.proofs.next === undefined) {
    const key = next.read();
    const adopted = key !== undefined && seal.adopt(key);
    key?.fill(0);
    if (!adopted) return;
    log.info('a new DATA_KEY was found: it opens from now on, and seals in three seconds');
    await clock.sleep(EVERYBODY_MS, signal);
  }
  if (signal.aborted || seal.proofs.next === undefined) return;
  await needBothKeys(store, seal.proofs.now, seal.proofs.next);
  seal.turn();
}

/** Before anything is sealed by a process that began with both keys. Throws `store.wrong_key`. */
export async function beginWithKey({ store, seal }: KeyDesk): Promise<void> {
  const state = await checkKey(store, seal);
  if (state === 'waiting' && seal.proofs.previous !== undefined) {
    await needBothKeys(store, seal.proofs.previous, seal.proofs.now);
  }
}

/** Re-seals what is stored whenever there is a new key, until `signal` aborts; only who holds the lease does it. */
export async function rotate(desk: KeyDesk, next: NextKey, signal: AbortSignal): Promise<void> {
  const pass = async () => {
    await rotateOnce(desk, next, signal);
  };
  const failed = (error: unknown) => desk.log.error({ err: error }, 're-sealing failed, trying again');
  await again(desk.clock, signal, { everyMs: EVERY_MS, pass, failed });
}

/** Goes on with a rotation from where it stands. True: nothing is left to do. `pauseMs`: after each block. */
export async function rotateOnce(
  desk: KeyDesk,
  next: NextKey,
  signal: AbortSignal,
  pauseMs = PAUSE_MS,
): Promise<boolean> {
  const { store, seal, log } = desk;
  if (seal.proofs.previous === undefined) return true;
  const state = await checkKey(store, seal);
  if (state === 'waiting') return false;
  if (state === 'under way') {
    log.info('sealing everything under the new DATA_KEY');
    if (!(await resealAll(desk, signal, pauseMs))) return false;
    await desk.clock.sleep(ON_DISK_MS, signal);
    if (signal.aborted) return false;
    await endResealing(desk);
  }
  return finish(desk, next, signal);
}

/** Everything is under the new key: lets the old one go. True: it is gone. Does nothing the second time. */
async function finish({ seal, log, clock }: KeyDesk, next: NextKey, signal: AbortSignal): Promise<boolean> {
  await clock.sleep(ON_DISK_MS, signal);
  if (signal.aborted) return false;
  if (seal.proofs.previous === undefined) return true;
  seal.retire();
  if (next.keep()) log.info('everything is sealed under the new DATA_KEY, the old one is gone');
  else
    log.warn(
      'everything is sealed under the new DATA_KEY: put DATA_DIR/key.new, or your copy of it, into the place of the old one',
    );
  return true;
}

/** False: stopped before the end. */
async function resealAll(desk: KeyDesk, signal: AbortSignal, pauseMs: number): Promise<boolean> {
  const { first, end } = await recordBlocks(desk);
  const from = Math.max(first, await resealedUpTo(desk));
  await resealBlocks(desk, from, end, true, signal, pauseMs);
  // Once more over everything, which is cheap: a process that was late may have sealed under the old key meanwhile.
  for (let left = 1; left > 0 && !signal.aborted; ) {
    left = await resealApart(desk);
    left += await resealCards(desk);
    left += await resealVeil(desk);
    left += await restampNews(desk, false, signal);
    left += await resealBlocks(desk, first, (await recordBlocks(desk)).end, false, signal, pauseMs);
  }
  return !signal.aborted;
}

/** Answers how many things were not yet as they should be. */
async function resealBlocks(
  desk: KeyDesk,
  from: number,
  end: number,
  firstTime: boolean,
  signal: AbortSignal,
  pauseMs: number,
): Promise<number> {
  let changed = 0;
  for (let block = from; block < end && !signal.aborted; block += 1) {
    changed += await resealBlock(desk, block, firstTime);
    if (firstTime && ((block + 1) % MARK_EVERY === 0 || block + 1 === end))
      await saveResealed(desk, block + 1);
    if (pauseMs > 0) await desk.clock.sleep(pauseMs, signal);
  }
  return changed;
}
