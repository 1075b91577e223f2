/** `/channels`: every way to lead the bot to a channel, group or topic, and the list of those that are set up. */
import type { MiddlewareFn } from 'grammy';
import type { KeyboardButton, MessageOrigin } from 'grammy/types';
import { countFormer } from '../../desk/chats/former.ts';
import { awaitedOf } from '../../desk/memory/expected.ts';
import { permission, type Where } from '../../desk/chats/permission.ts';
import {
  ANYBODY,
  cardsFor,
  dropOwner,
  handleFor,
  placeBehind,
  placesOwnedBy,
} from '../../desk/chats/owners.ts';
import type { Message } from '../../news/message.ts';
import { type Chat, isPlace, type Subscriber } from '../../news/subscriber.ts';
import { answerPress, line, redraw, say } from '../answer.ts';
import { titleIn } from './card.ts';
import { addButton, type Applicant, cardFor, pickRow } from './set-up.ts';
import { onCard } from './press.ts';
import { onTyped } from './typed.ts';
import type { Counter } from '../context.ts';
import { CARD_LINK, setUpLine } from '../set-up-link.ts';
import { button } from '../rows.ts';

/** Places of one person that a list shows. */
const MOST_LISTED = 50;

const applicantOf = (ctx: Counter): Applicant => ({ id: ctx.here.chat.id, locale: ctx.here.locale });

/** `/channels`, and whatever of places `/start` brings. */
export const onChannelsCommand: MiddlewareFn<Counter> = async (ctx, next) => {
  const { command, chat } = ctx.here;
  if (command?.name === 'channels' && ctx.message) {
    if (!isPlace(chat)) return onChannels(ctx);
    return say(ctx, setUpLine(ctx));
  }
  if (command?.name !== 'start' || chat.kind !== 'person') return next();
  if (command.argument.toLowerCase() === 'channels') return onChannels(ctx);
  if (command.argument.startsWith(CARD_LINK)) return openLink(ctx, command.argument.slice(CARD_LINK.length));
  await next();
  await bringCards(ctx);
};

/** Cards that waited for the person to start the bot, but for that of a place that was `shown` just now. */
async function bringCards(ctx: Counter, shown?: Chat): Promise<void> {
  const waiting = await cardsFor(ctx.here.desk, ctx.here.chat.id);
  for (const place of waiting)
    if (place.id !== shown?.id || place.thread !== shown.thread)
      await say(ctx, await cardFor(ctx, applicantOf(ctx), place));
}

/** Buttons of the list, and those of cards. */
export const onPlacePress: MiddlewareFn<Counter> = async (ctx, next) => {
  const { press, chat, locale } = ctx.here;
  if (press?.on !== 'place' && press?.on !== 'places' && press?.on !== 'pick') return next();
  if (chat.kind !== 'person') return answerPress(ctx, locale.text('toast-stale'));
  if (press.on === 'place') return onCard(ctx, press);
  if (press.on === 'places') return redraw(ctx, await listScreen(ctx));
  await askToPick(ctx);
};

/** The keys come first, so that the list with its buttons stands nearest to the thumb. */
async function onChannels(ctx: Counter): Promise<void> {
  await bringCards(ctx);
  await askToPick(ctx);
  const places = await ownPlaces(ctx);
  if (places.length > 0) await say(ctx, listOf(ctx, places));
  await offerFormer(ctx);
}

/** Places that a lost bot led: this one goes on in each as soon as it is added there. */
async function offerFormer(ctx: Counter): Promise<void> {
  const { desk, chat, locale } = ctx.here;
  const count = await countFormer(desk, chat.id);
  if (count === 0) return;
  const add = (kind: 'channel' | 'group') => [addButton(ctx.me.username, locale, kind)];
  await say(ctx, line(locale.html('channels-former', { count }), [add('channel'), add('group')]));
}

/** Telegram's own picker; only a reply keyboard can open it. In a channel the bot is given the right to post, no other. */
async function askToPick(ctx: Counter): Promise<void> {
  const { locale } = ctx.here;
  const text = [locale.html('channels-pick'), locale.html('channels-ways')].join('\n');
  const keys: KeyboardButton[] = [
    {
      text: locale.text('button-pick-channel'),
      request_chat: {
        request_id: 1,
        chat_is_channel: true,
        user_administrator_rights: { ...NO_RIGHTS, can_post_messages: true },
        bot_administrator_rights: { ...NO_RIGHTS, can_post_messages: true },
      },
    },
    {
      text: locale.text('button-pick-group'),
      request_chat: {
        request_id: 2,
        chat_is_channel: false,
        user_administrator_rights: { ...NO_RIGHTS, can_manage_chat: true },
        bot_is_member: true,
      },
    },
  ];
  const keyboard = keys.map((key) => [key]);
  await say(ctx, line(text), { keyboard, resize_keyboard: true, one_time_keyboard: true });
}

