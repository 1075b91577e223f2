/**
 * The one door to the Bot API: every call of ours, the news and the answers alike, goes through here, over kept-alive
 * connections and at the pace. Nothing is ever repeated blindly: an outcome says what is known.
 */
import { type Dispatcher, Agent, ProxyAgent, Socks5ProxyAgent } from 'undici';
import { bounded } from '../bounded.ts';
import { type Message, type Offer, simpler } from '../news/message.ts';
import type { Chat } from '../news/subscriber.ts';
import { type Clock, SECOND } from '../time.ts';
import type { Writing } from './chat-pace.ts';
import { type Contact, createContact } from './contact.ts';
import type { Asker, Lane } from './lanes.ts';
import { LIMITS } from '../limits.ts';
import { type Outcome, readAnswer, readSent } from './outcome.ts';
import type { Pace } from './pace.ts';
import { post } from './post.ts';
import { createSequence, type Sequence } from './sequence.ts';
import { editParams, offerParams, sendParams, whisperParams } from './wire.ts';

type Sent = Outcome<{ message_id: number }>;

export interface Telegram {
  readonly pace: Pace;
  /** What the last answers say of Telegram itself. */
  readonly contact: Contact;
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
  /**
   * Answers somebody: waits for the chat's own pace and for a turn, for some seconds; in simpler and simpler forms where
   * Telegram refuses the content. `keyboard`: instead of buttons, as the Bot API has it.
   */
  answer(asker: Asker, chat: Chat, message: Message, keyboard?: object): Promise<Sent>;
  /** Edits a message that is drawn again; of several that wait only the newest is. */
  redraw(asker: Asker, chatId: number, messageId: number, message: Message): Promise<Outcome<unknown>>;
  /**
   * Shows a message to one person in answer to a press (Bot API 10.2). It is no message of the chat's, so it waits for
   * no pace of the chat's.
   */
  whisper(
    asker: Asker,
    chat: Chat,
    to: { readonly person: number; readonly press: string },
    message: Message,
  ): Promise<Outcome<unknown>>;
  /** Answers an inline query. `params`: what else the Bot API takes. */
  offer(query: string, offers: readonly Offer[], params: object): Promise<Outcome<true>>;
  close(): Promise<void>;
}

/** Telegram's server hides waits of up to 8 s; an answer that takes longer than this is given up as unknown. */
const PATIENCE_MS = 12 * SECOND;
/** An answer to a press may come this long after it for the presser alone; Telegram takes it up to 15 s. */
const WHISPER_MS = 8 * SECOND;
/** Groups of which is remembered that they were asked for their slow mode. */
const MOST_ASKED = 2000;

