/** People: what they do in Telegram, and what they see there. */
import { isAdministrator, membership } from './access.ts';
import type { InlineAnswer, InlineResult, PressAnswer } from './answer.ts';
import { askInline, choose, placeOf, press, type Pressed, type Scene, type Which } from './asks.ts';
import { announce, changeMembership } from './events.ts';
import { contentOf as contentOfMessage, originOf } from './forward.ts';
import { isStartPayload } from './links.ts';
import { isObject, textOf } from './params.ts';
import { finishText } from './text.ts';
import { findTopic } from './topics.ts';
import { history, visible, type MessageHistory, type MessageView } from './view.ts';
import {
  findMessage,
  privateChat,
  rewrite,
  seconds,
  writeMessage,
  type Bot,
  type World,
  sweep,
} from './world.ts';
import type { AnyChat, PersonRecord, Rights, StoredMessage } from './chat.ts';
import type { WireMessage, WireUser } from './wire.ts';

export interface Person {
  readonly id: number;
  readonly user: WireUser;
  /**
   * Presses start, or follows a deep link with `payload`; unblocks first where blocked. Returns the message id. Throws
   * where no link can carry that payload.
   */
  start(payload?: string): number;
  /** Writes to the bot, into one of the chat's topics where it has any. Returns the message id. Throws where the person has blocked it. */
  send(text: string, options?: { replyTo?: number; thread?: number }): number;
  /** Forwards a message of another chat to the bot. Returns the message id. Throws where it cannot be forwarded. */
  forward(chatId: number, messageId: number): number;
  /** Changes an own message. */
  edit(messageId: number, text: string): void;
  /**
   * Presses an inline button of a message, in the chat with the bot or in `chat`. Resolves with what the bot answered,
   * undefined when it does not answer within 150 s. Throws where there is no such button.
   */
  press(messageId: number, which: Which, options?: { chat?: number }): Promise<Pressed | undefined>;
  /** Presses a button of the latest reply keyboard: sends its text. */
  tap(text: string): number;
  /** Types an inline query; undefined when the bot does not answer within 30 s. */
  inline(query: string, offset?: string, options?: { chatType?: string }): Promise<InlineAnswer | undefined>;
  /** Chooses an inline result: it is written into `chat` (default: the chat with the bot). Returns the message id. */
  chosen(result: InlineResult, query?: string, options?: { chat?: number }): number;
  /** Picks a chat for a `request_chat` button that the bot has shown; the bot gets the rights, or the membership, that the button names. */
  shareChat(requestId: number, chatId: number): number;
  shareLocation(latitude: number, longitude: number): number;
  block(): void;
  unblock(): void;
  /** Their Telegram is in that language from now on. */
  speak(language: string): void;
  deleteAccount(): void;
  /** Sets Telegram's own timer of the chat: what is written from now on goes after so many seconds; 0: no timer. */
  setTimer(seconds: number): void;
  /** Deletes a message of the chat for both sides. Bots are not told. */
  delete(messageId: number): void;
  /** Messages in the chat with the bot now, oldest first. */
  messages(): MessageView[];
  /** Everything that ever stood there, with every version. */
  history(): MessageHistory[];
  /** Messages shown to this person alone in groups, oldest first. */
  ephemeral(): readonly WireMessage[];
  /** Answers to this person's presses so far, oldest first. */
  answers(): readonly PressAnswer[];
}

export function personOf(world: World, bot: Bot, record: PersonRecord): Person {
  const scene: Scene = { world, bot, record, chat: privateChat(bot, record), answers: [] };
  return {
    id: record.user.id,
    get user() {
      return record.user;
    },
    ...messageActs(scene),
    ...sharingActs(scene),
    press: (...given) => press(scene, ...given),
    inline: (...given) => askInline(scene, ...given),
    chosen: (...given) => choose(scene, ...given),
    answers: () => scene.answers,
    ...accountActs(scene),
    ...sights(scene),
  };
}

function write(
  { world, bot, record, chat }: Scene,
  content: Partial<WireMessage>,
  extra: { replyTo?: number; thread?: number } = {},
): number {
  if (record.deleted) throw new Error('this account is deleted');
  if (chat.blocked) throw new Error('this person has blocked the bot: unblock or start first');
  chat.started = true;
  const replyTo = extra.replyTo === undefined ? undefined : findMessage(chat, extra.replyTo)?.wire;
  const thread = findTopic(bot, chat, extra.thread ?? 0)?.id;
  const stored = writeMessage(world, { chat, bot, sender: record.user, thread, replyTo, content });
  announce(world, stored);
  return stored.wire.message_id;
}

function setBlocked({ world, bot, record, chat }: Scene, blocked: boolean): void {
  if (chat.blocked === blocked) return;
  chat.blocked = blocked;
  const view = (status: string) => ({
    user: bot.user,
    status,
    ...(status === 'kicked' && { until_date: 0 }),
  });
  bot.updates.push(
    'my_chat_member',
    {
      chat: chat.wire,
      from: record.user,
      date: seconds(world.clock.now()),
      old_chat_member: view(blocked ? 'member' : 'kicked'),
      new_chat_member: view(blocked ? 'kicked' : 'member'),
    },
    `j${record.user.id}`,
  );
}

