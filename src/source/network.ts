/** Which addresses are a network's own business and none of ours. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/**
 * Special ranges of IPv4 and IPv6 (IANA special-purpose registries): this host, private, link-local, test, multicast.
 * Node judges IPv4-mapped IPv6 addresses by the IPv4 ranges; a range for them here would match every IPv4 address.
 */
const SPECIAL: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

/** The ranges that a public page has no business to lead us into. */
export function privateRanges(): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of SPECIAL) list.addSubnet(network, prefix, family);
  return list;
}

const ranges = privateRanges();

/** Whether an IP address is within the special ranges. */
export const isPrivateIp = (ip: string): boolean => ranges.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');

/**
 * Whether a host name of a URL (an IPv6 address still in its brackets) stands in a private network. A name that does
 * not resolve is not private; asked only for addresses that the operator configured.
 */
export async function isPrivateHost(hostname: string): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  if (isIP(host)) return isPrivateIp(host);
  try {
    return (await lookup(host, { all: true })).some(({ address }) => isPrivateIp(address));
  } catch {
    return false;
  }
}
