/** Methods that put a message into a chat: sending, copying, forwarding. */
import { mayDo, reachChat } from './access.ts';
import { passBackend } from './backend.ts';
import { checkEntityBytes, finishDraft, formatted, readDraft, readPreview, type Draft } from './content.ts';
import { announce } from './events.ts';
import { checkReceiver, checkWhisper, readReceiver, showEphemeral, type Receiver } from './ephemeral.ts';
import { contentOf, copyToDiscussion, originOf } from './forward.ts';
import { checkButtonData, fitMarkup, readMarkup, type Markup } from './markup.ts';
import { flagOf, integerOf, isObject, jsonOf, textOf, type Params } from './params.ts';
import { allBlocks, checkRich, crowded, readRich, settleRich } from './rich.ts';
import { fetchPhotos, photoId } from './rich-photos.ts';
import { findMessage, writeMessage, type Bot, type NewMessage, type World } from './world.ts';
import type { AnyChat, SharedChat, StoredMessage } from './chat.ts';
import { findTopic } from './topics.ts';
import { badRequest, tooMany, type WireMessage } from './wire.ts';

export const TEXT_LIMIT = 4096;
export const CAPTION_LIMIT = 1024;

/** Parameters common to all sending methods, read before any chat is looked at. */
interface Envelope {
  readonly reply: ReplyTarget | undefined;
  readonly markup: Markup;
  readonly silent: boolean;
  readonly protect: boolean;
  /** It may be paid for with Stars. */
  readonly paid: boolean;
  /** The one member who is to see it; undefined: all. */
  readonly receiver: Receiver | undefined;
}

interface ReplyTarget {
  readonly messageId: number;
  readonly chat: unknown;
  readonly optional: boolean;
}

function readEnvelope(world: World, params: Params): Envelope {
  const reply = readReply(params);
  return {
    reply,
    markup: readMarkup(world, params),
    silent: flagOf(params, 'disable_notification'),
    protect: flagOf(params, 'protect_content'),
    paid: flagOf(params, 'allow_paid_broadcast'),
    receiver: readReceiver(world, params),
  };
}

function readReply(params: Params): ReplyTarget | undefined {
  const given = jsonOf(params, 'reply_parameters', "can't parse reply parameters JSON object");
  if (given === undefined) {
    const messageId = integerOf(params, 'reply_to_message_id');
    const optional = flagOf(params, 'allow_sending_without_reply');
    return messageId > 0 ? { messageId, chat: undefined, optional } : undefined;
  }
  if (!isObject(given)) throw badRequest('object expected as reply parameters');
  const messageId = integerOf(given, 'message_id');
  if (messageId <= 0) return undefined;
  return { messageId, chat: given['chat_id'], optional: flagOf(given, 'allow_sending_without_reply') };
}

/** A chat found fit for writing, with the topic and the message replied to. */
interface Place {
  readonly chat: AnyChat;
  readonly thread: number | undefined;
  readonly replyTo: WireMessage | undefined;
}

/** Membership, then topic, then reply target, then the right to post: in this order, as Telegram checks them. */
function findPlace(world: World, bot: Bot, params: Params, envelope: Envelope): Place {
  const chat = reachChat(world, bot, params, 'write');
  let thread = findTopic(bot, chat, integerOf(params, 'message_thread_id'))?.id;
  const replyTo = findReply(world, bot, chat, envelope.reply);
  if (chat.kind === 'channel' && !mayDo(chat, bot.user.id, 'can_post_messages'))
    throw badRequest('need administrator rights in the channel chat');
  // A reply goes to the topic of the message that it answers.
  if (thread === undefined && replyTo?.is_topic_message && replyTo.chat.id === chat.wire.id)
    thread = replyTo.message_thread_id;
  return { chat, thread, replyTo };
}

/** The topic that a call names must be there and open. */
export function reachTopic(bot: Bot, chat: AnyChat, params: Params): void {
  checkTopic(bot, { chat, thread: findTopic(bot, chat, integerOf(params, 'message_thread_id'))?.id });
}

