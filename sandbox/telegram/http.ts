/** The HTTP face: `/bot<token>/<method>` for bots, `/_sandbox/…` for whoever runs the play. Plain node:http for speed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleCall, type CallDesk, type Outcome } from './calls.ts';
import { isForeign, isOwnHost } from '../own-host.ts';
import { isObject, type Params } from './params.ts';
import { photoId } from './rich-photos.ts';
import type { Answer } from './wire.ts';

/** Answers a request under `/_sandbox/`: a status and a JSON value. */
export type AdminHandler = (
  method: string,
  path: string,
  query: URLSearchParams,
  body: unknown,
) => Promise<AdminAnswer>;
export interface AdminAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface HttpFace {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** The hosted API's limit on one request, bytes. */
const BODY_LIMIT = 50 * 1024 * 1024;
const ADMIN = '/_sandbox/';

export async function serve(
  desk: CallDesk,
  admin: AdminHandler,
  host: string,
  port: number,
): Promise<HttpFace> {
  const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, (request, response) => {
    void takeRequest(desk, admin, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, 1024, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return { port: bound, url: `http://${host}:${bound}`, close: () => shut(server) };
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function takeRequest(
  desk: CallDesk,
  admin: AdminHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const date = () => response.setHeader('date', new Date(desk.world.clock.now()).toUTCString());
  date();
  const url = request.url ?? '/';
  if (!isOwnHost(request.headers.host) || isForeign(request.headers)) {
    writeAnswer(response, { ok: false, error_code: 421, description: 'Misdirected Request' });
    return;
  }
  const body = await readBody(request);
  if (body === undefined) {
    writeAnswer(response, { ok: false, error_code: 413, description: 'Request Entity Too Large' });
    return;
  }
  if (url.startsWith(ADMIN)) {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!desk.world.bots.has(given)) {
      writeAnswer(response, { ok: false, error_code: 401, description: 'Unauthorized' });
      return;
    }
    const { pathname, searchParams } = new URL(url, 'http://sandbox');
    const asked = body.length > 0 ? parseJson(body) : undefined;
    const answer = await admin(request.method ?? 'GET', pathname.slice(ADMIN.length), searchParams, asked);
    writeJson(response, answer.status, JSON.stringify(answer.body ?? null));
    return;
  }
  const found = /^\/bot([^/]*)(?:\/test)?\/([^/?]*)(?:\?(.*))?$/.exec(url);
  if (!found) {
    writeAnswer(response, { ok: false, error_code: 404, description: 'Not Found' });
    return;
  }
  const [, token = '', method = '', query] = found;
  const params = readParams(request, body, query);
  if (!params) {
    writeAnswer(response, {
      ok: false,
      error_code: 400,
      description: "Bad Request: can't parse the request",
    });
    return;
  }
  const gone = goneSignal(method, response);
  const outcome = await handleCall(desk, decodeURIComponent(token), method, params, gone);
  // A poll may have waited long for it.
  date();
  writeOutcome(request, response, outcome);
}

/** Tells a waiting poll that its caller has hung up; other calls end soon enough without it. */
function goneSignal(method: string, response: ServerResponse): AbortSignal | undefined {
  if (method.length !== 10 || method.toLowerCase() !== 'getupdates') return undefined;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= BODY_LIMIT) parts.push(part);
    });
    request.on('end', () => {
      if (size > BODY_LIMIT) resolve(undefined);
      else resolve(parts.length === 1 ? parts[0] : Buffer.concat(parts));
    });
    request.on('error', reject);
  });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}

/** Parameters of query and body together; undefined where the body cannot be read. */
function readParams(request: IncomingMessage, body: Buffer, query: string | undefined): Params | undefined {
  const fromQuery = query === undefined ? undefined : Object.fromEntries(new URLSearchParams(query));
  if (body.length === 0) return fromQuery ?? {};
  const type = request.headers['content-type'] ?? '';
  const fromBody = readTyped(type, body);
  if (!fromBody) return undefined;
  return fromQuery ? { ...fromQuery, ...fromBody } : fromBody;
}

function readTyped(type: string, body: Buffer): Params | undefined {
  if (type.startsWith('application/json')) {
    const parsed = parseJson(body);
    return isObject(parsed) ? parsed : undefined;
  }
  if (type.startsWith('multipart/form-data')) return readMultipart(type, body);
  return Object.fromEntries(new URLSearchParams(body.toString()));
}

/** Text fields of a multipart body; a file becomes the id of a picture, which the page can show. */
function readMultipart(type: string, body: Buffer): Params | undefined {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary === undefined) return undefined;
  const params: Record<string, unknown> = {};
  for (const part of body.toString('latin1').split(`--${boundary}`)) {
    const split = part.indexOf('\r\n\r\n');
    if (split < 0) continue;
    const head = part.slice(0, split);
    const name = /name="([^"]*)"/i.exec(head)?.[1];
    if (name === undefined) continue;
    const bytes = Buffer.from(part.slice(split + 4).replace(/\r\n$/, ''), 'latin1');
    const kind = /^content-type: (image\/\w+)/im.exec(head)?.[1];
    params[name] = /filename="/i.test(head)
      ? photoId(`data:${kind};base64,${bytes.toString('base64')}`)
      : bytes.toString();
  }
  return params;
}

function writeOutcome(request: IncomingMessage, response: ServerResponse, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'answer':
      writeAnswer(response, outcome.answer);
      return;
    case 'html':
      response.writeHead(outcome.status, { 'content-type': 'text/html' });
      response.end(
        `<html>\r\n<head><title>${outcome.status} ${outcome.reason}</title></head>\r\n<body>\r\n<center><h1>${outcome.status} ${outcome.reason}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
      );
      return;
    case 'cut': {
      const text = JSON.stringify(outcome.answer);
      writeJson(response, 200, text.slice(0, Math.floor(text.length / 2)));
      return;
    }
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'hang':
  }
}

function writeAnswer(response: ServerResponse, answer: Answer): void {
  const retry = answer.ok ? undefined : answer.parameters?.retry_after;
  writeJson(response, answer.ok ? 200 : answer.error_code, JSON.stringify(answer), retry);
}

function writeJson(response: ServerResponse, status: number, text: string, retryAfter?: number): void {
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  };
  if (retryAfter !== undefined) headers['retry-after'] = retryAfter;
  response.writeHead(status, headers);
  response.end(text);
}
