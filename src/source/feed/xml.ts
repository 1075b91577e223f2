/** XML as it is written: elements, attributes, and sections that newsrooms leave open. */

export type Attributes = Readonly<Record<string, string>>;

/** Nobody writes longer or more attributes by hand. UTF-16 units. */
const LONGEST_ATTRIBUTE = 2000;
const MOST_ATTRIBUTES = 20;

/** The attributes that are read. */
export const bounded = (all: Record<string, string>): Attributes =>
  Object.fromEntries(
    Object.entries(all)
      .slice(0, MOST_ATTRIBUTES)
      .filter(([, value]) => value.length <= LONGEST_ATTRIBUTE),
  );

/** Attributes of a feed's own elements that say something. */
const KEPT = ['href', 'rel', 'type', 'term', 'label', 'url', 'medium', 'width', 'credit'] as const;
/** Texts that rss-parser would also shorten, in a time that grows with their square: called otherwise, it does not. */
const SHORTENED = /^(?:description|content:encoded)$/;

/** An element of a straightened feed. */
export function element(name: string, attributes: Attributes, value: string): string {
  const own = SHORTENED.test(name) ? `own:${name}`.replace('content:', '') : name;
  const kept = KEPT.filter((key) => attributes[key]).map(
    (key) => ` ${key}="${escaped(attributes[key] ?? '')}"`,
  );
  return `<${own}${kept.join('')}>${escaped(value)}</${own}>`;
}

/** A tag within a text, as it was written. */
export const opening = (name: string, attributes: Attributes): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`)
    .join('')}>`;

const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- XML forbids them
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .toWellFormed()
    .replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '');
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const SECTION = '<![CDATA[';
const TEXT_END =
  /<\/(?:\w+:)?(?:title|link|guid|description|encoded|summary|content|category|pubDate|creator)\s*>/i;

/** A section that is left open ends with its element; one within another is none. */
export function withClosedSections(text: string): string {
  const [first = '', ...pieces] = text.split(SECTION);
  let isOpen = false;
  const mended = pieces.map((piece, index) => {
    const start = isOpen ? '' : SECTION;
    const isLeftOpen = !piece.includes(']]>') && index < pieces.length - 1;
    const end = isLeftOpen ? piece.search(TEXT_END) : -1;
    isOpen = isLeftOpen && end < 0;
    return start + (end < 0 ? piece : `${piece.slice(0, end)}]]>${piece.slice(end)}`);
  });
  return first + mended.join('');
}
