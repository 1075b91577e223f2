/** A row of a reading: the story that it is, or a new one. */
import { present } from '../../present.ts';
import { storyTerms } from '../../news/audience.ts';
import { hostOf } from '../../news/link-hosts.ts';
import type { Story } from '../../news/story.ts';
import { endOfDay } from '../../source/dates.ts';
import { wellWritten } from '../../source/garbled.ts';
import type { Item } from '../../source/item.ts';
import { beginningOf, headlineSign } from '../../source/likeness.ts';
import { itemText } from '../../source/item-text.ts';
import { linkKey } from '../../source/links.ts';
import { type Draft, textHash } from '../../source/normalise.ts';
import { fold } from '../../source/text.ts';
import { addAliases, appendStory, storyIdBy, setRecheck, type StoryRecord } from '../../store/stories.ts';
import { HOUR } from '../../time.ts';
import { isFlash, isOldCopy, rankOf, relink, revise } from './revise.ts';
import { isPlainly, type Rival, type Row, rivalOf, matchingStory } from './candidates.ts';
import { type Poll, storyRecord } from './context.ts';
import {
  aliasesOf,
  guidAlias,
  headlineHash,
  isSeen,
  LEFT_OUT,
  NOT_OURS,
  ownAlias,
  pageAlias,
  storyAt,
  twinsOf,
} from './known.ts';
import { type ArticlePage, draftOf, learntFrom, readStoryPage } from './page.ts';
import { withOwnLinks } from './own-links.ts';
import { endWaiting, isResting, leftOutUntil, waitOn } from './patience.ts';
import { withSeenPictures } from './pictures.ts';
import { isClaimed, nextRecheck, noteClaim } from './recheck.ts';

/** One reading being taken in. */
export interface Intake {
  readonly poll: Poll;
  readonly isBaseline: boolean;
  /** Feeds give texts of their own; rows of a listing are read on their pages. */
  readonly isFeed: boolean;
  /** Items that were there before us: those of a first sight of their source that are not pushed, at whatever poll they are settled. */
  readonly isOld: (item: Item) => boolean;
  /** Rows that speak against their stories with too many others, since `doubtAt` (ms): they wait. */
  readonly isDoubted: (item: Item) => boolean;
  readonly doubtAt: number | undefined;
}

/** Settles a row. Answers its story, `NOT_OURS` or `LEFT_OUT`; undefined where a page has to be asked again at the next poll. */
export async function settleRow(intake: Intake, written: Row): Promise<string | undefined> {
  const { names } = written;
  if (names.unchanged !== undefined) return names.unchanged;
  const item = wellWritten(written.item);
  // A headline that cannot be read is no news; once it can, the row is another.
  if (!item) return names.row ?? names.own ?? skipRow(intake.poll);
  const row = { ...written, item };
  const known = names.row ?? names.own;
  const record = known === undefined ? undefined : await storyRecord(intake.poll, known);
  if (known !== undefined && !record) return known;
  if (intake.isDoubted(written.item)) return undefined;
  if (record && isPlainly(row, draftOf(intake.poll, item, undefined), record))
    return checkKnownRow(intake, row, record);
  return settleUnknown(intake, row);
}

function skipRow({ tally }: Poll): string {
  tally.skipped++;
  return NOT_OURS;
}

/** A row that stands at its story's address and may say something else now. */
async function checkKnownRow(intake: Intake, row: Row, known: StoryRecord): Promise<string | undefined> {
  const { poll, isFeed, isBaseline } = intake;
  const { item, names } = row;
  const isNewHere = names.row === undefined;
  const record = isNewHere ? await listedAnew(poll, row, known) : known;
  const { story, origin } = record;
  // A story that stands at another address too says nothing new by that; one that returns may have been corrected.
  if (isNewHere && !story.withdrawn && (isBaseline || !isReturn(poll, item, story))) return story.id;
  const hasGuid = rivalOf(row, record).guid === 'own';
  const isFeedText = item.content !== undefined && origin.page === undefined && isFeed;
  if (isFeedText || (origin.from === 'item' && origin.page === undefined)) {
    const draft = withWholeText(draftOf(poll, item, undefined), story, item.content === undefined);
    // The row is looked at again until nobody can call it an old copy.
    if (isOldCopy(poll, record, draft)) return undefined;
    await revise(poll, record, { from: 'item', draft: { ...draft, link: story.link }, hasGuid });
    return story.id;
  }
  if (isClaimed(poll, record) && uncounted(item.headline) === uncounted(story.headline)) return story.id;
  if (isResting(poll, item)) return undefined;
  const page = await readStoryPage(poll, { ...item, link: story.link }, { urgency: 'article' });
  if (!page.ok && page.fault.code !== 'source.gone') {
    if ((await waitOn(poll, item, page.fault.code)) === 'wait') return undefined;
    await endWaiting(poll, item);
    // A story that was told without its page is corrected without it, too.
    if (origin.from === 'headline')
      await revise(poll, record, { from: 'item', draft: draftOf(poll, item, undefined), hasGuid });
    // Its page is read again as soon as it can be.
    await setRecheck(poll.desk.store, poll.source.edition, story.id, poll.desk.clock.now());
    return story.id;
  }
  await endWaiting(poll, item);
  // A bare page says nothing against a text that was there.
  const isRead = page.ok && 'article' in page.value && (page.value.kind === 'article' || isFlash(record));
  const isRevised =
    isRead && (await revise(poll, record, { ...learntFrom(poll, item, page.value), hasGuid }));
  if (!isRevised && !isNewHere && maySayMore(item, story)) await noteClaim(poll, story.id);
  return story.id;
}

