/** Shared by the tests of channels and groups: an editor with a phone, their channel, and what stands where. */
import { SECOND } from '#src/time.ts';
import { findChat } from '#src/desk/chats/subscribe.ts';
import type { Edition } from '#src/news/edition.ts';
import type { Chat, Subscriber } from '#src/news/subscriber.ts';
import type { ChatClient, Person } from '#sandbox/telegram/telegram.ts';
import type { Stage } from '#testing/desk.ts';
import { last, type Said, said } from './talk.ts';

/** Everything that the bot asks for in a channel. */
export const POST = ['can_post_messages'];

/** Somebody who has started the bot, with the update handled. */
export async function starter(stage: Stage, language: Edition = 'en'): Promise<Person> {
  const person = stage.telegram.person({ language });
  person.start();
  await stage.settle();
  return person;
}

/** A channel of `owner` in which the bot may post; its card is the owner's last message. */
export async function channelOf(stage: Stage, owner: Person, title = 'Test channel'): Promise<ChatClient> {
  const channel = stage.telegram.channel({ owner, title });
  channel.addBot(POST, owner);
  await stage.settle();
  return channel;
}

/** Sets the place up with the news chosen on the card. */
export async function boundChannel(stage: Stage, owner: Person, edition = 'English'): Promise<ChatClient> {
  const channel = await channelOf(stage, owner);
  await stage.press(owner, last(owner).id, edition);
  return channel;
}

export const stored = (
  stage: Stage,
  place: Pick<ChatClient, 'id' | 'kind'>,
  thread?: number,
): Promise<Subscriber | undefined> => {
  const kind: Chat['kind'] = thread ? 'topic' : place.kind === 'channel' ? 'channel' : 'group';
  return findChat(stage.desk, thread === undefined ? { id: place.id, kind } : { id: place.id, thread, kind });
};

/** Posts and messages in a chat, without Telegram's own. */
export const posts = (chat: ChatClient): string[] =>
  chat
    .messages()
    .filter(({ service }) => !service)
    .map(({ text }) => text);

/** Labels of all inline buttons, in reading order. */
export const labels = (message: Said): string[] => message.buttons.flat().map(({ text }) => text);

/** The button's callback data; throws where there is no such button. */
export function dataOf(message: Said, label: string): string {
  const button = message.buttons.flat().find(({ text }) => text === label);
  if (!button?.callback_data) throw new Error(`no button "${label}" among: ${labels(message).join(' | ')}`);
  return button.callback_data;
}

/** Presses a button of the bot's last message to `person` and gives that message as it is then. */
export async function tap(stage: Stage, person: Person, label: string): Promise<Said> {
  const { id } = last(person);
  // A hand needs a moment between two presses: no more than forty a minute are carried out.
  await stage.clock.advance(2 * SECOND);
  await stage.press(person, id, label);
  return said(person).find((message) => message.id === id) ?? last(person);
}

/** Types to the bot and gives its last message. */
export async function type(stage: Stage, person: Person, text: string): Promise<Said> {
  person.send(text);
  await stage.settle();
  return last(person);
}

let updates = 50_000_000;

/** Gives the bot an update that the local Telegram does not make by itself. */
export async function deliverUpdate(stage: Stage, update: object): Promise<void> {
  await stage.bot.handleUpdate({ update_id: (updates += 1), ...update } as Parameters<
    Stage['bot']['handleUpdate']
  >[0]);
  await stage.settle();
}

/** A post of `chat` forwarded to the bot by `person`. */
export const forward = (stage: Stage, person: Person, chat: ChatClient): Promise<void> =>
  deliverUpdate(stage, {
    message: {
      message_id: 900_000 + updates,
      date: Math.floor(stage.clock.now() / 1000),
      chat: { id: person.id, type: 'private', first_name: 'Editor' },
      from: person.user,
      text: 'A post',
      forward_origin:
        chat.kind === 'channel'
          ? {
              type: 'channel',
              date: 1,
              chat: { id: chat.id, type: 'channel', title: chat.title },
              message_id: 2,
            }
          : { type: 'chat', date: 1, sender_chat: { id: chat.id, type: 'supergroup', title: chat.title } },
    },
  });
