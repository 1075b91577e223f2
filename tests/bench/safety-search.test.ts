import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { deflateSync, gzipSync } from 'node:zlib';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesIn, searchFile, searchRedis } from '../../bench/safety/places.ts';
import { searchFor } from '../../bench/safety/search.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

/** As long as Telegram allows, of today, of an old account, of a group. */
const IDS = [3_123_456_789_012_345, 6_123_456_789, 3_987_654_321, -1_001_234_567_890] as const;
const search = searchFor(IDS, ['qnamemark', 'жўзнаслова', '53.918273']);

const binary = (id: number, size: number, order: 'BE' | 'LE'): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(id));
  const cut = Buffer.from(bytes.subarray(8 - size));
  return order === 'BE' ? cut : cut.reverse();
};
const double = (value: number, order: 'BE' | 'LE'): Buffer => {
  const bytes = Buffer.alloc(8);
  if (order === 'BE') bytes.writeDoubleBE(value);
  else bytes.writeDoubleLE(value);
  return bytes;
};
const varint = (value: bigint): Buffer =>
  Buffer.from(value > 127n ? [Number(value & 127n) | 128, ...varint(value >> 7n)] : [Number(value)]);
const inBase64 = (bytes: Buffer, before: number) =>
  Buffer.concat([Buffer.alloc(before, 'x'), bytes, Buffer.from('yz')]).toString('base64');

/** Every form of an id that stands among other bytes. */
const formsOf = (id: number): Record<string, string | Buffer> => {
  const digits = String(Math.abs(id));
  const wide = binary(id, 8, 'BE');
  const sha = createHash('sha256').update(String(id)).digest();
  return {
    decimal: `chat ${id} said`,
    'decimal among letters': `c${digits}_1`,
    'decimal as the end of a longer number': `-100${digits}`,
    'decimal in groups': Math.abs(id).toLocaleString('en'),
    'decimal in groups as in Russian': Math.abs(id).toLocaleString('ru'),
    'decimal in UTF-16': Buffer.from(digits, 'utf16le'),
    'digits as hexadecimal': Buffer.from(digits).toString('hex'),
    hexadecimal: `0x${Math.abs(id).toString(16)}`,
    'hexadecimal, capital': `<${Math.abs(id).toString(16).toUpperCase()}>`,
    'hexadecimal of eight bytes': wide.toString('hex'),
    'hexadecimal, little end first': binary(id, 8, 'LE').toString('hex'),
    'hexadecimal in pairs': inspect(wide),
    'base of 36': ` ${Math.abs(id).toString(36)} `,
    'eight bytes, big end first': wide,
    'eight bytes, little end first': binary(id, 8, 'LE'),
    'MessagePack of eight bytes': Buffer.concat([Buffer.of(0xcf), wide]),
    'CBOR of eight bytes': Buffer.concat([Buffer.of(0x1b), wide]),
    'a number of JavaScript': double(id, 'LE'),
    'a number of JavaScript, big end first': double(id, 'BE'),
    varint: varint(BigInt(Math.abs(id))),
    zigzag: varint(id < 0 ? BigInt(id) * -2n - 1n : BigInt(id) * 2n),
    'base64, first alignment': inBase64(Buffer.from(digits), 0),
    'base64, second alignment': inBase64(Buffer.from(digits), 1),
    'base64, third alignment': inBase64(Buffer.from(digits), 2),
    'base64url, third alignment': inBase64(Buffer.from(digits), 2).replace(/=+$/, ''),
    'base64 of bytes, first alignment': inBase64(wide, 0),
    'base64 of bytes, second alignment': inBase64(binary(id, 8, 'LE'), 1),
    'base64url of bytes, third alignment': inBase64(wide, 2).replaceAll('+', '-').replaceAll('/', '_'),
    'a list of bytes': JSON.stringify(wide),
    'escaped bytes': [...wide].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
    'an unkeyed hash': sha,
    'an unkeyed hash in hexadecimal': sha.toString('hex'),
    'an unkeyed hash, shortened': sha.subarray(0, 8),
    'an unkeyed hash in base64': sha.toString('base64'),
    'another unkeyed hash in base64': createHash('md5').update(String(id)).digest('base64url'),
    'packed by zlib': deflateSync(`${'the same words again and again '.repeat(9)}${id}`),
    'packed by gzip': gzipSync(`${'the same words again and again '.repeat(9)}${id}`),
    ...(id > 2 ** 32 ? { 'five or seven bytes': binary(id, id > 2 ** 40 ? 7 : 5, 'BE') } : {}),
    ...(id > 2 ** 32 ? { 'the same, little end first': binary(id, id > 2 ** 40 ? 7 : 5, 'LE') } : {}),
    ...(id > 0 && id < 2 ** 48 ? { 'six bytes': binary(id, 6, 'BE') } : {}),
    ...(id > 0 && id < 2 ** 48 ? { 'six bytes, little end first': binary(id, 6, 'LE') } : {}),
    ...(id > 0 && id < 2 ** 32
      ? {
          'MessagePack of four bytes': Buffer.concat([Buffer.of(0xce), binary(id, 4, 'BE')]),
          'CBOR of four bytes': Buffer.concat([Buffer.of(0x1a), binary(id, 4, 'BE')]),
        }
      : {}),
  };
};

