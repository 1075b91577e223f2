/** The rubrics of an edition as its newsroom writes them; what a chat has chosen is kept in small letters. */
import type { Desk } from '../desk/desk.ts';
import { latestStories } from '../desk/stories.ts';
import type { Edition } from '../news/edition.ts';
import { MOST_RUBRICS } from '../news/topics.ts';
import { wordsHash } from './buttons.ts';

/** Stories whose rubrics count as those in use. */
const RECENT = 60;

/** Rubrics of the edition's newest stories, the most used first. */
export async function rubricsIn(desk: Desk, edition: Edition): Promise<string[]> {
  const { stories } = await latestStories(desk, edition, { limit: RECENT });
  const all = Map.groupBy(
    stories.flatMap(({ rubrics }) => rubrics),
    (rubric) => rubric.toLowerCase(),
  );
  return [...all.values()]
    .sort((one, other) => other.length - one.length)
    .slice(0, MOST_RUBRICS)
    .flatMap(([rubric]) => rubric ?? []);
}

/** The chosen rubrics as the newsroom writes them; one out of use is only known to begin with a capital. */
export const rubricNames = (chosen: readonly string[], known: readonly string[]): string[] =>
  chosen.map(
    (rubric) =>
      known.find((name) => name.toLowerCase() === rubric) ?? rubric.charAt(0).toUpperCase() + rubric.slice(1),
  );

/** `chosen` without the rubric, or with it; undefined: the newsroom does not use it any more. */
export function toggledRubric(
  chosen: readonly string[],
  known: readonly string[],
  hash: string,
): readonly string[] | undefined {
  const rest = chosen.filter((rubric) => wordsHash(rubric) !== hash);
  if (rest.length < chosen.length) return rest;
  const added = known.map((name) => name.toLowerCase()).find((rubric) => wordsHash(rubric) === hash);
  return added === undefined ? undefined : [...chosen, added].slice(-MOST_RUBRICS);
}
