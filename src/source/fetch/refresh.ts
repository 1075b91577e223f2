/** Pages that only lead on to another, by a header or by a tag. */
import { Parser } from 'htmlparser2';
import type { Response } from 'undici';

/** Longer ones are pages of their own that load themselves anew. Bytes. */
const LONGEST_LEAD_ON = 16 * 1024;
/** Seconds until a page leads on; one that stays longer is a page. */
const LONGEST_STAY = 5;
/** Feeds may speak of such pages in their texts. */
const IS_DATA = /^[\s\ufeff]*[{[]|<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]/i;
/** A time, and behind it an address. */
const WISH =
  /^\s*(?=[\d.])(\d{0,6})[\d.]*(?:\s*[;,]\s*|\s+|$)(?:url\s*=\s*)?(?:"([^"]*)"?|'([^']*)'?|(.*))$/is;

/** Where a page sends whoever opens it; undefined where it stays. */
export function redirectsTo(bytes: Uint8Array, url: URL, headers: Response['headers']): string | undefined {
  if (bytes.length > LONGEST_LEAD_ON) return undefined;
  const wish = WISH.exec(headers.get('refresh') ?? wishIn(Buffer.from(bytes).toString('utf8')));
  if (!wish || Number(wish[1]) > LONGEST_STAY) return undefined;
  const written = (wish[2] ?? wish[3] ?? wish[4] ?? '').trim() || url.href;
  if (!URL.canParse(written, url.href)) return undefined;
  const onward = new URL(written, url);
  onward.hash = '';
  // A page that leads to itself is another one only to who brings its cookie.
  const isElsewhere = onward.href !== url.href || headers.getSetCookie().length > 0;
  return /^https?:$/.test(onward.protocol) && isElsewhere ? onward.href : undefined;
}

/** The wish of a page's first tag of that kind that is meant for who runs scripts. */
function wishIn(html: string): string {
  if (!/refresh/i.test(html) || IS_DATA.test(html.slice(0, 1000))) return '';
  let wish: string | undefined;
  let unscripted = 0;
  const parser = new Parser({
    onopentag(name, { 'http-equiv': about = '', content }) {
      if (name === 'noscript') unscripted++;
      const isWish = name === 'meta' && !unscripted && about.trim().toLowerCase() === 'refresh';
      if (isWish) wish ??= content;
    },
    onclosetag: (name) => void (unscripted -= Number(name === 'noscript')),
  });
  parser.end(html);
  return wish ?? '';
}
