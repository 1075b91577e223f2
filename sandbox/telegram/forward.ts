/** The origin of a forwarded message, and the copy of a post in its channel's discussion group. */
import { announce } from './events.ts';
import { seconds, writeMessage, type Bot, type World } from './world.ts';
import type { StoredMessage } from './chat.ts';
import type { WireMessage, WireUser } from './wire.ts';

/** In whose name Telegram itself writes. */
const TELEGRAM: WireUser = { id: 777_000, is_bot: false, first_name: 'Telegram' };

const CONTENT = [
  'text',
  'rich_message',
  'entities',
  'link_preview_options',
  'photo',
  'caption',
  'caption_entities',
  'location',
] as const;

export function contentOf(wire: WireMessage): Partial<WireMessage> {
  return Object.fromEntries(
    CONTENT.filter((name) => wire[name] !== undefined).map((name) => [name, wire[name]]),
  );
}

export function originOf({ wire, sentAt }: StoredMessage): Readonly<Record<string, unknown>> {
  const date = seconds(sentAt);
  if (wire.chat.type === 'channel')
    return { type: 'channel', date, chat: wire.chat, message_id: wire.message_id };
  if (wire.sender_chat) return { type: 'chat', date, sender_chat: wire.sender_chat };
  return { type: 'user', date, sender_user: wire.from };
}

/** Telegram puts each post of a channel with a linked group into that group, in the name of the channel. */
export function copyToDiscussion(world: World, bot: Bot, stored: StoredMessage): void {
  const { chat, wire, service } = stored;
  if (chat.kind !== 'channel' || chat.linked === undefined || service) return;
  const content = {
    ...contentOf(wire),
    sender_chat: chat.wire,
    is_automatic_forward: true as const,
    forward_origin: originOf(stored),
  };
  announce(
    world,
    writeMessage(world, { chat: chat.linked, bot, sender: TELEGRAM, content, forwarded: true }),
  );
}
