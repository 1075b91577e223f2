/** A bot as an operator runs it, whose newsroom is hostile: whether it ends when it is told to, and what it remembers. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';
import { round, row } from '../table.ts';
import { WORST } from './documents.ts';

/** As `npm start` runs it. */
const FLAGS = /^bot='(.*)'$/m.exec(readFileSync('scripts/run.sh', 'utf8'))?.[1]?.split(' ') ?? [];
/** The bot has begun to read for so long when it is told to end, ms. */
const ENDS_AFTER_MS = [300, 1000, 2500];
/** A feed is read as far as its 500th entry. */
const FEEDS = 2;
const HOSTS_EACH = 500;
/** As many hosts as a bot meets in a minute; then polls go on for a while. */
const HOSTS_WITHIN_MS = 180_000;
const AFTERWARDS_MS = 20_000;

/** The worst robots.txt that is read whole. */
const ROBOTS = Buffer.from(
  `User-agent: *\n${Array.from({ length: 2000 }, (_, rule) => `Disallow: /${rule}-${'я'.repeat(115)}`).join('\n')}`,
);
const STORY = `<html><body><article><h1>A story of this host</h1><p>${'Words of a story. '.repeat(20)}</p></article></body></html>`;

/** A bot that reads these addresses, until the result of `use` is there. */
async function withBot(
  answer: (port: number) => RequestListener,
  sources: (root: string) => Record<string, string>,
  use: (bot: BotProcess) => Promise<void>,
): Promise<void> {
  const server: Server = createServer((request, response) => answer(portOf(server))(request, response));
  // Its connections are to stand open for as long as a client lets them.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const town = await openTown();
  const bot = startBot(
    { ...town.env, ...sources(`http://127.0.0.1:${portOf(server)}`) },
    [],
    [...FLAGS, 'src/main.ts'],
  );
  try {
    await bot.ready(60_000);
    await use(bot);
  } finally {
    await bot.end('SIGKILL');
    await town.close();
    server.closeAllConnections();
    server.close();
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** SIGTERM while each edition reads documents of the worst kind at each poll. */
export async function endAmidDocuments(): Promise<void> {
  const kinds = Object.values(WORST);
  const ends: number[] = [];
  let codes = 0;
  for (const afterMs of ENDS_AFTER_MS) {
    let asked = 0;
    await withBot(
      () => (_, response) => response.end(kinds[asked++ % kinds.length]?.bytes),
      (root) => ({ SOURCE_BE: `${root}/be`, SOURCE_RU: `${root}/ru`, SOURCE_EN: `${root}/en` }),
      async (bot) => {
        await eventually(() => asked > 0);
        await new Promise((resolve) => setTimeout(resolve, afterMs));
        const told = performance.now();
        if ((await bot.end('SIGTERM')) === 0) codes += 1;
        ends.push((performance.now() - told) / 1000);
      },
    );
  }
  row(
    'SIGTERM while all editions read such documents: over',
    `${round(Math.max(...ends), 1)} s`,
    'within 10 s',
  );
  row('  with exit code 0', `${codes} of ${ENDS_AFTER_MS.length}`, 'all');
}

/** Feeds whose stories stand each on a host of its own, each with the worst robots.txt. On Linux all of 127.0.0.0/8 is here. */
export async function rememberHosts(): Promise<void> {
  const seen = new Set<string>();
  const item = (host: string, index: number) =>
    `<item><title>Story ${index} of ${host}</title><link>http://${host}/story</link><guid>${host}</guid></item>`;
  await withBot(
    (port) => (request, response) => {
      const { url = '', headers } = request;
      const feed = /^\/feed(\d)/.exec(url)?.[1];
      if (feed !== undefined) {
        const hosts = Array.from(
          { length: HOSTS_EACH },
          (_, index) => `127.${Number(feed) + 1}.${Math.floor(index / 250)}.${(index % 250) + 1}:${port}`,
        );
        response.setHeader('content-type', 'application/rss+xml');
        return response.end(`<rss><channel><title>Town</title>${hosts.map(item).join('')}</channel></rss>`);
      }
      if (url === '/robots.txt') return response.end(headers.host?.startsWith('127.0.') ? '' : ROBOTS);
      seen.add(headers.host ?? '');
      response.setHeader('content-type', 'text/html');
      response.end(STORY);
    },
    (root) => ({ SOURCE_BE: `${root}/feed0`, SOURCE_RU: `${root}/feed1`, SOURCE_EN: `${root}/story` }),
    async (bot) => {
      await eventually(() => seen.size >= FEEDS * HOSTS_EACH, HOSTS_WITHIN_MS).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, AFTERWARDS_MS));
      row(
        'stories on hosts of their own, each with its robots.txt',
        String(seen.size),
        `at least ${FEEDS * HOSTS_EACH}`,
      );
      row(
        '  most memory of the bot, its reading threads among it',
        `${mostMemory(bot)} MB`,
        'at most 300 MB',
      );
    },
  );
}

/** Most resident memory of the process so far, MB. */
function mostMemory({ child }: BotProcess): string {
  const kilobytes = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  return round(Number(kilobytes) / 1000, 0);
}
