/** The ways to the source's servers, straight or through the operator's proxy, and into no private network but their own. */
import { Agent, type buildConnector, type Dispatcher } from 'undici';
import { proxyAgent } from '../../proxy.ts';
import { SECOND } from '../../time.ts';
import { LARGEST_HEADERS } from './again.ts';
import { connectAnywhere, connectOutside, isPrivateHost, type Resolve, resolveHere } from './network.ts';

/** Time until an answer begins, and until it is over. */
export const FIRST_BYTE_MS = 10 * SECOND;
export const WHOLE_MS = 20 * SECOND;

export interface Way {
  readonly dispatcher: Dispatcher;
  /** Opens a bare socket there, under the same judgement; absent: behind a proxy nothing does. */
  readonly connect?: buildConnector.connector;
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

export interface Ways {
  /** The way to a host; undefined: a private network that we have no business in. */
  wayTo(hostname: string): Promise<Way | undefined>;
  close(): Promise<unknown>;
}

export interface WaysOptions {
  /**
   * `http(s)://` or `socks5://`. Names are then resolved by the proxy; those that are private by our own resolution are
   * refused before it is asked.
   */
  readonly proxyUrl?: string;
  /** The configured source addresses; where one of them stands in a private network, redirects may lead there too. */
  readonly addresses: readonly string[];
  /** Default: as this machine resolves names. */
  readonly resolve?: Resolve;
}

export const createWays = (options: WaysOptions): Ways =>
  options.proxyUrl ? throughProxy(options, options.proxyUrl) : direct(options);

/** Without a proxy every socket is judged by the address that it goes to. */
function direct({ addresses, resolve = resolveHere }: WaysOptions): Ways {
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
function throughProxy({ addresses, resolve = resolveHere }: WaysOptions, proxyUrl: string): Ways {
  const proxy = { dispatcher: proxyAgent(proxyUrl, FIRST_BYTE_MS, LIMITS) };
  const own = hostsOf(addresses);
  const isAtHome = isAnyPrivate(addresses, resolve);
  return {
    wayTo: async (hostname) => {
      if (own.includes(hostname) || !(await isPrivateHost(hostname, resolve))) return proxy;
      return (await isAtHome()) ? proxy : undefined;
    },
    close: () => proxy.dispatcher.destroy(),
  };
}

/** Asked once: a public name that begins to answer with a private address later stays outside. */
function isAnyPrivate(addresses: readonly string[], resolve: Resolve): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  return () => {
    answer ??= Promise.all(hostsOf(addresses).map((host) => isPrivateHost(host, resolve))).then((found) =>
      found.includes(true),
    );
    return answer;
  };
}

const hostsOf = (addresses: readonly string[]): string[] =>
  addresses.flatMap((address) => URL.parse(address)?.hostname ?? []);
