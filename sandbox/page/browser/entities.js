/** Formatted text as Telegram gives it (text and entities) turned into a tree; knows nothing of the page. */

/**
 * Pieces of a text in order: plain ones are strings, the others `{ entity, text, children }`. Offsets are UTF-16 units, as
 * JavaScript counts. What lies outside its parent or the text is cut there.
 */
export function treeOf(text, entities = []) {
  const ordered = entities
    .filter(({ offset, length }) => length > 0 && offset < text.length)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return branch(text, ordered, 0, text.length);
}

function branch(text, entities, from, to) {
  const pieces = [];
  let at = from;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const inner = [];
    index++;
    while (index < entities.length && entities[index].offset < end) inner.push(entities[index++]);
    if (start >= end) continue;
    if (start > at) pieces.push(text.slice(at, start));
    pieces.push({ entity, text: text.slice(start, end), children: branch(text, inner, start, end) });
    at = end;
  }
  if (at < to) pieces.push(text.slice(at, to));
  return pieces;
}

/** Most letters of a message that a chat list or a lock screen has room for. */
const LISTED = 90;

/** A message in one line; what stands inside a spoiler as dots. */
export function wholeLine({ text = '', entities = [] }) {
  let line = text;
  for (const { type, offset, length } of entities)
    if (type === 'spoiler') {
      const hidden = line.slice(offset, offset + length).replace(/\S/g, '⠿');
      line = line.slice(0, offset) + hidden + line.slice(offset + length);
    }
  return line.replace(/\s+/g, ' ');
}

/** The same as the chat list and the lock screen show it. */
export const listedLine = (message) => wholeLine(message).slice(0, LISTED);

/** Blocks end their line by themselves, so the line break after one is not drawn. */
const BLOCKS = new Set(['blockquote', 'expandable_blockquote', 'pre']);

/** Text of a plain piece as it is drawn after `before`, the piece in front of it. */
export function textAfter(text, before) {
  const afterBlock = typeof before === 'object' && BLOCKS.has(before.entity.type);
  return afterBlock && text.startsWith('\n') ? text.slice(1) : text;
}

/** The address behind a link-like entity; undefined where there is none, or one that a page must not open. */
export function addressOf({ entity, text }) {
  const raw =
    entity.type === 'text_link'
      ? entity.url
      : entity.type === 'url'
        ? /^[a-z][a-z0-9+.-]*:/i.test(text)
          ? text
          : `https://${text}`
        : undefined;
  return raw !== undefined && /^(https?|tg):\/\//i.test(raw) ? raw : undefined;
}