function checkTopic(bot: Bot, { chat, thread }: Pick<Place, 'chat' | 'thread'>): void {
  if (chat.kind !== 'supergroup' || thread === undefined || !chat.topics.get(thread)?.closed) return;
  if (!mayManage(chat, bot)) throw badRequest('TOPIC_CLOSED');
}

const mayManage = (chat: SharedChat, bot: Bot): boolean => mayDo(chat, bot.user.id, 'can_manage_topics');

function findReply(
  world: World,
  bot: Bot,
  chat: AnyChat,
  reply: ReplyTarget | undefined,
): WireMessage | undefined {
  if (!reply) return undefined;
  const elsewhere = reply.chat !== undefined && reply.chat !== null && String(reply.chat as string) !== '';
  const source = elsewhere ? reachChat(world, bot, { chat_id: reply.chat }, 'read') : chat;
  const found = findMessage(source, reply.messageId);
  if (!found && !reply.optional) throw badRequest('message to be replied not found');
  return found?.wire;
}

function checkRight(bot: Bot, chat: AnyChat, right: string, what: string): void {
  if (chat.kind === 'private' || chat.kind === 'channel' || mayDo(chat, bot.user.id, right)) return;
  throw badRequest(`not enough rights to send ${what} to the chat`);
}

async function post(
  world: World,
  bot: Bot,
  method: string,
  place: Place,
  envelope: Envelope,
  message: Pick<NewMessage, 'content' | 'forwarded'>,
): Promise<WireMessage> {
  const { chat, thread, replyTo } = place;
  checkTopic(bot, place);
  const { inline, other } = envelope.markup;
  checkButtonData(inline);
  checkEntityBytes(message.content.entities ?? message.content.caption_entities ?? []);
  if (envelope.receiver) checkReceiver(world, bot, chat, envelope.receiver);
  await passBackend(world, bot, chat, false, envelope.paid);
  if (envelope.receiver) return showEphemeral(world, bot, chat, envelope.receiver, message.content, inline);
  const stored = writeMessage(world, {
    chat,
    bot,
    sender: bot.user,
    thread,
    replyTo,
    markup: inline,
    keyboard: other,
    silent: envelope.silent,
    protect: envelope.protect,
    ...message,
  });
  world.counters.delivered({
    at: stored.sentAt,
    botId: bot.user.id,
    chatId: chat.wire.id,
    messageId: stored.wire.message_id,
    method,
    message: stored,
  });
  copyToDiscussion(world, bot, stored);
  // Other bots in the chat see it as far as they see others' messages.
  if (chat.kind !== 'private' && world.bots.size > 1) announceToOthers(world, stored);
  return stored.wire;
}

/** Bots do not see one another's messages in groups; in channels they do. */
function announceToOthers(world: World, stored: StoredMessage): void {
  if (stored.chat.kind === 'channel') announce(world, stored);
}

/** Where a message is to stand, and all that goes with it, with the markup that fits there. */
function openPost(world: World, bot: Bot, params: Params): { place: Place; envelope: Envelope } {
  const envelope = readEnvelope(world, params);
  const place = findPlace(world, bot, params, envelope);
  return { place, envelope: { ...envelope, markup: fitMarkup(envelope.markup, place.chat) } };
}

export async function sendMessage(world: World, bot: Bot, params: Params): Promise<WireMessage> {
  const preview = readPreview(params);
  const draft = readDraft(params, 'text');
  const { place, envelope } = openPost(world, bot, params);
  const body = finishDraft(world, draft, TEXT_LIMIT, 'message');
  checkRight(bot, place.chat, 'can_send_messages', 'text messages');
  const content = {
    text: body.text,
    ...(body.entities.length > 0 && { entities: body.entities }),
    ...(preview && { link_preview_options: preview }),
  };
  return post(world, bot, 'sendMessage', place, envelope, { content });
}

