/** The next post of a place as it would look there, shown to who sets it up. */
import { viewFrom } from '../../desk/chat-view.ts';
import type { Desk } from '../../desk/desk.ts';
import { latestStories } from '../../desk/stories.ts';
import { isFor, type Pending, storyTerms } from '../../news/audience.ts';
import type { Message } from '../../news/message.ts';
import type { Story } from '../../news/story.ts';
import type { Subscriber } from '../../news/subscriber.ts';
import { renderStory } from '../../render/message.ts';

/** Stories looked through for one that the place would get. */
const LOOKED_THROUGH = 60;

/** Undefined: no story of late would be posted there. */
export async function previewOf(desk: Desk, place: Subscriber): Promise<Message | undefined> {
  const { stories } = await latestStories(desk, place.settings.edition, { limit: LOOKED_THROUGH });
  const story = stories.find((one) => isFor(place, asPending(one, desk.clock.now())));
  return story && renderStory(story, viewFrom(desk, place), desk.locales);
}

const asPending = (story: Story, now: number): Pending => ({
  kind: 'story',
  seq: 1,
  at: now,
  story,
  terms: storyTerms(story),
  urgent: story.urgent,
});
