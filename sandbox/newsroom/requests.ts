/** Counters of the newsroom's visitors. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Requests to the newsroom since its start or since `requests` was last cleared. */
export interface Requests {
  readonly total: number;
  readonly lists: number;
  readonly articles: number;
  readonly feeds: number;
  readonly pictures: number;
  readonly robots: number;
  /** Requests that carried a validator, and those of them answered 304. */
  readonly conditional: number;
  readonly notModified: number;
  /** Most requests that were open at one moment. */
  readonly atOnce: number;
  /** Least time between the starts of two requests, ms; Infinity with fewer than two. */
  readonly leastGap: number;
  readonly paths: Readonly<Record<string, number>>;
  readonly userAgent: string;
}

/** Counts requests as they come in. */
export function createCounter() {
  const fresh = () => ({
    total: 0,
    lists: 0,
    articles: 0,
    feeds: 0,
    pictures: 0,
    robots: 0,
    conditional: 0,
    notModified: 0,
    atOnce: 0,
    leastGap: Number.POSITIVE_INFINITY,
    paths: {} as Record<string, number>,
    userAgent: '',
  });
  let seen = fresh();
  let open = 0;
  let last = Number.NEGATIVE_INFINITY;
  return {
    begin: (request: IncomingMessage, response: ServerResponse, path: string): void => {
      const at = performance.now();
      seen.leastGap = Math.min(seen.leastGap, at - last);
      last = at;
      seen.total++;
      seen.atOnce = Math.max(seen.atOnce, ++open);
      seen.paths[path] = (seen.paths[path] ?? 0) + 1;
      seen.userAgent = request.headers['user-agent'] ?? '';
      if (path === '/robots.txt') seen.robots++;
      else if (path.startsWith('/pictures/')) seen.pictures++;
      else if (path.endsWith('/rss')) seen.feeds++;
      else if (/\/news\/\d/.test(path)) seen.articles++;
      else if (/\/news\/?$/.test(path)) seen.lists++;
      if (request.headers['if-none-match'] ?? request.headers['if-modified-since']) seen.conditional++;
      response.once('close', () => {
        open--;
        if (response.statusCode === 304) seen.notModified++;
      });
    },
    read: (): Requests => ({ ...seen, paths: { ...seen.paths } }),
    clear: (): void => {
      seen = fresh();
      last = Number.NEGATIVE_INFINITY;
    },
  };
}