const WORDS: Record<string, string | Buffer> = {
  'a name': 'Qnamemark17',
  'a name in capitals': 'XQNAMEMARKY',
  'a name in base64': inBase64(Buffer.from('Qnamemark'), 1),
  'a name in UTF-16': Buffer.from('qnamemark', 'utf16le'),
  'a word': 'слова «жўзнаслова»',
  'a word with a capital': 'Жўзнаслова',
  'a word in capitals': 'ЖЎЗНАСЛОВА',
  'a word in UTF-16': Buffer.from('жўзнаслова', 'utf16le'),
  'a word in a link': encodeURIComponent('жўзнаслова'),
  'a word as JSON escapes it': Array.from(
    'жўзнаслова',
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ).join(''),
  'a word as HTML escapes it': Array.from('жўзнаслова', (letter) => `&#${letter.charCodeAt(0)};`).join(''),
  'a word as the command line shows it': [...Buffer.from('жўзнаслова')]
    .map((byte) => `\\x${byte.toString(16)}`)
    .join(''),
  'a word in windows-1251': Buffer.from('e6a2e7ede0f1ebeee2e0', 'hex'),
  'a word in UTF-16, big end first': Buffer.from('жўзнаслова', 'utf16le').swap16(),
  'a word in base64': inBase64(Buffer.from('жўзнаслова'), 2),
  'a place as digits': '{"latitude":53.918273}',
  'a place as a number': double(53.918273, 'LE'),
};

const FORMS: readonly (readonly [string, Buffer])[] = [
  ...IDS.flatMap((id) =>
    Object.entries(formsOf(id)).map(([form, value]) => [`${form}: ${id}`, value] as const),
  ),
  ...Object.entries(WORDS),
].map(([form, value]) => [form, Buffer.from(value as string)] as const);

/** As it lies in a file between other things: a text between texts, bytes between random ones. */
const among = (value: Buffer) =>
  Buffer.concat([randomBytes(1000), Buffer.from(' '), value, Buffer.from(' '), randomBytes(1000)]);

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  server = await startRedis('--appendonly', 'yes', '--appendfsync', 'always');
  redis = new Redis(server.url.replace(/^unix:/, ''));
  // Without it no rewrite can be told from the next.
  await redis.config('SET', 'auto-aof-rewrite-percentage', '0');
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const inFiles = () => filesIn(server.folder).flatMap((path) => searchFile(path, search));

/** Long enough that Redis compresses it, with the planted among it. */
const packable = (value: Buffer) =>
  Buffer.concat([
    Buffer.from('the same words again and again '.repeat(9)),
    value,
    Buffer.from(' the same words again'),
  ]);

/** Where something can be planted in Redis. */
const PLACES: Readonly<Record<string, (value: Buffer) => Promise<unknown>>> = {
  'the name of a key': (value) => redis.set(value, '1'),
  'a string': (value) => redis.set('k', value),
  'a long string': (value) => redis.set('k', packable(value)),
  'a field of a hash': (value) => redis.hset('k', value, '1'),
  'a value of a hash': (value) => redis.hset('k', 'f', value),
  'a value of a large hash': (value) => redis.hset('k', 'f', value, 'g', 'x'.repeat(100)),
  'a member of a set': (value) => redis.sadd('k', value),
  'a member of a sorted set': (value) => redis.zadd('k', 1, value),
  'an entry of a list': (value) => redis.rpush('k', value),
  'a field of a stream': (value) => redis.xadd('k', '*', 'f', value),
};

