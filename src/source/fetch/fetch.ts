/** The door to the source: the only place that asks a newsroom's server for anything. */
import { fetch, type Response } from 'undici';
import { fail, ok, type Result } from '../../errors.ts';
import { newsroom } from '../../newsroom/current.ts';
import { bounded, type Bounded } from '../../bounded.ts';
import { type Clock, realClock } from '../../time.ts';
import { type Question, askLoosely, askPlainly } from './again.ts';
import { type Answered, MB, type NotModified, type Page, understand, type Validators } from './answer.ts';
import { type Cookies, createCookies } from './cookies.ts';
import { headersOf, type How } from './headers.ts';
import { createHostQueues, type HostQueues, type Urgency } from './host-queues.ts';
import { PrivateAddress } from './network.ts';
import { codeOf, CUT, MISPACKED, MISREAD, networkFault } from './network-fault.ts';
import { createRobotsFiles, type RobotsFiles } from './robots-files.ts';
import { createWays, FIRST_BYTE_MS, type Way, type Ways, type WaysOptions, WHOLE_MS } from './ways.ts';

/** Largest answer after decompression, MB; a day of news is a hundredth of it. */
export const LARGEST_MB = 5;
/** Hosts that are remembered at a time: a newsroom has a few, a feed of links may name any number. */
const MOST_HOSTS = 64;

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
  /** Asks for one page; every failure is a value of the closed list. */
  read(address: string, request?: Request): Promise<Result<Page | NotModified>>;
  /** The longest Crawl-delay that a robots.txt has asked for, ms, of five minutes at most; 0: none has. */
  crawlDelayMs(): number;
  /** Posts a form, without waiting for a turn; a refusal is `source.status`, whatever may be otherwise soon is not. */
  tell(address: string, form: Readonly<Record<string, string>>): Promise<Result<true>>;
  /** The newsroom has asked us to come: what is read now does not wait for the gap. */
  hurry(): void;
  /** Ends what is under way; later reads fail. */
  close(): Promise<void>;
}

export interface FetcherOptions extends WaysOptions {
  readonly clock: Clock;
  /** Least time between two requests to one host, ms, from 0. */
  readonly gapMs: number;
  /** Where a webmaster can reach whoever runs this bot: an address or mailbox for the User-Agent. */
  readonly contact?: string;
  /** Default `obey`. */
  readonly robots?: 'obey' | 'ignore';
  /** Largest answer after decompression, MB; default 5. */
  readonly maxMb?: number;
}

/** State of one fetcher. */
interface Wire {
  readonly clock: Clock;
  readonly queues: HostQueues;
  readonly userAgent: string;
  readonly closed: AbortController;
  /** By host, its pictures by themselves: asked to wait until then, ms. */
  readonly held: Bounded<string, number>;
  /** Undefined: robots.txt is not asked for. */
  readonly robots: RobotsFiles | undefined;
  /** Bytes of one answer. */
  readonly largest: number;
  readonly ways: Ways;
}

export function createFetcher(options: FetcherOptions): Fetcher {
  const wire: Wire = {
    clock: options.clock,
    queues: createHostQueues(options.clock, options.gapMs),
    userAgent: `${newsroom().agent}/1.0 (${options.contact ? `+${options.contact}` : 'news for Telegram readers'})`,
    closed: new AbortController(),
    held: bounded(MOST_HOSTS),
    robots: options.robots === 'ignore' ? undefined : createRobotsFiles(options.clock, MOST_HOSTS),
    largest: (options.maxMb ?? LARGEST_MB) * MB,
    ways: createWays(options),
  };
  return {
    read: (address, request = {}) => read(wire, address, request),
    crawlDelayMs: () => wire.robots?.delayMs ?? 0,
    tell: (address, form) => tell(wire, address, form),
    hurry: () => wire.queues.hurry(),
    close: async () => {
      wire.closed.abort();
      await wire.ways.close();
    },
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
    const way = await wire.ways.wayTo(url.hostname);
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

/** Redirects that one read follows. */
const MOST_REDIRECTS = 5;

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
    const url = /^https?:\/\//i.test(at) ? URL.parse(at) : null;
    if (!url) return fail('source.bad_address', 'not an http(s) address');
    // One address with other cookies is another question.
    const question = `${at} ${budget.cookies.for(url)}`;
    if (seen.has(question) || seen.size > MOST_REDIRECTS)
      return fail('source.redirects', `stopped after ${seen.size} redirects`);
    seen.add(question);
    const held = Math.max(wire.held.get(url.host) ?? 0, wire.held.get(heldBy(url, request)) ?? 0);
    if (held > wire.clock.now()) return fail('source.throttled', 'the server asked to wait', held);
    if (wire.robots && !(await wire.robots.allows(url, askingAhead(wire, request))))
      return fail('source.robots', 'robots.txt does not allow this page');
    const step = await inTurn(wire, url, request, budget);
    if (!step.ok || step.value.kind !== 'redirect') return step as Result<Page | NotModified>;
    at = step.value.to;
  }
}

