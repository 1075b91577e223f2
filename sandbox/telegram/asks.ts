/** Questions of a person that a bot answers: presses of buttons, inline queries. */
import type { InlineAnswer, InlineResult, PressAnswer } from './answer.ts';
import type { AnyChat, PersonRecord, PrivateChat, StoredMessage } from './chat.ts';
import { finishDraft, formatted } from './content.ts';
import { announce } from './events.ts';
import { isObject, textOf } from './params.ts';
import { allBlocks, readRich, settleRich } from './rich.ts';
import { TEXT_LIMIT } from './send.ts';
import type { WireButton, WireMessage } from './wire.ts';
import { type Bot, findMessage, type Waiting, type World, writeMessage } from './world.ts';

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

/** A person at a bot, in the chat of these two. */
export interface Scene {
  readonly world: World;
  readonly bot: Bot;
  readonly record: PersonRecord;
  readonly chat: PrivateChat;
  /** Answers of the bot to presses so far, oldest first. */
  readonly answers: PressAnswer[];
}

const PRESS_WAIT = 150_000;
const INLINE_WAIT = 30_000;
/** Presses kept; only those of the last 15 s count. */
const MOST_PRESSES = 10_000;

export async function press(
  scene: Scene,
  messageId: number,
  which: Which,
  options: { chat?: number } = {},
): Promise<Pressed | undefined> {
  const { world, bot, record, answers } = scene;
  const { id } = record.user;
  const place = placeOf(scene, options.chat);
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
}

export async function askInline(
  scene: Scene,
  query: string,
  offset = '',
  options: { chatType?: string } = {},
): Promise<InlineAnswer | undefined> {
  const { world, bot, record } = scene;
  const answer = await ask(world, bot, 'inline', INLINE_WAIT, (queryId) =>
    bot.updates.push(
      'inline_query',
      { id: queryId, from: record.user, query, offset, chat_type: options.chatType ?? 'sender' },
      `i${record.user.id}`,
    ),
  );
  return answer as InlineAnswer | undefined;
}

export function choose(
  scene: Scene,
  result: InlineResult,
  query = '',
  options: { chat?: number } = {},
): number {
  const { world, bot, record } = scene;
  const place = placeOf(scene, options.chat);
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
    `i${record.user.id}`,
  );
  announce(world, stored);
  return stored.wire.message_id;
}

export function placeOf({ world, chat }: Scene, id: number | undefined): AnyChat {
  const place = id === undefined ? chat : world.chats.get(id);
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
