/** One message as a bubble. */
import { dayOf, el, ICONS, icon, timeOf } from './dom.js';
import { momentOf } from './moment.js';
import { richBody } from './rich.js';
import { addressOf, textAfter, treeOf } from './entities.js';

const TAGS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};

/** Longer quotes fold to three lines, as on a phone. */
const FOLDED_LINES = 3;

/**
 * The bubble of `message`, with the phone's own `words`. `acts` has `press(message, button)`, `open(address)` and
 * `command(text)`; `named` shows who wrote it, as groups do.
 */
export function bubble(message, acts, words, named = false) {
  if (message.service)
    return el('div.service', {}, el('span', {}, words(`service-${message.service.what}`, message.service)));
  const preview = message.preview && previewCard(message.preview, acts, words);
  const body = el(
    'div.bubble',
    {},
    named && message.name ? el('div.author', {}, message.name) : undefined,
    message.replyTo && replyLine(message.replyTo),
    message.preview?.above ? preview : undefined,
    message.photo ? el('img.photo', { src: message.photo, alt: '' }) : undefined,
    message.rich
      ? richBody(message.rich, acts, (button, key) =>
          acts.press(message, { text: button.text, kind: 'press', data: button.callback_data }, key),
        )
      : undefined,
    message.text && !message.rich
      ? el('div.text', { dir: 'auto' }, nodes(treeOf(message.text, message.entities), acts, words))
      : undefined,
    message.preview && !message.preview.above ? preview : undefined,
    meta(message, words, acts),
  );
  return el(
    `div.message.${message.mine ? 'mine' : 'theirs'}`,
    { data: { id: message.id } },
    body,
    message.buttons?.length ? keyboard(message, acts) : undefined,
  );
}

export const daySeparator = (at, language) => el('div.service.day', {}, el('span', {}, dayOf(at, language)));

function meta(message, words, { forward }) {
  return el(
    'div.meta',
    {},
    message.alone ? el('span', {}, words('only-you')) : undefined,
    message.pinned ? el('span', { title: words('pinned') }, icon(ICONS.pin)) : undefined,
    message.silent ? el('span', { title: words('silent') }, icon(ICONS.silent)) : undefined,
    message.signature ? el('span', {}, `${message.signature},`) : undefined,
    message.edited ? el('span', {}, words('edited')) : undefined,
    el('time', {}, timeOf(message.at)),
    forward &&
      !message.protected &&
      el('button.link', { type: 'button', onclick: () => forward(message) }, words('forward-post')),
  );
}

function replyLine({ name, text }) {
  return el('div.reply', {}, el('b', {}, name), el('span', {}, text));
}

function previewCard(preview, acts, words) {
  return el(
    `a.preview${preview.large ? '.large' : ''}${preview.above ? '.above' : ''}`,
    {
      href: preview.href,
      'aria-label': preview.title || words('picture'),
      target: '_blank',
      rel: 'noopener',
      onclick: (event) => acts.open(preview.url, event),
    },
    preview.picture ? el('img', { src: preview.picture, alt: '', loading: 'lazy' }) : undefined,
    preview.title
      ? el(
          'span.preview-text',
          {},
          el('small', {}, preview.site),
          el('b', {}, preview.title),
          preview.text ? el('span', {}, preview.text) : undefined,
        )
      : undefined,
  );
}

function keyboard(message, acts) {
  const rows = message.buttons.map((row) =>
    el(
      'div.row',
      {},
      row.map((button) =>
        el(
          `button${button.style ? `.${button.style}` : ''}`,
          {
            type: 'button',
            ...(button.kind === 'none' ? { disabled: true } : {}),
            onclick: (event) => acts.press(message, button, event.currentTarget),
          },
          button.text,
          button.kind === 'url' ? el('sup', { 'aria-hidden': 'true' }, '↗') : undefined,
        ),
      ),
    ),
  );
  return el('div.keyboard', {}, rows);
}

const nodes = (pieces, acts, words) =>
  pieces.map((piece, index) =>
    typeof piece === 'string' ? textAfter(piece, pieces[index - 1]) : element(piece, acts, words),
  );

function element(piece, acts, words) {
  const { entity, text } = piece;
  const inside = nodes(piece.children, acts, words);
  const address = addressOf(piece);
  if (address)
    return el(
      'a',
      {
        href: acts.hrefOf(address),
        target: '_blank',
        rel: 'noopener',
        onclick: (event) => acts.open(address, event),
      },
      inside,
    );
  if (entity.type === 'bot_command')
    return el('button.command', { type: 'button', onclick: () => acts.command(text) }, inside);
  if (entity.type === 'expandable_blockquote') return foldingQuote(inside, words);
  if (entity.type === 'spoiler') return spoiler(inside, words);
  if (entity.type === 'date_time') return momentOf(entity.unix_time, inside);
  if (entity.type === 'mention' || entity.type === 'hashtag') return el('span.link', {}, inside);
  return el(TAGS[entity.type] ?? 'span', {}, inside);
}

function foldingQuote(inside, words) {
  const content = el('div.quote-text', {}, inside);
  const toggle = el('button.fold', { type: 'button', 'aria-expanded': 'false' }, words('show-all'));
  const quote = el('blockquote.folding', {}, content, toggle);
  toggle.addEventListener('click', () => {
    const open = quote.classList.toggle('open');
    toggle.textContent = words(open ? 'fold' : 'show-all');
    toggle.setAttribute('aria-expanded', String(open));
  });
  // Whether it is long enough to fold is known only once it has a width.
  requestAnimationFrame(() => {
    const line = Number.parseFloat(getComputedStyle(content).lineHeight);
    if (content.scrollHeight <= line * (FOLDED_LINES + 0.5)) {
      quote.classList.add('open');
      toggle.remove();
    }
  });
  return quote;
}

function spoiler(inside, words) {
  const hidden = el('button.spoiler', { type: 'button', title: words('show') }, inside);
  hidden.addEventListener('click', () => {
    hidden.classList.add('open');
    hidden.removeAttribute('title');
  });
  return hidden;
}
