/** Elements within a line that change what it says: struck out, hidden, raised, lowered, protected. */
import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { isCalled, wordOf } from './selectors.ts';

const SILENT =
  /^(?:script|style|annotation|noscript|template|svg|iframe|form|button|select|textarea|object|video|audio|canvas|head|del|s|strike|amp-(?:ad|embed|sticky-ad)|xml|w:\w+)$/;
/** Hidden, or struck out. */
const HIDDEN_STYLE =
  /display\s*:\s*none|visibility\s*:\s*hidden|text-decoration(?:-line)?\s*:[^;]{0,40}line-through|(?:^|[;\s])(?:opacity\s*:\s*0\s*(?:[;!]|$)|font-size\s*:\s*(?:0|[01](?:\.\d{1,3})?px)\s*(?:[;!]|$)|clip\s*:\s*rect\(\s*(?:0|1px)|max-height\s*:\s*0(?:px)?\s*(?:;|$)|(?:left|text-indent)\s*:\s*-\d{4}|(?:width|height)\s*:\s*0(?:px)?\s*(?:;|$))/i;
const HIDDEN_CLASS =
  /(?:^|\s)(?:screen-reader-\w+|visually-?hidden|sr-only|[\w-]*tooltip[-_]{0,2}(?:text|content|body|inner|popup)|(?:text-)?(?:decoration-)?(?:strike|striked|strikethrough|line-through|struck|crossed)(?:-(?:out|through|text))?)(?:\s|$)/i;
/** Classes under which a program puts what is no text: its advertisements, its form for subscribers. */
const PROGRAMS_OWN = /(?:^|\s)(?:adsbygoogle|subscription-widget[\w-]*)(?:\s|$)/;
/** Back from a footnote to its mark in the text; to a heading itself. */
const WAY_BACK = /^\s*(?:[↩⤴↑]\ufe0e?|[\^#¶§🔗])\s*$/u;
/** Classes that hide, unless others show it on a larger screen. */
const HIDDEN_HERE = /(?:^|\s)(?:hidden|d-none)(?:\s|$)/i;
const SHOWN_THERE = /(?:^|\s)(?:\w+:|d-\w+-)/i;
/** Class of a part of a text that a press unfolds. */
const UNFOLDED = wordOf('spoiler|accordion|collaps\\w*|faq');
/** A whole page that is hidden until its script has run is not. */
const WHOLE = /^(?:html|body|main|article)$/;
/** UTF-16 units of an attribute that are looked at. */
const LONGEST_ATTRIBUTE = 1000;

const attribute = ({ attribs }: Element, name: string): string =>
  (attribs[name] ?? '').slice(0, LONGEST_ATTRIBUTE);

/** A part of a page that was sent behind the rest, and that the page's script puts in its place. */
const STREAMED = /^S:[\da-f]+$/i;

/** Whether nobody is to read what stands within: no text, hidden, or taken back by the newsroom. */
export const isHidden = (element: Element): boolean =>
  (SILENT.test(element.name) && !isSaid(element)) ||
  attribute(element, 'role') === 'tooltip' ||
  isStandIn(element) ||
  (!WHOLE.test(element.name) &&
    ((element.attribs['hidden'] !== undefined && !STREAMED.test(attribute(element, 'id'))) ||
      (HIDDEN_STYLE.test(attribute(element, 'style')) && !isCalled(element, UNFOLDED)) ||
      isHiddenBy(attribute(element, 'class')) ||
      isWayBack(element)));

/** Whether an element that else says nothing is of the text: a word to press within a sentence, the text of a part of its own. */
function isSaid({ name, attribs, prev, next }: Element): boolean {
  if (name === 'template') return attribs['shadowrootmode'] !== undefined;
  if (name !== 'button' || !prev || !next || !isText(prev) || !isText(next)) return false;
  return /\S/.test(prev.data) && /\S/.test(next.data);
}

/** Whether an element stands in for a part of an AMP page that is loaded later. */
const isStandIn = ({ attribs, parent }: Element): boolean =>
  (attribs['placeholder'] !== undefined || attribs['fallback'] !== undefined) &&
  parent !== null &&
  isTag(parent) &&
  parent.name.startsWith('amp-');

function isWayBack({ name, children: [only, ...others] }: Element): boolean {
  return name === 'a' && only !== undefined && !others.length && isText(only) && WAY_BACK.test(only.data);
}

const isHiddenBy = (classes: string): boolean =>
  HIDDEN_CLASS.test(classes) ||
  PROGRAMS_OWN.test(classes) ||
  (HIDDEN_HERE.test(classes) && !SHOWN_THERE.test(classes));

/** Text of an element instead of its letters; undefined: its letters. */
export function saidBy(element: Element): string | undefined {
  const level = levelOf(element);
  if (level === 'sup') return raised(lettersOf(element), RAISED, '^');
  if (level === 'sub') return raised(lettersOf(element), LOWERED, '');
  if (element.name === 'img')
    return EMOJI.test(attribute(element, 'alt')) ? attribute(element, 'alt') : undefined;
  if (/^m(?:sup|sub|frac)$/.test(element.name)) return formula(element);
  if (element.name === 'q') return `“${lettersOf(element)}”`;
  const written =
    attribute(element, 'data-cfemail') ||
    /\/cdn-cgi\/l\/email-protection#([\da-f]+)/i.exec(attribute(element, 'href'))?.[1];
  return written ? emailOf(written) : undefined;
}

/** First or last letter within, '' where none stands at that edge. */
function letterAt(node: AnyNode, edge: 'first' | 'last'): string {
  if (isText(node))
    return Array.from(edge === 'first' ? node.data.slice(0, 2) : node.data.slice(-1)).at(0) ?? '';
  const child = 'children' in node ? node.children.at(edge === 'first' ? 0 : -1) : undefined;
  return child ? letterAt(child, edge) : '';
}

/** Whether an element within a line begins a word of its own, with no blank before it: styles set it apart from the one before. */
export function isApart(element: Element): boolean {
  const { prev } = element;
  if (!prev || !(isTag(prev) || (element.name === 'span' && element.attribs['class']))) return false;
  return /[\p{Ll}\p{N}.!?»]/u.test(letterAt(prev, 'last')) && /\p{Lu}/u.test(letterAt(element, 'first'));
}

/** Elements within a line that say by a style or class what `sup` and `sub` are for. */
const LEVELLED = /^(?:span|font|small|i|em|b|strong)$/;
const LEVELS: readonly [level: 'sup' | 'sub', style: RegExp, classes: RegExp][] = [
  ['sup', /vertical-align\s*:\s*super\s*(?:[;!]|$)/i, /(?:^|\s)(?:sup|super|superscript)(?:\s|$)/i],
  ['sub', /vertical-align\s*:\s*sub\s*(?:[;!]|$)/i, /(?:^|\s)(?:sub|subscript)(?:\s|$)/i],
];

function levelOf(element: Element): string | undefined {
  if (!LEVELLED.test(element.name)) return element.name;
  const [style, classes] = [attribute(element, 'style'), attribute(element, 'class')];
  return LEVELS.find(([, inStyle, inClass]) => inStyle.test(style) || inClass.test(classes))?.[0];
}

/** A picture of a character. */
const EMOJI = /^(?=.*\P{ASCII})[\p{Emoji}\p{Emoji_Component}]{1,20}$/u;

/** Two parts of a formula in one line. */
function formula(element: Element): string | undefined {
  const [one, other] = element.children.filter(isTag);
  if (!one || !other) return undefined;
  const [first, second] = [saidBy(one) ?? lettersOf(one), saidBy(other) ?? lettersOf(other)];
  if (element.name === 'mfrac') return `${first}/${second}`;
  return element.name === 'msup' ? first + raised(second, RAISED, '^') : first + raised(second, LOWERED, '');
}

const DIGITS = '0123456789+-=()n';
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ';

/** Digits as powers or indices; `10^6,5` where there are none for all of it. Words and footnotes stay as they are. */
function raised(letters: string, to: string, sign: string): string {
  const text = letters.trim().replaceAll('−', '-');
  if (sign && /^[oо°º]$/u.test(text)) return '°';
  if (!/\d/.test(text)) return letters;
  const all = Array.from(text, (letter) => to[DIGITS.indexOf(letter)]);
  if (all.every((letter) => letter !== undefined)) return all.join('');
  return /^[\d.,+-]+$/.test(text) ? sign + text : letters;
}

/** Cloudflare hides addresses: two hexadecimal digits a character, the first is the key of the others. */
function emailOf(hex: string): string | undefined {
  const bytes = Buffer.from(hex, 'hex');
  const [key = 0] = bytes;
  const address = Buffer.from(bytes.subarray(1).map((byte) => byte ^ key)).toString();
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address : undefined;
}

/** All letters within, as they stand. */
function lettersOf(element: Element): string {
  const letters = (node: AnyNode): string =>
    isText(node)
      ? node.data
      : isTag(node) && !isHidden(node)
        ? (saidBy(node) ?? node.children.map(letters).join(''))
        : '';
  return element.children.map(letters).join('');
}
