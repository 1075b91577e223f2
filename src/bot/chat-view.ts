/** The settings of the chat of an update, a stranger's being the defaults, and how it sees the news with them. */
import { changeSettings } from '../desk/chats/subscribe.ts';
import { type Change, DEFAULT_SETTINGS, type Settings } from '../news/settings.ts';
import { keepOf } from '../news/subscriber.ts';
import type { View } from '../render/message.ts';
import { viewFrom } from '../desk/chat-view.ts';
import type { Counter, Here } from './context.ts';

export function settingsOf({ chat, desk, edition, subscriber }: Here): Settings {
  const settings = subscriber?.settings ?? { ...DEFAULT_SETTINGS, edition };
  return { ...settings, keep: keepOf(chat, settings, desk.policy.keepHours) };
}

export async function changeOwn({ here }: Counter, patch: Change): Promise<void> {
  here.subscriber = await changeSettings(here.desk, here.chat, patch, here.edition);
}

export function viewFor(ctx: Counter): View {
  const { here } = ctx;
  const { chat, desk, subscriber } = here;
  const known = subscriber ?? { slot: 0, chat, settings: settingsOf(here), state: 'idle' as const };
  return viewFrom(desk, known);
}
