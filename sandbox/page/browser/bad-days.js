/** Letting the newsroom's site fail, and what the bot asked of it. */
import { el } from './dom.js';
import { option, TONGUES } from './tongues.js';
import { choicesOf, t } from './words.js';

export function createBadDays(act) {
  const kind = el(
    'select',
    { 'aria-label': t('how-fails') },
    choicesOf('outage-').map((outage) => option(outage, t(`outage-${outage}`))),
  );
  const where = el(
    'select',
    { 'aria-label': t('where-fails') },
    option('', t('everywhere')),
    TONGUES.map(({ id, name }) => option(id, name)),
  );
  const state = el('p.outage-state', {});
  const visits = el('p.hint');
  const button = (name, text, onclick, title) =>
    el(`button.${name}`, { type: 'button', onclick, title }, text);
  const element = el(
    'div.card',
    {},
    el(
      'div.buttons',
      {},
      kind,
      where,
      button('outline', t('fail'), () => act('outage', { kind: kind.value, only: where.value || undefined })),
      button('outline', t('recover'), () => act('outage', { kind: 'off' })),
    ),
    state,
    el(
      'div.buttons',
      {},
      button('quiet', t('change-ids'), () => act('reset'), t('change-ids-title')),
      button('quiet', t('redesign'), () => act('redesign'), t('redesign-title')),
    ),
    visits,
  );

  function show({ outages }) {
    const down = TONGUES.filter(({ id }) => outages[id]);
    state.textContent = down.length
      ? down.map(({ id, name }) => `${name}: ${t(`outage-${outages[id]}`)}`).join(' · ')
      : t('all-well');
    state.classList.toggle('bad', down.length > 0);
  }

  function showVisits({ lists, articles, notModified }) {
    visits.textContent = t('visits', { lists, articles, same: notModified });
  }

  return { element, show, showVisits };
}
