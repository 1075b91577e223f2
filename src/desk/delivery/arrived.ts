/**
 * Did it arrive? Telegram has no idempotency key, so a message of unknown outcome is looked for where ids tell: the
 * candidate ids are edited to the very same content. `not modified` means that it stands there, `not found` that
 * nothing does. Only ids above every id known before the send are asked, so an earlier message is never touched.
 */
import type { Message } from '../../news/message.ts';
import type { Chat } from '../../news/subscriber.ts';
import { highestId } from '../../store/deliveries.ts';
import { patiently } from '../../telegram/patient.ts';
import { hasOwnSequence } from '../../telegram/sequence.ts';
import { SECOND } from '../../time.ts';
import { editForm } from '../articles.ts';
import type { Desk } from '../desk.ts';
import { ourMessages } from '../chats/known-messages.ts';

export type Finding =
  | { readonly found: 'there'; readonly messageId: number }
  | { readonly found: 'absent' }
  /** Cannot be told: a repeat is better than a loss. `twin`: `findTwin` can tell once the repeat is there. */
  | { readonly found: 'untold'; readonly twin: boolean };

/** Ids asked in a place: others' posts may stand between ours. */
const PLACE_CANDIDATES = 20;
/** So many missing ids in a row mean that the sequence ends here (deleted posts leave gaps). */
const END_OF_SEQUENCE = 3;
/** Ids asked below a repeat. */
const TWIN_CANDIDATES = 3;
/** Ids asked in a private chat: more would cost more than a repeat. */
const SHARED_CANDIDATES = 24;
/** A later message of the shared sequence shows how far it has come. */
const LATER_MESSAGE_MS = 1500;

/** @param highest the shared sequence when the message went out. @param others how many more went out unseen then. */
export async function findMessage(
  desk: Desk,
  subscriber: { readonly slot: number; readonly chat: Chat },
  message: Message,
  highest: number,
  others: number,
): Promise<Finding> {
  const { slot, chat } = subscriber;
  if (!hasOwnSequence(chat)) {
    const candidates = await sharedCandidates(desk, highest, others);
    return probe(desk, chat, message, candidates, Number.POSITIVE_INFINITY);
  }
  if (chat.kind === 'channel' && (await mayEditOthers(desk, chat))) return { found: 'untold', twin: false };
  const last = await highestId(desk.store, slot);
  if (last === 0) return { found: 'untold', twin: true };
  const candidates = Array.from({ length: PLACE_CANDIDATES }, (_, index) => last + 1 + index);
  if (chat.kind === 'channel') return probe(desk, chat, message, candidates, END_OF_SEQUENCE);
  return alone(desk, chat.id, async (found) => {
    // An edit would overwrite what the bot has written in another topic.
    const ours = await ourMessages(desk, chat.id);
    const free = candidates.filter((id) => !ours.has(id) && !found.has(id));
    const finding = await probe(desk, chat, message, free, END_OF_SEQUENCE);
    if (finding.found === 'there') found.add(finding.messageId);
    return finding;
  });
}

/** One search at a time in a group, so that none takes for its own what another one is finding. */
async function alone(
  desk: Desk,
  chatId: number,
  search: (found: Set<number>) => Promise<Finding>,
): Promise<Finding> {
  const { searches } = desk.memory;
  const group = searches.get(chatId) ?? { last: Promise.resolve(), found: new Set() };
  searches.set(chatId, group);
  const turn = group.last.then(() => search(group.found));
  group.last = turn.catch(() => undefined);
  return turn;
}

/**
 * Looks for the same message just below `messageId`, which repeats it: the first message in a place whose ids we did not
 * know. Undefined: there is none, so nothing was repeated.
 */
export async function findTwin(
  desk: Desk,
  chat: Chat,
  messageId: number,
  message: Message,
): Promise<number | undefined> {
  const below = Array.from({ length: TWIN_CANDIDATES }, (_, index) => messageId - 1 - index);
  const finding = await probe(
    desk,
    chat,
    message,
    below.filter((id) => id > 0),
    Number.POSITIVE_INFINITY,
  );
  return finding.found === 'there' ? finding.messageId : undefined;
}

