/** A row that nobody knows: read its page, find out whether it is a story that we have, otherwise store and push it. */
import type { Story } from '../../news/story.ts';
import { dayOf, endOfDay } from '../../source/dates.ts';
import { compareWithPage, identify } from '../../source/identify.ts';
import type { Item } from '../../source/item.ts';
import { hashOf, linkKey } from '../../source/links.ts';
import { type Draft, textHash } from '../../source/normalise.ts';
import { saveUnread } from '../../store/sources.ts';
import {
  addAliases,
  appendStory,
  findByAlias,
  findCandidates,
  newStoryId,
  type StoryRecord,
} from '../../store/stories.ts';
import { DAY, MINUTE } from '../../time.ts';
import { revise, headlineHash, rankOf, relink, termsFor } from './revise.ts';
import { backoff } from './ask.ts';
import { type ArticlePage, draftOf, learntFrom, readStoryPage, rowOf } from './page.ts';
import { type Poll, recordsOf } from './context.ts';
import { nextRecheck } from './recheck.ts';

/** A row whose page cannot be read is told without it after this long: late is better than never. */
const PATIENCE_MS = 10 * MINUTE;
/** The same where the feed itself gives a text. */
const SHORT_PATIENCE_MS = 2 * MINUTE;
/** A page that fails is not asked at every poll, but soon enough once it is well again. */
const MOST_RESTS = 4;
const LONGEST_REST_MS = 2 * MINUTE;
/** A link that answers 404 from the start is dropped after so many tries. */
const GONE_TRIES = 10;

/** In place of a story id: the row is no story for us. */
export const NOT_OURS = '-';

/** One reading being taken in. */
export interface Intake {
  readonly poll: Poll;
  readonly isBaseline: boolean;
  /** Hashes of all links in this reading. */
  readonly listed: ReadonlySet<string>;
  /** Items that may be pushed although this is the first sight of their source. */
  readonly pushable: ReadonlySet<Item>;
}

/** Hashes under which an item is known: its link, and its guid where it has one. */
export const aliasesOf = (item: Item): string[] => [
  ...new Set([hashOf(item.key), ...(item.guid === undefined ? [] : [guidHash(item.guid)])]),
];

