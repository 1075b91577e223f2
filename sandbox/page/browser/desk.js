/** The newsroom's desk: the story being written, what is out, and the site's bad days. */
import { createBadDays } from './bad-days.js';
import { el } from './dom.js';
import { createDraft } from './draft.js';
import { createPublished } from './published.js';

/** Draws the desk into `host`; `show(newsroom)` is called with every new state of the newsroom. */
export function createDesk(host, act, toast) {
  let newsroom;
  const published = createPublished(act);
  const badDays = createBadDays(act);
  const draft = createDraft(act, toast, (tongue) => newsroom && published.show(newsroom.stories, tongue));
  host.replaceChildren(
    draft.element,
    el('h3', {}, 'Published'),
    published.element,
    el('h3', {}, 'Bad days'),
    badDays.element,
  );
  return {
    show(next) {
      if (!next.stories || !next.counts) return;
      newsroom = next;
      draft.show(newsroom);
      published.show(newsroom.stories, draft.tongue());
      badDays.show(newsroom);
    },
  };
}
