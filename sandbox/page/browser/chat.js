/** A chat as a phone shows it: header, messages, and what one can write or press. */
import { bubble, daySeparator } from './bubble.js';
import { createComposer } from './composer.js';
import { dayOf, el, ICONS, icon, keepFocus } from './dom.js';
import { listedLine } from './entities.js';

/** Closer to the end than this (px), new messages keep the view at the end. */
const NEAR_END = 120;

/** Pictures of a chat that comes into view have their height by then, ms. */
const PICTURES_MS = 250;

/**
 * Draws a chat into `host`, its own words by `words`. `acts` are what its reader can do (see `chat-acts.js`); `show(chat)` is
 * called with every new state of the chat.
 */
export function createChat(host, { acts, words }) {
  const title = el('b.chat-title');
  const subtitle = el('span.chat-subtitle');
  const avatar = el('div.avatar', { 'aria-hidden': 'true' });
  const block = el('button.quiet', {
    type: 'button',
    title: words('block-title'),
    onclick: () => acts.block(shown),
  });
  const listed = el('span');
  const list = el('div.listed', {}, el('b', {}, words('listed')), listed);
  const topics = el('div.topics', { role: 'group', 'aria-label': words('topics'), hidden: true });
  // No live region: what is new is said once for the whole page.
  const log = el('div.log', { role: 'group', tabIndex: 0 });
  const down = el(
    'button.tool.to-end',
    {
      type: 'button',
      hidden: true,
      title: words('to-end'),
      'aria-label': words('to-end'),
      onclick: () => toEnd(true),
    },
    icon(ICONS.down),
  );
  const composer = createComposer(acts, words);
  host.replaceChildren(
    el('header.chat-head', {}, avatar, el('div', {}, title, subtitle), block),
    list,
    topics,
    el('div.log-frame', {}, log, down),
    composer.element,
  );

  let shown;
  let topic = 0;
  let still = false;
  const rows = createRows(log);

  /** Who reads the newest goes on reading it when the room for it changes. */
  let stays = true;
  log.addEventListener('scroll', () => {
    stays = isAtEnd();
    down.hidden = stays;
  });
  new ResizeObserver(() => stays && toEnd(false)).observe(log);
  const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  /** A chat that only shows a form is read from its beginning. */
  const toEnd = (smooth) =>
    log.scrollTo({ top: still ? 0 : log.scrollHeight, behavior: smooth ? 'smooth' : 'auto' });

  function show(chat) {
    const first = shown === undefined;
    still = Boolean(chat.still);
    title.textContent = chat.title;
    subtitle.textContent = words(chat.kind === 'private' ? 'bot' : `${chat.kind}-subtitle`);
    avatar.textContent = [...chat.title][0] ?? '';
    avatar.dataset.kind = chat.kind;
    host.dataset.kind = chat.kind;
    log.setAttribute('aria-label', chat.title);
    block.hidden = still || chat.kind !== 'private' || (Boolean(chat.begin) && !chat.blocked);
    composer.element.hidden = still;
    block.textContent = words(chat.blocked ? 'unblock' : 'block');
    const newest = chat.messages.findLast((message) => !message.service);
    list.hidden = chat.kind !== 'private' || !newest;
    listed.textContent = newest ? listedLine(newest) : '';
    showTopics(chat);
    keepFocus(log, () => showMessages(chat, first));
    composer.show(chat, topic);
    shown = chat;
  }

  function showTopics(chat) {
    topics.hidden = !chat.topics?.length;
    if (topics.hidden) return;
    const all = [{ id: 0, name: words('general') }, ...chat.topics];
    const buttonOf = ({ id, name }) =>
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
      );
    keepFocus(topics, () => topics.replaceChildren(...all.map(buttonOf)));
  }

  /** Messages under the days on which they came. */
  function rowsOf({ language, kind }, messages) {
    let day = '';
    return messages.flatMap((message) => {
      const own = {
        key: message.id,
        state: JSON.stringify(message),
        make: () => bubble(message, acts, words, kind === 'group'),
      };
      if (dayOf(message.at, language) === day) return [own];
      day = dayOf(message.at, language);
      const make = () => daySeparator(message.at, language);
      return [{ key: `day ${day}`, state: '', make, plain: true }, own];
    });
  }

  function showMessages(chat, first) {
    const atEnd = first || isAtEnd();
    const wanted = chat.topics?.length
      ? chat.messages.filter((message) => (message.thread ?? 0) === topic)
      : chat.messages;
    rows.show(
      rowsOf(chat, wanted),
      !first,
      chat.about ||
        words(chat.kind === 'private' ? 'press-start' : chat.kind === 'channel' ? 'no-posts' : 'no-messages'),
    );
    if (atEnd) requestAnimationFrame(() => toEnd(false));
  }

  /** Called when the chat comes into view: what it could not measure before it can now. */
  const onShown = () => {
    for (const ms of [0, PICTURES_MS]) setTimeout(() => toEnd(false), ms);
  };

  return { show, fill: composer.fill, shown: onShown };
}

/** Rows of a log by their keys: an element stays while nothing about its row has changed. */
function createRows(log) {
  const drawn = new Map();

  /** `lively`: what is new or changed shows that it is. */
  function elementOf({ key, state, make }, lively) {
    const known = drawn.get(key);
    if (known?.state === state) return known.element;
    const element = make();
    if (lively) element.classList.add(known ? 'changed' : 'fresh');
    known?.element.remove();
    drawn.set(key, { state, element });
    return element;
  }

  function show(rows, lively, emptyText) {
    const elements = rows.map((row) => elementOf(row, lively && !row.plain));
    const keep = new Set(rows.map(({ key }) => key));
    for (const [key, { element }] of drawn) {
      if (keep.has(key)) continue;
      element.remove();
      drawn.delete(key);
    }
    let next = log.firstChild;
    for (const element of elements) {
      if (element === next) next = next.nextSibling;
      else log.insertBefore(element, next);
    }
    if (!rows.length) log.replaceChildren(el('div.empty', {}, emptyText));
    else log.querySelector('.empty')?.remove();
  }

  return { show };
}
