/** People: what they do in Telegram, and what they see there. */
import { isAdministrator, membership } from './access.ts';
import type { InlineAnswer, InlineResult, PressAnswer } from './answer.ts';
import { finishDraft, formatted } from './content.ts';
import { announce, changeMembership } from './events.ts';
import { contentOf as contentOfMessage, originOf } from './forward.ts';
import { isStartPayload } from './links.ts';
import { isObject, textOf } from './params.ts';
import { TEXT_LIMIT } from './send.ts';
import { allBlocks, readRich, settleRich } from './rich.ts';
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
  type Waiting,
  type World,
  sweep,
} from './world.ts';
import type { AnyChat, PersonRecord, Rights, StoredMessage } from './chat.ts';
import type { WireButton, WireMessage, WireUser } from './wire.ts';

/** Which button: its text, or its data. */
export type Which = string | { readonly data: string };

/** A press of a button that does nothing at the bot: where it leads instead. */
export interface Pressed extends PressAnswer {
  /** Address that the button opens. */
  readonly opens?: string;
  /** Text that it puts on the clipboard. */
  readonly copies?: string;
  /** Inline query that it starts. */
  readonly starts?: string;
}

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

const PRESS_WAIT = 150_000;
const INLINE_WAIT = 30_000;
/** Presses kept; only those of the last 15 s count. */
const MOST_PRESSES = 10_000;

export function personOf(world: World, bot: Bot, record: PersonRecord): Person {
  const { id } = record.user;
  const chat = privateChat(bot, record);
  const answers: PressAnswer[] = [];

  const write = (
    content: Partial<WireMessage>,
    extra: { replyTo?: number; thread?: number } = {},
  ): StoredMessage => {
    if (record.deleted) throw new Error('this account is deleted');
    if (chat.blocked) throw new Error('this person has blocked the bot: unblock or start first');
    chat.started = true;
    const replyTo = extra.replyTo === undefined ? undefined : findMessage(chat, extra.replyTo)?.wire;
    const thread = findTopic(bot, chat, extra.thread ?? 0)?.id;
    const stored = writeMessage(world, { chat, bot, sender: record.user, thread, replyTo, content });
    announce(world, stored);
    return stored;
  };

  const setBlocked = (blocked: boolean) => {
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
      `j${id}`,
    );
  };

  const person: Person = {
    id,
    get user() {
      return record.user;
    },
    start(payload) {
      if (payload && !isStartPayload(payload)) throw new Error(`no link carries "${payload}"`);
      setBlocked(false);
      return person.send(payload ? `/start ${payload}` : '/start');
    },
    send: (text, options = {}) => write(typed(text), options).wire.message_id,
    forward(chatId, messageId) {
      const stored = findMessage(placeOf(world, chat, chatId), messageId);
      if (!stored) throw new Error(`no message ${messageId} in the chat`);
      if (stored.service || stored.wire.has_protected_content)
        throw new Error(`message ${messageId} cannot be forwarded`);
      return write({ ...contentOfMessage(stored.wire), forward_origin: originOf(stored) }).wire.message_id;
    },
    edit(messageId, text) {
      const stored = findMessage(chat, messageId);
      if (!stored || stored.senderId !== id) throw new Error(`no message ${messageId} of this person`);
      rewriteText(world, stored, text);
      announce(world, stored, true);
    },
    speak(language) {
      record.user = { ...record.user, language_code: language };
    },
    async press(messageId, which, options = {}) {
      const place = placeOf(world, chat, options.chat);
      const stored = findMessage(place, messageId);
      if (!stored) throw new Error(`no message ${messageId} in the chat`);
      const button = findButton(stored, which, record.client);
      const elsewhere = leadsTo(button);
      if (elsewhere) return elsewhere;
      const owner = world.botsById.get(stored.wire.via_bot?.id ?? stored.senderId) ?? bot;
      place.isAsked = true;
      const answer = await ask(world, owner, 'callback', PRESS_WAIT, (queryId) => {
        const [oldest = ''] = world.presses.keys();
        if (world.presses.size >= MOST_PRESSES) world.presses.delete(oldest);
        world.presses.set(queryId, { personId: id, chatId: place.wire.id, at: world.clock.now() });
        owner.updates.push(
          'callback_query',
          {
            id: queryId,
            from: record.user,
            message: stored.wire,
            chat_instance: String(Math.abs(place.wire.id)),
            data: button.callback_data ?? '',
          },
          `c${id}`,
        );
      });
      place.isAsked = false;
      if (answer) answers.push(answer);
      return answer;
    },
    tap(text) {
      const shown = [...chat.messages.values()]
        .reverse()
        .find(({ keyboard, deletedAt }) => keyboard && deletedAt === undefined);
      const labels = rowsOf(shown?.keyboard?.['keyboard']).map((item) =>
        isObject(item) ? textOf(item, 'text') : String(item),
      );
      if (!labels.includes(text)) throw new Error(`no key "${text}" in the keyboard: ${labels.join(' | ')}`);
      return person.send(text);
    },
    async inline(query, offset = '', options = {}) {
      const answer = await ask(world, bot, 'inline', INLINE_WAIT, (queryId) =>
        bot.updates.push(
          'inline_query',
          { id: queryId, from: record.user, query, offset, chat_type: options.chatType ?? 'sender' },
          `i${id}`,
        ),
      );
      return answer as InlineAnswer | undefined;
    },
    chosen(result, query = '', options = {}) {
      const place = placeOf(world, chat, options.chat);
      const content = contentOf(world, result);
      const stored = writeMessage(world, {
        chat: place,
        bot,
        sender: record.user,
        content: { via_bot: bot.user, ...content },
      });
      const inlineId = content.reply_markup ? `inline-${++world.lastQueryId}` : undefined;
      if (inlineId !== undefined) world.inlineMessages.set(inlineId, stored);
      bot.updates.push(
        'chosen_inline_result',
        {
          result_id: result.id,
          from: record.user,
          query,
          ...(inlineId !== undefined && { inline_message_id: inlineId }),
        },
        `i${id}`,
      );
      announce(world, stored);
      return stored.wire.message_id;
    },
    shareChat(requestId, chatId) {
      const request = findRequest(chat, requestId);
      const shared = world.chats.get(chatId);
      if (!shared) throw new Error(`no chat ${chatId}`);
      const rights = request['bot_administrator_rights'];
      if (isObject(rights) && isAdministrator(shared, id))
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
      return write({ chat_shared: told }).wire.message_id;
    },
    shareLocation: (latitude, longitude) => write({ location: { latitude, longitude } }).wire.message_id,
    block: () => setBlocked(true),
    unblock: () => setBlocked(false),
    deleteAccount() {
      record.deleted = true;
      record.user = { id, is_bot: false, first_name: '' };
    },
    setTimer(after) {
      chat.timer = after === 0 ? undefined : { seconds: after, since: world.clock.now() };
      const content = { message_auto_delete_timer_changed: { message_auto_delete_time: after } };
      announce(world, writeMessage(world, { chat, bot, sender: record.user, content, service: true }));
    },
    delete(messageId) {
      const stored = findMessage(chat, messageId);
      if (stored) stored.deletedAt = world.clock.now();
    },
    messages: () => {
      sweep(world, chat);
      return visible(chat, world.botsById).map((view) =>
        record.client === 'old' ? unsupported(view) : view,
      );
    },
    history: () => history(chat, world.botsById),
    ephemeral: () => world.ephemerals.filter(({ receiver }) => receiver === id).map(({ wire }) => wire),
    answers: () => answers,
  };
  return person;
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

