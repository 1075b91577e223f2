/** Documents of the field in short, and what becomes of them: one entry of a feed, or the page of a story. */
import { decode } from '#src/source/charset.ts';
import type { Item } from '#src/source/item.ts';
import { type Draft, normalise } from '#src/source/normalise.ts';
import { parseArticle } from '#src/source/page/article.ts';
import { readSource } from '#src/source/reading.ts';

const ADDRESS = 'https://horad.example/be/rss';
export const NOW = Date.parse('2026-11-26T18:00:00Z');
const MARKS = ['Срочно', 'Тэрмінова', 'Breaking', 'Urgent'];

export const rss = (items: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Навіны горада</title><link>https://horad.example/</link>${items}</channel></rss>`;

export interface Entry {
  readonly title?: string;
  readonly link?: string;
  readonly date?: string;
  /** Further elements, as they are written. */
  readonly more?: string;
}

export const entry = ({
  title = 'Навіна пра горад',
  link = 'https://horad.example/be/news/1',
  date = 'Thu, 26 Nov 2026 09:00:00 +0300',
  more = '',
}: Entry = {}): string =>
  `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">g</guid><pubDate>${date}</pubDate>${more}</item>`;

/** A feed of one entry with this text. */
export const told = (html: string): string =>
  rss(entry({ more: `<content:encoded><![CDATA[${html}]]></content:encoded>` }));

/** Stories that a source lists, as drafts. */
export async function drafts(document: string | Uint8Array, address = ADDRESS): Promise<Draft[]> {
  const text = typeof document === 'string' ? document : decode(document).text;
  const reading = await readSource({ text, address, at: NOW });
  if (!reading.ok) throw new Error(reading.fault.detail);
  return reading.value.items.map((item) => normalise(item, undefined, NOW, MARKS));
}

/** The only story of a source. */
export async function draft(document: string | Uint8Array): Promise<Draft> {
  const [first, ...rest] = await drafts(document);
  if (!first || rest.length) throw new Error(`${rest.length + (first ? 1 : 0)} stories`);
  return first;
}

/** All words of a story after its headline, a line a block. */
export const words = ({ lead, body }: Draft): string =>
  [lead, ...body.map((block) => JSON.stringify(block))].join('\n');

export const HEADLINE = 'Мост праз раку адкрылі';
export const LEAD = 'Новы мост праз раку адкрылі ў горадзе сёння раніцай, прыйшлі сотні людзей.';

/** The page of a story with `before` between its headline and its text. */
export const page = (before: string, head = ''): string =>
  `<!doctype html><html lang="be"><head>${head}<title>${HEADLINE}</title></head><body><article><h1>${HEADLINE}</h1>${before}<p>${LEAD}</p><p>Другі абзац навіны.</p></article></body></html>`;

/** The page as a draft, as it was listed; in words why it is refused. */
export async function pageDraft(html: string, headline: string = HEADLINE): Promise<Draft | string> {
  const link = 'https://horad.example/be/news/1';
  const article = await parseArticle(html, link, headline, NOW);
  if (!article.ok) return article.fault.detail;
  const item: Item = { link, key: link, headline, rubrics: [], paid: false, position: 0 };
  return normalise(item, article.value, NOW, MARKS);
}
