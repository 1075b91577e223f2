/** The bot's own small HTTP server: health, readiness, metrics, Telegram's webhook, and the sandbox's page. */
import { timingSafeEqual, createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode, PozirkError } from './errors.ts';
import type { Logger } from './log.ts';
import { isOwnHost } from './own-host.ts';

/** Telegram's updates are some kilobytes; its own server never sends more than this. */
const LARGEST_UPDATE = 1_000_000;
/** Hubs send the feed, or the new part of it. */
const LARGEST_FEED = 5_000_000;
/** How many ports after the usual one are tried where nobody chose one. */
const PORTS_TO_TRY = 50;

export interface Webhook {
  readonly path: string;
  /** The secret that it must send as `X-Telegram-Bot-Api-Secret-Token`. */
  readonly secret: string;
  /** Takes one update; false: not now. Telegram sends it again, a proxy may ask the next process. */
  receive(update: unknown): Promise<boolean>;
}

/** `taken`: the sources are looked at now, or within a second, here or by the process that reads them; `unread`: nobody does. */
export type Rung = 'taken' | 'unread';

/** The bell that the newsroom rings when there is something new: `POST /hook/source` with `Authorization: Bearer …`. */
interface Bell {
  readonly secret: string;
  ring(): Promise<Rung>;
}

/** Calls of a hub of WebSub at the same address; `query` is that of the address which it was given. */
interface HubCalls {
  /** The text that answers a hub which asks whether it was we; undefined: it was not. */
  verify(query: URLSearchParams): string | undefined;
  /** `unsigned`: not as we asked for. Whoever calls may be anybody: of the body nothing is kept. */
  heard(query: URLSearchParams, signature: string, body: AsyncIterable<Buffer>): Promise<Rung | 'unsigned'>;
}

export interface HttpOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Another port will not do. */
  readonly fixed: boolean;
  /** Conditions that keep the bot from being ready; empty: it is. */
  waiting(): readonly string[];
  metrics(): Promise<string>;
  readonly log: Logger;
  readonly webhook?: Webhook;
  /** Absent: nobody may ring. */
  readonly bell?: Bell;
  /** Absent: no hub was asked. */
  readonly hub?: HubCalls;
  /** Answers every other address; absent: 404. */
  readonly page?: RequestListener;
  /** The head of a request must have arrived within so many ms, the whole of it within three times as many. Default 10,000. */
  readonly headMs?: number;
}

export interface HttpServer {
  readonly port: number;
  readonly url: string;
  /** Ends all connections; resolves when the port is free. */
  close(): Promise<void>;
}

/** Telegram opens a hundred at most; each that a stranger holds open costs 35 KB for half a minute. */
const MOST_CONNECTIONS = 2000;

