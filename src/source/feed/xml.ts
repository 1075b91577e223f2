/** XML as it is written: elements, attributes, and sections that newsrooms leave open. */

export type Attributes = Readonly<Record<string, string>>;

/** Nobody writes longer or more attributes by hand. UTF-16 units. */
const LONGEST_ATTRIBUTE = 2000;
const MOST_ATTRIBUTES = 20;

/** The attributes that are read. */
export const readAttributes = (all: Record<string, string>): Attributes =>
  Object.fromEntries(
    Object.entries(all)
      .slice(0, MOST_ATTRIBUTES)
      .filter(([name, value]) => value.length <= LONGEST_ATTRIBUTE && name !== PLACE),
  );

/** The attribute of an element whose text was too long to be written into it: its place among those that were. */
export const PLACE = 'own:place';
/** Attributes of a feed's own elements that say something. */
const KEPT = `href rel type term label url src medium width height credit ${PLACE}`.split(' ');
/** Texts that rss-parser would also shorten, in a time that grows with their square: called otherwise, it does not. */
const SHORTENED = /^(?:description|content:encoded)$/;

/** An element of a straightened feed; attributes as they were written, `content` as XML. */
export function element(name: string, attributes: Attributes, content: string): string {
  const own = SHORTENED.test(name) ? `own:${name}`.replace('content:', '') : name;
  const kept = KEPT.filter((key) => attributes[key]).map(
    (key) => ` ${key}="${escaped(meant(allowed(attributes[key] ?? '')))}"`,
  );
  return `<${own}${kept.join('')}>${content}</${own}>`;
}

/** A tag within a text, as it was written. */
export const opening = (name: string, attributes: Attributes): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`)
    .join('')}>`;

/** A text as XML. */
export const escaped = (text: string): string =>
  /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, escape) : text;
const escape = (sign: string): string => ESCAPES[sign] ?? '';
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// oxlint-disable-next-line no-control-regex -- XML forbids them
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** The ends of a line and of a page in text editors. */
const BREAKS = /[\v\f]/g;

/** A text without what XML forbids. */
export function allowed(text: string): string {
  const kept = text.search(FORBIDDEN) < 0 ? text : text.replace(BREAKS, ' ').replace(FORBIDDEN, '');
  return kept.isWellFormed() ? kept : kept.toWellFormed();
}

/** The text of a section; marks of sections within it are none. */
export const section = (text: string): string => text.replaceAll(SECTION, '');

