/**
 * Messages for one member of a group (Bot API 10.2): others never see them, no history keeps them, their message id is
 * 0. Rules from the published types and live reports: an administrator may write to any member at any time, any bot may
 * answer a press within 15 s; nowhere but in groups.
 */
import { isAdministrator, membership } from './access.ts';
import { integerOf, isObject, jsonOf, textOf, type Params } from './params.ts';
import { reachChat } from './access.ts';
import { seconds, type Bot, type World } from './world.ts';
import type { AnyChat } from './chat.ts';
import type { RichMessage } from './rich-wire.ts';
import { badRequest, type WireMarkup, type WireMessage } from './wire.ts';

/** The receiver, and the press that is answered. */
export interface Receiver {
  readonly userId: number;
  readonly queryId: string;
}

/** How long after a press it may be answered so. */
const ANSWERABLE_MS = 15_000;

/** Undefined where none is meant, and on servers that do not know the parameter: those pass it over without a word. */
export function readReceiver(world: World, params: Params): Receiver | undefined {
  if (world.server === '10.1' || world.server === 'before rich') return undefined;
  const given = jsonOf(
    params,
    'ephemeral_message_parameters',
    "can't parse ephemeral message parameters JSON object",
  );
  if (given === undefined) return undefined;
  if (!isObject(given)) throw badRequest('object expected as ephemeral message parameters');
  return { userId: integerOf(given, 'receiver_user_id'), queryId: textOf(given, 'callback_query_id') };
}

/** Refuses what Telegram refuses: who may write to whom, and when. */
export function checkReceiver(world: World, bot: Bot, chat: AnyChat, { userId, queryId }: Receiver): void {
  if (chat.kind === 'private' || chat.kind === 'channel') throw badRequest('BOT_NOT_ADMIN');
  if (['left', 'kicked'].includes(membership(chat, userId).status)) throw badRequest('USER_NOT_PARTICIPANT');
  const press = world.presses.get(queryId);
  const answers =
    press?.personId === userId &&
    press.chatId === chat.wire.id &&
    world.clock.now() - press.at <= ANSWERABLE_MS;
  if (!answers && !isAdministrator(chat, bot.user.id)) throw badRequest('BOT_NOT_ADMIN');
}

/** Most bytes of a rich message for one member; its pictures are such as were uploaded before. */
const WHISPER_BYTES = 45 * 1024;

/** Refuses a rich message that others may get, but not one member alone. */
export function checkWhisper({ blocks }: RichMessage): void {
  if (Buffer.byteLength(JSON.stringify(blocks)) > WHISPER_BYTES) throw badRequest('RICH_MESSAGE_TOO_LARGE');
  if (/"photo":"https?:/.test(JSON.stringify(blocks))) throw badRequest('RICH_MESSAGE_FILE_ID_INVALID');
}

/** Shows it to its receiver, unless it is lost on the way: delivery is not promised. Ids count up from the free ones. */
export function showEphemeral(
  world: World,
  bot: Bot,
  chat: AnyChat,
  { userId }: Receiver,
  content: Partial<WireMessage>,
  markup: WireMarkup | undefined,
): WireMessage {
  const taken = new Set(
    world.ephemerals
      .filter((one) => one.chatId === chat.wire.id)
      .map(({ wire }) => wire.ephemeral_message_id),
  );
  let id = 1;
  while (taken.has(id)) id += 1;
  const receiver = world.people.get(userId)?.user;
  const wire: WireMessage = {
    message_id: 0,
    ephemeral_message_id: id,
    from: bot.user,
    ...(receiver && { receiver_user: receiver }),
    chat: chat.wire,
    date: seconds(world.clock.now()),
    ...content,
    ...(markup && { reply_markup: markup }),
  };
  if (world.random() >= world.ephemeralLoss)
    world.ephemerals.push({ chatId: chat.wire.id, receiver: userId, wire });
  return wire;
}

export function deleteEphemeralMessage(world: World, bot: Bot, params: Params): true {
  const chat = reachChat(world, bot, params, 'write');
  const receiver = integerOf(params, 'receiver_user_id');
  const id = integerOf(params, 'ephemeral_message_id');
  const at = world.ephemerals.findIndex(
    (one) => one.chatId === chat.wire.id && one.receiver === receiver && one.wire.ephemeral_message_id === id,
  );
  if (at < 0) throw badRequest('message to delete not found');
  world.ephemerals.splice(at, 1);
  return true;
}
