/** The newsroom of this process. */
import { readNewsroom } from './check.ts';
import type { Newsroom } from './newsroom.ts';

/** The newsroom that this bot was made for. */
const POZIRK_FILE = new URL('pozirk.json', import.meta.url);

let current: Newsroom | undefined;

/** A process tells the news of one newsroom. */
export const newsroom = (): Newsroom => (current ??= pozirk());

/** Sets the newsroom of this thread, once, before anything is read or shown. */
export function openNewsroom(room: Newsroom): void {
  current = room;
}

/** The newsroom's site: where links without a host are meant from. */
export const homePage = (): string =>
  new URL('/', Object.values(newsroom().sources).flat()[0] ?? 'https://news.invalid/').href;

function pozirk(): Newsroom {
  const room = readNewsroom(POZIRK_FILE);
  if ('names' in room) return room;
  throw new Error(room.map(({ wrong }) => wrong).join('; '));
}
