import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher } from '#src/source/fetch/fetch.ts';
import type { Resolve } from '#src/source/fetch/network.ts';
import { realClock } from '#src/time.ts';
import { TEST_TLS } from '#testing/certificate.ts';
import { startHttpProxy, startSocksProxy, type TestProxy } from '#testing/proxies.ts';

const NAMES: Readonly<Record<string, string>> = {
  'news.example': '93.184.216.34',
  'mirror.example': '93.184.216.35',
  'inside.example': '10.0.0.5',
  'home.example': '192.168.1.2',
};
const resolve: Resolve = async (name) => {
  const address = NAMES[name];
  if (!address) throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
  return [{ address, family: 4 }];
};

/** The newsroom stands on loopback, in the clear and within TLS, under names that only the proxy leads to. */
let servers: Server[];
let port: number;
let securePort: number;
let location = '';
const trusted = getCACertificates();
const closing: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  const answer: RequestListener = (request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else if (request.url === '/away') response.writeHead(302, { location }).end();
    else response.end(`read as ${request.headers.host}`);
  };
  servers = [createServer(answer), createSecureServer(TEST_TLS, answer)];
  for (const server of servers) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  [port = 0, securePort = 0] = servers.map((server) => (server.address() as AddressInfo).port);
  setDefaultCACertificates([...trusted, TEST_TLS.cert]);
});
afterAll(async () => {
  setDefaultCACertificates(trusted);
  for (const server of servers) await new Promise((done) => server.close(done));
});
afterEach(async () => {
  for (const each of closing.splice(0).toReversed()) await each.close();
});

const PROXIES = {
  http: () => startHttpProxy(),
  https: () => startHttpProxy(TEST_TLS),
  socks5: startSocksProxy,
  socks5h: startSocksProxy,
} as const;

async function through(kind: keyof typeof PROXIES, source = 'news.example', login = '') {
  const proxy: TestProxy = await PROXIES[kind]();
  closing.push(proxy);
  const proxyUrl = proxy.url.replace(/^socks5:/, `${kind}:`).replace('//', `//${login}`);
  const address = `http://${source}:${port}`;
  const fetcher = createFetcher({
    clock: realClock,
    gapMs: 0,
    proxyUrl,
    addresses: [`${address}/`],
    resolve,
  });
  closing.push(fetcher);
  return { proxy, address, read: (url: string) => fetcher.read(url) };
}

describe.each(['http', 'https', 'socks5', 'socks5h'] as const)('through a proxy of %s', (kind) => {
  it('every page is read, each host under its own name, which only the proxy resolves', async () => {
    const { proxy, address, read } = await through(kind);
    const urls = [address, `http://mirror.example:${port}`, `https://news.example:${securePort}`];
    for (const url of urls)
      expect(await read(`${url}/en/news/`)).toMatchObject({
        value: { bytes: Buffer.from(`read as ${new URL(url).host}`) },
      });
    expect(new Set(proxy.asked)).toEqual(new Set(urls.map((url) => new URL(url).host)));
  });

  it('a name that we do not know here is left to the proxy', async () => {
    const { read } = await through(kind, 'only-the-proxy-knows.example');
    expect(await read(`http://only-the-proxy-knows.example:${port}/`)).toMatchObject({ ok: true });
    expect(await read(`http://another-one.example:${port}/`)).toMatchObject({ ok: true });
  });

  it.each([
    '127.0.0.1',
    '2130706433',
    '0177.0.0.1',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
    'localhost',
    'localhost.',
    'x.localhost',
    'inside.example',
  ])('a redirect to %s does not reach the proxy', async (host) => {
    const { proxy, address, read } = await through(kind);
    location = `http://${host}:${port}/`;
    expect(await read(`${address}/away`)).toMatchObject({ fault: { code: 'source.private_address' } });
    expect(new Set(proxy.asked)).toEqual(new Set([`news.example:${port}`]));
  });

  it('a source that itself stands in a private network may lead there', async () => {
    const { address, read } = await through(kind, 'home.example');
    location = `http://inside.example:${port}/`;
    expect(await read(`${address}/away`)).toMatchObject({ ok: true });
  });

  it('user name and password are given to it', async () => {
    const { proxy, address, read } = await through(kind, 'news.example', 'reader:pass%20word@');
    expect(await read(`${address}/`)).toMatchObject({ ok: true });
    expect(proxy.logins[0]).toBe('reader:pass word');
  });

  it('that is gone is a fault and not a hang', async () => {
    const { proxy, address, read } = await through(kind);
    await proxy.close();
    closing.shift();
    expect(await read(`${address}/`)).toMatchObject({ ok: false, fault: { code: 'source.unreachable' } });
  });
});
