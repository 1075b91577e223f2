/** The sandbox page: gets the state of everything by server-sent events and sends back what people do. */
import { createChat } from './chat.js';
import { createDesk } from './desk.js';
import { el, timeOf } from './dom.js';
import { createPlaceControls } from './places.js';

const get = (id) => document.getElementById(id);

/** Parts of the state by name, as the server last told them. */
const parts = new Map();
const seen = new Map();
let person = localStorage.getItem('person') ?? 'be';
let place = localStorage.getItem('place') ?? 'channel';

/** Tells the server what somebody did; shows its refusal, if any. Gives its answer, or undefined. */
async function act(name, body = {}) {
  try {
    const response = await fetch(`act/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) toast(answer.error ?? 'That did not work', 'bad');
    else return answer;
  } catch {
    toast('The sandbox does not answer', 'bad');
  }
  return undefined;
}

function toast(text, kind = '') {
  const line = el(`div.toast${kind && `.${kind}`}`, {}, text);
  get('toasts').append(line);
  setTimeout(() => line.remove(), 4200);
}

function showAlert(text) {
  const dialog = get('alert');
  dialog.querySelector('p').textContent = text;
  dialog.showModal();
}

/** Actions that are possible in the chat that `view` shows. */
const actsOf = (view) => {
  const acts = {
    send: (chat, text, thread) => act('send', { chat: chat.key, text, thread }),
    begin: (chat, payload) => act('begin', { chat: chat.key, payload }),
    command: (text) => acts.send(view().chat, text, 0),
    keyboard: (chat, button) => act('keyboard', { chat: chat.key, button }),
    inline: (chat, words) => act('inline', { chat: chat.key, words }),
    choose: (chat, result) => act('choose', { chat: chat.key, result: result.id }),
    hrefOf: (address) => localAddress(address),
    open(address, event) {
      if (!deepLink(address)) return;
      event.preventDefault();
      void acts.follow(address);
    },
    /** Opens an address as Telegram would: a link to the bot itself is not a page. */
    async follow(address) {
      const deep = deepLink(address);
      if (!deep) {
        window.open(localAddress(address), '_blank', 'noopener');
        return;
      }
      const answer = await act('deep-link', { chat: view().chat.key, ...deep });
      if (answer?.person) choosePerson(answer.person);
    },
    async press(message, button, element) {
      if (button.kind === 'url') {
        void acts.follow(button.url);
        return;
      }
      if (button.kind === 'inline') {
        view().fill(`@${parts.get('bot')?.username ?? ''} ${button.query}`);
        return;
      }
      if (button.kind === 'copy') {
        await navigator.clipboard.writeText(button.copy);
        toast('Copied');
        return;
      }
      element.classList.add('waiting');
      const answer = await act('press', {
        chat: view().chat.key,
        message: message.id,
        data: button.data,
      });
      element.classList.remove('waiting');
      if (answer?.url) void acts.follow(answer.url);
      if (answer?.text) (answer.alert ? showAlert : toast)(answer.text);
    },
  };
  return acts;
};

/** Pages of the newsroom are served here too, so that one reachable port is enough. */
function localAddress(address) {
  const newsroom = parts.get('newsroom')?.url;
  return newsroom && address.startsWith(`${newsroom}/`) ? address.slice(newsroom.length) : address;
}

/** A link that Telegram itself would follow to the bot: what it asks for, or undefined. */
function deepLink(address) {
  const username = parts.get('bot')?.username;
  const url = URL.parse(address);
  if (!username || !url) return undefined;
  const named =
    (url.hostname === 't.me' && url.pathname.slice(1).toLowerCase() === username.toLowerCase()) ||
    (url.protocol === 'tg:' && url.searchParams.get('domain')?.toLowerCase() === username.toLowerCase());
  if (!named) return undefined;
  for (const kind of ['startgroup', 'startchannel', 'start'])
    if (url.searchParams.has(kind)) return { kind, payload: url.searchParams.get(kind) ?? '' };
  return { kind: 'start', payload: '' };
}

const readerView = { chat: undefined, fill: (text) => reader.fill(text) };
const placeView = { chat: undefined, fill: (text) => placeChat.fill(text) };
const reader = createChat(
  get('phone-chat'),
  actsOf(() => readerView),
);
const placeChat = createChat(
  get('place-chat'),
  actsOf(() => placeView),
);
const desk = createDesk(get('desk-body'), act, toast);
const controls = createPlaceControls(get('place-controls'), act);

const readerMenu = el('button.quiet', {
  type: 'button',
  onclick: () => act(readerView.chat.blocked ? 'unblock' : 'block', { chat: person }),
});
reader.actions.append(readerMenu);

function drawReader() {
  const chat = parts.get(`chat:${person}`);
  if (!chat) return;
  readerView.chat = chat;
  seen.set(chat.key, chat.messages.at(-1)?.id);
  readerMenu.textContent = chat.blocked ? 'Unblock' : 'Block';
  readerMenu.title = chat.blocked ? 'Let the bot write again' : 'Block the bot, as a reader would';
  readerMenu.hidden = Boolean(chat.begin) && !chat.blocked;
  reader.show(chat);
}

function drawPlace() {
  const chat = parts.get(`chat:${place}`);
  if (!chat) return;
  placeView.chat = chat;
  seen.set(chat.key, chat.messages.at(-1)?.id);
  placeChat.show(chat);
  controls.show(chat);
}

function drawChoice(host, name, choices, chosen, choose) {
  const legend = host.querySelector('legend');
  host.replaceChildren(
    legend,
    ...choices.map(({ id, label, title }) => {
      const last = parts.get(`chat:${id}`)?.messages.at(-1)?.id;
      const unread = id !== chosen && last !== undefined && last !== seen.get(id);
      return el(
        'label',
        { title },
        el('input', { type: 'radio', name, value: id, checked: id === chosen, onchange: () => choose(id) }),
        el('span', {}, label, unread ? el('i.unread', { title: 'Unread messages' }) : undefined),
      );
    }),
  );
}

const choicesOf = (part) => (parts.get(part) ?? []).map((id) => ({ id, label: id, title: id }));

function choosePerson(id) {
  person = id;
  localStorage.setItem('person', id);
  drawReader();
  drawChoices();
}

function drawChoices() {
  drawChoice(get('people'), 'person', choicesOf('people'), person, (id) => {
    choosePerson(id);
    document.querySelector(`#people input[value="${id}"]`)?.focus();
  });
  drawChoice(get('place-choice'), 'place', choicesOf('places'), place, (id) => {
    place = id;
    localStorage.setItem('place', id);
    drawPlace();
    drawChoices();
    document.querySelector(`#place-choice input[value="${id}"]`)?.focus();
  });
}

