/** Controls of an administrator of a channel or group: add the bot, change its rights, remove it. */
import { el } from './dom.js';

const RIGHTS = {
  channel: [
    { id: 'can_post_messages', label: 'post' },
    { id: 'can_edit_messages', label: 'edit and pin', title: 'Edit posts of others, and pin' },
    { id: 'can_delete_messages', label: 'delete', title: 'Delete posts of others' },
  ],
  group: [
    { id: 'can_pin_messages', label: 'pin' },
    { id: 'can_delete_messages', label: 'delete' },
    { id: 'can_manage_topics', label: 'topics' },
  ],
};

export function createPlaceControls(host, act) {
  let state = '';

  function show(chat) {
    const next = JSON.stringify([chat.key, chat.bot]);
    if (next === state) return;
    state = next;
    const { bot, key, kind } = chat;
    host.replaceChildren(bot.present ? present(key, kind, bot) : absent(key, kind));
  }

  function absent(key, kind) {
    return el(
      'div.buttons',
      {},
      el('span.hint', {}, `Not in this ${kind} yet`),
      el(
        'button.solid',
        {
          type: 'button',
          onclick: () =>
            act('add-bot', { chat: key, rights: kind === 'channel' ? ['can_post_messages'] : [] }),
        },
        kind === 'channel' ? 'Add the bot, to post only' : 'Add the bot',
      ),
    );
  }

  function present(key, kind, bot) {
    const rights = RIGHTS[kind].map(({ id, label, title }) =>
      el(
        'label.check',
        { title },
        el('input', {
          type: 'checkbox',
          checked: bot.rights.includes(id),
          onchange: (event) => {
            const others = bot.rights.filter((right) => right !== id);
            void act('add-bot', { chat: key, rights: event.target.checked ? [...others, id] : others });
          },
        }),
        label,
      ),
    );
    return el(
      'div.buttons',
      {},
      el('span.hint', {}, 'May'),
      rights,
      el('button.quiet', { type: 'button', onclick: () => act('remove-bot', { chat: key }) }, 'Remove'),
    );
  }

  return { show };
}
