/** Where one writes: the text box, the command menu, the reply keyboard, and the big button of a chat not begun. */
import { el, ICONS, icon } from './dom.js';

const PLACEHOLDERS = { channel: 'post-here', group: 'write-here' };

export function createComposer(acts, words) {
  const box = el('textarea', {
    rows: 1,
    placeholder: words('message'),
    'aria-label': words('message'),
    maxLength: 4096,
    oninput: changed,
    onkeydown: (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        void send();
      }
      if (event.key === 'Escape') closePopups();
      const open = [menu, finds].find((popup) => !popup.hidden);
      if (event.key === 'ArrowDown' && open) {
        event.preventDefault();
        open.querySelector('button')?.focus();
      }
    },
  });
  const menuButton = el(
    'button.tool',
    {
      type: 'button',
      title: words('commands'),
      'aria-label': words('commands'),
      'aria-expanded': 'false',
      onclick: toggleMenu,
    },
    icon(ICONS.menu),
  );
  const keyboardButton = el(
    'button.tool',
    {
      type: 'button',
      title: words('bot-buttons'),
      'aria-label': words('bot-buttons'),
      onclick: toggleKeyboard,
    },
    icon(ICONS.keyboard),
  );
  const sendButton = el(
    'button.tool.send',
    { type: 'button', title: words('send'), 'aria-label': words('send'), onclick: send },
    icon(ICONS.send),
  );
  const menu = el('div.menu', { hidden: true, onkeydown: (event) => walk(menu, event) });
  const finds = el('div.menu.finds', { hidden: true, onkeydown: (event) => walk(finds, event) });
  const big = el('button.solid.big', { type: 'button', onclick: () => acts.begin(chat) });
  const line = el('div.line', {}, menuButton, box, keyboardButton, sendButton);
  const keyboard = el('div.reply-keyboard', { hidden: true });
  const element = el('footer.composer', {}, menu, finds, big, line, keyboard);

  let chat;
  let topic = 0;
  let keyboardState = '';
  let asked = 0;
  /** Whether what is found goes into the group, as a story that is shared. */
  let shares = false;

  function show(next, nextTopic) {
    const other = next.key !== chat?.key;
    chat = next;
    topic = nextTopic;
    if (other) {
      box.value = '';
      closePopups();
    }
    big.hidden = !next.begin;
    big.textContent = next.begin ? words(next.begin) : '';
    line.hidden = Boolean(next.begin);
    box.placeholder = words(PLACEHOLDERS[next.kind] ?? 'message');
    menuButton.hidden = !next.commands?.length;
    showKeyboard(other);
  }

  function showKeyboard(other) {
    const rows = chat.keyboard?.rows ?? [];
    keyboardButton.hidden = !rows.length;
    const state = JSON.stringify(rows);
    if (state === keyboardState && !other) return;
    keyboardState = state;
    keyboard.hidden = !rows.length;
    keyboard.replaceChildren(
      ...rows.map((row) =>
        el(
          'div.row',
          {},
          row.map((button) =>
            el('button', { type: 'button', onclick: () => acts.keyboard(chat, button) }, button.text),
          ),
        ),
      ),
    );
  }

  function toggleKeyboard() {
    keyboard.hidden = !keyboard.hidden;
  }

  function toggleMenu() {
    const open = menu.hidden;
    closePopups();
    if (!open) return;
    showCommands('');
    menuButton.setAttribute('aria-expanded', 'true');
    menu.querySelector('button')?.focus();
  }

  function showCommands(beginning) {
    const fitting = (chat.commands ?? []).filter(({ command }) => command.startsWith(beginning));
    menu.hidden = !fitting.length;
    menu.replaceChildren(
      ...fitting.map(({ command, description }) =>
        el(
          'button',
          {
            type: 'button',
            onclick: () => {
              closePopups();
              box.value = '';
              acts.send(chat, `/${command}`, topic);
            },
          },
          el('b', {}, `/${command}`),
          el('span', {}, description),
        ),
      ),
    );
  }

  function changed() {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 132)}px`;
    const typed = box.value;
    if (/^\/[a-z_]*$/.test(typed)) showCommands(typed.slice(1));
    else menu.hidden = true;
    const inline =
      chat.inline && typed.startsWith(`@${chat.inline} `) ? typed.slice(chat.inline.length + 2) : undefined;
    if (inline === undefined) finds.hidden = true;
    else void findInline(inline);
  }

  /** Shows the bot's inline results; an older answer never replaces a newer one. */
  async function findInline(wanted) {
    const mine = ++asked;
    const { results = [], button } = (await acts.inline(chat, wanted)) ?? {};
    if (mine !== asked || !box.value.startsWith('@')) return;
    finds.hidden = false;
    finds.replaceChildren(
      el(
        'label.check',
        {},
        el('input', {
          type: 'checkbox',
          checked: shares,
          onchange: (event) => {
            shares = event.target.checked;
          },
        }),
        words('into-group'),
      ),
      ...(button
        ? [
            el(
              'button.switch',
              { type: 'button', onclick: () => acts.begin(chat, button.start) },
              button.text,
            ),
          ]
        : []),
      ...results.map((result) =>
        el(
          'button.find',
          {
            type: 'button',
            onclick: () => {
              closePopups();
              box.value = '';
              acts.choose(chat, result, shares ? 'group' : undefined);
            },
          },
          el('span', {}, el('b', {}, result.title), el('small', {}, result.description)),
        ),
      ),
      ...(results.length || button ? [] : [el('p', {}, words('nothing-found'))]),
    );
  }

  /** Arrow keys go through a list, Escape leaves it. */
  function walk(popup, event) {
    const buttons = [...popup.querySelectorAll('button')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      closePopups();
      box.focus();
    }
    if (!step) return;
    event.preventDefault();
    const next = buttons.indexOf(document.activeElement) + step;
    (buttons[next] ?? box).focus();
  }

  function closePopups() {
    menu.hidden = true;
    finds.hidden = true;
    menuButton.setAttribute('aria-expanded', 'false');
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
