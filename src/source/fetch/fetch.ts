/** The door to the source: the only place that asks a newsroom's server for anything. */
import { Agent, type buildConnector, type Dispatcher, errors, fetch, type Response } from 'undici';
import { errorCode, type Fault, fail, ok, type Result } from '../../errors.ts';
import { newsroom } from '../../newsroom/current.ts';
import { bounded, type Bounded } from '../../bounded.ts';
import { proxyAgent } from '../../proxy.ts';
import { type Clock, DAY, MINUTE, realClock, SECOND } from '../../time.ts';
import { type Question, askLoosely, askPlainly, LARGEST_HEADERS } from './again.ts';
import { type Answered, MB, type NotModified, type Page, understand, type Validators } from './answer.ts';
import { type Cookies, createCookies } from './cookies.ts';
import { createHostQueues, type HostQueues, type Urgency } from './host-queues.ts';
import {
  connectAnywhere,
  connectOutside,
  isPrivateHost,
  PrivateAddress,
  type Resolve,
  resolveHere,
} from './network.ts';
import { ALLOW_ALL, parseRobots, type Robots } from './robots.ts';

/** Largest answer after decompression, MB; a day of news is a hundredth of it. */
export const LARGEST_MB = 5;
/** Hosts that are remembered at a time: a newsroom has a few, a feed of links may name any number. */
const MOST_HOSTS = 64;
const FIRST_BYTE_MS = 10 * SECOND;
const WHOLE_MS = 20 * SECOND;
const MOST_REDIRECTS = 5;

export type { NotModified, Page, Validators } from './answer.ts';

export interface Request {
  /** Sent back to the server; with them it may answer "unchanged". */
  readonly validators?: Validators;
  /** Its place among other requests to the same host. Default `poll`. */
  readonly urgency?: Urgency;
  /** Time in all, ms; default and most 20 s. */
  readonly withinMs?: number;
  /**
   * Bytes of a picture that are enough: the rest is neither asked for nor read. It waits for no turn, as a browser opens
   * the pictures of a page beside it.
   */
  readonly opening?: number;
}

/** Reads pages politely. Make one for the whole process: it keeps the gaps between requests. */
export interface Fetcher {
  read(address: string, request: Request): Promise<Result<Page | NotModified>>;
  /** The longest Crawl-delay that a robots.txt has asked for, ms, of five minutes at most; 0: none has. */
  crawlDelayMs(): number;
  /** Posts a form, without waiting for a turn; a refusal is `source.status`, whatever may be otherwise soon is not. */
  tell(address: string, form: Readonly<Record<string, string>>): Promise<Result<true>>;
  /** The newsroom has asked us to come: what is read now does not wait for the gap. */
  hurry(): void;
  /** Ends what is under way; later reads fail. */
  close(): Promise<void>;
}

export interface FetcherOptions {
  readonly clock: Clock;
  /** Least time between two requests to one host, ms, from 0. */
  readonly gapMs: number;
  /**
   * `http(s)://` or `socks5://`. Names are then resolved by the proxy; those that are private by our own resolution are
   * refused before it is asked.
   */
  readonly proxyUrl?: string;
  /** Where a webmaster can reach whoever runs this bot: an address or mailbox for the User-Agent. */
  readonly contact?: string;
  /** The configured source addresses; where one of them stands in a private network, redirects may lead there too. */
  readonly addresses: readonly string[];
  /** Default `obey`. */
  readonly robots?: 'obey' | 'ignore';
  /** Largest answer after decompression, MB; default 5. */
  readonly maxMb?: number;
  /** Default: as this machine resolves names. */
  readonly resolve?: Resolve;
}

/** Asks for one page; every failure is a value of the closed list. */
export const fetchPage = (
  fetcher: Fetcher,
  address: string,
  request: Request = {},
): Promise<Result<Page | NotModified>> => fetcher.read(address, request);

