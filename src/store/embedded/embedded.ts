/** The `redis-server` (or Valkey’s) that the bot starts for itself where no `REDIS_URL` is set, and that ends with it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PozirkError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { realClock, SECOND } from '../../time.ts';
import { claimFolder, clearLeftovers, endOrphan, type Socket, socketIn } from './folder.ts';
import { needsRepair, repairLog } from './repair.ts';
import { ping } from './ping.ts';
import { type Family, installedFamily } from './program.ts';

/** Redis writes what is left and goes within some tens of ms; one that hangs is ended by force after this. */
const STOP_MS = 4 * SECOND;
const LONGEST_RESTART_PAUSE_MS = 5 * SECOND;
/** A copy that it was writing when it ended may hold its pipes open. */
const LAST_WORDS_MS = SECOND;

export interface EmbeddedOptions {
  /** Where the data lies; created with mode 0700. */
  readonly folder: string;
  readonly log: Logger;
  /** Gives up starting. To end a running server call `stop`: a process that ends later without that leaves it no time. */
  readonly signal?: AbortSignal;
}

export interface Embedded {
  /** `unix:` and the path of the server's socket. */
  readonly url: string;
  /** Ends the server, with everything written, within a few seconds; then the folder is free for another process. */
  stop(): Promise<void>;
}

/**
 * Starts a server on the data in `folder` and keeps it running: one that dies is started again. It listens on a socket in
 * the folder and on no port, and writes every change to its append-only file within a second. It dies with this process;
 * what an earlier process left behind is ended first, and a damaged end of the append-only file is cut off.
 * Throws `store.already_running`, `store.no_server`, `store.refused`.
 */
export async function startEmbedded({ folder, log, signal }: EmbeddedOptions): Promise<Embedded> {
  const family = installedFamily();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const claim = await claimFolder(folder);
  const socket = socketIn(folder);
  try {
    await endOrphan(folder, socket.path, log);
    const place = { family, folder, socket };
    const server = await launchOrRepair(place, log, signal);
    const keeper = keepRunning(server, (quit) => launchOrRepair(place, log, quit), log, signal);
    return {
      url: `unix:${socket.path}`,
      async stop() {
        await keeper.stop();
        socket.forget();
        await claim.release();
      },
    };
  } catch (error) {
    socket.forget();
    await claim.release();
    throw error;
  }
}

/** The server of a running bot on `folder`, else one of our own until `stop` is called. */
export async function borrowEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const running = await findEmbedded(options.folder);
  return running === undefined ? startEmbedded(options) : { url: running, stop: () => Promise.resolve() };
}

/** Where the server of a running bot on `folder` listens; undefined: none answers. */
export async function findEmbedded(folder: string): Promise<string | undefined> {
  const { path } = socketIn(folder);
  return (await ping(path)) === 'ready' ? `unix:${path}` : undefined;
}

/** Starts the server again, sooner or later, whenever it ends without being asked. */
function keepRunning(
  first: ChildProcess,
  launch: (quit: AbortSignal) => Promise<ChildProcess>,
  log: Logger,
  signal: AbortSignal | undefined,
) {
  let server = first;
  let reviving = Promise.resolve();
  const quit = new AbortController();
  // The last resort where nobody calls `stop`, as in a crash. One that has kept us from stopping in time hangs.
  const endWithUs = () => void server.kill(signal?.aborted ? 'SIGKILL' : 'SIGTERM');
  process.once('exit', endWithUs);
  const watch = (child: ChildProcess) => {
    server = child;
    const again = () => void (reviving = revive());
    if (hasEnded(child)) again();
    else child.once('exit', again);
  };
  const revive = async () => {
    for (let pause = 50; !quit.signal.aborted; pause = Math.min(pause * 2, LONGEST_RESTART_PAUSE_MS)) {
      log.error({ ms: pause }, 'redis-server ended by itself, starting it again');
      await realClock.sleep(pause, quit.signal);
      if (quit.signal.aborted) return;
      try {
        return watch(await launch(quit.signal));
      } catch (err) {
        if (!quit.signal.aborted) log.error({ err }, 'redis-server does not start');
      }
    }
  };
  watch(first);
  return {
    /** Also one that is just being started again. */
    async stop() {
      quit.abort();
      await reviving;
      await end(server);
      process.removeListener('exit', endWithUs);
    },
  };
}

