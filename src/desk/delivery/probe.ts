/** Reads the content under a message id, found by an edit to the content that is looked for. */
import type { Message } from '../../news/message.ts';
import type { Chat } from '../../news/subscriber.ts';
import type { Refusal } from '../../telegram/outcome.ts';
import { escapeHtml, fitsMessage, visibleText } from '../../render/html.ts';
import { patiently } from '../../telegram/patient.ts';
import { hasOwnSequence } from '../../telegram/sequence.ts';
import { editForm } from '../articles.ts';
import { MINUTE, SECOND } from '../../time.ts';
import type { Desk } from '../desk.ts';

export type SearchResult =
  | { readonly found: 'there'; readonly messageId: number }
  | { readonly found: 'absent' }
  /** Cannot be told: a repeat is better than a loss. `twin`: `findTwin` can tell once the repeat is there. */
  | { readonly found: 'untold'; readonly twin: boolean }
  /** Telegram cannot be asked now: it is asked later. */
  | { readonly found: 'later' };

/** Ids asked in a place: others' posts may stand between ours. */
export const PLACE_CANDIDATES = 20;
/** So many missing ids in a row mean that the sequence ends here (deleted posts leave gaps). */
export const END_OF_SEQUENCE = 3;

/**
 * A question that is not answered within this is put off: whoever asks has a place among those in flight. A search asks many,
 * so each is asked three times of a Telegram that leaves one in ten without an answer: otherwise hardly a search came to its end.
 */
export const ASKING = { forMs: 30 * SECOND } as const;

/** The message that is looked for. */
export interface Search {
  readonly message: Message;
  /** When it left, at the latest, ms. */
  readonly sentAt: number;
  /** Another process delivers now, or the chat was forgotten: no message may be edited any more. */
  readonly isStopped: () => boolean;
}

/** That the chat is gone or the right to write is believed after this: it may be a mistake, and the search would end in a repeat. */
const BELIEF_MS = 3 * MINUTE;

/** The result of a search that is refused: later at first, then that it cannot be told. */
export const refusedSince = (desk: Desk, { sentAt }: Search): SearchResult =>
  desk.clock.now() - sentAt < BELIEF_MS ? { found: 'later' } : { found: 'untold', twin: true };

/**
 * Looks for the message under each of `candidates`, until `patience` of them in a row are missing: there the ids end.
 * Infinite: the candidates are all that can be.
 */
export async function probe(
  desk: Desk,
  chat: Chat,
  search: Search,
  candidates: readonly number[],
  patience: number,
): Promise<SearchResult> {
  let missing = 0;
  for (const messageId of candidates) {
    if (search.isStopped()) return { found: 'later' };
    const answer = await whatStandsAt(desk, chat, messageId, search);
    desk.status.probes.inc({ outcome: answer });
    if (answer === 'there') {
      desk.telegram.sequence.observe(chat.id, messageId);
      return { found: 'there', messageId };
    }
    if (answer === 'later') return { found: 'later' };
    if (answer === 'refused') return refusedSince(desk, search);
    if (answer === 'untold') return { found: 'untold', twin: false };
    missing = answer === 'nothing' ? missing + 1 : 0;
    if (missing >= patience) return { found: 'absent' };
  }
  return Number.isFinite(patience) ? { found: 'untold', twin: true } : { found: 'absent' };
}

/** The content that an id turned out to hold: this message, nothing, somebody else's; or why that is not known. */
type Standing = 'there' | 'nothing' | 'other' | 'untold' | 'refused' | 'later';

/** Refusals that speak of the chat and not of the message. */
const OF_THE_CHAT: readonly Refusal[] = ['gone', 'removed', 'blocked', 'rights'];

async function whatStandsAt(
  desk: Desk,
  chat: Chat,
  messageId: number,
  { message, isStopped }: Search,
): Promise<Standing> {
  const outcome = await patiently(desk.clock, () => editForm(desk, chat, messageId, message, 'news'), ASKING);
  if (outcome.kind === 'done') return isHere(chat, outcome.result) ? 'there' : 'other';
  if (outcome.kind !== 'refused') return 'later';
  if (outcome.why === 'not_modified') return isStopped() ? 'later' : inTopic(desk, chat, messageId, message);
  if (outcome.why === 'not_found') return 'nothing';
  if (OF_THE_CHAT.includes(outcome.why)) return 'refused';
  return outcome.why === 'not_ours' ? 'other' : 'untold';
}

/**
 * These words may stand in another topic of the forum, and `not modified` does not tell where: only a change does. It
 * is taken back at once.
 */
async function inTopic(desk: Desk, chat: Chat, messageId: number, message: Message): Promise<Standing> {
  if (chat.kind === 'channel' || !hasOwnSequence(chat)) return 'there';
  const { buttons: _buttons, rich: _rich, ...bare } = message;
  const changed = { ...bare, text: dotted(message.text) };
  let told: Standing = 'untold';
  for (const form of [changed, message]) {
    const outcome = await patiently(desk.clock, () => editForm(desk, chat, messageId, form, 'news'), ASKING);
    if (outcome.kind === 'done') told = isHere(chat, outcome.result) ? 'there' : 'other';
    else if (outcome.kind !== 'refused') return 'later';
  }
  return told;
}

/** Another text: with a dot behind it or, where a message holds no more, in place of its last letters. */
function dotted(text: string): string {
  const longer = `${text} ·`;
  const letters = Array.from(visibleText(text)).slice(0, -2).join('');
  return fitsMessage(longer) ? longer : `${escapeHtml(letters)} ·`;
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