/** A guid that is an address is the same alias as that address. */
const guidHash = (guid: string): string =>
  hashOf(/^https?:\/\//i.test(guid) && URL.canParse(guid) ? linkKey(guid) : `guid ${guid}`);

/** Settles an unknown row. Answers its story; undefined where its page has to be asked again at the next poll. */
export async function storeNewRow(intake: Intake, item: Item): Promise<string | undefined> {
  const { poll, isBaseline, pushable } = intake;
  const { paid } = poll.desk.policy;
  if (item.paid && paid === 'skip') return skipRow(poll);
  // A first sight may list a hundred stories: their pages are read later, one by one, as rechecks that are due.
  if (isBaseline && !pushable.has(item)) {
    const twins = await twinsOf(poll, item);
    const moved = twins.find(({ story }) => new URL(story.link).pathname === new URL(item.link).pathname);
    if (moved) return addAddress(intake, item, draftOf(poll, item, undefined), moved, false, undefined);
    if (!twins.length) return keepStory(intake, item, draftOf(poll, item, undefined), undefined);
  }
  const page = await pageFor(poll, item);
  if (page === 'wait') return undefined;
  if (page === 'drop') return skipRow(poll);
  const draft = draftOf(poll, item, page);
  if (draft.access === 'paid' && paid === 'skip') return skipRow(poll);
  const same = await knownStory(intake, item, draft, page);
  if (same === 'wait') return undefined;
  return same === 'new' ? keepStory(intake, item, draft, page) : same.id;
}

function skipRow({ tally }: Poll): string {
  tally.skipped++;
  return NOT_OURS;
}

/** Stories of ours under this very headline. With the same path too it is the site that moved to another host. */
async function twinsOf(poll: Poll, item: Item): Promise<StoryRecord[]> {
  const ids = await findCandidates(poll.desk.store, poll.source.edition, [], headlineHash(item.headline));
  return recordsOf(poll, ids);
}

/** The item's page where it is needed; `undefined`: go without. */
async function pageFor(poll: Poll, item: Item): Promise<ArticlePage | undefined | 'wait' | 'drop'> {
  const { store, clock } = poll.desk;
  const { edition, intervalMs } = poll.source;
  if (item.content && item.picture) return undefined;
  const link = hashOf(item.key);
  const waiting = poll.unread.get(link);
  if (waiting && waiting.notBefore > clock.now()) return 'wait';
  const page = await readStoryPage(poll, item.link, item.headline, { urgency: 'article' });
  if (page.ok && page.value.kind === 'article') {
    if (waiting) await saveUnread(store, edition, link, undefined);
    return page.value;
  }
  if (item.content) return undefined;
  const code = page.ok ? 'source.unreadable' : page.fault.code;
  const tries = (waiting?.tries ?? 0) + 1;
  const since = waiting?.since ?? clock.now();
  const patience = item.summary ? SHORT_PATIENCE_MS : PATIENCE_MS;
  const isTired = tries > 2 && clock.now() - since >= patience;
  const isClosed = item.paid && code !== 'source.gone' && code !== 'source.throttled';
  if (code === 'source.gone' ? tries >= GONE_TRIES && isTired : isTired || isClosed) {
    await saveUnread(store, edition, link, undefined);
    return code === 'source.gone' ? 'drop' : undefined;
  }
  const rest = backoff(tries, intervalMs, 0);
  const notBefore = clock.now() + Math.min(rest, MOST_RESTS * intervalMs, LONGEST_REST_MS);
  await saveUnread(store, edition, link, { tries, since, notBefore });
  return 'wait';
}

/** The story of ours that this is another address of; `wait`: that cannot be told now. */
async function knownStory(
  intake: Intake,
  item: Item,
  draft: Draft,
  page: ArticlePage | undefined,
): Promise<{ readonly id: string } | 'new' | 'wait'> {
  const { poll, listed } = intake;
  const candidates = (await candidatesFor(poll, draft, page)).map((record) => ({
    record,
    story: record.story,
    isListed: listed.has(hashOf(linkKey(record.story.link))),
  }));
  const verdict = identify(draft, candidates);
  if (verdict.kind === 'new') return 'new';
  const found = candidates.find(({ story }) => story.id === verdict.id);
  if (!found) return 'new';
  if (verdict.kind === 'unsure') {
    const answer = await askKnown(poll, found.record, draft);
    if (answer !== 'same') return answer;
  }
  return { id: await addAddress(intake, item, draft, found.record, found.isListed, page) };
}

/** Stories of about the same day, under the same headline, or at the address that the page calls its own. */
async function candidatesFor(
  poll: Poll,
  draft: Draft,
  page: ArticlePage | undefined,
): Promise<StoryRecord[]> {
  const { store } = poll.desk;
  const { edition } = poll.source;
  const noon = Date.parse(`${draft.day}T12:00:00Z`);
  const days = [-1, 0, 1].map((shift) => dayOf(noon + shift * DAY));
  const canonical = page?.article.canonical;
  const [byText, named] = await Promise.all([
    findCandidates(store, edition, days, headlineHash(draft.headline)),
    canonical ? findByAlias(store, edition, [hashOf(linkKey(canonical))]) : [],
  ]);
  const ids = [...new Set([...named.flatMap((id) => id ?? []), ...byText])];
  return (await recordsOf(poll, ids)).filter(({ story }) => story.edition === edition);
}

/** Asks the page of a story that is much like the draft what it says now. */
async function askKnown(poll: Poll, known: StoryRecord, draft: Draft): Promise<'same' | 'new' | 'wait'> {
  const { story } = known;
  const page = await readStoryPage(poll, story.link, story.headline, { urgency: 'article' });
  if (!page.ok && page.fault.code !== 'source.gone') {
    // What cannot be told now is told later, unless it is only the page that we do not understand.
    return page.fault.code === 'source.unreadable' ? compareWithPage(draft, story, undefined) : 'wait';
  }
  if (!page.ok || page.value.kind !== 'article') return compareWithPage(draft, story, undefined);
  const learnt = learntFrom(poll, rowOf(story), page.value);
  await revise(poll, known, learnt);
  return compareWithPage(draft, story, learnt.draft);
}

/** Remembers the new address; the newer text and, where the old address is no longer listed, the new one count. */
async function addAddress(
  { poll }: Intake,
  item: Item,
  draft: Draft,
  known: StoryRecord,
  isListed: boolean,
  page: ArticlePage | undefined,
): Promise<string> {
  const { id } = known.story;
  await addAliases(poll.desk.store, poll.source.edition, id, aliasesOf(item));
  poll.tally.aliases++;
  const current = (await recordsOf(poll, [id]))[0] ?? known;
  if (page ?? item.content)
    await revise(poll, current, { from: page ? 'page' : 'item', draft, isOtherAddress: true });
  if (isListed) return id;
  const [revised = current] = await recordsOf(poll, [id]);
  await relink(poll, revised, item.link);
  poll.tally.relinked++;
  return id;
}

/** Stores a new story; pushes it unless it is old or came with the first sight of its source. */
async function keepStory(
  { poll, isBaseline, pushable }: Intake,
  item: Item,
  draft: Draft,
  page: ArticlePage | undefined,
): Promise<string> {
  const { store, clock } = poll.desk;
  const { edition } = poll.source;
  const now = clock.now();
  const push = isBaseline ? pushable.has(item) : !isStale(poll, draft);
  const { isDayKnown: _known, related, ...said } = draft;
  const follows = related && (await followed(poll, related));
  const story: Story = {
    ...said,
    id: newStoryId(),
    edition,
    revision: 0,
    firstSeenAt: now,
    ...(follows ? { follows } : {}),
    withdrawn: false,
  };
  const hash = textHash(draft);
  const from = page ? 'page' : draft.lead ? 'item' : 'headline';
  const isUnread = page === undefined && !(item.content && item.picture);
  const recheckAt = isUnread && isBaseline ? now - 1000 + item.position : nextRecheck(poll, story);
  const { id, seq } = await appendStory(store, {
    story,
    terms: termsFor(story),
    origin: {
      // A summary is not the whole text: the page, once read, is.
      from: from === 'item' && !item.content ? 'headline' : from,
      ...(page ? { page: hash } : {}),
      ...(page?.etag ? { etag: page.etag } : {}),
      ...(page?.lastModified ? { lastModified: page.lastModified } : {}),
      linkedAt: now,
      texts: [hash],
    },
    aliases: aliasesOf(item),
    headline: headlineHash(story.headline),
    rank: rankOf(story, item.position),
    push,
    now,
    ...(recheckAt === undefined ? {} : { recheckAt }),
  });
  if (id === story.id) (seq ? poll.tally.pushed : poll.tally.stored).push(id);
  return id;
}

/** The story of ours that a page names as the one before it. */
async function followed({ desk, source }: Poll, link: string): Promise<string | undefined> {
  const [id] = await findByAlias(desk.store, source.edition, [hashOf(linkKey(link))]);
  return id;
}

/** First seen too long after its publication to be news; a day without a time counts to its end. */
function isStale({ desk }: Poll, draft: Draft): boolean {
  const published = draft.publishedAt ?? (draft.isDayKnown ? endOfDay(draft.day) : undefined);
  return published !== undefined && desk.clock.now() - published > desk.policy.staleMs;
}