describe('the search for readers in what a thief could take', () => {
  it('finds every form among other bytes', () => {
    expect(FORMS.filter(([, value]) => search.in(among(value)).length === 0).map(([form]) => form)).toEqual(
      [],
    );
  });

  it.each(Object.entries(PLACES))('finds every form in %s of a running Redis', async (_, plant) => {
    const missed: string[] = [];
    for (const [form, value] of FORMS) {
      await plant(value);
      if ((await searchRedis(redis, search)).length === 0) missed.push(form);
      await redis.flushall();
    }
    expect(missed).toEqual([]);
  });

  it('finds every form in the dump of Redis, compressed as it is', async () => {
    const missed: string[] = [];
    for (const [form, value] of FORMS) {
      await PLACES['a long string']?.(value);
      await redis.save();
      const found = searchFile(join(server.folder, 'dump.rdb'), search);
      if (found.length === 0) missed.push(form);
      await redis.flushall();
    }
    expect(missed).toEqual([]);
  });

  it('finds every form in the append-only file, whose commands were overwritten long ago', async () => {
    const rewritten = async () => {
      await redis.flushall();
      rmSync(join(server.folder, 'dump.rdb'), { force: true });
      await redis.bgrewriteaof();
      while (/aof_rewrite_(in_progress|scheduled):1/.test(await redis.info('persistence')))
        await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await rewritten();
    const missed: string[] = [];
    for (const [form, value] of FORMS) {
      const before = inFiles().length;
      await redis.set('k', value);
      await redis.set('k', 'something else');
      // Each finding is counted, so that the one before does not stand for the next.
      if (inFiles().length <= before && !(await aloneInLog(value))) missed.push(form);
    }
    async function aloneInLog(value: Buffer): Promise<boolean> {
      await rewritten();
      await redis.set('k', value);
      await redis.set('k', 'something else');
      return inFiles().length > 0;
    }
    expect(missed).toEqual([]);
    await rewritten();
    expect(inFiles()).toEqual([]);
  });

  it('finds every form in a log, a report, a name of a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pozirk-thief-'));
    const path = join(folder, 'log');
    const missed: string[] = [];
    for (const [form, value] of FORMS) {
      const line = Buffer.concat([
        Buffer.from('{"level":"debug","msg":"a chat '),
        value,
        Buffer.from('"}\n'),
      ]);
      writeFileSync(path, Buffer.concat([Buffer.from('{"level":"info","msg":"polled"}\n'.repeat(50)), line]));
      if (filesIn(folder).flatMap((one) => searchFile(one, search)).length === 0) missed.push(form);
    }
    rmSync(path);
    writeFileSync(join(folder, 'chat-6123456789.heapsnapshot'), '');
    const named = filesIn(folder).flatMap((one) => searchFile(one, search));
    rmSync(folder, { recursive: true });
    expect(missed).toEqual([]);
    expect(named).toHaveLength(1);
  });

  it('knows an id of four bytes that is a whole value, a score or an integer of Redis', async () => {
    for (const plant of [
      () => redis.set('k', binary(3_987_654_321, 4, 'BE')),
      () => redis.hset('k', 'f', binary(3_987_654_321, 4, 'LE')),
      () => redis.set('k', '3987654321'),
      () => redis.zadd('k', 3_987_654_321, 'x'),
      () => redis.sadd('k', '3987654321', '5'),
      () => redis.hset('k', '3987654321', '5'),
    ]) {
      await plant();
      expect(await searchRedis(redis, search)).not.toEqual([]);
      await redis.flushall();
    }
    expect(search.is(binary(6_123_456_789, 5, 'LE'))).toBe(true);
    expect(search.is(Buffer.from('1234'))).toBe(false);
  });

  it('finds nothing where nothing is', () => {
    expect(search.in(randomBytes(500_000))).toEqual([]);
    expect(search.in(Buffer.from(randomBytes(300_000).toString('base64')))).toEqual([]);
    const other = createHash('sha256').update('5').digest('hex');
    const nearly = `${IDS[1] + 1} qname mark, the name and the word, 1700000000000, 7000000001, ${other}`;
    expect(search.in(Buffer.from(nearly))).toEqual([]);
  });
});
