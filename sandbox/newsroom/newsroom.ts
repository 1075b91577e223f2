/**
 * An invented newsroom in Pozirk's shape, over HTTP on this machine: lists, articles, feeds and pictures in three
 * languages, with everything that makes the real site hard to read, and every kind of bad day.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createArchive,
  type Draft,
  type Piece,
  type PieceIds,
  type Version,
  type Withdrawal,
} from './archive.ts';
import {
  articlePage,
  type Design,
  feed,
  listingPage,
  type Marks,
  NO_MARKS,
  pathOf,
  type Site,
} from './pages.ts';
import { fail, type Outage } from './outage.ts';
import { picture } from './picture.ts';
import { createCounter, type Requests } from './requests.ts';
import { isTongue, TONGUES, type Tongue } from './words.ts';

export interface NewsroomOptions {
  /** Where its dates come from; default the machine's clock. */
  readonly clock?: { now(): number };
  /** Default: a free one. */
  readonly port?: number;
  /** Origin that absolute links name; default its own. */
  readonly origin?: string;
  readonly marks?: Partial<Marks>;
  /** `off` (default): no feed; `hidden`: `/be/rss` answers; `linked`: the lists name it as well. */
  readonly feed?: 'off' | 'hidden' | 'linked';
  /** Links end in a slash; both forms answer. */
  readonly slash?: boolean;
  /** Lines of `/robots.txt`; default allows everything. */
  readonly robots?: string;
  /** Answers carry ETag and Last-Modified; default true. */
  readonly validators?: boolean;
  readonly firstId?: number;
}

export interface Newsroom {
  /** Origin, without a slash at the end. */
  readonly url: string;
  /** The list of each language. */
  readonly sources: Readonly<Record<Tongue, string>>;
  /** The feed of each language; answers 404 unless the option `feed` is on. */
  readonly feeds: Readonly<Record<Tongue, string>>;
  /** Publishes now, or at another moment (ms), and gives the id of each language. */
  publish(piece: Piece, at?: number): PieceIds;
  /** Changes one language version. */
  correct(id: number, patch: Partial<Draft>): void;
  /** Takes one language version back. */
  withdraw(id: number, how?: Withdrawal): void;
  restore(id: number): void;
  /** One more id for the same text; lists link it from now on. */
  alias(id: number): number;
  /** All ids change at once; the old ones answer 404. */
  reset(): void;
  /** Everywhere, or in one language only. Ends by `off`. */
  outage(kind: Outage, only?: Tongue): void;
  /** Faults switched on at present, by language. */
  outages(): Readonly<{ [tongue in Tongue]?: Outage }>;
  redesign(design?: Design): void;
  design(): Design;
  mark(marks: Partial<Marks>): void;
  /** Absolute address of a story's page. */
  link(id: number): string;
  /** Rows of a language's list, newest first; without a language: everything ever published. */
  stories(tongue?: Tongue): readonly Version[];
  requests(): Requests;
  clearRequests(): void;
  /** Answers one request; lets another server stand in for this one. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** Starts on loopback. Rejects when the port is taken. */
export async function startNewsroom(options: NewsroomOptions = {}): Promise<Newsroom> {
  const now = () => (options.clock ?? Date).now();
  const archive = createArchive(options.firstId);
  const outages: { [tongue in Tongue]?: Outage } = {};
  const counter = createCounter();
  let marks: Marks = { ...NO_MARKS, ...options.marks };
  let design: Design = 'known';
  let origin = options.origin ?? '';

  const site = (): Site => ({
    archive,
    origin,
    marks,
    design,
    feedLinked: options.feed === 'linked',
    slash: options.slash ?? false,
    now: now(),
  });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? '/', 'http://newsroom').pathname;
    counter.begin(request, response, path);
    const [, first = ''] = path.split('/');
    const outage = isTongue(first) ? outages[first] : undefined;
    const shown = outage === 'empty' ? { ...site(), archive: createArchive() } : site();
    const found = respond(shown, path, options);
    if (outage && outage !== 'empty') fail(response, outage, found.body);
    else send(request, response, found, options.validators ?? true);
  }

  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : options.port}`;
  if (!origin) origin = url;
  const each = (path: string) =>
    Object.fromEntries(TONGUES.map((tongue) => [tongue, `${url}/${tongue}/${path}`])) as Record<
      Tongue,
      string
    >;

  return {
    url,
    sources: each('news/'),
    feeds: each('rss'),
    publish: (piece, at) => archive.publish(piece, at ?? now()),
    correct: (id, patch) => archive.correct(id, patch, now()),
    withdraw: (id, how = {}) => archive.withdraw(id, how, now()),
    restore: (id) => archive.restore(id, now()),
    alias: (id) => archive.alias(id),
    reset: () => archive.reset(now()),
    outage(kind, only) {
      for (const tongue of only ? [only] : TONGUES) {
        if (kind === 'off') delete outages[tongue];
        else outages[tongue] = kind;
      }
    },
    outages: () => ({ ...outages }),
    design: () => design,
    redesign(next = 'other') {
      design = next;
    },
    mark(changed) {
      marks = { ...marks, ...changed };
    },
    link(id) {
      const version = archive.find(id);
      if (!version) throw new RangeError(`The newsroom has no story ${id}`);
      return `${origin}${pathOf(version)}`;
    },
    stories: (tongue) => (tongue ? archive.list(tongue) : archive.all()),
    requests: counter.read,
    clearRequests: counter.clear,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly changedAt?: number;
}

const html = (body: string): Answer => ({ status: 200, type: 'text/html; charset=utf-8', body });

const NOT_FOUND: Answer = { ...html('<!doctype html><title>404</title><h1>404</h1>'), status: 404 };

function respond(site: Site, path: string, { robots, feed: feeds = 'off' }: NewsroomOptions): Answer {
  const [, first = '', second = '', third = ''] = path.split('/');
  if (path === '/robots.txt')
    return { status: 200, type: 'text/plain', body: robots ?? 'User-agent: *\nAllow: /\n' };
  if (first === 'pictures' && /^\d{1,6}\.png$/.test(second))
    return { status: 200, type: 'image/png', body: picture(Number.parseInt(second, 10)) };
  if (!isTongue(first)) return NOT_FOUND;
  if (second === 'news' && third === '') return html(listingPage(site, first));
  if (second === 'rss' && feeds !== 'off')
    return { status: 200, type: 'application/rss+xml; charset=utf-8', body: feed(site, first) };
  if (second !== 'news' || !/^\d+$/.test(third)) return NOT_FOUND;
  const version = site.archive.read(first, Number(third));
  if (!version) return NOT_FOUND;
  if (version.status !== 200) return { ...NOT_FOUND, status: version.status };
  return { ...html(articlePage(site, version)), changedAt: version.changedAt };
}

function send(request: IncomingMessage, response: ServerResponse, found: Answer, validators: boolean): void {
  const { status, type, body, changedAt } = found;
  response.setHeader('content-type', type);
  if (validators && status === 200) {
    // The clock in the header runs on without the page being another one.
    const content = typeof body === 'string' ? body.replace(/<span class="clock">[^<]*/, '') : body;
    const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    response.setHeader('etag', tag);
    if (changedAt !== undefined) response.setHeader('last-modified', new Date(changedAt).toUTCString());
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304).end();
      return;
    }
  }
  response.writeHead(status).end(request.method === 'HEAD' ? '' : body);
}
