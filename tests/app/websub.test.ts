import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDoorbell } from '#src/app/doorbell.ts';
import { createWebSub } from '#src/app/websub.ts';
import { type HttpServer, startHttp } from '#src/http.ts';
import { parseFeed } from '#src/source/feed/parse.ts';
import { createFetcher } from '#src/source/fetch/fetch.ts';
import type { Store } from '#src/store/redis.ts';
import { DAY, MINUTE, SECOND, watched } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';
import { silentLogger } from '#testing/log.ts';

const TOPIC = 'https://news.example/be/feed/';
const clock = movedClock(Date.parse('2026-11-24T09:00:00Z'));
/** Nobody is rung at elsewhere. */
const store = { redis: { del: () => new Promise(() => undefined) } } as unknown as Store;
const bell = createDoorbell({ clock: watched(clock), store });
/** Requests that the hub was sent, the newest last. */
const asked: URLSearchParams[] = [];
const rung: string[] = [];
let answer = 202;

const hub = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += String(part)));
  request.on('end', () => {
    asked.push(new URLSearchParams(body));
    response.writeHead(answer).end();
  });
});
let http: HttpServer;
let hubUrl = '';
let websub: ReturnType<typeof createWebSub>;
const fetcher = createFetcher({ clock, gapMs: 0, addresses: ['http://127.0.0.1/'] });

beforeAll(async () => {
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  hubUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/`;
  for (const edition of ['be', 'ru'] as const)
    bell.answer(edition, () => rung.push(edition), new AbortController().signal);
  http = await startHttp({
    host: '127.0.0.1',
    port: 0,
    fixed: true,
    waiting: () => [],
    metrics: async () => '',
    log: silentLogger,
    hub: {
      verify: (query) => websub.verify(query),
      async heard(query, signature, body) {
        const edition = await websub.heard(query, signature, body);
        return edition ? bell.ring(edition) : 'unsigned';
      },
    },
  });
});

afterAll(async () => {
  await fetcher.close();
  await http.close();
  hub.close();
});

beforeEach(async () => {
  await clock.advance(MINUTE);
  asked.length = 0;
  rung.length = 0;
  answer = 202;
  websub = createWebSub(`${http.url}/hook/source`, 'a-secret-of-ours', clock, silentLogger);
});

const keep = () => websub.keep('be', { hub: hubUrl, topic: TOPIC }, fetcher);

/** The hub asks whether it was we; its challenge comes back. */
async function verify(change: Record<string, string> = {}): Promise<Response> {
  const url = new URL(asked.at(-1)?.get('hub.callback') ?? '');
  const query = { mode: 'subscribe', topic: TOPIC, challenge: 'say this', lease_seconds: '86400', ...change };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(`hub.${name}`, value);
  return fetch(url);
}

async function publish(body: string, key = asked.at(-1)?.get('hub.secret') ?? '', method = 'sha256') {
  const signature = `${method}=${createHmac(method, key).update(body).digest('hex')}`;
  const url = asked.at(-1)?.get('hub.callback') ?? '';
  const sent = await fetch(url, { method: 'POST', headers: { 'x-hub-signature': signature }, body });
  await clock.advance(2 * SECOND);
  return sent.status;
}

describe('a hub of WebSub that a feed names', () => {
  it('is asked to tell, learns that it was we, and what it then sends makes us look at that edition', async () => {
    await keep();
    expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({ 'hub.mode': 'subscribe', 'hub.topic': TOPIC });
    const verified = await verify();
    expect([verified.status, await verified.text()]).toEqual([200, 'say this']);
    expect(await publish('<rss>the body is nobody’s news</rss>')).toBe(202);
    expect(await publish('again', undefined, 'sha1')).toBe(202);
    expect(rung).toEqual(['be', 'be']);
  });

  it('makes nobody look without the signature that we gave it, and confirms nothing that we did not ask for', async () => {
    await keep();
    expect(await publish('forged', 'another secret')).toBe(401);
    expect((await verify({ topic: 'https://elsewhere.example/feed' })).status).toBe(404);
    expect((await verify({ mode: 'unsubscribe' })).status).toBe(404);
    const other = asked.at(-1);
    other?.set('hub.callback', (other.get('hub.callback') ?? '').replace('edition=be', 'edition=ru'));
    expect(await publish('of another edition')).toBe(401);
    expect(rung).toEqual([]);
  });

  it.each([
    ['sha256=ab', 'xx'],
    ['', 'be'],
    ['md5=ab', 'be'],
    ['sha256=none', 'be'],
  ])(
    'whose signature %s of edition %s cannot be ours is refused before it has said anything',
    async (signature, edition) => {
      const socket = connect(http.port, '127.0.0.1');
      const head = `POST /hook/source?edition=${edition}&tag=x HTTP/1.1\r\nHost: localhost\r\nX-Hub-Signature: ${signature}`;
      socket.write(`${head}\r\nContent-Length: 4900000\r\n\r\n`);
      const [answer] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1.1 401 /);
      socket.destroy();
    },
  );

  it('is asked again at half of its lease, after ten minutes where it does not call back or is ill, much later where it refuses', async () => {
    const askedAfter = async (ms: number): Promise<number> => {
      await clock.advance(ms);
      await keep();
      return asked.length;
    };
    await keep();
    expect(await askedAfter(9 * MINUTE)).toBe(1);
    expect(await askedAfter(MINUTE)).toBe(2);
    await verify();
    expect(await askedAfter(DAY / 2 - MINUTE)).toBe(2);
    expect(await askedAfter(MINUTE)).toBe(3);
    answer = 503;
    expect(await askedAfter(10 * MINUTE)).toBe(4);
    answer = 403;
    expect(await askedAfter(10 * MINUTE)).toBe(5);
    expect(await askedAfter(DAY / 8)).toBe(5);
    expect(await askedAfter(DAY / 8)).toBe(6);
  });

  it('is found in each kind of feed, with the name under which it knows the feed', async () => {
    const at = 'https://news.example/feed';
    const hubs = [
      `<rss xmlns:atom="a"><channel><atom:link rel='self' href='/self'/><atom:link rel="hub" href="https://hub.example/?a=1&amp;b=2"/></channel></rss>`,
      '<feed><link href="https://hub.example/?a=1&amp;b=2" rel="hub"/><link rel="self" href="https://news.example/self"/></feed>',
      '{"items":[],"feed_url":"https:\\/\\/news.example/self","hubs":[{"type":"rssCloud","url":"https://no.example"},{"type":"WebSub","url":"https://hub.example/?a=1&b=2"}]}',
    ];
    const hubOf = async (feed: string) => {
      const reading = await parseFeed(feed, at);
      return reading.ok ? reading.value.hub : reading;
    };
    for (const feed of hubs)
      expect(await hubOf(feed)).toEqual({
        hub: 'https://hub.example/?a=1&b=2',
        topic: 'https://news.example/self',
      });
    expect(await hubOf('<feed><link rel="hub" href="https://hub.example/"/></feed>')).toMatchObject({
      topic: at,
    });
    const within = '<item><link rel="hub" href="https://bad.example/"/></item>';
    expect(await hubOf(`<rss><channel>${within}</channel></rss>`)).toBeUndefined();
  });
});
