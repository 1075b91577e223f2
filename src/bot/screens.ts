/** Messages that can be drawn again in place: in another language, or on the way through the menus. */
import type { Message } from '../news/message.ts';
import { CHOICES, type ChoiceName, type Door, DOORS } from '../news/settings.ts';
import { redraw, say } from './answer.ts';
import type { Screen } from './buttons.ts';
import { onOwn } from './chat-view.ts';
import type { Counter } from './context.ts';
import { followingScreen } from './follow.ts';
import { helpScreen } from './help.ts';
import { latestScreen, searchScreen } from './latest.ts';
import { onSet } from './menus.ts';
import type { Part } from './parts.ts';
import { forgetScreen, privacyScreen } from './privacy.ts';
import { choiceScreen, doorScreen, settingsScreen } from './settings.ts';
import { greetingScreen } from './start.ts';
import { languageDone, speak, subscribedScreen, unsubscribedScreen } from './subscribe.ts';

export const screensPart: Part = {
  presses: {
    set: onOwn((ctx, own, press) => onSet(ctx, own, press, (screen) => drawScreen(ctx, screen))),
    go: async (ctx, { screen }) => redraw(ctx, await drawScreen(ctx, screen)),
    open: async (ctx, { screen }) => say(ctx, await drawScreen(ctx, screen)),
    language: async (ctx, { edition, screen }) => {
      if (await speak(ctx, edition)) await redraw(ctx, await drawScreen(ctx, screen));
    },
  },
};

function drawScreen(ctx: Counter, screen: Screen): Message | Promise<Message> {
  if (isChoice(screen)) return choiceScreen(ctx, screen);
  return isDoor(screen) ? doorScreen(ctx, screen) : OTHERS[screen](ctx);
}

const isChoice = (screen: Screen): screen is ChoiceName => CHOICES.some((name) => name === screen);
const isDoor = (screen: Screen): screen is Door => DOORS.some((name) => name === screen);

const OTHERS: Record<Exclude<Screen, ChoiceName | Door>, (ctx: Counter) => Message | Promise<Message>> = {
  greeting: greetingScreen,
  subscribed: (ctx) => (ctx.here.subscribed ? subscribedScreen(ctx) : languageDone(ctx)),
  // Somebody who has subscribed again since gets the news.
  unsubscribed: (ctx) => (ctx.here.subscribed ? languageDone(ctx) : unsubscribedScreen(ctx)),
  language: languageDone,
  help: helpScreen,
  latest: latestScreen,
  search: searchScreen,
  privacy: privacyScreen,
  forget: forgetScreen,
  following: followingScreen,
  settings: settingsScreen,
};
