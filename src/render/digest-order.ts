/** In which order a digest tells its stories: the most important first, by rubric where they are many, a light one last. */
import { textsOf } from '../news/article.ts';
import { type Story, storyTime } from '../news/story.ts';

/** Rubrics from which a digest takes its light last item, in any language, lower case as the source writes them. */
const LIGHT: readonly string[] = ['культура', 'спорт', 'надвор’е', 'адпачынак', 'цікавае'].concat(
  ['погода', 'отдых', 'интересное'],
  ['culture', 'sport', 'sports', 'weather', 'leisure'],
);

const isLight = ({ rubrics, urgent }: Story): boolean =>
  !urgent && rubrics.some((rubric) => LIGHT.includes(rubric.toLowerCase().replaceAll("'", '’')));

/** How many follow-ups each story (by id) has had, beside those among the digest's. */
type FollowUps = ReadonlyMap<string, number> | undefined;

/** More stories than this are grouped by rubric. */
const UNGROUPED = 7;

/** Stories that stand together; `named`: under the name of their rubric; `light`: the one that closes a digest. */
export interface Section {
  readonly of: readonly Story[];
  readonly named?: boolean;
  readonly light?: boolean;
}

/** The sections of a digest: the most important story begins the first one, the light one is a section of its own. */
export function digestOrder(stories: readonly Story[], followUps: FollowUps): Section[] {
  const weight = new Map(stories.map((story) => [story.id, importance(story, stories, followUps)]));
  const of = (story: Story) => weight.get(story.id) ?? 0;
  const ordered = stories.toSorted((a, b) => of(b) - of(a) || storyTime(b) - storyTime(a));
  const light = ordered.length > 2 ? ordered.findLast(isLight) : undefined;
  const serious = ordered.filter((story) => story !== light);
  const named = ordered.length > UNGROUPED;
  const sections = (named ? [...byRubric(serious).values()] : [serious]).map((group) => ({
    of: group,
    named,
  }));
  return light ? [...sections, { of: [light], named, light: true }] : sections;
}

const byRubric = (stories: readonly Story[]): Map<string, Story[]> =>
  Map.groupBy(stories, ({ rubrics }) => rubrics[0]?.toLowerCase() ?? '');

/** Urgent before all; then a story that went on, a long one, one with a picture. */
function importance(story: Story, stories: readonly Story[], followUps: FollowUps): number {
  const followed =
    (followUps?.get(story.id) ?? 0) + stories.filter(({ follows }) => follows === story.id).length;
  const length = story.body.reduce((sum, block) => sum + textsOf(block).join('').length, story.lead.length);
  // A follow-up weighs like 800 letters, a picture like 300: an ordinary story has 700 to 1700.
  return (story.urgent ? 1e6 : 0) + followed * 800 + Math.min(length, 4000) + (story.picture ? 300 : 0);
}
