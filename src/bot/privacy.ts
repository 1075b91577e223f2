/** What is stored about a chat, in full, and how all of it goes away. */
import { forgetChat } from '../desk/erase.ts';
import type { Message } from '../news/message.ts';
import { answerPress, line, say } from './answer.ts';
import type { Counter } from './context.ts';
import { chatKey, type Memory } from './memory.ts';
import type { Part } from './parts.ts';
import { button, languageRow, type Row } from './rows.ts';
import { describe } from './settings.ts';

/** The answer to `/forget` stays this long. */
const FAREWELL_MS = 30_000;

/** Answers that remove themselves: all at once when the bot stops, so that none stays behind. */
export interface Farewells {
  /** Removes a message after `FAREWELL_MS`. */
  add(ctx: Counter, message: number): void;
  /** Removes what is left, now. */
  finish(): Promise<void>;
}

export function createFarewells(): Farewells {
  const stopping = new AbortController();
  const waiting = new Set<Promise<void>>();
  return {
    add(ctx, message) {
      const { desk, chat } = ctx.here;
      const removal = desk.clock
        .sleep(FAREWELL_MS, stopping.signal)
        .then(() => ctx.api.deleteMessage(chat.id, message))
        .catch(() => undefined)
        .then(() => {
          waiting.delete(removal);
        });
      waiting.add(removal);
    },
    async finish() {
      stopping.abort();
      await Promise.all(waiting);
    },
  };
}

export const privacyPart = (memory: Memory, farewells: Farewells): Part => {
  const forget = async (ctx: Counter) => {
    const { here } = ctx;
    const { words } = here;
    const asked = ctx.message?.message_id ?? ctx.callbackQuery?.message?.message_id;
    const seen = memory.take(chatKey(here.chat));
    // From here on nothing of this update may be noted, not even if Telegram or Redis fails half-way.
    here.forgotten = true;
    const toast = answerPress(ctx, words.text('forgotten'));
    await forgetChat(here.desk, here.chat, asked === undefined ? seen : [...seen, asked]);
    await toast;
    const answer = await say(ctx, line(words.html('forgotten')));
    if (answer !== undefined) farewells.add(ctx, answer);
  };
  return {
    commands: {
      forget,
      privacy: async (ctx) => {
        await say(ctx, privacyScreen(ctx));
      },
    },
    presses: { forget },
  };
};

/** Every value that is stored about this chat, the honest line, and the way out. */
export function privacyScreen(ctx: Counter): Message {
  const { words, edition, subscribed } = ctx.here;
  const text = [
    ...stored(ctx),
    words.html('privacy-never'),
    words.html('privacy-honest'),
    words.html('privacy-how'),
  ];
  return line(text.join('\n\n'), [
    forgetRow(ctx),
    ...(subscribed
      ? ([[button(words.text('button-keep'), { on: 'go', screen: 'keep' })]] satisfies Row[])
      : []),
    languageRow(edition, 'privacy'),
  ]);
}

function stored(ctx: Counter): string[] {
  const { words, subscriber, subscribed } = ctx.here;
  if (!subscriber) return [words.html('privacy-first'), words.html('privacy-nothing')];
  const all = [words.html('privacy-list'), ...describe(ctx)].join('\n');
  return [words.html('privacy-first'), all, ...(subscribed ? [words.html('privacy-messages')] : [])];
}

const forgetRow = (ctx: Counter): Row => [
  button(ctx.here.words.text('button-forget'), { on: 'go', screen: 'forget' }),
];

/** The button asks once; the typed command does not. */
export function forgetScreen(ctx: Counter): Message {
  const { words } = ctx.here;
  return line(words.html('forget-ask'), [
    [button(words.text('button-forget'), { on: 'forget' })],
    [button(words.text('button-cancel'), { on: 'go', screen: 'privacy' })],
  ]);
}
