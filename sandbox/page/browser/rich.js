/** A rich message as an app shows it: headings, pictures, quotes, lists, tables, and stories folded under their headlines. */
import { el } from './dom.js';
import { momentOf } from './moment.js';

const LOOKS = { bold: 'b', italic: 'i', strikethrough: 's', underline: 'u', code: 'code' };

/** `press` is called with a button inside the message. */
export function richBody(blocks, acts, press) {
  return el(
    'div.rich',
    { dir: 'auto' },
    blocks.map((block) => blockOf(block, acts, press)),
  );
}

function blockOf(block, acts, press) {
  const text = (value) => textOf(value, acts);
  const inner = () => block.blocks.map((one) => blockOf(one, acts, press));
  const credit = block.credit ? el('cite', {}, text(block.credit)) : undefined;
  switch (block.type) {
    case 'heading':
      return el(`p.heading.size-${block.size}`, { role: 'heading', 'aria-level': '4' }, text(block.text));
    case 'paragraph':
      return el('p', {}, text(block.text));
    case 'footer':
      return el('footer', {}, text(block.text));
    case 'divider':
      return el('hr');
    case 'list':
      return el(
        'ul',
        {},
        block.items.map((item) =>
          el(
            'li',
            {},
            item.blocks.map((one) => blockOf(one, acts, press)),
          ),
        ),
      );
    case 'blockquote':
      return el('blockquote', {}, inner(), credit);
    case 'details':
      return el(
        'details',
        block.is_open ? { open: true } : {},
        el('summary', {}, text(block.summary)),
        inner(),
      );
    case 'table':
      return el(
        'table',
        {},
        block.cells.map((row) =>
          el(
            'tr',
            {},
            row.map((cell) => cellOf(cell, text)),
          ),
        ),
      );
    case 'photo':
      return figure(block, text);
    case 'buttons':
      return el(
        'div.row',
        {},
        block.buttons.map((button) => buttonOf(button, press)),
      );
    default:
      return undefined;
  }
}

const cellOf = (cell, text) => el(cell.is_header ? 'th' : 'td', {}, text(cell.text ?? ''));

const buttonOf = (button, press) =>
  el('button', { type: 'button', onclick: (event) => press(button, event.currentTarget) }, button.text);

function figure({ picture, caption }, text) {
  const words = caption
    ? [text(caption.text), caption.credit ? el('cite', {}, text(caption.credit)) : undefined]
    : [];
  return el(
    'figure',
    {},
    picture ? el('img', { src: picture, alt: '', loading: 'lazy' }) : undefined,
    words.length > 0 ? el('figcaption', {}, words) : undefined,
  );
}

function textOf(value, acts) {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((part) => textOf(part, acts));
  const inside = textOf(value.text ?? '', acts);
  if (value.type === 'date_time') return [momentOf(value.unix_time, inside)];
  if (value.type === 'hashtag' || value.type === 'mention') return [el('span.link', {}, inside)];
  if (value.type !== 'url') return [el(LOOKS[value.type] ?? 'span', {}, inside)];
  const link = {
    href: acts.hrefOf(value.url),
    target: '_blank',
    rel: 'noopener',
    onclick: (event) => acts.open(value.url, event),
  };
  return [el('a', link, inside)];
}
