/** Cookies of one reading: some servers answer only those who bring back what they were just given. Forgotten with it. */
import { type Cookie as Given, parseCookie } from 'undici';

/** Beyond these no cookie is kept: a server that sets more wants something else than to be read. */
const MOST_COOKIES = 20;

/** A cookie as it was given, and by whom; hosts below a domain that it names get it too. */
interface Cookie extends Given {
  readonly host: string;
  path: string;
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
        if (!given || !isSound(given, url.hostname)) continue;
        const cookie = { ...given, host: url.hostname, path: given.path ?? folderOf(url) };
        const key = `${cookie.domain || cookie.host} ${cookie.path} ${cookie.name}`;
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

/** A host may speak for the domain above it, but never for a whole country of them. */
const isSound = ({ name, value, domain }: Given, host: string): boolean =>
  /^[\x21-\x7e]+$/.test(name) &&
  /^[\x20-\x7e]*$/.test(value) &&
  (!domain || (isWithin(host, domain) && domain.includes('.')));

/** A cookie that names no path is for the folder of the page that set it. */
const folderOf = ({ pathname }: URL): string => pathname.replace(/\/[^/]*$/, '') || '/';

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** Whether it takes a cookie back; a lifetime counts before a date. */
const isOver = ({ maxAge, expires }: Given): boolean =>
  maxAge === undefined ? Number(expires) <= Date.now() : maxAge <= 0;

const isMeantFor = ({ domain, host, path, secure }: Cookie, url: URL): boolean =>
  (domain ? isWithin(url.hostname, domain) : url.hostname === host) &&
  (url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`)) &&
  (!secure || url.protocol === 'https:');
