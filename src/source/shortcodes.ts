/**
 * Codes in brackets and braces that a site's own programs would have replaced (`[gallery ids="1,2"]`, `[b]`, `{youtube}`):
 * feeds often carry them as they are written. Words in brackets stay.
 */

/** Codes that stand for something that is no text, with all that stands in them. */
const EMBEDDED =
  'embed|gallery|video|audio|playlist|youtube|vimeo|tweet|twitter|instagram|facebook|soundcloud|iframe|googlemaps?';
/** The beginning of a code that has attributes: nobody writes that in brackets. */
const ATTRIBUTED = '\\[([a-z][\\w-]{1,40})(?=\\s+[\\w-]{1,40}=)[^[\\]]{0,1000}\\]';
/** Names of codes that stand without attributes too; no word looks like the others. */
const NAMES = `${EMBEDDED}|more|nextpage|caption|su-\\w{1,40}|[a-z]{1,20}_[a-z_]{1,40}`;

const WITHIN = new RegExp(`\\[(${EMBEDDED})(?:\\s[^[\\]]{0,1000})?\\][^[\\]]{0,500}\\[/\\1\\]`, 'gi');
const CODE = new RegExp(`${ATTRIBUTED}|\\[/?(?:${NAMES})\\s*/?\\]`, 'gi');
const OPENED = new RegExp(ATTRIBUTED, 'gi');
/** The end of a code, which is one where the code stands before it. */
const END = /\[\/([a-z][\w-]{1,40})\]/gi;
const CAPTION = /\[(?:wp_)?caption\b([^[\]]{0,1000})\]([^[]{0,5000})\[\/(?:wp_)?caption\]/gi;
const PICTURE = /^\s*((?:<a\s[^>]{0,1000}>\s*)?<img\s[^>]{0,3000}>(?:\s*<\/a>)?)(.*)$/is;

/** Brackets that were escaped, as sites do that show their codes on purpose. */
const BRACKETS = /&#(?:9[13]|x5[bd]);/gi;

/** Codes of forums, which are closed, and what stands within some of them. */
const OF_FORUM = 'b|i|u|url|email|quote|color|size|font|center|left|right|justify|spoiler|code|list|h[1-6]';
const STRUCK = /\[(s|strike|img|media)(?:=[^[\]]{0,500})?\][^[\]]{0,2000}\[\/\1\]/gi;
const FORUM = new RegExp(`\\[(/?)(${OF_FORUM})(?:=[^[\\]]{0,500})?\\]`, 'gi');

/** Codes in braces and in double brackets: places and films of Joomla, elements of MODX, variables of templates. */
const BRACED =
  /\{(gallery|youtube|vimeo|video|audio|mp3|slider|source)(?:\s[^{}]{0,300})?\}[^{}]{0,1000}\{\/\1\}|\{\/?(?:loadposition|loadmodule(?:id)?|module(?:pos)?|jcomments|banner\w{0,20}|mosimage|pagebreak|readmore)(?:\s[^{}]{0,300})?\}|\{\{[^{}]{1,300}\}\}|\{%[^{}]{1,300}%\}|\[\[[!$*~+%-]{0,2}[a-z][\w.-]{0,60}(?:\?[^[\]]{0,500})?\]\]/gi;

/** The text without codes of forums; words in such brackets that nothing closes stay. */
function withoutForumCodes(text: string): string {
  const closed = new Set(
    [...text.matchAll(FORUM)].flatMap(([, end, name = '']) => (end ? name.toLowerCase() : [])),
  );
  return text
    .replace(STRUCK, ' ')
    .replace(FORUM, (code, _, name: string) => (closed.has(name.toLowerCase()) ? '' : code));
}

/** A text as HTML without such codes; a picture's caption is one of HTML. */
export function withoutShortcodes(text: string): string {
  const html = /[[{][[{%/a-z]/i.test(text) ? withoutForumCodes(text.replace(BRACED, ' ')) : text;
  const plain = html.replace(BRACKETS, (bracket) => (/91|5b/i.test(bracket) ? '[' : ']'));
  if (!/\[\/?[a-z]/i.test(plain)) return html;
  const figures = plain.replace(CAPTION, (_, attributes: string, within: string) =>
    figure(attributes, within),
  );
  const names = new Set([...figures.matchAll(OPENED)].map(([, name = '']) => name.toLowerCase()));
  return figures
    .replace(WITHIN, ' ')
    .replace(CODE, ' ')
    .replace(END, (end, name: string) => (names.has(name.toLowerCase()) ? ' ' : end));
}

function figure(attributes: string, within: string): string {
  const [, picture, behind = ''] = PICTURE.exec(within) ?? [];
  if (picture === undefined) return within;
  const [, named = ''] = /\scaption=["'“”](.{0,600}?)["'“”](?:\s|$)/s.exec(attributes) ?? [];
  const said = behind.trim() || named;
  return `<figure>${picture}${said ? `<figcaption>${said}</figcaption>` : ''}</figure>`;
}
