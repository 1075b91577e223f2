/** Everything that has happened before one looks: three readers have subscribed, an editor has bound a channel, an operator is there. */
import type { Person } from '../telegram/telegram.ts';
import type { Stage } from './stage.ts';

const OWN_NAMES = { be: 'Беларуская', ru: 'Русский', en: 'English' } as const;

/** The bot answers within this, or the scene goes on without it, ms. */
const PATIENCE_MS = 8000;
const LOOK_MS = 40;

/** Before the bot starts: it looks at once whether its operator can be reached. */
export const operatorArrives = ({ people }: Stage): number => people.operator.start();

/** Plays everybody at once. Never rejects: what did not work can be done by hand on the page. */
export async function openingScene(stage: Stage): Promise<void> {
  const { people } = stage;
  const readers = (['be', 'ru', 'en'] as const).map((reader) => subscribe(people[reader], OWN_NAMES[reader]));
  await Promise.allSettled([...readers, bindChannel(stage)]);
  stage.isOpen = true;
}

async function subscribe(person: Person, button: string): Promise<void> {
  person.start();
  await pressLast(person, button, 0);
}

async function bindChannel({ people, places }: Stage): Promise<void> {
  people.editor.start();
  await answered(people.editor, 0);
  const { length } = people.editor.messages();
  places.channel.addBot(['can_post_messages'], people.editor);
  await pressLast(people.editor, OWN_NAMES.be, length);
}

/** Presses a button of the newest message, once the bot has written more than `length` messages. */
async function pressLast(person: Person, text: string, length: number): Promise<void> {
  await answered(person, length);
  const last = person.messages().at(-1);
  const button = last?.buttons.flat().find((one) => one.text.includes(text));
  if (last && button?.callback_data) await person.press(last.id, { data: button.callback_data });
}

/** Waits until the newest message of a chat longer than `length` has buttons. */
async function answered(person: Person, length: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  const has = () => person.messages().length > length && person.messages().at(-1)?.buttons.length;
  while (!has() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}
