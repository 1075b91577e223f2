/** Reading of a server's answer: a page, a redirect, or in words why neither. */
import { createHash } from 'node:crypto';
import type { Response } from 'undici';
import { fail, ok, type Result } from '../../errors.ts';
import { present } from '../../present.ts';
import { HOUR, SECOND } from '../../time.ts';
import { isInsteadOfSite } from '../page/instead.ts';
import { redirectsTo } from './refresh.ts';
import { gathered, unpacked } from './unpack.ts';

/** Validators that a server gave for a page. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** A page as it came. */
export interface Page {
  readonly kind: 'page';
  /** Where it was found, after redirects. */
  readonly address: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** When it came, ms. */
  readonly at?: number;
  readonly validators: Validators;
  /** Of its bytes, to recognise an unchanged page whose server gives no validators. */
  readonly hash: string;
  /** Bytes of the whole, where only its opening was read and its server names them. */
  readonly size?: number;
}

export interface NotModified {
  readonly kind: 'unchanged';
}

export type Answered = Page | NotModified | { readonly kind: 'redirect'; readonly to: string };

export interface AnswerTo {
  readonly url: URL;
  /** The request carried validators. */
  readonly isConditional: boolean;
  /** Bytes after decompression. */
  readonly largest: number;
  /** ms since the epoch. */
  readonly now: number;
  /** Bytes that are enough; absent: all. */
  readonly opening?: number | undefined;
}

export async function understand(response: Response, to: AnswerTo): Promise<Result<Answered>> {
  const { status, headers } = response;
  if (status >= 200 && status < 300)
    return to.opening === undefined ? pageOf(response, to) : openingOf(response, to.url, to.opening);
  const location = headers.get('location');
  if ([300, 301, 302, 303, 307, 308].includes(status) && location !== null) {
    await drop(response);
    return redirect(location, to.url);
  }
  if (status === 304 && to.isConditional) {
    await drop(response);
    return ok({ kind: 'unchanged' });
  }
  const feed = await feedOf(response, to);
  if (feed) return ok(feed);
  const reason = await reasonOf(response);
  if (status === 404 || status === 410) return fail('source.gone', reason);
  if (status !== 429 && status !== 503) return fail('source.status', reason);
  return fail('source.throttled', reason, retryAfter(headers.get('retry-after'), to.now));
}

/** Types of feeds, and their roots: what a server of pages says of a page that is not there is neither. */
const FEED_TYPE = /\b(?:xml|rss|atom|feed\+json)\b(?<!xhtml\+xml)/i;
const FEED_ROOT = /<(?:\w+:)?(?:rss|feed|rdf)[\s>]|jsonfeed\.org/i;
const ROOT_WITHIN = 4000;

/** The feed that came with another status than that of a page, as some sites send theirs; not where the server is busy. */
async function feedOf(response: Response, to: AnswerTo): Promise<Page | undefined> {
  const { status, headers } = response;
  const isPossible = status !== 429 && status !== 503 && to.opening === undefined;
  if (!isPossible || !FEED_TYPE.test(headers.get('content-type') ?? '')) return undefined;
  const page = await pageOf(response, to);
  if (!page.ok || page.value.kind !== 'page') return undefined;
  const start = Buffer.from(page.value.bytes.subarray(0, ROOT_WITHIN)).toString('latin1');
  return FEED_ROOT.test(start) ? page.value : undefined;
}

const drop = (response: Response): Promise<void> =>
  response.body?.cancel().catch(() => undefined) ?? Promise.resolve();

function redirect(location: string, base: URL): Result<Answered> {
  const to = once(asWritten(location));
  if (!URL.canParse(to, base.href)) return fail('source.redirects', 'a redirect to nowhere');
  return ok({ kind: 'redirect', to: new URL(to, base).href });
}

/** A header that was sent twice comes as both. */
function once(header: string): string {
  const half = header.slice(0, (header.length - 2) / 2);
  return half && header === `${half}, ${half}` ? half : header;
}

/** A header comes byte by byte; servers write UTF-8 into it, or bytes of their own that only they need to understand. */
function asWritten(header: string): string {
  if (!/[\x80-\xff]/.test(header)) return header;
  const text = Buffer.from(header, 'latin1').toString('utf8');
  if (!text.includes('\ufffd')) return text;
  return header.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}

