/** Topics of forums, and of private chats with a bot for which they are switched on at BotFather (Bot API 9.3 and 9.4). */
import { mayDo, reachChat } from './access.ts';
import type { AnyChat, Topic } from './chat.ts';
import { integerOf, textOf, type Params } from './params.ts';
import { writeMessage, type Bot, type World } from './world.ts';
import { badRequest } from './wire.ts';

/** The topics of a chat; undefined: it has none, and ids of topics are ignored there. */
function topicsOf(bot: Bot, chat: AnyChat): Map<number, Topic> | undefined {
  const isForum = chat.kind === 'private' ? bot.hasTopics : chat.kind === 'supergroup' && chat.wire.is_forum;
  return isForum ? chat.topics : undefined;
}

/** Throws where there is no such topic. */
export function findTopic(bot: Bot, chat: AnyChat, thread: number): Topic | undefined {
  const topics = topicsOf(bot, chat);
  if (thread === 0 || !topics) return undefined;
  const topic = topics.get(thread);
  if (!topic) throw badRequest('message thread not found');
  return topic;
}

function managed(world: World, bot: Bot, params: Params, act: string) {
  const chat = reachChat(world, bot, params, 'write');
  const topics = topicsOf(bot, chat);
  if (!topics) throw badRequest('the chat is not a forum');
  if (chat.kind !== 'private' && !mayDo(chat, bot.user.id, 'can_manage_topics'))
    throw badRequest(`not enough rights to ${act} a topic`);
  return { chat, topics };
}

const ICON_COLOR = 7_322_096;

export function createForumTopic(world: World, bot: Bot, params: Params): unknown {
  const { chat, topics } = managed(world, bot, params, 'create');
  const name = textOf(params, 'name');
  if (name === '') throw badRequest('topic name must be non-empty');
  const about = { name, icon_color: ICON_COLOR };
  const content = { forum_topic_created: about };
  const id = writeMessage(world, { chat, bot, sender: bot.user, content, service: true }).wire.message_id;
  topics.set(id, { id, name, closed: false });
  return { message_thread_id: id, ...about };
}

/** Its messages go with it, on both sides. */
export function deleteForumTopic(world: World, bot: Bot, params: Params): true {
  const { chat, topics } = managed(world, bot, params, 'delete');
  const thread = integerOf(params, 'message_thread_id');
  if (!topics.delete(thread)) throw badRequest('message thread not found');
  takeTopic(world, chat, thread);
  return true;
}

export function takeTopic(world: World, chat: AnyChat, thread: number): void {
  for (const stored of chat.messages.values())
    if (stored.wire.message_thread_id === thread) stored.deletedAt ??= world.clock.now();
}
