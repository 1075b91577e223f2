/** A chat of the local Telegram as the page draws it. */
import type { Newsroom } from '../newsroom/newsroom.ts';
import { linkedId } from '../newsroom/archive.ts';
import { picturePath } from '../newsroom/pages.ts';
import { isTongue, SITE_WORDS } from '../newsroom/words.ts';
import type { WireMessage } from '../telegram/wire.ts';
import { visibleRich } from '../telegram/rich.ts';
import type { RichBlock } from '../telegram/rich-wire.ts';
import type { MessageView } from '../telegram/telegram.ts';

/** Older messages of a chat are not drawn. */
const SHOWN = 80;

/** The viewer: their messages stand on the right. */
export interface Beholder {
  readonly id: number;
}

/** The newest messages of a chat, oldest first. */
export function messagesOf(
  views: readonly MessageView[],
  beholder: Beholder | undefined,
  newsroom: Newsroom,
) {
  const shown = views.slice(-SHOWN);
  const byId = new Map(views.map((view) => [view.id, view]));
  return shown.map((view) => ({
    id: view.id,
    at: view.sentAt,
    mine: beholder !== undefined && view.from === beholder.id && !view.wire.sender_chat,
    name: view.wire.sender_chat?.title ?? view.wire.from?.first_name ?? '',
    service: serviceOf(view),
    text: view.text,
    rich: view.rich && view.rich.blocks.map((block) => drawn(block, newsroom)),
    entities: view.entities,
    // Telegram shows no “edited” where only the buttons changed.
    edited: view.wire.edit_date !== undefined,
    silent: view.silent,
    pinned: view.pinned,
    protected: view.protected,
    thread: view.thread,
    signature: view.wire.author_signature,
    replyTo: replyOf(view, byId),
    preview: previewOf(view, newsroom),
    photo: view.photo && pictureOf(view.photo, newsroom),
    buttons: view.buttons.map((row) => row.map(buttonOf)),
  }));
}

/** Messages of a group that were shown to the viewer alone. */
export const ephemeralOf = (wire: WireMessage, newsroom: Newsroom) => ({
  id: -(wire.ephemeral_message_id ?? 0),
  at: wire.date * 1000,
  mine: false,
  name: wire.from?.first_name ?? '',
  text: wire.rich_message ? visibleRich(wire.rich_message) : (wire.text ?? ''),
  rich: wire.rich_message?.blocks.map((block) => drawn(block, newsroom)),
  entities: wire.entities ?? [],
  edited: false,
  alone: true,
  buttons: (wire.reply_markup?.inline_keyboard ?? []).map((row) => row.map(buttonOf)),
});

/** A block with its pictures where the page finds them. */
function drawn(block: RichBlock, newsroom: Newsroom): Readonly<Record<string, unknown>> {
  const inner = (blocks: readonly RichBlock[]) => blocks.map((one) => drawn(one, newsroom));
  return {
    ...block,
    ...(block.type === 'photo' && { picture: pictureOfBlock(block.photo, newsroom) }),
    ...(block.blocks && { blocks: inner(block.blocks) }),
    ...(block.items && { items: block.items.map((item) => ({ blocks: inner(item.blocks) })) }),
  };
}

function pictureOfBlock(photo: unknown, newsroom: Newsroom): string | undefined {
  const sizes = Array.isArray(photo) ? (photo as readonly Readonly<Record<string, unknown>>[]) : [];
  return pictureOf(plain(sizes.at(-1)?.['file_id']), newsroom);
}

/** The local Telegram makes a picture's id of its address; what was sent as a file is its own address. */
function pictureOf(id: string, newsroom: Newsroom): string | undefined {
  const address = Buffer.from(id.replace(/^photo-/, ''), 'base64url').toString();
  return address.startsWith('data:image/') ? address : newsroomPath(address, newsroom);
}

