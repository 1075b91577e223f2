/** `npm start -- backup FILE`: all that the bot has stored, sealed as it is stored, while it runs. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { type Config, dataAt } from '../config/config.ts';
import { truePath } from '../config/exposure.ts';
import { codeOf } from '../config/keys.ts';
import { PozirkError } from '../errors.ts';
import { markBackup } from '../journal.ts';
import { TOLD_BACKUPS } from '../journal-file.ts';
import { findJournal } from '../journal-place.ts';
import type { Logger } from '../log.ts';
import { isConfirmed, noteBackup } from '../store/backups.ts';
import { copyKeys } from '../store/copy.ts';
import { everyKey, newsKeys } from '../store/keys.ts';
import { lastFence, leaseHeld } from '../store/lease.ts';
import { isLasting } from '../store/restore.ts';
import { hasKeys, neededProofs } from '../store/proof.ts';
import { type Store, troubleOf } from '../store/redis.ts';
import { recordBlocks } from '../store/reseal.ts';
import { type RedisCommand, decodeCommands, encodeCommand } from '../store/resp.ts';
import type { Seal } from '../store/seal.ts';
import type { Shelf } from '../store/shelf.ts';
import { realClock, SECOND } from '../time.ts';
import { VERSION } from '../version.ts';
import { checkedStore, type Terminal } from './open-store.ts';

/** First word of a backup: an Echo, which no Redis minds. */
const HEAD = 'ECHO';

export interface BackupHead {
  readonly kind: 'pozirk-backup';
  /** Names it in the journal. */
  readonly id: string;
  readonly botId: string;
  readonly version: string;
  /** When it began, ms. */
  readonly at: number;
}

/** Writes `path`, which appears when it is whole and has been opened once for a trial. */
export async function backUp(
  config: Config,
  log: Logger,
  named: string,
  { signal, say }: Terminal,
): Promise<void> {
  // Whatever carries it away goes on with the file behind a link.
  const path = truePath(named);
  const part = `${path}.part`;
  for (const one of [path, part]) await refuseOther(one);
  await using stack = new AsyncDisposableStack();
  const { store, seal } = await checkedStore(config, log, stack, signal);
  const head: BackupHead = {
    kind: 'pozirk-backup',
    id: randomUUID(),
    botId: store.botId,
    version: VERSION,
    at: realClock.now(),
  };
  let trial: ReadBackup;
  try {
    await refuseKeyChange({ store, seal });
    await onDisk(path, rm(part, { force: true }));
    const isMarked = await write(config, store, part, head, signal);
    if (!isMarked)
      say(
        'The bot that runs has not marked this backup: a restore of it may bring back who leaves in these seconds. Make another one.',
      );
    await refuseKeyChange({ store, seal });
    trial = await readBackup(part, seal, signal);
    await onDisk(path, rename(part, path));
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw signal.aborted ? stopped() : troubleOf(store, error);
  }
  const { first, end } = await recordBlocks({ store });
  if (end === first)
    say(
      `No chat is stored in ${dataAt(config)}: a bot that has readers runs with another DATA_DIR or REDIS_URL.`,
    );
  say(
    `${path}: ${trial.commands} steps, opened for a trial. It holds who reads; without DATA_KEY it names nobody.`,
  );
  if (config.formerBot)
    say('What the lost bot left (FORMER_BOT) is not in it: keep its last own backup too.');
}

/** The key, `.env` or the journal would be gone. An older backup, also one cut short, and an empty file may be written over. */
async function refuseOther(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (!there || (there.isFile() && (there.size === 0 || (await isBackup(path))))) return;
  throw new PozirkError(
    'config.invalid',
    `${path} is there and is no backup: give another name; nothing was changed`,
  );
}

async function isBackup(path: string): Promise<boolean> {
  try {
    for await (const command of backupCommands(path)) return headOf(command) !== undefined;
  } catch {
    // Something else, or a file that this user may not read.
  }
  return false;
}

/** A copy made meanwhile lies under two keys, of which the older one is soon gone. */
async function refuseKeyChange({ store, seal }: Shelf): Promise<void> {
  if ((await neededProofs(store)).join() === seal.proofs.now) return;
  throw new PozirkError(
    'config.invalid',
    'the key is being changed: make the backup when rotate-key has ended; nothing was changed',
  );
}

