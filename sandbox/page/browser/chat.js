/** A chat as a phone shows it: header, messages, and what one can write or press. */
import { bubble, daySeparator } from './bubble.js';
import { createComposer } from './composer.js';
import { dayOf, el } from './dom.js';

/** Closer to the end than this (px), new messages keep the view at the end. */
const NEAR_END = 120;

/**
 * Draws a chat into `host`. `acts` are what its reader can do (see `page.js`); `show(chat)` is called with every new state
 * of the chat, and with another chat when the reader changes.
 */
export function createChat(host, acts) {
  const title = el('b.chat-title');
  const subtitle = el('span.chat-subtitle');
  const avatar = el('div.avatar', { 'aria-hidden': 'true' });
  const topics = el('div.topics', { role: 'group', 'aria-label': 'Topics', hidden: true });
  const log = el('ul.log', { role: 'log', 'aria-live': 'polite', 'aria-label': 'Messages', tabIndex: 0 });
  const composer = createComposer(acts);
  host.replaceChildren(
    el('header.chat-head', {}, avatar, el('div', {}, title, subtitle), el('div.chat-actions')),
    topics,
    log,
    composer.element,
  );

  let shown;
  let topic = 0;
  const drawn = new Map();

  function show(chat) {
    const other = chat.key !== shown?.key;
    if (other) {
      drawn.clear();
      log.replaceChildren();
      topic = 0;
    }
    title.textContent = chat.title;
    subtitle.textContent = chat.subtitle;
    avatar.textContent = [...chat.title][0] ?? '';
    avatar.dataset.kind = chat.kind;
    host.dataset.kind = chat.kind;
    showTopics(chat);
    showMessages(chat, other);
    composer.show(chat, topic);
    shown = chat;
  }

  function showTopics(chat) {
    topics.hidden = !chat.topics?.length;
    if (topics.hidden) return;
    const all = [{ id: 0, name: 'General' }, ...chat.topics];
    topics.replaceChildren(
      ...all.map(({ id, name }) =>
        el(
          'button',
          {
            type: 'button',
            'aria-pressed': String(id === topic),
            onclick: () => {
              topic = id;
              show(shown);
            },
          },
          name,
        ),
      ),
    );
  }

  function showMessages(chat, other) {
    const atEnd = other || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
    const wanted = chat.topics?.length
      ? chat.messages.filter((message) => (message.thread ?? 0) === topic)
      : chat.messages;
    const rows = [];
    let day = '';
    for (const message of wanted) {
      if (dayOf(message.at) !== day) {
        day = dayOf(message.at);
        rows.push(row(`day ${day}`, '', () => daySeparator(message.at)));
      }
      rows.push(
        row(message.id, JSON.stringify(message), () => bubble(message, acts, chat.kind === 'group'), !other),
      );
    }
    const keep = new Set(rows.map(({ key }) => key));
    for (const [key, { element }] of drawn) {
      if (keep.has(key)) continue;
      element.remove();
      drawn.delete(key);
    }
    place(rows, chat.about);
    if (atEnd) requestAnimationFrame(() => log.scrollTo({ top: log.scrollHeight }));
  }

  /** The element of a row: the one already there while nothing about it changed. */
  function row(key, state, make, lively = false) {
    const known = drawn.get(key);
    if (known?.state === state) return { key, element: known.element };
    const element = make();
    if (lively) element.classList.add(known ? 'changed' : 'fresh');
    known?.element.remove();
    drawn.set(key, { state, element });
    return { key, element };
  }

  function place(rows, emptyText) {
    let next = log.firstChild;
    for (const { element } of rows) {
      if (element === next) next = next.nextSibling;
      else log.insertBefore(element, next);
    }
    if (!rows.length) log.replaceChildren(el('li.empty', {}, emptyText || 'No messages yet'));
    else log.querySelector('.empty')?.remove();
  }

  return { show, actions: host.querySelector('.chat-actions'), fill: composer.fill };
}