function drawVitals() {
  const bot = parts.get('bot');
  const newsroom = parts.get('newsroom');
  if (bot) {
    const state = bot.running ? `@${bot.username}` : 'not running yet';
    get('bot-state').replaceChildren(el(`span.lamp${bot.running ? '.on' : ''}`), ` ${state}`);
  }
  if (newsroom) {
    const down = Object.values(newsroom.outages).filter(Boolean).length;
    const state = down ? `out in ${down} of 3` : `${parts.get('visits')?.lists ?? 0} visits`;
    get('source-state').replaceChildren(el(`span.lamp${down ? '.bad' : '.on'}`), ` ${state}`);
  }
}

function take(name, value) {
  parts.set(name, value);
  if (name === `chat:${person}`) drawReader();
  else if (name === `chat:${place}`) drawPlace();
  if (name.startsWith('chat:') && !seen.has(value.key)) seen.set(value.key, value.messages.at(-1)?.id);
  if (name === 'newsroom' || name === 'visits')
    desk.show({ ...parts.get('newsroom'), counts: parts.get('visits') });
  drawChoices.later ??= requestAnimationFrame(() => {
    drawChoices.later = undefined;
    drawChoicesIfChanged();
    drawVitals();
  });
}

let choicesState = '';
function drawChoicesIfChanged() {
  const state = JSON.stringify([
    parts.get('people'),
    parts.get('places'),
    [...parts.keys()].map((key) => parts.get(key)?.messages?.at(-1)?.id),
  ]);
  if (state === choicesState) return;
  choicesState = state;
  const focused = document.activeElement?.closest?.('.people input')?.value;
  drawChoices();
  if (focused) document.querySelector(`.people input[value="${focused}"]`)?.focus();
}

const events = new EventSource('events');
events.addEventListener('parts', (event) => {
  for (const [name, value] of Object.entries(JSON.parse(event.data))) take(name, value);
  document.body.dataset.ready = 'yes';
});
events.addEventListener('error', () => {
  get('bot-state').replaceChildren(el('span.lamp.bad'), ' the sandbox has stopped');
});

setInterval(() => {
  get('clock').textContent = timeOf(Date.now());
}, 1000);

for (const button of document.querySelectorAll('[data-show]'))
  button.addEventListener('click', () => showView(button.dataset.show));

/** On a narrow screen one part is shown at a time. */
function showView(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll('[data-show]'))
    button.setAttribute('aria-pressed', String(button.dataset.show === view));
}
showView('phone');
