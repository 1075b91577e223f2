/** The guided first minute: five steps that tick themselves off. */
import { el } from './dom.js';
import { t } from './words.js';

/** Each step, and the view where it is done. */
const STEPS = [
  ['publish', 'phones'],
  ['read', 'phones'],
  ['correct', 'phones'],
  ['pull', 'crowd'],
  ['clock', 'phones'],
];

export function createGuide(views) {
  const list = el('ol.steps', {});
  const element = el('details.card.guide', { open: true }, el('summary', {}, t('guide')), list);
  let state = '';

  function show(done) {
    const next = done.join();
    if (next === state && list.children.length) return;
    state = next;
    const present = STEPS.find(([name]) => !done.includes(name))?.[0];
    list.replaceChildren(
      ...STEPS.map(([name, view]) =>
        el(
          `li${done.includes(name) ? '.done' : name === present ? '.present' : ''}`,
          {},
          name === 'pull' && name === present
            ? el('button.link', { type: 'button', onclick: () => views.show(view) }, t(`step-${name}`))
            : el('span', {}, t(`step-${name}`)),
        ),
      ),
      ...(present ? [] : [el('li.hint', {}, t('guide-done'))]),
    );
    if (!present) element.open = false;
  }

  show([]);
  return { element, show };
}
