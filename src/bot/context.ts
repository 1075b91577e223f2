/** Context of an update for every handler: the chat, its record, its language. */
import { Context, type MiddlewareFn } from 'grammy';
import type { Desk } from '../desk/desk.ts';
import { chatReturned, findChat } from '../desk/chats/subscribe.ts';
import { type Edition, editionFor } from '../news/edition.ts';
import type { Chat, Subscriber } from '../news/subscriber.ts';
import type { Dealing } from '../desk/memory/memory.ts';
import { chatKey } from '../desk/memory/strangers.ts';
import type { Locale } from '../render/locale.ts';
import { readPress, type Press } from './buttons.ts';
import { type Command, ownWords, readCommand } from './commands.ts';

/** Where an update came from and what it asks. */
export class Here {
  readonly desk: Desk;
  readonly chat: Chat;
  readonly command: Command | undefined;
  /** Undefined for a press that we do not know (any more), too. */
  readonly press: Press | undefined;
  /** The chat's record; handlers keep it current. Undefined: a stranger. */
  subscriber: Subscriber | undefined;
  /** The chat was forgotten while this update was handled: nothing of it may be noted any more. */
  forgotten = false;
  /** Its work is begun, or it has waited in line for it: it is not left undone any more because many others wait. */
  patient: boolean;
  /** It is answered: not left alone as too much, or as what others say among themselves. */
  permitted = false;
  /** Messages that the bot wrote while it handled this update. */
  readonly said: { readonly chat: number; readonly message: number; readonly perhaps?: true }[] = [];
  /** The button press was answered. */
  answered = false;
  private readonly dealing: Dealing;
  private readonly spoken: Edition;

  constructor(
    known: Pick<Here, 'desk' | 'chat' | 'command' | 'press' | 'subscriber' | 'patient'>,
    dealing: Dealing,
    spoken: Edition,
  ) {
    this.desk = known.desk;
    this.chat = known.chat;
    this.command = known.command;
    this.press = known.press;
    this.subscriber = known.subscriber;
    this.patient = known.patient;
    this.spoken = spoken;
    this.dealing = dealing;
  }

  /** Another update has had `chat` forgotten since this one began: it says nothing there any more. */
  isTooLateFor(chat: Chat): boolean {
    return !this.forgotten && this.dealing.forgotten.has(chatKey(chat));
  }

  /** The chat's edition; for a stranger the nearest to the language of their Telegram. */
  get edition(): Edition {
    return this.subscriber?.settings.edition ?? this.spoken;
  }

  get locale(): Locale {
    return this.desk.locales.for(this.edition, this.subscriber?.settings.script);
  }

  /** Whether the chat gets the news, or will again once a pause ends. */
  get subscribed(): boolean {
    return this.subscriber !== undefined && this.subscriber.state !== 'idle';
  }
}

export type Counter = Context & { here: Here; dealing: Dealing };

const wasCalled = ({ memory: { gates } }: Desk, update: Counter['update']): boolean =>
  gates.reader.line.called.has(update) || gates.stranger.line.called.has(update);

/** Puts `ctx.here` in place; updates that belong to no chat of ours end here. */
export function meet(desk: Desk): MiddlewareFn<Counter> {
  return async (ctx, next) => {
    const chat = chatOf(ctx);
    if (!chat) return;
    const data = ctx.callbackQuery?.data;
    const known = await findChat(desk, chat);
    // A chat that writes to the bot is not lost, whatever Telegram said before.
    const isBack =
      known?.state === 'left' && chat.kind === 'person' && (ctx.message ?? ctx.callbackQuery?.message);
    ctx.here = new Here(
      {
        desk,
        chat,
        command: readCommand(ownWords(ctx.message ?? ctx.channelPost), ctx.me.username),
        press: data === undefined ? undefined : readPress(data),
        subscriber: isBack ? await chatReturned(desk, chat) : known,
        patient: wasCalled(desk, ctx.update),
      },
      ctx.dealing,
      editionFor(ctx.from?.language_code),
    );
    await next();
  };
}

/** The chat of an update as we count chats: a forum topic is one of its own, an inline query belongs to its asker. */
function chatOf(ctx: Context): Chat | undefined {
  if (ctx.inlineQuery) return { id: ctx.inlineQuery.from.id, kind: 'person' };
  const { chat } = ctx;
  if (!chat) return ctx.callbackQuery ? { id: ctx.callbackQuery.from.id, kind: 'person' } : undefined;
  if (chat.type === 'private') return { id: chat.id, kind: 'person' };
  if (chat.type === 'channel') return { id: chat.id, kind: 'channel' };
  const message = ctx.message ?? ctx.callbackQuery?.message;
  if (message && 'is_topic_message' in message && message.is_topic_message && message.message_thread_id)
    return { id: chat.id, thread: message.message_thread_id, kind: 'topic' };
  return { id: chat.id, kind: 'group' };
}
