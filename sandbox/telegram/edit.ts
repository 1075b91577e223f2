/** Methods that change a message or take it away. */
import { mayDo, reachChat } from './access.ts';
import { checkEntityBytes, finishDraft, readDraft, readPreview } from './content.ts';
import { checkButtonData, fitMarkup, readMarkup } from './markup.ts';
import { integerOf, jsonOf, textOf, type Params } from './params.ts';
import { checkRich, readRich, settleRich } from './rich.ts';
import { fetchPhotos } from './rich-photos.ts';
import { passBackend } from './backend.ts';
import { CAPTION_LIMIT, TEXT_LIMIT } from './send.ts';
import { findMessage, rewrite, seconds, type Bot, type World } from './world.ts';
import type { AnyChat, StoredMessage } from './chat.ts';
import { badRequest, type WireMarkup, type WireMessage } from './wire.ts';

const TWO_DAYS = 2 * 86_400_000;
const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** Kind of an edit: text or caption with its markup, or markup alone. */
type Change = { readonly fields: Partial<WireMessage>; readonly drops: readonly (keyof WireMessage)[] };

/** Fields that go with a text. */
const OF_TEXT = ['entities', 'link_preview_options'] as const;

export async function editMessageText(world: World, bot: Bot, params: Params): Promise<WireMessage | true> {
  const rich = world.server === 'before rich' ? undefined : readRich(world, params);
  const preview = readPreview(params);
  const draft = rich ? undefined : readDraft(params, 'text');
  const markup = readMarkup(world, params);
  const target = findTarget(world, bot, params);
  checkEditable(world, bot, target, false);
  if (target.wire.text === undefined && target.wire.rich_message === undefined)
    throw badRequest('there is no text in the message to edit');
  if (markup.other) throw badRequest('inline keyboard expected');
  const { inline } = fitMarkup(markup, target.chat);
  if (rich) {
    checkRich(rich);
    await fetchPhotos(world, rich.blocks);
    const fields = { rich_message: settleRich(world, rich) };
    return change(world, bot, params, target, inline, { fields, drops: ['text', ...OF_TEXT] });
  }
  const body = finishDraft(world, draft ?? { text: '', entities: [] }, TEXT_LIMIT, 'message');
  checkEntityBytes(body.entities);
  const fields = {
    text: body.text,
    ...(body.entities.length > 0 && { entities: body.entities }),
    ...(preview && { link_preview_options: preview }),
  };
  return change(world, bot, params, target, inline, { fields, drops: ['rich_message', ...OF_TEXT] });
}

export async function editMessageCaption(
  world: World,
  bot: Bot,
  params: Params,
): Promise<WireMessage | true> {
  const draft = readDraft(params, 'caption');
  const markup = readMarkup(world, params);
  const target = findTarget(world, bot, params);
  checkEditable(world, bot, target, false);
  if (!target.wire.photo) throw badRequest('there is no caption in the message to edit');
  if (markup.other) throw badRequest('inline keyboard expected');
  const { inline } = fitMarkup(markup, target.chat);
  const body = finishDraft(world, draft, CAPTION_LIMIT, 'caption');
  const fields = {
    ...(body.text !== '' && { caption: body.text }),
    ...(body.entities.length > 0 && { caption_entities: body.entities }),
  };
  return change(world, bot, params, target, inline, { fields, drops: ['caption', 'caption_entities'] });
}

export async function editMessageReplyMarkup(
  world: World,
  bot: Bot,
  params: Params,
): Promise<WireMessage | true> {
  const markup = readMarkup(world, params);
  const target = findTarget(world, bot, params);
  checkEditable(world, bot, target, true);
  if (markup.other) throw badRequest('inline keyboard expected');
  const { inline } = fitMarkup(markup, target.chat);
  return change(world, bot, params, target, inline, { fields: {}, drops: [] });
}

function findTarget(world: World, bot: Bot, params: Params): StoredMessage {
  const inlineId = textOf(params, 'inline_message_id');
  if (textOf(params, 'chat_id') === '' && integerOf(params, 'message_id') === 0) {
    if (inlineId === '') throw badRequest('message identifier is not specified');
    const found = world.inlineMessages.get(inlineId);
    if (!found) throw badRequest('MESSAGE_ID_INVALID');
    return found;
  }
  const chat = reachChat(world, bot, params, 'edit');
  const found = findMessage(chat, integerOf(params, 'message_id'));
  if (!found) throw badRequest('message to edit not found');
  return found;
}

