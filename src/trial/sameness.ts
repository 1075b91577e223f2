/** Whether two texts of the invented newsroom are one story: by the rules by which the bot tells that, whatever it has stored. */
import type { Said } from '#sandbox/machine.ts';
import { EDITIONS } from '../news/edition.ts';
import type { Story } from '../news/story.ts';
import { latestStories } from '../desk/stories.ts';
import type { Shelf } from '../store/shelf.ts';
import { compareWithPage, judge } from '../source/identify.ts';
import { asStory } from './forms.ts';

const readAs = (said: Said): Story => asStory({ ...said, link: '', rubrics: [] }, 0);

/** `isListed`: the known one stands on the site, in a row of its own. */
export const isSame = (said: Said, known: Said, isListed: boolean): boolean =>
  isStory(said, readAs(known), isListed);

function isStory(said: Said, story: Story, isListed: boolean): boolean {
  const draft = { ...readAs(said), isDayKnown: true };
  const candidate = { story, place: 'other', guid: 'silent', isApart: isListed } as const;
  const { is } = judge(draft, candidate);
  if (is !== 'ask') return is === 'same';
  return compareWithPage(draft, candidate, isListed ? story : undefined) === 'same';
}

/** Stories of an edition that are looked through, the newest. */
const MOST_KEPT = 500;

/** The texts stored now of every edition: `wasKnown` tells later whether a text was among it. */
export async function storedNow(shelf: Shelf): Promise<(said: Said) => boolean> {
  const lists = await Promise.all(
    EDITIONS.map((edition) => latestStories(shelf, edition, { limit: MOST_KEPT })),
  );
  const stories = lists.flatMap((list) => list.stories);
  return (said) => stories.some((story) => story.edition === said.tongue && isStory(said, story, false));
}
