/** The way from a group into private, where everything is set up: a group shows short answers, never menus. */
import { ANYBODY, handleFor } from '../desk/chats/owners.ts';
import type { Message } from '../news/message.ts';
import { isPlace } from '../news/subscriber.ts';
import { line } from './answer.ts';
import type { Counter } from './context.ts';
import { button, type ButtonRow } from './rows.ts';

/** Deep link `c_<handle>`: opens the card of a place. */
export const CARD_LINK = 'c_';

/** One line with the way; others than administrators of this place are told there that they are none. */
export const setUpLine = (ctx: Counter): Message =>
  line(ctx.here.locale.html('channels-in-group'), [setUpRow(ctx)]);

export function setUpRow(ctx: Counter): ButtonRow {
  const { desk, chat, locale } = ctx.here;
  const url = `https://t.me/${ctx.me.username}?start=${CARD_LINK}${handleFor(desk, ANYBODY, chat)}`;
  return [{ text: locale.text('button-set-up'), url }];
}

/** `row` in a person's chat; in a group, where it would lead to a menu, the way home. */
export const rowOrSetUp = (ctx: Counter, row: ButtonRow): ButtonRow =>
  isPlace(ctx.here.chat) ? setUpRow(ctx) : row;

/** The way to the settings. */
export const settingsRow = (ctx: Counter): ButtonRow =>
  rowOrSetUp(ctx, [button(ctx.here.locale.text('button-settings'), { on: 'go', screen: 'settings' })]);
