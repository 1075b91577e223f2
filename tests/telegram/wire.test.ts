/** A message as it is written for Telegram: once for all who read it, and to each chat by itself. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Message } from '#src/news/message.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { sendBody, sendParams } from '#src/telegram/wire.ts';

const anyMessage: fc.Arbitrary<Message> = fc.record(
  {
    text: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('«Новыя кнігі» '.repeat(2000))),
    preview: fc.record({ url: fc.webUrl(), large: fc.boolean(), above: fc.boolean() }),
    buttons: fc.array(fc.array(fc.record({ text: fc.string(), press: fc.string() }))),
    silent: fc.boolean(),
    protect: fc.boolean(),
    replyTo: fc.nat(),
    rich: fc.constant({ blocks: [{ type: 'paragraph' as const, text: 'Snow' }], buttons: [] }),
  },
  { requiredKeys: ['text'] },
);
const anyChat: fc.Arbitrary<Chat> = fc.record(
  { id: fc.maxSafeInteger(), thread: fc.nat(), kind: fc.constant('group') },
  { requiredKeys: ['id', 'kind'] },
);

it('goes to each of many chats as if it were written for that chat alone, free or paid for', () => {
  fc.assert(
    fc.property(anyMessage, fc.array(anyChat, { minLength: 2 }), fc.boolean(), (message, chats, isPaid) => {
      for (const chat of chats) {
        const alone: unknown = JSON.parse(JSON.stringify(sendParams(chat, message)));
        const paid = isPaid ? { allow_paid_broadcast: true } : {};
        expect(JSON.parse(sendBody(chat, message, isPaid).toString())).toEqual({
          ...(alone as object),
          ...paid,
        });
      }
    }),
  );
});

it('has the keyboard of an answer in the place of its buttons, and keeps the buttons elsewhere', () => {
  const chat: Chat = { id: 5, kind: 'person' };
  const message: Message = { text: 'Which?', buttons: [[{ text: 'This', press: 'this' }]] };
  const keyboard = { keyboard: [[{ text: 'Group' }]] };
  expect(JSON.parse(sendBody(chat, message, false, keyboard).toString())).toMatchObject({
    reply_markup: keyboard,
  });
  expect(JSON.parse(sendBody(chat, message, false).toString())).toMatchObject({
    reply_markup: { inline_keyboard: [[{ text: 'This', callback_data: 'this' }]] },
  });
});
