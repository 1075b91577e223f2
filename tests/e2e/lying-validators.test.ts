import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';
import { headlineOf, type Row, rowsFeed } from '#testing/rows.ts';

const HOUR = 3_600_000;
let town: Awaited<ReturnType<typeof openTown>>;
let bot: BotProcess;
let server: Server;
let unchanged = 0;
const rows: Row[] = [];
/** A row under an address of the server's own, which has no pages. */
const row = (n: number, at: number): Row => ({ n, guid: `g${n}`, at, link: `${origin}/en/news/${n}` });
let origin = '';

/** Calls every version of its feed the same. */
beforeAll(async () => {
  server = createServer((request, response) => {
    if (!request.url?.startsWith('/feed')) return void response.writeHead(404).end();
    if (request.headers['if-none-match'] || request.headers['if-modified-since']) {
      unchanged++;
      return void response.writeHead(304).end();
    }
    const ahead = new Date(Date.now() + 30 * 24 * HOUR).toUTCString();
    response.writeHead(200, {
      'content-type': 'application/rss+xml',
      etag: '"constant"',
      'last-modified': ahead,
    });
    response.end(rowsFeed(rows));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  town = await openTown();
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  rows.push(...[3, 2, 1].map((n) => row(n, Date.now() - 5 * HOUR)));
  bot = startBot({ ...town.env, SOURCE_EN: `${origin}/feed`, SOURCE_BE: 'off', SOURCE_RU: 'off' });
  await bot.ready();
});

afterAll(async () => {
  await bot.end('SIGKILL');
  server.close();
  await town.close();
});

it('a server that calls every version of its feed unchanged does not stop the news', async () => {
  const reader = town.telegram.person({ language: 'en' });
  reader.send('/subscribe en');
  await eventually(() => reader.messages().some(({ fromBot }) => fromBot));
  await eventually(() => unchanged > 0);
  rows.unshift(row(4, Date.now()));
  await eventually(() => reader.messages().some(({ text }) => text.includes(headlineOf(4))));
  // Caught once, it is not believed any more.
  const before = unchanged;
  rows.unshift(row(5, Date.now()));
  await eventually(() => reader.messages().some(({ text }) => text.includes(headlineOf(5))));
  expect(unchanged).toBe(before);
}, 60_000);
