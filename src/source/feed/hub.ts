/** The hub that tells of news in a feed, by way of WebSub, and the name under which it knows the feed. */
import type { Hub } from '../item.ts';
import { absoluteLink } from '../links.ts';
import { attributeIn } from './xml.ts';

/** The links of a feed stand before its first entry. */
const LONGEST_HEAD = 16_384;

/** The hub that a feed found at `address` names; undefined: none. */
export function hubOf(text: string, address: string): Hub | undefined {
  const head = text.slice(0, LONGEST_HEAD);
  const { hub, self } = /^\s*\{/.test(head) ? inJson(head) : inXml(head);
  const found = hub && absoluteLink(hub, address);
  return found ? { hub: found, topic: (self && absoluteLink(self, address)) || address } : undefined;
}

interface Named {
  readonly hub?: string | undefined;
  readonly self?: string | undefined;
}

function inXml(head: string): Named {
  const [own = ''] = head.split(/<(?:item|entry)[\s>]/i, 1);
  const links = [...own.matchAll(/<(?:\w+:)?link\b[^>]*>/gi)].map(([tag]) => ({
    rel: attributeIn(tag, 'rel').toLowerCase().split(/\s+/),
    href: attributeIn(tag, 'href'),
  }));
  const linked = (rel: string) => links.find((link) => link.rel.includes(rel) && link.href)?.href;
  return { hub: linked('hub'), self: linked('self') };
}

/** JSON Feed 1.1: `hubs`, of which WebSub is one kind, and `feed_url`. */
function inJson(head: string): Named {
  const [, hubs = ''] = /"hubs"\s*:\s*\[([^\]]*)\]/.exec(head) ?? [];
  const hub = [...hubs.matchAll(/\{[^}]*\}/g)].find(([one]) => /"type"\s*:\s*"websub"/i.test(one))?.[0] ?? '';
  return { hub: stringIn(hub, 'url'), self: stringIn(head, 'feed_url') };
}

const stringIn = (json: string, name: string): string | undefined =>
  new RegExp(`"${name}"\\s*:\\s*"([^"\\\\]*(?:\\\\/[^"\\\\]*)*)"`).exec(json)?.[1]?.replaceAll('\\/', '/');