const NO_RIGHTS = {
  is_anonymous: false,
  can_manage_chat: false,
  can_delete_messages: false,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: false,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_send_welcome_messages: false,
};

interface Listed {
  readonly place: Subscriber;
  readonly name: string;
}

/** The person's places of which they are an administrator still. */
async function ownPlaces(ctx: Counter): Promise<Listed[]> {
  const { desk, chat, edition, locale } = ctx.here;
  const places = (await placesOwnedBy(desk, chat.id, edition)).slice(0, MOST_LISTED);
  const checked = await Promise.all(
    places.map(async (place): Promise<Listed | undefined> => {
      const found = await permission(desk, chat.id, place.chat);
      if (found.may) return { place, name: titleIn(locale, found) };
      if (found.denied) await dropOwner(desk, place, chat.id);
      return undefined;
    }),
  );
  return checked.filter((one) => one !== undefined).sort((one, other) => one.name.localeCompare(other.name));
}

const listScreen = async (ctx: Counter): Promise<Message> => listOf(ctx, await ownPlaces(ctx));

function listOf(ctx: Counter, places: readonly Listed[]): Message {
  const { desk, chat, locale } = ctx.here;
  const rows = places.map(({ place, name }) => {
    const handle = handleFor(desk, chat.id, place.chat);
    return [button(`${place.state === 'paused' ? '⏸ ' : ''}${name}`, { on: 'place', handle, act: 'c' })];
  });
  const text = places.length > 0 ? locale.html('channels-title') : locale.html('channels-none');
  return line(text, [...rows, pickRow(locale)]);
}

async function openLink(ctx: Counter, handle: string): Promise<void> {
  const { desk, locale } = ctx.here;
  const place = placeBehind(desk, ANYBODY, handle);
  const message = place
    ? await cardFor(ctx, applicantOf(ctx), place)
    : line(locale.html('obstacle-unseen'), [pickRow(locale)]);
  await say(ctx, message);
  // A card may be waiting for this very start.
  await bringCards(ctx, place);
}

/** Handles a message of set-up: a picked chat, a forwarded post, a name, words that a card waits for. */
export const onSetUp: MiddlewareFn<Counter> = async (ctx, next) => {
  const { message } = ctx;
  if (!message || ctx.here.chat.kind !== 'person') return next();
  // A signature may be nothing but the name of a channel.
  const wait = awaitedOf(ctx.here.desk, ctx.here.chat.id);
  const isSignature = wait?.for === 'card' && wait.what === 'signature';
  if (isSignature && (await onTyped(ctx))) return;
  const shared = message.chat_shared?.chat_id;
  const where =
    shared === undefined ? (originOf(message.forward_origin) ?? named(message.text)) : { id: shared };
  if (where !== undefined && message.via_bot === undefined)
    return say(ctx, await cardFor(ctx, applicantOf(ctx), where));
  if (await onTyped(ctx)) return;
  await next();
};

function originOf(origin: MessageOrigin | undefined): Where | undefined {
  if (origin?.type === 'channel') return { id: origin.chat.id };
  return origin?.type === 'chat' ? { id: origin.sender_chat.id } : undefined;
}

/** `@name`, `t.me/name`, the address of a post in it, also in a private chat (`t.me/c/<number>/<post>`). */
function named(text: string | undefined): Where | undefined {
  const words = (text ?? '').trim();
  const name =
    /^(?:@|(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.me\/(?:s\/)?)([a-z]\w{3,31})(?:\/\d+)*\/?$/i.exec(words);
  if (name?.[1]) return `@${name[1]}`;
  const number = /^(?:https?:\/\/)?(?:t|telegram)\.me\/c\/(\d{1,13})(?:\/\d+)*\/?$/i.exec(words);
  return number?.[1] ? { id: -(1_000_000_000_000 + Number(number[1])) } : undefined;
}