const WORDS: Readonly<Record<number, string>> = {
  304: 'it calls unchanged what nobody asked it to compare',
  401: 'it asks for a password',
  403: 'it does not let us in',
  404: 'no such page',
  407: 'the proxy asks for a password',
  410: 'the page was taken away',
  429: 'it was asked too often',
  451: 'it is blocked by law',
  503: 'it is busy or under maintenance',
};

/** A refusal is a page too: its beginning says whether it is a challenge. Enough of it for that, bytes. */
const REASON_BYTES = 20_000;

async function reasonOf(response: Response): Promise<string> {
  const { status, headers } = response;
  const isChallenge =
    headers.get('cf-mitigated') === 'challenge' ||
    isInsteadOfSite((await beginningOf(response, REASON_BYTES)).toString('utf8'));
  const words = WORDS[status] ?? (status >= 500 ? 'the server has a fault' : 'not a page');
  return `status ${status}: ${isChallenge ? 'a challenge or maintenance page instead of the site' : words}`;
}

/** An answer that breaks off before is answered as far as it came. */
const beginningOf = async ({ body }: Response, most: number): Promise<Buffer> =>
  (await gathered(body ?? [], most - 1)).bytes.subarray(0, most);

/** The opening of a file whose rest nobody needs. */
async function openingOf(response: Response, url: URL, most: number): Promise<Result<Answered>> {
  const { headers } = response;
  const whole = headers.get('content-range')?.split('/')[1] ?? headers.get('content-length') ?? '';
  const page: Page = present({
    kind: 'page',
    address: url.href,
    bytes: await beginningOf(response, most),
    contentType: headers.get('content-type') ?? '',
    validators: {},
    hash: '',
    size: /^\d+$/.test(whole) ? Number(whole) : undefined,
  });
  return ok(page);
}

/**
 * A server that asks to wait longer than this is looked at once all the same: a maintenance that is planned for a day may be
 * over in two hours, and a mistake there must not end the news here.
 */
const LONGEST_RETRY_AFTER = HOUR;

/** The moment that `Retry-After` (seconds or a date) names, at most an hour away; undefined where it names none. */
export function retryAfter(value: string | null, now: number): number | undefined {
  const written = value?.trim() ?? '';
  const at = /^\d{1,9}$/.test(written) ? now + Number(written) * SECOND : Date.parse(written);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at, now), now + LONGEST_RETRY_AFTER);
}

/** A longer one could be too much for its own server, UTF-16 units. */
const LONGEST_ETAG = 1000;

async function pageOf(response: Response, { url, largest, now }: AnswerTo): Promise<Result<Answered>> {
  // Counted on the way: five megabytes at once would hold up the readers.
  const hash = createHash('sha256');
  const { body, headers } = response;
  const packed = await gathered(body ?? [], largest, hash);
  if ('error' in packed && !isEnded(packed.bytes)) throw packed.error;
  const bytes = packed.isMore ? undefined : await unpacked(packed.bytes, largest);
  if (!bytes) return fail('source.too_large', `more than ${largest / MB} MB (SOURCE_MAX_MB)`);
  const onward = redirectsTo(bytes, url, headers);
  if (onward !== undefined) return ok({ kind: 'redirect', to: onward });
  const etag = headers.get('etag') ?? '';
  return ok({
    kind: 'page',
    address: url.href,
    bytes,
    contentType: headers.get('content-type') ?? '',
    at: now,
    validators: present({
      etag: etag && etag.length <= LONGEST_ETAG ? etag : undefined,
      lastModified: believedDate(headers),
    }),
    hash: hash.digest('base64url'),
  });
}

/** A page cannot have been changed after it was sent: such a date would call every later page unchanged. */
function believedDate(headers: Response['headers']): string | undefined {
  const lastModified = headers.get('last-modified');
  const sent = Date.parse(headers.get('date') ?? '');
  return lastModified && !(Date.parse(lastModified) > (sent || Date.now())) ? lastModified : undefined;
}

export const MB = 1024 * 1024;

/** Enough of a document to see its end, bytes. */
const END_BYTES = 300;

/** Whether a document says itself that it is over: its server may have counted wrongly. */
const isEnded = (bytes: Buffer): boolean =>
  /<\/(?:(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)|html)\s*>\s*(?:<!--[^>]{0,200}-->\s*)?$/i.test(
    bytes.subarray(-END_BYTES).toString('latin1'),
  );
