/** Pictures of a story are looked at before it goes out: a picture that nobody can see has no credit either. */
import type { Draft } from '../../source/normalise.ts';
import { SECOND } from '../../time.ts';
import { atOnce } from '../at-once.ts';
import type { Poll } from './context.ts';

/** No story waits longer for its pictures. */
const PICTURES_MS = 2 * SECOND;
/** Pictures that are looked at beside each other, and at most; no message shows more. */
const AT_ONCE = 4;
const MOST = 20;

/**
 * The draft without pictures that cannot be shown. Its own picture must have been seen in time, and may come with a later
 * look at its page; those within the text go only where they are known to be bad, since they would not come back.
 */
export async function withSeenPictures(poll: Poll, draft: Draft): Promise<Draft> {
  const inText = draft.body.flatMap((block) => (block.kind === 'figure' ? [block.url] : []));
  const own = draft.picture?.url;
  const urls = [...new Set([...(own === undefined ? [] : [own]), ...inText])].slice(0, MOST);
  if (!urls.length) return draft;
  const seen = await lookAtAll(poll, urls);
  const { picture, ...rest } = draft;
  return {
    ...rest,
    body: draft.body.filter((block) => block.kind !== 'figure' || seen.get(block.url) !== 'bad'),
    ...(picture && seen.get(picture.url) === 'well' ? { picture } : {}),
  };
}

/** Findings within the time, by address. */
async function lookAtAll(
  { desk, source }: Poll,
  urls: readonly string[],
): Promise<ReadonlyMap<string, 'well' | 'bad'>> {
  const seen = new Map<string, 'well' | 'bad'>();
  const end = new AbortController();
  const look = async (url: string) =>
    seen.set(url, (await source.pictures.faultOf(url)) === undefined ? 'well' : 'bad');
  await Promise.race([atOnce(urls, AT_ONCE, look, end.signal), desk.clock.sleep(PICTURES_MS, end.signal)]);
  end.abort();
  return new Map(seen);
}
