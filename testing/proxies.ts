/** Small proxies on loopback: HTTP (CONNECT and forwarding), optionally within TLS, and SOCKS5. Names resolve to loopback. */
import {
  createServer,
  type IncomingMessage,
  request as ask,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, createServer as createPlainServer, type Socket } from 'node:net';

export interface TestProxy {
  readonly url: string;
  /** Hosts with ports that it was asked to lead to, as they were written. */
  readonly asked: string[];
  /** User names and passwords that it was given, as `user:password`. */
  readonly logins: string[];
  close(): Promise<void>;
}

/** An HTTP proxy; with a key and a certificate one that is spoken to within TLS. */
export async function startHttpProxy(tls?: { key: string; cert: string }): Promise<TestProxy> {
  const [asked, logins] = [[] as string[], [] as string[]];
  const note = (host: string, request: IncomingMessage) => {
    asked.push(host);
    const [, login] = (request.headers['proxy-authorization'] ?? '').split(' ');
    if (login) logins.push(Buffer.from(login, 'base64').toString());
  };
  const forward = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '');
    note(`${url.hostname}:${url.port || 80}`, request);
    const { 'proxy-authorization': _login, ...headers } = request.headers;
    const onward = ask(
      { host: '127.0.0.1', port: url.port, path: url.pathname + url.search, headers, method: request.method },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy()).end();
  };
  const server = tls ? createSecureServer(tls, forward) : createServer(forward);
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    note(request.url ?? '', request);
    lead(client, Number(request.url?.split(':').at(-1)), () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
  });
  return { ...(await listen(server, tls ? 'https' : 'http')), asked, logins };
}

/** A SOCKS5 proxy (RFC 1928, user names of RFC 1929) that knows CONNECT alone. */
export async function startSocksProxy(): Promise<TestProxy> {
  const [asked, logins] = [[] as string[], [] as string[]];
  const server = createPlainServer((client) => {
    let step: 'greeting' | 'login' | 'request' = 'greeting';
    client.on('error', () => undefined);
    client.on('data', function hear(bytes: Buffer) {
      if (step === 'greeting') {
        const isNamed = bytes.subarray(2).includes(2);
        client.write(Buffer.from([5, isNamed ? 2 : 0]));
        step = isNamed ? 'login' : 'request';
      } else if (step === 'login') {
        const end = 2 + (bytes[1] ?? 0);
        logins.push(`${bytes.subarray(2, end).toString()}:${bytes.subarray(end + 1).toString()}`);
        client.write(Buffer.from([1, 0]));
        step = 'request';
      } else {
        client.off('data', hear);
        const end = bytes.length - 2;
        const host = bytes[3] === 3 ? bytes.subarray(5, end).toString() : bytes.subarray(4, end).join('.');
        asked.push(`${host}:${bytes.readUInt16BE(end)}`);
        const done = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        lead(client, bytes.readUInt16BE(end), () => client.write(done));
      }
    });
  });
  return { ...(await listen(server, 'socks5')), asked, logins };
}

/** Joins a client to a port of this machine. */
function lead(client: Socket, port: number, onReady: () => void): void {
  const onward = connect(port, '127.0.0.1', () => {
    onReady();
    onward.pipe(client).pipe(onward);
  });
  for (const [one, other] of [
    [client, onward],
    [onward, client],
  ] as const)
    one.on('error', () => other.destroy()).on('close', () => other.destroy());
}

async function listen(
  server: Server | ReturnType<typeof createPlainServer>,
  scheme: string,
): Promise<Pick<TestProxy, 'url' | 'close'>> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => open.add(socket.once('close', () => open.delete(socket))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
