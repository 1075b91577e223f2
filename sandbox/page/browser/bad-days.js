/** Letting the newsroom's site fail, and what the bot asked of it. */
import { el } from './dom.js';
import { option, TONGUES } from './tongues.js';

const OUTAGES = [
  ['500', 'Error 500'],
  ['503', 'Asks to wait (503)'],
  ['hang', 'Never answers'],
  ['reset', 'Breaks the connection'],
  ['html', 'Some other page'],
  ['empty', 'List without stories'],
  ['challenge', 'Challenge page'],
  ['maintenance', 'Maintenance page'],
  ['cut', 'Page cut in half'],
];

export function createBadDays(act) {
  const kind = el(
    'select',
    { 'aria-label': 'How the site fails' },
    OUTAGES.map(([value, text]) => option(value, text)),
  );
  const where = el(
    'select',
    { 'aria-label': 'Where it fails' },
    option('', 'everywhere'),
    TONGUES.map(({ id, name }) => option(id, name)),
  );
  const state = el('p.outage-state', { role: 'status' });
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
      button('outline', 'Fail', () => act('outage', { kind: kind.value, only: where.value || undefined })),
      button('outline', 'Recover', () => act('outage', { kind: 'off' })),
    ),
    state,
    el(
      'div.buttons',
      {},
      button('quiet', 'Change all ids', () => act('reset'), 'Every story gets another id'),
      button('quiet', 'Redesign', () => act('redesign'), 'Other tags and class names'),
    ),
    visits,
  );

  function show({ outages, counts }) {
    const down = TONGUES.filter(({ id }) => outages[id]);
    const nameOf = (outage) => OUTAGES.find(([known]) => known === outage)?.[1] ?? outage;
    state.textContent = down.length
      ? down.map(({ id, name }) => `${name}: ${nameOf(outages[id])}`).join(' · ')
      : 'All is well';
    state.classList.toggle('bad', down.length > 0);
    visits.textContent = `The bot asked for ${counts.lists} lists and ${counts.articles} articles; ${counts.notModified} times nothing had changed.`;
  }

  return { element, show };
}
