/** The newsroom's desk: the story to be published, the way of each one, what is out, the site's bad days. */
import { createBadDays } from './bad-days.js';
import { el } from './dom.js';
import { createDraft } from './draft.js';
import { createPublished } from './published.js';
import { createTimeline } from './timeline.js';
import { t } from './words.js';

/** Draws the desk into `host`, with the `guide` above it. */
export function createDesk(host, guide, act, toast) {
  let newsroom;
  const published = createPublished(act);
  const badDays = createBadDays(act);
  const timeline = createTimeline();
  const draft = createDraft(act, toast, (tongue) => newsroom && published.show(newsroom.stories, tongue));
  const part = (word, content, open = false) =>
    el('details.part', { open }, el('summary', {}, el('h3', {}, t(word))), content);
  const reset = el(
    'button.quiet',
    { type: 'button', onclick: () => confirm(t('reset-all-ask')) && resetAll() },
    t('reset-all'),
  );
  async function resetAll() {
    reset.disabled = true;
    await act('reset-all');
    reset.disabled = false;
  }
  host.replaceChildren(
    draft.element,
    guide,
    part('timeline', timeline.element, true),
    part('out', published.element),
    part('bad-days', badDays.element),
    el('div.buttons', {}, reset),
  );
  return {
    show(next) {
      newsroom = next;
      draft.show(newsroom);
      published.show(newsroom.stories, draft.tongue());
      badDays.show(newsroom);
    },
    showVisits: badDays.showVisits,
    showTimeline: timeline.show,
  };
}
