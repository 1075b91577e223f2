/**
 * The one door to the Bot API: every call of ours, the news and grammY's alike, goes through here, over kept-alive
 * connections and at the pace. Nothing is ever repeated blindly: an outcome says what is known.
 */
import type { Transformer } from 'grammy';
import { HttpError } from 'grammy';
import { type Dispatcher, Agent, ProxyAgent, Socks5ProxyAgent } from 'undici';
import type { Button, Message } from '../news/message.ts';
import type { Chat } from '../news/subscriber.ts';
import { type Clock, SECOND } from '../time.ts';
import { type Outcome, readAnswer, readSent } from './outcome.ts';
import type { Lane, Pace } from './pace.ts';
import { post } from './post.ts';
import { createSequence, type Sequence } from './sequence.ts';

export interface Telegram {
  readonly pace: Pace;
  /** Message ids that are known, from answers and from updates. */
  readonly sequence: Sequence;
  /** The bot's own, from the first answer that tells it; undefined until then. */
  readonly username: string | undefined;
  /** One call at once, without a turn of the pace. `patienceMs`: how long to wait for the answer, default 12 s. */
  call<T>(method: string, params: object, patienceMs?: number, signal?: AbortSignal): Promise<Outcome<T>>;
  /** Sends a message for which the caller has a turn. */
  send(chat: Chat, message: Message): Promise<Outcome<{ message_id: number }>>;
  /** Puts `message` in place of an earlier one, at the pace of `lane`. */
  edit(chat: Chat, messageId: number, message: Message, lane?: Lane): Promise<Outcome<unknown>>;
  /** Deletes up to 100 messages; the caller has a turn. */
  remove(chat: Chat, messageIds: readonly number[]): Promise<Outcome<true>>;
  /** Carries grammY's calls: those that write to a chat wait for a turn ahead of the news. */
  transformer(): Transformer;
  close(): Promise<void>;
}

/** Telegram's server hides waits of up to 8 s; an answer that takes longer than this is given up as unknown. */
const PATIENCE_MS = 12 * SECOND;
/** An answer to a person that is told to wait is tried again within this. */
const ANSWER_PATIENCE_MS = 10 * SECOND;
/** Calls of grammY that write into a chat and so count against the pace. */
const PACED = /^(send(?!ChatAction)|forward|copy|edit)/i;

export function createTelegram(options: {
  token: string;
  apiRoot: string;
  proxyUrl?: string;
  clock: Clock;
  pace: Pace;
  /** Told until when (ms) nobody may send, so that a restart does not forget it. */
  onFlood?: (until: number) => void;
}): Telegram {
  const { clock, pace } = options;
  const sequence = createSequence();
  let username: string | undefined;
  const dispatcher = openDispatcher(options.proxyUrl);
  const root = new URL(options.apiRoot);
  const base = `${root.pathname.replace(/\/$/, '')}/bot${options.token}/`;

  async function call<T>(
    method: string,
    params: object,
    patienceMs = PATIENCE_MS,
    signal?: AbortSignal,
    read: (status: number, body: string) => Outcome<T> = readAnswer,
  ): Promise<Outcome<T>> {
    try {
      const request = {
        origin: root.origin,
        path: base + method,
        headers: JSON_HEADERS,
        body: JSON.stringify(params),
        patienceMs,
      };
      const { status, body } = await post(dispatcher, request, signal);
      const outcome = read(status, body);
      if (method === 'getMe' && outcome.kind === 'done')
        username = (outcome.result as { username?: string }).username;
      return outcome;
    } catch (error) {
      return { kind: neverReached(error) ? 'unreached' : 'unknown', detail: errorCode(error) };
    }
  }

  function refused(chatId: number, waitMs: number, latencyMs: number): void {
    if (pace.refused(chatId, waitMs, latencyMs)) options.onFlood?.(pace.floodUntil);
  }

  async function write<T>(
    chatId: number,
    place: boolean,
    method: string,
    params: object,
    read?: (status: number, body: string) => Outcome<T>,
  ): Promise<Outcome<T>> {
    await pace.depart(chatId, place);
    const began = clock.now();
    const outcome = await call<T>(method, params, PATIENCE_MS, undefined, read);
    const latency = clock.now() - began;
    if (outcome.kind === 'done') {
      pace.accepted(latency);
      const id = (outcome.result as { message_id?: number }).message_id;
      // 0: what only one member of a group was shown.
      if (id) sequence.observe(chatId, id);
    }
    if (outcome.kind === 'wait') refused(chatId, outcome.ms, latency);
    return outcome;
  }

  return {
    pace,
    sequence,
    get username() {
      return username;
    },
    call,
    send: (chat, message) =>
      message.rich
        ? write(chat.id, chat.kind !== 'person', 'sendRichMessage', sendParams(chat, message))
        : write(chat.id, chat.kind !== 'person', 'sendMessage', sendParams(chat, message), readSent),
    async edit(chat, messageId, message, lane = 'edit') {
      await pace.turn(lane);
      const outcome = await call('editMessageText', editParams(chat, messageId, message));
      if (outcome.kind === 'wait') refused(chat.id, outcome.ms, 0);
      return outcome;
    },
    async remove(chat, messageIds) {
      const outcome = await call<true>('deleteMessages', { chat_id: chat.id, message_ids: messageIds });
      if (outcome.kind === 'wait') refused(chat.id, outcome.ms, 0);
      return outcome;
    },
    transformer: () => async (_previous, method, payload, signal) => {
      const stop = signal as AbortSignal | undefined;
      const params = payload as { chat_id?: unknown; timeout?: unknown };
      const outcome = PACED.test(method)
        ? await answer(method, payload, Number(params.chat_id), stop)
        : await call(method, payload, waitFor(method, params), stop);
      if (outcome.kind === 'done' && method === 'getUpdates') observeUpdates(outcome.result, sequence);
      return toGrammy(outcome, method);
    },
    close: () => dispatcher.destroy(),
  };

  /** An answer to a person: ahead of the news; told to wait, it waits a little and tries again. */
  async function answer(
    method: string,
    params: object,
    chatId: number,
    signal?: AbortSignal,
  ): Promise<Outcome<unknown>> {
    const deadline = clock.now() + ANSWER_PATIENCE_MS;
    for (;;) {
      await pace.turn('answer', signal);
      const outcome =
        Number.isFinite(chatId) && !method.startsWith('edit')
          ? await write(chatId, chatId < 0, method, params)
          : await call(method, params, PATIENCE_MS, signal);
      if (outcome.kind !== 'wait' || clock.now() + outcome.ms > deadline || signal?.aborted) return outcome;
      await clock.sleep(outcome.ms, signal);
    }
  }
}

