/** A message that was sent, as it should look after a correction of a story that it shows. */
import { sentForm, storyTerms } from '../../news/audience.ts';
import type { Message } from '../../news/message.ts';
import { type Story, storyTime } from '../../news/story.ts';
import { isPlace, type Subscriber } from '../../news/subscriber.ts';
import { renderBulletin, renderStory } from '../../render/message.ts';
import { messageIds, postedIn, readBlock } from '../../store/deliveries.ts';
import { type Logged, newestEntries, readLog } from '../../store/logs.ts';
import { earlierRevisions, getRecords } from '../../store/stories.ts';
import { viewFrom } from '../chat-view.ts';
import type { Desk } from '../desk.ts';
import { mayShowMore } from '../memory/looks.ts';
import { storiesOf } from '../stories.ts';

/** A correction that is taken to many chats, with what is read once for all of them. */
export interface Edit {
  readonly story: Story;
  /** Revisions that chats may show of the story now; undefined: nobody knows all of it. */
  readonly before: readonly Story[] | undefined;
  /** The log entries, oldest first, whose stories may stand beside this one in a message. */
  readonly entries: readonly LoggedStory[];
  /** Message ids of those in the block of slots that is walked over; undefined: each chat is asked for by itself. */
  readonly ids: Awaited<ReturnType<typeof readBlock>> | undefined;
}

type LoggedStory = Pick<Extract<Logged, { readonly kind: 'story' }>, 'story' | 'at' | 'urgent'>;

/** Entries of a log among which the other stories of a bulletin are looked for. */
const RECENT_ENTRIES = 300;

/**
 * To be called after the ids of the messages were read: a walk takes its time, and what is sent meanwhile shows stories that
 * were not there when it began.
 *
 * @param since the revision that every chat has at least; absent: nobody knows.
 * @param slot one of the people whose block is walked over; absent: it is for places, or for one chat.
 */
export async function openEdit(desk: Desk, story: Story, since?: number, slot?: number): Promise<Edit> {
  const entries = (await entriesAround(desk, story)).filter((entry) => entry.kind === 'story');
  const before = since === undefined ? undefined : await shownSince(desk, story, since);
  const ids = slot === undefined ? undefined : await readBlock(desk, slot, namesIn(entries));
  return { story, before, entries, ids };
}

const namesIn = (entries: readonly LoggedStory[]): string[] => [
  ...new Set(entries.map(({ story }) => story)),
];

/** The newest entries of the log; for a story that is older than them those about its own. */
async function entriesAround(desk: Desk, story: Story): Promise<Logged[]> {
  const { store } = desk;
  const newest = await newestEntries(store, story.edition, RECENT_ENTRIES);
  const [first] = newest;
  const [record] = first && first.at > story.firstSeenAt ? await getRecords(desk, [story.id]) : [];
  if (!record?.seq || !first || record.seq > first.seq) return newest;
  return readLog(store, story.edition, Math.max(record.seq - RECENT_ENTRIES / 2, 0), RECENT_ENTRIES);
}

/**
 * Every revision from `since` to the one before this; undefined where one is missing. None at all: Redis has lost corrections,
 * and nobody knows what chats show.
 */
async function shownSince(desk: Desk, { id, revision }: Story, since: number): Promise<Story[] | undefined> {
  const known = await earlierRevisions(desk.store, id);
  const shown = known.filter((one) => one.revision >= since && one.revision < revision);
  const isWhole = new Set(shown.map((one) => one.revision)).size === revision - since;
  return isWhole && shown.length > 0 ? shown : undefined;
}

/** Looks of an edited bulletin, from roomy to tight. */
const TIGHTER = [
  ['all', {}],
  ['all', { isThen: true }],
  ['withdrawn', { isThen: true }],
  ['withdrawn', { isThen: true, isTight: true }],
] as const;

/** The message as it should look now; undefined where it looks like that already. */
export async function redrawn(
  desk: Desk,
  edit: Edit,
  subscriber: Subscriber,
  messageId: number,
): Promise<Message | undefined> {
  const view = viewFrom(desk, subscriber);
  const others = await shownTogether(desk, edit, subscriber, messageId);
  const draw = (
    revision: Story,
    marks: 'all' | 'withdrawn' | 'none',
    { isThen = false, isTight = false } = {},
  ): readonly Message[] => {
    const look = { ...view, edited: marks !== 'none' };
    if (others.length === 0) return [renderStory(revision, look, desk.locales)];
    const stories = [revision, ...others];
    const { form, sentAt } = sentForm(
      subscriber,
      stories.map((story) => inLog(edit, story)),
    );
    const drawn = stories.sort((a, b) => newestFirst(edit, a, b));
    const marked = marks === 'all' ? drawn : drawn.map((story) => ({ ...story, revision: 0 }));
    // Only of a digest it is known when it was sent: what waited for a night or a pause would lose its dates.
    const dated = isThen || form === 'digest' ? { ...look, now: Math.min(sentAt, look.now) } : look;
    return renderBulletin(marked, dated, form, desk.locales, { sentAt, isTight });
  };
  // Compared without the mark `updated`, which would be a change in itself.
  const now = JSON.stringify(draw(edit.story, 'none'));
  const isSame = edit.before?.every((revision) => JSON.stringify(draw(revision, 'none')) === now);
  const { at } = inLog(edit, edit.story);
  if (isSame && !mayShowMore(desk.memory.looks, subscriber.slot, messageId, at)) return undefined;
  // No second message can be put behind it: rather than lose its last stories it goes with no more dates than it had, about,
  // then without marks, then with short headlines.
  for (const [marks, how] of TIGHTER) {
    const [message, ...more] = draw(edit.story, marks, how);
    if (message && more.length === 0) return message;
  }
  return undefined;
}

/** A story as it stood in the log; an operator may have made it urgent later, in a second entry. */
function inLog({ entries }: Edit, story: Story): Parameters<typeof sentForm>[1][number] {
  const own = entries.filter((entry) => entry.story === story.id);
  const urgent = story.urgent || own.some((entry) => entry.urgent);
  return {
    story,
    // They take a millisecond to find, and only a chat that follows topics beside everything needs them.
    get terms() {
      return storyTerms(story);
    },
    at: own[0]?.at ?? story.firstSeenAt,
    urgent,
  };
}

/** The other stories that this very message shows: it is a bulletin, or a digest. */
async function shownTogether(
  desk: Desk,
  edit: Edit,
  { slot, chat }: Subscriber,
  messageId: number,
): Promise<Story[]> {
  const posted = isPlace(chat) ? await postedIn(desk, slot, edit.story.id) : undefined;
  const isPosted = posted?.messageId === messageId;
  return storiesOf(desk, isPosted ? posted.others : await namesAt(desk, edit, slot, messageId));
}

/** The other stories of the log that stand under the same message id. */
async function namesAt(desk: Desk, edit: Edit, slot: number, messageId: number): Promise<string[]> {
  const names = namesIn(edit.entries).filter((id) => id !== edit.story.id);
  const { ids } = edit;
  const shown = ids ? names.map((name) => ids(name, slot)) : await messageIds(desk, slot, names);
  return names.filter((_, index) => shown[index] === messageId);
}

/** Of the same time those first that came later into the log, as they were sent. */
function newestFirst({ entries }: Edit, a: Story, b: Story): number {
  const [first, second] = [a, b].map(({ id }) => entries.findIndex(({ story }) => story === id));
  return storyTime(b) - storyTime(a) || (second ?? 0) - (first ?? 0);
}