export async function sendRichMessage(world: World, bot: Bot, params: Params): Promise<WireMessage> {
  const rich = readRich(world, params);
  if (!rich) throw badRequest('rich message must be non-empty');
  const { place, envelope } = openPost(world, bot, params);
  checkRight(bot, place.chat, 'can_send_messages', 'the rich message');
  if (allBlocks(rich.blocks).some(({ type }) => type === 'photo'))
    checkRight(bot, place.chat, 'can_send_photos', 'the rich message');
  checkRich(rich);
  if (envelope.receiver) checkWhisper(rich);
  const wait = crowded(world, place.chat.wire.id);
  if (wait !== undefined) throw tooMany(wait);
  await fetchPhotos(world, rich.blocks);
  const content = { rich_message: settleRich(world, rich) };
  return post(world, bot, 'sendRichMessage', place, envelope, { content });
}

export async function sendPhoto(world: World, bot: Bot, params: Params): Promise<WireMessage> {
  const photo = textOf(params, 'photo');
  if (photo === '') throw badRequest('there is no photo in the request');
  const caption = readDraft(params, 'caption');
  const { place, envelope } = openPost(world, bot, params);
  const body = finishDraft(world, caption, CAPTION_LIMIT, 'caption');
  checkRight(bot, place.chat, 'can_send_photos', 'photos');
  const content = {
    photo: [photoSize(photo)],
    ...captionContent(body),
    ...(flagOf(params, 'show_caption_above_media') && { show_caption_above_media: true as const }),
  };
  return post(world, bot, 'sendPhoto', place, envelope, { content });
}

const captionContent = ({ text, entities }: Draft) => ({
  ...(text !== '' && { caption: text }),
  ...(entities.length > 0 && { caption_entities: entities }),
});

/** Nothing is fetched: any http(s) address passes for a picture of 1280x720, a file id for what it came from. */
function photoSize(photo: string): Readonly<Record<string, unknown>> {
  if (/^https?:\/\//i.test(photo)) {
    if (!URL.canParse(photo)) throw badRequest('wrong HTTP URL specified');
    return sized(photoId(photo));
  }
  if (!photo.startsWith('photo-'))
    throw badRequest('wrong remote file identifier specified: Wrong string length');
  return sized(photo);
}

const sized = (id: string) => ({
  file_id: id,
  file_unique_id: id.slice(-16),
  width: 1280,
  height: 720,
  file_size: 100_000,
});

/** The message that is to be copied or forwarded. */
function findSource(world: World, bot: Bot, params: Params, id: number, verb: string): StoredMessage {
  const source = reachChat(world, bot, params, 'read', 'from_chat_id');
  const found = findMessage(source, id);
  if (!found) throw badRequest(`message to ${verb} not found`);
  if (found.service || found.wire.has_protected_content)
    throw badRequest(`the message can't be ${verb === 'copy' ? 'copied' : 'forwarded'}`);
  return found;
}

export async function copyMessage(world: World, bot: Bot, params: Params): Promise<{ message_id: number }> {
  const envelope = readEnvelope(world, params);
  const caption = textOf(params, 'caption');
  const draft = caption === '' ? undefined : formatted(params, caption, 'caption_entities');
  const place = findPlace(world, bot, params, envelope);
  const found = findSource(world, bot, params, integerOf(params, 'message_id'), 'copy');
  const markup = fitMarkup(envelope.markup, place.chat);
  let content = contentOf(found.wire);
  if (draft && content.photo) {
    const { caption: _, caption_entities: __, ...rest } = content;
    content = { ...rest, ...captionContent(finishDraft(world, draft, CAPTION_LIMIT, 'caption')) };
  }
  checkRight(bot, place.chat, 'can_send_messages', 'text messages');
  const stored = await post(world, bot, 'copyMessage', place, { ...envelope, markup }, { content });
  return { message_id: stored.message_id };
}

export async function forwardMessage(world: World, bot: Bot, params: Params): Promise<WireMessage> {
  const envelope = readEnvelope(world, params);
  const place = findPlace(world, bot, params, envelope);
  const found = findSource(world, bot, params, integerOf(params, 'message_id'), 'forward');
  checkRight(bot, place.chat, 'can_send_messages', 'text messages');
  const content = { forward_origin: originOf(found), ...contentOf(found.wire) };
  return post(world, bot, 'forwardMessage', place, envelope, { content, forwarded: true });
}
