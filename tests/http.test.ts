import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpOptions, type HttpServer, startHttp, type Webhook } from '#src/http.ts';
import { createLogger } from '#src/log.ts';
import { silentLogger } from '#testing/log.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function start(options: Partial<HttpOptions> = {}): Promise<HttpServer> {
  const server = await startHttp({
    host: '127.0.0.1',
    port: 0,
    fixed: true,
    waiting: () => [],
    metrics: async () => 'pozirk_sends_total 1\n',
    log: silentLogger,
    ...options,
  });
  opened.push(server);
  return server;
}

function webhook(received: unknown[], more: Partial<Webhook> = {}): Webhook {
  return {
    path: '/hook',
    secret: 'right-secret',
    receive: async (update) => received.push(update) > 0,
    ...more,
  };
}

const post = (server: HttpServer, secret: string | undefined, body: string): Promise<Response> =>
  fetch(`${server.url}/hook`, {
    method: 'POST',
    body,
    headers: secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret },
  });

async function takenPort(): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  opened.push({ close: () => new Promise((resolve) => other.close(resolve)) });
  return (other.address() as AddressInfo).port;
}

/** The status of a request that asks for `host`. */
function statusFor(port: number, path: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1]));
    });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  });
}

describe('the HTTP server', () => {
  it.each([
    ['127.0.0.1:8080', 200],
    ['[::1]:8080', 200],
    ['localhost', 200],
    ['bot:8080', 200],
    ['rebound.example.org', 421],
    ['127.0.0.1.example.org:8080', 421],
    ['localhost.', 421],
  ])('gives metrics and page to whoever asks for %s: %i', async (host, status) => {
    const { port } = await start({ page: (_, response) => void response.end('page') });
    expect(await statusFor(port, '/metrics', host)).toBe(status);
    expect(await statusFor(port, '/', host)).toBe(status);
    expect(await statusFor(port, '/healthz', host)).toBe(200);
  });

  it('is healthy as soon as it answers, ready when everything is', async () => {
    let waiting = ['redis', 'telegram'];
    const { url } = await start({ waiting: () => waiting });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const unready = await fetch(`${url}/readyz`);
    expect([unready.status, await unready.json()]).toEqual([
      503,
      { ready: false, waiting: ['redis', 'telegram'] },
    ]);
    waiting = [];
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('lets the newsroom ring with its secret only, by POST only', async () => {
    let rung = 0;
    let isRead = true;
    const ring = async () => (isRead && ++rung > 0 ? ('taken' as const) : ('unread' as const));
    const { url } = await start({ bell: { secret: 'a-long-enough-secret', ring } });
    const ask = async (authorization: string, method = 'POST') =>
      (await fetch(`${url}/hook/source`, { method, headers: { authorization } })).status;
    expect(await ask('Bearer a-long-enough-secret')).toBe(202);
    for (const wrong of ['', 'Bearer', 'Bearer a-long-enough-secreT', 'Basic a-long-enough-secret'])
      expect(await ask(wrong)).toBe(401);
    expect(await ask('Bearer a-long-enough-secret', 'GET')).toBe(405);
    expect(rung).toBe(1);
    isRead = false;
    expect(await ask('Bearer a-long-enough-secret')).toBe(503);
    const closed = await start();
    expect((await fetch(`${closed.url}/hook/source`, { method: 'POST' })).status).toBe(404);
  });

  it('shows the metrics as Prometheus reads them', async () => {
    const { url } = await start();
    const page = await fetch(`${url}/metrics`);
    expect(page.headers.get('content-type')).toContain('version=0.0.4');
    expect(await page.text()).toContain('pozirk_sends_total 1');
  });

  it('knows no other address, unless there is a page', async () => {
    expect((await fetch(`${(await start()).url}/`)).status).toBe(404);
    expect((await fetch(`${(await start()).url}/hook`, { method: 'POST' })).status).toBe(404);
    const { url } = await start({ page: (_, response) => response.end('the sandbox') });
    expect(await (await fetch(`${url}/chat/1`)).text()).toBe('the sandbox');
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
  });

  it('tells nothing about an error inside', async () => {
    const { url } = await start({ metrics: () => Promise.reject(new Error('secret 5512345678')) });
    const page = await fetch(`${url}/metrics`);
    expect([page.status, await page.text()]).toEqual([500, 'internal error\n']);
  });

  it.each([
    ['a head', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Drip: ', 300],
    ['a body', 'POST /hook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n', 900],
  ])('hangs up on %s that comes in drips', async (_, beginning, mostMs) => {
    const server = await start({ headMs: 300, webhook: webhook([]) });
    const socket = connect(server.port, '127.0.0.1');
    const began = performance.now();
    const over = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(beginning);
    const drip = setInterval(() => socket.write('a'), 20);
    await over;
    clearInterval(drip);
    expect(performance.now() - began).toBeLessThan(mostMs + 5000);
  });

  it('closes while a connection is open', async () => {
    const server = await start();
    const idle = connect(server.port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
    idle.destroy();
  });
});

describe('a hub, which anybody may claim to be,', () => {
  const parts: string[] = [];
  let onPart: () => void = () => undefined;
  const hub: HttpOptions['hub'] = {
    verify: () => undefined,
    async heard(_, __, body) {
      for await (const part of body) {
        parts.push(String(part));
        onPart();
      }
      return 'taken';
    },
  };
  const call = async (length: number, options: Partial<HttpOptions> = {}) => {
    const { port } = await start({ hub, ...options });
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST /hook/source?tag=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`);
    return socket;
  };
  const nextPart = () => new Promise<void>((resolve) => (onPart = resolve));

  it('is heard as it speaks: nothing is kept until it ends', async () => {
    const socket = await call(10);
    for (const said of ['begin', 'ended']) {
      const heard = nextPart();
      socket.write(said);
      await heard;
    }
    const [answer] = await once(socket, 'data');
    expect([parts, String(answer).slice(0, 12)]).toEqual([['begin', 'ended'], 'HTTP/1.1 202']);
    socket.destroy();
  });

  it('is not heard for longer than a feed is', async () => {
    const { url } = await start({ hub });
    const send = async (length: number) =>
      (await fetch(`${url}/hook/source?tag=x`, { method: 'POST', body: 'x'.repeat(length) })).status;
    expect([await send(5_000_000), await send(5_000_001)]).toEqual([202, 413]);
  });

  it('fills no log by hanging up', async () => {
    const line = Promise.withResolvers<string>();
    const socket = await call(10, { log: createLogger('debug', { write: line.resolve }) });
    const heard = nextPart();
    socket.write('begin');
    await heard;
    socket.destroy();
    expect(JSON.parse(await line.promise)).toMatchObject({
      level: 'debug',
      msg: 'an HTTP request broke off',
    });
  });
});

describe('a taken port', () => {
  it('that somebody chose is one clear line', async () => {
    const port = await takenPort();
    await expect(start({ port, fixed: true })).rejects.toMatchObject({
      code: 'config.port_taken',
      message: `HTTP_PORT ${port} on 127.0.0.1 is taken; set HTTP_PORT to a free one`,
    });
  });

  it('that nobody chose gives way to the next free one', async () => {
    const port = await takenPort();
    const server = await start({ port, fixed: false });
    expect(server.port).toBeGreaterThan(port);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('is not looked for on an address that this machine does not have', async () => {
    await expect(start({ host: '203.0.113.1', port: 8080, fixed: false })).rejects.toMatchObject({
      code: 'config.port_taken',
    });
  });
});

describe('the webhook', () => {
  it('takes an update that comes with the secret', async () => {
    const received: unknown[] = [];
    const server = await start({ webhook: webhook(received) });
    expect((await post(server, 'right-secret', '{"update_id":1}')).status).toBe(200);
    expect(received).toEqual([{ update_id: 1 }]);
  });

  it.each([undefined, '', 'wrong', 'right-secret2', 'right-secre'])(
    'refuses the secret %s',
    async (secret) => {
      const received: unknown[] = [];
      const server = await start({ webhook: webhook(received) });
      expect((await post(server, secret, '{"update_id":1}')).status).toBe(401);
      expect((await fetch(`${server.url}/hook`)).status).toBe(405);
      expect(received).toEqual([]);
    },
  );

  it('refuses what is too large or no update', async () => {
    const received: unknown[] = [];
    const server = await start({ webhook: webhook(received) });
    expect((await post(server, 'right-secret', 'x'.repeat(1_100_000))).status).toBe(413);
    for (const body of ['{"update', 'null', '5', '"x"', '[]', '{}', '{"update_id":"1"}'])
      expect([body, (await post(server, 'right-secret', body)).status]).toEqual([body, 400]);
    expect(received).toEqual([]);
  });

  it('lets Telegram send again, or a proxy ask the next process, what could not be taken', async () => {
    const server = await start({
      webhook: webhook([], { receive: async () => false }),
    });
    const { status, headers } = await post(server, 'right-secret', '{"update_id":1}');
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  });
});
