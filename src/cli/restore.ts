/** `npm start -- restore FILE`: brings a backup back. Nothing of it is shown again, and who left since stays away. */
import type { Config } from '../config/config.ts';
import { PozirkError } from '../errors.ts';
import { forgetJournal, type Left, leftSince } from '../journal.ts';
import type { Logger } from '../log.ts';
import { pasteCommands } from '../store/copy.ts';
import { everyKey, newsKeys } from '../store/keys.ts';
import { leaseHeld } from '../store/lease.ts';
import type { Command } from '../store/resp.ts';
import { isLasting, settleRestored } from '../store/restore.ts';
import { keysLike } from '../store/scan.ts';
import { migrate } from '../store/schema.ts';
import type { Shelf } from '../store/subscribers.ts';
import { MINUTE, realClock } from '../time.ts';
import { askYes } from './ask.ts';
import { backupCommands, readBackup, type BackupOptions } from './backup.ts';
import { sealOf, storeOf, troubleOf } from './open-store.ts';

/** Bytes that are on their way to Redis at once. */
const AT_ONCE_BYTES = 4_000_000;
/** The journal's file is touched this often at least while the bot lives. */
const BEAT_MS = MINUTE;

/** @throws PozirkError where the file, the key, a running bot or data that are there stand against it */
export async function restore(
  config: Config,
  log: Logger,
  path: string,
  { signal, say }: BackupOptions,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const seal = sealOf(config);
  const backup = await readBackup(path, [seal.proof, seal.previousProof ?? '', seal.nextProof ?? '']);
  if (backup.botId !== config.botId)
    throw new PozirkError(
      'config.invalid',
      `${path} is of another bot: its token begins with ${backup.botId}`,
    );
  const store = await storeOf(config, log, stack, signal);
  const shelf = { store, seal };
  try {
    await refuseWhereInUse(shelf);
    const left = leftSince(config.journal, backup.id) ?? (await withoutJournal(config.journal));
    const hasNews = await hasKeys(shelf, newsKeys.newest('*' as never));
    await bringBack(shelf, path, hasNews);
    for (const side of ['news', 'bot'] as const) await migrate(shelf, side, signal);
    const now = realClock.now();
    const chats = await settleRestored(shelf, left, Math.min(left.aliveAt + BEAT_MS, now), now);
    forgetJournal(config.journal);
    say(
      `${chats} chats are back; ${left.forgot.size} that were forgotten since stay forgotten. Start the bot, then make a new backup.`,
    );
  } catch (error) {
    throw troubleOf(store, error);
  }
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

/** Without the journal who forgot since would be back, so a person has to say that this is right. */
async function withoutJournal(path: string): Promise<Left> {
  const isMeant = await askYes(
    `${path} does not know this backup: whoever used /forget or /unsubscribe since it was made will be back among the readers. Go on? [yes/no] `,
  );
  if (!isMeant)
    throw new PozirkError(
      'config.invalid',
      `nothing was changed: put the journal back at ${path}, or answer yes`,
    );
  return { forgot: new Set(), left: new Set(), aliveAt: realClock.now() };
}

/** Stores what lasts of a backup; the news only where there are none, because other bots may be using them. */
async function bringBack({ store }: Shelf, path: string, hasNews: boolean): Promise<void> {
  const own = everyKey(store.botId).slice(0, -1);
  let [waiting, bytes]: [Command[], number] = [[], 0];
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
