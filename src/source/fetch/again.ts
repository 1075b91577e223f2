/** Asking again what browsers get on with: an answer as it comes, still packed, and one that is not as HTTP has it. */
import { addAbortListener } from 'node:events';
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

/** Asks past the parser, over a socket of its own that is read until all has come that the answer speaks of. */
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
  let room = Buffer.alloc(LARGEST_HEADERS);
  let size = 0;
  let head: Head | undefined;
  const chunks: Chunk[] = [];
  const body = () => room.subarray(head?.length, size);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    const needed = size + chunk.length;
    if (needed > room.length) room = Buffer.concat([room], 2 * needed);
    room.set(chunk, size);
    size = needed;
    head ??= headOf(room.subarray(0, size));
    if ((head && isWhole(head, body(), chunks)) || size >= LARGEST_HEADERS + most) break;
  }
  if (!head) throw broken('HPE_NO_HEADERS');
  return responseOf(head.status, head.fields, bodyOf(head, body(), chunks));
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
    const cut = addAbortListener(signal, () => reject(signal.reason));
    connect({ protocol, hostname: withoutBrackets(hostname), host, port }, (error, socket) => {
      cut[Symbol.dispose]();
      if (error) reject(error);
      else resolve(addAbortSignal(signal, socket));
    });
  });

/** The status and the lines behind it up to an empty one, whatever ends a line. */
const HEAD = /^\s*(?:HTTP\/|ICY)\S*\s+(\d{3})(?!\d)[^\n]*\n((?:[^\r\n][^\n]*\n)*)\r?\n/;
const FIELD = /^([\w!#$%&'*+.^`|~-]+)[ \t]*:([\t\x20-\x7e\x80-\xff]*)$/;
/** Answers that another one follows. */
const MOST_INTERIM = 5;

interface Head {
  readonly status: number;
  readonly fields: Field[];
  /** Bytes of it and of what stands before it. */
  readonly length: number;
  /** Bytes of the body, where it names them. */
  readonly bodyLength: number | undefined;
  readonly isInChunks: boolean;
}

/** The head of the first answer that is meant to last; lines that name nothing are left out. Undefined: it has not come. */
function headOf(bytes: Buffer, from = 0, interim = MOST_INTERIM): Head | undefined {
  const found = HEAD.exec(bytes.toString('latin1', from, from + LARGEST_HEADERS));
  if (!found) return undefined;
  const [head, status = '', lines = ''] = found;
  const length = from + head.length;
  if (status.startsWith('1') && interim) return headOf(bytes, length, interim - 1);
  const fields = lines
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line): Field[] => {
      const [, name, value = ''] = FIELD.exec(line) ?? [];
      return name ? [[name.toLowerCase(), value]] : [];
    });
  const headers = new Map(fields);
  const [, named] = /^\s*(\d+)\s*(?:,[\d\s,]*)?$/.exec(headers.get('content-length') ?? '') ?? [];
  return {
    status: Number(status),
    fields,
    length,
    bodyLength: named === undefined ? undefined : Number(named),
    isInChunks: /chunked/i.test(headers.get('transfer-encoding') ?? ''),
  };
}

/** Whether an answer has come to the end that it names; `chunks` are those that are known of its body, and become more. */
function isWhole({ status, isInChunks, bodyLength }: Head, body: Buffer, chunks: Chunk[]): boolean {
  if (WITHOUT_BODY.includes(status)) return true;
  return isInChunks ? isOver(chunks, body) : bodyLength !== undefined && body.length >= bodyLength;
}

const broken = (code: string): Error => Object.assign(new Error('not to be read'), { code });

/** The bytes that came, and an error behind it where it broke off before its end. */
async function* bodyOf(head: Head, body: Buffer, chunks: Chunk[]): AsyncGenerator<Uint8Array> {
  const isInChunks = head.isInChunks && chunkAt(body, 0);
  yield isInChunks ? Buffer.concat(chunks.map(({ from, to }) => body.subarray(from, to))) : body;
  if (chunks.length > MOST_CHUNKS) throw broken('HPE_TOO_MANY_CHUNKS');
  if (isInChunks ? !isOver(chunks, body) : body.length < (head.bodyLength ?? 0)) throw broken('ECONNRESET');
}

/** Place of a chunk's bytes in the body. */
interface Chunk {
  readonly from: number;
  readonly to: number;
}

/** Chunks of one answer that are read, each at a cost of its own: the largest page in pieces of a hundred bytes. */
const MOST_CHUNKS = 50_000;

/** Finds the chunks behind those that are known. True: the last one has come, or there are too many. */
function isOver(chunks: Chunk[], body: Buffer): boolean {
  while (chunks.length <= MOST_CHUNKS) {
    const chunk = chunkAt(body, chunks.at(-1)?.to ?? 0);
    if (!chunk) return false;
    if (chunk.from === chunk.to) return true;
    chunks.push(chunk);
  }
  return true;
}

/** The length of a chunk by its first line; the end of the last one stands before it. */
const CHUNK = /^\s*([\da-f]{1,8})(?![\da-f])[^\n]*\n/i;
const LONGEST_CHUNK_LINE = 1024;
const USUAL_CHUNK_LINE = 16;

function chunkAt(body: Buffer, at: number): Chunk | undefined {
  const lineIn = (most: number) => CHUNK.exec(body.toString('latin1', at, at + most));
  const [line, size = ''] = lineIn(USUAL_CHUNK_LINE) ?? lineIn(LONGEST_CHUNK_LINE) ?? [];
  if (line === undefined) return undefined;
  const from = at + line.length;
  return { from, to: from + Number.parseInt(size, 16) };
}