/** State of one fetcher. */
interface Wire {
  readonly clock: Clock;
  readonly queues: HostQueues;
  readonly userAgent: string;
  readonly closed: AbortController;
  /** By host, its pictures by themselves: asked to wait until then, ms. */
  readonly held: Bounded<string, number>;
  /** By origin; absent: robots.txt is not asked for. */
  readonly robots?: Bounded<string, { readonly until: number; readonly rules: Promise<Robots> }>;
  crawlDelayMs: number;
  /** Bytes of one answer. */
  readonly largest: number;
  /** The way to a host; undefined: a private network that we have no business in. */
  wayTo(hostname: string): Promise<Way | undefined>;
}

interface Way {
  readonly dispatcher: Dispatcher;
  /** Opens a bare socket there, under the same judgement; absent: behind a proxy nothing does. */
  readonly connect?: buildConnector.connector;
}

export function createFetcher(options: FetcherOptions): Fetcher {
  const ways = options.proxyUrl ? throughProxy(options, options.proxyUrl) : direct(options);
  const wire: Wire = {
    clock: options.clock,
    queues: createHostQueues(options.clock, options.gapMs),
    userAgent: `${newsroom().agent}/1.0 (${options.contact ? `+${options.contact}` : 'news for Telegram readers'})`,
    closed: new AbortController(),
    held: bounded(MOST_HOSTS),
    ...(options.robots === 'ignore' ? {} : { robots: bounded(MOST_HOSTS) }),
    crawlDelayMs: 0,
    largest: (options.maxMb ?? LARGEST_MB) * MB,
    wayTo: ways.wayTo,
  };
  return {
    read: (address, request) => read(wire, address, request),
    crawlDelayMs: () => wire.crawlDelayMs,
    tell: (address, form) => tell(wire, address, form),
    hurry: () => wire.queues.hurry(),
    close: async () => {
      wire.closed.abort();
      await ways.close();
    },
  };
}

/** A connection waits so long for the next page, whatever its server wishes: a feed may name hundreds of hosts. */
const IDLE_MS = 10 * SECOND;

const LIMITS = {
  headersTimeout: WHOLE_MS,
  bodyTimeout: WHOLE_MS,
  pipelining: 1,
  maxHeaderSize: LARGEST_HEADERS,
  keepAliveTimeout: IDLE_MS,
  keepAliveMaxTimeout: IDLE_MS,
};

interface Ways {
  wayTo: Wire['wayTo'];
  close(): Promise<unknown>;
}

/** Without a proxy every socket is judged by the address that it goes to. */
function direct({ addresses, resolve = resolveHere }: FetcherOptions): Ways {
  const way = (connect: buildConnector.connector) => ({
    connect,
    dispatcher: new Agent({ ...LIMITS, connect }),
  });
  const outside = way(connectOutside(resolve, FIRST_BYTE_MS));
  const anywhere = way(connectAnywhere(resolve, FIRST_BYTE_MS));
  const isAtHome = isAnyPrivate(addresses, resolve);
  return {
    wayTo: async () => ((await isAtHome()) ? anywhere : outside),
    close: () => Promise.all([outside.dispatcher.destroy(), anywhere.dispatcher.destroy()]),
  };
}

/**
 * With a proxy the name is judged, by our own resolution, before the proxy is asked. What the proxy makes of a name that
 * we cannot resolve is its own policy: its network is not ours. The operator's own hosts are not looked up, since a
 * resolver on the way need not know them.
 */
function throughProxy({ addresses, resolve = resolveHere }: FetcherOptions, proxyUrl: string): Ways {
  const dispatcher = proxyAgent(proxyUrl, FIRST_BYTE_MS, LIMITS);
  const proxy = { dispatcher };
  const own = new Set(addresses.flatMap((address) => URL.parse(address)?.hostname ?? []));
  const isAtHome = isAnyPrivate(addresses, resolve);
  return {
    wayTo: async (hostname) => {
      if (own.has(hostname) || !(await isPrivateHost(hostname, resolve))) return proxy;
      return (await isAtHome()) ? proxy : undefined;
    },
    close: () => dispatcher.destroy(),
  };
}

