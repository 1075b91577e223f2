/**
 * A message of unknown outcome in a channel where the bot may edit posts of others: Telegram's app gives that right
 * together with the right to post. An edit to our content must never meet an editor's post. Updates name every post of
 * others, so of the ids that stand above our last one those that no update names, after all were read, are ours.
 */
import type { Chat } from '../../news/subscriber.ts';
import { patiently } from '../../telegram/patient.ts';
import { MINUTE, SECOND } from '../../time.ts';
import { type Heard, heardOf, readAll, unreadMs } from '../chats/hear.ts';
import type { Desk } from '../desk.ts';
import {
  ASKING,
  END_OF_SEQUENCE,
  type SearchResult,
  PLACE_CANDIDATES,
  probe,
  refusedSince,
  type Search,
} from './probe.ts';

/** An update follows its post within this. */
const UPDATE_MS = SECOND;

/** Updates that cannot be read for this long are not waited for any more. */
const UNREAD_MS = 15 * MINUTE;

/** Why nothing is asked. */
type Reason = 'other_bot' | 'unread' | 'unknown_start';

export async function amongOthers(
  desk: Desk,
  { slot, chat }: { readonly slot: number; readonly chat: Chat },
  search: Search,
): Promise<SearchResult> {
  const unread = (): SearchResult =>
    unreadMs(desk) < UNREAD_MS ? { found: 'later' } : unasked(desk, 'unread');
  // Nobody knows whether a bot is told of the posts of other bots.
  const isShared = await otherBotPosts(desk, chat);
  if (isShared === 'later') return { found: 'later' };
  if (isShared === 'refused') return refusedSince(desk, search);
  if (isShared) return unasked(desk, 'other_bot');
  if (!(await readAll(desk))) return unread();
  const before = await heardOf(desk, slot);
  if (!before) return unasked(desk, 'unknown_start');
  const standing = await unnamed(desk, chat, before);
  if (standing === 'untold') return { found: 'untold', twin: false };
  if (standing === 'later') return { found: 'later' };
  if (standing.length === 0) return { found: 'absent' };
  // A post of an editor since then is named by now, and no newer post is asked.
  await desk.clock.sleep(UPDATE_MS);
  if (!(await readAll(desk))) return unread();
  const after = await heardOf(desk, slot);
  if (!after) return unasked(desk, 'unknown_start');
  const ours = standing.filter((id) => id > after.from && !after.isOthers(id));
  return probe(desk, chat, search, ours, Number.POSITIVE_INFINITY);
}

function unasked({ status }: Desk, reason: Reason): SearchResult {
  status.unasked.inc({ reason });
  return { found: 'untold', twin: false };
}

/** Ids under which something stands that no update has named yet, or that Telegram does not tell that, ever or now. */
async function unnamed(
  desk: Desk,
  chat: Chat,
  { from, isOthers }: Heard,
): Promise<number[] | 'untold' | 'later'> {
  const standing: number[] = [];
  let asked = 0;
  let missing = 0;
  for (let id = from + 1; asked < PLACE_CANDIDATES && missing < END_OF_SEQUENCE; id += 1) {
    if (isOthers(id)) {
      missing = 0;
      continue;
    }
    const stands = await whatIsAt(desk, chat, id);
    if (stands === 'untold' || stands === 'later') return stands;
    asked += 1;
    missing = stands === 'something' ? 0 : missing + 1;
    if (stands === 'something') standing.push(id);
  }
  return standing;
}

/** Longer than Telegram takes: an edit with this button is refused, and changes nothing whatever stands there. */
const IMPOSSIBLE = { inline_keyboard: [[{ text: '.', callback_data: 'x'.repeat(65) }]] };

/** Whether a message stands under the id. */
async function whatIsAt(
  desk: Desk,
  chat: Chat,
  messageId: number,
): Promise<'something' | 'nothing' | 'untold' | 'later'> {
  const params = { chat_id: chat.id, message_id: messageId, reply_markup: IMPOSSIBLE };
  const outcome = await patiently(
    desk.clock,
    async () => {
      await desk.telegram.pace.turn('news');
      return desk.telegram.call('editMessageReplyMarkup', params);
    },
    ASKING,
  );
  if (outcome.kind !== 'refused') return outcome.kind === 'done' ? 'something' : 'later';
  if (outcome.why === 'not_found') return 'nothing';
  return ['content', 'not_ours', 'not_modified'].includes(outcome.why) ? 'something' : 'untold';
}

/** Whether the bot has been given more than the right to post, so that it could edit posts of others. */
export async function mayEditOthers(desk: Desk, chat: Chat): Promise<boolean> {
  const member = { chat_id: chat.id, user_id: Number(desk.store.botId) };
  const outcome = await patiently(desk.clock, () =>
    desk.telegram.call<{ status: string; can_edit_messages?: boolean }>('getChatMember', member),
  );
  if (outcome.kind === 'done')
    return outcome.result.status === 'creator' || outcome.result.can_edit_messages === true;
  return true;
}

interface Administrator {
  readonly user: { readonly id: number; readonly is_bot: boolean };
  readonly status: string;
  readonly can_post_messages?: boolean;
}

/** Whether another bot may post in the channel, as far as Telegram tells; or why that is not known. */
async function otherBotPosts(desk: Desk, chat: Chat): Promise<boolean | 'later' | 'refused'> {
  const outcome = await patiently(
    desk.clock,
    () =>
      desk.telegram.call<Administrator[]>('getChatAdministrators', { chat_id: chat.id, return_bots: true }),
    ASKING,
  );
  if (outcome.kind !== 'done') return outcome.kind === 'refused' ? 'refused' : 'later';
  return outcome.result.some(
    ({ user, status, can_post_messages: posts }) =>
      user.is_bot && user.id !== Number(desk.store.botId) && (status === 'creator' || posts === true),
  );
}