const JSON_HEADERS = { 'content-type': 'application/json' };

function openDispatcher(proxyUrl: string | undefined): Dispatcher {
  const options = {
    connections: 256,
    pipelining: 1,
    keepAliveTimeout: 30 * SECOND,
    connect: { timeout: 5 * SECOND },
  };
  if (!proxyUrl) return new Agent(options);
  // Both spellings of SOCKS5 leave names to the proxy; the agent knows one.
  return /^socks5/i.test(proxyUrl)
    ? new Socks5ProxyAgent(proxyUrl.replace(/^socks5h:/i, 'socks5:'))
    : new ProxyAgent({ ...options, uri: proxyUrl });
}

/** Readers' own messages take ids of the shared sequence too. */
function observeUpdates(updates: unknown, sequence: Sequence): void {
  if (!Array.isArray(updates)) return;
  for (const { message } of updates as { message?: { message_id: number; chat: { id: number } } }[]) {
    if (message) sequence.observe(message.chat.id, message.message_id);
  }
}

/** Long polls are answered after their own timeout. */
function waitFor(method: string, params: { timeout?: unknown }): number {
  const polling = /^getUpdates$/i.test(method) ? Number(params.timeout ?? 0) * SECOND : 0;
  return polling + PATIENCE_MS;
}

/** Whether the request certainly was not written: no connection could be made. */
function neverReached(error: unknown): boolean {
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS\w*|CERT\w*)$/.test(
    errorCode(error),
  );
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const cause = error.cause;
  return cause instanceof Error ? errorCode(cause) : error.name;
}

type GrammyAnswer = Awaited<ReturnType<Transformer>>;

function toGrammy(outcome: Outcome<unknown>, method: string): GrammyAnswer {
  switch (outcome.kind) {
    case 'done':
      return { ok: true, result: outcome.result } as GrammyAnswer;
    case 'refused':
      return {
        ok: false,
        error_code: outcome.code,
        description: outcome.description,
        ...(outcome.migratedTo === undefined
          ? {}
          : { parameters: { migrate_to_chat_id: outcome.migratedTo } }),
      };
    case 'wait': {
      const seconds = Math.ceil(outcome.ms / SECOND);
      return {
        ok: false,
        error_code: 429,
        description: `Too Many Requests: retry after ${seconds}`,
        parameters: { retry_after: seconds },
      };
    }
    case 'unreached':
    case 'unknown':
      throw new HttpError(`${method}: ${outcome.detail}`, outcome.detail);
  }
}

function sendParams(chat: Chat, message: Message): object {
  return {
    chat_id: chat.id,
    ...(chat.thread === undefined ? {} : { message_thread_id: chat.thread }),
    ...contentParams(message),
    ...(message.silent ? { disable_notification: true } : {}),
    ...(message.protect ? { protect_content: true } : {}),
    ...(message.replyTo === undefined
      ? {}
      : { reply_parameters: { message_id: message.replyTo, allow_sending_without_reply: true } }),
  };
}

function editParams(chat: Chat, messageId: number, message: Message): object {
  return { chat_id: chat.id, message_id: messageId, ...contentParams(message) };
}

function contentParams({ text, preview, buttons, rich }: Message): object {
  if (rich) {
    // Telegram would make a cashtag of a sum, and a card number of any long one.
    const rich_message = { blocks: rich.blocks, skip_entity_detection: true };
    return { rich_message, ...keyboard(rich.buttons) };
  }
  return {
    text,
    parse_mode: 'HTML',
    link_preview_options: preview
      ? { url: preview.url, prefer_large_media: preview.large, show_above_text: preview.above }
      : { is_disabled: true },
    ...keyboard(buttons),
  };
}

const keyboard = (buttons: Message['buttons']): object =>
  buttons ? { reply_markup: { inline_keyboard: buttons.map((row) => row.map(toButton)) } } : {};

function toButton(button: Button): object {
  if ('press' in button) return { text: button.text, callback_data: button.press };
  if ('url' in button) return { text: button.text, url: button.url };
  if ('disabled' in button) return { text: button.text, disabled: {} };
  return { text: button.text, switch_inline_query: button.inline };
}