/** Marks whose sign may have been escaped, by its name or number, once or twice. */
const OPENS = /^\s*(?:<|&(?:amp;)?(?:lt|#0*60|#x0*3c);)!\[CDATA\[/i;
const CLOSES = /\]\](?:>|&(?:amp;)?(?:gt|#0*62|#x0*3e);)\s*$/i;

/** A whole text without marks of a section around it that came out of its references, or of sections within sections. */
export const unsectioned = (text: string): string =>
  text.includes(']]') || text.includes('![') ? text.replace(OPENS, '').replace(CLOSES, '') : text;

/** Warnings that PHP writes into whatever it makes when something is amiss, with mark-up of its own or without. */
const WARNING =
  /(?:<br\s*\/?>\s*)?(?:<b>)?(?:PHP )?(?:Notice|Warning|Deprecated|Strict Standards|(?:Catchable |Recoverable )?[Ff]atal error|Parse error)(?:<\/b>)?: {1,2}[^\n]{1,500}? in (?:<b>)?[^\s<]{0,300}[/\\][^\s<]{1,300}(?:<\/b>)? on line (?:<b>)?\d{1,6}(?:<\/b>)?(?:\s*<br\s*\/?>)?\s*/gi;

/** A text without such warnings. */
export const withoutWarnings = (text: string): string =>
  text.includes(' on line ') ? text.replace(WARNING, '') : text;

/** A text without what a program escaped for another one: `\"`, `\u2014`. */
export const unslashed = (text: string): string =>
  text.includes('\\')
    ? allowed(
        text
          .replace(/\\(?=["'])/g, '')
          .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
      )
    : text;

/** References that XML knows. */
const KNOWN: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** A text that was escaped as a whole. */
export const unescaped = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|apos);/g, (reference) => KNOWN[reference] ?? reference);

/**
 * The meaning of a text that is XML but for its references: those of HTML and bare ampersands stay as they are, numbers that
 * no character has become U+FFFD, and marks of sections that were escaped with their text go.
 */
export const meant = (text: string): string =>
  /[&\]]|<!/.test(text)
    ? text
        .replace(/(?:<|&lt;)!\[CDATA\[|\]\](?:>|&gt;)/gi, '')
        .replace(HALVES, (both, one: string, other: string) => joined(one, other) ?? both)
        .replace(/&(?:#(\d{1,7}|x[\da-f]{1,6})|amp|lt|gt|quot|apos);/gi, (reference, number?: string) =>
          number ? byNumber(number) : (KNOWN[reference] ?? reference),
        )
    : text;

/** A character beyond U+FFFF that is written as references to its two halves. */
const HALVES = /&#(5[56]\d{3}|xd[89ab][\da-f]{2});&#(5[67]\d{3}|xd[c-f][\da-f]{2});/gi;

function joined(one: string, other: string): string | undefined {
  const text = String.fromCharCode(codeOf(one), codeOf(other));
  return text.isWellFormed() ? text : undefined;
}

const codeOf = (written: string): number =>
  /^x/i.test(written) ? Number.parseInt(written.slice(1), 16) : Number(written);

function byNumber(written: string): string {
  const code = codeOf(written);
  // Numbers that are for no text are not text that was lost.
  if (code === 0 || (code & 0xfffe) === 0xfffe) return '';
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return '\ufffd';
  return code < 0x20 ? ' ' : String.fromCodePoint(code);
}

/** Limits of a document type, and of names that are replaced: UTF-16 units, and how often. */
const LONGEST_SUBSET = 20_000;
const MOST_REPLACED = 1000;

/** A document with the texts to which its type gives names in place of these; a name within such a text is none. */
export function withOwnNames(text: string): string {
  const start = text.search(/<!DOCTYPE[^>[]{0,500}\[/i);
  if (start < 0) return text;
  const [subset = ''] = text.slice(start, start + LONGEST_SUBSET).split(/\]\s*>/, 1);
  const named = new Map(
    [...subset.matchAll(ENTITY)].map(([, name = '', , said = '']) => [name, said] as const),
  );
  let left = MOST_REPLACED;
  return text.replace(/&([\w.-]{1,40});/g, (reference, name: string) => {
    const said = named.get(name);
    return said === undefined || left-- <= 0 ? reference : said;
  });
}
const ENTITY = /<!ENTITY\s+([\w.-]{1,40})\s+(["'])([^"'&]{1,200})\2\s*>/g;

const SECTION = '<![CDATA[';
const TEXT_END =
  /<\/(?:\w+:)?(?:title|link|guid|description|encoded|summary|content|category|pubDate|creator)\s*>/i;

/** A section that is left open ends with its element; one within another is none. */
export function withClosedSections(text: string): string {
  const [first = '', ...pieces] = text.split(SECTION);
  let isOpen = false;
  const closed = pieces.map((piece, index) => {
    const start = isOpen ? '' : SECTION;
    const isLeftOpen = !piece.includes(']]>');
    const end = isLeftOpen ? piece.search(TEXT_END) : -1;
    isOpen = isLeftOpen && end < 0 && index < pieces.length - 1;
    return start + (end < 0 ? piece : `${piece.slice(0, end)}]]>${piece.slice(end)}`);
  });
  return first + closed.join('');
}

/** The beginnings of a section and of a comment; `<!-->` is all of one. */
const MARK = /<!\[CDATA\[|<!--(-?>)?/g;
const COMMENT_END = /--!?>/g;
/** An entry within a comment that has another one in it: the first was left open. UTF-16 units that are looked through. */
const ENTRY = /<\/?(?:\w+:)?(?:item|entry)[\s>]/i;
const LONGEST_COMMENT = 20_000;
const ELEMENT_END = /<\/[a-z]|<(?:\w+:)?(?:item|entry)[\s>]/gi;

/** A comment that is left open ends with its element, and takes no entry with it. */
export function withClosedComments(text: string): string {
  if (!text.includes('<!--')) return text;
  const pieces: string[] = [];
  const marks = new RegExp(MARK);
  let [done, nextEnd] = [0, 0];
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    const from = marks.lastIndex;
    if (nextEnd < from) nextEnd = place(text, COMMENT_END, from);
    const isSection = mark[0] === SECTION;
    const isOpen = !isSection && (mark[1] !== undefined || isLeftOpen(text, from, nextEnd));
    if (isOpen) {
      pieces.push(text.slice(done, mark.index));
      done = mark[1] === undefined ? place(text, ELEMENT_END, from) : from;
    }
    marks.lastIndex = isOpen ? done : isSection ? Math.max(text.indexOf(']]>', from), from) : nextEnd;
  }
  return pieces.join('') + text.slice(done);
}

function isLeftOpen(text: string, from: number, end: number): boolean {
  const within = text.slice(from, Math.min(end, from + LONGEST_COMMENT));
  return end === text.length || (within.includes('<!--') && ENTRY.test(within));
}

/** Where the next one stands; the end of the text where there is none. */
function place(text: string, form: RegExp, from: number): number {
  form.lastIndex = from;
  return form.exec(text)?.index ?? text.length;
}

/**
 * A sign that begins no tag, comment, section or instruction: elements of feeds have names in Latin letters. Nor does one
 * of an address, nor one that meets another before it ends: `<EUR і <USD`.
 */
const LOOSE = /<(?![a-z_?]|\/[a-z_]|!(?:[-–—]|[[a-z]))|<(?=[a-z]+:\/\/|[a-z_?][^<>"'=]{0,200}<)/gi;
const ANY_LOOSE = new RegExp(`${LOOSE.source}|<\\?|<s(?:cript|tyle)[\\s>]`, 'i');
/** An instruction that is not ended as one. */
const OPEN_INSTRUCTION = /(<\?[^<>]*)(?<!\?)>(?![^<]{0,2000}\?>)/g;
const CODE = /<(?:script|style)[\s>]/gi;
const CODE_END = /<\/(?:script|style)\s*>/gi;
/** Where these stand within, the code was left open. */
const FEEDS_OWN = /<\/?(?:item|entry|channel|title|link|guid|description|summary|content)[\s>:]/i;

/** XML outside of whose sections each `<` begins a tag, and where no code of pages is taken for tags. */
export function tagged(text: string): string {
  if (!ANY_LOOSE.test(text)) return text;
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf(SECTION, at);
    const from = start < 0 ? text.length : start;
    pieces.push(withoutCode(text.slice(at, from)).replace(OPEN_INSTRUCTION, '$1?>').replace(LOOSE, '&lt;'));
    const end = text.indexOf(']]>', from);
    at = end < 0 ? text.length : end + 3;
    pieces.push(text.slice(from, at));
  }
  return pieces.join('');
}

/** UTF-16 units of one piece of code. */
const LONGEST_CODE = 20_000;

function withoutCode(text: string): string {
  const pieces: string[] = [];
  let [done, end] = [0, 0];
  for (const { index } of text.matchAll(CODE)) {
    if (index < done) continue;
    if (end <= index) {
      CODE_END.lastIndex = index;
      if (!CODE_END.test(text)) break;
      end = CODE_END.lastIndex;
    }
    if (end - index > LONGEST_CODE || FEEDS_OWN.test(text.slice(index, end))) continue;
    pieces.push(text.slice(done, index));
    done = end;
  }
  return pieces.join('') + text.slice(done);
}
