/** Redis as several servers on this machine: a master with its replica under three Sentinels, and a Cluster of six. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './process.ts';
import { CLIENT, DYING_WITH_US, freePort, SERVER } from './redis.ts';

export interface RedisGroup {
  /** As `REDIS_URL` names it. */
  readonly url: string;
  /** Port of the server that holds `key` as master now. */
  masterOf(key: string): Promise<number>;
  /** Kills (or stops for good) the master of `key`; answers once another one has its place. */
  failOver(key: string): Promise<void>;
  /** Kills the master of `key` and starts it again at once, before anybody succeeds it; answers once it is linked again. */
  restart(key: string): Promise<void>;
  /** The disk of the master of `key` has no room, until the answer is called; where the system has `prlimit` it really has not. */
  fillDisk(key: string): Promise<() => void>;
  /** Gives a command to every server that is up. */
  tell(words: readonly string[]): Promise<void>;
  /** Starts again what was killed; answers once it is a replica that has everything. */
  mend(): Promise<void>;
  stop(): Promise<void>;
}

/** A master with its replicas under Sentinels. */
export interface SentinelGroup extends RedisGroup {
  /** Has the Sentinels put a replica in the place of a master that is well; answers once it is there. */
  replace(): Promise<void>;
}

/** A master that does not answer for so long is succeeded, ms. */
const DEAD_AFTER_MS = 1000;

interface Server {
  readonly port: number;
  readonly folder: string;
  readonly args: readonly string[];
  readonly password: string;
  process: ChildProcess;
}

const isUp = ({ process }: Server): boolean => process.exitCode === null && process.signalCode === null;

/** A server outlives that the system does not let it write any further: it says so as of a full disk. */
const OUTLIVING = ['sh', '-c', 'trap "" XFSZ; exec "$@"', 'sh'];

function run(args: readonly string[], cwd: string): ChildProcess {
  const words: readonly string[] = [...DYING_WITH_US, ...OUTLIVING, SERVER, ...args];
  return spawn(words[0] ?? '', words.slice(1), { stdio: 'ignore', cwd });
}

async function startServer(
  root: string,
  port: number,
  password: string,
  ...lines: readonly string[]
): Promise<Server> {
  const folder = join(root, String(port));
  mkdirSync(folder);
  // Sentinels rewrite the file when another one is master, so who is started again knows its place.
  const file = join(folder, 'redis.conf');
  const own = [`port ${port}`, `dir ${folder}`, 'save ""', 'appendonly yes', ...lines];
  writeFileSync(file, `${own.join('\n')}\n`);
  // They rewrite all of it, also what a test has set for a while: but for who follows whom each start begins as the first.
  const steady = [...lines, 'maxmemory 0'].filter((line) => !line.startsWith('replicaof'));
  const args = [file, ...steady.flatMap((line) => `--${line}`.split(' '))];
  const server = { port, folder, args, password, process: run(args, folder) };
  await eventually(async () => (await ask(server, (redis) => redis.ping())) === 'PONG');
  return server;
}

/** Asks one server; undefined: it does not answer. */
async function ask<T>(
  { port, password }: Pick<Server, 'port' | 'password'>,
  question: (redis: Redis) => Promise<T>,
): Promise<T | undefined> {
  const login = password ? { password } : {};
  const redis = new Redis({ port, ...login, retryStrategy: () => null, commandTimeout: 1000 });
  redis.on('error', () => undefined);
  try {
    return await question(redis);
  } catch {
    return undefined;
  } finally {
    redis.disconnect();
  }
}

async function ports(count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) found.push(await freePort());
  return found;
}

async function kill(server: Server): Promise<void> {
  if (!isUp(server)) return;
  server.process.kill('SIGKILL');
  await once(server.process, 'exit');
}

const replication = async (server: Server): Promise<string> =>
  (await ask(server, (redis) => redis.info('replication'))) ?? '';

const isLinkedReplica = async (server: Server): Promise<boolean> =>
  /role:slave[^]*master_link_status:up/.test(await replication(server));