/** Listens. Where nobody chose the port and it is taken, the next free one. Throws `config.port_taken`. */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { headMs = 10_000 } = options;
  const server = createServer(
    // Slow drips do not hold a connection. Node looks each 30 s unless it is told otherwise.
    {
      requestTimeout: 3 * headMs,
      headersTimeout: headMs,
      connectionsCheckingInterval: headMs / 10,
      keepAliveTimeout: 5000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      void answer(options, request, response).catch((err: unknown) => {
        if (err instanceof TooLarge) return reply(response, 413, 'too large\n');
        // Anybody can hang up, as often as they like.
        if (err === request.errored) return options.log.debug({ err }, 'an HTTP request broke off');
        options.log.error({ err }, 'an HTTP request failed');
        if (!response.headersSent) reply(response, 500, 'internal error\n');
        else response.destroy();
      });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  const port = await listen(server, options);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    port,
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, { host, port, fixed }: HttpOptions): Promise<number> {
  const last = fixed || port === 0 ? port : Math.min(port + PORTS_TO_TRY, 65_535);
  for (let candidate = port; ; candidate += 1) {
    const trouble = await tryPort(server, host, candidate);
    if (trouble === undefined) return (server.address() as AddressInfo).port;
    if (trouble === 'EADDRINUSE' && candidate < last) continue;
    const why = trouble === 'EADDRINUSE' ? 'is taken' : `cannot be opened (${trouble})`;
    throw new PozirkError(
      'config.port_taken',
      `HTTP_PORT ${candidate} on ${host} ${why}; set HTTP_PORT to a free one`,
    );
  }
}

/** Undefined when it listens, else the system's code for why not. */
async function tryPort(server: Server, host: string, port: number): Promise<string | undefined> {
  try {
    await once(server.listen(port, host), 'listening');
    return undefined;
  } catch (error) {
    return errorCode(error) ?? 'unknown reason';
  }
}

async function answer(
  options: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  if (options.webhook && path === options.webhook.path)
    return answerWebhook(options.webhook, request, response);
  const query = new URLSearchParams((request.url ?? '').split('?')[1]);
  if (options.hub && path === '/hook/source' && query.has('tag'))
    return answerHub(options.hub, query, request, response);
  if (options.bell && path === '/hook/source') return answerBell(options.bell, request, response);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (path === '/healthz' && reads) return reply(response, 200, 'ok\n');
  if (path === '/readyz' && reads) {
    const waiting = options.waiting();
    const ready = waiting.length === 0;
    return reply(response, ready ? 200 : 503, `${JSON.stringify({ ready, waiting })}\n`, 'application/json');
  }
  if (!isOwnHost(request.headers.host, [options.host.toLowerCase()]))
    return reply(response, 421, 'ask by an address, localhost or a name without a dot\n');
  if (path === '/metrics' && reads) {
    return reply(response, 200, await options.metrics(), 'text/plain; version=0.0.4; charset=utf-8');
  }
  if (options.page) return options.page(request, response);
  reply(response, 404, 'not found\n');
}

async function answerWebhook(
  webhook: Webhook,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') return reply(response, 405, 'POST only\n');
  const given = request.headers['x-telegram-bot-api-secret-token'];
  if (typeof given !== 'string' || !sameSecret(given, webhook.secret))
    return reply(response, 401, 'unauthorized\n');
  const body = await Array.fromAsync(bodyOf(request, LARGEST_UPDATE));
  const update = updateIn(Buffer.concat(body).toString('utf8'));
  if (update === undefined) return reply(response, 400, 'not an update\n');
  if (await webhook.receive(update)) reply(response, 200, '');
  else reply(response, 503, 'not now\n');
}

/** The body, if there is one, does not matter: the bot looks for itself. */
async function answerBell(bell: Bell, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') return reply(response, 405, 'POST only\n');
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (given === undefined || !sameSecret(given, bell.secret)) return reply(response, 401, 'unauthorized\n');
  request.resume();
  replyToRing(response, await bell.ring());
}

/** The body is only what the signature is of: the bot looks for itself. */
async function answerHub(
  hub: HubCalls,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') {
    const text = hub.verify(query);
    return text === undefined ? reply(response, 404, 'not ours\n') : reply(response, 200, text);
  }
  if (request.method !== 'POST') return reply(response, 405, 'GET or POST only\n');
  const signature = request.headers['x-hub-signature'];
  const body = bodyOf(request, LARGEST_FEED);
  const heard = await hub.heard(query, typeof signature === 'string' ? signature : '', body);
  if (heard === 'unsigned') return reply(response, 401, 'unauthorized\n');
  replyToRing(response, heard);
}

function replyToRing(response: ServerResponse, rung: Rung): void {
  if (rung === 'taken') reply(response, 202, 'looking\n');
  else reply(response, 503, 'nobody reads the sources now: whoever does next looks at once\n');
}

/** Compares digests, which have one length, so that time tells nothing about the secret. */
export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

class TooLarge extends Error {}

/** The body as it comes. Throws `TooLarge` beyond `most` bytes. */
async function* bodyOf(request: IncomingMessage, most: number): AsyncGenerator<Buffer> {
  let left = most;
  for await (const part of request as AsyncIterable<Buffer>) {
    left -= part.length;
    if (left < 0) throw new TooLarge();
    yield part;
  }
}

/** Undefined: it is none, and would be tried again for ever. */
function updateIn(text: string): unknown {
  try {
    const value = JSON.parse(text) as { update_id?: unknown } | null;
    return Number.isInteger(value?.update_id) ? value : undefined;
  } catch {
    return undefined;
  }
}

function reply(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // Telegram would wait longer each time.
    ...(status === 503 ? { 'retry-after': '1' } : {}),
    // After a refusal the rest of a body may still be on its way: do not read it.
    ...(status === 413 || status === 401 ? { connection: 'close' } : {}),
  });
  response.end(text);
}
