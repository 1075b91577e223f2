/**
 * Codes in brackets and braces that a site's own programs would have replaced (`[gallery ids="1,2"]`, `[b]`, `{youtube}`):
 * feeds often carry them as they are written. Words in brackets stay.
 */

/** Codes that stand for something that is no text. */
const EMBEDDED =
  'embed|gallery|video|audio|playlist|youtube|vimeo|tweet|twitter|instagram|facebook|soundcloud|iframe|googlemaps?';
/** Such codes, and those of forums for pictures and for what was struck out, with all that stands in them. */
const WITHIN = new RegExp(
  `\\[(${EMBEDDED}|s|strike|img|media)(?:[\\s=][^[\\]]{0,1000})?\\][^[\\]]{0,2000}\\[/\\1\\]`,
  'gi',
);

/** A code or its end; behind its name what it is set to, or attributes. */
const CODE = /\[(\/?)([a-z][\w-]{0,40})(=[^[\]]{0,500}|\s+[\w-]{1,40}=[^[\]]{0,1000})?\s*\/?\]/gi;
/** Names of codes that stand by themselves and without attributes too; no word looks like the others. */
const ALONE = new RegExp(`^(?:${EMBEDDED}|more|nextpage|caption|su-\\w+|[a-z]+_[a-z_]+)$`);

const CAPTION = /\[(?:wp_)?caption\b([^[\]]{0,1000})\]([^[]{0,5000})\[\/(?:wp_)?caption\]/gi;
const PICTURE = /^\s*((?:<a\s[^>]{0,1000}>\s*)?<img\s[^>]{0,3000}>(?:\s*<\/a>)?)(.*)$/is;

/** Brackets that were escaped, as sites do that show their codes on purpose. */
const BRACKETS = /&#(?:9[13]|x5[bd]);/gi;

/** Codes in braces and in double brackets: places and films of Joomla, elements of MODX, variables of templates. */
const BRACED =
  /\{(gallery|youtube|vimeo|video|audio|mp3|slider|source)(?:\s[^{}]{0,300})?\}[^{}]{0,1000}\{\/\1\}|\{\/?(?:loadposition|loadmodule(?:id)?|module(?:pos)?|jcomments|banner\w{0,20}|mosimage|pagebreak|readmore)(?:\s[^{}]{0,300})?\}|\{\{[^{}]{1,300}\}\}|\{%[^{}]{1,300}%\}|\[\[[!$*~+%-]{0,2}[a-z][\w.-]{0,60}(?:\?[^[\]]{0,500})?\]\]/gi;

/** A text as HTML without such codes; a picture's caption is one of HTML. */
export function withoutShortcodes(text: string): string {
  const html = /[[{][[{%/a-z]/i.test(text) ? text.replace(BRACED, ' ') : text;
  const plain = html.replace(BRACKETS, (bracket) => (/91|5b/i.test(bracket) ? '[' : ']'));
  if (!/\[\/?[a-z]/i.test(plain)) return html;
  const told = plain.replace(CAPTION, (_, attributes: string, within: string) => figure(attributes, within));
  const left = told.replace(WITHIN, ' ');
  const codes = [...left.matchAll(CODE)].map(([, end, name = '', set = '']) => ({
    end,
    name: name.toLowerCase(),
    set,
  }));
  const attributed = new Set(codes.flatMap(({ name, set }) => (/^\s/.test(set) ? name : [])));
  const closed = new Set(codes.flatMap(({ name, end }) => (end ? name : [])));
  return left.replace(CODE, (code, _, written: string) => {
    const name = written.toLowerCase();
    if (attributed.has(name) || ALONE.test(name)) return ' ';
    // Codes of forums stand around words and parts of them.
    return closed.has(name) ? '' : code;
  });
}

function figure(attributes: string, within: string): string {
  const [, picture, behind = ''] = PICTURE.exec(within) ?? [];
  if (picture === undefined) return within;
  const [, named = ''] = /\scaption=["'“”](.{0,600}?)["'“”](?:\s|$)/s.exec(attributes) ?? [];
  const said = behind.trim() || named;
  return `<figure>${picture}${said ? `<figcaption>${said}</figcaption>` : ''}</figure>`;
}
