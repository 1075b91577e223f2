/** The stories that a row may be, and what is found out where the signs alone do not tell. */
import { dayOf } from '../../source/dates.ts';
import { type Candidate, compareWithPage, identify, judge } from '../../source/identify.ts';
import type { Item } from '../../source/item.ts';
import { linkKey } from '../../source/links.ts';
import type { Draft } from '../../source/normalise.ts';
import { findCandidates, type StoryRecord } from '../../store/stories.ts';
import { DAY } from '../../time.ts';
import { type Poll, storyRecords } from './context.ts';
import { guidAlias, headlineHash, isReplaced, type Named, ownAlias, storyAt } from './known.ts';
import { type ArticlePage, learntFrom, readPage, rowOf } from './page.ts';
import { isResting, waitOn } from './patience.ts';
import { revise } from './revise.ts';

/** A row, with what it names and where the stories of its reading stand. */
export interface Row {
  readonly item: Item;
  readonly names: Named;
  /** Stories of this reading by the row (its hash) in which each stands. */
  readonly standing: ReadonlyMap<string, string>;
}

/** A story that a row may be. */
export type Rival = Candidate & { readonly record: StoryRecord };

/** The signs of a row against one story. */
export function rivalOf({ item, names, standing }: Row, record: StoryRecord): Rival {
  const { story, origin } = record;
  const guid = guidAlias(item);
  const isOwn = story.id === names.own || story.id === names.row;
  const isPage = story.id === names.page || linkKey(story.link) === linkKey(item.link);
  const isGuid = guid !== undefined && (story.id === names.guid || origin.guid === guid);
  const at = standing.get(story.id);
  return {
    record,
    story,
    place: isOwn ? 'own' : isPage ? 'page' : 'other',
    guid: isGuid ? 'own' : guid === undefined || origin.guid === undefined ? 'silent' : 'other',
    isApart: at !== undefined && at !== ownAlias(item),
  };
}

/** Whether the row, by what it says itself, is the story that stands at its address. */
export const isPlainly = (row: Row, draft: Draft, record: StoryRecord): boolean =>
  judge(draft, rivalOf(row, record)).is === 'same';

/** Pages of stories much alike that are asked for one row, the likest first. */
const MOST_ASKED = 3;

/** The story of ours that this row is; `wait`: that cannot be told now. */
export async function matchingStory(
  poll: Poll,
  row: Row,
  draft: Draft,
  page: ArticlePage | undefined,
): Promise<Rival | 'new' | 'wait'> {
  const rivals = await rivalsOf(poll, row, draft, page);
  const verdict = identify(draft, rivals);
  const found = verdict.kind === 'new' ? undefined : rivals.find(({ story }) => story.id === verdict.id);
  if (!found) return 'new';
  if (verdict.kind === 'same') return found;
  const alike = rivals
    .map((rival) => ({ rival, ...judge(draft, rival) }))
    .filter(({ is }) => is === 'ask')
    .toSorted((a, b) => b.share - a.share);
  for (const { rival } of alike.slice(0, MOST_ASKED)) {
    const answer = await askKnown(poll, row, rival, draft);
    if (answer !== 'new') return answer === 'same' ? rival : answer;
  }
  return 'new';
}

/** Stories that the row names, then those of about the same day, under the same headline, or at the page's own address. */
async function rivalsOf(poll: Poll, row: Row, draft: Draft, page: ArticlePage | undefined): Promise<Rival[]> {
  const { store } = poll.desk;
  const { edition } = poll.source;
  const noon = Date.parse(`${draft.day}T12:00:00Z`);
  const days = [-1, 0, 1].map((shift) => dayOf(noon + shift * DAY));
  const canonical = page?.article.canonical;
  const [byText, byPage] = await Promise.all([
    findCandidates(store, edition, days, headlineHash(draft.headline)),
    canonical ? storyAt(poll, canonical) : undefined,
  ]);
  const { names } = row;
  const named = [names.row, names.own, names.guid, names.page, byPage].flatMap((id) => id ?? []);
  const records = await storyRecords(poll, [...new Set([...named, ...byText])]);
  return records.filter(({ story }) => story.edition === edition).map((record) => rivalOf(row, record));
}

/** Asks the page of a story that is much like the draft what it says now; in the end its text decides as we have it. */
async function askKnown(
  poll: Poll,
  { item }: Row,
  rival: Rival,
  draft: Draft,
): Promise<'same' | 'new' | 'wait'> {
  const { record: known } = rival;
  const { story } = known;
  if (await isReplaced(poll, known)) return compareWithPage(draft, rival, undefined);
  if (isResting(poll, item)) return 'wait';
  const page = await readPage(poll, story, { urgency: 'article' });
  const fault = page.ok ? undefined : page.fault.code;
  if (fault === 'source.gone') return compareWithPage(draft, rival, 'gone');
  const isAway = fault !== undefined && fault !== 'source.unreadable';
  if (isAway && (await waitOn(poll, item, fault)) === 'wait') return 'wait';
  if (!page.ok || page.value.kind !== 'article') return compareWithPage(draft, rival, undefined);
  const learnt = learntFrom(poll, rowOf(story), page.value);
  await revise(poll, known, learnt);
  return compareWithPage(draft, rival, learnt.draft);
}
