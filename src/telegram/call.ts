/** One call of the Bot API over kept-alive connections: what came of it, whatever happened on the way. */
import { type Dispatcher, Pool } from 'undici';
import { errorCode } from '../errors.ts';
import { proxyAgent } from '../proxy.ts';
import { type Clock, SECOND } from '../time.ts';
import { type Contact, createContact } from './contact.ts';
import { type Outcome, readAnswer } from './outcome.ts';
import { post } from './post.ts';

export type Read<T> = (status: number, body: string) => Outcome<T>;

export interface Caller {
  /** The state of Telegram itself, by its last answers. */
  readonly contact: Contact;
  /** The bot's own, from the first answer that tells it; undefined until then. */
  readonly username: string | undefined;
  /**
   * `params`: sent as JSON, or as a form where they bring a file; bytes are JSON already. `patienceMs`: how long to wait for the
   * answer, default 12 s. Never rejects.
   */
  readonly call: <T>(
    method: string,
    params: object | FormData | Buffer,
    patienceMs?: number,
    signal?: AbortSignal,
    read?: Read<T>,
  ) => Promise<Outcome<T>>;
  close(): Promise<void>;
}

/** Telegram's server hides waits of up to 8 s; an answer that takes longer than this is given up as unknown. */
const PATIENCE_MS = 12 * SECOND;
const CONNECT_MS = 5 * SECOND;

export interface CallerOptions {
  readonly token: string;
  readonly apiRoot: string;
  readonly proxyUrl?: string;
  readonly clock: Clock;
}

export function createCaller(options: CallerOptions): Caller {
  const { clock } = options;
  const contact = createContact(clock);
  let username: string | undefined;
  const root = new URL(options.apiRoot);
  const { origin } = root;
  const dispatcher = openDispatcher(origin, options.proxyUrl);
  const base = `${root.pathname.replace(/\/$/, '')}/bot${options.token}/`;
  return {
    contact,
    get username() {
      return username;
    },
    async call(method, params, patienceMs = PATIENCE_MS, signal, read = readAnswer) {
      const askedAt = clock.ticks();
      try {
        const sent = params instanceof FormData ? await formOf(params) : jsonOf(params);
        const request = { origin, path: base + method, ...sent, patienceMs };
        const { status, body, date } = await post(dispatcher, request, signal);
        const outcome = read(status, body);
        contact.heard(outcome, askedAt, date);
        if (method === 'getMe' && outcome.kind === 'done')
          username = (outcome.result as { username?: string }).username;
        return outcome;
      } catch (error) {
        const outcome = failureOf(error);
        // A call that we broke off says nothing of Telegram.
        if (!signal?.aborted) contact.heard(outcome, askedAt);
        return outcome;
      }
    },
    close: () => dispatcher.destroy(),
  };
}

const JSON_HEADERS = { 'content-type': 'application/json' };

const jsonOf = (params: object | Buffer) => ({
  headers: JSON_HEADERS,
  body: Buffer.isBuffer(params) ? params : JSON.stringify(params),
});

async function formOf(params: FormData): Promise<{ headers: Record<string, string>; body: Buffer }> {
  const form = new Response(params);
  const type = form.headers.get('content-type') ?? '';
  return { headers: { 'content-type': type }, body: Buffer.from(await form.arrayBuffer()) };
}

function openDispatcher(origin: string, proxyUrl: string | undefined): Dispatcher {
  const limits = {
    // One for each send in flight at the paid pace, and some for answers.
    connections: 448,
    pipelining: 1,
    keepAliveTimeout: 30 * SECOND,
  };
  return proxyUrl
    ? proxyAgent(proxyUrl, CONNECT_MS, limits)
    : new Pool(origin, { ...limits, connect: { timeout: CONNECT_MS } });
}

function failureOf(error: unknown): Outcome<never> {
  const detail = errorCode(error) ?? (error instanceof Error ? error.name : 'error');
  return neverReached(error)
    ? { kind: 'unreached', detail }
    : { kind: 'unknown', detail, isBroken: ENDED.test(detail) };
}

/** The other side ended the connection, or somebody on the way did. */
const ENDED = /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE|ECONNABORTED)$/;

/** Whether the request certainly was not written: no connection could be made. */
function neverReached(error: unknown): boolean {
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS\w*|CERT\w*)$/.test(
    errorCode(error) ?? '',
  );
}
