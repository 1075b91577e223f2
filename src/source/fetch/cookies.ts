/** Cookies of one reading: some servers answer only those who bring back what they were just given. Forgotten with it. */
import { type Cookie as Given, parseCookie } from 'undici';

/** Beyond these no cookie is kept: a server that sets more wants something else than to be read. */
const MOST_COOKIES = 20;

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
        const given = parseCookie(line);
        const cookie = given && read(url, given);
        if (!cookie) continue;
        const key = `${cookie.domain} ${cookie.path} ${cookie.name}`;
        if (isOver(given)) kept.delete(key);
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

function read(url: URL, { name, value, domain: named, path, secure = false }: Given): Cookie | undefined {
  if (!/^[\x21-\x7e]+$/.test(name) || /[^\x20-\x7e]/.test(value)) return undefined;
  // A host may speak for the domain above it, but never for a whole country of them.
  if (named && (!isWithin(url.hostname, named) || !named.includes('.'))) return undefined;
  return {
    name,
    value,
    domain: named || url.hostname,
    isWide: Boolean(named),
    path: path ?? folderOf(url),
    isSecure: secure,
  };
}

/** A cookie that names no path is for the folder of the page that set it. */
const folderOf = ({ pathname }: URL): string => pathname.replace(/\/[^/]*$/, '') || '/';

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** Whether it takes a cookie back; a lifetime counts before a date. */
const isOver = ({ maxAge, expires }: Given): boolean =>
  maxAge === undefined ? Number(expires) <= Date.now() : maxAge <= 0;

const isMeantFor = ({ domain, isWide, path, isSecure }: Cookie, url: URL): boolean =>
  (isWide ? isWithin(url.hostname, domain) : url.hostname === domain) &&
  (url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`)) &&
  (!isSecure || url.protocol === 'https:');
