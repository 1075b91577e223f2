/**
 * The one door to the Bot API: the news and the answers alike go through here, at the pace; a single call is `call.ts`.
 * Nothing is ever repeated blindly: an outcome says what is known.
 */
import type { Message, Offer } from '../news/message.ts';
import type { Chat } from '../news/subscriber.ts';
import { SECOND } from '../time.ts';
import { type Caller, type CallerOptions, createCaller } from './call.ts';
import type { Asker } from './askers.ts';
import type { Lane } from './lanes.ts';
import type { Outcome } from './outcome.ts';
import type { Pace } from './pace.ts';
import { createSequence, type Sequence } from './sequence.ts';
import { inTurn } from './turn.ts';
import { methodOf, offerParams, whisperParams } from './wire.ts';
import { createWriter, editing, sending, sendingPicture, type WriterOptions } from './write.ts';

type Sent = Outcome<{ message_id: number }>;

/** A call is made at once, without a turn of the pace; all else waits for one. */
export interface Telegram extends Caller {
  readonly pace: Pace;
  /** Message ids that are known, from answers and from updates. */
  readonly sequence: Sequence;
  /** Sends a message for which the caller has a turn. `mayCost`: it is one of those that the operator pays for. */
  send(chat: Chat, message: Message, mayCost?: boolean): Promise<Sent>;
  /** Puts `message` in place of an earlier one, at the pace of `lane`. */
  edit(chat: Chat, messageId: number, message: Message, lane?: Lane): Promise<Outcome<unknown>>;
  /** Deletes up to 100 messages; the caller has a turn. */
  remove(chat: Chat, messageIds: readonly number[]): Promise<Outcome<true>>;
  /** Answers somebody, waiting some seconds for the chat's pace and a turn. `keyboard`: instead of buttons, as the Bot API has it. */
  answer(asker: Asker, chat: Chat, message: Message, keyboard?: object): Promise<Sent>;
  /** Answers somebody with a picture, PNG. `caption`: HTML. */
  answerWithPicture(asker: Asker, chat: Chat, png: Uint8Array<ArrayBuffer>, caption: string): Promise<Sent>;
  /** Edits a message that is drawn again; of several that wait only the newest is. */
  redraw(asker: Asker, chatId: number, messageId: number, message: Message): Promise<Outcome<unknown>>;
  /** Shows a message to one person in answer to a press (Bot API 10.2): no message of the chat's, it waits for no pace of it. */
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

export function createTelegram(options: CallerOptions & WriterOptions): Telegram {
  const { pace } = options;
  const sequence = createSequence();
  const caller = createCaller(options);
  const { call, contact } = caller;
  const { write, toldToWait } = createWriter(call, sequence, options);

  return {
    pace,
    contact,
    sequence,
    get username() {
      return caller.username;
    },
    call,
    send: (chat, message, mayCost = false) => write(sending(chat, 'news', message, mayCost)),
    async edit(chat, messageId, message, lane = 'edit') {
      await pace.turn(lane);
      return write(editing(chat.id, messageId, message));
    },
    async remove(chat, messageIds) {
      const outcome = await call<true>('deleteMessages', { chat_id: chat.id, message_ids: messageIds });
      if (outcome.kind === 'wait') toldToWait(chat.id, 'edit', outcome.ms, 0);
      return outcome;
    },
    answer: (asker, chat, message, keyboard) =>
      // While a story that is paid for uses up the free messages, an answer costs as much or does not arrive.
      inTurn(options, chat.id, 'answer', asker, () =>
        write(sending(chat, 'answer', message, true, keyboard)),
      ),
    answerWithPicture: (asker, chat, png, caption) =>
      inTurn(options, chat.id, 'answer', asker, () => write(sendingPicture(chat, png, caption))),
    redraw: (asker, chatId, messageId, message) =>
      inTurn(options, chatId, 'edit', { ...asker, name: `${chatId} ${messageId}` }, () =>
        write(editing(chatId, messageId, message)),
      ),
    async whisper(asker, chat, to, message) {
      if (!(await pace.turn('answer', undefined, asker))) return { kind: 'wait', ms: 0 };
      return call(methodOf(message), whisperParams(chat, to, message), WHISPER_MS);
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
