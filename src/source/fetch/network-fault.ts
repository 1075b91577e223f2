/** Failures below HTTP: by their codes they are told apart, and in words operators hear of them. */
import { errors } from 'undici';
import { errorCode, type Fault } from '../../errors.ts';
import { PrivateAddress } from './network.ts';

/** A connection that was closed as we wrote to it, and an answer that is packed otherwise than it says. */
export const CUT = /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE)$/;
export const MISPACKED = /^(?:Z_\w+|ERR_(?:BROTLI|ZSTD)?_\w+|ZSTD_\w+)$/;
export const MISREAD = /^HPE_|CONTENT_LENGTH/;

export function networkFault(error: unknown): Fault {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof PrivateAddress)
      return { code: 'source.private_address', detail: 'the address stands in a private network' };
  const code = codeOf(error);
  if (/TIMEOUT/.test(code)) return { code: 'source.timeout', detail: 'no answer in time' };
  return { code: 'source.unreachable', detail: code ? inWords(code) : 'the connection broke' };
}

/** The first code of an error and its causes; '' where none has one. */
export function codeOf(error: unknown): string {
  // Undici has no code for what its parser refuses, and calls an answer before its time a broken socket.
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof errors.HTTPParserError || at.message === 'bad response') return 'HPE_REFUSED';
  return errorCode(error) ?? '';
}

const inWords = (code: string): string =>
  `${KINDS.find(([form]) => form.test(code))?.[1] ?? 'the connection failed'} (${code})`;

const KINDS: readonly [RegExp, string][] = [
  [/^ENOTFOUND$/, 'there is no such host'],
  [/^EAI_AGAIN$/, 'names cannot be resolved now'],
  [/^ECONNREFUSED$/, 'nobody answers there'],
  [/^(?:ECONNRESET|UND_ERR_SOCKET)$/, 'the connection was cut'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'its headers are larger than 64 KiB'],
  [/^CERT_HAS_EXPIRED$/, 'its certificate has expired'],
  [/^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/, 'its certificate is not complete'],
  [/^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'the way there is closed'],
  [/CERT|SSL|TLS/, 'its certificate is not accepted'],
  [MISPACKED, 'its answer is packed otherwise than it says'],
  [MISREAD, 'its answer is not as HTTP has it'],
];