/** Asked once: a public name that begins to answer with a private address later stays outside. */
function isAnyPrivate(addresses: readonly string[], resolve: Resolve): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  return () => {
    answer ??= Promise.all(
      addresses.flatMap((address) => {
        const url = URL.parse(address);
        return url ? [isPrivateHost(url.hostname, resolve)] : [];
      }),
    ).then((found) => found.includes(true));
    return answer;
  };
}

async function tell(
  wire: Wire,
  address: string,
  form: Readonly<Record<string, string>>,
): Promise<Result<true>> {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return fail('source.bad_address', 'not an http(s) address');
  try {
    const way = await wire.wayTo(url.hostname);
    if (!way) throw new PrivateAddress();
    const response = await fetch(url, {
      dispatcher: way.dispatcher,
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(form),
      headers: { 'user-agent': wire.userAgent },
      signal: AbortSignal.any([AbortSignal.timeout(FIRST_BYTE_MS), wire.closed.signal]),
    });
    await response.body?.cancel();
    if (response.ok) return ok(true);
    return fail(
      isTrouble(response.status) ? 'source.unreachable' : 'source.status',
      `an answer ${response.status}`,
    );
  } catch (error) {
    return { ok: false, fault: networkFault(error) };
  }
}

/** Statuses of a server that cannot answer now, and says nothing of what it was told. */
const isTrouble = (status: number): boolean => status >= 500 || status === 408 || status === 429;

/** Time that the hops of one read share; waiting for a turn does not count. */
interface Budget {
  leftMs: number;
  readonly cookies: Cookies;
}

