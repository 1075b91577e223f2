/**
 * From raw text to what a message shows: cleaned, trimmed, its entities put in Telegram's order, split and merged as
 * Telegram does, and what it finds by itself added.
 */
import { autoEntities } from './auto.ts';
import type { Piece } from './html.ts';

export interface Finished {
  readonly text: string;
  readonly entities: readonly Piece[];
}

/** Formatting entities that a message keeps; the rest is dropped without a word. */
const ENTITY_LIMIT = 100;
const STYLES = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'];
const STYLE_SET = new Set(STYLES);
const SOLID = new Set(['pre', 'code', 'date_time']);
const QUOTES = new Set(['blockquote', 'expandable_blockquote']);
/** Which of two entities over the same text comes first. */
const PRIORITY: Readonly<Record<string, number>> = {
  blockquote: 0,
  expandable_blockquote: 0,
  pre: 11,
  code: 20,
  text_link: 49,
  text_mention: 49,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  custom_emoji: 99,
};
/** Control characters become spaces; carriage returns, line separators and vertical overlays vanish. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const UNCLEAN = /[\0-\x09\x0b-\x1f\u2028-\u202e]|\u0333|\u033f|\u030a/;
const VANISHES = /[\r\u2028-\u202e]|\u0333|\u033f|\u030a/;
/** Nothing that leaves a mark on the screen. */
const INVISIBLE = /^[\s\p{Default_Ignorable_Code_Point}\u2800\ufffc]*$/u;

/** The finished text, or undefined where nothing visible is left of it. `entities` must lie inside `raw`. */
export function finishText(raw: string, entities: readonly Piece[]): Finished | undefined {
  const ordered = arrange(entities.map((entity) => ({ ...entity })).filter(({ length }) => length > 0));
  const cleaned = clean(raw, ordered);
  const trimmed = trim(cleaned.text, arrange(cleaned.entities));
  if (INVISIBLE.test(trimmed.text)) return undefined;
  const all = withAuto(trimmed.text, trimmed.entities);
  return { text: trimmed.text, entities: all.slice(0, ENTITY_LIMIT) };
}

/** Code points, the unit of Telegram's length limits. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) count--;
  return count;
}

/** About what the entities weigh on the wire, in bytes: three integers each, and long links in full. */
export const entityBytes = (entities: readonly Piece[]): number =>
  entities.reduce((sum, { url }) => sum + 12 + (url === undefined ? 0 : Buffer.byteLength(url) + 4), 0);

function clean(text: string, entities: Piece[]): { text: string; entities: Piece[] } {
  if (!UNCLEAN.test(text)) return { text, entities };
  let result = '';
  const position: number[] = [];
  for (let at = 0; at < text.length; at++) {
    position[at] = result.length;
    const char = text.charAt(at);
    if (!UNCLEAN.test(char)) result += char;
    else if (!VANISHES.test(char)) result += ' ';
  }
  position[text.length] = result.length;
  for (const entity of entities) {
    const end = position[entity.offset + entity.length] ?? result.length;
    entity.offset = position[entity.offset] ?? result.length;
    entity.length = end - entity.offset;
  }
  return { text: result, entities: entities.filter(({ length }) => length > 0) };
}

const isBlank = (text: string, at: number): boolean => text[at] === ' ' || text[at] === '\n';

/** Cuts white space at the end, and at the start up to the first entity. */
function trim(text: string, entities: Piece[]): { text: string; entities: Piece[] } {
  let end = text.length;
  while (end > 0 && isBlank(text, end - 1)) end--;
  const kept = entities.filter(({ offset }) => offset < end);
  for (const entity of kept) entity.length = Math.min(entity.length, end - entity.offset);
  const limit = Math.min(kept[0]?.offset ?? end, end);
  let start = 0;
  while (start < limit && isBlank(text, start)) start++;
  for (const entity of kept) entity.offset -= start;
  return { text: text.slice(start, end), entities: kept.sort(inOrder) };
}

function inOrder(a: Piece, b: Piece): number {
  if (a.offset !== b.offset) return a.offset - b.offset;
  if (a.length !== b.length) return b.length - a.length;
  return (PRIORITY[a.type] ?? 50) - (PRIORITY[b.type] ?? 50);
}

const endOf = (piece: Piece): number => piece.offset + piece.length;

/** Puts entities in order and takes away what may not stand inside one another. */
function arrange(entities: Piece[], found: readonly Piece[] = []): Piece[] {
  const sorted = entities.sort(inOrder);
  if (
    found.length === 0 &&
    sorted.every((entity, i) => i === 0 || entity.offset > endOf(sorted[i - 1] ?? entity))
  )
    return sorted;
  const quotes = withoutOverlap(sorted.filter(({ type }) => QUOTES.has(type)));
  const own = withoutOverlap(sorted.filter(({ type }) => !QUOTES.has(type) && !STYLE_SET.has(type)));
  const extra = found.filter((auto) => !own.some((other) => overlap(auto, other)));
  const whole = [...own, ...extra].filter((piece) => !quotes.some((quote) => crosses(piece, quote)));
  const others = [...quotes, ...whole].sort(inOrder);
  const styles = splitStyles(
    sorted.filter(({ type }) => STYLE_SET.has(type)),
    others,
  );
  return [...others, ...styles].sort(inOrder);
}

function withAuto(text: string, entities: Piece[]): Piece[] {
  const found = autoEntities(text);
  return found.length === 0 ? entities : arrange(entities, found);
}

const overlap = (a: Piece, b: Piece): boolean => a.offset < endOf(b) && b.offset < endOf(a);

/** Whether `piece` touches the quote without lying wholly inside it. */
const crosses = (piece: Piece, quote: Piece): boolean =>
  overlap(piece, quote) && (piece.offset < quote.offset || endOf(piece) > endOf(quote));

function withoutOverlap(sorted: readonly Piece[]): Piece[] {
  let end = 0;
  const kept: Piece[] = [];
  for (const piece of sorted) {
    if (piece.offset < end) continue;
    end = endOf(piece);
    kept.push(piece);
  }
  return kept;
}

/**
 * Styles merged with their like, split wherever another style begins or another entity begins or ends, and taken away
 * inside code.
 */
function splitStyles(styles: readonly Piece[], others: readonly Piece[]): Piece[] {
  const running = new Map<string, { begin: number; end: number }>();
  const result: Piece[] = [];
  let next = 0;
  const flush = (limit: number) => {
    for (const type of STYLES) {
      const run = running.get(type);
      if (!run || run.begin >= limit) continue;
      result.push({ type, offset: run.begin, length: Math.min(run.end, limit) - run.begin });
      if (run.end <= limit) running.delete(type);
      else run.begin = limit;
    }
  };
  const advance = (limit: number) => {
    for (let style = styles[next]; style && style.offset < limit; style = styles[++next]) {
      const run = running.get(style.type);
      if (run && style.offset <= run.end) {
        run.end = Math.max(run.end, endOf(style));
        continue;
      }
      flush(style.offset);
      running.set(style.type, { begin: style.offset, end: endOf(style) });
    }
    flush(limit);
  };
  const open: Piece[] = [];
  const goTo = (offset: number) => {
    for (let inner = open.at(-1); inner && offset >= endOf(inner); inner = open.at(-1)) {
      const before = result.length;
      advance(endOf(inner));
      if (SOLID.has(inner.type)) result.length = before;
      open.pop();
    }
    advance(offset);
  };
  for (const other of others) {
    goTo(other.offset);
    open.push(other);
  }
  goTo(Number.MAX_SAFE_INTEGER);
  return result;
}
