/** A call that writes into a chat: it keeps to the pace and teaches it, may be paid for, and leaves a message id. */
import type { Message } from '../news/message.ts';
import type { Chat } from '../news/subscriber.ts';
import type { Clock } from '../time.ts';
import type { Caller, Read } from './call.ts';
import type { Writing } from './chat-pace.ts';
import { type Outcome, readSent } from './outcome.ts';
import type { Pace } from './pace.ts';
import type { Sequence } from './sequence.ts';
import { slowModes } from './slow-mode.ts';
import { editParams, methodOf, pictureForm, sendBody } from './wire.ts';

/** A call as the Bot API takes it, and into which chat it writes. */
interface Write<T> {
  readonly chatId: number;
  readonly what: Writing;
  readonly method: string;
  /** As `Caller.call` takes them; `isPaid`: the call is to be paid for where it is too much for all. */
  readonly params: (isPaid: boolean) => Parameters<Caller['call']>[1];
  /** It is one of those that the operator pays for. */
  readonly mayCost?: boolean;
  readonly read?: Read<T> | undefined;
}

interface Sent {
  readonly message_id: number;
}

/** `keyboard`: instead of buttons, as the Bot API has it. */
export const sending = (
  chat: Chat,
  what: Writing,
  message: Message,
  mayCost: boolean,
  keyboard?: object,
): Write<Sent> => ({
  chatId: chat.id,
  what,
  method: methodOf(message),
  params: (isPaid) => sendBody(chat, message, isPaid, keyboard),
  mayCost,
  read: message.rich ? undefined : readSent,
});

export const sendingPicture = (...[chat, png, caption]: Parameters<typeof pictureForm>): Write<Sent> => ({
  chatId: chat.id,
  what: 'answer',
  method: 'sendPhoto',
  params: () => pictureForm(chat, png, caption),
  read: readSent,
});

export const editing = (chatId: number, messageId: number, message: Message): Write<unknown> => ({
  chatId,
  what: 'edit',
  method: 'editMessageText',
  params: () => editParams(chatId, messageId, message),
});

export interface WriterOptions {
  readonly clock: Clock;
  readonly pace: Pace;
  /** Told whom Telegram wants to wait: one chat, or all of them, for `pace.floodMs`. */
  readonly onWait?: (whom: 'chat' | 'all') => void;
}

export function createWriter(call: Caller['call'], sequence: Sequence, options: WriterOptions) {
  const { clock, pace } = options;
  const learnSlowMode = slowModes(call, options);

  /** Telegram wants a chat to wait. */
  const toldToWait = (...told: Parameters<Pace['refused']>): void => {
    if (told[0] < 0) void learnSlowMode(told[0]);
    const isOfAll = pace.refused(...told);
    options.onWait?.(isOfAll ? 'all' : 'chat');
  };

  /** Makes a call for which the caller has a turn. */
  async function write<T>(wanted: Write<T>): Promise<Outcome<T>> {
    const { chatId, what, method, params, mayCost, read } = wanted;
    const isPaid = await pace.depart(chatId, what, mayCost);
    const began = clock.ticks();
    const outcome = await call<T>(method, params(isPaid), undefined, undefined, read);
    const latency = clock.ticks() - began;
    if (isPaid && outcome.kind !== 'done' && outcome.kind !== 'unknown') pace.paid.costNothing();
    if (isPaid && outcome.kind === 'refused' && outcome.why === 'unpaid') {
      pace.paid.allow(0);
      return write({ ...wanted, mayCost: false });
    }
    if (outcome.kind === 'done') {
      pace.accepted(latency, isPaid);
      const id = what === 'edit' ? undefined : (outcome.result as { message_id?: number }).message_id;
      // 0: what only one member of a group was shown.
      if (id) sequence.accept(chatId, id, began);
    }
    if (outcome.kind === 'wait') toldToWait(chatId, what, outcome.ms, latency, isPaid);
    return outcome;
  }

  return { write, toldToWait };
}
