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
    let status = 0;
    let date: string | undefined;
    let bytes = 0;
    const chunks: Buffer[] = [];
    let abort: (() => void) | undefined;
    const began = performance.now();
    const end = () => {
      if (abort) signal?.removeEventListener('abort', abort);
    };
    const late = () => new DOMException('the answer took too long', 'TimeoutError');
    dispatcher.dispatch(
      { ...target, method: 'POST', headersTimeout: patienceMs, bodyTimeout: patienceMs },
      {
        onRequestStart(controller) {
          if (!signal) return;
          if (signal.aborted) return controller.abort(late());
          abort = () => controller.abort(late());
          signal.addEventListener('abort', abort, { once: true });
        },
        onResponseStart(_controller, statusCode, headers) {
          status = statusCode;
          if (typeof headers['date'] === 'string') ({ date } = headers);
        },
        onResponseData(controller, chunk) {
          bytes += chunk.length;
          chunks.push(chunk);
          // An answer that trickles in keeps undici's own timeouts from ever ending it.
          if (performance.now() - began > 2 * patienceMs) controller.abort(late());
          if (bytes > MOST_BYTES) controller.abort(new Error('the answer is too long'));
        },
        onResponseEnd() {
          end();
          const [only] = chunks;
          const body = (chunks.length === 1 && only ? only : Buffer.concat(chunks)).toString();
          resolve({ status, body, ...(date === undefined ? {} : { date }) });
        },
        onResponseError(_controller, error) {
          end();
          reject(error);
        },
      },
    );
  });
}
