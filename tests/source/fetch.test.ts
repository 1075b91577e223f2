import { getEventListeners, once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect, isIP, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFetcher, type Fetcher, LARGEST_MB } from '#src/source/fetch/fetch.ts';
import { MB, retryAfter } from '#src/source/fetch/answer.ts';
import { askLoosely } from '#src/source/fetch/again.ts';
import {
  connectOutside,
  isPrivateHost,
  isPrivateIp,
  PrivateAddress,
  resolveHere,
} from '#src/source/fetch/network.ts';
import { MINUTE, realClock, SECOND } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';

let server: Server;
let origin: string;
let answer: RequestListener;
let asked: IncomingMessage[];
const fetchers: Fetcher[] = [];

beforeEach(async () => {
  asked = [];
  answer = (_, response) => void response.end('<rss/>');
  server = createServer((request, response) => {
    asked.push(request);
    if (request.url === '/robots.txt' && !robots) response.writeHead(404).end();
    else if (request.url === '/robots.txt') response.end(robots);
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

let robots = '';

afterEach(async () => {
  robots = '';
  await Promise.all(fetchers.splice(0).map((fetcher) => fetcher.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function fetcher(options: Partial<Parameters<typeof createFetcher>[0]> = {}): Fetcher {
  const made = createFetcher({ clock: realClock, gapMs: 0, addresses: [origin], ...options });
  fetchers.push(made);
  return made;
}

const reply = (status: number, headers: Record<string, string> = {}, body: string | Buffer = '') => {
  answer = (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, headers).end(body);
};

describe('a page', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['zstd', zstdCompressSync],
  ] as const)('packed with %s is unpacked', async (encoding, pack) => {
    reply(200, { 'content-encoding': encoding }, pack('<p>Навіны</p>'));
    expect(await fetcher().read(`${origin}/`)).toMatchObject({
      ok: true,
      value: { bytes: Buffer.from('<p>Навіны</p>') },
    });
    expect(asked.at(-1)?.headers['accept-encoding']).toContain('zstd');
  });

  it('that has not changed costs a conditional request', async () => {
    answer = (request, response) => {
      if (request.headers['if-none-match'] === '"1"' && request.headers['if-modified-since'])
        response.writeHead(304).end();
      else
        response.writeHead(200, { etag: '"1"', 'last-modified': 'Sat, 22 Aug 2026 11:05:00 GMT' }).end('x');
    };
    const reader = fetcher();
    const first = await reader.read(`${origin}/`);
    if (!first.ok || first.value.kind !== 'page') throw new Error('no page');
    expect(first.value.validators).toEqual({ etag: '"1"', lastModified: 'Sat, 22 Aug 2026 11:05:00 GMT' });
    expect(await reader.read(`${origin}/`, { validators: first.value.validators })).toEqual({
      ok: true,
      value: { kind: 'unchanged' },
    });
  });

  it('is asked for under an honest name with a way to reach us', async () => {
    await fetcher({ contact: 'mailto:editor@news.example' }).read(`${origin}/`);
    expect(asked.at(-1)?.headers['user-agent']).toBe('PozirkBot/1.0 (+mailto:editor@news.example)');
  });

  it('larger than the limit is not read, however small it comes packed', async () => {
    reply(200, { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(60 * 1024 * 1024, 'a')));
    const before = process.memoryUsage().rss;
    expect(await fetcher().read(`${origin}/`)).toMatchObject({ fault: { code: 'source.too_large' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * LARGEST_MB * MB);
  });

  it('that never ends or comes drop by drop is given up in time', async () => {
    answer = (_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    };
    expect(await fetcher().read(`${origin}/`, { withinMs: 200 })).toMatchObject({
      fault: { code: 'source.timeout' },
    });
    answer = () => undefined;
    expect(await fetcher().read(`${origin}/`, { withinMs: 200 })).toMatchObject({
      fault: { code: 'source.timeout' },
    });
  });

  it('that breaks off is not taken for the whole', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('<rss>');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await fetcher().read(`${origin}/`)).toMatchObject({ fault: { code: 'source.unreachable' } });
  });

  it.each([
    [404, 'source.gone'],
    [410, 'source.gone'],
    [403, 'source.status'],
    [500, 'source.status'],
    [304, 'source.status'],
    [503, 'source.throttled'],
    [429, 'source.throttled'],
  ])('answered with %i is %s', async (status, code) => {
    reply(status);
    expect(await fetcher().read(`${origin}/`)).toMatchObject({ ok: false, fault: { code } });
  });

  it('at an address that nobody serves is a fault', async () => {
    const reader = fetcher();
    expect(await reader.read('http://127.0.0.1:1/')).toMatchObject({
      fault: { code: 'source.unreachable' },
    });
    for (const address of ['ftp://x.example/', 'nonsense', ''])
      expect(await reader.read(address)).toMatchObject({ fault: { code: 'source.bad_address' } });
  });
});

describe('a redirect', () => {
  it('is followed five times, not more, and never in a circle', async () => {
    answer = (request, response) => {
      const [, kind, count = '0'] = (request.url ?? '').split('/');
      const left = Number(count);
      if (kind === 'loop') response.writeHead(302, { location: '/loop' }).end();
      else if (left === 0) response.end('there');
      else response.writeHead(301, { location: `/hop/${left - 1}` }).end();
    };
    const reader = fetcher();
    expect(await reader.read(`${origin}/hop/5`)).toMatchObject({
      value: { bytes: Buffer.from('there'), address: `${origin}/hop/0` },
    });
    expect(await reader.read(`${origin}/hop/7`)).toMatchObject({ fault: { code: 'source.redirects' } });
    expect(await reader.read(`${origin}/loop`)).toMatchObject({ fault: { code: 'source.redirects' } });
  });

  it('to something else than http is refused', async () => {
    reply(302, { location: 'file:///etc/passwd' });
    expect(await fetcher().read(`${origin}/`)).toMatchObject({ fault: { code: 'source.bad_address' } });
  });
});

describe('a private network', () => {
  it('is closed to a bot whose sources are public', async () => {
    const reader = fetcher({ addresses: ['https://news.invalid/'] });
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1']) {
      const address = origin.replace('127.0.0.1', host);
      expect(await reader.read(address), host).toMatchObject({
        ok: false,
        fault: { code: 'source.private_address' },
      });
    }
    expect(asked).toEqual([]);
  });

  it('is closed to names that lead there, over TLS as well, even to those that led elsewhere a moment ago', async () => {
    let connections = 0;
    server.on('connection', () => connections++);
    const answers: Record<string, string[]> = {
      'news.example': ['93.184.216.34', '127.0.0.1'],
      'inside.example': ['127.0.0.1'],
      'half.example': ['93.184.216.34 127.0.0.1'],
      'mapped.example': ['::ffff:127.0.0.1'],
      'cloud.example': ['169.254.169.254'],
    };
    const reader = fetcher({
      addresses: ['https://news.example/'],
      // The last answer stays.
      resolve: async (name) =>
        ((answers[name]?.length ?? 0) > 1 ? answers[name]?.shift() : (answers[name]?.[0] ?? ''))
          ?.split(' ')
          .map((address) => ({ address, family: isIP(address) })) ?? [],
    });
    const { port } = new URL(origin);
    for (const host of ['127.0.0.1', '[::1]', ...Object.keys(answers).toReversed()])
      for (const scheme of ['http', 'https'])
        expect(await reader.read(`${scheme}://${host}:${port}/`), host).toMatchObject({
          ok: false,
          fault: { code: 'source.private_address' },
        });
    expect(connections).toBe(0);
  });

  it('is closed to the bare socket over which an answer that is not as HTTP has it is asked for', async () => {
    const connect = connectOutside(async () => [{ address: '127.0.0.1', family: 4 }], SECOND);
    const asked = { headers: {}, signal: AbortSignal.timeout(SECOND), most: 1 };
    for (const host of ['127.0.0.1', '[::1]', 'inside.example'])
      await expect(askLoosely(connect, new URL(`http://${host}/`), asked)).rejects.toThrow(PrivateAddress);
  });

  it('is open to all of a source’s redirects where the source stands there by name', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const reader = fetcher({ addresses: ['http://home.example/'], resolve });
    const { port } = new URL(origin);
    expect(await reader.read(`http://home.example:${port}/`)).toMatchObject({ ok: true });
    expect(await reader.read(`http://other.example:${port}/`)).toMatchObject({ ok: true });
  });

  it('is open where a source itself stands there', async () => {
    expect(await fetcher().read(`${origin}/`)).toMatchObject({ ok: true });
  });

  it('is known by its address', async () => {
    for (const ip of [
      '10.0.0.1',
      '::ffff:10.0.0.1',
      '100.64.1.1',
      '169.254.169.254',
      '192.168.1.1',
      '::1',
      '::7f00:1',
      '::10.0.0.1',
      '::ffff:0:10.0.0.1',
      'fd00::1',
      'fe80::1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
    ])
      expect(isPrivateIp(ip), ip).toBe(true);
    for (const ip of ['93.184.216.34', '2a00:1450::1', '::ffff:93.184.216.34'])
      expect(isPrivateIp(ip), ip).toBe(false);
    expect(await isPrivateHost('localhost', resolveHere)).toBe(true);
    expect(await isPrivateHost('no-such-host.invalid', resolveHere)).toBe(false);
  });
});

describe('manners', () => {
  it('a server that asks to wait is left alone until then, on all its pages', async () => {
    reply(429, { 'retry-after': '60' });
    const reader = fetcher();
    const first = await reader.read(`${origin}/a`);
    expect(first).toMatchObject({ fault: { code: 'source.throttled', notBefore: expect.any(Number) } });
    const count = asked.length;
    expect(await reader.read(`${origin}/b`)).toMatchObject({ fault: { code: 'source.throttled' } });
    expect(asked).toHaveLength(count);
  });

  it('a picture that is refused so keeps no page waiting, only other pictures', async () => {
    reply(429, { 'retry-after': '60' });
    const reader = fetcher();
    const picture = { opening: 1000 };
    expect(await reader.read(`${origin}/a.jpg`, picture)).toMatchObject({ ok: false });
    const count = asked.length;
    expect(await reader.read(`${origin}/b.jpg`, picture)).toMatchObject({ ok: false });
    expect(asked).toHaveLength(count);
    reply(200, {}, 'x');
    expect(await reader.read(`${origin}/a`)).toMatchObject({ ok: true });
  });

  it('Retry-After is read as seconds or as a date, and at most an hour is believed', () => {
    const now = Date.parse('2026-08-22T12:00:00Z');
    expect(retryAfter('120', now)).toBe(now + 120_000);
    expect(retryAfter('Sat, 22 Aug 2026 12:05:00 GMT', now)).toBe(now + 300_000);
    expect(retryAfter('Sat, 22 Aug 2020 12:05:00 GMT', now)).toBe(now);
    expect(retryAfter('99999999', now)).toBe(now + 3_600_000);
    for (const value of [null, '', 'soon', '-5', '1.5e99']) expect(retryAfter(value, now) ?? now).toBe(now);
  });

  it('robots.txt is asked for once and obeyed', async () => {
    robots = 'User-agent: PozirkBot\nDisallow: /closed';
    const reader = fetcher();
    expect(await reader.read(`${origin}/closed/1`)).toMatchObject({ fault: { code: 'source.robots' } });
    expect(await reader.read(`${origin}/open`)).toMatchObject({ ok: true });
    expect(asked.map(({ url }) => url)).toEqual(['/robots.txt', '/open']);
  });

  it('robots.txt that forbids what we are to read is asked for again after half an hour', async () => {
    robots = 'User-agent: *\nDisallow: /';
    const clock = movedClock(Date.parse('2026-08-22T12:00:00Z'));
    const reader = fetcher({ clock });
    const read = async () => (await reader.read(`${origin}/news`)).ok;
    expect(await read()).toBe(false);
    robots = 'User-agent: *\nDisallow:';
    await clock.advance(29 * MINUTE);
    expect(await read()).toBe(false);
    await clock.advance(2 * MINUTE);
    expect(await read()).toBe(true);
  });

  it('one request at a time goes to a host, the listing before an article before a recheck', async () => {
    let open = 0;
    let most = 0;
    answer = (_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end('x');
      }, 20);
    };
    const reader = fetcher();
    await reader.read(`${origin}/warm`);
    await Promise.all([
      reader.read(`${origin}/first`),
      reader.read(`${origin}/recheck`, { urgency: 'recheck' }),
      reader.read(`${origin}/article`, { urgency: 'article' }),
      reader.read(`${origin}/listing`, { urgency: 'poll' }),
    ]);
    expect(most).toBe(1);
    expect(asked.slice(-4).map(({ url }) => url)).toEqual(['/first', '/listing', '/article', '/recheck']);
  });

  it('the gap lies between two requests to a host', async () => {
    const times: number[] = [];
    answer = (_, response) => {
      times.push(performance.now());
      response.end('x');
    };
    const reader = fetcher({ gapMs: 150 });
    await Promise.all([1, 2, 3].map((n) => reader.read(`${origin}/${n}`)));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(75);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan(75);
  });

  it('closing ends what is under way', async () => {
    answer = () => undefined;
    const reader = fetcher();
    const reading = reader.read(`${origin}/`);
    await realClock.sleep(50);
    await reader.close();
    expect(await reading).toMatchObject({ ok: false });
    expect(await reader.read(`${origin}/`)).toMatchObject({ ok: false });
  });
});

/** Answers by path; `said` is what the page says in the end. */
const routes = (paths: Readonly<Record<string, RequestListener>>) => {
  answer = (request, response) => {
    const route = paths[new URL(request.url ?? '', origin).pathname];
    if (route) route(request, response);
    else response.writeHead(404).end();
  };
};
const NEWS = 'the news';
const FEED = '<rss>the news</rss>';
/** Longer than the piece of an answer that is unpacked at a time. */
const LONG = `<rss>${'the news '.repeat(5000)}</rss>`;
const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = 'Transfer-Encoding: chunked\r\n\r\n';
const status =
  (code: number): RequestListener =>
  (_, response) =>
    void response.writeHead(code).end();
const news: RequestListener = (_, response) => void response.end(NEWS);
const to =
  (location: string, headers: Record<string, string | string[]> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(302, { location, ...headers }).end();
const read = async (path: string, options: Parameters<typeof fetcher>[0] = {}): Promise<string> => {
  const page = await fetcher(options).read(origin + path);
  if (!page.ok) return page.fault.detail;
  return page.value.kind === 'page' ? Buffer.from(page.value.bytes).toString() : page.value.kind;
};

describe('a server that a browser would get on with', () => {
  const withCookie =
    (cookie: RegExp, otherwise: RequestListener): RequestListener =>
    (request, response) =>
      (cookie.test(request.headers.cookie ?? '') ? news : otherwise)(request, response);

  it('is brought back the cookies that it gave within one reading, and no later', async () => {
    routes({ '/wall': withCookie(/^seen=1$/, to('/wall', { 'set-cookie': 'seen=1; Path=/; HttpOnly' })) });
    const own = fetcher();
    for (let reading = 0; reading < 2; reading++) {
      asked = [];
      expect(await own.read(`${origin}/wall`)).toMatchObject({ ok: true });
      expect(asked.filter(({ url }) => url === '/wall').map(({ headers }) => headers.cookie)).toEqual([
        undefined,
        'seen=1',
      ]);
    }
  });

  it.each([
    [
      'by another page',
      { '/a': withCookie(/token=9/, to('/give')), '/give': to('/a', { 'set-cookie': 'token=9; Path=/' }) },
    ],
    ['two at once', { '/a': withCookie(/x=1; y=2/, to('/a', { 'set-cookie': ['x=1', 'y=2'] })) }],
    [
      'that take another’s place',
      { '/a': withCookie(/^x=2$/, withCookie(/x=1/, to('/a', { 'set-cookie': 'x=1' }))), '/b': news },
    ],
  ] as const)('gives cookies %s', async (how, paths) => {
    const last: Record<string, RequestListener> = { ...paths };
    if (how.includes('place'))
      last['/a'] = (request, response) =>
        (request.headers.cookie === 'x=2'
          ? news
          : to('/a', { 'set-cookie': request.headers.cookie ? 'x=2' : 'x=1' }))(request, response);
    routes(last);
    expect(await read('/a')).toBe(NEWS);
  });

  it.each([
    ['another host', 'x=1; Domain=example.org'],
    ['a path that it does not cover', 'x=1; Path=/other'],
    ['a way that is not sealed', 'x=1; Secure'],
    ['nobody: it is over', 'x=1; Max-Age=0'],
    ['nobody: its time is over', 'x=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT'],
    ['a path that only begins alike', 'x=1; Path=/a'],
  ])('has its cookies sent to nobody but whom they are for: %s', async (_, cookie) => {
    routes({ '/a': to('/ab', { 'set-cookie': cookie }), '/ab': news });
    expect(await read('/a')).toBe(NEWS);
    expect(asked.at(-1)?.headers.cookie).toBeUndefined();
  });

  it('has a cookie without a path sent to the folder that set it, and the closest of one name first', async () => {
    routes({
      '/x/a': to('/x/y/b', {
        'set-cookie': ['own=1', 's=root; Path=/', 's=deep; Path=/x/y', 'o=; Path=/; Max-Age=9'],
      }),
      '/x/y/b': to('/z'),
      '/z': news,
    });
    expect(await read('/x/a')).toBe(NEWS);
    expect(asked.slice(-2).map(({ headers }) => headers.cookie)).toEqual([
      's=deep; own=1; s=root; o=',
      's=root; o=',
    ]);
  });

  it('may give cookies for ever: it is a loop all the same', async () => {
    let given = 0;
    routes({ '/a': (request, response) => to('/a', { 'set-cookie': `x=${given++}` })(request, response) });
    expect(await read('/a')).toMatch(/redirects/);
    expect(given).toBeLessThan(8);
  });

  it.each([20, 60])('has headers of %i kB', async (size) => {
    reply(200, { 'content-security-policy': 'a '.repeat(size * 512) }, NEWS);
    expect(await read('/')).toBe(NEWS);
  });

  it.each([200, 201, 202, 203, 206, 226])('answers with status %i', async (status) => {
    reply(status, {}, NEWS);
    expect(await read('/')).toBe(NEWS);
  });

  it.each([
    ['once', gzipSync(NEWS)],
    ['twice', gzipSync(gzipSync(NEWS))],
  ])('packs %s without saying so', async (_, body) => {
    reply(200, { 'content-type': 'application/x-gzip' }, body);
    expect(await read('/')).toBe(NEWS);
  });

  it.each([
    ['zlib', deflateSync],
    ['raw deflate', deflateRawSync],
    ['brotli', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ] as const)('packs with %s without saying so', async (_, pack) => {
    const feed = `<rss>${NEWS}</rss>`.repeat(20);
    reply(200, {}, pack(feed));
    expect(await read('/')).toBe(feed);
  });

  it('may pack a file that unpacks to itself', async () => {
    const nested = gzipSync(gzipSync(gzipSync(gzipSync(NEWS))));
    reply(200, {}, nested);
    expect(Buffer.from(await read('/'))).not.toHaveLength(0);
    expect(asked.filter(({ url }) => url === '/')).toHaveLength(1);
  });

  it.each([
    ['the length is counted wrongly', ['content-length: 100', FEED]],
    ['pieces have no end', ['transfer-encoding: chunked', `${FEED.length.toString(16)}\r\n${FEED}\r\n`]],
    [
      'a piece is counted wrongly',
      ['transfer-encoding: chunked', `${FEED.length.toString(16)}\r\n${FEED}\r\nzz\r\n`],
    ],
    [
      'something stands behind the last piece',
      ['transfer-encoding: chunked', `${FEED.length.toString(16)}\r\n${FEED}\r\n0\r\n\r\nGARBAGE`],
    ],
    ['nothing says how long it is', ['x: y', FEED]],
  ] as const)('answers with a whole document though %s', async (_, [header, body]) => {
    answer = (__, response) => void response.socket?.end(`HTTP/1.1 200 OK\r\n${header}\r\n\r\n${body}`);
    expect(await read('/')).toBe(FEED);
  });

  it.each([
    ['cuts the first connection', (_: IncomingMessage, response: ServerResponse) => void response.destroy()],
    [
      'says that it packs what it does not, unless one asks for nothing packed',
      (_: IncomingMessage, response: ServerResponse) =>
        void response.writeHead(200, { 'content-encoding': 'gzip' }).end(FEED),
    ],
    ['calls unchanged what it was not asked to compare', status(304)],
    ['fails where it is asked to compare', status(412)],
    ['finds no form that we want', status(406)],
  ] as const)('is asked once more, plainly, where it %s', async (_, first) => {
    answer = (request, response) =>
      request.headers.pragma === 'no-cache' && !request.headers['if-none-match']
        ? void response.end(FEED)
        : first(request, response);
    expect(await read('/')).toBe(FEED);
    expect(await fetcher().read(`${origin}/`, { validators: { etag: '"1"' } })).toMatchObject({
      ok: true,
    });
  });

  it.each([
    ['a tail behind the gzip', 'gzip', Buffer.concat([gzipSync(LONG), Buffer.from('\n\n')])],
    ['an empty line before the gzip', 'gzip', Buffer.concat([Buffer.from('\r\n'), gzipSync(LONG)])],
    ['another packing than it says', 'br', gzipSync(LONG)],
    ['no packing', 'gzip', Buffer.from(LONG)],
    ['gzip that it names twice', 'gzip, gzip', gzipSync(LONG)],
  ])('sends, however it is asked, %s', async (_, encoding, body) => {
    reply(200, { 'content-encoding': encoding }, body);
    expect(await read('/')).toBe(LONG);
    expect(asked.filter(({ url }) => url === '/')).toHaveLength(2);
  });

  it.each([
    ['line feeds alone', `HTTP/1.1 200 OK\nContent-Length: ${FEED.length}\n\n${FEED}`],
    ['the length twice', `${OK}Content-Length: 19\r\nContent-Length: 19\r\n\r\n${FEED}`],
    ['two lengths in one', `${OK}Content-Length: 19, 19\r\n\r\n${FEED}`],
    ['a length that is none', `${OK}Content-Length: -1\r\n\r\n${FEED}`],
    ['a length and pieces', `${OK}Content-Length: 5\r\n${CHUNKED}13\r\n${FEED}\r\n0\r\n\r\n`],
    ['blanks behind a piece’s size', `${OK}${CHUNKED}13  \r\n${FEED}\r\n0\r\n\r\n`],
    ['pieces that end with line feeds', `${OK}${CHUNKED}5\n<rss>\n0e\nthe news</rss>\n0\n\n`],
    ['pieces that are none', `${OK}${CHUNKED}${FEED}`],
    ['a header in two lines', `${OK}Content-Type: text/xml;\r\n charset=utf-8\r\n\r\n${FEED}`],
    ['a line without a colon', `${OK}PHP Notice\r\n\r\n${FEED}`],
    ['a name with blanks', `${OK}X Powered By: PHP\r\nX : y\r\n\r\n${FEED}`],
    ['“go on” to whoever waits for nothing', `HTTP/1.1 100 Continue\r\n\r\n${OK}\r\n${FEED}`],
    ['a version that has no such lines', `HTTP/2 200\r\n\r\n${FEED}`],
  ])('does not write as HTTP has it: %s', async (_, raw) => {
    answer = (__, response) => void response.socket?.end(raw);
    expect(await read('/')).toBe(FEED);
  });

  it.each([
    ['its length', `Content-Length: ${FEED.length}\r\n\r\n${FEED}`],
    ['its last piece', `${CHUNKED}5\r\n<rss>\r\ne\r\nthe news</rss>\r\n0\r\n\r\n`],
    [
      'a length, which does not count, and its last piece',
      `Content-Length: 0\r\n${CHUNKED}13\r\n${FEED}\r\n0\r\n`,
    ],
  ])('is not waited for once all has come by %s, however it comes', async (_, rest) => {
    const raw = `${OK}Bad Header: x\r\n${rest}`;
    for (const cut of [raw.length, 30, raw.indexOf('\r\n\r\n') + 4, raw.length - 6]) {
      answer = (__, { socket }) => {
        socket?.write(raw.slice(0, cut));
        setImmediate(() => socket?.write(raw.slice(cut)));
      };
      const page = await fetcher().read(`${origin}/`, { withinMs: 3000 });
      expect(page.ok && page.value.kind === 'page' && Buffer.from(page.value.bytes).toString()).toBe(FEED);
    }
  });

  it('may send a page in many pieces, but not nearly as many as a page has letters', async () => {
    const pieces = (count: number) =>
      `${OK}Bad Header: x\r\n${CHUNKED}${'1\r\na\r\n'.repeat(count)}0\r\n\r\n`;
    answer = (_, response) => void response.socket?.end(pieces(40_000));
    expect(await read('/')).toBe('a'.repeat(40_000));
    answer = (_, response) => void response.socket?.end(pieces(860_000));
    expect(await read('/')).toMatch(/^its answer is not as HTTP has it/);
  });

  it('may end with the very bytes with which more has come than is asked for', async () => {
    const all = `${OK}${CHUNKED}${'1\r\na\r\n'.repeat(20_000)}0\r\n\r\n`;
    const socket = new Duplex({
      read() {
        this.push(all);
        this.push(null);
      },
      write: (_, __, written) => written(),
    }) as Socket;
    const asked = { headers: {}, signal: AbortSignal.timeout(MINUTE), most: 20_001 };
    const response = await askLoosely((_, take) => take(null, socket), new URL(origin), asked);
    expect(await response.text()).toBe('a'.repeat(20_000));
  });

  it('is asked again without a trace where nobody reads the body of its answer', async () => {
    const any = vi.spyOn(AbortSignal, 'any');
    onTestFinished(() => any.mockRestore());
    for (const status of [204, 304, 301]) {
      let asked = 0;
      answer = (_, response) => {
        asked += 1;
        response.writeHead(asked === 1 ? 406 : asked === 2 ? status : 404, { location: '/elsewhere' }).end();
      };
      await fetcher().read(`${origin}/`);
      expect(asked).toBeGreaterThan(1);
    }
    const signals = any.mock.results.map(({ value }) => value as AbortSignal);
    expect(signals.length).toBeGreaterThan(3);
    expect(signals.flatMap((signal) => getEventListeners(signal, 'abort'))).toEqual([]);
  });

  it('is asked past the parser without a trace in what lasts as long as the bot', async () => {
    answer = (_, response) => void response.socket?.end(`${OK}Bad Header: x\r\n\r\n${FEED}`);
    const { signal } = new AbortController();
    const closed: Promise<unknown>[] = [];
    const response = await askLoosely(
      (_, take) => {
        const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => take(null, socket));
        closed.push(once(socket, 'close'));
      },
      new URL(origin),
      { headers: {}, signal, most: MB },
    );
    expect(await response.text()).toBe(FEED);
    await Promise.all(closed);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('has cookies, redirects, refusals and packing understood where it does not write as HTTP has it', async () => {
    const raw =
      (head: string, body: string | Buffer = ''): RequestListener =>
      (_, response) =>
        void response.socket?.end(Buffer.concat([Buffer.from(`HTTP/1.1 ${head}\n\n`), Buffer.from(body)]));
    routes({
      '/a': withCookie(/^x=1$/, raw('302 Found\nSet-Cookie: x=1\nLocation: /a')),
      '/packed': raw('200 OK\nContent-Encoding: gzip', gzipSync(NEWS)),
      '/none': raw('204 No Content'),
      '/gone': raw('404 Not Found'),
      '/large': raw('200 OK', 'a'.repeat(LARGEST_MB * MB + 1)),
    });
    expect(await read('/a')).toBe(NEWS);
    expect(await read('/packed')).toBe(NEWS);
    expect(await read('/none')).toBe('');
    expect(await read('/gone')).toBe('status 404: no such page');
    expect(await read('/large')).toMatch(/more than 5 MB/);
  });

  it.each([
    ['breaks off', `HTTP/1.1 200 OK\nContent-Length: 100\n\n<rss>the ne`, /^the connection was cut/],
    ['breaks off in a piece', `HTTP/1.1 200 OK\n${CHUNKED}13\n<rss>the ne`, /^the connection was cut/],
    ['has no headers', FEED, /^its answer is not as HTTP has it/],
    ['goes on for ever before it begins', 'HTTP/1.1 100 Continue\n\n'.repeat(9), /./],
  ])('may not write as HTTP has it, but what %s is no page', async (_, raw, why) => {
    answer = (__, response) => void response.socket?.end(raw);
    expect(await read('/')).toMatch(why);
    expect(asked.filter(({ url }) => url === '/').length).toBeLessThan(3);
  });

  it('that hangs is left in time, even where it does not write as HTTP has it', async () => {
    answer = (_, response) => void response.socket?.write('HTTP/1.1 200 OK\n\n<rss>');
    expect(await fetcher().read(`${origin}/`, { withinMs: 200 })).toMatchObject({
      fault: { code: 'source.timeout' },
    });
  });

  it.each([400, 412, 416, 431, 500])(
    'is asked without comparing where that is answered with %i',
    async (code) => {
      answer = ({ headers }, response) =>
        headers['if-none-match'] ? void response.writeHead(code).end() : void response.end(FEED);
      const again = await fetcher().read(`${origin}/`, { validators: { etag: '"1"' } });
      expect(again).toMatchObject({ ok: true, value: { kind: 'page' } });
    },
  );

  it('is not given back an ETag that is longer than its answer', async () => {
    reply(200, { etag: `"${'a'.repeat(5000)}"` }, FEED);
    expect(await fetcher().read(`${origin}/`)).toMatchObject({ value: { validators: {} } });
  });

  it('is asked once more only', async () => {
    answer = (_, response) => void response.destroy();
    expect(await read('/')).toMatch(/^the connection was cut/);
    expect(asked.filter(({ url }) => url === '/')).toHaveLength(2);
  });

  it('may say gzip and pack a bomb inside that it does not say', async () => {
    reply(200, { 'content-encoding': 'gzip' }, gzipSync(gzipSync(Buffer.alloc(60 * MB, 'a'))));
    expect(await read('/')).toMatch(/more than 5 MB/);
  });

  it.each([
    ['<meta http-equiv="refresh" content="0; url=/there">', NEWS],
    ["<META content='3;URL=/there' HTTP-EQUIV=Refresh>", NEWS],
    ['<meta http-equiv="refresh" content="0; url=\'there?a=1&amp;b=2\'">', NEWS],
    ['<meta http-equiv=refresh content=0;url=/there>', NEWS],
    ['<meta content="0;&#x20;URL=&quot;/there&quot;" http-equiv=" Refresh "/>', NEWS],
    ['<meta http-equiv="refresh" content=".5 /there#top">', NEWS],
  ])('leads on by a page: %s', async (tag, said) => {
    routes({ '/a': (_, response) => void response.end(`<html><head>${tag}</head></html>`), '/there': news });
    expect(await read('/a')).toBe(said);
  });

  it('leads on by a header, and to itself with a cookie', async () => {
    routes({
      '/a': (_, response) => void response.writeHead(200, { refresh: '0; url=/b' }).end('<p>Wait.</p>'),
      '/b': ({ headers }, response) =>
        headers.cookie?.includes('seen=1')
          ? void response.end(NEWS)
          : void response
              .writeHead(200, { 'set-cookie': 'seen=1' })
              .end('<meta http-equiv="refresh" content="0">'),
    });
    expect(await read('/a')).toBe(NEWS);
  });

  it.each([
    '<meta http-equiv="refresh" content="300">',
    '<meta http-equiv="refresh" content="300; url=/there">',
    '<meta http-equiv="refresh" content="0; url=/a">',
    '<noscript><meta http-equiv="refresh" content="0; url=/there"></noscript>',
    '<meta http-equiv="refresh" content="0; url=javascript:alert(1)">',
    '<!-- <meta http-equiv="refresh" content="0;url=/there"> --><p>Stays.</p>',
    '<script>document.write(\'<meta http-equiv="refresh" content="0;url=/there">\')</script>',
    '<rss><![CDATA[<meta http-equiv="refresh" content="0;url=/there">]]></rss>',
    '<meta name="refresh" content="0;url=/there">',
  ])('has a page that stays: %s', async (tag) => {
    routes({ '/a': (_, response) => void response.end(tag), '/there': news });
    expect(await read('/a')).toBe(tag);
  });

  it('may say twice where it leads', async () => {
    routes({ '/a': to('/there?a=1, /there?a=1'), '/there': news });
    expect(await read('/a')).toBe(NEWS);
    expect(asked.at(-1)?.url).toBe('/there?a=1');
  });

  it('writes its own letters into a redirect', async () => {
    routes({
      '/a': (_, response) => {
        response.socket?.end(
          Buffer.from(
            'HTTP/1.1 301 Moved\r\nLocation: /навіны?q=ё\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
          ),
        );
      },
      [encodeURI('/навіны')]: news,
    });
    expect(await read('/a')).toBe(NEWS);
  });

  it('writes letters of an older encoding into a redirect', async () => {
    const [head, tail] = [
      'HTTP/1.1 301 Moved\r\nLocation: /',
      '\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    ];
    routes({
      '/a': (_, response) => void response.socket?.end(Buffer.from(`${head}\xed\xe0${tail}`, 'latin1')),
      '/%ED%E0': news,
    });
    expect(await read('/a')).toBe(NEWS);
  });
});

describe('a feed', () => {
  const FEED_TEXT = '<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>';
  it.each([404, 500, 403, 300, 301])('that comes with status %i is one all the same', async (status) => {
    reply(status, { 'content-type': 'application/rss+xml' }, FEED_TEXT);
    expect(await read('/')).toBe(FEED_TEXT);
  });

  it.each([
    [404, 'application/xml', '<Error><Code>NoSuchKey</Code></Error>', 'status 404: no such page'],
    [404, 'text/html', FEED_TEXT, 'status 404: no such page'],
    [503, 'application/rss+xml', FEED_TEXT, 'status 503: it is busy or under maintenance'],
  ] as const)('is nothing else: %i, %s', async (status, type, body, words) => {
    reply(status, { 'content-type': type }, body);
    expect(await read('/')).toBe(words);
  });
});

describe('a reason', () => {
  const CHALLENGE = '<title>Just a moment...</title><script>window._cf_chl_opt={}</script>';
  it.each([
    [403, {}, CHALLENGE, 'status 403: a challenge or maintenance page instead of the site'],
    [
      403,
      { 'cf-mitigated': 'challenge' },
      '',
      'status 403: a challenge or maintenance page instead of the site',
    ],
    [503, {}, CHALLENGE, 'status 503: a challenge or maintenance page instead of the site'],
    [403, {}, 'no', 'status 403: it does not let us in'],
    [401, {}, '', 'status 401: it asks for a password'],
    [451, {}, '', 'status 451: it is blocked by law'],
    [502, {}, '', 'status 502: the server has a fault'],
    [418, {}, '', 'status 418: not a page'],
  ] as const)('of status %i is said in words', async (status, headers, body, words) => {
    reply(status, headers, body);
    expect(await read('/')).toBe(words);
  });

  it('of a page that was refused does not wait for the page to end', async () => {
    answer = (_, response) => void response.writeHead(403).write('x'.repeat(30_000));
    expect(await read('/')).toBe('status 403: it does not let us in');
  });
});

describe('the operator', () => {
  it('may have robots.txt left aside', async () => {
    robots = 'User-agent: *\nDisallow: /';
    reply(200, {}, NEWS);
    expect(await read('/')).toMatch(/robots/);
    expect(await read('/', { robots: 'ignore' })).toBe(NEWS);
  });

  it('says how large an answer may be', async () => {
    reply(200, {}, 'a'.repeat(6 * MB));
    expect(await read('/')).toBe('more than 5 MB (SOURCE_MAX_MB)');
    expect(await read('/', { maxMb: 7 })).toHaveLength(6 * MB);
  });
});
