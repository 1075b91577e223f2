/** The headers of a request: as whom, for which forms, and what is known already. */
import type { Validators } from './answer.ts';

/**
 * How an answer is asked for: by all that we can do; where that was cut or misunderstood once more, as one who takes anything
 * and unpacks it himself; where it is not as HTTP has it, past the parser that refused it.
 */
export type How = 'usually' | 'plainly' | 'loosely';

const PAGES = {
  accept: 'text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5',
  'accept-encoding': 'gzip, deflate, br, zstd',
};
/** In any form, packed by nobody, and from the server itself: what lies between may have kept a wrong copy. */
const PLAINLY = {
  accept: '*/*',
  'accept-encoding': 'identity',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
};
/** Forms that Telegram shows, before those that a server may offer to browsers alone. */
const PICTURES = {
  accept: 'image/jpeg, image/png, image/gif, image/webp;q=0.9, image/*;q=0.5',
  'accept-encoding': 'identity',
};

/** A page, or the first bytes of a picture. */
interface Asked {
  readonly validators?: Validators;
  readonly opening?: number;
}

export function headersOf(
  userAgent: string,
  { validators, opening }: Asked,
  how: How,
  cookie: string,
): Record<string, string> {
  const known = how === 'usually' ? validators : undefined;
  return {
    'user-agent': userAgent,
    // As when somebody loads a page anew: what lies between asks the server whether its copy still holds.
    ...(opening === undefined
      ? { ...PAGES, 'cache-control': 'max-age=0' }
      : { ...PICTURES, range: `bytes=0-${opening - 1}` }),
    ...(cookie ? { cookie } : {}),
    ...(known?.etag ? { 'if-none-match': known.etag } : {}),
    ...(known?.lastModified ? { 'if-modified-since': known.lastModified } : {}),
    ...(how === 'usually' ? {} : PLAINLY),
  };
}
