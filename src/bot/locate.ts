/** The time zone from a shared location, which is used once and its message removed. */
import { changeOwn } from './chat-view.ts';
import { line, say, takeAway } from './answer.ts';
import { nameOf } from './choices.ts';
import { nearestZone } from '../news/cities.ts';
import type { Counter } from './context.ts';
import type { Part } from './parts.ts';
import { choiceScreen } from './settings.ts';
import { subscribeFirst } from './subscribe.ts';

export const locatePart: Part = {
  presses: { locate: askForLocation },
};

/** Only a reply keyboard can ask for a location; it goes away once used. */
async function askForLocation(ctx: Counter): Promise<void> {
  const { locale } = ctx.here;
  await say(ctx, line(locale.html('locate-ask')), {
    keyboard: [[{ text: locale.text('locate-button'), request_location: true }]],
    resize_keyboard: true,
    one_time_keyboard: true,
  });
}

/** A shared location sets the time zone and is removed from the chat. */
export async function onLocation(ctx: Counter): Promise<void> {
  const { here, message } = ctx;
  const location = message?.location;
  if (!message || !location || here.chat.kind !== 'person') return;
  await takeAway(ctx, message.message_id);
  if (!here.subscribed) return say(ctx, subscribeFirst(ctx));
  const timezone = nearestZone(location.latitude, location.longitude);
  await changeOwn(ctx, { timezone });
  const done = here.locale.html('set-timezone', { value: nameOf('timezone', timezone, here.locale) });
  await say(ctx, line(done), { remove_keyboard: true });
  await say(ctx, await choiceScreen(ctx, 'timezone'));
}
