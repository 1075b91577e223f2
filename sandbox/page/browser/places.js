/** Controls of an administrator of a channel or group: add the bot, change its rights, remove it. */
import { el, keepFocus } from './dom.js';
import { t } from './words.js';

/** In a channel who may edit posts may pin too: Telegram has no right of that name there. */
const RIGHTS = {
  channel: ['can_post_messages', 'can_edit_messages', 'can_delete_messages'],
  group: ['can_pin_messages', 'can_delete_messages', 'can_manage_topics'],
};

export function createPlaceControls(act) {
  const element = el('div.place-controls', {});
  let state = '';

  function show(chat) {
    const next = JSON.stringify([chat.key, chat.bot]);
    if (next === state) return;
    state = next;
    keepFocus(element, () => element.replaceChildren(chat.bot.present ? present(chat) : absent(chat)));
  }

  const absent = ({ key, kind }) =>
    el(
      'div.buttons',
      {},
      el('span.hint', {}, t('not-here')),
      el(
        'button.solid',
        {
          type: 'button',
          onclick: () =>
            act('add-bot', { chat: key, rights: kind === 'channel' ? ['can_post_messages'] : [] }),
        },
        t(`add-${kind}`),
      ),
    );

  function present({ key, kind, bot }) {
    const rights = RIGHTS[kind].map((id) =>
      el(
        'label.check',
        {},
        el('input', {
          type: 'checkbox',
          checked: bot.rights.includes(id),
          onchange: (event) => act('right', { chat: key, right: id, on: event.target.checked }),
        }),
        t(`right-${id}`),
      ),
    );
    return el(
      'div.buttons',
      {},
      el('span.hint', {}, t('may')),
      rights,
      el('button.quiet', { type: 'button', onclick: () => act('remove-bot', { chat: key }) }, t('remove')),
    );
  }

  return { element, show };
}
