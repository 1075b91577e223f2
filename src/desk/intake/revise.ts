/** A known story that says something else now: a correction, a fuller text, a withdrawal, a return. */
import { present } from '../../present.ts';
import { storyTerms } from '../../news/audience.ts';
import type { Picture, Story } from '../../news/story.ts';
import { endOfDay } from '../../source/dates.ts';
import { isCorrection } from '../../source/identify.ts';
import { headlineSign, isExcerpt } from '../../source/likeness.ts';
import { type Draft, textHash } from '../../source/normalise.ts';
import { POSTED_MS } from '../../store/deliveries.ts';
import {
  type Origin,
  type Revision,
  reviseStory,
  type StoryRecord,
  saveOrigin,
} from '../../store/stories.ts';
import { HOUR } from '../../time.ts';
import { type Poll, storyRecord } from './context.ts';
import { headlineHash } from './known.ts';
import { withOwnLinks } from './own-links.ts';
import { withSeenPictures } from './pictures.ts';

/** For so long a story leaves its listing only where something happened to it. */
export const YOUNG_MS = 48 * HOUR;
/** Texts of a story that are remembered, to know an old one again. */
const MOST_TEXTS = 20;

const ageOf = (story: Story, now: number): number =>
  now - (story.publishedAt ?? Math.min(story.firstSeenAt, endOfDay(story.day)));

export const isYoung = (story: Story, now: number): boolean => ageOf(story, now) < YOUNG_MS;

/** Whether nothing but the headline of a story is known so far. */
export const isFlash = ({ story, origin }: StoryRecord): boolean =>
  origin.from === 'headline' && !story.lead && story.body.length === 0;

/** For so long a story without a text is what stands at its address, however that is called by now. */
const FLASH_MS = 6 * HOUR;

/** Whether a chat may still be given an edit of the story; older ones are put right in the store only. */
export const isEditable = (story: Story, now: number): boolean => ageOf(story, now) < POSTED_MS;

/** Facts learnt of a story, and their origin. */
export interface Learnt {
  readonly from: 'page' | 'item';
  readonly draft: Draft;
  readonly etag?: string;
  readonly lastModified?: string;
  /** The address is not the one that the story was read from before, so an older text is no news. */
  readonly isOtherAddress?: boolean;
  /** It was said by a row with the guid of the story. */
  readonly hasGuid?: boolean;
}

/**
 * Takes in what a story says now. A changed text is a revision; the first whole text of a story that was only a headline
 * is one only where chats have seen it. Answers whether the text changed.
 */
export const revise = async (poll: Poll, record: StoryRecord, written: Learnt): Promise<boolean> =>
  (await asItIs(poll, record, (current) => reviseOnce(poll, current, written))) ?? false;

/** An operator writes a story now and then: what meets that this often in a row is no operator's. */
const MOST_TRIES = 5;

/**
 * Takes a step that follows from what a story says; where somebody else has written the story since it was read, once more
 * from what it says now. Undefined: it is gone, or was never left alone.
 */
async function asItIs<T>(
  poll: Poll,
  record: StoryRecord,
  step: (current: StoryRecord) => Promise<T | 'overtaken'>,
): Promise<T | undefined> {
  let current: StoryRecord | undefined = record;
  for (let tries = 0; current && tries < MOST_TRIES; tries += 1) {
    const result = await step(current);
    if (result !== 'overtaken') return result;
    poll.records.delete(record.story.id);
    current = await storyRecord(poll, record.story.id);
  }
  return undefined;
}

