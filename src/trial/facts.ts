/** Facts that the bot has stored, as the sandbox's page shows it: a story's way, and a reader's record as a thief would find it. */
import type { Held, SealedRecord, StoryFacts } from '#sandbox/machine.ts';
import { findStoryByLink } from '../desk/stories.ts';
import { readFate, readTrace } from '../desk/trace.ts';
import { digestAt } from '../news/audience.ts';
import { RECORD_BLOCK } from '../store/keys.ts';
import { readRecord, readRecords } from '../store/records.ts';
import { recordBlocks } from '../store/reseal.ts';
import { getRecords } from '../store/stories.ts';
import { loadChat, openRecord } from '../store/subscribers.ts';
import type { Shelf } from '../store/shelf.ts';

export async function storyFacts(shelf: Shelf, link: string): Promise<StoryFacts | undefined> {
  const found = await findStoryByLink(shelf, link);
  const [record] = found ? await getRecords(shelf, [found.id]) : [];
  if (!record) return undefined;
  const { story, origin } = record;
  const fates = await readTrace(shelf.store, story.id);
  return {
    firstSeenAt: story.firstSeenAt,
    read: origin.from !== 'headline',
    withdrawn: story.withdrawn,
    again: pathOf(story.link) !== pathOf(link),
    fates,
    held: heldIn(fates),
  };
}

/** Held chats with the hour of each, the earliest first. */
const heldIn = (fates: Readonly<Record<string, number>>): Held[] =>
  Object.entries(fates)
    .map(([fate, count]) => ({ ...readFate(fate), count }))
    .flatMap(({ reason, until, count }) => (until === undefined ? [] : [{ by: reason, until, count }]))
    .toSorted((a, b) => a.until - b.until);

/** Addresses are told apart by their path, less the slash at its end. */
const pathOf = (link: string | undefined): string | undefined =>
  link === undefined ? undefined : URL.parse(link)?.pathname.replace(/\/$/, '');

/** The first digest after `now` of anybody who gets the news and has chosen one, ms; undefined: nobody has. */
export async function nextDigestOf(shelf: Shelf, now: number): Promise<number | undefined> {
  const { first, end } = await recordBlocks(shelf);
  let next: number | undefined;
  for (let block = first; block < end; block += 1)
    for (const [slot, sealed] of await readRecords(shelf.store, block * RECORD_BLOCK)) {
      const { state, settings } = openRecord(shelf.seal, slot, sealed);
      if (state === 'active' && settings.digest.length)
        next = Math.min(next ?? Number.POSITIVE_INFINITY, digestAt(settings, now));
    }
  return next;
}

export async function sealedRecord(shelf: Shelf, person: number): Promise<SealedRecord | undefined> {
  const known = await loadChat(shelf, { id: person });
  if (!known) return undefined;
  const { store } = shelf;
  const bytes = await readRecord(store, known.slot);
  return bytes && { key: store.keys.chat(known.slot), slot: known.slot, bytes: bytes.toString('hex') };
}
