/** The commands in the reader's language, and a line for whatever is none. */
import { typedFreely } from '../matching/match.ts';
import type { Message } from '../news/message.ts';
import { isPlace } from '../news/subscriber.ts';
import { line, say } from './answer.ts';
import { OPERATOR_COMMANDS, READER_COMMANDS } from './commands.ts';
import type { Counter } from './context.ts';
import { followRow } from './follow.ts';
import { setUpLine } from './set-up-link.ts';
import { findRow } from './latest.ts';
import type { Part } from './parts.ts';
import { button, languageRow, latestRow } from './rows.ts';
import { isCarried, wroteLine } from './words-shown.ts';

export const helpPart: Part = {
  commands: {
    help: (ctx) => say(ctx, helpScreen(ctx)),
  },
};

export const isOperator = (ctx: Counter): boolean => ctx.here.desk.policy.adminIds.includes(ctx.here.chat.id);

/** Every command with what it does, in the order of Telegram's own menu; in a group one line. */
export function helpScreen(ctx: Counter): Message {
  const { chat, locale, edition } = ctx.here;
  if (isPlace(chat)) return setUpLine(ctx);
  const commands = READER_COMMANDS.map((name) => `/${name} — ${locale.html(`command-${name}`)}`);
  const operators = isOperator(ctx)
    ? [
        '',
        locale.html('help-operators'),
        ...OPERATOR_COMMANDS.map((name) => `/${name} — ${locale.html(`command-${name}`)}`),
        locale.html('operator-forget'),
      ]
    : [];
  return line(
    [locale.html('help-title'), '', ...commands, ...operators, '', locale.html('help-more')].join('\n'),
    [
      [...latestRow(locale), button(locale.text('button-settings'), { on: 'open', screen: 'settings' })],
      languageRow(edition, 'help'),
    ],
  );
}

/** One short line for free text and unknown commands; silence for Telegram's own service messages. */
export async function answerUnknown(ctx: Counter): Promise<void> {
  const { message, here } = ctx;
  if (!message || (here.chat.kind !== 'person' && here.command === undefined) || !isWritten(message)) return;
  const { locale, edition } = here;
  const words = typedFreely(message.text ?? '').replace(/\s+/g, ' ');
  // A long text is no search, unless it is one topic.
  const follow = followRow(ctx, words);
  const isShown = !isCarried(words) && follow.length > 0;
  const rows = [
    findRow(ctx, words, isShown),
    follow,
    [button(locale.text('button-help'), { on: 'go', screen: 'help' })],
    languageRow(edition, 'help'),
  ];
  const shown = isShown ? [wroteLine(locale, words)] : [];
  await say(ctx, line([...shown, locale.html('unknown')].join('\n'), rows));
}

/** Kinds of content that people write or send, as against Telegram telling what happened in the chat. */
const WRITTEN = 'text photo video voice video_note audio animation document sticker contact poll'.split(' ');

const isWritten = (message: object): boolean => WRITTEN.some((kind) => kind in message);
