/** How the chat of an update sees the news: its own settings, or the defaults for a stranger. */
import { DEFAULT_SETTINGS, keepOf, type Settings } from '../news/subscriber.ts';
import type { View } from '../render/message.ts';
import { viewFrom } from '../desk/chat-view.ts';
import type { Counter, Here } from './context.ts';

export function settingsOf({ chat, desk, edition, subscriber }: Here): Settings {
  const settings = subscriber?.settings ?? { ...DEFAULT_SETTINGS, edition };
  return { ...settings, keep: keepOf(chat, settings, desk.policy.keepHours) };
}

export function viewFor(ctx: Counter): View {
  const { here } = ctx;
  const { chat, desk, subscriber } = here;
  const known = subscriber ?? { slot: 0, chat, settings: settingsOf(here), state: 'idle' as const };
  return viewFrom(desk, known);
}
