/**
 * Everything that can go wrong, as a closed list. An expected outcome is a value (`Result`); a `PozirkError` is thrown
 * only where nobody nearby can go on. Neither ever carries a secret, a chat id or a reader's words.
 */

/** A stable code, and what it means to the operator who reads the log. */
const FAULTS = {
  'config.invalid': 'the environment has a mistake',
  'config.port_taken': 'the HTTP port is taken',
  'store.already_running': 'another process uses this DATA_DIR',
  'store.no_server': 'redis-server cannot be started',
  'store.unreachable': 'Redis does not answer or cannot write now',
  'store.refused': 'Redis does not let us in, or not do what we need',
  'store.wrong_key': 'DATA_KEY does not open what is stored',
  'store.newer': 'a newer release has written the data',
  'store.half': 'a restore was not finished',
  'store.corrupt': 'a stored record does not open',
  'store.not_owner': 'another process holds the lease now',
  'source.unreachable': 'the address does not answer',
  'source.timeout': 'the address answers too slowly',
  'source.status': 'the address answers with an error status',
  'source.gone': 'the page is gone (404 or 410)',
  'source.throttled': 'the source asks to wait',
  'source.too_large': 'the answer is larger than the limit',
  'source.redirects': 'too many or looping redirects',
  'source.private_address': 'a redirect into a private network',
  'source.robots': 'robots.txt does not allow it',
  'source.unreadable': 'neither a feed nor a listing that we understand',
  'source.too_hard': 'reading the answer takes more time or memory than allowed',
  'source.bad_address': 'not an http(s) address',
  'telegram.unauthorized': 'Telegram refuses the token',
  'telegram.conflict': 'another process reads the updates of this token',
  'telegram.unreachable': 'Telegram does not answer',
} as const;

export type FaultCode = keyof typeof FAULTS;

/** An error as a value. `detail` is a short sentence for the log, free of secrets and ids. */
export interface Fault {
  readonly code: FaultCode;
  readonly detail: string;
  /** Earliest moment for another try, ms since the epoch, where the other side named one. */
  readonly notBefore?: number;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: FaultCode, detail: string, notBefore?: number): Result<never> & { ok: false } => ({
  ok: false,
  fault: notBefore === undefined ? { code, detail } : { code, detail, notBefore },
});

/** The fault in words, for a log line or `npm start -- source`. */
export const faultMeaning = (code: FaultCode): string => FAULTS[code];

/** Thrown where nobody nearby can go on. */
export class PozirkError extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, detail: string) {
    super(detail);
    this.name = 'PozirkError';
    this.code = code;
  }
}

/** Node's or undici's code of what went wrong, of the error or of what caused it, as `EACCES`; undefined: neither has one. */
export function errorCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string' && at.code) return at.code;
  return undefined;
}

/** The value that `read` gives; `otherwise` where that is not what we wrote: what others put into Redis keeps nobody from being forgotten. */
export function unlessCorrupt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PozirkError && error.code === 'store.corrupt') return otherwise;
    throw error;
  }
}