function placeOf(world: World, own: AnyChat, id: number | undefined): AnyChat {
  const place = id === undefined ? own : world.chats.get(id);
  if (!place) throw new Error(`no chat ${id}`);
  return place;
}

/** Buttons under a message, and those inside a rich one where the reader's app shows it. */
function findButton(stored: StoredMessage, which: Which, client: 'new' | 'old'): WireButton {
  const inside = client === 'new' ? allBlocks(stored.wire.rich_message?.blocks ?? []) : [];
  const buttons = [
    ...(stored.wire.reply_markup?.inline_keyboard.flat() ?? []),
    ...inside.flatMap((block) => (block.buttons ?? []) as readonly unknown[] as readonly WireButton[]),
  ];
  const found = buttons.find(({ text, callback_data }) =>
    typeof which === 'string' ? text === which : callback_data === which.data,
  );
  if (found) return found;
  const wanted = typeof which === 'string' ? `"${which}"` : `with data "${which.data}"`;
  throw new Error(`no button ${wanted} among: ${buttons.map(({ text }) => text).join(' | ')}`);
}

function leadsTo(button: WireButton): Pressed | undefined {
  if (button.disabled) return {};
  if (button.url !== undefined) return { opens: button.url };
  if (button.copy_text) return { copies: button.copy_text.text };
  const starts = button.switch_inline_query ?? button.switch_inline_query_current_chat;
  if (starts !== undefined) return { starts };
  if (button.switch_inline_query_chosen_chat)
    return { starts: textOf(button.switch_inline_query_chosen_chat, 'query') };
  return undefined;
}

/** Tells the bot of a query and waits for its answer. */
function ask(world: World, bot: Bot, kind: Waiting['kind'], ms: number, push: (queryId: string) => void) {
  return new Promise<Readonly<Record<string, unknown>> | undefined>((resolve) => {
    const queryId = String(++world.lastQueryId);
    const end = new AbortController();
    const settle = (answer: Readonly<Record<string, unknown>> | undefined) => {
      end.abort();
      world.waiting.delete(queryId);
      resolve(answer);
    };
    world.waiting.set(queryId, { kind, botId: bot.user.id, until: world.clock.now() + ms, settle });
    push(queryId);
    void world.clock.sleep(ms, end.signal).then(() => settle(undefined));
  });
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

/** The message that an inline result turns into. */
function contentOf(world: World, result: InlineResult): Partial<WireMessage> {
  const markup = result['reply_markup'];
  const buttons = isObject(markup)
    ? { reply_markup: markup as unknown as NonNullable<WireMessage['reply_markup']> }
    : {};
  const content = result['input_message_content'];
  if (!isObject(content)) return { text: textOf(result, 'title'), ...buttons };
  const rich = readRich(world, content);
  if (rich) return { rich_message: settleRich(world, rich), ...buttons };
  const body = finishDraft(
    world,
    formatted(content, textOf(content, 'message_text'), 'entities'),
    TEXT_LIMIT,
    'message',
  );
  return { text: body.text, ...(body.entities.length > 0 && { entities: body.entities }), ...buttons };
}
