/** Mends a feed's XML where newsrooms break it, and cuts what no newsroom writes. */

/** Named entities that XML does not know but newsrooms write, as characters. */
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  laquo: '«',
  raquo: '»',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  copy: '©',
  reg: '®',
  trade: '™',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  bdquo: '„',
  bull: '•',
  middot: '·',
  deg: '°',
  euro: '€',
  sect: '§',
  shy: '',
  thinsp: ' ',
  ensp: ' ',
  emsp: ' ',
  times: '×',
  minus: '−',
  plusmn: '±',
  frac12: '½',
  eacute: 'é',
};

/**
 * What keeps an otherwise readable feed from being XML is mended: bytes before the declaration, a document type (no
 * entity of its own is ever expanded), named entities, bare ampersands, characters that XML forbids.
 */
export function repair(text: string): string {
  const body = text
    .slice(Math.max(text.indexOf('<'), 0))
    .replace(/^<\?xml[^>]{0,500}\?>/i, '')
    // oxlint-disable-next-line no-control-regex -- XML forbids them
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return withoutDoctype(body)
    .split(/(<!\[CDATA\[)/)
    .map((piece, index, pieces) => {
      if (pieces[index - 1] !== '<![CDATA[') return mend(piece);
      const end = piece.indexOf(']]>');
      return end < 0 ? piece : piece.slice(0, end) + mend(piece.slice(end));
    })
    .join('');
}

const mend = (xml: string): string =>
  xml.includes('&')
    ? xml.replace(
        /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)(?:(\w{2,8});)?/gi,
        (whole, name?: string) =>
          name === undefined ? '&amp;' : (ENTITIES[name] ?? `&amp;${whole.slice(1)}`),
      )
    : xml;

/** A document type may hold an internal subset in brackets; all of it goes. */
function withoutDoctype(xml: string): string {
  const start = xml.slice(0, 4096).search(/<!DOCTYPE/i);
  if (start < 0) return xml;
  const close = xml.indexOf('>', start);
  const open = xml.indexOf('[', start);
  const end = open >= 0 && open < close ? xml.indexOf(']', open) : start;
  const after = end < 0 ? -1 : xml.indexOf('>', end);
  return after < 0 ? '' : xml.slice(0, start) + xml.slice(after + 1);
}

const ENTRY_END = /<\/(?:item|entry)\s*>/gi;

/** The feed with the first and the last `most` of its entries only, as it is written. */
export function withoutMiddle(xml: string, most: number): string {
  const ends = Array.from(xml.matchAll(ENTRY_END), ({ 0: tag, index }) => index + tag.length);
  if (ends.length <= 2 * most) return xml;
  return xml.slice(0, ends[most - 1]) + xml.slice(ends[ends.length - most - 1]);
}

/** The feed up to its last whole entry, closed as its root asks; undefined where it has no whole entry. */
export function closeAfter(xml: string): string | undefined {
  const root = /<(rss|feed|rdf:RDF)[\s>]/i.exec(xml.slice(0, 4096))?.[1];
  const last = [...xml.matchAll(ENTRY_END)].at(-1);
  if (root === undefined || !last) return undefined;
  const end = last.index + last[0].length;
  return `${xml.slice(0, end)}${root.toLowerCase() === 'rss' ? '</channel>' : ''}</${root}>`;
}
