/** Where a thief looks: in every key and value of a running Redis, in files, in what the machine shows of processes. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Search } from './search.ts';

/** Findings in every key by its name, and by its value as a whole and in its parts; `seen` is told of each key. */
export async function searchRedis(
  redis: Redis,
  search: Search,
  seen: () => void = () => undefined,
): Promise<string[]> {
  const findings: string[] = [];
  for await (const batch of redis.scanBufferStream({ count: 1000 }) as AsyncIterable<Buffer[]>) {
    await Promise.all(
      batch.map(async (key) => {
        seen();
        const whole = (await redis.dumpBuffer(key)) ?? Buffer.alloc(0);
        const parts = await partsOf(redis, key);
        // The last ten bytes of a dump are a version and a checksum.
        const forms = new Set(
          [key, whole.subarray(0, -10), ...parts].flatMap((bytes) => [
            ...search.in(bytes).map(({ form }) => form),
            ...(search.is(bytes) ? ['nothing but an id in binary'] : []),
          ]),
        );
        findings.push(...[...forms].map((form) => `${key.toString('latin1', 0, 30)}: ${form}`));
      }),
    );
  }
  return findings;
}

async function partsOf(redis: Redis, key: Buffer): Promise<Buffer[]> {
  switch (await redis.type(key)) {
    case 'hash':
      return (await redis.callBuffer('HGETALL', key)) as Buffer[];
    case 'zset':
      return redis.zrangeBuffer(key, '0', '-1', 'WITHSCORES');
    case 'set':
      return redis.smembersBuffer(key);
    case 'list':
      return redis.lrangeBuffer(key, 0, -1);
    case 'stream':
      return (await redis.xrangeBuffer(key, '-', '+')).flatMap(([id, fields]) => [id, ...fields]);
    default: {
      const value = await redis.getBuffer(key);
      return value ? [value] : [];
    }
  }
}

const CHUNK = 64 * 1024 * 1024;
/** The longest thing that may lie across two chunks. */
const OVERLAP = 1024 * 1024;

/** Findings in a file and in its name. */
export function searchFile(path: string, search: Search): string[] {
  const found = search.in(Buffer.from(path)).map(({ form }) => `${path}: ${form} in its name`);
  if (!existsSync(path)) return found;
  const file = openSync(path, 'r');
  const { size } = statSync(path);
  for (let at = 0; at < size; at += CHUNK - OVERLAP) {
    const chunk = Buffer.alloc(Math.min(CHUNK, size - at));
    readSync(file, chunk, 0, chunk.length, at);
    found.push(...search.in(chunk).map(({ form, at: where }) => `${path}: ${form} at ${at + where}`));
  }
  closeSync(file);
  return found;
}

/** Regular files below `folder` that one may read; `since`: changed after this moment, ms; `but`: folders that are left out. */
export function filesIn(folder: string, since = 0, but: readonly string[] | 'no folders' = []): string[] {
  return entries(folder).flatMap((name) => {
    const path = join(folder, name);
    if (but.includes(path)) return [];
    try {
      const entry = lstatSync(path);
      if (entry.isDirectory()) return but === 'no folders' ? [] : filesIn(path, since, but);
      if (!entry.isFile() || entry.mtimeMs < since) return [];
      accessSync(path, constants.R_OK);
      return [path];
    } catch {
      // Gone meanwhile, or somebody else's.
      return [];
    }
  });
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Traces on the machine of a process and of those that it started: arguments, environment, names, open files. */
export function searchProcesses(pid: number, search: Search): string[] {
  return family(pid).flatMap((one) => {
    const folder = `/proc/${one}`;
    const shown = ['cmdline', 'environ', 'comm', 'status', 'maps'].map((name) =>
      readFileSync(join(folder, name)),
    );
    const links = entries(join(folder, 'fd')).map((name) => {
      try {
        return readlinkSync(join(folder, 'fd', name));
      } catch {
        return '';
      }
    });
    return [...shown, Buffer.from(links.join('\n'))].flatMap((bytes) =>
      search.in(bytes).map(({ form }) => `process ${one}: ${form}`),
    );
  });
}

function family(pid: number): number[] {
  const children = entries(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(/\s+/),
  );
  return [pid, ...children.filter(Boolean).flatMap((child) => family(Number(child)))];
}
