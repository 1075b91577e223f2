/**
 * Everything that can go wrong, as a closed list. An expected outcome is a value (`Result`); a `PozirkError` is thrown
 * only where nobody nearby can go on. Neither ever carries a secret, a chat id or a reader's words.
 */

/** A stable code, whether trying again can help, and what it means to the operator who reads the log. */
const FAULTS = {
  'config.invalid': { retry: false, meaning: 'the environment has a mistake' },
  'config.port_taken': { retry: false, meaning: 'the HTTP port is taken' },
  'store.already_running': { retry: false, meaning: 'another process uses this DATA_DIR' },
  'store.no_server': { retry: false, meaning: 'redis-server cannot be started' },
  'store.unreachable': { retry: true, meaning: 'Redis does not answer or cannot write now' },
  'store.insecure': { retry: false, meaning: 'a Redis beyond this machine without a password' },
  'store.wrong_key': { retry: false, meaning: 'DATA_KEY does not open what is stored' },
  'store.corrupt': { retry: false, meaning: 'a stored record does not open' },
  'store.not_owner': { retry: false, meaning: 'another process holds the lease now' },
  'source.unreachable': { retry: true, meaning: 'the address does not answer' },
  'source.timeout': { retry: true, meaning: 'the address answers too slowly' },
  'source.status': { retry: true, meaning: 'the address answers with an error status' },
  'source.gone': { retry: false, meaning: 'the page is gone (404 or 410)' },
  'source.throttled': { retry: true, meaning: 'the source asks to wait' },
  'source.too_large': { retry: false, meaning: 'the answer is larger than the limit' },
  'source.redirects': { retry: false, meaning: 'too many or looping redirects' },
  'source.private_address': { retry: false, meaning: 'a redirect into a private network' },
  'source.robots': { retry: false, meaning: 'robots.txt does not allow it' },
  'source.unreadable': { retry: false, meaning: 'neither a feed nor a listing that we understand' },
  'source.bad_address': { retry: false, meaning: 'not an http(s) address' },
  'telegram.unauthorized': { retry: false, meaning: 'Telegram refuses the token' },
  'telegram.conflict': { retry: true, meaning: 'another process reads the updates of this token' },
  'telegram.unreachable': { retry: true, meaning: 'Telegram does not answer' },
  'telegram.refused': { retry: false, meaning: 'Telegram refuses the call' },
} as const;

export type FaultCode = keyof typeof FAULTS;

/** What went wrong, as a value. `detail` is a short sentence for the log, free of secrets and ids. */
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

/** Whether the same thing may work later without anybody's hand. */
export const canRetry = (code: FaultCode): boolean => FAULTS[code].retry;

/** The fault in words, for a log line or `npm start -- source`. */
export const faultMeaning = (code: FaultCode): string => FAULTS[code].meaning;

/** Thrown where nobody nearby can go on. */
export class PozirkError extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, detail: string, options?: { cause?: unknown }) {
    super(detail, options);
    this.name = 'PozirkError';
    this.code = code;
  }
}
