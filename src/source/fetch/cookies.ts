/** Cookies of one reading: some servers answer only those who bring back what they were just given. Forgotten with it. */

/** Beyond these no cookie is kept: a server that sets more wants something else than to be read. */
const MOST_COOKIES = 20;
const LONGEST_COOKIE = 4096;

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** The host that set it, or the domain that it named. */
  readonly domain: string;
  /** Whether hosts below the domain get it too. */
  readonly isWide: boolean;
  readonly path: string;
  readonly isSecure: boolean;
}

export interface Cookies {
  /** Takes the `Set-Cookie` lines of an answer from `url`. */
  take(url: URL, lines: readonly string[]): void;
  /** The cookies for `url`; '' where there are none. */
  for(url: URL): string;
}

export function createCookies(): Cookies {
  const kept = new Map<string, Cookie>();
  return {
    take(url, lines) {
      for (const line of lines) {
        const cookie = read(url, line);
        if (!cookie) continue;
        const key = `${cookie.domain} ${cookie.path} ${cookie.name}`;
        if (isOver(line)) kept.delete(key);
        else if (kept.has(key) || kept.size < MOST_COOKIES) kept.set(key, cookie);
      }
    },
    for: (url) =>
      [...kept.values()]
        .filter((cookie) => isMeantFor(cookie, url))
        .toSorted((a, b) => b.path.length - a.path.length)
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
  };
}

function read(url: URL, line: string): Cookie | undefined {
  if (line.length > LONGEST_COOKIE) return undefined;
  const [, name = '', value = ''] = /^\s*([^=;\s]+)\s*=\s*([^;]*)/.exec(line) ?? [];
  if (!name || /[^\x21-\x7e ]/.test(name + value)) return undefined;
  const named = attribute(line, 'domain')?.replace(/^\./, '').toLowerCase();
  // A host may speak for the domain above it, but never for a whole country of them.
  if (named && (!isWithin(url.hostname, named) || !named.includes('.'))) return undefined;
  const path = attribute(line, 'path');
  return {
    name,
    value: value.trim(),
    domain: named ?? url.hostname,
    isWide: named !== undefined,
    path: path?.startsWith('/') ? path : folderOf(url),
    isSecure: /;\s*secure\s*(?:;|$)/i.test(line),
  };
}

/** A cookie that names no path is for the folder of the page that set it. */
const folderOf = ({ pathname }: URL): string => pathname.replace(/\/[^/]*$/, '') || '/';

const attribute = (line: string, name: string): string | undefined =>
  new RegExp(`;\\s*${name}\\s*=\\s*([^;]*)`, 'i').exec(line)?.[1]?.trim() || undefined;

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** Whether it takes a cookie back; a lifetime counts before a date. */
function isOver(line: string): boolean {
  const lifetime = attribute(line, 'max-age');
  if (lifetime !== undefined && /^-?\d+$/.test(lifetime)) return Number(lifetime) <= 0;
  return Date.parse(attribute(line, 'expires')?.replaceAll('-', ' ') ?? '') <= Date.now();
}

const isMeantFor = ({ domain, isWide, path, isSecure }: Cookie, url: URL): boolean =>
  (isWide ? isWithin(url.hostname, domain) : url.hostname === domain) &&
  (url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`)) &&
  (!isSecure || url.protocol === 'https:');
