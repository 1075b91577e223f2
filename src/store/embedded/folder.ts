/** The folder of the embedded store: one process at a time, a socket that can be reached, no server left from before. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { errorCode, PozirkError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { realClock, SECOND } from '../../time.ts';
import { ping } from './ping.ts';

/** A socket's path must fit into 108 bytes with its end mark (Linux), 104 elsewhere. */
const LONGEST_SOCKET_PATH = 100;

/** Claims `folder` for this process by a listening socket, which ends with it however that ends. Throws `store.already_running`. */
export async function claimFolder(folder: string) {
  const real = realpathSync(folder);
  const digest = createHash('sha256').update(real).digest('hex').slice(0, 32);
  const server = createServer((visitor) => visitor.destroy());
  const taken =
    process.platform === 'linux'
      ? // A name without a file, which the kernel forgets with its owner.
        !(await listens(server, `\0pozirk-${digest}`))
      : !(await claimFile(server, join(tmpdir(), `pozirk-${digest}.sock`)));
  if (taken) {
    throw new PozirkError(
      'store.already_running',
      `a bot is already running on ${folder}; stop it first, or give this one a DATA_DIR of its own`,
    );
  }
  server.unref();
  return { release: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

/** Claims a file, where one that nobody listens on is left from before. */
async function claimFile(server: Server, path: string): Promise<boolean> {
  if (await listens(server, path)) return true;
  if (await someoneListens(path)) return false;
  rmSync(path, { force: true });
  return listens(server, path);
}

/** False: somebody else does. */
async function listens(server: Server, path: string): Promise<boolean> {
  try {
    await once(server.listen(path), 'listening');
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EADDRINUSE') throw error;
    return false;
  }
}

function someoneListens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export interface Socket {
  /** A path to the server's socket that is short enough to connect to. */
  readonly path: string;
  /** Removes what made the path short. */
  forget(): void;
}

/** The socket `redis.sock` in `folder`, by a shorter way where its path is too long. */
export function socketIn(folder: string): Socket {
  const direct = join(folder, 'redis.sock');
  const near = relative(process.cwd(), direct);
  const short = [direct, near].find((path) => Buffer.byteLength(path) <= LONGEST_SOCKET_PATH);
  if (short !== undefined) return { path: short, forget: () => undefined };
  const stand = mkdtempSync(join(tmpdir(), 'pozirk-'));
  symlinkSync(folder, join(stand, 'd'));
  return {
    path: join(stand, 'd', 'redis.sock'),
    forget: () => rmSync(stand, { recursive: true, force: true }),
  };
}

/** Ends a server that a dead process left on `folder`; it may be on its way out already. Call it only with the folder claimed. */
export async function endOrphan(folder: string, socketPath: string, log: Logger): Promise<void> {
  const pid = await orphanIn(folder, socketPath);
  if (pid === undefined) return;
  log.warn('ending the redis-server that an earlier process left behind');
  for (const [signal, patienceMs] of [
    ['SIGTERM', 4 * SECOND],
    ['SIGKILL', 2 * SECOND],
  ] as const) {
    if (!tell(pid, signal)) return;
    for (const until = performance.now() + patienceMs; performance.now() < until; ) {
      // Not a signal 0: it also reaches a process that has ended and that nobody has collected yet.
      if ((await orphanIn(folder, socketPath)) === undefined) return;
      await realClock.sleep(10);
    }
  }
  throw new PozirkError('store.no_server', `a redis-server on ${folder} does not end`);
}

/** Removes copies that a cut rewrite left: nobody would rewrite them when somebody is forgotten. Only with no server in the folder. */
export function clearLeftovers(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true }).map(String))
    if (/^temp-.*\.(aof|rdb)$/.test(basename(name))) rmSync(join(folder, name), { force: true });
}

/** The process id of a server at work in `folder`, from its own note, believed only where the process fits it. */
async function orphanIn(folder: string, socketPath: string): Promise<number | undefined> {
  const pid = readPid(join(folder, 'redis.pid'));
  if (pid === undefined) return undefined;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder) ? pid : undefined;
  } catch {
    return (await ping(socketPath)) === 'absent' ? undefined : pid;
  }
}

function readPid(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** False: there is no such process. */
function tell(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
