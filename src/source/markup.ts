/** Which `<` begins a tag. Nobody says whether a text of a feed is HTML: `Курс <USD>` and `a<b` are words. */

const NAMES =
  'a|abbr|acronym|address|area|article|aside|audio|b|base|basefont|bdi|bdo|big|blink|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|data|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hgroup|hr|html|i|iframe|img|image|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|m(?:i|n|o|row|frac|sup|sub|subsup|sqrt|root|text|space|style|over|under|table|tr|td|padded|fenced)|semantics|annotation|meta|nav|nobr|noscript|object|ol|optgroup|option|output|p|param|picture|pre|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr';
const ELEMENT = new RegExp(`^(?:${NAMES})$`, 'i');
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

/** Any other name alone, which is one only where it is closed somewhere: `<noindex>`. */
const ALONE = /<([a-z][\w-]*)\s*\/?>/iy;
const CLOSED = /<\/([a-z][\w-]*)\s*>/gi;

/** Whether any tag stands in the text. */
export const hasTags = (text: string): boolean => tagStarts(text).next().done !== true;

/** The text as HTML: `<` that begins no tag is escaped. */
export function asHtml(written: string): string {
  const text = written.replace(TWICE, '&').replace(RAW, '');
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

/** References that were escaped once too often; those of tags are what the text is about. */
const TWICE =
  /&amp;(?=(?:amp|nbsp|quot|apos|[lr]aquo|[lrb]dquo|[lrs]squo|[nm]dash|hellip|shy|#\d{2,5}|#x[\da-f]{2,5});)/gi;

/** Elements of old within which a reader of HTML takes tags for words. */
const RAW = /<\/?(?:xmp|noembed|noframes|plaintext)(?:\s[^<>]{0,200})?>/gi;

/** Elements that end by themselves, or with the next. */
const OPEN_ENDED = /^(?:area|base|br|col|embed|hr|img|input|li|link|meta|p|param|source|track|wbr)$/i;

/** A title as HTML: there a tag is one only where it is closed as well; `<b>` alone is what the title is about. */
export function titleHtml(title: string): string {
  const names = (form: RegExp) => [...title.matchAll(form)].map(([, name = '']) => name.toLowerCase());
  const [opened, closed] = [names(/<([a-z][\w:-]*)/gi), names(/<\/([a-z][\w:-]*)/gi)];
  const isTag = (name: string) => OPEN_ENDED.test(name) || (opened.includes(name) && closed.includes(name));
  return asHtml(
    // A title holds no documents and no programs: these are what it is about.
    title
      .replace(/<(?=!(?!--|\[)|\?)/g, '&lt;')
      .replace(/<(\/?)([a-z][\w:-]*)(?=[\s/>])/gi, (start, slash: string, name: string) =>
        isTag(name.toLowerCase()) || (slash && !opened.length && ELEMENT.test(name))
          ? start
          : `&lt;${slash}${name}`,
      ),
  );
}

/** Where tags begin; what stands within one is no other. */
function* tagStarts(text: string): Generator<number> {
  let closed: ReadonlySet<string> | undefined;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    TAG.lastIndex = ALONE.lastIndex = at;
    const name = TAG.test(text) ? '' : ALONE.exec(text)?.[1]?.toLowerCase();
    if (name) closed ??= new Set(Array.from(text.matchAll(CLOSED), ([, each = '']) => each.toLowerCase()));
    if (name === '' || (name && closed?.has(name))) {
      yield at;
      at = Math.max(TAG.lastIndex, ALONE.lastIndex);
    } else at++;
  }
}
