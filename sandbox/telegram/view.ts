/** A message as a person sees it, for tests and for the sandbox page. */
import { visibleRich } from './rich.ts';
import type { RichMessage } from './rich-wire.ts';
import type { AnyChat, StoredMessage } from './chat.ts';
import type { WireButton, WireEntity, WireMessage, WirePreview } from './wire.ts';

export interface MessageView {
  readonly id: number;
  /** Ms since the epoch. */
  readonly sentAt: number;
  readonly editedAt?: number;
  readonly deletedAt?: number;
  /** Text or caption; of a rich message all that can be read in it. */
  readonly text: string;
  /** Absent where the reader's app cannot show it. */
  readonly rich?: RichMessage;
  readonly entities: readonly WireEntity[];
  /** Inline buttons, row by row. */
  readonly buttons: readonly (readonly WireButton[])[];
  /** Reply keyboard or its removal, as the bot gave it. */
  readonly keyboard?: Readonly<Record<string, unknown>>;
  /** Id of the bot or person behind it. */
  readonly from: number;
  readonly fromBot: boolean;
  readonly silent: boolean;
  readonly protected: boolean;
  readonly service: boolean;
  readonly replyTo?: number;
  readonly thread?: number;
  readonly preview?: WirePreview;
  readonly photo?: string;
  readonly pinned: boolean;
  /** The message as bots get it. */
  readonly wire: WireMessage;
}

function viewOf(stored: StoredMessage, botIds: { has(id: number): boolean }): MessageView {
  const { wire } = stored;
  const photo = wire.photo?.[0]?.['file_id'];
  return {
    id: wire.message_id,
    sentAt: stored.sentAt,
    ...(stored.editedAt !== undefined && { editedAt: stored.editedAt }),
    ...(stored.deletedAt !== undefined && { deletedAt: stored.deletedAt }),
    text: wire.text ?? wire.caption ?? (wire.rich_message ? visibleRich(wire.rich_message) : ''),
    ...(wire.rich_message && { rich: wire.rich_message }),
    entities: wire.entities ?? wire.caption_entities ?? [],
    buttons: wire.reply_markup?.inline_keyboard ?? [],
    ...(stored.keyboard && { keyboard: stored.keyboard }),
    from: stored.senderId,
    fromBot: botIds.has(stored.senderId),
    silent: stored.silent,
    protected: wire.has_protected_content === true,
    service: stored.service,
    ...(wire.reply_to_message && { replyTo: wire.reply_to_message.message_id }),
    ...(wire.message_thread_id !== undefined && { thread: wire.message_thread_id }),
    ...(wire.link_preview_options && { preview: wire.link_preview_options }),
    ...(typeof photo === 'string' && { photo }),
    pinned: stored.chat.pinned.includes(wire.message_id),
    wire,
  };
}

/** Messages in the chat now, oldest first. */
export const visible = (chat: AnyChat, botIds: { has(id: number): boolean }): MessageView[] =>
  [...chat.messages.values()]
    .filter(({ deletedAt }) => deletedAt === undefined)
    .map((stored) => viewOf(stored, botIds));

/** Everything that ever stood in the chat, deleted messages too, each with its former looks. */
export const history = (chat: AnyChat, botIds: { has(id: number): boolean }): MessageHistory[] =>
  [...chat.messages.values()].map((stored) => ({
    ...viewOf(stored, botIds),
    versions: [...stored.earlier, { at: stored.editedAt ?? stored.sentAt, wire: stored.wire }],
  }));

export interface MessageHistory extends MessageView {
  /** Every look it had, oldest first; the last is the present one. */
  readonly versions: readonly { readonly at: number; readonly wire: WireMessage }[];
}
