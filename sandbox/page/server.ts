/** The web server of the sandbox page: its files, the state by server-sent events, and what people do by POST. */
import { readFile, readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isForeign, isOwnHost } from '../own-host.ts';

/** State by part name; only parts that changed travel. */
export type Parts = Readonly<Record<string, unknown>>;

/** An act of a person on the page. Throws an Error, where people can come upon it a `refusal`, when it cannot be done. */
export type Act = (body: Readonly<Record<string, unknown>>) => unknown;

export interface PageOptions {
  readonly parts: () => Parts;
  readonly acts: () => Readonly<Record<string, Act>>;
  /** Fixed JSON documents by file name. */
  readonly documents: Readonly<Record<string, unknown>>;
  /** Answers what is not the page's own: the newsroom's pages and pictures. */
  readonly otherwise: RequestListener;
}

export interface Page {
  /** Answers a request; for any HTTP server. */
  readonly handle: RequestListener;
  /** Ends the streams of state; browsers see that the sandbox has stopped. */
  close(): void;
}

/** How often the state is compared with what browsers know, ms: quick to the eye, and nothing while nobody looks. */
const LOOK_EVERY = 120;
const HEARTBEAT = 15_000;
const BODY_LIMIT = 1024 * 1024;

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

const JSON_TYPE = 'application/json; charset=utf-8';

const HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Reads the page's files and gives what answers for them. */
export async function createPage(options: PageOptions): Promise<Page> {
  const files = await loadFiles();
  const stream = createStream(options.parts);
  return {
    handle(request, response) {
      answer(options, files, stream, request, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else sendJson(response, 500, { error: messageOf(error) });
      });
    },
    close: () => stream.end(),
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'That did not work');

async function answer(
  options: PageOptions,
  files: ReadonlyMap<string, Buffer>,
  stream: Stream,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isOwnHost(request.headers.host)) {
    sendJson(response, 421, { error: 'Open this page by an address or as localhost' });
    return;
  }
  const { pathname } = new URL(request.url ?? '/', 'http://page');
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const file = files.get(name);
  const document = options.documents[name];
  const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (name.startsWith('act/')) await takeAct(options.acts(), name.slice(4), request, response);
  else if (name === 'events') stream.join(response);
  else if (file) sendFile(response, TYPES[name.split('.').at(-1) ?? ''] ?? '', file, isPacked);
  else if (document !== undefined)
    sendFile(response, JSON_TYPE, Buffer.from(JSON.stringify(document)), isPacked);
  else options.otherwise(request, response);
}

async function takeAct(
  acts: Readonly<Record<string, Act>>,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // JSON from another site needs a preflight that nobody answers, so no foreign page can act here.
  const json = request.headers['content-type']?.startsWith('application/json') ?? false;
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (request.method !== 'POST' || !json || isForeign(request.headers)) {
    sendJson(response, 403, { error: 'Only the page itself may do this' });
    return;
  }
  if (!act) {
    sendJson(response, 404, { error: `Nothing is called ${name}` });
    return;
  }
  const body = await readJson(request);
  if (!body) {
    sendJson(response, 400, { error: 'Not a JSON object' });
    return;
  }
  try {
    sendJson(response, 200, (await act(body)) ?? {});
  } catch (error) {
    sendJson(response, 400, refusedWith(error));
  }
}

/** A refusal has a word of the page's for it. */
const refusedWith = (error: unknown) => ({
  error: messageOf(error),
  ...(error instanceof Error && 'word' in error && 'given' in error
    ? { word: error.word, given: error.given }
    : {}),
});

async function readJson(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) return undefined;
    size += chunk.length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function sendFile(response: ServerResponse, type: string, content: Buffer, isPacked: boolean): void {
  const packed = isPacked ? { 'content-encoding': 'gzip' } : {};
  response
    .writeHead(200, { ...HEADERS, 'content-type': type, ...packed })
    .end(isPacked ? gzipSync(content) : content);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...HEADERS, 'content-type': JSON_TYPE }).end(JSON.stringify(value));
}

interface Stream {
  join(response: ServerResponse): void;
  end(): void;
}

/** Tells every open browser which parts changed. */
function createStream(parts: () => Parts): Stream {
  const browsers = new Set<ServerResponse>();
  const known = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let lastWord = 0;

  /** Parts that changed since the last look, each as JSON. */
  function look(): string[] {
    const changed: string[] = [];
    for (const [name, value] of Object.entries(parts())) {
      const json = JSON.stringify(value);
      if (known.get(name) === json) continue;
      known.set(name, json);
      changed.push(`${JSON.stringify(name)}:${json}`);
    }
    return changed;
  }

  function tell(to: Iterable<ServerResponse>, words: string): void {
    lastWord = Date.now();
    for (const browser of to) browser.write(words);
  }

  const event = (pairs: readonly string[]) => `event: parts\ndata: {${pairs.join(',')}}\n\n`;

  function tick(): void {
    const changed = look();
    if (changed.length) tell(browsers, event(changed));
    else if (Date.now() - lastWord > HEARTBEAT) tell(browsers, ': still here\n\n');
  }

  return {
    join(response) {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
      tick();
      response.write(event([...known].map(([name, json]) => `${JSON.stringify(name)}:${json}`)));
      browsers.add(response);
      timer ??= setInterval(tick, LOOK_EVERY);
      response.once('close', () => {
        browsers.delete(response);
        if (browsers.size) return;
        clearInterval(timer);
        timer = undefined;
      });
    },
    end: () => {
      clearInterval(timer);
      for (const browser of browsers) browser.end();
    },
  };
}

async function loadFiles(): Promise<Map<string, Buffer>> {
  const folder = new URL('browser/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => /\.(?:html|css|js)$/.test(name));
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, Buffer]> => [name, await readFile(new URL(name, folder))]),
    ),
  );
}
