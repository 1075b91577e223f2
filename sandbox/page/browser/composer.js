/** Where one writes: the text box, the command menu, the reply keyboard, and the big button of a chat not begun. */
import { el, ICONS, icon } from './dom.js';
import { createFinds, createMenu, walk } from './popups.js';

const PLACEHOLDERS = { channel: 'post-here', group: 'write-here' };

export function createComposer(acts, words) {
  let chat;
  let topic = 0;
  const box = el('textarea', {
    rows: 1,
    placeholder: words('message'),
    'aria-label': words('message'),
    maxLength: 4096,
    oninput: changed,
    onkeydown: keyed,
  });
  const menu = createMenu((command) => {
    clear();
    acts.send(chat, `/${command}`, topic);
  });
  const finds = createFinds(words, {
    find: (wanted) => acts.inline(chat, wanted),
    isWanted: () => box.value.startsWith('@'),
    begin: (start) => acts.begin(chat, start),
    choose(result, into) {
      clear();
      acts.choose(chat, result, into);
    },
  });
  const popups = [menu, finds].map(({ element }) => element);
  for (const popup of popups)
    popup.addEventListener('keydown', (event) => walk(popup, event, box, closePopups));
  const menuButton = tool(words('commands'), 'menu', { 'aria-expanded': 'false', onclick: toggleMenu });
  const keyboard = createKeyboard(words, (key) => acts.keyboard(chat, key));
  const sendButton = tool(words('send'), 'send', { onclick: send }, 'button.tool.send');
  const big = el('button.solid.big', { type: 'button', onclick: () => acts.begin(chat) });
  const line = el('div.line', {}, menuButton, box, keyboard.button, sendButton);
  const element = el('footer.composer', {}, popups, big, line, keyboard.element);

  function show(next, nextTopic) {
    const other = next.key !== chat?.key;
    chat = next;
    topic = nextTopic;
    if (other) clear();
    big.hidden = !next.begin;
    big.textContent = next.begin ? words(next.begin) : '';
    line.hidden = Boolean(next.begin);
    box.placeholder = words(PLACEHOLDERS[next.kind] ?? 'message');
    menuButton.hidden = !next.commands?.length;
    keyboard.show(chat.keyboard?.rows ?? [], other);
  }

  function keyed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
    if (event.key === 'Escape') closePopups();
    const open = popups.find((popup) => !popup.hidden);
    if (event.key === 'ArrowDown' && open) {
      event.preventDefault();
      open.querySelector('button')?.focus();
    }
  }

  function toggleMenu() {
    const open = menu.element.hidden;
    closePopups();
    if (!open) return;
    menu.show(chat.commands, '');
    menuButton.setAttribute('aria-expanded', 'true');
    menu.element.querySelector('button')?.focus();
  }

  function changed() {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 132)}px`;
    const typed = box.value;
    if (/^\/[a-z_]*$/.test(typed)) menu.show(chat.commands, typed.slice(1));
    else menu.element.hidden = true;
    const inline =
      chat.inline && typed.startsWith(`@${chat.inline} `) ? typed.slice(chat.inline.length + 2) : undefined;
    if (inline === undefined) finds.element.hidden = true;
    else void finds.show(inline);
  }

  function closePopups() {
    for (const popup of popups) popup.hidden = true;
    menuButton.setAttribute('aria-expanded', 'false');
  }

  function clear() {
    closePopups();
    box.value = '';
  }

  /** What was refused comes back into the box, unless something else is being written there by then. */
  async function send() {
    const text = box.value.trim();
    if (!text) return;
    box.value = '';
    changed();
    closePopups();
    const to = chat;
    if ((await acts.send(to, text, topic)) || box.value || chat.key !== to.key) return;
    box.value = text;
    changed();
  }

  /** Puts text into the box and the cursor after it. */
  function fill(text) {
    box.value = text;
    box.focus();
    changed();
  }

  return { element, show, fill };
}

/** The bot's reply keyboard, and the button that opens and closes it. */
function createKeyboard(words, press) {
  const element = el('div.reply-keyboard', { hidden: true });
  const button = tool(words('bot-buttons'), 'keyboard', {
    onclick: () => {
      element.hidden = !element.hidden;
    },
  });
  let state = '';

  function show(rows, other) {
    button.hidden = !rows.length;
    const next = JSON.stringify(rows);
    if (next === state && !other) return;
    state = next;
    element.hidden = !rows.length;
    const keyOf = (key) => el('button', { type: 'button', onclick: () => press(key) }, key.text);
    element.replaceChildren(...rows.map((row) => el('div.row', {}, row.map(keyOf))));
  }

  return { element, button, show };
}

const tool = (title, shape, properties, name = 'button.tool') =>
  el(name, { type: 'button', title, 'aria-label': title, ...properties }, icon(ICONS[shape]));