/** Only a string counts as text. */
const plain = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A service message that Telegram writes by itself; undefined for what somebody wrote. The page has the words. */
function serviceOf({ wire }: MessageView): { what: string; who?: string } | undefined {
  const who = wire.from?.first_name ?? wire.sender_chat?.title ?? '';
  if (wire.new_chat_members)
    return { what: 'joined', who: wire.new_chat_members.map(({ first_name }) => first_name).join(', ') };
  if (wire.left_chat_member) return { what: 'left', who: wire.left_chat_member.first_name };
  if (wire.pinned_message) return { what: 'pinned', who };
  if (wire.new_chat_title) return { what: 'title', who: wire.new_chat_title };
  if (wire.forum_topic_created) return { what: 'topic', who: plain(wire.forum_topic_created['name']) };
  if (wire.forum_topic_closed) return { what: 'topic-closed' };
  if (wire.forum_topic_reopened) return { what: 'topic-reopened' };
  if (wire.chat_shared) return { what: 'shared', who: plain(wire.chat_shared['title']) };
  if (wire.location) return { what: 'place' };
  if (wire.migrate_to_chat_id !== undefined || wire.migrate_from_chat_id !== undefined)
    return { what: 'supergroup' };
  return undefined;
}

function replyOf(view: MessageView, byId: ReadonlyMap<number, MessageView>) {
  const original = view.replyTo === undefined ? undefined : byId.get(view.replyTo);
  // In a forum every message replies to the creation of its topic; nobody shows that.
  if (!original || original.wire.forum_topic_created) return undefined;
  const { wire, text } = original;
  return {
    name: wire.sender_chat?.title ?? wire.from?.first_name ?? '',
    // One line, as the apps show it.
    text: text.replace(/\s+/g, ' ').slice(0, 90),
  };
}

function buttonOf(button: MessageView['buttons'][number][number]) {
  const { text, style } = button;
  const query = button.switch_inline_query ?? button.switch_inline_query_current_chat;
  if (button.url !== undefined) return { text, style, kind: 'url', url: button.url };
  if (query !== undefined) return { text, style, kind: 'inline', query };
  if (button.switch_inline_query_chosen_chat)
    return {
      text,
      style,
      kind: 'inline',
      query: plain(button.switch_inline_query_chosen_chat['query']),
    };
  if (button.disabled) return { text, style, kind: 'none' };
  if (button.copy_text) return { text, style, kind: 'copy', copy: button.copy_text.text };
  return { text, style, kind: 'press', data: button.callback_data };
}

/** The card that a phone makes of the first link. Only the newsroom's own pages can be looked into here. */
function previewOf({ preview, text, entities }: MessageView, newsroom: Newsroom) {
  if (preview?.is_disabled) return undefined;
  const link = entities.find(({ type }) => type === 'url' || type === 'text_link');
  const url = preview?.url ?? link?.url ?? (link && text.slice(link.offset, link.offset + link.length));
  const path = url && newsroomPath(url, newsroom);
  if (!path) return undefined;
  const common = {
    url,
    href: path,
    above: preview?.show_above_text ?? false,
    large: preview?.prefer_large_media ?? false,
  };
  if (path.startsWith('/pictures/')) return { ...common, picture: path };
  const [, tongue, , number] = path.split('/');
  const version = newsroom.stories().find(({ ids }) => ids.includes(Number(number)));
  if (!version || !isTongue(tongue)) return undefined;
  return {
    ...common,
    href: `/${version.tongue}/news/${linkedId(version)}`,
    site: SITE_WORDS[version.tongue].agency,
    title: version.draft.headline,
    text: version.draft.lead,
    ...(version.draft.picture ? { picture: picturePath(version) } : {}),
  };
}

/** The path of an address of the newsroom; undefined for any other. */
const newsroomPath = (url: string, newsroom: Newsroom): string | undefined =>
  url.startsWith(`${newsroom.url}/`) ? url.slice(newsroom.url.length) : undefined;

/** The reply keyboard that stands under a chat, if any. */
export function keyboardOf(views: readonly MessageView[]) {
  const last = views.findLast(({ keyboard }) => keyboard !== undefined);
  const rows = last?.keyboard?.['keyboard'];
  if (!last || !Array.isArray(rows)) return undefined;
  const used = views.some(({ id, fromBot }) => id > last.id && !fromBot);
  if (last.keyboard?.['one_time_keyboard'] === true && used) return undefined;
  return { rows: rows.map((row: unknown) => (Array.isArray(row) ? row.map(keyOf) : [])) };
}

function keyOf(key: unknown) {
  if (typeof key !== 'object' || key === null) return { text: String(key), kind: 'text' };
  const fields = key as Readonly<Record<string, unknown>>;
  const text = plain(fields['text']);
  const request = fields['request_chat'] as Readonly<Record<string, unknown>> | undefined;
  if (request)
    return {
      text,
      kind: 'chat',
      request: request['request_id'],
      channel: request['chat_is_channel'] === true,
    };
  return { text, kind: fields['request_location'] === true ? 'location' : 'text' };
}
