/**
 * Did it arrive? Telegram has no idempotency key, so a message of unknown outcome is looked for where ids tell: the
 * candidate ids are edited to the very same content. `not modified` means that it stands there, `not found` that
 * nothing does. Only ids above every id known before the send are asked, so an earlier message is never touched. Where the
 * bot may edit posts of others, `among-others.ts` finds out first which ids are theirs.
 */
import type { Message } from '../../news/message.ts';
import type { Chat } from '../../news/subscriber.ts';
import { highestId } from '../../store/deliveries.ts';
import { heardIn, namedPosts } from '../../store/others.ts';
import { listSurelySaid } from '../../store/said.ts';
import { hasOwnSequence } from '../../telegram/sequence.ts';
import { SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { ourMessages } from '../chats/known-messages.ts';
import { amongOthers, mayEditOthers } from './among-others.ts';
import { END_OF_SEQUENCE, type Finding, PLACE_CANDIDATES, probe } from './probe.ts';

/** Ids asked in a private chat: more would cost more than a repeat. */
const SHARED_CANDIDATES = 24;
/** A later message of the shared sequence shows how far it has come. */
const LATER_MESSAGE_MS = 1500;

/** A message that went out and of which nothing was heard. */
interface Unheard {
  readonly message: Message;
  /** The shared sequence when it went out, and how many more were on their way then. */
  readonly highest: number;
  readonly others: number;
}

export async function findMessage(
  desk: Desk,
  subscriber: { readonly slot: number; readonly chat: Chat },
  { message, highest, others }: Unheard,
): Promise<Finding> {
  const { slot, chat } = subscriber;
  if (!hasOwnSequence(chat)) {
    // Answers are not news: an edit would overwrite one of an earlier process.
    const answers = new Set(await listSurelySaid(desk, slot));
    const candidates = (await sharedCandidates(desk, highest, others))
      .filter((id) => !answers.has(id))
      .slice(0, SHARED_CANDIDATES);
    return probe(desk, chat, message, candidates, Number.POSITIVE_INFINITY);
  }
  if (chat.kind === 'channel' && (await mayEditOthers(desk, chat)))
    return amongOthers(desk, subscriber, message);
  const last = await lastKnown(desk, slot);
  if (last === 0) return { found: 'untold', twin: true };
  const named = await namedPosts(desk.store, slot);
  const candidates = Array.from({ length: PLACE_CANDIDATES + named.size }, (_, index) => last + 1 + index)
    .filter((id) => !named.has(id))
    .slice(0, PLACE_CANDIDATES);
  if (chat.kind === 'channel') return probe(desk, chat, message, candidates, END_OF_SEQUENCE);
  return alone(desk, chat.id, async (found) => {
    // An edit would overwrite what the bot has written in another topic.
    const ours = await ourMessages(desk, chat.id);
    const free = candidates.filter((id) => !ours.has(id) && (found.get(id) ?? slot) === slot);
    const finding = await probe(desk, chat, message, free, END_OF_SEQUENCE);
    if (finding.found === 'there') found.set(finding.messageId, slot);
    return finding;
  });
}

/** An id of the place that is below the message which is looked for; 0: none is known. */
async function lastKnown({ store }: Desk, slot: number): Promise<number> {
  const [own, heard] = await Promise.all([highestId(store, slot), heardIn(store, slot)]);
  return Math.max(own, heard?.from ?? 0);
}

/** One search at a time in a group, so that none takes for its own what another one is finding. */
async function alone(
  desk: Desk,
  chatId: number,
  search: (found: Map<number, number>) => Promise<Finding>,
): Promise<Finding> {
  const { searches } = desk.memory;
  const group = searches.get(chatId) ?? { last: Promise.resolve(), found: new Map() };
  searches.set(chatId, group);
  const turn = group.last.then(() => search(group.found));
  group.last = turn.catch(() => undefined);
  return turn;
}

/**
 * Looks for the same message below `messageId`, which repeats it: where we knew no id of the place, or others have written
 * so much since ours that the search did not come to its end. Undefined: there is none, so nothing was repeated.
 */
export async function findTwin(
  desk: Desk,
  { slot, chat }: { readonly slot: number; readonly chat: Chat },
  messageId: number,
  message: Message,
): Promise<number | undefined> {
  // The right to edit was given meanwhile: what stands there may be an editor's.
  if (chat.kind === 'channel' && (await mayEditOthers(desk, chat))) return undefined;
  const [last, named] = await Promise.all([lastKnown(desk, slot), namedPosts(desk.store, slot)]);
  const ours = chat.kind === 'channel' ? named : await ourMessages(desk, chat.id);
  const below = idsBelow(messageId, last, PLACE_CANDIDATES + named.size)
    .filter((id) => !named.has(id) && !ours.has(id))
    .slice(0, PLACE_CANDIDATES);
  const finding = await probe(desk, chat, message, below, Number.POSITIVE_INFINITY);
  return finding.found === 'there' ? finding.messageId : undefined;
}

/** Ids below `messageId` and above `last`, highest first, at most `count`. */
const idsBelow = (messageId: number, last: number, count: number): number[] =>
  Array.from(
    { length: Math.max(0, Math.min(count, messageId - 1 - last)) },
    (_, index) => messageId - 1 - index,
  );

async function sharedCandidates(desk: Desk, highest: number, others: number): Promise<number[]> {
  const { sequence } = desk.telegram;
  const since = desk.clock.ticks();
  // What left at the same time may have a lower id: only what leaves from now on has a higher one.
  const later = () => sequence.givenAfter(since);
  while (later() === undefined && desk.clock.ticks() - since < LATER_MESSAGE_MS)
    await desk.clock.sleep(SECOND / 10);
  // Messages sent at the same time have their answers by now, and their ids are known.
  await desk.clock.sleep(SECOND / 4);
  const most = Math.max(highest, sequence.accepted) + 2 * others + 8;
  return sequence.unclaimed(highest, later() ?? most);
}