async function sharedCandidates(desk: Desk, highest: number, others: number): Promise<number[]> {
  const { sequence } = desk.telegram;
  const deadline = desk.clock.ticks() + LATER_MESSAGE_MS;
  const most = highest + 2 * others + 8;
  while (sequence.highest <= highest && desk.clock.ticks() < deadline) await desk.clock.sleep(SECOND / 10);
  // Messages sent at the same time have their answers by now, and their ids are known.
  await desk.clock.sleep(SECOND / 4);
  const upTo = sequence.highest > highest ? sequence.highest + 1 : most;
  return sequence.unclaimed(highest, upTo).slice(0, SHARED_CANDIDATES);
}

async function probe(
  desk: Desk,
  chat: Chat,
  message: Message,
  candidates: readonly number[],
  patience: number,
): Promise<Finding> {
  let missing = 0;
  for (const messageId of candidates) {
    const answer = await whatStandsAt(desk, chat, messageId, message);
    desk.status.probes.inc({ outcome: answer });
    if (answer === 'there') {
      desk.telegram.sequence.observe(chat.id, messageId);
      return { found: 'there', messageId };
    }
    if (answer === 'untold') return { found: 'untold', twin: false };
    missing = answer === 'nothing' ? missing + 1 : 0;
    if (missing >= patience) break;
  }
  return { found: 'absent' };
}

/** Content found at `messageId`: this message, nothing, somebody else's. */
async function whatStandsAt(
  desk: Desk,
  chat: Chat,
  messageId: number,
  message: Message,
): Promise<'there' | 'nothing' | 'other' | 'untold'> {
  const outcome = await patiently(desk.clock, () => editForm(desk, chat, messageId, message, 'news'));
  if (outcome.kind === 'done') return isHere(chat, outcome.result) ? 'there' : 'other';
  if (outcome.kind !== 'refused') return 'untold';
  if (outcome.why === 'not_modified') return inTopic(desk, chat, messageId, message);
  if (outcome.why === 'not_found') return 'nothing';
  return outcome.why === 'not_ours' ? 'other' : 'untold';
}

/**
 * The same words may stand in another topic of the forum, and `not modified` does not tell where: only a change does. It
 * is taken back at once.
 */
async function inTopic(
  desk: Desk,
  chat: Chat,
  messageId: number,
  message: Message,
): Promise<'there' | 'other' | 'untold'> {
  if (chat.kind === 'channel' || !hasOwnSequence(chat)) return 'there';
  const { buttons: _buttons, rich: _rich, ...bare } = message;
  const changed = { ...bare, text: `${message.text} ·` };
  let told: 'there' | 'other' | 'untold' = 'untold';
  for (const form of [changed, message]) {
    const outcome = await patiently(desk.clock, () => editForm(desk, chat, messageId, form, 'news'));
    if (outcome.kind === 'done') told = isHere(chat, outcome.result) ? 'there' : 'other';
  }
  return told;
}

/** Whether an edited message stands in the topic of `chat`, or outside of all topics where `chat` is the group itself. */
function isHere({ kind, thread }: Chat, edited: unknown): boolean {
  if (kind !== 'topic' && kind !== 'group') return true;
  const { is_topic_message: isTopic, message_thread_id: where } = edited as {
    is_topic_message?: boolean;
    message_thread_id?: number;
  };
  return (isTopic === true ? where : undefined) === thread;
}

/**
 * Whether the bot has been given more than the right to post: then an edit could overwrite an editor's post, and
 * nothing is asked there.
 */
async function mayEditOthers(desk: Desk, chat: Chat): Promise<boolean> {
  const member = { chat_id: chat.id, user_id: Number(desk.store.botId) };
  const outcome = await patiently(desk.clock, () =>
    desk.telegram.call<{ status: string; can_edit_messages?: boolean }>('getChatMember', member),
  );
  if (outcome.kind === 'done')
    return outcome.result.status === 'creator' || outcome.result.can_edit_messages === true;
  return true;
}
