/** A POST whose answer is read whole, without a stream: thousands a second would each cost more than the request. */
import type { Dispatcher } from 'undici';

/** Answers of the Bot API are below this; a proxy that sends more is not worth waiting for. */
const MOST_BYTES = 8_000_000;

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly date?: string;
}

interface PostRequest {
  readonly origin: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
  readonly patienceMs: number;
}

/** Rejects where the connection breaks, the answer takes longer than `patienceMs`, `signal` aborts, or it is too long. */
export function post(
  dispatcher: Dispatcher,
  { patienceMs, ...target }: PostRequest,
  signal?: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const reading = new Reading(patienceMs, signal, resolve, reject);
    dispatcher.dispatch(
      { ...target, method: 'POST', headersTimeout: patienceMs, bodyTimeout: patienceMs },
      reading,
    );
  });
}

/** An answer that comes in. One object a request: closures would be five. */
class Reading implements Dispatcher.DispatchHandler {
  readonly #patienceMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #reject: (error: Error) => void;
  readonly #began = performance.now();
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #date: string | undefined;
  #bytes = 0;
  #abort: (() => void) | undefined;

  constructor(
    patienceMs: number,
    signal: AbortSignal | undefined,
    resolve: (answer: HttpAnswer) => void,
    reject: (error: Error) => void,
  ) {
    this.#patienceMs = patienceMs;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (!this.#signal) return;
    if (this.#signal.aborted) return controller.abort(late());
    this.#abort = () => controller.abort(late());
    this.#signal.addEventListener('abort', this.#abort, { once: true });
  }

  onResponseStart(_: unknown, status: number, { date }: Record<string, string | string[] | undefined>): void {
    this.#status = status;
    if (typeof date === 'string') this.#date = date;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    // An answer that trickles in keeps undici's own timeouts from ever ending it.
    if (performance.now() - this.#began > 2 * this.#patienceMs) controller.abort(late());
    if (this.#bytes > MOST_BYTES) controller.abort(new Error('the answer is too long'));
  }

  onResponseEnd(): void {
    this.#end();
    const [only] = this.#chunks;
    const body = (this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks)).toString();
    const answer = { status: this.#status, body };
    this.#resolve(this.#date === undefined ? answer : { ...answer, date: this.#date });
  }

  onResponseError(_: unknown, error: Error): void {
    this.#end();
    this.#reject(error);
  }

  #end(): void {
    if (this.#abort) this.#signal?.removeEventListener('abort', this.#abort);
  }
}

const late = (): DOMException => new DOMException('the answer took too long', 'TimeoutError');