/** A bot edits its own messages without limit of age, others' posts only in a channel where it may edit messages. */
function checkEditable(world: World, bot: Bot, target: StoredMessage, onlyMarkup: boolean): void {
  const cannot = badRequest("message can't be edited");
  if (target.keyboard || target.forwarded || target.service) throw cannot;
  if (target.wire.via_bot?.id === bot.user.id) return;
  const own = target.senderId === bot.user.id;
  if (target.chat.kind !== 'channel') {
    if (!own) throw cannot;
    return;
  }
  const editor = mayDo(target.chat, bot.user.id, 'can_edit_messages');
  if (!editor && !(own && mayDo(target.chat, bot.user.id, 'can_post_messages'))) throw cannot;
  if (!own && !editor && !onlyMarkup && world.clock.now() - target.sentAt >= TWO_DAYS) throw cannot;
}

async function change(
  world: World,
  bot: Bot,
  params: Params,
  target: StoredMessage,
  inline: WireMarkup | undefined,
  { fields, drops }: Change,
): Promise<WireMessage | true> {
  checkButtonData(inline);
  await passBackend(world, bot, target.chat, true);
  const kept: Partial<Record<keyof WireMessage, unknown>> = { ...target.wire };
  for (const name of [...drops, 'reply_markup' as const]) delete kept[name];
  const next = { ...kept, ...fields, ...(inline && { reply_markup: inline }) } as WireMessage;
  if (looks(next) === looks(target.wire)) throw badRequest(NOT_MODIFIED);
  const edited = { ...next, edit_date: seconds(world.clock.now()) };
  // A change of buttons alone leaves no "edited" mark.
  rewrite(world, target, drops.length === 0 ? next : edited);
  world.counters.edited();
  return textOf(params, 'inline_message_id') !== '' ? true : target.wire;
}

/** Everything of a message that an edit can change, as one comparable text. */
const looks = (wire: WireMessage): string =>
  JSON.stringify([
    wire.text,
    wire.rich_message ?? null,
    wire.entities ?? [],
    wire.caption,
    wire.caption_entities ?? [],
    wire.link_preview_options ?? null,
    wire.reply_markup ?? null,
  ]);

/** Whether Telegram lets the bot delete the message now; the refusal where it does not. */
function undeletable(world: World, bot: Bot, stored: StoredMessage): string | undefined {
  const { chat } = stored;
  const own = stored.senderId === bot.user.id;
  const old = world.clock.now() - stored.sentAt > TWO_DAYS;
  const cannot = "message can't be deleted";
  const forEveryone = "message can't be deleted for everyone";
  if (chat.kind === 'private') return old ? forEveryone : undefined;
  const cleaner =
    mayDo(chat, bot.user.id, 'can_delete_messages') && chat.members.get(bot.user.id)?.status !== 'member';
  if (chat.kind === 'group') return old || !(cleaner || (own && !stored.service)) ? forEveryone : undefined;
  if (chat.kind === 'channel') {
    const poster = own && mayDo(chat, bot.user.id, 'can_post_messages');
    if (!cleaner && !poster) return cannot;
  } else if (!cleaner && (!own || stored.service)) return cannot;
  // The first message of a channel or supergroup is its creation, which stays.
  if (stored.wire.message_id === 1 && stored.service) return cannot;
  return old ? cannot : undefined;
}

function remove(world: World, stored: StoredMessage): void {
  stored.deletedAt = world.clock.now();
  stored.chat.pinned = stored.chat.pinned.filter((id) => id !== stored.wire.message_id);
  world.counters.removed();
}

export function deleteMessage(world: World, bot: Bot, params: Params): true {
  const chat = reachChat(world, bot, params, 'write');
  const stored = findMessage(chat, integerOf(params, 'message_id'));
  if (!stored) throw badRequest('message to delete not found');
  const reason = undeletable(world, bot, stored);
  if (reason !== undefined) throw badRequest(reason);
  remove(world, stored);
  return true;
}

export function deleteMessages(world: World, bot: Bot, params: Params): true {
  const ids = readIds(params);
  const chat: AnyChat = reachChat(world, bot, params, 'write');
  const found = ids.flatMap((id) => findMessage(chat, id) ?? []);
  for (const stored of found) {
    const reason = undeletable(world, bot, stored);
    if (reason !== undefined) throw badRequest(reason);
  }
  for (const stored of found) remove(world, stored);
  return true;
}

function readIds(params: Params): number[] {
  const given = jsonOf(params, 'message_ids', "can't parse message_ids JSON object");
  if (given === undefined) throw badRequest('message identifiers are not specified');
  if (!Array.isArray(given)) throw badRequest('expected an Array of message identifiers');
  if (given.length > 100) throw badRequest('too many message identifiers specified');
  if (given.length === 0) throw badRequest('message identifiers are not specified');
  return given.map((item: unknown) => {
    const id = typeof item === 'number' || typeof item === 'string' ? Number(item) : Number.NaN;
    if (typeof item !== 'number' && typeof item !== 'string')
      throw badRequest('message identifier must be a Number');
    if (!Number.isInteger(id)) throw badRequest("can't parse message identifier as a Number");
    if (id <= 0) throw badRequest('invalid message identifier specified');
    return id;
  });
}
