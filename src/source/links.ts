import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';

/** Parameters that say where a reader came from, not what the page is. */
const TRACKING =
  /^(?:(?:utm|mtm|pk|gad)_\w+|fbclid|gclid|dclid|yclid|ysclid|srsltid|[gw]braid|twclid|msclkid|mc_[ce]id|_openstat|_g[al]|xtor|ref|ref_src|from|src|source|partner|wprss|cmp|ncid|spm|igshid|ns_\w+|at_\w+|share|replytocom)$/i;

/** Longer addresses are refused: no newsroom writes them, and they travel through messages and keys. */
const LONGEST_LINK = 2000;

/**
 * `link` as an absolute http(s) address, relative to `base` where needed; undefined where it is none. Redirectors that
 * carry their target behind `*` (`…/redirect/*https://…`) give way to the target; user names are dropped.
 */
export function absoluteLink(link: string, base: string): string | undefined {
  const written = withScheme(spelt(link), base);
  if (!written || written.length > LONGEST_LINK || !URL.canParse(written, base)) return undefined;
  const url = new URL(written, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  // "htpt:/:s://…" and "What is love?" resolve to something; a host without a dot is only believed where it is local.
  if (!url.hostname || (url.hostname !== new URL(base).hostname && !/[.:]/.test(url.hostname)))
    return undefined;
  url.username = '';
  url.password = '';
  // Programs behind a proxy name the port that is the other protocol's own.
  if (`${url.protocol}${url.port}` === 'http:443') return url.href.replace(/^http:(.*?):443/, 'https:$1');
  if (`${url.protocol}${url.port}` === 'https:80') return url.href.replace(/^https:(.*?):80/, 'http:$1');
  return url.href;
}

/** Characters that nobody sees, and what stands around an address: quotes, brackets, a whole link. */
const UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const AROUND = /^["'«“<([]+|["'»”>)\]]+$/g;
const WHOLE_LINK = /^<a\s[^>]{0,500}?href\s*=\s*["']?([^"'\s>]+)/i;

/** An address as it was meant: writers put it in quotes, escape it twice, leave out or repeat a part of its beginning. */
function spelt(link: string): string {
  const bare = link
    .slice(0, 2 * LONGEST_LINK)
    .replace(UNSEEN, '')
    // A line that was broken to fit goes on behind its indent; one blank is the writer's.
    .replace(/[ \t]*[\r\n]+(?:[ \t]{2,}|\t)?/g, '')
    .trim();
  return unpacked(WHOLE_LINK.exec(bare)?.[1] ?? bare)
    .replace(/^["'«“<([].*["'»”>)\]]$/s, (quoted) => quoted.replace(AROUND, ''))
    .replace(/^h?tt?ps?\s*:\s*\/\s*\/\s*|^https?\/\/(?=[\w-]+\.)/i, (scheme) =>
      /s/i.test(scheme) ? 'https://' : 'http://',
    )
    .replace(/^.*\/\*(?=https?:\/\/)/s, '')
    .replace(/^(?:https?:\/*)+(?=https?:\/\/)/i, '')
    .replace(/^(https?):[/\\](?=[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/:?#\\]|$))/i, '$1://')
    .replace(/&(?:amp;)?#(?:0*38|x0*26);|&amp;/gi, '&');
}

/** An address that was escaped as a whole. */
function unpacked(link: string): string {
  if (!/^https?%3A%2F%2F/i.test(link)) return link;
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}

/** As a browser's address line takes it: `feed:` is a way to say http, and our own host needs none. */
function withScheme(link: string, base: string): string {
  const fed = link.replace(/^(?:feed|rss):(?:(?=https?:)|\/\/)/i, (scheme) =>
    scheme.endsWith('//') ? 'https://' : '',
  );
  const host = URL.parse(base)?.hostname.replace(/^www\./, '') ?? '';
  const [first = ''] = fed.split(/[/?#]/, 1);
  const written = first.toLowerCase().replace(/:\d+$/, '');
  // Hosts in other letters are compared as they travel.
  const named = domainToASCII(written) || written;
  const isOwnHost = host.includes('.') && (named === host || named.endsWith(`.${host}`));
  if (isOwnHost || /^www\.[\p{L}\p{N}_-]+\.[\p{L}\p{N}]/iu.test(fed)) return `https://${fed}`;
  // A blank within an address is the writer's slip; a sentence is no address.
  return /\s/.test(fed.replace(/[\t\r\n]/g, '')) && !/^(?:https?:)?\/|^[^\s]+\//i.test(fed) ? '' : fed;
}

/** Parameters that name a visit; a short number under such a name is a story's. */
const SESSION = /^(?:sid|sess(?:ion)?(?:_?id)?|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken)$/i;
const SHORT_NUMBER = /^\d{1,8}$/;

const namesVisit = (name: string, value: string): boolean => SESSION.test(name) && !SHORT_NUMBER.test(value);

/**
 * One address, one key: scheme, `www.`, default port, trailing slash, fragment, session and tracking parameters do not
 * matter, nor do those in `without`. `link` must be absolute.
 */
export function linkKey(link: string, without?: ReadonlySet<string>): string {
  const url = new URL(link);
  const kept = [...url.searchParams].filter(
    ([name, value]) => !TRACKING.test(name) && !namesVisit(name, value) && !without?.has(name),
  );
  kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const query = kept.map(([name, value]) => `${name}=${value}`).join('&');
  const path = url.pathname
    .replace(/%[\da-f]{2}/gi, spelling)
    .replace(/;jsessionid=[^/]*/i, '')
    .replace(/\/{2,}/g, '/')
    .replace(/(?:\/(?:index\.\w{3,5})?)$/, '');
  return `${url.host.replace(/^www\./, '')}${path}${query ? `?${query}` : ''}`;
}

/** Whether a link leads to this page or to one below it, as an entry of a live blog; below a home page is all of a site. */
export function isWithin(link: string, page: string): boolean {
  const [key, own] = [linkKey(link), linkKey(page)];
  return key === own || (own.includes('/') && [`${own}/`, `${own}?`].some((start) => key.startsWith(start)));
}

/** One spelling of an escaped byte: sites write `%d0`, browsers `%D0`, and a letter that needs no escape as it is. */
function spelling(escaped: string): string {
  const letter = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  return /[\w.~-]/.test(letter) ? letter : escaped.toUpperCase();
}

/** A page that only counts who goes on to the address that it names. */
const COUNTER = /\/(?<!share\/)(?:url|away|goto|go|out|click|redirect|redir|rk|link)(?:\.\w{2,5})?\/?$/i;

/** The page of the newsroom's own, as `base` is, to which a link leads by way of a counter; otherwise the link. */
export function countedLink(link: string, base: string): string {
  const url = new URL(link);
  if (!COUNTER.test(url.pathname)) return link;
  const named = [...url.searchParams.values()].flatMap(
    (value) => URL.parse(value, /^\/[^/]/.test(value) ? url.href : undefined) ?? [],
  );
  return named.find(({ host, pathname }) => host === new URL(base).host && pathname !== '/')?.href ?? link;
}

/** Stands for the anchor among the names of parameters. */
const ANCHOR = '#';

/** The key with the anchor behind it, where the link has one: posts of a live blog share a page. */
export function anchoredKey(link: string, without?: ReadonlySet<string>): string {
  const { hash } = new URL(link);
  return hash.length > 1 && !without?.has(ANCHOR)
    ? `${linkKey(link, without)}${hash}`
    : linkKey(link, without);
}

/** A value that may name a visit: long, with digits. */
const TOKEN = /^(?=.*\d)[\w-]{8,}$/;
/** In fewer links than this nothing is told of a parameter. */
const LEAST_LINKS = 3;

/**
 * Parameters of the links of one reading that look like names of a visit and that tell none of the links apart; `#` where
 * the anchors do not.
 */
export function tokensIn(links: readonly string[]): Set<string> {
  const urls = links.map((link) => new URL(link));
  const names = new Set(urls.flatMap(({ searchParams }) => [...searchParams.keys()]));
  const tokens = new Set<string>();
  for (const name of [ANCHOR, ...names]) {
    const values =
      name === ANCHOR
        ? urls.flatMap(({ hash }) => (hash.length > 1 ? [hash] : []))
        : urls.flatMap(({ searchParams }) => searchParams.get(name) ?? []);
    if (values.length < LEAST_LINKS || !values.every((value) => name === ANCHOR || TOKEN.test(value)))
      continue;
    const keys = (without: ReadonlySet<string>) =>
      new Set(links.map((link) => anchoredKey(link, without))).size;
    const more = new Set([...tokens, name]);
    if (keys(more) === keys(tokens)) tokens.add(name);
  }
  return tokens;
}

/** A short name for a link or guid in a Redis key: 22 characters. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);
