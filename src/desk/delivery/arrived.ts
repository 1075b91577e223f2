/**
 * Did it arrive? Telegram has no idempotency key, so a message of unknown outcome is looked for where ids tell: the
 * candidate ids are edited to the very same content. `not modified` means that it stands there, `not found` that
 * nothing does. Only ids above every id known before the send are asked, so an earlier message is never touched. Where the
 * bot may edit posts of others, `among-others.ts` finds out first which ids are theirs.
 */
import { remembered } from '../../bounded.ts';
import { type Chat, isPlace } from '../../news/subscriber.ts';
import { highestId } from '../../store/deliveries.ts';
import { heardIn, namedPosts } from '../../store/others.ts';
import { listSaid } from '../../store/said.ts';
import { hasOwnSequence } from '../../telegram/sequence.ts';
import { SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { ourMessages } from '../chats/known-messages.ts';
import { lastShown } from '../memory/shown.ts';
import { amongOthers, mayEditOthers } from './among-others.ts';
import { END_OF_SEQUENCE, type SearchResult, PLACE_CANDIDATES, probe, type Search } from './probe.ts';

/** Ids asked in a private chat, where more would cost more than a repeat, and in a basic group, which all members see. */
const SHARED_CANDIDATES = { person: 24, group: 96 } as const;
/** A later message of the shared sequence shows how far it has come. */
const LATER_MESSAGE_MS = 1500;

/** A request whose connection broke may still be carried out within this, ms. */
export const LANDING_MS = 5 * SECOND;

/** A message that went out and of which nothing was heard. */
export interface Unheard extends Search {
  /** The shared sequence when it went out, and how many more were on their way then. */
  readonly highest: number;
  readonly others: number;
}

/**
 * Looks for the message at once. That a place does not have it is believed only once the request cannot be on its way any
 * more: so there it is looked for again then. A search among the ids of all people would cost more than a repeat.
 */
export async function findMessage(
  desk: Desk,
  subscriber: { readonly slot: number; readonly chat: Chat },
  unheard: Unheard,
): Promise<SearchResult> {
  const early = Math.min(unheard.sentAt + LANDING_MS - desk.clock.now(), LANDING_MS);
  // A search takes long where Telegram is slow to answer, and does not see what comes behind where it has looked.
  const landed = desk.clock.ticks() + early;
  const finding = await search(desk, subscriber, unheard);
  const isSentAgain = finding.found === 'absent' || (finding.found === 'untold' && finding.twin);
  if (!isSentAgain || early <= 0 || !isPlace(subscriber.chat)) return finding;
  await desk.clock.sleep(Math.max(0, landed - desk.clock.ticks()));
  return unheard.isStopped() ? { found: 'later' } : search(desk, subscriber, unheard);
}

async function search(
  desk: Desk,
  subscriber: { readonly slot: number; readonly chat: Chat },
  unheard: Unheard,
): Promise<SearchResult> {
  const { slot, chat } = subscriber;
  if (!hasOwnSequence(chat)) {
    // Answers are not news: an edit would overwrite one of an earlier process.
    const answers = new Set(await listSaid(desk, slot, true));
    const candidates = (await sharedCandidates(desk, unheard))
      .filter((id) => !answers.has(id))
      .slice(0, SHARED_CANDIDATES[isPlace(chat) ? 'group' : 'person']);
    return probe(desk, chat, unheard, candidates, Number.POSITIVE_INFINITY);
  }
  if (chat.kind === 'channel' && (await mayEditOthers(desk, chat)))
    return amongOthers(desk, subscriber, unheard);
  const last = await lastKnown(desk, slot);
  if (last === 0) return { found: 'untold', twin: true };
  const named = await namedPosts(desk.store, slot);
  if (chat.kind === 'channel') {
    const candidates = idsFrom(last + 1, 1, last, (id) => !named.has(id));
    return probe(desk, chat, unheard, candidates, END_OF_SEQUENCE);
  }
  return alone(desk, chat.id, async (found) => {
    // An edit would overwrite what the bot has written in another topic.
    const ours = await ourMessages(desk, chat.id);
    const candidates = idsFrom(last + 1, 1, last, (id) => !ours.has(id) && (found.get(id) ?? slot) === slot);
    const finding = await probe(desk, chat, unheard, candidates, END_OF_SEQUENCE);
    if (finding.found === 'there') found.set(finding.messageId, slot);
    return finding;
  });
}

/** An id of the place that is below the message which is looked for; 0: none is known. */
async function lastKnown({ store, memory, clock }: Desk, slot: number): Promise<number> {
  const [own, heard] = await Promise.all([highestId(store, slot), heardIn(store, slot)]);
  return Math.max(own, heard?.from ?? 0, lastShown(memory.shown, slot, clock.ticks()));
}

/** One search at a time in a group, so that none takes for its own what another one is finding. */
async function alone(
  desk: Desk,
  chatId: number,
  search: (found: Map<number, number>) => Promise<SearchResult>,
): Promise<SearchResult> {
  const none = () => ({ last: Promise.resolve(), found: new Map() });
  const group = remembered(desk.memory.searches, chatId, none);
  const turn = group.last.then(() => search(group.found));
  group.last = turn.catch(() => undefined);
  return turn;
}

/**
 * Looks for the same message below `messageId`, which repeats it: where we knew no id of the place, or others have written
 * so much since ours that the search did not come to its end.
 */
export async function findTwin(
  desk: Desk,
  { slot, chat }: { readonly slot: number; readonly chat: Chat },
  messageId: number,
  search: Search,
): Promise<SearchResult> {
  // The right to edit was given meanwhile: what stands there may be an editor's.
  if (chat.kind === 'channel' && (await mayEditOthers(desk, chat))) return { found: 'untold', twin: false };
  const [last, named] = await Promise.all([lastKnown(desk, slot), namedPosts(desk.store, slot)]);
  const ours = chat.kind === 'channel' ? named : await ourMessages(desk, chat.id);
  const below = idsFrom(messageId - 1, -1, last, (id) => !named.has(id) && !ours.has(id));
  return probe(desk, chat, search, below, Number.POSITIVE_INFINITY);
}

/** Ids of a place above `last` that may be ours, from `first` on in steps of `step`: as many as are asked there. */
function idsFrom(first: number, step: 1 | -1, last: number, mayBeOurs: (id: number) => boolean): number[] {
  const ids: number[] = [];
  for (let id = first; id > last && ids.length < PLACE_CANDIDATES; id += step)
    if (mayBeOurs(id)) ids.push(id);
  return ids;
}

async function sharedCandidates(desk: Desk, { highest, others }: Unheard): Promise<number[]> {
  const { sequence } = desk.telegram;
  const since = desk.clock.ticks();
  // A message that left at that time may have a lower id: only what leaves from now on has a higher one.
  const later = () => sequence.givenAfter(since);
  while (later() === undefined && desk.clock.ticks() - since < LATER_MESSAGE_MS)
    await desk.clock.sleep(SECOND / 10);
  // Messages sent at the same time have their answers by now, and their ids are known.
  await desk.clock.sleep(SECOND / 4);
  const most = Math.max(highest, sequence.accepted) + 2 * others + 8;
  return sequence.unclaimed(highest, later() ?? most);
}