interface Place {
  readonly family: Family;
  readonly folder: string;
  readonly socket: Socket;
}

/** Call it only with no server at work in the folder. */
async function launchOrRepair(place: Place, log: Logger, signal?: AbortSignal): Promise<ChildProcess> {
  const { family, folder } = place;
  clearLeftovers(folder);
  let result = await launch(place, log, signal);
  if (result.kind === 'ended' && needsRepair(result.lastWords) && repairLog(family, folder, log)) {
    result = await launch(place, log, signal);
  }
  if (result.kind === 'running') return result.child;
  const why = result.lastWords.at(-1) ?? 'without a word';
  throw new PozirkError('store.no_server', `redis-server ended while starting on ${folder}: ${why}`);
}

type Launch =
  | { readonly kind: 'running'; readonly child: ChildProcess }
  | { readonly kind: 'ended'; readonly lastWords: readonly string[] };

/** The beginning of a line of Redis before its words: process, time, weight. */
const STAMP = /^\d+:\w .*?\d\d\.\d{3} . /;
/** Lines of its highest weight that are about a trouble; the others tell of its start and end. */
const TROUBLE = /\d\.\d{3} # .*(?:warning|error|fail|can't|cannot|unable|denied|no space|out of memory)/i;

/** One try: resolves when the server answers (however long it loads) or has ended. */
async function launch({ family, folder, socket }: Place, log: Logger, signal?: AbortSignal): Promise<Launch> {
  const [command = '', ...args] = [...dyingWithUs(), `${family}-server`, ...FLAGS];
  // A group of its own: Ctrl-C reaches the whole group of the terminal, and the bot still has things to write.
  // And an environment of its own: ours may hold the token and the key.
  const env = { PATH: process.env['PATH'] ?? '', TZ: 'UTC' };
  const child = spawn(command, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise((resolve) => void child.once('close', resolve));
  const lastWords: string[] = [];
  const hear = (line: string) => {
    if (TROUBLE.test(line)) log.warn({ said: line.replace(STAMP, '') }, 'redis-server');
    else log.trace({ said: line }, 'redis-server');
    if (line.trim() !== '') lastWords.push(line.replace(STAMP, ''));
    if (lastWords.length > 20) lastWords.shift();
  };
  if (child.stdout) createInterface(child.stdout).on('line', hear);
  if (child.stderr) createInterface(child.stderr).on('line', hear);
  child.on('error', (error) => hear(error.message));
  const started = performance.now();
  for (let warned = false; !hasEnded(child) && child.pid !== undefined; ) {
    if (signal?.aborted) {
      await end(child);
      return { kind: 'ended', lastWords: ['stopped while starting'] };
    }
    const state = await ping(socket.path);
    if (state === 'ready' && !hasEnded(child)) return { kind: 'running', child };
    if (!warned && performance.now() - started > 5 * SECOND) {
      warned = true;
      log.info('redis-server is still loading its data');
    }
    await realClock.sleep(10);
  }
  // It may be known to have ended before its last line is read.
  await Promise.race([closed, realClock.sleep(LAST_WORDS_MS)]);
  return { kind: 'ended', lastWords };
}

/** Append-only, on a socket only, silent about what it holds: a crash report would print records, a log of slow commands slots with their second. */
const FLAGS: readonly string[] = [
  ['--port', '0', '--unixsocket', 'redis.sock', '--unixsocketperm', '700', '--pidfile', 'redis.pid'],
  ['--appendonly', 'yes', '--appendfsync', 'everysec', '--aof-load-truncated', 'yes', '--save', ''],
  ['--crash-log-enabled', 'no', '--crash-memcheck-enabled', 'no', '--daemonize', 'no'],
  ['--slowlog-log-slower-than', '-1'],
].flat();

let wrapper: readonly string[] | undefined;

/** Prefix of a command by which the kernel ends it when this process dies; empty where there is none. */
function dyingWithUs(): readonly string[] {
  const setpriv = ['setpriv', '--pdeathsig', 'TERM'];
  wrapper ??= spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0 ? setpriv : [];
  return wrapper;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(force);
}
