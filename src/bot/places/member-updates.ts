/** Changes of a chat itself: the bot blocked, added, given rights, deprived of them, removed; a group made a supergroup. */
import { Composer } from 'grammy';
import { botRights, isIn, isManager, permission } from '../../desk/chats/permission.ts';
import { chatRemoved, rightsChanged, topicReopened } from '../../desk/chats/membership.ts';
import { inheritPlaces } from '../../desk/chats/former.ts';
import { keepCardFor } from '../../desk/chats/owners.ts';
import { chatLeft, moveChat } from '../../desk/chats/subscribe.ts';
import { editionFor } from '../../news/edition.ts';
import { isPlace, placeKind } from '../../news/subscriber.ts';
import { sayTo } from '../answer.ts';
import { cardFor } from './set-up.ts';
import type { Counter } from '../context.ts';
import { isGone } from '../means-forget.ts';
import { localeFor, tellOwners } from './tell-owners.ts';

/** Writes in the name of a group's anonymous administrators. */
const ANONYMOUS_ADMIN = 1_087_968_824;

export function chatLife(): Composer<Counter> {
  const life = new Composer<Counter>();
  // A linked channel's post that Telegram copies into its group is the channel's, whatever it says.
  life.on('message:is_automatic_forward', () => undefined);
  life.on('message:forum_topic_reopened', async (ctx, next) => {
    const { desk, subscriber } = ctx.here;
    if (subscriber) await topicReopened(desk, subscriber);
    await next();
  });
  life.on('my_chat_member', async (ctx, next) => {
    if (isPlace(ctx.here.chat)) return onMembership(ctx);
    // A person who blocks the bot is forgotten; one who comes back is a new reader and says so with `/start`.
    if (isGone(ctx.myChatMember.new_chat_member)) await chatLeft(ctx.here.desk, ctx.here.chat);
    else await next();
  });
  // Telegram tells of the move in both chats, in either order; the verb takes the second as done.
  life.on('message:migrate_to_chat_id', (ctx) =>
    moveChat(ctx.here.desk, ctx.chat.id, ctx.message.migrate_to_chat_id),
  );
  life.on('message:migrate_from_chat_id', (ctx) =>
    moveChat(ctx.here.desk, ctx.message.migrate_from_chat_id, ctx.chat.id),
  );
  return life;
}

async function onMembership(ctx: Counter): Promise<void> {
  const { here, myChatMember } = ctx;
  if (!myChatMember) return;
  const { desk, chat } = here;
  const { old_chat_member: before, new_chat_member: after, from } = myChatMember;
  if (!isIn(after)) {
    for (const place of await chatRemoved(desk, chat.id)) await tellOwners(desk, place, 'removed', from.id);
    return;
  }
  const rights = botRights(placeKind(chat), after);
  const could = isIn(before) && botRights(placeKind(chat), before).post;
  const anonymous = from.id === ANONYMOUS_ADMIN;
  const returns = chat.kind === 'channel' || anonymous || (await isManager(desk, from.id, chat)) === true;
  const inherited = returns && rights.post ? await inheritPlaces(desk, chat.id) : 0;
  const places = await rightsChanged(desk, chat.id, rights, returns);
  if (inherited > 0) return offerCard(ctx, from.id);
  const used = places.some(({ state }) => state !== 'idle');
  if (used || could || anonymous || (isIn(before) && !rights.post)) return;
  await offerCard(ctx, from.id);
}

/**
 * Brings the card to who added the bot: in private, or, where they have not started the bot, when they do. Nothing is said
 * in the place itself: a group that adds the bot has asked for news, not for its talk.
 */
async function offerCard(ctx: Counter, person: number): Promise<void> {
  const { desk, chat } = ctx.here;
  if (!(await permission(desk, person, chat)).may) return;
  const locale = await localeFor(desk, person, editionFor(ctx.from?.language_code));
  const card = await cardFor(ctx, { id: person, locale }, chat);
  const shown = await sayTo(ctx, { id: person, kind: 'person' }, card);
  if (shown === undefined) await keepCardFor(desk, person, chat);
}
