/** The pieces of an article as one chat reads them: cleaned, in its script; and where the links in them lead. */
import { present } from '../present.ts';
import { type Block, type Figure, type Link, textsOf } from '../news/article.ts';
import { CLOSES, OPENS, withoutBorders } from '../news/borders.ts';
import { hostOf, leadsHome } from '../news/link-hosts.ts';
import type { Story } from '../news/story.ts';
import { isLinkable } from './html.ts';

type Show = (text: string) => string;

/** Where a link leads; undefined: its words stay without one. */
export type Lead = (link: Link) => string | undefined;

/** `block` with each text as `show` rewrites it; links stay on their words. */
export function shownBlock(block: Block, show: Show): Block {
  switch (block.kind) {
    case 'paragraph':
    case 'subhead':
      return { kind: block.kind, ...shownText(block, show) };
    case 'quote':
      return present<Extract<Block, { kind: 'quote' }>>({
        credit: show(block.credit ?? '') || undefined,
        kind: 'quote',
        ...shownText(block, show),
      });
    case 'list':
      return { ...block, ...shownItems(block, show) };
    case 'figure': {
      const { url, caption = '', credit = '' } = block;
      return present<Figure>({
        kind: 'figure',
        url,
        caption: show(caption) || undefined,
        credit: show(credit) || undefined,
      });
    }
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(show)).filter((row) => row.some(Boolean)) };
  }
}

/** A row of a table as a line of text: an empty cell before another keeps its place. */
export const rowAsLine = (row: readonly string[]): string =>
  row
    .slice(0, row.findLastIndex(Boolean) + 1)
    .map((cell) => cell || '—')
    .join(' · ');

/** A figure as a line of text, for chats that do not see it; empty where it says nothing. */
export function figureAsLine({ caption, credit }: Figure): string {
  const said = [caption, credit].filter(Boolean).join(' — ');
  return said && `(${said})`;
}

/** Whether something of the block can be seen. */
export const isVisible = (block: Block): boolean =>
  block.kind === 'figure' ? isLinkable(block.url) || hasText(block) : hasText(block);

/** Whether it says something also where pictures are not shown. */
export const hasText = (block: Block): boolean =>
  block.kind === 'quote' ? block.text !== '' : textsOf(block).some(Boolean);

export interface Linked {
  readonly text: string;
  readonly links?: readonly Link[];
}

function shownItems({ items, itemLinks }: Extract<Block, { kind: 'list' }>, show: Show) {
  const shown = items
    .map((text, index) => shownText({ text, links: itemLinks?.[index] ?? [] }, show))
    .filter(({ text }) => text !== '');
  return {
    items: shown.map(({ text }) => text),
    ...(itemLinks ? { itemLinks: shown.map(({ links = [] }) => links) } : {}),
  };
}

/** A text as `show` rewrites it; links stay on their words. */
export function shownText({ text, links = [] }: Linked, show: Show): Linked {
  if (links.length === 0) return { text: show(text) };
  let bordered = '';
  let at = 0;
  const kept = links.filter(({ from, to }) => {
    if (from < at || to <= from || to > text.length) return false;
    bordered += withoutBorders(text.slice(at, from)) + OPENS + withoutBorders(text.slice(from, to)) + CLOSES;
    at = to;
    return true;
  });
  return unbordered(show(bordered + withoutBorders(text.slice(at))), kept);
}

/** The text without borders, and where its links stand now. */
function unbordered(shown: string, links: readonly Link[]): Linked {
  const [first = '', ...rest] = shown.split(OPENS);
  let text = first;
  const moved = rest.flatMap((part, index) => {
    const [words = '', after = ''] = part.split(CLOSES);
    const from = text.length;
    text += words + after;
    const link = links[index];
    return link && words.trim() ? [{ ...link, from, to: from + words.length }] : [];
  });
  return moved.length > 0 ? { text, links: moved } : { text };
}

/**
 * Where the links of a story lead a reader: to a story of ours in the chat with the bot, never to the newsroom's own host,
 * which is blocked where most readers are; elsewhere as published. Undefined: its words stand without a link.
 */
export const leadsFrom =
  (
    story: Pick<Story, 'link'>,
    { bot, linkHosts }: { readonly bot?: string; readonly linkHosts?: readonly string[] },
  ): Lead =>
  ({ story: id, url }) => {
    if (id !== undefined && bot !== undefined) return deepLink(bot, id);
    if (!isLinkable(url) || !URL.canParse(story.link) || !leadsHome(url, linkHosts)) return undefined;
    return hostOf(url) === hostOf(story.link) ? undefined : url;
  };

/** The address that opens story `id` in a chat with the bot; `bot` is its username. */
export const deepLink = (bot: string, id: string): string => `https://t.me/${bot}?start=s_${id}`;
