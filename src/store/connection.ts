/** How Redis is reached: one server, the master that Sentinels name, or a Cluster. */
import { Cluster, Redis } from 'ioredis';
import { present } from '../present.ts';
import type { Login, RedisAddress } from '../redis-address.ts';
import { doubling } from '../time.ts';
import { SentinelClient } from './sentinels.ts';

export interface Connection {
  readonly redis: Redis;
  /** The servers that hold data, to be asked one by one what a server knows of itself or of all its keys: of a Cluster its masters. */
  readonly servers: () => readonly Redis[];
}

/** Commands wait this long for an answer; a Redis that is restarting or failing over takes a few seconds. */
const COMMAND_TIMEOUT_MS = 5000;

const backOff = (attempt: number): number => doubling(50, attempt, 1000);

const CONNECTION = {
  commandTimeout: COMMAND_TIMEOUT_MS,
  connectTimeout: COMMAND_TIMEOUT_MS,
  maxRetriesPerRequest: 0,
  retryStrategy: backOff,
};

type Options = typeof CONNECTION & { readonly reconnectOnError: (error: Error) => boolean };

/** @param reconnectOnError whether a reply says that another server is to be looked for */
export function connect(address: RedisAddress, reconnectOnError: Options['reconnectOnError']): Connection {
  const options = { ...CONNECTION, reconnectOnError };
  if (address.kind === 'cluster') {
    const cluster = clusterOf(address, options);
    // Commands that the client of a Cluster lacks are asked of its servers.
    return { redis: cluster as unknown as Redis, servers: () => cluster.nodes('master') };
  }
  const redis =
    address.kind === 'sentinel'
      ? new SentinelClient(address, options)
      : new Redis(address.url, { ...options, enableAutoPipelining: true });
  return { redis, servers: () => [redis] };
}

const loginOf = ({ username, password }: Login): Login => present({ username, password });

/** Commands are not gathered into pipelines: one whose keys lie on two nodes, or move meanwhile, fails as a whole. */
const clusterOf = (address: Extract<RedisAddress, { kind: 'cluster' }>, options: Options): Cluster =>
  new Cluster([...address.nodes], {
    redisOptions: { ...options, ...loginOf(address), ...(address.tls ? { tls: {} } : {}) },
    clusterRetryStrategy: backOff,
    slotsRefreshTimeout: COMMAND_TIMEOUT_MS,
    slotsRefreshInterval: CLUSTER_LOOK_MS,
    // Certificates name hosts, and the nodes tell numbers.
    ...(address.tls ? { dnsLookup: (host, done) => done(null, host) } : {}),
  });

/** How often the client asks which node has which slots, besides whenever one says MOVED. */
const CLUSTER_LOOK_MS = 5000;

/**
 * Sentinels are asked without a password first, then with that of Redis: either is usual. True: they are asked again with it
 * at once, and what waits is carried out then.
 */
export function givePassword({ options }: Redis, address: RedisAddress, { message }: Error): boolean {
  if (address.kind !== 'sentinel' || options.sentinelPassword !== undefined || !/NOAUTH/.test(message))
    return false;
  const { username, password } = address;
  Object.assign(options, present({ sentinelUsername: username, sentinelPassword: password }));
  return password !== undefined;
}
