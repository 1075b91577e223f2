import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFetcher, type Fetcher } from '#src/source/fetch/fetch.ts';
import { createPictureCheck } from '#src/source/picture-check.ts';
import { pictureSize } from '#src/source/picture-file.ts';
import { readHere } from '#src/source/reading.ts';
import { MINUTE } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';

const bytes = (...parts: (string | number[] | Buffer)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
const be = (value: number, length: number): Buffer => {
  const out = Buffer.alloc(length);
  out.writeUIntBE(value, 0, length);
  return out;
};
const le = (value: number, length: number): Buffer => be(value, length).reverse();

const png = (width: number, height: number) =>
  bytes('\x89PNG\r\n\x1a\n', be(13, 4), 'IHDR', be(width, 4), be(height, 4), [8, 2, 0, 0, 0]);
const jpeg = (width: number, height: number, before = 16) =>
  bytes(
    [0xff, 0xd8, 0xff, 0xe1],
    be(before, 2),
    Buffer.alloc(before - 2),
    [0xff, 0xff, 0xc2, 0, 17, 8],
    be(height, 2),
    be(width, 2),
  );

const KINDS: [string, (width: number, height: number) => Buffer][] = [
  ['PNG', png],
  ['JPEG', (width, height) => jpeg(width, height)],
  ['GIF', (width, height) => bytes('GIF89a', le(width, 2), le(height, 2), [0])],
  [
    'WebP',
    (w, h) => bytes('RIFF', le(1, 4), 'WEBPVP8X', le(10, 4), [0, 0, 0, 0], le(w - 1, 3), le(h - 1, 3)),
  ],
  [
    'lossy WebP',
    (w, h) => bytes('RIFF', le(1, 4), 'WEBPVP8 ', le(1, 4), [0, 0, 0, 0x9d, 1, 0x2a], le(w, 2), le(h, 2)),
  ],
  [
    'lossless WebP',
    (w, h) => bytes('RIFF', le(1, 4), 'WEBPVP8L', le(1, 4), [0x2f], le(w - 1 + (h - 1) * 0x4000, 4)),
  ],
  [
    'AVIF',
    (w, h) =>
      bytes(
        be(20, 4),
        'ftypavif',
        be(0, 8 - 4),
        'ispe',
        be(0, 4),
        be(9, 4),
        be(9, 4),
        'ispe',
        be(0, 4),
        be(w, 4),
        be(h, 4),
      ),
  ],
];

describe('the size of a picture', () => {
  it.each(KINDS)('is read from the first bytes of a %s', (_, make) => {
    expect(pictureSize(make(960, 504))).toEqual({ width: 960, height: 504 });
  });

  it('is unknown where it stands further behind, and nothing that is no picture has one', () => {
    expect(pictureSize(jpeg(960, 504, 60_000).subarray(0, 1000))).toBe('unknown');
    for (const text of ['', '<html>', '<svg xmlns="…"/>', '%PDF-1.4', 'ID3'])
      expect(pictureSize(Buffer.from(text)), text).toBeUndefined();
  });

  it('is looked for in any bytes without harm', () => {
    const heads = KINDS.map(([, make]) => make(960, 504));
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.nat(40),
        fc.uint8Array({ maxLength: 300 }),
        (head, cut, tail) => {
          pictureSize(Buffer.concat([head.subarray(0, cut), tail]));
        },
      ),
    );
  });
});

let server: Server;
let origin = '';
let fetcher: Fetcher;
const answers = new Map<string, RequestListener>();
const asked: string[] = [];

const serve = (
  path: string,
  body: Buffer | string,
  headers: Record<string, string | number> = {},
  status = 200,
) =>
  answers.set(
    path,
    (_, response) => void response.writeHead(status, { 'content-type': 'image/png', ...headers }).end(body),
  );

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = answers.get(path);
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const clock = movedClock(Date.parse('2026-08-22T09:00:00Z'));
/** Hosts of a test stand on this machine: its own address counts as the operator's. */
const check = (addresses: readonly string[] = [origin]) => {
  fetcher = createFetcher({ clock, gapMs: 60_000, addresses });
  return createPictureCheck(fetcher, readHere, clock);
};
beforeEach(() => {
  asked.length = 0;
  answers.clear();
});

describe('a picture', () => {
  it('is well where it is there, whatever its file is called', async () => {
    serve('/photo', png(960, 504));
    expect(await check().faultOf(`${origin}/photo`)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof serve> | undefined, RegExp]>([
    ['gone', undefined, /404/],
    ['refused', ['/a.jpg', 'no', {}, 403], /403/],
    ['a page instead', ['/a.jpg', '<html>', { 'content-type': 'text/html' }], /text\/html/],
    ['a drawing', ['/a.jpg', '<svg/>', { 'content-type': 'image/svg+xml' }], /svg/],
    ['a page called a picture', ['/a.jpg', '<html>', { 'content-type': 'image/jpeg' }], /no picture/],
    ['empty', ['/a.jpg', ''], /no picture/],
    ['a pixel', ['/a.jpg', png(1, 1)], /1×1/],
    ['a rule', ['/a.jpg', png(3000, 100)], /3000×100/],
    ['a poster of the whole wall', ['/a.jpg', png(9000, 2000)], /9000×2000/],
    ['too large', ['/a.jpg', png(960, 504), { 'content-range': 'bytes 0-65535/9000000' }, 206], /5 MB/],
  ])('is none for readers where it is %s', async (_, served, words) => {
    if (served) serve(...served);
    expect(await check().faultOf(`${origin}/a.jpg`)).toMatch(words);
  });

  it('is read no further than its size, and asked for once by however many stories', async () => {
    let sent = 0;
    answers.set('/big.jpg', (request, response) => {
      expect(request.headers.range).toBe('bytes=0-65535');
      response.writeHead(200, { 'content-type': 'image/jpeg' });
      response.write(jpeg(960, 504));
      const more = () => {
        while (!response.destroyed && sent < 50_000_000 && response.write(Buffer.alloc(16_384)))
          sent += 16_384;
      };
      response.on('drain', more);
      more();
    });
    const pictures = check();
    const faults = await Promise.all([1, 2, 3].map(() => pictures.faultOf(`${origin}/big.jpg`)));
    expect(faults).toEqual([undefined, undefined, undefined]);
    expect(asked.filter((path) => path === '/big.jpg')).toHaveLength(1);
    expect(sent).toBeLessThan(10_000_000);
  });

  it('that is not there yet is asked for again after some minutes', async () => {
    const pictures = check();
    expect(await pictures.faultOf(`${origin}/late.png`)).toMatch(/404/);
    serve('/late.png', png(960, 504));
    expect(await pictures.faultOf(`${origin}/late.png`)).toMatch(/404/);
    await clock.advance(5 * MINUTE);
    expect(await pictures.faultOf(`${origin}/late.png`)).toBeUndefined();
  });

  it('in a private network is none of ours', async () => {
    serve('/a.png', png(960, 504));
    expect(await check(['https://news.example/']).faultOf(`${origin}/a.png`)).toMatch(/private network/);
    expect(asked).toEqual([]);
  });

  it('that robots.txt keeps us from stays as it was named', async () => {
    serve('/robots.txt', 'User-agent: *\nDisallow: /', { 'content-type': 'text/plain' });
    expect(await check().faultOf(`${origin}/gone.jpg`)).toBeUndefined();
    expect(asked).toEqual(['/robots.txt']);
  });
});
