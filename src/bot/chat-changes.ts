/** Changes of a chat itself: the bot blocked, removed, a group made a supergroup. */
import { Composer } from 'grammy';
import { chatLeft, moveChat } from '../desk/chats/subscribe.ts';
import type { Counter } from './context.ts';
import { isGone } from './means-forget.ts';

export function chatChangesPart(): Composer<Counter> {
  const changes = new Composer<Counter>();
  changes.on('my_chat_member', async (ctx, next) => {
    // A person who blocks the bot is forgotten; one who comes back is a new reader and says so with `/start`.
    if (isGone(ctx.myChatMember.new_chat_member)) await chatLeft(ctx.here.desk, ctx.here.chat);
    else await next();
  });
  // Telegram tells of the move in both chats, in either order; the verb takes the second as done.
  changes.on('message:migrate_to_chat_id', (ctx) =>
    moveChat(ctx.here.desk, ctx.chat.id, ctx.message.migrate_to_chat_id),
  );
  changes.on('message:migrate_from_chat_id', (ctx) =>
    moveChat(ctx.here.desk, ctx.message.migrate_from_chat_id, ctx.chat.id),
  );
  return changes;
}
