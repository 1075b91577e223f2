/** Everything that Redis says of itself, and what of that endangers the news: asked at the start, by the doctor, and all the time. */
import { MINUTE } from '../time.ts';
import type { Store } from './redis.ts';

/** A sign of life: the smallest thing that Redis must be able to do. */
export const beat = (store: Store): Promise<unknown> => store.run('beat', [store.keys.pulse], [MINUTE]);

/** The part of `INFO` that matters, by field. */
export type ServerFacts = ReadonlyMap<string, string>;

/** The facts of each server that answers: of a Cluster each master has a memory and a file of its own. Throws where none answers. */
export async function askServers({ redis, servers }: Pick<Store, 'redis' | 'servers'>): Promise<{
  readonly facts: readonly ServerFacts[];
  /** Nobody kept silent. */
  readonly isWhole: boolean;
}> {
  const asked = servers();
  // Before the first connection no master is known.
  const answers = await Promise.allSettled((asked.length > 0 ? asked : [redis]).map((one) => one.info()));
  const infos = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const refused = answers.find((answer) => answer.status === 'rejected');
  if (infos.length === 0 && refused) throw refused.reason;
  return { facts: infos.map(factsIn), isWhole: refused === undefined };
}

/** Whether anybody who reaches Redis may change what the bot has there, although the bot has a password. */
export async function isOpenToAll({ servers }: Pick<Store, 'servers'>): Promise<boolean> {
  const [server] = servers();
  if (!server?.options.password) return false;
  const nobody = { username: undefined, password: undefined } as const;
  const once = { lazyConnect: true, retryStrategy: () => null } as const;
  const stranger = server.duplicate({ ...nobody, ...once });
  stranger.on('error', () => undefined);
  try {
    // There is none of this name. A user of all who may only ask whether Redis lives is usual.
    await stranger.del('pozirk:');
    return true;
  } catch (error) {
    // Rights are looked at first: another node of the Cluster would have done it.
    return error instanceof Error && error.message.startsWith('MOVED');
  } finally {
    stranger.disconnect();
  }
}

function factsIn(info: string): ServerFacts {
  return new Map([...info.matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]));
}

/** The least that the tests run on. */
const LEAST_VERSION = [6, 2] as const;
/** Share of the memory it may use from which a person should look. */
const FULL = 0.9;

/** By trouble a sentence; undefined: it is well. `ours`: bytes that we and a Redis of ours share by a limit; 0: no such Redis or limit. */
const JUDGES = {
  version: ageOf,
  evicts: evictionOf,
  persists: forgetfulnessOf,
  memory: fullnessOf,
  rewrite: rewriteOf,
} as const satisfies Record<string, (facts: ServerFacts, ours: number) => string | undefined>;

export type ServerTrouble = keyof typeof JUDGES;

/** Judges several: a trouble of one of them is one. */
export function judgeServers(
  all: readonly ServerFacts[],
  ours = 0,
): Readonly<Record<ServerTrouble, string | undefined>> {
  const judged = Object.entries(JUDGES).map(
    ([trouble, judge]) =>
      [trouble, all.map((facts) => judge(facts, ours)).find((why) => why !== undefined)] as const,
  );
  return Object.fromEntries(judged) as Record<ServerTrouble, string | undefined>;
}

/** Valkey counts its own versions from 7.2 on, and tells the version of Redis that it is like under the old name. */
export const versionOf = (facts: ServerFacts): string =>
  facts.has('valkey_version')
    ? `Valkey ${facts.get('valkey_version')}`
    : `Redis ${facts.get('redis_version') ?? 'of an unknown version'}`;

/** Whether a version, as `6.0.16`, is older than what the tests run on. */
export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [least, leastMinor] = LEAST_VERSION;
  return major < least || (major === least && minor < leastMinor);
}

function ageOf(facts: ServerFacts): string | undefined {
  if (!isTooOld(facts.get('redis_version') ?? '')) return undefined;
  return `${versionOf(facts)} is too old, the bot needs 6.2 or newer, or Valkey: docs/operations.md has the line that replaces it`;
}

/** Without a limit of its own Redis never evicts, but it counts by some policies all the same. */
function evictionOf(facts: ServerFacts): string | undefined {
  const policy = facts.get('maxmemory_policy') ?? 'noeviction';
  if (policy.endsWith('-lfu'))
    return `Redis counts how often each key is used (maxmemory-policy ${policy}), and so how often readers write: set maxmemory-policy noeviction`;
  if (policy === 'noeviction' || numberOf(facts, 'maxmemory') === 0) return undefined;
  return `Redis throws data away when its memory is full (maxmemory-policy ${policy}), readers among it: set maxmemory-policy noeviction`;
}

function forgetfulnessOf(facts: ServerFacts): string | undefined {
  if (facts.get('aof_enabled') === '0')
    return 'Redis does not write every change to its disk, so a restart may forget readers: set appendonly yes';
  if (facts.get('aof_last_write_status') === 'err')
    return 'Redis cannot write to its disk: make room there and look at its log';
  return undefined;
}

/** Of a limit that our own Redis shares with us: its copy takes as much again while it rewrites, the rest is ours (docs/sizing.md). */
const OWN_SHARE = 0.4;

function fullnessOf(facts: ServerFacts, ours: number): string | undefined {
  const machine = numberOf(facts, 'total_system_memory');
  // Our own dies with our limit, however much the machine has.
  const room = ours > 0 ? Math.min(machine, ours * OWN_SHARE) : machine;
  const most = numberOf(facts, 'maxmemory') || room;
  const used = numberOf(facts, 'used_memory');
  if (most === 0 || used < most * FULL) return undefined;
  return `Redis uses ${Math.round((used / most) * 100)} % of the memory that it may use: give it more`;
}

function rewriteOf(facts: ServerFacts): string | undefined {
  if (facts.get('aof_last_bgrewrite_status') !== 'err') return undefined;
  return 'Redis cannot rewrite its file, so what was forgotten stays in it: make room on its disk; vm.overcommit_memory must be 1';
}

const numberOf = (facts: ServerFacts, name: string): number => Number(facts.get(name) ?? 0) || 0;
