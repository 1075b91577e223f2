/** Shared by the tests of the conversation: a reader who writes, and what the bot says. */
import { findChat } from '#src/desk/chats/subscribe.ts';
import type { Edition } from '#src/news/edition.ts';
import type { Subscriber } from '#src/news/subscriber.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import type { Stage } from '#testing/desk.ts';

export type Said = ReturnType<Person['messages']>[number];

/** Writes `text` and gives the bot's last message after it; throws where there is none at all. */
export async function ask(stage: Stage, person: Person, text: string): Promise<Said> {
  person.send(text);
  await stage.settle();
  return last(person);
}

/** The bot's messages in the chat, oldest first. */
export const said = (person: Person): Said[] => person.messages().filter(({ fromBot }) => fromBot);

export function last(person: Person): Said {
  const message = said(person).at(-1);
  if (!message) throw new Error('the bot has not answered');
  return message;
}

/** Texts of the buttons, in reading order. */
export const labels = (message: Said): string[] => message.buttons.flat().map(({ text }) => text);

/** The stored record of the person's chat. */
export const record = (stage: Stage, { id }: { id: number }): Promise<Subscriber | undefined> =>
  findChat(stage.desk, { id, kind: 'person' });

/** A reader who is subscribed in their own language. */
export async function subscriber(stage: Stage, language: Edition): Promise<Person> {
  const person = stage.telegram.person({ language });
  await ask(stage, person, '/subscribe');
  return person;
}