/** Remembers the address; where the site itself lists the story there again, after another host had it, readers get this one. */
async function listedAnew(poll: Poll, row: Row, record: StoryRecord): Promise<StoryRecord> {
  const { link } = row.item;
  const { id, link: last } = record.story;
  await addAliases(poll.desk.store, poll.source.edition, id, aliasesOf(row.item));
  const isOfSite = poll.source.addresses.some((address) => hostOf(address) === hostOf(link));
  if (!isOfSite || linkKey(link) === linkKey(last) || rivalOf(row, record).isApart) return record;
  await relink(poll, record, link);
  poll.tally.relinked++;
  return (await storyRecord(poll, id)) ?? record;
}

/** A feed that gives only headlines or beginnings for a while, or from now on, takes nothing back of what it gave. */
function withWholeText(draft: Draft, story: Story, isSummary: boolean): Draft {
  const beginning = draft.lead ? beginningOf(draft, story) : 'marked';
  if (beginning !== 'marked' && !(beginning && isSummary)) return draft;
  const { leadLinks: _links, ...others } = draft;
  const { lead, leadLinks, body } = story;
  return { ...others, lead, body, ...(leadLinks ? { leadLinks } : {}) };
}

/** A headline without what it may count: comments, views. */
const uncounted = (headline: string): string => fold(headline.replace(/\d+/g, ''));

/** Whether a row brings a story back long after it was new, and may say something else of it. */
const isReturn = ({ desk }: Poll, item: Item, story: Story): boolean =>
  desk.clock.now() - story.firstSeenAt > HOUR && maySayMore(item, story);

const maySayMore = (item: Item, story: Story): boolean =>
  fold(item.headline) !== fold(story.headline) || (item.content ?? item.summary) !== undefined;

/** A row whose signs do not settle it: its page is read, and all that it may be is looked up. */
async function settleUnknown(intake: Intake, row: Row): Promise<string | undefined> {
  const { poll, isBaseline } = intake;
  const { item, names } = row;
  const { paid } = poll.desk.policy;
  if (item.paid && paid === 'skip') return skipRow(poll);
  // A first sight may list a hundred stories: their pages are read later, one by one, as rechecks that are due.
  if (isBaseline && intake.isOld(item) && !isSeen(names)) {
    const draft = draftOf(poll, item, undefined);
    const twins = await twinsOf(poll, item);
    // With the same path too it is the site that moved to another host.
    const moved = twins.find(({ story }) => new URL(story.link).pathname === new URL(item.link).pathname);
    if (moved) return addAddress(poll, row, draft, rivalOf(row, moved), undefined);
    if (!twins.length) return keepStory(intake, row, draft, undefined);
  }
  const page = await pageFor(poll, item);
  if (page === 'wait') return undefined;
  if (page === 'drop') {
    skipRow(poll);
    return LEFT_OUT;
  }
  const draft = draftOf(poll, item, page);
  if (draft.access === 'paid' && paid === 'skip') {
    await endWaiting(poll, item);
    return skipRow(poll);
  }
  const found = await matchingStory(poll, row, draft, page);
  if (found === 'wait') return undefined;
  await endWaiting(poll, item);
  return found === 'new' ? keepStory(intake, row, draft, page) : addAddress(poll, row, draft, found, page);
}

/** The item's page where it is needed; `undefined`: go without. */
async function pageFor(poll: Poll, item: Item): Promise<ArticlePage | undefined | 'wait' | 'drop'> {
  if (item.content && item.picture && (item.text ?? itemText(item)).lead) return undefined;
  if (isResting(poll, item)) return leftOutUntil(poll, item) === undefined ? 'wait' : 'drop';
  const page = await readStoryPage(poll, item, { urgency: 'article' });
  if (page.ok && page.value.kind === 'article')
    return isPart(item) && isOfOther(page.value, item) ? undefined : page.value;
  if (item.content) return undefined;
  const bare = page.ok && page.value.kind === 'bare' ? page.value : undefined;
  const end = await waitOn(poll, item, !page.ok ? page.fault.code : bare ? 'bare' : 'source.unreadable');
  if (end === 'go' && !page.ok) poll.tally.unread++;
  return end === 'go' ? bare : end;
}