async function reviseOnce(poll: Poll, record: StoryRecord, written: Learnt): Promise<boolean | 'overtaken'> {
  const { story, origin } = record;
  if (origin.takenBack) return false;
  const learnt = { ...written, draft: await withSeenPictures(poll, written.draft) };
  const { draft } = learnt;
  // The page of many stories does not speak for one of them.
  const isOfMany = origin.isPart && learnt.from === 'page' && headlineSign(draft, story) === 'other';
  if (isOfMany) return false;
  const hash = textHash(draft);
  const next = originAfter(origin, learnt, hash);
  const isReturn = story.withdrawn && isCorrection(draft, story, learnt.hasGuid);
  if (!isReturn && (story.withdrawn || !saysMore(poll, record, learnt, hash))) {
    const isKept = await keepText(poll, record, pictureAfter(record, written.draft, draft), next);
    return isKept ? false : 'overtaken';
  }
  const isFill = origin.from === 'headline' && record.seq === 0;
  const takesTime = draft.publishedAt !== undefined && (story.publishedAt === undefined || isFill);
  const revised: Story = present({
    ...story,
    headline: draft.headline,
    leadLinks: undefined,
    ...(await withOwnLinks(poll, draft, story.id)),
    revision: isFill ? story.revision : story.revision + 1,
    day: draft.isDayKnown ? draft.day : story.day,
    publishedAt: takesTime ? draft.publishedAt : story.publishedAt,
    picture: pictureAfter(record, written.draft, draft),
    rubrics: draft.rubrics.length ? draft.rubrics : story.rubrics,
    access: draft.access,
    urgent: story.urgent || draft.urgent,
    withdrawn: false,
  });
  const isTold = !isFill && isEditable(story, poll.desk.clock.now());
  const notice = isReturn ? 'return' : 'correction';
  // The chats that have it are known by the message numbers of people, which are kept a little longer than a story is young.
  const isBack = isReturn && record.seq > 0 && isYoung(story, poll.desk.clock.now());
  const returns = (next.returns ?? 0) + Number(isReturn);
  const revisedNow = { ...next, revisedAt: poll.desk.clock.now(), ...(returns ? { returns } : {}) };
  if (!(await storeRevision(poll, record, revised, revisedNow, isTold ? notice : undefined, isBack)))
    return 'overtaken';
  if (!isFill) poll.tally.corrected.push(story.id);
  return true;
}

/** Whether the text is a change of the newsroom's and not one of form, of an old copy, or of a page half read. */
function saysMore(poll: Poll, record: StoryRecord, learnt: Learnt, hash: string): boolean {
  const { story, origin } = record;
  const { draft } = learnt;
  if (hash === textHash(story)) return false;
  // Letters that were lost on the way are no correction of letters that were not.
  if (isUnread(draft) && !isUnread(story)) return false;
  // A story that nobody was shown yet is filled by whatever its page says.
  const isUnshown = record.seq === 0 && origin.from === 'headline';
  const isYoungFlash = isFlash(record) && ageOf(story, poll.desk.clock.now()) < FLASH_MS;
  if (!isUnshown && !isYoungFlash && !learnt.isOtherAddress && !isCorrection(draft, story, learnt.hasGuid))
    return false;
  if (learnt.isOtherAddress) return !origin.texts.includes(hash) && !isExcerpt(draft, story);
  const isFirstText = origin.from === 'headline';
  if (isFirstText) return true;
  // A page always shows a text; what shows none was not understood.
  if (!draft.lead || (!draft.body.length && story.body.length > 0 && draft.access === 'free')) return false;
  if (learnt.from === 'item') return true;
  // The first reading of a page whose feed gave the whole text differs in form; from then on a difference tells.
  const isFirstPage = origin.page === undefined && origin.from === 'item' && story.body.length > 0;
  return !isFirstPage && hash !== origin.page;
}

/** After a correction a server that has several copies may show the text before it for so long. */
const OLD_COPY_MS = HOUR;

/** Whether a story said this before its last change, which is too young for the newsroom to have taken it back. */
export const isOldCopy = ({ desk }: Poll, { story, origin }: StoryRecord, draft: Draft): boolean =>
  desk.clock.now() - (origin.revisedAt ?? 0) < OLD_COPY_MS &&
  textHash(draft) !== textHash(story) &&
  origin.texts.includes(textHash(draft));

