/**
 * Whether a person may set the bot up in a channel or group, and whether the bot may post there. Both are asked of
 * Telegram at binding and again at every change: rights go as they came, and whatever leads here may be forged.
 */
import { LIMITS } from '../../limits.ts';
import { type Chat, placeKind } from '../../news/subscriber.ts';
import type { Outcome, Refusal } from '../../telegram/outcome.ts';
import { patiently } from '../../telegram/patient.ts';
import { SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';

/**
 * Why somebody cannot set up a place.
 * - `unseen`: the bot does not see such a chat; also what a stranger to a private chat is told.
 * - `person`: it is a person or a bot.
 * - `absent`: the bot is not in it, so it cannot ask who its administrators are.
 * - `not_admin`: the person is no administrator. - `may_not_post`: is one, but may neither post nor manage.
 * - `unsure`: Telegram does not answer.
 */
export type Obstacle = 'unseen' | 'person' | 'absent' | 'not_admin' | 'may_not_post' | 'unsure';

/** Permissions in a place, by person. */
export type Permission =
  | {
      readonly may: true;
      /** The place as Telegram knows it now: under its new id where a group has moved. */
      readonly chat: Chat;
      readonly title: string;
      readonly forum: boolean;
      /** Channel whose posts Telegram copies into this group. */
      readonly linked?: number;
      /** A slow mode binds the bot there. */
      readonly slow: boolean;
      readonly bot: BotRights;
    }
  | {
      readonly may: false;
      readonly why: Obstacle;
      /** Telegram says that the person does not manage the place, whatever `why` tells them. */
      readonly denied?: true;
      readonly kind?: 'channel' | 'group';
      readonly title?: string;
    };

export interface BotRights {
  readonly post: boolean;
  readonly pin: boolean;
}

/** A chat by id, or a public one by its name with `@`. */
export type Where = Pick<Chat, 'id' | 'thread'> | string;

interface WireChat {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  readonly username?: string;
  readonly is_forum?: boolean;
  readonly linked_chat_id?: number;
  /** Seconds. */
  readonly slow_mode_delay?: number;
  readonly permissions?: Rights;
}

type Rights = Readonly<Partial<Record<string, boolean>>>;

/** The fields of a member in `getChatMember` and `my_chat_member` that matter here. */
export interface Member {
  readonly status: string;
}

/** A call that asks Telegram for something waits for this long at most before it is given up. */
const PATIENCE_MS = 5 * SECOND;

export async function permission(desk: Desk, person: number, where: Where): Promise<Permission> {
  const place = typeof where === 'string' ? undefined : where;
  const found = await askTelegram<WireChat>(desk, 'getChat', { chat_id: place?.id ?? where });
  const moved = (to: number) => permission(desk, person, { ...place, id: to });
  if (found.kind === 'refused' && found.migratedTo !== undefined) return moved(found.migratedTo);
  if (found.kind !== 'done') return { may: false, why: found.kind === 'refused' ? 'unseen' : 'unsure' };
  const { result } = found;
  if (result.type === 'private') return { may: false, why: 'person' };
  const kind = result.type === 'channel' ? 'channel' : 'group';
  const me = await askMember(desk, result);
  if (me.kind === 'refused' && me.migratedTo !== undefined) return moved(me.migratedTo);
  if (me.kind !== 'done' && me.kind !== 'refused') return { may: false, why: 'unsure' };
  const open = result.username !== undefined;
  const title = result.title ?? '';
  if (me.kind === 'refused' || !isIn(me.result))
    return { may: false, ...(open ? { why: 'absent', kind, title } : { why: 'unseen' }) };
  // Anybody may name any chat: of people only is asked where the bot is.
  const them = await askMember(desk, result, person);
  if (them.kind === 'refused') return { may: false, ...stranger(open, kind) };
  if (them.kind !== 'done') return { may: false, why: 'unsure' };
  const refused = personRefusal(kind, them.result);
  if (refused === 'not_admin')
    return { may: false, denied: true, ...stranger(open || isIn(them.result), kind) };
  if (refused) return { may: false, denied: true, why: refused, kind, title };
  const { id } = result;
  const chat: Chat = place?.thread === undefined ? { id, kind } : { id, thread: place.thread, kind: 'topic' };
  return {
    may: true,
    chat,
    title,
    forum: result.is_forum === true,
    ...(result.linked_chat_id === undefined ? {} : { linked: result.linked_chat_id }),
    slow: obeysSlowMode(desk, result, me.result),
    bot: botRights(kind, me.result, result.permissions),
  };
}

/** Has the pace obey a slow mode before Telegram refuses a message for it; administrators have none. */
function obeysSlowMode(desk: Desk, { id, slow_mode_delay: seconds = 0 }: WireChat, me: Member): boolean {
  if (seconds === 0 || me.status === 'administrator') return false;
  desk.telegram.pace.slow(id, seconds * SECOND);
  return true;
}

/** A stranger to a private chat does not even learn that the bot is in it. */
const stranger = (
  known: boolean,
  kind: 'channel' | 'group',
): { why: Obstacle; kind?: 'channel' | 'group' } => (known ? { why: 'not_admin', kind } : { why: 'unseen' });

/** Whether the person still administers the place and may post or manage there; undefined: Telegram cannot tell now. */
export async function isManager(desk: Desk, person: number, chat: Chat): Promise<boolean | undefined> {
  const answer = await askMember(desk, chat, person);
  if (answer.kind !== 'done') return undefined;
  return personRefusal(placeKind(chat), answer.result) === undefined;
}

/** The rights of anybody, who may ask often: that they do not is believed for a while. */
export async function seemsManager(desk: Desk, person: number, chat: Chat): Promise<boolean> {
  const { members } = desk.memory;
  const who = `${chat.id} ${person}`;
  const now = desk.clock.ticks();
  if (now - (members.get(who) ?? Number.NEGATIVE_INFINITY) < LIMITS.member) {
    desk.telegram.pace.bites.bite('member');
    return false;
  }
  const manages = await isManager(desk, person, chat);
  if (manages === false) members.set(who, now);
  return manages === true;
}

/** In a channel administrators post by a right of its own; in a group every administrator may write. */
function personRefusal(kind: 'channel' | 'group', member: Member): 'not_admin' | 'may_not_post' | undefined {
  if (member.status === 'creator') return undefined;
  if (member.status !== 'administrator') return 'not_admin';
  const manages = has(member, 'can_post_messages') || has(member, 'can_change_info');
  return kind === 'group' || manages ? undefined : 'may_not_post';
}

/** Whether the member is in the chat, restricted or not. */
export const isIn = (member: Member): boolean =>
  member.status === 'restricted' ? has(member, 'is_member') : !['left', 'kicked'].includes(member.status);

/**
 * Rights of the bot in a place. In a channel it needs the right to post and, to pin, that to edit; in a group it may
 * write unless that is forbidden to it or to all. `permissions`: what all members may; absent: everything.
 */
export function botRights(kind: 'channel' | 'group', member: Member, permissions?: Rights): BotRights {
  const admin = member.status === 'administrator' || member.status === 'creator';
  if (kind === 'channel')
    return {
      post: admin && has(member, 'can_post_messages'),
      pin: admin && has(member, 'can_edit_messages'),
    };
  if (admin) return { post: true, pin: member.status === 'creator' || has(member, 'can_pin_messages') };
  if (member.status === 'restricted')
    return { post: isIn(member) && has(member, 'can_send_messages'), pin: has(member, 'can_pin_messages') };
  return {
    post:
      member.status === 'member' && (permissions === undefined || permissions['can_send_messages'] === true),
    pin: permissions?.['can_pin_messages'] === true,
  };
}

const has = (member: Member, right: string): boolean => (member as unknown as Rights)[right] === true;

/** Whether the bot may post in a place now; undefined: Telegram does not tell. */
export async function mayPost(desk: Desk, chat: Chat): Promise<boolean | undefined> {
  const me = await askMember(desk, chat);
  if (me.kind !== 'done') return undefined;
  if (chat.kind === 'channel') return botRights('channel', me.result).post;
  const group = await askTelegram<WireChat>(desk, 'getChat', { chat_id: chat.id });
  return group.kind === 'done' ? botRights('group', me.result, group.result.permissions).post : undefined;
}

const LOST: ReadonlySet<Refusal> = new Set(['blocked', 'gone', 'removed']);

/**
 * Whether a chat is there for the bot, asked without writing to it; undefined: Telegram does not tell. A topic: whether the
 * bot may write in it, as far as that can be asked.
 */
export async function isThere(desk: Desk, chat: Chat): Promise<boolean | undefined> {
  const { id, thread, kind } = chat;
  const place = thread === undefined ? {} : { message_thread_id: thread };
  const answer =
    kind === 'person' || kind === 'topic'
      ? await askTelegram(desk, 'sendChatAction', { chat_id: id, ...place, action: 'typing' })
      : await askMember(desk, chat);
  if (answer.kind === 'done') return answer.result === true || isIn(answer.result as Member);
  return answer.kind === 'refused' && LOST.has(answer.why) ? false : undefined;
}

/** The title of a place, or undefined where Telegram does not tell. */
export async function chatTitle(desk: Desk, chat: Chat): Promise<string | undefined> {
  const answer = await askTelegram<WireChat>(desk, 'getChat', { chat_id: chat.id });
  return answer.kind === 'done' ? answer.result.title : undefined;
}

/** `id`: whose standing in the chat is asked for; absent: the bot's own. */
const askMember = (desk: Desk, chat: Pick<Chat, 'id'>, id = Number(desk.store.botId)) =>
  askTelegram<Member>(desk, 'getChatMember', { chat_id: chat.id, user_id: id });

const askTelegram = <T>(desk: Desk, method: string, params: object): Promise<Outcome<T>> =>
  patiently(desk.clock, () => desk.telegram.call<T>(method, params, PATIENCE_MS), { forMs: PATIENCE_MS });
