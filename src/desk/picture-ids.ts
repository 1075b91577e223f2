/** Ids of pictures that Telegram has: an article names its pictures by them, so that each costs one fetch. */
import type { Message } from '../news/message.ts';
import { picturesOf, type RichBlock, withFiles } from '../news/rich.ts';
import { keepFiles, knownFiles } from '../store/pictures.ts';
import { isStoreTrouble } from '../store/redis.ts';
import type { Desk } from './desk.ts';

/** The message with the ids of those pictures that Telegram has. */
export async function withKnownFiles(desk: Desk, message: Message): Promise<Message> {
  const { rich } = message;
  const urls = rich ? picturesOf(rich.blocks) : [];
  if (!rich || urls.length === 0) return message;
  const { files } = desk.memory;
  const unknown = urls.filter((url) => files.get(url) === undefined);
  for (const [url, id] of await knownFiles(desk, unknown)) files.set(url, id);
  return { ...message, rich: { ...rich, blocks: withFiles(rich.blocks, (url) => files.get(url)) } };
}

/** Keeps the ids of pictures, which Telegram gives back in the order in which they were sent. */
export async function learnFiles(
  desk: Desk,
  sent: readonly RichBlock[],
  echo: readonly unknown[],
): Promise<void> {
  const { files } = desk.memory;
  const ids = photosIn(echo);
  const urls = picturesOf(sent);
  if (ids.length !== urls.length) return;
  const all = urls.map((url, at): [string, string] => [url, ids[at] ?? '']);
  const learnt = all.filter(([url]) => /^https?:/.test(url) && files.get(url) === undefined);
  if (learnt.length === 0) return;
  for (const [url, id] of learnt) files.set(url, id);
  try {
    await keepFiles(desk, learnt);
  } catch (error) {
    // The message is sent, which matters more; the next article finds them out again.
    if (!isStoreTrouble(error)) throw error;
  }
}

/** The id of each picture's largest size, in reading order. */
function photosIn(blocks: readonly unknown[]): string[] {
  return blocks.flatMap((block) => {
    const {
      photo,
      blocks: inner = [],
      items = [],
    } = block as {
      photo?: readonly { readonly file_id: string }[];
      blocks?: readonly unknown[];
      items?: readonly { readonly blocks: readonly unknown[] }[];
    };
    const id = Array.isArray(photo) ? photo.at(-1)?.file_id : undefined;
    return [
      ...(id === undefined ? [] : [id]),
      ...photosIn(inner),
      ...items.flatMap((item) => photosIn(item.blocks)),
    ];
  });
}
