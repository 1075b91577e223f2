/** Keys as the commands that make them anew, in another Redis of any version, while others go on writing. */
import { PozirkError } from '../errors.ts';
import type { Store } from './redis.ts';
import { keysLike } from './scan.ts';
import type { RedisCommand } from './resp.ts';

/** Elements in one command, and asked of Redis at once: more would hold others up. */
const AT_ONCE = 1000;
/** Keys that are read side by side. */
const SIDE_BY_SIDE = 256;

/** Commands that make each `wanted` key like `pattern`. `now` (ms): a key goes at its moment; without, after the time it has left. */
export async function* copyKeys(
  store: Store,
  pattern: string,
  now: (() => number) | undefined,
  wanted: (key: string) => boolean = () => true,
): AsyncGenerator<readonly RedisCommand[]> {
  for await (const found of keysLike(store, pattern)) {
    const keys = found.filter(wanted);
    for (let at = 0; at < keys.length; at += SIDE_BY_SIDE) {
      const some = keys.slice(at, at + SIDE_BY_SIDE);
      const copied = await Promise.all(some.map((key) => copyKey(store, key, now)));
      yield copied.flat();
    }
  }
}

async function copyKey(store: Store, key: string, now: (() => number) | undefined): Promise<RedisCommand[]> {
  const [type, left] = await Promise.all([store.redis.type(key), store.redis.pttl(key)]);
  const made = await contentOf(store, key, type);
  if (made.length === 0 || left < 0) return made;
  return [...made, now ? ['PEXPIREAT', key, Math.ceil(now() + left)] : ['PEXPIRE', key, left]];
}

async function contentOf({ redis }: Store, key: string, type: string): Promise<RedisCommand[]> {
  switch (type) {
    case 'none':
      return [];
    case 'string': {
      const value = await redis.getBuffer(key);
      return value ? [['SET', key, value]] : [];
    }
    case 'hash':
      return parts(['HSET', key], await all((cursor) => redis.hscanBuffer(key, cursor, 'COUNT', AT_ONCE)), 2);
    case 'set':
      return parts(['SADD', key], await all((cursor) => redis.sscanBuffer(key, cursor, 'COUNT', AT_ONCE)), 1);
    case 'zset': {
      const pairs = await all((cursor) => redis.zscanBuffer(key, cursor, 'COUNT', AT_ONCE));
      return parts(
        ['ZADD', key],
        pairs.map((_, at) => pairs[at ^ 1] ?? Buffer.alloc(0)),
        2,
      );
    }
    case 'stream':
      return streamOf(redis, key);
    default:
      throw new PozirkError('store.corrupt', `a key of the type ${type}, which is none of ours`);
  }
}

/** Everything in a collection; what comes, goes or changes meanwhile is there as it was before or after. */
async function all(scan: (cursor: string) => Promise<[Buffer, Buffer[]]>): Promise<Buffer[]> {
  const found: Buffer[] = [];
  let cursor = '0';
  do {
    const [next, page] = await scan(cursor);
    for (const element of page) found.push(element);
    cursor = next.toString();
  } while (cursor !== '0');
  return found;
}

function parts(command: RedisCommand, words: readonly Buffer[], each: 1 | 2): RedisCommand[] {
  const made: RedisCommand[] = [];
  for (let at = 0; at < words.length; at += AT_ONCE * each)
    made.push([...command, ...words.slice(at, at + AT_ONCE * each)]);
  return made;
}

/** Its entries, and the number of its last one: what is appended next must follow it although it was deleted. */
async function streamOf(redis: Store['redis'], key: string): Promise<RedisCommand[]> {
  const [entries, info] = await Promise.all([
    redis.xrangeBuffer(key, '-', '+'),
    redis.xinfo('STREAM', key) as Promise<unknown[]>,
  ]);
  const last = String(info[info.indexOf('last-generated-id') + 1]);
  const made = entries.map(([id, fields]): RedisCommand => ['XADD', key, id, ...fields]);
  if (entries.at(-1)?.[0].toString() === last) return made;
  return [...made, ['XADD', key, last, 'kind', 'none'], ['XDEL', key, last]];
}

/** Carries copied commands out, `AT_ONCE` at a time. */
export async function pasteCommands({ redis }: Store, commands: readonly RedisCommand[]): Promise<void> {
  for (let at = 0; at < commands.length; at += AT_ONCE) {
    await Promise.all(
      commands.slice(at, at + AT_ONCE).map(([name = '', ...words]) => redis.call(String(name), ...words)),
    );
  }
}
