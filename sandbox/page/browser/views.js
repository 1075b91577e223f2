/** What the page can show, and the address of each state: `/?view=crowd&chat=ru&lang=be`. */

/** Chats and panels of each view, in their order. */
export const VIEWS = {
  phones: ['be', 'ru', 'en'],
  places: ['channel', 'group', 'editor'],
  channels: ['channel', 'second', 'editor'],
  crowd: ['crowd', 'be'],
  operator: ['operator', 'sealed', 'de'],
};

/** Chats in which the editor acts. */
export const PLACES = ['channel', 'second', 'group'];

/** Views that are no chats. */
export const PANELS = ['crowd', 'sealed'];

const asked = new URLSearchParams(location.search);
const known = (view) => (view === 'desk' || Object.hasOwn(VIEWS, view ?? '') ? view : undefined);

/** The part shown, and the chat of it that a narrow screen has room for. */
export function createViews(changed) {
  let view = known(asked.get('view')) ?? known(localStorage.getItem('view')) ?? 'phones';
  const chosen = new Map();
  if (asked.get('chat')) chosen.set(view, asked.get('chat'));

  function remember() {
    localStorage.setItem('view', view);
    const address = new URLSearchParams(location.search);
    address.set('view', view);
    address.delete('chat');
    if (chosen.has(view)) address.set('chat', chosen.get(view));
    history.replaceState(undefined, '', `?${address}`);
  }

  const chats = () => VIEWS[view] ?? VIEWS.phones;
  return {
    view: () => view,
    chats,
    chat() {
      const wanted = chosen.get(view);
      return chats().includes(wanted) ? wanted : chats()[0];
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
