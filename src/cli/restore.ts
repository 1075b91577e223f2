/** `npm start -- restore FILE`: brings a backup back. Nothing of it is shown again, and who left since stays away. */
import { type Config, dataAt } from '../config/config.ts';
import { PozirkError } from '../errors.ts';
import { keepJournal, type Left, leftSince } from '../journal.ts';
import { findJournal, type JournalPlace, partsOf } from '../journal-place.ts';
import type { Logger } from '../log.ts';
import { pasteCommands } from '../store/copy.ts';
import { everyKey, newsKeys } from '../store/keys.ts';
import { lastFence, leaseHeld } from '../store/lease.ts';
import { troubleOf } from '../store/redis.ts';
import type { RedisCommand } from '../store/resp.ts';
import { isLasting, settleRestored } from '../store/restore.ts';
import { keysLike } from '../store/scan.ts';
import { beginRestore, endRestore, migrate, RESTORE_AGAIN } from '../store/schema.ts';
import type { Shelf } from '../store/shelf.ts';
import { MINUTE, realClock, utcMinute } from '../time.ts';
import { askYes } from './ask.ts';
import { backupCommands, readBackup, type ReadBackup } from './backup.ts';
import { sealOf, storeOf, type Terminal } from './open-store.ts';

/** Bytes that are on their way to Redis at once. */
const AT_ONCE_BYTES = 4_000_000;
/** The journal is told this often at least that the bot lives. */
const BEAT_MS = MINUTE;

/** Puts a question to whoever is at the terminal; whether they said yes. */
type Ask = (question: string) => Promise<boolean>;
type RestoreOptions = Terminal & { readonly ask?: Ask };

/** @throws PozirkError where the file, the key, a running bot or data that are there stand against it */
export async function restore(
  config: Config,
  log: Logger,
  path: string,
  { signal, say, ask = askYes }: RestoreOptions,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const seal = sealOf(config);
  const backup = await readBackup(path, seal, signal);
  if (backup.botId !== config.botId)
    throw new PozirkError(
      'config.invalid',
      `${path} is of another bot: its token begins with ${backup.botId}`,
    );
  const store = await storeOf(config, log, stack, signal);
  const shelf = { store, seal };
  try {
    await refuseWhereInUse(shelf);
    const left = await whoLeft(config.journal, backup, ask);
    await beginRestore(shelf);
    const chats = await bringAllBack(shelf, path, left, signal).catch(cutShort);
    keepJournal(config.journal, backup.id, left, await lastFence(store, 'owner'));
    say(
      `${chats} chats are back; ${left.forgot.size} that were forgotten since stay forgotten, as far as the journal reaches: ${utcMinute(left.aliveAt)}. They lie in ${dataAt(config)}. Start the bot, then make a new backup.`,
    );
  } catch (error) {
    throw troubleOf(store, error);
  }
}

/** From here on something is changed. Answers how many chats there are. */
async function bringAllBack(shelf: Shelf, path: string, left: Left, signal: AbortSignal): Promise<number> {
  const hasNews = await hasKeys(shelf, newsKeys.newest('*' as never));
  await bringBack(shelf, path, hasNews);
  for (const side of ['news', 'bot'] as const) await migrate(shelf, side, signal);
  signal.throwIfAborted();
  const now = realClock.now();
  const chats = await settleRestored(shelf, left, Math.min(left.aliveAt + BEAT_MS, now), now);
  await endRestore(shelf);
  return chats;
}

function cutShort(error: unknown): never {
  const why = error instanceof Error ? error.message : 'unknown reason';
  throw new PozirkError('store.half', `the restore was cut short (${why}): ${RESTORE_AGAIN}`);
}

/** Two sets of data in one Redis would be neither. */
async function refuseWhereInUse(shelf: Shelf): Promise<void> {
  if (await leaseHeld(shelf.store, 'owner'))
    throw new PozirkError('store.already_running', 'the bot runs: stop it first; nothing was changed');
  if (await hasKeys(shelf, everyKey(shelf.store.botId)))
    throw new PozirkError(
      'store.already_running',
      'this Redis has data of the bot: move DATA_DIR/redis away, or empty the database; nothing was changed',
    );
}

async function hasKeys({ store }: Shelf, pattern: string): Promise<boolean> {
  for await (const _ of keysLike(store, pattern)) return true;
  return false;
}

/** The readers who left since the backup. Where some of them may be missing, and so would be back, a person has to say that this is right. */
async function whoLeft(place: JournalPlace, backup: ReadBackup, ask: Ask): Promise<Left> {
  const [found, none] = [leftSince(partsOf(place), backup.id), new Set<number>()];
  // The mark itself is as good as a beat: a bot that was never started has noted nobody.
  const left: Left = found
    ? { ...found, aliveAt: Math.max(found.aliveAt, backup.at) }
    : { forgot: none, left: none, disowned: none, aliveAt: realClock.now(), hasGap: true };
  const doubt = found ? doubtOf(left) : 'does not know this backup: whoever left since it was made';
  const path = findJournal(place);
  const question = `${path} ${doubt} with /forget or /unsubscribe will be back among the readers. Go on? [yes/no] `;
  if (doubt !== undefined && !(await ask(question)))
    throw new PozirkError(
      'config.invalid',
      `nothing was changed: put the journal as the bot left it at ${path}, or answer yes`,
    );
  return left;
}

/** A journal that ends longer ago than this may be an old copy, ms. */
const STALE_MS = 10 * MINUTE;

/** In words for `whoLeft`; undefined: nobody can be missing. */
function doubtOf({ aliveAt, hasGap }: Left): string | undefined {
  if (realClock.now() - aliveAt > STALE_MS)
    return `reaches to ${utcMinute(aliveAt)} only: if the bot ran after that, whoever left then`;
  if (hasGap) return 'was not kept all the time: whoever left while another machine kept it, or nobody did,';
  return undefined;
}

/** Stores what lasts of a backup; the news only where there are none, because other bots may be using them. */
async function bringBack({ store }: Shelf, path: string, hasNews: boolean): Promise<void> {
  const own = everyKey(store.botId).slice(0, -1);
  let [waiting, bytes]: [RedisCommand[], number] = [[], 0];
  const flush = async () => {
    await pasteCommands(store, waiting);
    [waiting, bytes] = [[], 0];
  };
  for await (const command of backupCommands(path)) {
    const key = command[1]?.toString() ?? '';
    if (!isLasting(key, store.botId) || (hasNews && !key.startsWith(own))) continue;
    waiting.push(command);
    bytes += command.reduce((sum, word) => sum + word.length, 0);
    if (bytes > AT_ONCE_BYTES) await flush();
  }
  await flush();
}
