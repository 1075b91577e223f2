/** Many invented readers at once, written down as `/subscribe` would, without a message to each. */
import { type Edition, isEdition } from '../news/edition.ts';
import { DEFAULT_SETTINGS } from '../news/settings.ts';
import { logHead } from '../store/logs.ts';
import { addChat, saveChat } from '../store/subscribers.ts';
import type { Shelf } from '../store/shelf.ts';

const TOGETHER = 500;

export async function subscribeMany(shelf: Shelf, people: readonly number[], edition: string): Promise<void> {
  if (!isEdition(edition)) throw new Error(`no edition is called ${edition}`);
  const cursor = await logHead(shelf.store, edition);
  for (let from = 0; from < people.length; from += TOGETHER)
    await Promise.all(people.slice(from, from + TOGETHER).map((id) => subscribe(shelf, id, edition, cursor)));
}

async function subscribe(shelf: Shelf, id: number, edition: Edition, cursor: number): Promise<void> {
  const settings = { ...DEFAULT_SETTINGS, edition };
  const chat = { id, kind: 'person' } as const;
  const known = await addChat(shelf, { chat, settings, state: 'active', day: 0 }, Date.now());
  await saveChat(shelf, known, { to: 'start', cursor }, Date.now());
}
