/** What the page can show, and the address of each state: `/?view=crowd&chat=ru&lang=be`, `/?view=digest&lang=be`. */
import { chatsOf, isState, ownerOf } from './forms.js';
import { TONGUES } from './tongues.js';
import { LANGUAGE } from './words.js';

/** Chats and panels of each view, in their order. */
export const VIEWS = {
  phones: ['be', 'ru', 'en'],
  places: ['channel', 'group', 'editor'],
  channels: ['channel', 'second', 'editor'],
  crowd: ['crowd', 'be'],
  operator: ['operator', 'sealed', 'de'],
  gallery: ['gallery'],
};

/** Chats in which the editor acts. */
export const PLACES = ['channel', 'second', 'group'];

/** Views that are no chats. */
export const PANELS = ['crowd', 'sealed', 'gallery'];

const asked = new URLSearchParams(location.search);
const isView = (view) => view === 'desk' || Object.hasOwn(VIEWS, view ?? '');
const known = (view) => (isView(view) || isState(view ?? '') ? view : undefined);

/** The part shown, and the chat of it that a narrow screen has room for. */
export function createViews(changed) {
  let view = known(asked.get('view')) ?? known(localStorage.getItem('view')) ?? 'phones';
  const chosen = new Map();
  if (asked.get('chat')) chosen.set(view, asked.get('chat'));

  const state = () => ({ view, chat: chosen.get(view) });
  history.replaceState(state(), '');
  addEventListener('popstate', ({ state: before }) => {
    // A jump within the page has none.
    if (!before) return;
    ({ view } = before);
    chosen.set(view, before.chat);
    changed();
  });

  function remember() {
    if (isView(view)) localStorage.setItem('view', view);
    const address = new URLSearchParams(location.search);
    address.set('view', view);
    address.delete('chat');
    if (chosen.get(view)) address.set('chat', chosen.get(view));
    if (`?${address}` !== location.search) history.pushState(state(), '', `?${address}`);
  }

  const chats = () => VIEWS[view] ?? (isState(view) ? chatsOf(view) : VIEWS.phones);
  return {
    view: () => view,
    /** The view whose tab is pressed: states belong to the gallery. */
    tab: () => (isState(view) ? 'gallery' : view),
    /** Name of its title among the words. */
    title: () => (isState(view) ? `form-${view}` : `view-${view === 'desk' ? 'phones' : view}`),
    chats,
    /** As chosen; else the one in the page's language, where they differ by that alone; else the first. */
    chat() {
      const all = chats();
      const usual = all.every((key) => TONGUES.some(({ id }) => id === ownerOf(key))) ? LANGUAGE : undefined;
      const find = (wanted) => all.find((key) => key === wanted || ownerOf(key) === wanted);
      return find(chosen.get(view)) ?? find(usual) ?? all[0];
    },
    show(next) {
      view = next;
      remember();
      changed();
    },
    choose(chat) {
      chosen.set(view, chat);
      remember();
      changed();
    },
    /** Shows a chat wherever it stands. */
    find(chat) {
      if (!chats().includes(chat) || view === 'desk')
        view = Object.keys(VIEWS).find((name) => VIEWS[name].includes(chat)) ?? view;
      chosen.set(view, chat);
      remember();
      changed();
    },
  };
}
