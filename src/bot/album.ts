/** An album comes as a message a picture: only the first of them is answered, and counts as one of those that are. */
import type { MiddlewareFn } from 'grammy';
import { bounded } from '../bounded.ts';
import { HOUR } from '../time.ts';
import type { Counter } from './context.ts';

/** Chats whose last album is remembered; its pictures come together, and wait in line for a quarter of an hour at most. */
const MOST_CHATS = 1000;

export function oncePerAlbum(): MiddlewareFn<Counter> {
  const albums = bounded<number, string>(MOST_CHATS, HOUR);
  return async ({ here: { chat, patient }, message }, next) => {
    const album = message?.media_group_id;
    // One that has waited in line is the first still.
    const isFurther = album !== undefined && albums.get(chat.id) === album && !patient;
    if (album !== undefined) albums.set(chat.id, album);
    if (!isFurther) await next();
  };
}