const isUnread = (told: Pick<Draft, 'headline' | 'lead' | 'body'>): boolean =>
  JSON.stringify([told.headline, told.lead, told.body]).includes('\ufffd');

/** A story that went out with a picture keeps it while none is seen; of what only stands in the store one that is bad goes. */
function pictureAfter({ story, seq }: StoryRecord, written: Draft, seen: Draft): Picture | undefined {
  if (seen.picture) return seen.picture;
  return seq === 0 && written.picture?.url === story.picture?.url ? undefined : story.picture;
}

/** The text stays; a picture that it lacked is taken, one that was never seen well goes. False: it was overtaken. */
async function keepText(
  poll: Poll,
  record: StoryRecord,
  picture: Picture | undefined,
  origin: Origin,
): Promise<boolean> {
  const { picture: before, ...story } = record.story;
  if (!before !== !picture)
    return storeRevision(poll, record, picture ? { ...story, picture } : story, origin);
  const isStored = await saveOrigin(poll.desk.store, record, origin);
  if (isStored) poll.records.set(story.id, { ...record, origin });
  return isStored;
}

function originAfter(origin: Origin, learnt: Learnt, hash: string): Origin {
  const isPage = learnt.from === 'page';
  const texts = [...origin.texts.filter((known) => known !== hash), hash].slice(-MOST_TEXTS);
  if (!isPage || learnt.isOtherAddress) return { ...origin, texts };
  return present({
    ...origin,
    from: 'page',
    page: hash,
    texts,
    etag: learnt.etag,
    lastModified: learnt.lastModified,
  });
}

/** The newsroom took it back: chats that show it are told at once. */
export async function withdraw(poll: Poll, record: StoryRecord): Promise<void> {
  const isDone = await asItIs(poll, record, async (current) => {
    if (current.story.withdrawn) return false;
    const story: Story = { ...current.story, withdrawn: true, revision: current.story.revision + 1 };
    return (await storeRevision(poll, current, story, current.origin, 'withdrawal')) || 'overtaken';
  });
  if (isDone) poll.tally.withdrawn.push(record.story.id);
}

/** The old address of a story is no longer listed, this one is: readers get this one. */
export async function relink(poll: Poll, record: StoryRecord, link: string): Promise<void> {
  await asItIs(poll, record, async (current) => {
    const linkedAt = poll.desk.clock.now();
    const origin: Origin = present({ ...current.origin, etag: undefined, lastModified: undefined, linkedAt });
    return (await storeRevision(poll, current, { ...current.story, link }, origin)) || 'overtaken';
  });
}

/** False: somebody else has written the story since `record` was read, and nothing was stored. */
async function storeRevision(
  poll: Poll,
  record: StoryRecord,
  story: Story,
  origin: Origin,
  notice?: Revision['notice'],
  isBack = false,
): Promise<boolean> {
  const isMoved =
    story.day !== record.story.day ||
    story.publishedAt !== record.story.publishedAt ||
    story.withdrawn !== record.story.withdrawn;
  const revision: Revision = present({
    story,
    terms: storyTerms(story),
    origin,
    headline: headlineHash(story.headline),
    rank: isMoved ? rankOf(story, 0) : undefined,
    now: poll.desk.clock.now(),
    notice,
    over: record.json,
    isBack,
  });
  const due = await reviseStory(poll.desk, revision);
  // It is read again where it is needed once more in this poll.
  poll.records.delete(story.id);
  return due !== undefined;
}

/**
 * Where a story stands among the newest: at its publication, else at first sight, but never later than its own day.
 * `position` in the source decides between those first seen together.
 */
export const rankOf = (story: Pick<Story, 'publishedAt' | 'firstSeenAt' | 'day'>, position: number): number =>
  (story.publishedAt ?? Math.min(story.firstSeenAt, endOfDay(story.day))) - Math.min(position, 1000) / 1024;
