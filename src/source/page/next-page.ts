/** Where a listing goes on: older stories than those on its page. */
import type { Document } from 'domhandler';
import { attribute, elementsOf } from '../html.ts';
import { baseOf } from './base.ts';
import { absoluteLink, linkKey } from '../links.ts';

/** The page that this one, found at `address`, links as its next: by `rel="next"`, else by its number. */
export function linkedNext(document: Document, address: string): string | undefined {
  const own = numbered(address);
  const base = baseOf(document, address);
  let byNumber: string | undefined;
  for (const element of elementsOf(document)) {
    if (element.name !== 'a' && element.name !== 'link') continue;
    const link = absoluteLink(attribute(element, 'href').replace(/#.*$/s, ''), base);
    if (!link || !isSameHost(link, address) || linkKey(link) === linkKey(address)) continue;
    if (/(?:^|\s)next(?:\s|$)/i.test(attribute(element, 'rel'))) return link;
    const other = numbered(link);
    if (element.name === 'a' && other.base === own.base && other.number === own.number + 1) byNumber ??= link;
  }
  return byNumber;
}

/** The address of a next page as it is written in a feed found at `address`; undefined where it leads elsewhere. */
export function onSameHost(written: string | undefined, address: string): string | undefined {
  const link = written && absoluteLink(written, address);
  return link && isSameHost(link, address) ? link : undefined;
}

/** Usual names of next pages, for a listing that links none: its buttons may need a browser. */
export function usualNext(address: string): string[] {
  const url = new URL(address);
  const { number, name, isPath } = numbered(address);
  const next = String(number + 1);
  const byQuery = new URL(url);
  byQuery.searchParams.set(name ?? 'page', next);
  const byPath = new URL(url);
  byPath.pathname = `${url.pathname.replace(PAGE_PATH, '').replace(/\/$/, '')}/page/${next}/`;
  if (name) return [byQuery.href];
  return isPath ? [byPath.href] : [byQuery.href, byPath.href];
}

/** The next page of a feed by its number: many sites know it under this name, all others answer with the first page. */
export function usualNextOfFeed(address: string): string[] {
  if (numbered(address).name) return usualNext(address);
  const url = new URL(address);
  url.searchParams.set('paged', '2');
  return [url.href];
}

const PAGE_PATH = /\/page\/(\d{1,4})\/?$/i;
const PAGE_NAME = /^(?:page|paged|pg|p|pagen_\d)$/i;

/** The number of a listing's page, 1 where its address has none, and what its address is without the number. */
function numbered(address: string): { number: number; base: string; name?: string; isPath: boolean } {
  const url = new URL(address);
  const path = PAGE_PATH.exec(url.pathname)?.[1];
  if (path) {
    url.pathname = url.pathname.replace(PAGE_PATH, '/');
    return { number: Number(path), base: linkKey(url.href), isPath: true };
  }
  for (const [name, value] of url.searchParams) {
    if (!PAGE_NAME.test(name) || !/^\d{1,4}$/.test(value)) continue;
    url.searchParams.delete(name);
    return { number: Number(value), base: linkKey(url.href), name, isPath: false };
  }
  return { number: 1, base: linkKey(address), isPath: false };
}

const isSameHost = (link: string, address: string): boolean => new URL(link).host === new URL(address).host;
