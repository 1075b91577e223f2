/** Whether a request means this very server: a page elsewhere may lead its visitors' browsers here under a name of its own. */
import { isIP } from 'node:net';

/**
 * `host` is the request's header. An address, `localhost` or a name without a dot cannot be made to lead here by a stranger's
 * name server (DNS rebinding). Absent: no browser asks.
 */
export function isOwnHost(host: string | undefined): boolean {
  if (host === undefined) return true;
  const name = host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  return isIP(name) > 0 || /^[\w-]+$/.test(name) || name.endsWith('.localhost');
}

/** Whether a browser says that another site's page asks. */
export function isForeign(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return origin !== undefined && URL.parse(String(origin))?.host !== host;
}
