/** A word to the owners of a place that needs them, or that goes on: one private message, in their language, with the button that mends it. */
import { isManager, chatTitle } from '../../desk/chats/permission.ts';
import type { Desk, Trouble } from '../../desk/desk.ts';
import { dropOwner, handleFor, type Owner, ownersOf } from '../../desk/chats/owners.ts';
import { findChat } from '../../desk/chats/subscribe.ts';
import { sendLetter } from '../../desk/letters/letters.ts';
import type { Edition } from '../../news/edition.ts';
import type { Button, Message } from '../../news/message.ts';
import { placeKind, type Subscriber } from '../../news/subscriber.ts';
import type { Locale } from '../../render/locale.ts';
import { foreignHtml } from '../../render/html.ts';
import { line } from '../answer.ts';
import { button } from '../rows.ts';
import { titleIn } from './card.ts';
import { addButton } from './set-up.ts';

/** Repeated trouble of one chat within this time is told once: a refused post and an update tell of it both. */
const SAME_MS = 60_000;

/** Tells every owner but `except` (who did it). Never rejects: the news must not wait for this. */
export async function tellOwners(
  desk: Desk,
  place: Subscriber,
  why: Trouble,
  except?: number,
): Promise<void> {
  try {
    const owners = await ownersOf(desk, place);
    if (owners.length === 0) return;
    const title = (await chatTitle(desk, place.chat)) ?? '';
    for (const owner of owners) if (owner.id !== except) await tellOwner(desk, place, why, title, owner);
  } catch (err) {
    desk.log.warn({ err }, 'the owner of a place could not be told that it needs them');
  }
}

async function tellOwner(
  desk: Desk,
  place: Subscriber,
  why: Trouble,
  title: string,
  owner: Owner,
): Promise<void> {
  if (isTold(desk, subjectOf(desk, owner, place, why), why)) return;
  // Where the bot is out nobody can be asked any more; everywhere else a former administrator hears nothing.
  if ((await isManager(desk, owner.id, place.chat)) === false) return dropOwner(desk, place, owner.id);
  const chat = { id: owner.id, kind: 'person' } as const;
  const locale = await localeFor(desk, owner.id, owner.edition);
  const word = wordFor(desk, place, why, { owner, locale, title }, await usernameOf(desk));
  // Somebody who has used /forget since the list was read is nobody's owner any more.
  if ((await ownersOf(desk, place)).some(({ id }) => id === owner.id)) await sendLetter(desk, chat, word);
}

/** In which the person reads; `edition` where they do not. */
export async function localeFor(desk: Desk, person: number, edition: Edition): Promise<Locale> {
  const known = await findChat(desk, { id: person, kind: 'person' });
  return desk.locales.for(known?.settings.edition ?? edition, known?.settings.script);
}

/** The bot's own name, for links; Telegram is asked once. */
async function usernameOf(desk: Desk): Promise<string | undefined> {
  const { telegram } = desk;
  if (telegram.username !== undefined) return telegram.username;
  await telegram.call('getMe', {});
  return telegram.username;
}

/** The chat that a word speaks of: a topic alone where its own trouble is meant, or was; else the whole chat with all its topics. */
function subjectOf({ memory }: Desk, owner: Owner, { chat }: Subscriber, why: Trouble): string {
  const topic = `${owner.id} ${chat.id} ${chat.thread ?? ''}`;
  const last = why === 'back' ? (memory.lastWords.get(topic)?.why ?? '') : why;
  return last.startsWith('topic') ? topic : `${owner.id} ${chat.id}`;
}

function isTold(desk: Desk, place: string, why: Trouble): boolean {
  const { lastWords } = desk.memory;
  const last = lastWords.get(place);
  const now = desk.clock.ticks();
  if (last?.why === why && (why === 'back' || last.at > now - SAME_MS)) return true;
  lastWords.set(place, { why, at: now });
  return false;
}

/** `title`: how the chat is called. */
function wordFor(
  desk: Desk,
  { chat }: Subscriber,
  why: Trouble,
  { owner, locale, title }: { readonly owner: Owner; readonly locale: Locale; readonly title: string },
  username: string | undefined,
): Message {
  const kind = placeKind(chat);
  const said =
    why === 'rights' || why === 'pin' ? locale.html(`owner-${why}-${kind}`) : locale.html(`owner-${why}`);
  const handle = handleFor(desk, owner.id, chat);
  const press = (text: string, act: string) => button(text, { on: 'place', handle, act });
  const goOn = press(locale.text('button-go-on'), 'on');
  const add = username === undefined ? [] : [[addButton(username, locale, kind)]];
  const mend: Record<Trouble, Button[][]> = {
    rights: [...(kind === 'channel' ? add : []), [press(locale.text('button-check'), 'on')]],
    topic: [[goOn]],
    topic_closed: [[goOn]],
    pin: [[press(locale.text('field-pin'), 's:pin:on')]],
    removed: add,
    back: [],
  };
  const text = [`<b>${foreignHtml(titleIn(locale, { chat, title }))}</b>`, said].join('\n');
  return line(text, mend[why]);
}
