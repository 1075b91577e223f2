/** States of the page beside its views, each with an address: forms of message, and doors of the conversation. */

export const ALL = ['be', 'ru', 'en'];

/** Languages that have a form of message, by its name: `/?view=digest&lang=be`. */
export const FORMS = {
  story: ALL,
  headline: ALL,
  full: ALL,
  read: ALL,
  article: ALL,
  flash: ALL,
  correction: ALL,
  withdrawal: ALL,
  'follow-up': ALL,
  paid: ALL,
  bulletin: ALL,
  quiet: ALL,
  digest: ALL,
  'rich-digest': ALL,
  channel: ALL,
  'channel-digest': ALL,
  hidden: ALL,
  neutral: ALL,
  lacinka: ['be'],
};

const each = (text) => Object.fromEntries(ALL.map((tongue) => [tongue, text]));

/** What is said on which phone, by the name of the door; the bot answers live. */
export const DOORS = {
  settings: each('/settings'),
  style: each('/style'),
  'digest-hours': each('/digest'),
  'quiet-hours': each('/quiet'),
  latest: each('/latest'),
  search: { be: '/search мост', ru: '/search мост', en: '/search footbridge' },
  following: each('/following'),
  keep: each('/keep'),
  hide: each('/hide'),
  privacy: each('/privacy'),
  language: each('/language'),
  help: each('/help'),
  'my-channels': { editor: '/channels' },
  stats: { operator: '/stats' },
  health: { operator: '/health' },
};

export const isForm = (view) => Object.hasOwn(FORMS, view);
export const isDoor = (view) => Object.hasOwn(DOORS, view);
export const isState = (view) => isForm(view) || isDoor(view);

/** Chats that a state is seen in: of a form, one for each language. */
export const chatsOf = (view) =>
  isForm(view) ? FORMS[view].map((tongue) => `${view}:${tongue}`) : Object.keys(DOORS[view]);

/** The person or place whose chat it is, or the language of a form. */
export const ownerOf = (key) => key.split(':').at(-1);

/** Brings a state about once it is looked at: `enter(view)`; again and again does no harm. `language` is the page's. */
export function createStates({ act, parts, take, language }) {
  let entered;
  let wasOpen = false;

  async function showForm(form, tongue) {
    const answer = await act('form', { form, tongue });
    const key = `${form}:${tongue}`;
    if (answer) take(`chat:${key}`, { ...answer.chat, key });
  }

  /** Says it, unless that was the last thing said, and in this language where the operator says it. */
  function knock(key, text) {
    const { begin, messages, speaks } = parts.get(`chat:${key}`);
    const isSaid = messages.findLast(({ mine }) => mine)?.text === text;
    if (!begin && (!isSaid || (key === 'operator' && speaks !== language)))
      void act('send', { chat: key, text, language });
  }

  const areKnown = (door) => Object.keys(DOORS[door]).every((key) => parts.has(`chat:${key}`));

  return function enter(view) {
    // Somebody is there to answer.
    const isOpen = Boolean(parts.get('machine')?.isOpen);
    // In a new world nothing has been brought about yet.
    if (wasOpen && !isOpen) entered = undefined;
    wasOpen = isOpen;
    if (view === entered) return;
    if (isDoor(view) && !(isOpen && areKnown(view))) return;
    entered = view;
    if (isForm(view)) for (const tongue of FORMS[view]) void showForm(view, tongue);
    if (isDoor(view)) for (const [key, text] of Object.entries(DOORS[view])) knock(key, text);
  };
}
