/** An archive to be searched: stories of invented names, forty a day backwards from a moment. */
import { storyTerms } from '#src/news/audience.ts';
import type { Edition } from '#src/news/edition.ts';
import type { Story } from '#src/news/story.ts';
import type { Shelf } from '#src/store/shelf.ts';
import { appendStory, newStoryId } from '#src/store/stories.ts';
import { HOUR } from '#src/time.ts';
import { formsOf, linesOf, NAMES, SENTENCES } from '#testing/matching/cases.ts';

const NOW = Date.parse('2026-08-22T11:05:00Z');
/** Written side by side. */
const AT_ONCE = 250;

/** Stores so many stories, none of which is news to anybody. */
export async function fillArchive(shelf: Shelf, edition: Edition, count: number): Promise<void> {
  const names = linesOf(NAMES).map((line) => formsOf(line).flat());
  for (let from = 0; from < count; from += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) =>
        append(shelf, edition, names, from + index),
      ),
    );
}

async function append(
  shelf: Shelf,
  edition: Edition,
  names: readonly string[][],
  number: number,
): Promise<void> {
  // Each story names a dozen of the names, in Belarusian, and has some words of its own.
  const sentence = (at: number) => {
    const forms = names[(number * 7 + at * 31) % names.length] ?? [];
    return SENTENCES[1]?.(forms[(number + at) % forms.length] ?? '') ?? '';
  };
  const at = NOW - number * 0.58 * HOUR;
  const story: Story = {
    id: newStoryId(),
    edition,
    revision: 0,
    headline: sentence(0),
    lead: sentence(1),
    body: Array.from({ length: 12 }, (_, index) => ({
      kind: 'paragraph',
      text: `${sentence(index + 2)} Слова${number % 997} і лічба ${number}.`,
    })),
    day: new Date(at).toISOString().slice(0, 10),
    publishedAt: at,
    firstSeenAt: at,
    link: `https://news.example/${edition}/news/${number}/`,
    rubrics: [],
    access: 'free',
    urgent: false,
    withdrawn: false,
  };
  await appendStory(shelf, {
    story,
    terms: storyTerms(story),
    origin: { from: 'page', texts: [] },
    aliases: [story.id],
    headline: story.id,
    rank: at,
    push: false,
    now: at,
  });
}
