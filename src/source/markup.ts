/** Which `<` begins a tag. Nobody says whether a text of a feed is HTML: `Курс <USD>` and `a<b` are words. */

const NAMES =
  'a|abbr|acronym|address|area|article|aside|audio|b|base|basefont|bdi|bdo|big|blink|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|data|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hgroup|hr|html|i|iframe|img|image|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|meta|nav|nobr|noscript|object|ol|optgroup|option|output|p|param|picture|pre|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr';
/** Attributes that are written without a value. */
const BARE =
  '(?:hidden|allowfullscreen|async|defer|controls|loop|muted|autoplay|noshade|nowrap|reversed|open|itemscope|checked|selected|disabled|download|[a-z]+-[\\w-]+)';

/**
 * A tag of HTML that ends or has an attribute; any other name with a prefix, a hyphen or an attribute, which nobody puts
 * between brackets; a closing tag; a comment, section or instruction.
 */
const TAG = new RegExp(
  [
    '/[a-z][\\w:-]*\\s*>',
    '[!?][-\\[a-z]',
    `(?:${NAMES})(?:\\s+${BARE})*\\s*/?>`,
    '[a-z]\\w*[:-]\\w[\\w:-]*[\\s/>]',
    `[a-z]\\w*(?:\\s+${BARE})*\\s+[a-z_:@][\\w:.@-]*\\s*=`,
  ]
    .map((form) => `<${form}`)
    .join('|'),
  'iy',
);

/** Whether any tag stands in the text. */
export const hasTags = (text: string): boolean => tagStarts(text).next().done !== true;

/** The text as HTML: `<` that begins no tag is escaped. */
export function asHtml(text: string): string {
  if (!text.includes('<')) return text;
  const pieces: string[] = [];
  let done = 0;
  for (const at of tagStarts(text)) {
    pieces.push(text.slice(done, at).replaceAll('<', '&lt;'), '<');
    done = at + 1;
  }
  pieces.push(text.slice(done).replaceAll('<', '&lt;'));
  return pieces.join('');
}

/** Where tags begin; what stands within one is no other. */
function* tagStarts(text: string): Generator<number> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    TAG.lastIndex = at;
    if (TAG.test(text)) {
      yield at;
      at = TAG.lastIndex;
    } else at++;
  }
}
