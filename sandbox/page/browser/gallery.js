/** The gallery: every state of the page, linked; and the way from one to the next. */
import { el, keepFocus } from './dom.js';
import { ALL, DOORS, FORMS, isState } from './forms.js';
import { LANGUAGE, t } from './words.js';

const STATES = [...Object.keys(FORMS), ...Object.keys(DOORS)];

const addressOf = (view, language = LANGUAGE) => `?view=${view}&lang=${language}`;

/** A link within the page, which is an address all the same. */
const link = (views, view, text) =>
  el(
    'a',
    {
      href: addressOf(view),
      onclick(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        views.show(view);
      },
    },
    text,
  );

export function createGallery(views) {
  const row = (view) =>
    el(
      'li',
      {},
      link(views, view, t(`form-${view}`)),
      el(
        'span',
        {},
        (FORMS[view] ?? ALL).map((language) =>
          el(
            'a',
            {
              href: addressOf(view, language),
              lang: language,
              'aria-label': `${t(`form-${view}`)}: ${language}`,
            },
            language,
          ),
        ),
      ),
    );
  const list = (word, states) =>
    el(
      'div.card',
      {},
      el('h3', {}, t(word)),
      el('p.hint', {}, t(`${word}-about`)),
      el('ul.states', {}, states.map(row)),
    );
  const element = el(
    'section.panel.gallery',
    { 'aria-label': t('view-gallery') },
    list('forms', Object.keys(FORMS)),
    list('doors', Object.keys(DOORS)),
  );
  return { element };
}

/** Above a state: its name, the way back to the gallery, and to its neighbours. */
export function createBar(host, views) {
  return function show() {
    const view = views.view();
    host.hidden = !isState(view);
    if (host.hidden) return;
    const at = STATES.indexOf(view);
    const neighbour = (step, arrow) => {
      const next = STATES.at((at + step) % STATES.length);
      const one = link(views, next, arrow);
      one.setAttribute('aria-label', t(`form-${next}`));
      one.title = t(`form-${next}`);
      return one;
    };
    keepFocus(host, () =>
      host.replaceChildren(
        link(views, 'gallery', t('all-states')),
        el('b', {}, t(`form-${view}`)),
        el('span', {}, neighbour(-1, '‹'), ' ', neighbour(1, '›')),
      ),
    );
  };
}
