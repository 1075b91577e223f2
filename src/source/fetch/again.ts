/** Asking again what browsers get on with: an answer as it comes, still packed, and one that is not as HTTP has it. */
import type { Socket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { type buildConnector, type Dispatcher, request, Response } from 'undici';
import { withoutBrackets } from './network.ts';

/** Largest headers that are read, bytes; browsers take four times as much. */
export const LARGEST_HEADERS = 64 * 1024;

export interface Question {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Bytes of the body that are enough. */
  readonly most: number;
}

/** The answer without a belief in what it says of its packing. */
export async function askPlainly(dispatcher: Dispatcher, url: URL, asked: Question): Promise<Response> {
  const { statusCode, headers, body } = await request(url, { dispatcher, ...asked });
  const fields = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): Field => [name, each]),
  );
  return responseOf(statusCode, fields, body);
}

/** Asks past the parser, over a socket of its own that is read to its end. */
export async function askLoosely(
  connect: buildConnector.connector,
  url: URL,
  { headers, signal, most }: Question,
): Promise<Response> {
  const socket = await opened(connect, url, signal);
  const lines = Object.entries({ host: url.host, ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= LARGEST_HEADERS + most) break;
  }
  return written(Buffer.concat(chunks));
}

type Field = [name: string, value: string];

const WITHOUT_BODY: readonly number[] = [204, 205, 304];

const responseOf = (status: number, headers: Field[], body: AsyncIterable<Uint8Array>): Response =>
  new Response(WITHOUT_BODY.includes(status) ? null : body, { status, headers });

const opened = (
  connect: buildConnector.connector,
  { protocol, hostname, host, port }: URL,
  signal: AbortSignal,
): Promise<Socket> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    connect({ protocol, hostname: withoutBrackets(hostname), host, port }, (error, socket) => {
      if (error) reject(error);
      else resolve(addAbortSignal(signal, socket));
    });
  });

/** The status and the lines behind it up to an empty one, whatever ends a line. */
const HEAD = /^\s*(?:HTTP\/|ICY)\S*\s+(\d{3})(?!\d)[^\n]*\n((?:[^\r\n][^\n]*\n)*)\r?\n/;
const FIELD = /^([\w!#$%&'*+.^`|~-]+)[ \t]*:([\t\x20-\x7e\x80-\xff]*)$/;
/** Answers that another one follows. */
const MOST_INTERIM = 5;

/** The first answer that is meant to last; lines that name nothing are left out. */
function written(bytes: Buffer, interim = MOST_INTERIM): Response {
  const found = HEAD.exec(bytes.toString('latin1', 0, LARGEST_HEADERS));
  if (!found) throw broken('HPE_NO_HEADERS');
  const [head, status = '', lines = ''] = found;
  const rest = bytes.subarray(head.length);
  if (status.startsWith('1') && interim) return written(rest, interim - 1);
  const fields = lines
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line): Field[] => {
      const [, name, value = ''] = FIELD.exec(line) ?? [];
      return name ? [[name.toLowerCase(), value]] : [];
    });
  return responseOf(Number(status), fields, bodyOf(rest, new Map(fields)));
}

const broken = (code: string): Error => Object.assign(new Error('not to be read'), { code });

/** The bytes that came, and an error behind it where it broke off before its end. */
async function* bodyOf(rest: Buffer, headers: ReadonlyMap<string, string>): AsyncGenerator<Uint8Array> {
  const length = Number(/\d+/.exec(headers.get('content-length') ?? '')?.[0] ?? 0);
  const isInChunks = /chunked/i.test(headers.get('transfer-encoding') ?? '') && CHUNK.test(sizeAt(rest, 0));
  if (isInChunks) yield* chunksOf(rest);
  else yield rest;
  if (!isInChunks && rest.length < length) throw broken('ECONNRESET');
}

/** The length of a chunk by its first line; the end of the last one stands before it. */
const CHUNK = /^\s*([\da-f]{1,8})(?![\da-f])[^\n]*\n/i;
const LONGEST_CHUNK_LINE = 1024;
const sizeAt = (body: Buffer, at: number): string => body.toString('latin1', at, at + LONGEST_CHUNK_LINE);

function* chunksOf(body: Buffer): Generator<Uint8Array> {
  for (let at = 0; ; ) {
    const [line, size = ''] = CHUNK.exec(sizeAt(body, at)) ?? [];
    const length = Number.parseInt(size, 16);
    if (length === 0) return;
    if (line === undefined) throw broken('ECONNRESET');
    yield body.subarray(at + line.length, at + line.length + length);
    at += line.length + length;
  }
}
