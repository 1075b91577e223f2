/** What can be done in a chat: write, press, follow a link. */
import { LANGUAGE, t } from './words.js';

/** `key` names the chat; `phones` and `views` are where another chat is found that a link leads to. */
export function actsOf({ key, act, toast, showAlert, parts, phones, views }) {
  const chatOf = () => parts.get(`chat:${key}`);
  const acts = {
    send: (chat, text, thread) => act('send', { chat: chat.key, text, thread, language: LANGUAGE }),
    begin: (chat, payload) => act('begin', { chat: chat.key, payload }),
    command: (text) => (chatOf().still ? toast(t('form-still')) : acts.send(chatOf(), text, 0)),
    keyboard: (chat, button) => act('keyboard', { chat: chat.key, button }),
    inline: (chat, words) => act('inline', { chat: chat.key, words }),
    /** `into` the group, or the chat with the bot. */
    async choose(chat, result, into) {
      if ((await act('choose', { chat: chat.key, result: result.id, into })) && into) views.find(into);
    },
    /** Of a channel's post: the editor forwards it to the bot. */
    forward: ['channel', 'second'].includes(key)
      ? async ({ id }) => (await act('forward-post', { chat: key, message: id })) && views.find('editor')
      : undefined,
    block: (chat) => act(chat.blocked ? 'unblock' : 'block', { chat: chat.key }),
    hrefOf: (address) => localAddress(parts, address),
    open(address, event) {
      if (!deepLink(parts, address)) return;
      event.preventDefault();
      if (chatOf().still) toast(t('form-still'));
      else void acts.follow(address);
    },
    /** Opens an address as Telegram would: a link to the bot itself is not a page. */
    async follow(address) {
      const deep = deepLink(parts, address);
      if (!deep) {
        window.open(localAddress(parts, address), '_blank', 'noopener');
        return;
      }
      const answer = await act('deep-link', { chat: key, ...deep });
      if (answer?.person) views.find(answer.person);
    },
    async press(message, button, element) {
      if (chatOf().still) return toast(t('form-still'));
      if (button.kind === 'url') return void acts.follow(button.url);
      if (button.kind === 'inline')
        return phones.get(key)?.chat.fill(`@${parts.get('bot')?.username ?? ''} ${button.query}`);
      if (button.kind === 'copy') {
        await navigator.clipboard.writeText(button.copy);
        return toast(t('copied'));
      }
      element.classList.add('waiting');
      const answer = await act('press', { chat: key, message: message.id, data: button.data });
      element.classList.remove('waiting');
      if (answer?.url) void acts.follow(answer.url);
      if (answer?.text) (answer.alert ? showAlert : toast)(answer.text);
    },
  };
  return acts;
}

/** Pages of the newsroom are served here too, so that one reachable port is enough. */
function localAddress(parts, address) {
  const newsroom = parts.get('newsroom')?.url;
  return newsroom && address.startsWith(`${newsroom}/`) ? address.slice(newsroom.length) : address;
}

/** A link that Telegram itself would follow to the bot: what it asks for, or undefined. */
function deepLink(parts, address) {
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