export function createTelegram(options: {
  token: string;
  apiRoot: string;
  proxyUrl?: string;
  clock: Clock;
  pace: Pace;
  /** Told for how long (ms) nobody may send, so that a restart does not forget it. */
  onFlood?: (ms: number) => void;
}): Telegram {
  const { clock, pace } = options;
  const sequence = createSequence();
  const contact = createContact(clock);
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
    const askedAt = clock.ticks();
    try {
      const request = {
        origin: root.origin,
        path: base + method,
        headers: JSON_HEADERS,
        body: JSON.stringify(params),
        patienceMs,
      };
      const { status, body, date } = await post(dispatcher, request, signal);
      const outcome = read(status, body);
      contact.heard(outcome, askedAt, date);
      if (method === 'getMe' && outcome.kind === 'done')
        username = (outcome.result as { username?: string }).username;
      return outcome;
    } catch (error) {
      const kind = neverReached(error) ? 'unreached' : 'unknown';
      const outcome: Outcome<T> = { kind, detail: errorCode(error) };
      // A call that we broke off says nothing of Telegram.
      if (!signal?.aborted) contact.heard(outcome, askedAt);
      return outcome;
    }
  }

  const asked = bounded<number, number>(MOST_ASKED);

  /** A group that refuses may have a slow mode: it is asked, seldom, and obeyed. */
  async function learnSlowMode(chatId: number): Promise<void> {
    const now = clock.ticks();
    if (now - (asked.get(chatId) ?? Number.NEGATIVE_INFINITY) < LIMITS.slowMode) return;
    asked.set(chatId, now);
    const outcome = await call<{ slow_mode_delay?: number }>('getChat', { chat_id: chatId });
    const seconds = outcome.kind === 'done' ? outcome.result.slow_mode_delay : undefined;
    if (seconds !== undefined && seconds > 0) pace.slow(chatId, seconds * SECOND);
  }

  function refused(chatId: number, what: Writing, waitMs: number, latencyMs: number): void {
    if (chatId < 0) void learnSlowMode(chatId);
    if (pace.refused(chatId, what, waitMs, latencyMs)) options.onFlood?.(pace.floodMs);
  }

  /** One call that writes into a chat, for which the caller has a turn. */
  async function write<T>(
    chatId: number,
    what: Writing,
    method: string,
    params: object,
    read?: (status: number, body: string) => Outcome<T>,
  ): Promise<Outcome<T>> {
    await pace.depart(chatId, what);
    const began = clock.ticks();
    const outcome = await call<T>(method, params, PATIENCE_MS, undefined, read);
    const latency = clock.ticks() - began;
    if (outcome.kind === 'done') {
      pace.accepted(latency);
      const id = what === 'edit' ? undefined : (outcome.result as { message_id?: number }).message_id;
      // 0: what only one member of a group was shown.
      if (id) sequence.accept(chatId, id);
    }
    if (outcome.kind === 'wait') refused(chatId, what, outcome.ms, latency);
    return outcome;
  }

  const sent = (chat: Chat, what: Writing, message: Message, keyboard?: object): Promise<Sent> =>
    message.rich
      ? write(chat.id, what, 'sendRichMessage', sendParams(chat, message, keyboard))
      : write(chat.id, what, 'sendMessage', sendParams(chat, message, keyboard), readSent);

  const edited = (chatId: number, messageId: number, message: Message): Promise<Outcome<unknown>> =>
    write(chatId, 'edit', 'editMessageText', editParams(chatId, messageId, message));

  /** Makes a call once the chat and the pace have room for it, within an answer's patience; told to wait, it waits. */
  async function inTurn<T>(
    chatId: number,
    what: Writing,
    asker: Asker,
    make: () => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const deadline = clock.ticks() + LIMITS.patience;
    for (;;) {
      const rest = pace.chatWait(chatId, what);
      if (clock.ticks() + rest > deadline) {
        pace.bites.bite('patience');
        return { kind: 'wait', ms: rest };
      }
      if (rest > 0) {
        await clock.sleep(rest);
        continue;
      }
      if (!(await pace.turn('answer', undefined, asker))) return { kind: 'wait', ms: 0 };
      // Somebody else may have written there meanwhile.
      if (pace.chatWait(chatId, what) > 0) {
        pace.giveBack();
        continue;
      }
      const outcome = await make();
      if (outcome.kind === 'unreached' && clock.ticks() + SECOND < deadline) await clock.sleep(SECOND / 2);
      else if (outcome.kind !== 'wait') return outcome;
    }
  }

  async function inSimplerForms<T>(
    message: Message,
    make: (form: Message) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    for (let form = message; ; ) {
      const outcome = await make(form);
      const isContent = outcome.kind === 'refused' && outcome.why === 'content';
      // The form of an article is decided for all alike, not here.
      const next = isContent && !form.rich ? simpler(form) : undefined;
      if (!next) return outcome;
      form = next;
    }
  }

  return {
    pace,
    contact,
    sequence,
    get username() {
      return username;
    },
    call,
    send: (chat, message) => sent(chat, 'news', message),
    async edit(chat, messageId, message, lane = 'edit') {
      await pace.turn(lane);
      return edited(chat.id, messageId, message);
    },
    async remove(chat, messageIds) {
      const outcome = await call<true>('deleteMessages', { chat_id: chat.id, message_ids: messageIds });
      if (outcome.kind === 'wait') refused(chat.id, 'edit', outcome.ms, 0);
      return outcome;
    },
    answer: (asker, chat, message, keyboard) =>
      inSimplerForms(message, (form) =>
        inTurn(chat.id, 'answer', asker, () => sent(chat, 'answer', form, keyboard)),
      ),
    redraw: (asker, chatId, messageId, message) =>
      inSimplerForms(message, (form) =>
        inTurn(chatId, 'edit', { ...asker, name: `${chatId} ${messageId}` }, () =>
          edited(chatId, messageId, form),
        ),
      ),
    async whisper(asker, chat, to, message) {
      if (!(await pace.turn('answer', undefined, asker))) return { kind: 'wait', ms: 0 };
      return call('sendMessage', whisperParams(chat, to, message), WHISPER_MS);
    },
    offer: (query, offers, params) =>
      call<true>('answerInlineQuery', {
        inline_query_id: query,
        results: offers.map(offerParams),
        ...params,
      }),
    close: () => dispatcher.destroy(),
  };
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
