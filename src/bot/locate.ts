/** The time zone from a shared place: the place is used once and its message removed. */
import { changeSettings } from '../desk/chats/subscribe.ts';
import { say, unlessGone } from './answer.ts';
import { nameOf } from './choices.ts';
import { nearestZone } from '../news/cities.ts';
import type { Counter } from './context.ts';
import type { Part } from './parts.ts';
import { choiceScreen } from './settings.ts';
import { subscribeFirst } from './subscribe.ts';

export const locatePart: Part = {
  presses: { locate: askForLocation },
};

/** Only a reply keyboard can ask for a place; it goes away once used. */
async function askForLocation(ctx: Counter): Promise<void> {
  const { chat, locale } = ctx.here;
  await ctx.api.sendMessage(chat.id, locale.text('locate-ask'), {
    reply_markup: {
      keyboard: [[{ text: locale.text('locate-button'), request_location: true }]],
      resize_keyboard: true,
      one_time_keyboard: true,
    },
  });
}

/** A shared place sets the time zone and is removed from the chat. */
export async function onLocation(ctx: Counter): Promise<void> {
  const { here, message } = ctx;
  const place = message?.location;
  if (!message || !place || here.chat.kind !== 'person') return;
  await unlessGone(ctx.api.deleteMessage(here.chat.id, message.message_id));
  if (!here.subscribed) {
    await say(ctx, subscribeFirst(ctx));
    return;
  }
  const timezone = nearestZone(place.latitude, place.longitude);
  here.subscriber = await changeSettings(here.desk, here.chat, { timezone }, here.edition);
  const done = here.locale.text('set-timezone', { value: nameOf('timezone', timezone, here.locale) });
  await ctx.api.sendMessage(here.chat.id, done, { reply_markup: { remove_keyboard: true } });
  await say(ctx, choiceScreen(ctx, 'timezone'));
}