function messageActs(scene: Scene) {
  const { world, record, chat } = scene;
  const send: Person['send'] = (text, options = {}) => write(scene, typed(text), options);
  return {
    send,
    start(payload) {
      if (payload && !isStartPayload(payload)) throw new Error(`no link carries "${payload}"`);
      setBlocked(scene, false);
      return send(payload ? `/start ${payload}` : '/start');
    },
    forward(chatId, messageId) {
      const stored = findMessage(placeOf(scene, chatId), messageId);
      if (!stored) throw new Error(`no message ${messageId} in the chat`);
      if (stored.service || stored.wire.has_protected_content)
        throw new Error(`message ${messageId} cannot be forwarded`);
      return write(scene, { ...contentOfMessage(stored.wire), forward_origin: originOf(stored) });
    },
    edit(messageId, text) {
      const stored = findMessage(chat, messageId);
      if (!stored || stored.senderId !== record.user.id)
        throw new Error(`no message ${messageId} of this person`);
      rewriteText(world, stored, text);
      announce(world, stored, true);
    },
    delete(messageId) {
      const stored = findMessage(chat, messageId);
      if (stored) stored.deletedAt = world.clock.now();
    },
    tap(text) {
      const shown = [...chat.messages.values()]
        .reverse()
        .find(({ keyboard, deletedAt }) => keyboard && deletedAt === undefined);
      const labels = rowsOf(shown?.keyboard?.['keyboard']).map((item) =>
        isObject(item) ? textOf(item, 'text') : String(item),
      );
      if (!labels.includes(text)) throw new Error(`no key "${text}" in the keyboard: ${labels.join(' | ')}`);
      return send(text);
    },
  } satisfies Partial<Person>;
}

function sharingActs(scene: Scene) {
  const { world, bot, record, chat } = scene;
  return {
    shareChat(requestId, chatId) {
      const request = findRequest(chat, requestId);
      const shared = world.chats.get(chatId);
      if (!shared) throw new Error(`no chat ${chatId}`);
      const rights = request['bot_administrator_rights'];
      if (isObject(rights) && isAdministrator(shared, record.user.id))
        changeMembership(world, shared, bot, record.user, {
          status: 'administrator',
          rights: rights as Rights,
        });
      else if (
        request['bot_is_member'] === true &&
        ['left', 'kicked'].includes(membership(shared, bot.user.id).status)
      )
        changeMembership(world, shared, bot, record.user, { status: 'member', rights: {} });
      const told = {
        request_id: requestId,
        chat_id: chatId,
        ...(request['request_title'] === true && { title: shared.wire.title }),
        ...(request['request_username'] === true &&
          shared.wire.username && { username: shared.wire.username }),
      };
      return write(scene, { chat_shared: told });
    },
    shareLocation: (latitude, longitude) => write(scene, { location: { latitude, longitude } }),
  } satisfies Partial<Person>;
}

function accountActs(scene: Scene) {
  const { world, bot, record, chat } = scene;
  return {
    block: () => setBlocked(scene, true),
    unblock: () => setBlocked(scene, false),
    speak(language) {
      record.user = { ...record.user, language_code: language };
    },
    deleteAccount() {
      record.deleted = true;
      record.user = { id: record.user.id, is_bot: false, first_name: '' };
    },
    setTimer(after) {
      chat.timer = after === 0 ? undefined : { seconds: after, since: world.clock.now() };
      const content = { message_auto_delete_timer_changed: { message_auto_delete_time: after } };
      announce(world, writeMessage(world, { chat, bot, sender: record.user, content, service: true }));
    },
  } satisfies Partial<Person>;
}

function sights({ world, record, chat }: Scene) {
  return {
    messages: () => {
      sweep(world, chat);
      return visible(chat, world.botsById).map((view) =>
        record.client === 'old' ? unsupported(view) : view,
      );
    },
    history: () => history(chat, world.botsById),
    ephemeral: () =>
      world.ephemerals.filter(({ receiver }) => receiver === record.user.id).map(({ wire }) => wire),
  } satisfies Partial<Person>;
}

/** Substitute for a rich message in an app that knows none. */
function unsupported(view: MessageView): MessageView {
  const { rich, ...rest } = view;
  return rich ? { ...rest, text: 'This message is not supported by your version of Telegram.' } : view;
}

/** Text as a person types it: no formatting but what Telegram finds by itself. */
export function typed(text: string): Partial<WireMessage> {
  const finished = finishText(text, []);
  if (!finished) throw new Error('nobody can send an empty message');
  return { text: finished.text, ...(finished.entities.length > 0 && { entities: finished.entities }) };
}

/** Gives a message of a person or an editor new words. */
export function rewriteText(world: World, stored: StoredMessage, text: string): void {
  const { entities: _, caption: __, caption_entities: ___, ...rest } = stored.wire;
  const next = typed(text);
  const words = stored.wire.photo
    ? { caption: next.text ?? '', ...(next.entities && { caption_entities: next.entities }) }
    : next;
  rewrite(world, stored, { ...rest, ...words, edit_date: seconds(world.clock.now()) });
}

const rowsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.flat() : []);

function findRequest(chat: AnyChat, requestId: number): Readonly<Record<string, unknown>> {
  for (const { keyboard } of [...chat.messages.values()].reverse())
    for (const item of rowsOf(keyboard?.['keyboard'])) {
      const request = isObject(item) ? item['request_chat'] : undefined;
      if (isObject(request) && request['request_id'] === requestId) return request;
    }
  throw new Error(`no button asks for a chat with request_id ${requestId}`);
}
