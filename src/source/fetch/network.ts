/** Which addresses are a network's own business and none of ours. */
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';

/**
 * Special ranges of IPv4 and IPv6 (IANA special-purpose registries): this host, private, link-local, test, multicast.
 * Node judges IPv4-mapped IPv6 addresses by the IPv4 ranges; a range for them here would match every IPv4 address.
 */
const SPECIAL = {
  ipv4: `
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3`,
  ipv6: `
    ::/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16
    3fff::/20 fc00::/7 fe80::/10 fec0::/10 ff00::/8`,
};

const ranges = new BlockList();
for (const family of ['ipv4', 'ipv6'] as const)
  for (const range of SPECIAL[family].trim().split(/\s+/)) {
    const [network = '', prefix] = range.split('/');
    ranges.addSubnet(network, Number(prefix), family);
  }

/** Whether an IP address is within the special ranges. */
export const isPrivateIp = (ip: string): boolean => ranges.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');

/** The addresses of a name; rejects where it has none. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** As this machine resolves names. */
export const resolveHere: Resolve = (name) => lookup(name, { all: true });

/** Whether a host name of a URL stands in a private network. A name that does not resolve is not private. */
export async function isPrivateHost(hostname: string, resolve: Resolve): Promise<boolean> {
  const host = withoutBrackets(hostname);
  if (/(?:^|\.)localhost\.?$/.test(host)) return true;
  if (isIP(host)) return isPrivateIp(host);
  try {
    return (await resolve(host)).some(({ address }) => isPrivateIp(address));
  } catch {
    return false;
  }
}

/** A URL writes every spelling of an IPv4 address (`2130706433`, `0177.1`) in the one with dots, IPv6 in brackets. */
export const withoutBrackets = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** The other end of a connection would stand in a private network. */
export class PrivateAddress extends Error {}

/** Opens sockets to wherever the operator's own addresses lead. */
export const connectAnywhere = (resolve: Resolve, timeout: number): buildConnector.connector =>
  buildConnector({ timeout, lookup: lookupBy(resolve, () => false) });

/**
 * Opens sockets to public addresses only, whatever the protocol. A name is resolved once, and the socket goes to the very
 * address that was judged: a name that answers otherwise a moment later gains nothing.
 */
export function connectOutside(resolve: Resolve, timeout: number): buildConnector.connector {
  const connect = buildConnector({ timeout, lookup: lookupBy(resolve, isPrivateIp) });
  return (options, callback) => {
    const host = withoutBrackets(options.hostname);
    if (isIP(host) && isPrivateIp(host)) callback(new PrivateAddress(), null);
    else connect(options, callback);
  };
}

function lookupBy(resolve: Resolve, isRefused: (ip: string) => boolean): LookupFunction {
  const look = async (...[name, { all, family }, callback]: Parameters<LookupFunction>): Promise<void> => {
    const found = await judged(name, family).catch((error: Error) => error);
    if (found instanceof Error) callback(found, '', 0);
    else if (all) callback(null, found);
    else callback(null, found[0].address, found[0].family);
  };
  const judged = async (name: string, family: unknown): Promise<[LookupAddress, ...LookupAddress[]]> => {
    const found = await resolve(name);
    // A name with one refused address is refused whole.
    if (found.some(({ address }) => isRefused(address))) throw new PrivateAddress();
    const [first, ...others] = found.filter((each) => !family || each.family === family);
    if (!first) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
    return [first, ...others];
  };
  return (...asked) => void look(...asked);
}
