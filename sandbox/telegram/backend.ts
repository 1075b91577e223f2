/** Conditions that only Telegram's backend knows: flood, a blocked or never started chat. */
import { isAdministrator } from './access.ts';
import type { AnyChat, SharedChat } from './chat.ts';
import { badRequest, refusal, tooMany } from './wire.ts';
import type { Bot, World } from './world.ts';

/** Waits as flood control says. */
export async function passBackend(
  world: World,
  bot: Bot,
  chat: AnyChat,
  isEdit: boolean,
  isPaid = false,
): Promise<void> {
  const verdict = world.limits.ask({
    botId: bot.user.id,
    chatId: chat.wire.id,
    isPerson: chat.kind === 'private',
    isEdit,
    isPaid: isPaid && bot.paysBroadcasts,
  });
  if (!verdict.go) throw tooMany(verdict.retryAfter);
  if (verdict.charged && bot.tenthsOfStars < 1) throw badRequest('BALANCE_TOO_LOW');
  if (verdict.waitMs > 0) await world.clock.sleep(verdict.waitMs);
  if (!isEdit) passChat(world, bot, chat);
  // Only what arrives costs anything.
  if (verdict.charged) bot.tenthsOfStars -= 1;
}

function passChat(world: World, bot: Bot, chat: AnyChat): void {
  if (chat.kind !== 'private') return passSlowMode(world, bot, chat);
  if (chat.person.deleted) throw refusal(403, 'user is deactivated');
  if (chat.blocked) throw refusal(403, 'bot was blocked by the user');
  if (!chat.started) throw refusal(403, "bot can't initiate conversation with a user");
}

/** A slow mode binds plain members, bots among them; administrators write as they like. */
function passSlowMode(world: World, bot: Bot, chat: SharedChat): void {
  if (chat.slowMode === 0 || isAdministrator(chat, bot.user.id)) return;
  const now = world.clock.now();
  const free = (chat.wroteAt.get(bot.user.id) ?? Number.NEGATIVE_INFINITY) + chat.slowMode * 1000;
  if (free > now) throw tooMany((free - now) / 1000);
  chat.wroteAt.set(bot.user.id, now);
}