/** A server that comes back may be made the master again at once. */
const isLinked = async (server: Server): Promise<boolean> =>
  /role:master[^]*connected_slaves:[1-9]/.test(await replication(server)) || isLinkedReplica(server);

/** A busy machine links a server again within, ms. */
const MOST_LINKING_MS = 60_000;

function group(
  root: string,
  servers: readonly Server[],
  sentinels: readonly Server[],
  masterOf: RedisGroup['masterOf'],
  url: string,
): RedisGroup {
  return {
    url,
    masterOf,
    async failOver(key) {
      const dead = await masterOf(key);
      const server = servers.find(({ port }) => port === dead);
      if (server) await kill(server);
      await eventually(async () => {
        const port = await masterOf(key).catch(() => dead);
        const heir = servers.find((one) => one.port === port && port !== dead);
        return heir !== undefined && /role:master/.test(await replication(heir));
      });
    },
    async restart(key) {
      const port = await masterOf(key);
      const server = servers.find((one) => one.port === port);
      if (!server) return;
      await kill(server);
      server.process = run(server.args, server.folder);
      await eventually(() => isLinked(server), MOST_LINKING_MS);
    },
    async fillDisk(key) {
      const port = await masterOf(key);
      const { pid } = servers.find((one) => one.port === port)?.process ?? {};
      // The soft limit alone, which can be raised again.
      const limit = (bytes: string) => spawnSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`]);
      limit('1');
      return () => void limit('unlimited');
    },
    async tell([command = '', ...words]) {
      const told = async (one: Server) =>
        !isUp(one) || (await ask(one, (redis) => redis.call(command, ...words))) !== undefined;
      await Promise.all(servers.map((one) => eventually(() => told(one))));
    },
    async mend() {
      for (const server of servers) {
        if (isUp(server)) continue;
        server.process = run(server.args, server.folder);
        // One that is ended again meanwhile is for who ended it.
        await eventually(async () => !isUp(server) || (await isLinked(server)), MOST_LINKING_MS);
      }
    },
    async stop() {
      await Promise.all([...servers, ...sentinels].map(kill));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const NAME = 'pozirk';

/**
 * A master, its replicas, three Sentinels; all with `password` where it is given. With more than one replica as the
 * documentation has it: a master that no replica follows takes nothing.
 */
export async function startSentinels({
  password = '',
  replicas = 1,
  logs = '',
}: {
  readonly password?: string;
  readonly replicas?: number;
  /** Folder for what the servers and Sentinels say. */
  readonly logs?: string | undefined;
} = {}): Promise<SentinelGroup> {
  const root = mkdtempSync(join(tmpdir(), 'pozirk-sentinels-'));
  const all = await ports(1 + replicas + 3);
  const [first = 0, ...others] = all.slice(0, -3);
  const rest = all.slice(-3);
  const logged = (port: number) => (logs ? [`logfile ${join(resolve(logs), `redis-${port}.log`)}`] : []);
  const lines = [
    ...(password ? [`requirepass ${password}`, `masterauth ${password}`] : []),
    ...(replicas > 1 ? ['min-replicas-to-write 1', 'repl-diskless-sync-delay 0'] : []),
  ];
  const master = await startServer(root, first, password, ...lines, ...logged(first));
  const following = await Promise.all(
    others.map((port) =>
      startServer(root, port, password, ...lines, ...logged(port), `replicaof 127.0.0.1 ${first}`),
    ),
  );
  await eventually(async () => (await Promise.all(following.map(isLinkedReplica))).every(Boolean));
  const sentinels = rest.map((port) => startSentinel(root, port, first, password, logged(port)));
  const told = (one: Server, ...words: string[]) =>
    ask(one, async (redis) => (await redis.call('SENTINEL', ...words)) as string[]);
  // Before they know of each other and of the replica they cannot agree.
  const know = async (one: Server) => {
    const facts = (await told(one, 'MASTER', NAME)) ?? [];
    const of = (name: string) => facts[facts.indexOf(name) + 1];
    return of('num-other-sentinels') === '2' && of('num-slaves') === String(replicas);
  };
  await eventually(async () => (await Promise.all(sentinels.map(know))).every(Boolean), 30_000);
  const masterOf = async () => {
    let port: number | undefined;
    // On a busy machine all three may take longer than one question waits.
    await eventually(async () => {
      for (const one of sentinels) {
        const address = await told(one, 'GET-MASTER-ADDR-BY-NAME', NAME);
        if (address) port = Number(address[1]);
        if (port !== undefined) return true;
      }
      return false;
    });
    return port ?? 0;
  };
  const login = password ? `:${password}@` : '';
  const url = `redis-sentinel://${login}${rest.map((port) => `127.0.0.1:${port}`).join(',')}#${NAME}`;
  return {
    ...group(root, [master, ...following], sentinels, masterOf, url),
    async replace() {
      const former = await masterOf();
      // While they still finish with an earlier one, or know of no replica that is well, they refuse.
      const isTold = async () => (await told(sentinels[0] ?? master, 'FAILOVER', NAME)) !== undefined;
      await eventually(isTold, MOST_LINKING_MS);
      await eventually(async () => (await masterOf()) !== former, MOST_LINKING_MS);
    },
  };
}

function startSentinel(
  root: string,
  port: number,
  master: number,
  password: string,
  logged: readonly string[],
): Server {
  const folder = join(root, String(port));
  mkdirSync(folder);
  const lines = [
    `port ${port}`,
    `dir ${folder}`,
    `sentinel monitor ${NAME} 127.0.0.1 ${master} 2`,
    `sentinel down-after-milliseconds ${NAME} ${DEAD_AFTER_MS}`,
    `sentinel failover-timeout ${NAME} 5000`,
    ...(password ? [`sentinel auth-pass ${NAME} ${password}`, `requirepass ${password}`] : []),
    ...logged,
    ...(password ? [`sentinel sentinel-pass ${password}`] : []),
  ];
  writeFileSync(join(folder, 'sentinel.conf'), `${lines.join('\n')}\n`);
  const args = [join(folder, 'sentinel.conf'), '--sentinel'];
  return { port, folder, args, password, process: run(args, folder) };
}

/** Three masters with a replica each. */
export async function startCluster(): Promise<RedisGroup> {
  const root = mkdtempSync(join(tmpdir(), 'pozirk-cluster-'));
  const all = await ports(6);
  const flags = ['cluster-enabled yes', `cluster-node-timeout ${DEAD_AFTER_MS}`];
  const servers = await Promise.all(all.map((port) => startServer(root, port, '', ...flags)));
  const nodes = all.map((port) => `127.0.0.1:${port}`);
  const made = spawnSync(
    CLIENT,
    ['--cluster', 'create', ...nodes, '--cluster-replicas', '1', '--cluster-yes'],
    { encoding: 'utf8', timeout: 30_000 },
  );
  if (made.status !== 0) throw new Error(`redis-cli --cluster create: ${made.stdout}${made.stderr}`);
  const isWell = async (server: Server) =>
    /cluster_state:ok/.test(String(await ask(server, (redis) => redis.call('CLUSTER', 'INFO'))));
  await eventually(async () => (await Promise.all(servers.map(isWell))).every(Boolean), 30_000);
  await eventually(
    async () => (await Promise.all(servers.map(isLinkedReplica))).filter(Boolean).length === 3,
    30_000,
  );
  const masterOf = async (key: string): Promise<number> => {
    for (const server of servers.filter(isUp)) {
      const port = await ask(server, async (redis) => {
        const slot = Number(await redis.call('CLUSTER', 'KEYSLOT', key));
        const ranges = (await redis.call('CLUSTER', 'SLOTS')) as [number, number, [string, number]][];
        return ranges.find(([from, to]) => from <= slot && slot <= to)?.[2][1];
      });
      if (port !== undefined) return port;
    }
    throw new Error('no node answers');
  };
  return group(root, servers, [], masterOf, `redis-cluster://${nodes.slice(0, 3).join(',')}`);
}
