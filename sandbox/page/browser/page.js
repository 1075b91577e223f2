/** The sandbox page: gets the state of everything by server-sent events and sends back what people do. */
import { createChat } from './chat.js';
import { createClock } from './clock.js';
import { createCrowd } from './crowd.js';
import { createDesk } from './desk.js';
import { el, keepFocus } from './dom.js';
import { createStates, ownerOf } from './forms.js';
import { createBar, createGallery } from './gallery.js';
import { createGuide } from './guide.js';
import { actsOf } from './chat-acts.js';
import { createHerald } from './herald.js';
import { createSealed } from './sealed.js';
import { createPlaceControls } from './places.js';
import { createViews, PANELS, PLACES, VIEWS } from './views.js';
import { LANGUAGE, t, wordsOf } from './words.js';

const get = (id) => document.getElementById(id);

/** Parts of the state by name, as the server last told them. */
const parts = new Map();
/** Newest message of each chat that was shown. */
const seen = new Map();
/** What stands on the stage, by the chat's key; a chat is drawn once and kept. */
const phones = new Map();

/** Chrome of a person's phone is in the language of their Telegram. */
const CHROME = { be: 'be', ru: 'ru', en: 'en', de: 'en', editor: 'be', operator: LANGUAGE };

/** Tells the server what somebody did; shows its refusal, if any. Gives its answer, or undefined. */
async function act(name, body = {}) {
  try {
    const response = await fetch(`act/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) toast(t(answer.word ?? 'did-not-work', answer.given), 'bad');
    else return answer;
  } catch {
    toast(t('no-answer'), 'bad');
  }
  return undefined;
}

/** Says something for some seconds; of equal words only the last stays. */
function toast(text, kind = '') {
  for (const old of get('toasts').children) if (old.textContent === text) old.remove();
  const line = el(`div.toast${kind && `.${kind}`}`, {}, text);
  get('toasts').append(line);
  setTimeout(() => line.remove(), 4200);
}

/** For ears alone, in the region that is read out. */
function say(content) {
  const line = el('p.hidden', {}, content);
  get('toasts').append(line);
  setTimeout(() => line.remove(), 4200);
}

function showAlert(text) {
  const dialog = get('alert');
  dialog.querySelector('p').textContent = text;
  dialog.showModal();
}

const herald = createHerald(say, (key) => t(`chat-${ownerOf(key)}`));
const views = createViews(() => drawStage());
const clock = createClock(get('clock'), act, say);
const guide = createGuide(views);
const desk = createDesk(get('desk-body'), guide.element, act, toast);
const panels = { crowd: createCrowd(act, say), sealed: createSealed(act), gallery: createGallery(views) };
const showBar = createBar(get('bar'), views);
const enter = createStates({ act, parts, take, language: LANGUAGE });

function phoneOf(key) {
  const known = phones.get(key);
  if (known) return known;
  const owner = ownerOf(key);
  const language = CHROME[owner] ?? LANGUAGE;
  const words = wordsOf(language);
  const host = el('div.device', { lang: language });
  const section = el(
    'section.phone',
    { data: { chat: key }, 'aria-label': t(`chat-${owner}`) },
    el('h3.phone-name', { title: t(`about-${owner}`) }, t(`chat-${owner}`)),
    host,
  );
  const chat = createChat(host, {
    acts: actsOf({ key, act, toast, showAlert, parts, phones, views }),
    words,
  });
  const controls = PLACES.includes(key) ? createPlaceControls(act) : undefined;
  if (controls) host.before(controls.element);
  const phone = { section, chat, controls, shown: undefined };
  phones.set(key, phone);
  return phone;
}

/** Puts the chats and panels of the view on the stage. */
function drawStage() {
  const view = views.view();
  document.body.dataset.view = view;
  get('stage-title').textContent = t(views.title());
  showBar();
  showLanguages();
  enter(view);
  const sections = views.chats().map((key) => {
    if (PANELS.includes(key)) return panels[key].element;
    drawPhone(key);
    return phoneOf(key).section;
  });
  const host = get('phones');
  if (
    sections.some((section, index) => host.children[index] !== section) ||
    host.children.length !== sections.length
  )
    host.replaceChildren(...sections);
  views.chats().forEach((key, index) => sections[index].classList.toggle('chosen', key === views.chat()));
  for (const key of views.chats()) phones.get(key)?.chat.shown();
  lookAtSealed();
  drawChoices();
}

/** Each leads to what is shown now. */
function showLanguages() {
  for (const link of get('languages').children) {
    const address = new URLSearchParams(location.search);
    address.set('lang', link.lang);
    link.href = `?${address}`;
  }
}

/** Before the opening scene is over nothing is stored about anybody. */
function lookAtSealed() {
  if (parts.get('machine')?.isOpen && views.chats().includes('sealed')) panels.sealed.seen();
}

function drawPhone(key) {
  const chat = parts.get(`chat:${key}`);
  if (!chat) return;
  const phone = phoneOf(key);
  phone.chat.show({ ...chat, language: CHROME[ownerOf(key)] ?? LANGUAGE });
  phone.controls?.show(chat);
}

const newest = (key) => parts.get(`chat:${key}`)?.messages.at(-1)?.id;
const isUnread = (key) => newest(key) !== undefined && newest(key) !== seen.get(key);
/** Whether a chat can be seen now: on a narrow screen only the chosen one. */
const isVisible = (key) =>
  views.chats().includes(key) && phones.get(key)?.section.offsetParent !== null && phones.has(key);

const mark = () => el('i.unread', { role: 'img', 'aria-label': t('unread') });

let choicesState = '';
function drawChoices() {
  for (const key of views.chats()) if (isVisible(key)) seen.set(key, newest(key));
  const unread = (keys) => keys.some((key) => !PANELS.includes(key) && isUnread(key));
  const tabs = ['desk', ...Object.keys(VIEWS)].map((name) => ({
    name,
    on: name === views.tab(),
    unread: name !== 'desk' && name !== views.view() && unread(VIEWS[name]),
  }));
  const chats = views.chats().map((key) => ({ key, on: key === views.chat(), unread: unread([key]) }));
  const state = JSON.stringify([tabs, chats]);
  if (state === choicesState) return;
  choicesState = state;
  keepFocus(get('views'), () =>
    get('views').replaceChildren(
      ...tabs.map(({ name, on, unread: marked }) =>
        el(
          `button.view-${name}`,
          {
            type: 'button',
            data: { show: name },
            'aria-pressed': String(on),
            onclick: () => views.show(name),
          },
          t(`view-${name}`),
          marked ? mark() : undefined,
        ),
      ),
    ),
  );
  get('choice').hidden = chats.length < 2;
  const legend = get('choice').querySelector('legend');
  keepFocus(get('choice'), () =>
    get('choice').replaceChildren(
      legend,
      ...chats.map(({ key, on, unread: marked }) =>
        el(
          'label',
          {},
          el('input', {
            type: 'radio',
            name: 'chat',
            value: key,
            checked: on,
            onchange: () => views.choose(key),
          }),
          el('span', {}, t(PANELS.includes(key) ? key : `chat-${ownerOf(key)}`), marked ? mark() : undefined),
        ),
      ),
    ),
  );
}

function drawState() {
  const machine = parts.get('machine');
  if (!machine) return;
  document.body.toggleAttribute('data-open', machine.isOpen);
  const serving = machine.instances.some(({ state }) => state === 'serving');
  const two = machine.instances.length > 1;
  const word = machine.troubles.includes('store')
    ? 'away'
    : machine.instances.length === 0
      ? 'no-machine'
      : serving
        ? two
          ? 'two-serving'
          : 'serving'
        : machine.instances.some(({ state }) => state === 'starting')
          ? 'starting'
          : 'dead';
  showState(word, serving && word !== 'away' ? 'on' : word === 'no-machine' ? '' : 'bad');
}

/** Says a change too, but for the moment of starting that another change follows at once. */
function showState(word, lamp) {
  const isNew = get('bot-state').textContent !== t(word);
  get('bot-state').textContent = t(word);
  get('lamp').className = `lamp ${lamp}`;
  if (isNew && document.body.dataset.ready && word !== 'starting') say(t(word));
}

/** What is drawn when a part of the state has changed. */
const DRAWN = {
  newsroom: (value) => desk.show(value),
  visits: (value) => desk.showVisits(value),
  timeline: (value) => desk.showTimeline(value),
  machine(value) {
    drawState();
    enter(views.view());
    lookAtSealed();
    panels.crowd.showMachine(value);
  },
  crowd: (value) => panels.crowd.show(value),
  clock(value) {
    clock.show(value);
    clock.tick();
  },
  steps: (value) => guide.show(value),
};

function take(name, value) {
  parts.set(name, value);
  const [, key] = name.split('chat:');
  if (!key) {
    DRAWN[name]?.(value);
    return;
  }
  if (!seen.has(key)) seen.set(key, newest(key));
  if (!value.still) herald(value, CHROME[ownerOf(key)] ?? LANGUAGE, isVisible(key));
  if (views.chats().includes(key)) drawPhone(key);
  drawChoices.later ??= requestAnimationFrame(() => {
    drawChoices.later = undefined;
    drawChoices();
  });
}

document.documentElement.lang = LANGUAGE;
document.title = t('title');
for (const element of document.querySelectorAll('[data-word]')) element.textContent = t(element.dataset.word);
get('views').setAttribute('aria-label', t('views'));
get('languages').setAttribute('aria-label', t('language'));
get('languages').replaceChildren(
  ...['be', 'ru', 'en'].map((language) =>
    el(
      'a',
      {
        lang: language,
        'aria-current': language === LANGUAGE ? 'true' : undefined,
        onclick: () => localStorage.setItem('lang', language),
      },
      language,
    ),
  ),
);
get('bot-state').textContent = t('connecting');
drawStage();

const events = new EventSource('events');
events.addEventListener('parts', (event) => {
  for (const [name, value] of Object.entries(JSON.parse(event.data))) take(name, value);
  if (document.body.dataset.ready) return;
  drawStage();
  document.body.dataset.ready = 'yes';
});
events.addEventListener('error', () => {
  showState('stopped', 'bad');
});
addEventListener('resize', () => drawChoices());
setInterval(() => clock.tick(), 1000);
