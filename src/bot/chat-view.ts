/** The chat of an update as it sees the news and as its menus show it, a stranger's settings being the defaults. */
import { viewFrom } from '../desk/chat-view.ts';
import { changeSettings } from '../desk/chats/subscribe.ts';
import type { Message } from '../news/message.ts';
import { type Change, DEFAULT_SETTINGS, type Settings } from '../news/settings.ts';
import { isPlace, keepOf, type Subscriber } from '../news/subscriber.ts';
import type { View } from '../render/message.ts';
import { redraw } from './answer.ts';
import type { Counter, Here } from './context.ts';
import { button, type ButtonRow } from './rows.ts';
import { setUpLine } from './set-up-link.ts';
import { subscribeFirst } from './subscribe.ts';
import type { Menu, Target } from './target.ts';

export function settingsOf({ chat, desk, edition, subscriber }: Here): Settings {
  const settings = subscriber?.settings ?? { ...DEFAULT_SETTINGS, edition };
  return { ...settings, keep: keepOf(chat, settings, desk.policy.keepHours) };
}

const subscriberOf = (here: Here): Subscriber => ({
  ...(here.subscriber ?? { slot: 0, chat: here.chat, state: 'idle' }),
  settings: settingsOf(here),
});

export async function changeOwn({ here }: Counter, patch: Change): Promise<void> {
  here.subscriber = await changeSettings(here.desk, here.chat, patch, here.edition);
}

export const viewFor = ({ here }: Counter): View => viewFrom(here.desk, subscriberOf(here));

/** The chat of the update, set up in it. */
export const own = (ctx: Counter): Target => ({
  subscriber: subscriberOf(ctx.here),
  locale: ctx.here.locale,
  byCard: false,
  button,
  besides: (menu) => besides(ctx.here, menu),
  async change(patch) {
    await changeOwn(ctx, patch);
    return own(ctx);
  },
});

function besides(here: Here, menu: Menu): ButtonRow {
  const { locale } = here;
  if (menu === 'topics') return [button(locale.text('button-topic-add'), { on: 'topics' })];
  if (menu === 'timezone') return [button(locale.text('button-locate'), { on: 'locate' })];
  if (menu === 'safety')
    return [
      button(locale.text('button-privacy'), { on: 'go', screen: 'privacy' }),
      button(locale.text('button-forget'), { on: 'go', screen: 'forget' }),
    ];
  if (menu !== 'comes') return [];
  const { follow, rubrics } = settingsOf(here);
  const chosen = String(follow.length + rubrics.length || locale.text('value-nothing'));
  return [button(locale.text('button-chosen', { chosen }), { on: 'go', screen: 'following' })];
}

/** Does what a menu asks for where there is a subscription to change. */
export const onOwn =
  <P>(act: (ctx: Counter, target: Target, press: P) => Promise<void>) =>
  (ctx: Counter, press: P): Promise<void> =>
    ctx.here.subscribed ? act(ctx, own(ctx), press) : redraw(ctx, subscribeFirst(ctx));

/** A menu of the reader's own chat; of a group, the way to its card. */
export function ownMenu(ctx: Counter, draw: (own: Target) => Message | Promise<Message>) {
  if (isPlace(ctx.here.chat)) return setUpLine(ctx);
  return ctx.here.subscribed ? draw(own(ctx)) : subscribeFirst(ctx);
}
