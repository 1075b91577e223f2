import { removeForgotten, removeKept } from '#src/desk/chats/erase.ts';
import type { Desk } from '#src/desk/desk.ts';

/** One pass over everything that is due. True: there may be more. */
export async function erasePass(desk: Desk): Promise<boolean> {
  const [forgotten, kept] = await Promise.all([removeForgotten(desk), removeKept(desk)]);
  return forgotten || kept;
}