/** Asks for a robots.txt at the place of the request that needs it, within a time of its own. */
const askingAhead =
  (wire: Wire, { urgency = 'poll' }: Request) =>
  (address: string) =>
    read({ ...wire, robots: undefined }, address, { urgency, withinMs: FIRST_BYTE_MS / 2 });

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
  const way = await wire.ways.wayTo(url.hostname);
  if (!way) return { ok: false, fault: networkFault(new PrivateAddress()) };
  const { tooSlow, answered, finished } = limits(leftMs);
  try {
    const isConditional = request.validators !== undefined && how === 'usually';
    const response = await answerOf(way, url, how, {
      // A body that nobody reads would listen for the end of the bot.
      signal: AbortSignal.any([tooSlow, wire.closed.signal, finished.signal]),
      headers: headersOf(wire.userAgent, request, how, cookies.for(url)),
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
      opening: request.opening,
    });
    // "Too many requests" is about us and so about the whole host; "unavailable" may be one page's own. What is said of
    // pictures, which are asked for beside each other, holds for them alone: the news does not wait for them.
    if (response.status === 429 && !said.ok && said.fault.notBefore !== undefined)
      wire.held.set(heldBy(url, request), said.fault.notBefore);
    return said;
  } catch (error) {
    if (tooSlow.aborted) return fail('source.timeout', 'no answer in time');
    const next = hopeful(codeOf(error), how, way, answered.signal.aborted);
    return next ? await again(next) : { ok: false, fault: networkFault(error) };
  } finally {
    answered.abort();
    finished.abort();
  }
}

/** Another way of asking that may go better after a fault, where there is one. */
function hopeful(code: string, how: How, way: Way, isAnswered: boolean): How | undefined {
  if (how === 'usually' && (isAnswered ? MISPACKED : CUT).test(code)) return 'plainly';
  return how !== 'loosely' && way.connect && MISREAD.test(code) ? 'loosely' : undefined;
}

/** A signal for an answer that takes too long, until it has begun and until it is over. */
function limits(leftMs: number) {
  const tooSlow = new AbortController();
  const answered = new AbortController();
  const finished = new AbortController();
  const limit = (ms: number, until: AbortController) =>
    realClock.sleep(ms, until.signal).then(() => until.signal.aborted || tooSlow.abort());
  void limit(Math.min(leftMs, FIRST_BYTE_MS), answered);
  void limit(leftMs, finished);
  return { tooSlow: tooSlow.signal, answered, finished };
}

function answerOf({ dispatcher, connect }: Way, url: URL, how: How, asked: Question): Promise<Response> {
  if (how === 'usually') return fetch(url, { dispatcher, redirect: 'manual', ...asked });
  return how === 'loosely' && connect ? askLoosely(connect, url, asked) : askPlainly(dispatcher, url, asked);
}

/** Statuses that a server gives by mistake: to whoever asks so, and to who asks it to compare. */
const MISTAKEN = [304, 406, 412];
const MISTAKEN_IN_COMPARING = [400, 406, 412, 416, 431, 500];
