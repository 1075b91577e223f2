/** Pictures of rich messages: named beside the blocks, by address or by the id of a file. */
import { checkedLink } from './links.ts';
import { isObject, textOf } from './params.ts';
import type { RichBlock } from './rich-wire.ts';
import type { World } from './world.ts';
import { badRequest } from './wire.ts';

/** The blocks, with what `change` makes of each picture in them. */
export const eachPhoto = (
  blocks: readonly RichBlock[],
  change: (media: string) => unknown,
): readonly RichBlock[] =>
  blocks.map((block) => ({
    ...block,
    ...(block.type === 'photo' && { photo: change(String(block.photo)) }),
    ...(block.blocks && { blocks: eachPhoto(block.blocks, change) }),
    ...(block.items && {
      items: block.items.map((item) => ({ ...item, blocks: eachPhoto(item.blocks, change) })),
    }),
  }));

const NAMED = 'tg://photo?id=';

/** Reads `media`, which gives pictures names; answers what a block means by its picture. Each call names them anew. */
export function readMedia(value: unknown): (media: string) => string {
  const cannot = (reason: string) => badRequest(`can't parse InputRichMessageMedia: ${reason}`);
  if (value !== undefined && !Array.isArray(value)) throw cannot('expected an Array');
  const named = new Map(
    (value ?? []).map((one: unknown): [string, string] => {
      if (!isObject(one) || one['id'] === undefined) throw cannot('Can\'t find field "id"');
      const id = textOf(one, 'id');
      if (!/^[\w-]{1,64}$/.test(id)) throw badRequest('invalid rich message file identifier specified');
      if (!isObject(one['media'])) throw cannot('media not found');
      return [NAMED + id, textOf(one['media'], 'media')];
    }),
  );
  return (media) => {
    const found = media.startsWith(NAMED) ? named.get(media) : media;
    if (found === undefined) throw badRequest('RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND');
    return found;
  };
}

const isOwn = (world: World, media: string): boolean =>
  world.rich.ownHosts.some((origin) => media.startsWith(origin));

/** Fetches the pictures that stand on this machine, as Telegram fetches all of them; one that does not come fails the message. */
export async function fetchPhotos(world: World, blocks: readonly RichBlock[]): Promise<void> {
  const asked = new Set<string>();
  eachPhoto(blocks, (media) => asked.add(media));
  const own = [...asked].filter((media) => isOwn(world, media));
  if ((await Promise.all(own.map((media) => isPicture(world, media)))).includes(false))
    throw badRequest('RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND');
}

const isPicture = (world: World, address: string): Promise<boolean> =>
  fetch(address, { signal: AbortSignal.timeout(world.rich.patienceMs) }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.ok && (answer.headers.get('content-type') ?? '').startsWith('image/');
    },
    () => false,
  );

/** The blocks with pictures as Telegram keeps them. */
export const withPhotos = (world: World, blocks: readonly RichBlock[]): readonly RichBlock[] =>
  eachPhoto(blocks, (media) => photoSizes(world, media));

/** Two sizes of a picture; an address is fetched, a file id costs nothing and is good in every chat. */
function photoSizes(world: World, media: string): readonly Readonly<Record<string, unknown>>[] {
  const id = media.startsWith('photo-') ? media : fetchedPhoto(world, media);
  return [320, 1280].map((width) => ({
    file_id: width === 1280 ? id : `${id}-s`,
    file_unique_id: id.slice(-16),
    width,
    height: (width * 9) / 16,
  }));
}

function fetchedPhoto(world: World, media: string): string {
  if (!/^https?:\/\//i.test(media)) throw badRequest('RICH_MESSAGE_FILE_ID_INVALID');
  const isPublic = checkedLink(media).ok && !/^https?:\/\/(127\.|10\.|192\.168\.|\[)/.test(media);
  if (!isPublic && !isOwn(world, media)) throw badRequest('RICH_MESSAGE_PHOTO_URL_INVALID');
  if (world.rich.picturesFail) throw badRequest('RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND');
  world.rich.fetched.push(media);
  return photoId(media);
}

/** The id of the picture at an address, which can be read back from it. */
export const photoId = (address: string): string => `photo-${Buffer.from(address).toString('base64url')}`;