async function read(wire: Wire, address: string, request: Request): Promise<Result<Page | NotModified>> {
  const budget = { leftMs: Math.min(request.withinMs ?? WHOLE_MS, WHOLE_MS), cookies: createCookies() };
  const seen = new Set<string>();
  let at = address;
  for (;;) {
    if (!/^https?:\/\//i.test(at) || !URL.canParse(at))
      return fail('source.bad_address', 'not an http(s) address');
    const url = new URL(at);
    // One address with other cookies is another question.
    const question = `${at} ${budget.cookies.for(url)}`;
    if (seen.has(question) || seen.size > MOST_REDIRECTS)
      return fail('source.redirects', `stopped after ${seen.size} redirects`);
    seen.add(question);
    const held = Math.max(wire.held.get(url.host) ?? 0, wire.held.get(heldBy(url, request)) ?? 0);
    if (held > wire.clock.now()) return fail('source.throttled', 'the server asked to wait', held);
    const robots = await robotsOf(wire, url, request);
    if (!robots.allows(url.pathname + url.search)) {
      doubtRobots(wire, url);
      return fail('source.robots', 'robots.txt does not allow this page');
    }
    const step = await inTurn(wire, url, request, budget);
    if (!step.ok || step.value.kind !== 'redirect') return step as Result<Page | NotModified>;
    at = step.value.to;
  }
}

const heldBy = ({ host }: URL, { opening }: Request): string =>
  opening === undefined ? host : `pictures of ${host}`;

function inTurn(wire: Wire, url: URL, request: Request, budget: Budget): Promise<Result<Answered>> {
  const once = async (): Promise<Result<Answered>> => {
    const started = performance.now();
    const step = await requestOnce(wire, url, request, budget);
    budget.leftMs -= performance.now() - started;
    return step;
  };
  if (request.opening !== undefined) return once();
  return wire.queues.run(url.host, request.urgency ?? 'poll', wire.closed.signal, once);
}

/**
 * How an answer is asked for: by all that we can do; where that was cut or misunderstood once more, as one who takes anything
 * and unpacks it himself; where it is not as HTTP has it, past the parser that refused it.
 */
type How = 'usually' | 'plainly' | 'loosely';

/** One request and its answer; asked once more in another way where there is hope. */
async function requestOnce(
  wire: Wire,
  url: URL,
  request: Request,
  { leftMs, cookies }: Budget,
  how: How = 'usually',
): Promise<Result<Answered>> {
  const started = performance.now();
  const again = (next: How) =>
    requestOnce(wire, url, request, { leftMs: leftMs - (performance.now() - started), cookies }, next);
  if (wire.closed.signal.aborted) return fail('source.unreachable', 'the bot is stopping');
  if (leftMs <= 0) return fail('source.timeout', 'no answer in time');
  const way = await wire.wayTo(url.hostname);
  if (!way) return { ok: false, fault: networkFault(new PrivateAddress()) };
  const tooSlow = new AbortController();
  const answered = new AbortController();
  const finished = new AbortController();
  const limit = (ms: number, until: AbortController) =>
    realClock.sleep(ms, until.signal).then(() => until.signal.aborted || tooSlow.abort());
  void limit(Math.min(leftMs, FIRST_BYTE_MS), answered);
  void limit(leftMs, finished);
  try {
    const { validators, ...unconditional } = request;
    const isConditional = validators !== undefined && how === 'usually';
    const headers = headersOf(wire, isConditional ? request : unconditional, cookies.for(url));
    const response = await answerOf(way, url, how, {
      signal: AbortSignal.any([tooSlow.signal, wire.closed.signal]),
      headers: how === 'usually' ? headers : { ...headers, ...PLAINLY },
      most: request.opening ?? wire.largest + 1,
    });
    answered.abort();
    cookies.take(url, response.headers.getSetCookie());
    const mistakes = isConditional ? MISTAKEN_IN_COMPARING : MISTAKEN;
    if (mistakes.includes(response.status) && how === 'usually') {
      await response.body?.cancel();
      return await again('plainly');
    }
    const said = await understand(response, {
      url,
      isConditional,
      largest: wire.largest,
      now: wire.clock.now(),
      ...(request.opening === undefined ? {} : { opening: request.opening }),
    });
    // "Too many requests" is about us and so about the whole host; "unavailable" may be one page's own. What is said of
    // pictures, which are asked for beside each other, holds for them alone: the news does not wait for them.
    if (response.status === 429 && !said.ok && said.fault.notBefore !== undefined)
      wire.held.set(heldBy(url, request), said.fault.notBefore);
    return said;
  } catch (error) {
    if (tooSlow.signal.aborted) return fail('source.timeout', 'no answer in time');
    const code = codeOf(error);
    const isHopeful = how === 'usually' && (answered.signal.aborted ? MISPACKED : CUT).test(code);
    if (isHopeful && !wire.closed.signal.aborted) return await again('plainly');
    if (how !== 'loosely' && way.connect && MISREAD.test(code)) return await again('loosely');
    return { ok: false, fault: networkFault(error) };
  } finally {
    answered.abort();
    finished.abort();
  }
}

function answerOf({ dispatcher, connect }: Way, url: URL, how: How, asked: Question): Promise<Response> {
  if (how === 'usually') return fetch(url, { dispatcher, redirect: 'manual', ...asked });
  return how === 'loosely' && connect ? askLoosely(connect, url, asked) : askPlainly(dispatcher, url, asked);
}

const PAGES = {
  accept: 'text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5',
  'accept-encoding': 'gzip, deflate, br, zstd',
};
/** In any form, packed by nobody, and from the server itself: what lies between may have kept a wrong copy. */
const PLAINLY = {
  accept: '*/*',
  'accept-encoding': 'identity',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
};
/** Statuses that a server gives by mistake: to whoever asks so, and to who asks it to compare. */
const MISTAKEN = [304, 406, 412];
const MISTAKEN_IN_COMPARING = [400, 406, 412, 416, 431, 500];
/** A connection that was closed as we wrote to it, and an answer that is packed otherwise than it says. */
const CUT = /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE)$/;
const MISPACKED = /^(?:Z_\w+|ERR_(?:BROTLI|ZSTD)?_\w+|ZSTD_\w+)$/;
const MISREAD = /^HPE_|CONTENT_LENGTH/;

/** Forms that Telegram shows, before those that a server may offer to browsers alone. */
const PICTURES = {
  accept: 'image/jpeg, image/png, image/gif, image/webp;q=0.9, image/*;q=0.5',
  'accept-encoding': 'identity',
};