/** Writes `part`: a head, all that lasts, the checksum of everything before it. False: the bot that runs has not marked it. */
async function write(
  config: Config,
  store: Store,
  part: string,
  head: BackupHead,
  signal: AbortSignal,
): Promise<boolean> {
  await using file = await onDisk(part, open(part, 'wx', 0o600));
  const isMarked = await markIn(config, store, head, signal);
  const hash = createHash('sha256');
  const put = async (commands: readonly RedisCommand[]) => {
    signal.throwIfAborted();
    const bytes = Buffer.concat(commands.map(encodeCommand));
    hash.update(bytes);
    await onDisk(part, file.appendFile(bytes));
  };
  const wanted = (key: string) => isLasting(key, store.botId);
  await put([[HEAD, JSON.stringify(head)]]);
  for (const pattern of [everyKey(store.botId), newsKeys.schema.replace(/schema$/, '*')]) {
    for await (const commands of copyKeys(store, pattern, () => realClock.now(), wanted)) await put(commands);
  }
  await onDisk(part, file.appendFile(encodeCommand([HEAD, hash.digest('hex')])));
  await file.sync().catch(() => undefined);
  return isMarked;
}

const stopped = (): PozirkError => new PozirkError('config.invalid', 'stopped as asked; nothing was changed');

/** A step on the file, whose error is told in a line. */
const onDisk = <T>(path: string, step: Promise<T>): Promise<T> =>
  step.catch((error: unknown) => {
    const why = `${path} cannot be written (${codeOf(error)}); nothing was changed`;
    throw new PozirkError('config.invalid', why);
  });

/** Longest wait for the mark of whoever serves, ms: it looks once a second. */
const MARK_MS = 3 * SECOND;

/** A reader who leaves from now on is noted behind the mark of this backup, here and by whoever serves on another machine; false: nobody knows. */
async function markIn(
  config: Config,
  store: Store,
  { id, at }: BackupHead,
  signal: AbortSignal,
): Promise<boolean> {
  const isServed = await leaseHeld(store, 'owner');
  const fence = isServed ? undefined : await lastFence(store, 'owner');
  const path = findJournal(config.journal);
  try {
    markBackup(path, id, at, fence);
  } catch (error) {
    throw new PozirkError(
      'config.invalid',
      `${path} cannot be written (${codeOf(error)}), so nobody would note who leaves: no backup was made`,
    );
  }
  await noteBackup(store, id, at, TOLD_BACKUPS);
  const until = performance.now() + MARK_MS;
  while (isServed && !signal.aborted && !(await isConfirmed(store, id))) {
    if (performance.now() > until) return false;
    await realClock.sleep(SECOND / 10, signal);
  }
  return true;
}

/** A backup that is whole and under a key of ours. */
export interface ReadBackup extends BackupHead {
  readonly commands: number;
}

/** Reads a backup to its end. Throws `store.corrupt` where it is not whole, `store.wrong_key` where no key of ours opens it. */
export async function readBackup(path: string, seal: Seal, signal: AbortSignal): Promise<ReadBackup> {
  const broken = (what: string) => new PozirkError('store.corrupt', `${path}: ${what}; nothing was changed`);
  const hash = createHash('sha256');
  let [commands, last, proof]: [number, Buffer[] | undefined, string] = [0, undefined, ''];
  let head: BackupHead | undefined;
  const unreadable = (error: unknown) =>
    broken(
      error instanceof PozirkError
        ? `is damaged or not whole: ${error.message}`
        : `cannot be read (${codeOf(error)})`,
    );
  for await (const command of backupCommands(path, unreadable)) {
    if (signal.aborted) throw stopped();
    if (last) hash.update(encodeCommand(last));
    last = command;
    commands += 1;
    if (commands === 1) head = headOf(command);
    if (!head) throw broken('is not a backup');
    if (command[1]?.toString() === everyKey(head.botId).replace('*', 'proof'))
      proof = command[2]?.toString() ?? '';
  }
  if (!head || last?.[0]?.toString() !== HEAD || last[1]?.toString() !== hash.digest('hex'))
    throw broken('is damaged or not whole: its checksum is another');
  // None where no bot has ever run.
  if (proof !== '' && !hasKeys(seal, proof.split(' ')))
    throw new PozirkError('store.wrong_key', `${path} is sealed under another DATA_KEY; nothing was changed`);
  return { ...head, commands };
}

/** @param unreadable what is thrown in the place of an error of the file. */
export async function* backupCommands(
  path: string,
  unreadable: (error: unknown) => unknown = (error) => error,
): AsyncGenerator<Buffer[]> {
  try {
    yield* decodeCommands(createReadStream(path, { highWaterMark: 1 << 20 }));
  } catch (error) {
    throw unreadable(error);
  }
}

function headOf([name, json]: readonly Buffer[]): BackupHead | undefined {
  if (name?.toString() !== HEAD || !json) return undefined;
  try {
    const head = JSON.parse(json.toString()) as BackupHead;
    return head.kind === 'pozirk-backup' ? head : undefined;
  } catch {
    return undefined;
  }
}
