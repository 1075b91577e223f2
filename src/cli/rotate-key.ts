/** `npm start -- rotate-key`: makes a new key and stays until everything is sealed under it. */
import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { type KeyDesk, type NextKey, ON_DISK_MS, rotateOnce } from '../desk/operator/rotate.ts';
import { PozirkError } from '../errors.ts';
import { keepNextKey, makeNextKey, nextKeyPath, readNextKey } from '../config/keys.ts';
import type { Logger } from '../log.ts';
import { openSpareInbox, spareInboxPath } from '../spare-inbox.ts';
import { leaseHeld } from '../store/lease.ts';
import { isSealing, needBothKeys, neededProofs } from '../store/proof.ts';
import { isStoreTrouble } from '../store/redis.ts';
import { recordBlocks, resealedUpTo } from '../store/reseal.ts';
import { realClock, SECOND } from '../time.ts';
import { checkedStore, type Terminal } from './open-store.ts';

/** A running bot that has not begun by then does not see the new key. */
const BEGIN_MS = 30 * SECOND;
/** Nobody serves the readers: a bot that was killed and starts again does it within this, and so does a standby. */
const NOBODY_MS = 6 * SECOND;
const LOOK_MS = SECOND / 2;

/**
 * A running bot takes the new key up by itself and does the work; where none runs, it is done here. Cut short at any
 * moment, it goes on with the next start of the bot or of this command.
 * Throws where the configured key is not the right one, or the last rotation is not tidied up.
 */
export async function rotateKey(config: Config, log: Logger, { signal, say }: Terminal): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { store, seal, state } = await checkedStore(config, log, stack, signal);
  const desk: KeyDesk = { clock: realClock, log, store, seal };
  const file = nextKeyPath(config.keyFiles);
  const keep = () => keepNextKey(config.keyFiles, (key) => isSealing(desk, key));
  if (!config.previousKey) {
    if (config.formerBot) throw new PozirkError('config.invalid', FORMER_STAYS);
    if (store.isOwn) refuseWaiting(spareInboxPath(config));
    makeNextKey(config.keyFiles);
    const key = readNextKey(config.keyFiles);
    if (!key || !('reveal' in key)) throw new PozirkError('config.invalid', `${file} is not a key`);
    seal.adopt(key.reveal());
    key.reveal().fill(0);
    say(`A new key is in ${file}; keep a copy apart from the data.`);
    seal.turn();
  } else if (state === 'steady') {
    await realClock.sleep(ON_DISK_MS, signal);
    if (!signal.aborted && keep()) return say('The last rotation is over: its key is in place now.');
    throw new PozirkError('config.invalid', `the last rotation is over: ${placeIt(file)}`);
  } else say(`Going on with the key in ${file}.`);

  const isKept = await untilSealed(desk, { read: () => undefined, keep }, signal, say);
  if (signal.aborted)
    return say('Not finished: the bot, or this command, goes on with it at its next start.');
  if (config.keyFiles.own && !isKept && !existsSync(file))
    throw new PozirkError('config.invalid', `somebody has removed ${file}: ${COPY_IT}`);
  say(
    `Everything is sealed under the new key${existsSync(file) ? `: ${placeIt(file)}` : '. It is in place; the old one is gone.'}`,
  );
}

const FORMER_STAYS =
  'FORMER_BOT is set: what the lost bot left would stay under the old key, where no reader finds it any more and none can be forgotten. Delete it and take FORMER_BOT out first: docs/lost-bot.md, Afterwards; nothing was changed';

/** Requests of readers from a time in which Redis took nothing lie there under the present key, and only the bot reads them. */
function refuseWaiting(path: string): void {
  const spare = openSpareInbox(path);
  const waiting = spare.left().size;
  spare.close();
  if (waiting > 0)
    throw new PozirkError(
      'config.invalid',
      `${path} holds what readers asked for while Redis took nothing: start the bot, which carries it out, then come again; nothing was changed`,
    );
}

const COPY_IT =
  'everything is sealed under the key that was in it. Put your copy of that into the place of the old one before the next start: the old one opens nothing any more';

const placeIt = (file: string): string =>
  `put the key in ${file} into the place of DATA_KEY (or into its file) before the next start; the file then goes by itself`;

/** `desk.seal` seals under the new key and opens with the old one. Answers whether the new one is in its place. */
async function untilSealed(
  desk: KeyDesk,
  next: NextKey,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<boolean> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const watching = watch(desk, until, say).finally(() => over.abort());
  await Promise.all([watching, standIn(desk, next, until, say)]);
  // The bot lets the old key go after this; should it be killed before, it is done here.
  await desk.clock.sleep(ON_DISK_MS, signal);
  return !signal.aborted && next.keep();
}

/** Does the work as long as no bot serves. It takes no lease: who starts must not wait, and each step may be done by two at once. */
async function standIn(
  desk: KeyDesk,
  next: NextKey,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  let [lastSeen, told] = [desk.clock.ticks(), false];
  while (!signal.aborted) {
    if (await isServed(desk)) lastSeen = desk.clock.ticks();
    if (desk.clock.ticks() - lastSeen >= NOBODY_MS) {
      if (!told) say('No bot is running: sealing everything here.');
      told = true;
      await workUntilServed(desk, next, signal);
    }
    await desk.clock.sleep(LOOK_MS, signal);
  }
}

async function workUntilServed(desk: KeyDesk, next: NextKey, signal: AbortSignal): Promise<void> {
  const served = new AbortController();
  const until = AbortSignal.any([signal, served.signal]);
  const looking = (async () => {
    while (!until.aborted) {
      if (await isServed(desk)) served.abort();
      await desk.clock.sleep(LOOK_MS, until);
    }
  })();
  try {
    const { now, previous } = desk.seal.proofs;
    if (previous !== undefined) await needBothKeys(desk.store, previous, now);
    await rotateOnce(desk, next, until, 0);
  } catch (error) {
    if (!isStoreTrouble(error)) throw error;
  } finally {
    served.abort();
    await looking;
  }
}

/** Whether a bot serves the readers; a Redis that does not answer may have one. */
const isServed = ({ store }: KeyDesk): Promise<boolean> => leaseHeld(store, 'owner').catch(() => true);

/** Tells how far it is, until only the new key is needed. */
async function watch(desk: KeyDesk, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  const { now: proof } = desk.seal.proofs;
  const began = desk.clock.ticks();
  let told = -1;
  while (!signal.aborted) {
    try {
      const needed = await neededProofs(desk.store);
      if (needed.length === 1 && needed[0] === proof) return;
      if (
        needed.length === 1 &&
        desk.clock.ticks() - began > BEGIN_MS &&
        (await leaseHeld(desk.store, 'owner'))
      ) {
        throw new PozirkError(
          'config.invalid',
          'the running bot does not take the new key up: does it run with this DATA_DIR? It will at its next start with it',
        );
      }
      const { first, end } = await recordBlocks(desk);
      const at = Math.max(await resealedUpTo(desk), first);
      const tenths = end > first ? Math.floor((10 * (at - first)) / (end - first)) : 0;
      if (needed.length > 1 && tenths > told) say(`${(told = tenths) * 10} %`);
    } catch (error) {
      if (!isStoreTrouble(error)) throw error;
    }
    await desk.clock.sleep(LOOK_MS, signal);
  }
}
