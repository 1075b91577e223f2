/** How chats see the news in this second, by kind and settings: a story goes to thousands of chats alike. */
import { remembered } from '../../bounded.ts';
import type { Settings } from '../../news/settings.ts';
import type { ChatKind, Subscriber } from '../../news/subscriber.ts';
import type { View } from '../../render/view.ts';
import { SECOND } from '../../time.ts';

type Views = ReturnType<typeof newViews>;

export const newViews = () => ({
  /** The moment in whose second these are right, ms. */
  now: Number.NaN,
  /** Username of the bot with which they are. */
  bot: undefined as string | undefined,
  known: new Map<ChatKind, WeakMap<Settings, View>>(),
});

const secondOf = (ms: number): number => Math.floor(ms / SECOND);

/** The view of chats like this one; `make` makes the first of the second `now` (ms). */
export function sharedView(
  views: Views,
  { chat, settings }: Subscriber,
  now: number,
  bot: string | undefined,
  make: () => View,
): View {
  if (secondOf(views.now) !== secondOf(now) || views.bot !== bot)
    Object.assign(views, { ...newViews(), now, bot });
  const alike = remembered(views.known, chat.kind, () => new WeakMap<Settings, View>());
  return remembered(alike, settings, make);
}
