/** From a name for a place to its card: whoever asks is checked each time, and told what to press where it is not enough. */
import { type Obstacle, type Permission, permission, type Where } from '../../desk/chats/permission.ts';
import { addOwner, dropOwner, handleFor } from '../../desk/chats/owners.ts';
import { findChat } from '../../desk/chats/subscribe.ts';
import type { Button, Message } from '../../news/message.ts';
import { foreignHtml } from '../../render/html.ts';
import type { Locale } from '../../render/locale.ts';
import { line } from '../answer.ts';
import { type Card, cardScreen, isLive } from './card.ts';
import type { Counter } from '../context.ts';
import { button, type ButtonRow } from '../rows.ts';

/** The person who asks for a card, and the language of the answer. */
export interface Applicant {
  readonly id: number;
  readonly locale: Locale;
}

/** The card of a place, or why there is none for this person. */
export type Opened = { readonly card: Card } | { readonly refusal: Message; readonly why: Obstacle };

/** Checks both sides and draws nothing yet. An administrator of a live place who comes here is an owner of it. */
export async function openCard(ctx: Counter, { id, locale }: Applicant, where: Where): Promise<Opened> {
  const { desk } = ctx.here;
  const found = await permission(desk, id, where);
  if (!found.may) {
    if (found.denied) await forgetClaim(ctx, id, where);
    return { refusal: refusalScreen(ctx, locale, found), why: found.why };
  }
  const place = await findChat(desk, found.chat);
  const linked =
    found.linked === undefined ? undefined : await findChat(desk, { id: found.linked, kind: 'channel' });
  const card: Card = {
    locale,
    permission: found,
    place,
    doubled: linked?.state === 'active',
    handle: handleFor(desk, id, found.chat),
  };
  if (isLive(card)) await addOwner(desk, card.place, id, locale.edition);
  return { card };
}

/** Somebody who does not administer a place any more hears nothing more about it. */
async function forgetClaim(ctx: Counter, person: number, where: Where): Promise<void> {
  if (typeof where === 'string') return;
  const { desk } = ctx.here;
  const place = await findChat(desk, { ...where, kind: 'channel' });
  if (place) await dropOwner(desk, place, person);
}

/** The card itself, or the sentence that says what to press. */
export async function cardFor(ctx: Counter, applicant: Applicant, where: Where): Promise<Message> {
  const shown = await openCard(ctx, applicant, where);
  return 'card' in shown ? cardScreen(shown.card) : shown.refusal;
}

function refusalScreen(
  ctx: Counter,
  locale: Locale,
  { title, why, kind = 'group' }: Extract<Permission, { may: false }>,
): Message {
  const isAbsent = why === 'absent';
  const said = locale.html(isAbsent ? `obstacle-absent-${kind}` : `obstacle-${why}`);
  return line([...(title ? [`<b>${foreignHtml(title)}</b>`] : []), said].join('\n'), [
    isAbsent ? [addButton(ctx.me.username, locale, kind)] : [],
    pickRow(locale),
  ]);
}

/** One tap to the keys with which a channel or group is chosen. */
export const pickRow = (locale: Locale): ButtonRow => [
  button(locale.text('button-channels-add'), { on: 'pick' }),
];

/** Opens Telegram's own dialogue that adds the bot, with the right to post and no other. */
export function addButton(username: string, locale: Locale, kind: 'channel' | 'group'): Button {
  const root = `https://t.me/${username}`;
  return kind === 'channel'
    ? { text: locale.text('button-add-to-channel'), url: `${root}?startchannel&admin=post_messages` }
    : { text: locale.text('button-add-to-group'), url: `${root}?startgroup` };
}
