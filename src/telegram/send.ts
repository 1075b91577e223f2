/**
 * The one door to the Bot API: the news and the answers alike go through here, at the pace; a single call is `call.ts`.
 * Nothing is ever repeated blindly: an outcome says what is known.
 */
import { type Message, type Offer, simpler } from '../news/message.ts';
import type { Chat } from '../news/subscriber.ts';
import { type Clock, SECOND } from '../time.ts';
import type { Writing } from './chat-pace.ts';
import { type Caller, createCaller, type Read } from './call.ts';
import type { Asker, Lane } from './lanes.ts';
import { type Outcome, readSent } from './outcome.ts';
import type { Pace } from './pace.ts';
import { createSequence, type Sequence } from './sequence.ts';
import { slowModes } from './slow-mode.ts';
import { inTurn } from './turn.ts';
import { editParams, offerParams, paidParams, sendParams, whisperParams } from './wire.ts';

type Sent = Outcome<{ message_id: number }>;

/** A call is made at once, without a turn of the pace; all else waits for one. */
export interface Telegram extends Caller {
  readonly pace: Pace;
  /** Message ids that are known, from answers and from updates. */
  readonly sequence: Sequence;
  /** Sends a message for which the caller has a turn. `mayCost`: it is one of those that the operator pays for. */
  send(chat: Chat, message: Message, mayCost?: boolean): Promise<Outcome<{ message_id: number }>>;
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
}

/** An answer to a press may come this long after it for the presser alone; Telegram takes it up to 15 s. */
const WHISPER_MS = 8 * SECOND;

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
  const caller = createCaller(options);
  const { call, contact } = caller;
  const learnSlowMode = slowModes(call, options);

  function refused(chatId: number, what: Writing, waitMs: number, latencyMs: number, isPaid = false): void {
    if (chatId < 0) void learnSlowMode(chatId);
    if (pace.refused(chatId, what, waitMs, latencyMs, isPaid)) options.onFlood?.(pace.floodMs);
  }

  /** One call that writes into a chat, for which the caller has a turn. */
  async function write<T>(
    chatId: number,
    what: Writing,
    method: string,
    params: object,
    mayCost: boolean,
    read?: Read<T>,
  ): Promise<Outcome<T>> {
    const isPaid = await pace.depart(chatId, what, mayCost);
    const began = clock.ticks();
    const given = isPaid ? paidParams(params) : params;
    const outcome = await call<T>(method, given, undefined, undefined, read);
    const latency = clock.ticks() - began;
    if (isPaid && outcome.kind !== 'done' && outcome.kind !== 'unknown') pace.costNothing();
    if (isPaid && outcome.kind === 'refused' && outcome.why === 'unpaid') {
      pace.pay(0);
      return write(chatId, what, method, params, false, read);
    }
    if (outcome.kind === 'done') {
      pace.accepted(latency, isPaid);
      const id = what === 'edit' ? undefined : (outcome.result as { message_id?: number }).message_id;
      // 0: what only one member of a group was shown.
      if (id) sequence.accept(chatId, id);
    }
    if (outcome.kind === 'wait') refused(chatId, what, outcome.ms, latency, isPaid);
    return outcome;
  }

  const sent = (
    chat: Chat,
    what: Writing,
    message: Message,
    mayCost: boolean,
    keyboard?: object,
  ): Promise<Sent> =>
    message.rich
      ? write(chat.id, what, 'sendRichMessage', sendParams(chat, message, keyboard), mayCost)
      : write(chat.id, what, 'sendMessage', sendParams(chat, message, keyboard), mayCost, readSent);

  const edited = (chatId: number, messageId: number, message: Message): Promise<Outcome<unknown>> =>
    write(chatId, 'edit', 'editMessageText', editParams(chatId, messageId, message), false);

  return {
    pace,
    contact,
    sequence,
    get username() {
      return caller.username;
    },
    call,
    send: (chat, message, mayCost = false) => sent(chat, 'news', message, mayCost),
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
        // While a story that is paid for uses up the free messages, an answer costs as much or does not arrive.
        inTurn(options, chat.id, 'answer', asker, () => sent(chat, 'answer', form, true, keyboard)),
      ),
    redraw: (asker, chatId, messageId, message) =>
      inSimplerForms(message, (form) =>
        inTurn(options, chatId, 'edit', { ...asker, name: `${chatId} ${messageId}` }, () =>
          edited(chatId, messageId, form),
        ),
      ),
    async whisper(asker, chat, to, message) {
      if (!(await pace.turn('answer', undefined, asker))) return { kind: 'wait', ms: 0 };
      return call(
        message.rich ? 'sendRichMessage' : 'sendMessage',
        whisperParams(chat, to, message),
        WHISPER_MS,
      );
    },
    offer: (query, offers, params) =>
      call<true>('answerInlineQuery', {
        inline_query_id: query,
        results: offers.map(offerParams),
        ...params,
      }),
    close: () => caller.close(),
  };
}

/** Where Telegram refuses the content, a simpler form of it is tried. */
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
