import { removeForgotten, removeKept } from '#src/desk/chats/erase.ts';
import { removeExpired, removeStrangers } from '#src/desk/chats/expire.ts';
import type { Desk } from '#src/desk/desk.ts';

/** One pass over everything that is due. True: there may be more. */
export async function erasePass(desk: Desk): Promise<boolean> {
  const passes = [removeForgotten, removeKept, removeExpired, removeStrangers].map((pass) => pass(desk));
  return (await Promise.all(passes)).some(Boolean);
}
