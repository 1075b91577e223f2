/** A text of a feed while it is read: words, sections and tags in it become the HTML or plain text that is meant. */
import { allowed, type Attributes, meant, section, unsectioned, unslashed, withoutWarnings } from './xml.ts';

/** UTF-16 units of one text that are kept. */
const LONGEST_TEXT = 300_000;

export interface OpenText {
  readonly name: string;
  readonly attributes: Attributes;
  /** Its text; `open`: as it is written, because a reference in it may go on. */
  said: string;
  open: string;
  length: number;
}

export const newText = (name: string, attributes: Attributes): OpenText => ({
  name,
  attributes: basedOn(attributes),
  said: '',
  open: '',
  length: 0,
});

/** An element may have a base of its own. */
function basedOn(attributes: Attributes): Attributes {
  const { 'xml:base': base = '', href = '' } = attributes;
  return base && URL.canParse(href, base) ? { ...attributes, href: new URL(href, base).href } : attributes;
}

/** Takes words of a text, as they are written. */
export function addWords(text: OpenText | undefined, written: string, isSection: boolean): void {
  if (!text || text.length > LONGEST_TEXT) return;
  const words = allowed(written);
  text.length += words.length;
  if (!isSection)
    text.open += text.attributes['type'] === 'xhtml' ? words.replaceAll('&lt;', '&amp;lt;') : words;
  else text.said += settled(text) + section(words);
}

/** Takes a tag of a text. */
export function addTag(text: OpenText | undefined, tag: string): void {
  if (!text || text.length > LONGEST_TEXT) return;
  text.length += tag.length;
  text.said += settled(text) + allowed(tag);
}

/** Reads the words that were still open. */
function settled(text: OpenText): string {
  const words = text.open;
  text.open = '';
  return meant(words);
}

/** The text once it is closed. */
export function wholeOf(text: OpenText): string {
  text.said = unslashed(withoutWarnings(unsectioned(text.said + settled(text))));
  return readable(text);
}

/** Types of a text that is no mark-up. */
const PLAIN = /^\s*text(?:\/plain)?\s*$/i;

/** Feeds call HTML plain text as well; but a tag that is not closed is what the text is about. */
const withLooseTags = (text: string): string =>
  text.replace(/<(?=([a-z]\w*)[>\s])/gi, (sign, name: string) =>
    text.toLowerCase().includes(`</${name.toLowerCase()}`) || /^(?:br|hr|img|p|li)$/i.test(name)
      ? sign
      : '&lt;',
  );

/** The text as it is meant: Atom of old packs some as base64; a type that is no text is a file. */
function readable({ name, said, attributes }: OpenText): string {
  const { type = '', mode = '' } = attributes;
  if (/^base64$/i.test(mode.trim())) return allowed(Buffer.from(said, 'base64').toString());
  if (name === 'content' && /^\s*(?:image|audio|video|application\/(?!\w*\+?xml|xhtml))/i.test(type))
    return '';
  return PLAIN.test(type) ? withLooseTags(said) : said;
}
