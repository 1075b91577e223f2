/** Stories published in one language, with corrections and withdrawals. */
import { el, keepFocus, timeOf } from './dom.js';
import { t } from './words.js';

export function createPublished(act) {
  const element = el('ul.published');
  let shown = { stories: [], tongue: 'be' };
  let state = '';
  /** The story being corrected and its form, which stays as it is while the list around it changes. */
  let editing;

  function show(stories, tongue) {
    if (editing && tongue !== shown.tongue) editing = undefined;
    shown = { stories, tongue };
    draw();
  }

  function draw() {
    const { stories, tongue } = shown;
    const next = JSON.stringify([tongue, stories, editing?.id]);
    if (next === state) return;
    state = next;
    const rows = stories
      .filter(({ versions }) => versions[tongue])
      .map((story) => rowOf(story, story.versions[tongue]));
    keepFocus(element, () =>
      element.replaceChildren(...(rows.length ? rows : [el('li.hint', {}, t('out-none'))])),
    );
  }

  function rowOf(story, version) {
    if (editing?.id === version.id) return editing.form;
    const gone = version.status !== 200;
    const about = [
      timeOf(version.at),
      version.rubric,
      version.urgent && t('urgent'),
      version.paid && 'POZIRK+',
      gone && t('withdrawn'),
    ];
    const edit = () => {
      const send = (patch) => act('correct', { id: version.id, patch });
      editing = { id: version.id, form: formOf(version, shown.tongue, send, () => close(version.id)) };
      draw();
      editing.form.querySelector('textarea').focus();
    };
    const button = (name, onclick) =>
      el(
        'button.quiet',
        { type: 'button', onclick, 'aria-label': t(`${name}-of`, version), title: t(`${name}-of`, version) },
        t(name),
      );
    return el(
      `li${gone ? '.gone' : ''}`,
      { data: { id: version.id } },
      el(
        'a',
        { href: version.path, target: '_blank', rel: 'noopener', lang: shown.tongue },
        version.headline,
      ),
      el(
        'div.row',
        {},
        el('small', {}, about.filter(Boolean).join(' · ')),
        el(
          'div.buttons',
          {},
          gone
            ? button('restore', () => act('restore', { piece: story.piece }))
            : [button('correct', edit), button('withdraw', () => act('withdraw', { piece: story.piece }))],
        ),
      ),
    );
  }

  function close(id) {
    editing = undefined;
    draw();
    element.querySelector(`[data-id="${id}"] button`)?.focus();
  }

  return { element, show };
}

/** A form for a correction; `correct` is called with what was typed, and answers whether it was taken. */
function formOf(version, tongue, correct, close) {
  const headline = el('textarea', {
    rows: 2,
    value: version.headline,
    lang: tongue,
    'aria-label': t('corrected-headline'),
  });
  const lead = el('textarea', {
    rows: 3,
    value: version.lead,
    lang: tongue,
    'aria-label': t('corrected-lead'),
  });
  return el(
    'li.editing',
    { data: { id: version.id } },
    headline,
    lead,
    el(
      'div.buttons',
      {},
      el(
        'button.solid',
        {
          type: 'button',
          onclick: async () => {
            const patch = { headline: headline.value, lead: lead.value };
            // A refusal leaves what was typed.
            if (await correct(patch)) close();
          },
        },
        t('publish-correction'),
      ),
      el('button.quiet', { type: 'button', onclick: close }, t('cancel')),
    ),
  );
}