function headersOf(wire: Wire, { validators, opening }: Request, cookie: string): Record<string, string> {
  return {
    'user-agent': wire.userAgent,
    // As when somebody loads a page anew: what lies between asks the server whether its copy still holds.
    ...(opening === undefined
      ? { ...PAGES, 'cache-control': 'max-age=0' }
      : { ...PICTURES, range: `bytes=0-${opening - 1}` }),
    ...(cookie ? { cookie } : {}),
    ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
  };
}

function networkFault(error: unknown): Fault {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof PrivateAddress)
      return { code: 'source.private_address', detail: 'the address stands in a private network' };
  const code = codeOf(error);
  if (/TIMEOUT/.test(code)) return { code: 'source.timeout', detail: 'no answer in time' };
  return { code: 'source.unreachable', detail: code ? inWords(code) : 'the connection broke' };
}

/** The first code of an error and its causes; '' where none has one. */
function codeOf(error: unknown): string {
  // Undici has no code for what its parser refuses, and calls an answer before its time a broken socket.
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof errors.HTTPParserError || at.message === 'bad response') return 'HPE_REFUSED';
  return errorCode(error) ?? '';
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'names cannot be resolved now',
  ECONNREFUSED: 'nobody answers there',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_HEADERS_OVERFLOW: 'its headers are larger than 64 KiB',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not complete',
};

const inWords = (code: string): string =>
  `${WORDS[code] ?? KINDS.find(([form]) => form.test(code))?.[1] ?? 'the connection failed'} (${code})`;

const KINDS: readonly [RegExp, string][] = [
  [/CERT|SSL|TLS/, 'its certificate is not accepted'],
  [MISPACKED, 'its answer is packed otherwise than it says'],
  [MISREAD, 'its answer is not as HTTP has it'],
];

/** How long a robots.txt is believed; one that could not be read, or forbids what we are to read, is asked for sooner. */
const ROBOTS_FOR = DAY;
const ROBOTS_AGAIN = 30 * MINUTE;
/** News is worth a look at least as often, whatever a file for search engines says. */
const LONGEST_DELAY_MS = 5 * MINUTE;

async function robotsOf(wire: Wire, url: URL, request: Request): Promise<Robots> {
  if (!wire.robots) return ALLOW_ALL;
  const cached = wire.robots.get(url.origin);
  if (cached && cached.until > wire.clock.ticks()) return cached.rules;
  const rules = readRobots(wire, new URL('/robots.txt', url), request);
  wire.robots.set(url.origin, { until: wire.clock.ticks() + ROBOTS_FOR, rules });
  return rules;
}

/** A robots.txt that forbids a page that we were sent to is obeyed, but may be a slip: it is asked for again soon. */
function doubtRobots({ robots, clock }: Wire, { origin }: URL): void {
  const cached = robots?.get(origin);
  if (cached) robots?.set(origin, { ...cached, until: Math.min(cached.until, clock.ticks() + ROBOTS_AGAIN) });
}

/** An unreadable robots.txt allows everything: silence is not a refusal. */
async function readRobots(wire: Wire, url: URL, { urgency }: Request): Promise<Robots> {
  let at = url;
  const budget = { leftMs: FIRST_BYTE_MS / 2, cookies: createCookies() };
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const step = await inTurn(wire, at, urgency ? { urgency } : {}, budget);
    if (step.ok && step.value.kind === 'page') {
      const robots = parseRobots(step.value.bytes, newsroom().agent);
      wire.crawlDelayMs = Math.max(wire.crawlDelayMs, Math.min(robots.delayMs, LONGEST_DELAY_MS));
      return robots;
    }
    if (step.ok && step.value.kind === 'redirect' && /^https?:/.test(step.value.to)) {
      at = new URL(step.value.to);
      continue;
    }
    if (!step.ok && step.fault.code !== 'source.gone')
      wire.robots?.set(url.origin, {
        until: wire.clock.ticks() + ROBOTS_AGAIN,
        rules: Promise.resolve(ALLOW_ALL),
      });
    break;
  }
  return ALLOW_ALL;
}