/** Whether its page shows other stories, too: an anchor, the guid or the headline tells it apart. */
const isPart = (item: Item): boolean => ownAlias(item) !== pageAlias(item);

const isOfOther = ({ article }: ArticlePage, { headline }: Item): boolean =>
  headlineSign(article, { headline, lead: '', body: [] }) === 'other';

/** Remembers the new address; the newer text and, where the old address is no longer listed, the new one count. */
async function addAddress(
  poll: Poll,
  { item }: Row,
  draft: Draft,
  { record, place, guid, isApart }: Rival,
  page: ArticlePage | undefined,
): Promise<string> {
  const { id } = record.story;
  // Another mark behind the address is no other address.
  const isOtherAddress = place === 'other';
  const current = (await storyRecord(poll, id)) ?? record;
  if (page ? page.kind === 'article' || isFlash(current) : item.content) {
    const learnt = page ? learntFrom(poll, item, page) : ({ from: 'item', draft } as const);
    await revise(poll, current, { ...learnt, isOtherAddress, hasGuid: guid === 'own' });
  }
  if (isOtherAddress) poll.tally.aliases++;
  if (isOtherAddress && !isApart) {
    const revised = (await storyRecord(poll, id)) ?? current;
    await relink(poll, revised, item.link);
    poll.tally.relinked++;
  }
  // Last: a row that is known is not looked into again, and what was left undone would stay so.
  await addAliases(poll.desk.store, poll.source.edition, id, aliasesOf(item));
  return id;
}

/** Stores a new story; pushes it unless it is old or came with the first sight of its source. */
async function keepStory(
  { poll, isBaseline, isOld }: Intake,
  { item, names }: Row,
  written: Draft,
  page: ArticlePage | undefined,
): Promise<string> {
  // A first sight tells of many stories at once: their pictures are looked at with their pages.
  const draft = isBaseline && isOld(item) ? written : await withSeenPictures(poll, written);
  const story = await storyOf(poll, item, draft);
  const now = story.firstSeenAt;
  const push = !isOld(item) && (isBaseline || !isStale(poll, draft)) && !isTold(poll, draft);
  const hash = textHash(draft);
  // A summary is not the whole text: the page, once read, is.
  const read = page?.kind === 'article' ? page : undefined;
  const from = read ? 'page' : draft.lead && item.content ? 'item' : 'headline';
  const isUnread = read === undefined && !(item.content && item.picture);
  const recheckAt = isUnread && isBaseline ? now - 1000 + item.position : nextRecheck(poll, story, from);
  const { id, seq } = await appendStory(
    poll.desk,
    present({
      story,
      terms: storyTerms(story),
      origin: present({
        from,
        guid: guidAlias(item),
        isPart: isPart(item) || undefined,
        page: read ? hash : undefined,
        etag: read?.etag,
        lastModified: read?.lastModified,
        linkedAt: now,
        texts: [hash],
      }),
      aliases: aliasesOf(item),
      replaces: names.own,
      headline: headlineHash(story.headline),
      rank: rankOf(story, item.position),
      push,
      now,
      recheckAt,
    }),
  );
  if (id === story.id) (seq ? poll.tally.pushed : poll.tally.stored).push(id);
  return id;
}

/** The story of ours that a draft becomes. */
async function storyOf(poll: Poll, item: Item, draft: Draft): Promise<Story> {
  const { desk, source } = poll;
  const { isDayKnown: _known, related, ...said } = draft;
  const place = [source.edition, ownAlias(item)];
  return present({
    ...said,
    ...(await withOwnLinks(poll, said)),
    id: await storyIdBy(desk.store, place, [...place, said.headline, said.day]),
    edition: source.edition,
    revision: 0,
    firstSeenAt: desk.clock.now(),
    follows: related ? await storyAt(poll, related) : undefined,
    withdrawn: false,
  });
}

/** Restored data do not know it, but its readers may. */
const isTold = ({ toldUntil }: Poll, { publishedAt }: Draft): boolean =>
  publishedAt !== undefined && publishedAt <= toldUntil;

/** First seen too long after its publication to be news; a day without a time counts to its end. */
function isStale({ desk }: Poll, draft: Draft): boolean {
  const published = draft.publishedAt ?? (draft.isDayKnown ? endOfDay(draft.day) : undefined);
  return published !== undefined && desk.clock.now() - published > desk.policy.staleMs;
}
