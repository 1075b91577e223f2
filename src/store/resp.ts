/** Commands as Redis' own protocol writes them (RESP 2): what is copied in this form any Redis takes, `redis-cli --pipe` too. */
import { PozirkError } from '../errors.ts';

export type RedisCommand = readonly (string | number | Buffer)[];

export function encodeCommand(command: RedisCommand): Buffer {
  const parts: Buffer[] = [Buffer.from(`*${command.length}\r\n`)];
  for (const word of command) {
    const bytes = Buffer.isBuffer(word) ? word : Buffer.from(String(word));
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, CRLF);
  }
  return Buffer.concat(parts);
}

const CRLF = Buffer.from('\r\n');
const [STAR, DOLLAR, CR] = [0x2a, 0x24, 0x0d];

/** Commands that stand in `chunks` one after another. Throws `store.corrupt` where something else stands there. */
export async function* decodeCommands(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (let read = decodeAt(bytes, at); read; read = decodeAt(bytes, at)) {
      yield read.command;
      at = read.end;
    }
    rest = bytes.subarray(at);
  }
  if (rest.length > 0) throw new PozirkError('store.corrupt', 'a copy that ends within a command');
}

/** The command that begins at `at`, and where it ends; undefined: it goes on behind the bytes at hand. */
function decodeAt(bytes: Buffer, at: number): { command: Buffer[]; end: number } | undefined {
  const count = lengthAt(bytes, at, STAR);
  if (!count) return undefined;
  const command: Buffer[] = [];
  let position = count.end;
  for (let word = 0; word < count.value; word += 1) {
    const size = lengthAt(bytes, position, DOLLAR);
    if (!size || size.end + size.value + CRLF.length > bytes.length) return undefined;
    command.push(bytes.subarray(size.end, size.end + size.value));
    position = lineEnd(bytes, size.end + size.value);
  }
  return { command, end: position };
}

/** Where the line goes on behind its end at `at`: a byte that is another one there would change no word. */
function lineEnd(bytes: Buffer, at: number): number {
  if (bytes.subarray(at, at + CRLF.length).equals(CRLF)) return at + CRLF.length;
  throw new PozirkError('store.corrupt', 'a copy with a line that does not end');
}

/** A number behind `mark`, to the end of its line. */
function lengthAt(bytes: Buffer, at: number, mark: number): { value: number; end: number } | undefined {
  if (at >= bytes.length) return undefined;
  if (bytes[at] !== mark) throw new PozirkError('store.corrupt', 'a copy with something that is no command');
  let value = 0;
  for (let position = at + 1; position < bytes.length; position += 1) {
    const byte = bytes[position] ?? 0;
    if (byte === CR)
      return position + 1 < bytes.length ? { value, end: lineEnd(bytes, position) } : undefined;
    const digit = byte - 0x30;
    if (digit < 0 || digit > 9) throw new PozirkError('store.corrupt', 'a copy with a wrong length');
    value = value * 10 + digit;
  }
  return undefined;
}
