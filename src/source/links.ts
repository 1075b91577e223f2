import { createHash } from 'node:crypto';

/** Parameters that say where a reader came from, not what the page is. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|yclid|msclkid|mc_[ce]id|_openstat|ref|ref_src|from|src|source|partner|wprss|cmp|ncid|spm|igshid|ns_\w+|at_\w+)$/i;

/** Longer addresses are refused: no newsroom writes them, and they travel through messages and keys. */
const LONGEST_LINK = 2000;

/**
 * `link` as an absolute http(s) address, relative to `base` where needed; undefined where it is none. Redirectors that
 * carry their target behind `*` (`…/redirect/*https://…`) give way to the target; user names are dropped.
 */
export function absoluteLink(link: string, base: string): string | undefined {
  const written = link.trim().replace(/^.*\/\*(?=https?:\/\/)/s, '');
  if (!written || written.length > LONGEST_LINK || !URL.canParse(written, base)) return undefined;
  const url = new URL(written, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  // "htpt:/:s://…" and "What is love?" resolve to something; a host without a dot is only believed where it is local.
  if (!url.hostname || (url.hostname !== new URL(base).hostname && !/[.:]/.test(url.hostname)))
    return undefined;
  if (/\s/.test(written)) return undefined;
  url.username = '';
  url.password = '';
  return url.href;
}

/**
 * One address, one key: scheme, `www.`, default port, trailing slash, fragment and tracking parameters do not matter.
 * `link` must be absolute.
 */
export function linkKey(link: string): string {
  const url = new URL(link);
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name));
  kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const query = kept.map(([name, value]) => `${name}=${value}`).join('&');
  const path = url.pathname.replace(/\/{2,}/g, '/').replace(/(?:\/(?:index\.\w{3,5})?)$/, '');
  return `${url.host.replace(/^www\./, '')}${path}${query ? `?${query}` : ''}`;
}

/** A short name for a link or guid in a Redis key: 22 characters. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);
