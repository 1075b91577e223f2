/** An invented newsroom in memory that stands where the network is: the same pages, without a socket. */
import { createHash } from 'node:crypto';
import type { FaultCode } from '#src/errors.ts';
import type { Edition } from '#src/news/edition.ts';
import type { Fetcher, Request } from '#src/source/fetch/fetch.ts';
import type { PictureCheck } from '#src/source/picture-check.ts';
import type { Clock } from '#src/time.ts';
import {
  articlePage,
  datelineOf,
  feedPage,
  type ListedRow,
  listingPage,
  type Marks,
  type Telling,
} from './pages.ts';

/** One story of the site; everything may be changed at any time. */
export interface Piece {
  edition: Edition;
  telling: Telling;
  /** Ids under which it answers; the listing links the last. */
  ids: number[];
  listed: boolean;
  status: number;
  at: number;
}

/** Pictures that are all there. */
export const ALL_WELL: PictureCheck = { faultOf: async () => undefined };

export interface Site {
  readonly fetcher: Fetcher;
  readonly pictures: PictureCheck;
  /** Why a picture cannot be shown, by a part of its address. */
  readonly badPictures: Map<string, string>;
  readonly pieces: Piece[];
  /** Paths asked for, in order. */
  readonly asked: string[];
  design: NonNullable<Marks['design']>;
  /** How the listing goes on: pages that it links, pages that it does not link, or not at all. */
  paging: 'linked' | 'query' | 'path' | 'none';
  /** `script`: a redesign that shows nothing without a browser. */
  shell: boolean;
  /** Faults by a part of the path. */
  readonly faults: Map<string, FaultCode>;
  /** Paths that lead on to another address of the site. */
  readonly leads: Map<string, string>;
  /** Whole texts by path, instead of what the site would say. */
  readonly instead: Map<string, string | Uint8Array>;
  publish(edition: Edition, telling: Partial<Telling> & { headline: string }, at: number): Piece;
  listing(edition: Edition): string;
  feed(edition: Edition): string;
  link(piece: Piece): string;
  reset(): void;
}

const ORIGIN = 'https://news.example';
const ROWS = 30;

/** By `clock` its answers say when they came. */
export function createSite(clock?: Clock): Site {
  let nextId = 200_000;
  const takeId = () => (nextId += 3);
  const path = (piece: Piece) => `/${piece.edition}/news/${piece.ids.at(-1)}`;
  const site: Site = {
    pieces: [],
    asked: [],
    design: 'known',
    paging: 'linked',
    shell: false,
    faults: new Map(),
    badPictures: new Map(),
    leads: new Map(),
    instead: new Map(),
    listing: (edition) => `${ORIGIN}/${edition}/news/`,
    feed: (edition) => `${ORIGIN}/${edition}/rss`,
    link: (piece) => ORIGIN + path(piece),
    publish(edition, telling, at) {
      const piece: Piece = {
        edition,
        telling: {
          lead: `${telling.headline}: the lead says it once more in other words.`,
          body: [{ kind: 'paragraph', text: `More about it: ${telling.headline}.` }],
          dateline: datelineOf(edition, at),
          ...telling,
        },
        ids: [takeId()],
        listed: true,
        status: 200,
        at,
      };
      site.pieces.push(piece);
      return piece;
    },
    reset() {
      nextId += 50_000;
      for (const piece of site.pieces.toSorted((a, b) => a.at - b.at)) piece.ids = [takeId()];
    },
    pictures: {
      faultOf: async (url) => [...site.badPictures].find(([part]) => url.includes(part))?.[1],
    },
    fetcher: {
      read: async (address, request = {}) => read(address, request),
      tell: async () => ({ ok: true, value: true }),
      hurry: () => undefined,
      crawlDelayMs: () => 0,
      close: async () => undefined,
    },
  };

  const allRows = (edition: Edition) =>
    site.pieces.filter((piece) => piece.edition === edition && piece.listed).toSorted((a, b) => b.at - a.at);
  const rows = (edition: Edition) => allRows(edition).slice(0, ROWS);

  /** The page of a listing that an address names; undefined: it names none. */
  function numberOf(pathname: string, search: string): number | undefined {
    const byPath = /\/page\/(\d+)\/$/.exec(pathname)?.[1];
    const byQuery = new URLSearchParams(search).get('page');
    if (byPath) return site.paging === 'path' ? Number(byPath) : undefined;
    return byQuery && site.paging !== 'none' && site.paging !== 'path' ? Number(byQuery) : 1;
  }

  function listingAt(edition: Edition, pathname: string, search: string): string | undefined {
    const number = numberOf(pathname, search);
    const all = allRows(edition);
    if (number === undefined || (number > 1 && (number - 1) * ROWS >= all.length)) return undefined;
    const next = number * ROWS < all.length && site.paging === 'linked';
    return listingPage(
      edition,
      all.slice((number - 1) * ROWS, number * ROWS).map(
        (piece): ListedRow => ({
          link: path(piece),
          headline: piece.telling.headline,
          ...(piece.telling.paid ? { paid: true } : {}),
        }),
      ),
      { design: site.design },
      undefined,
      next
        ? `<div class="pagination"><a href="/${edition}/news/?page=${number + 1}">${number + 1}</a></div>`
        : '',
    );
  }

  function textAt(pathname: string, search: string): string | Uint8Array | undefined {
    const instead = site.instead.get(pathname);
    if (instead !== undefined) return instead;
    const [, edition, kind, id] = pathname.split('/') as [string, Edition, string, string?];
    if (site.shell)
      return '<!doctype html><html><body><div id="app"></div><script src="/app.js"></script></body></html>';
    const page = site.paging === 'query' ? Number(new URLSearchParams(search).get('paged') ?? 1) : 1;
    if (kind === 'rss')
      return feedPage(
        allRows(edition)
          .slice((page - 1) * ROWS, page * ROWS)
          .map((piece) => ({
            link: site.link(piece),
            guid: `piece-${piece.ids[0]}`,
            headline: piece.telling.headline,
            summary: `${piece.telling.dateline} ${piece.telling.lead}`,
            publishedAt: piece.at,
          })),
      );
    if (!id || id === 'page') return listingAt(edition, pathname, search);
    const piece = site.pieces.find(({ ids, edition: own }) => own === edition && ids.includes(Number(id)));
    if (!piece || piece.status !== 200) return undefined;
    return articlePage(
      edition,
      piece.telling,
      { design: site.design },
      rows(edition)
        .slice(0, 5)
        .map((other) => ({ link: path(other), headline: other.telling.headline })),
    );
  }

  function read(asked: string, request: Request) {
    site.asked.push(new URL(asked).pathname + new URL(asked).search);
    const address = site.leads.get(new URL(asked).pathname) ?? asked;
    const { pathname, search } = new URL(address);
    for (const [part, code] of site.faults)
      if ((pathname + search).includes(part))
        return { ok: false, fault: { code, detail: 'as the test wishes' } } as const;
    const text = textAt(pathname, search);
    if (text === undefined)
      return { ok: false, fault: { code: 'source.gone', detail: 'status 404' } } as const;
    const hash = createHash('sha256').update(text).digest('base64url');
    if (request.validators?.etag === hash) return { ok: true, value: { kind: 'unchanged' } } as const;
    return {
      ok: true,
      value: {
        kind: 'page',
        address,
        bytes: Buffer.from(text),
        contentType: 'text/html; charset=utf-8',
        ...(clock ? { at: clock.now() } : {}),
        validators: { etag: hash },
        hash,
      },
    } as const;
  }
  return site;
}
