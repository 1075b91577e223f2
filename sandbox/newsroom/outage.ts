/** The newsroom's bad days. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

/**
 * How the newsroom fails. `500`, `503` (asks to wait 2 s) and `429` (the same) are statuses; `hang` takes the request
 * and never answers, `drip` answers a byte a second, `reset` cuts the connection, `cut` breaks off in the middle of
 * the page; `html` is some other page, `nothing` no byte at all, `empty` the usual page without a story, `challenge` and
 * `maintenance` are such pages with status 200. `flood` is a page without an end, `bomb` a megabyte that unpacks to a
 * thousand, `maze` five megabytes of elements within elements.
 */
export const OUTAGES = [
  '500',
  '503',
  '429',
  'hang',
  'drip',
  'reset',
  'cut',
  'html',
  'nothing',
  'empty',
  'challenge',
  'maintenance',
  'flood',
  'bomb',
  'maze',
] as const;

/** `off`: the newsroom is well again. */
export type Outage = (typeof OUTAGES)[number] | 'off';

const PAGES: Partial<Record<Outage, string>> = {
  html: '<!doctype html><title>Welcome</title><h1>It works</h1><p>This is the default page of a web server.</p>',
  nothing: '',
  challenge:
    '<!doctype html><title>Just a moment...</title><h1>Checking your browser before you go on</h1><noscript>Enable JavaScript and cookies to continue</noscript>',
  maintenance:
    '<!doctype html><title>Maintenance</title><h1>We will be back soon</h1><p>The site is being updated. <a href="/">Home</a></p>',
};

/** A piece of a story, 64 kB. */
const PIECE = '<p>Words of a story.</p>\n'.repeat(2600);
/** Members of a gzip file follow each other: 100 times 10 MB. */
const bomb = (): Buffer => Buffer.concat(Array<Buffer>(100).fill(gzipSync(Buffer.alloc(10_000_000, 60))));

function* withoutEnd(): Generator<string> {
  for (;;) yield PIECE;
}

/** Answers as the outage wants; `usual` is what the page would have been. */
export function fail(response: ServerResponse, outage: Outage, usual: string | Buffer): void {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  switch (outage) {
    case '500':
      response.writeHead(500).end('<h1>500</h1>');
      return;
    case '503':
    case '429':
      response.writeHead(Number(outage), { 'retry-after': '2' }).end('<h1>Later</h1>');
      return;
    case 'hang':
      return;
    case 'drip': {
      const drops = setInterval(() => response.write(' '), 1000);
      response.once('close', () => clearInterval(drops));
      response.write(usual.slice(0, 64));
      return;
    }
    case 'reset':
      response.destroy();
      return;
    case 'cut':
      response.end(usual.slice(0, Math.floor(usual.length / 2)));
      return;
    case 'flood':
      Readable.from(withoutEnd())
        .on('error', () => undefined)
        .pipe(response);
      return;
    case 'bomb':
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb());
      return;
    case 'maze':
      response.end('<html><body>' + '<div class="wrapper">'.repeat(238_000));
      return;
    case 'html':
    case 'nothing':
    case 'challenge':
    case 'maintenance':
      response.end(PAGES[outage]);
      return;
    case 'empty':
    case 'off':
      response.end(usual);
  }
}
