import type { Story } from '#src/news/story.ts';
import type { Locales } from '#src/render/locale.ts';
import { renderPage, type View } from '#src/render/message.ts';

/** How many pages `renderPage` has for the story: beyond the last it stays there. */
export function pageCount(story: Story, view: View, locales: Locales): number {
  const drawn = (page: number) => JSON.stringify(renderPage(story, page, view, locales));
  let count = 1;
  while (drawn(count) !== drawn(count - 1)) count += 1;
  return count;
}
