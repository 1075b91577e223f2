/** Pull the plug: a crowd, the counter that must stay at zero, and everything that can go wrong, a press each. */
import { el, timeOf } from './dom.js';
import { decimal, t, thousands } from './words.js';

const SIZES = [1000, 10_000];
const TROUBLES = ['store', 'second', 'lost', 'slow'];

/** `say(content)` speaks to a screen reader: what befell the bot, and how the counter stands when nothing is on its way. */
export function createCrowd(act, say) {
  let awaited = 0;
  const zero = el('p.zero', {});
  const size = el('p', {});
  const waiting = el('p', {});
  const rate = el('p', {});
  const bar = el('div.bar', { 'aria-hidden': 'true' }, el('i', {}));
  const stories = el('ul.crowd-stories', {});
  const troubles = createTroubles(act, say);
  const add = SIZES.map((many) =>
    el(
      'button.outline',
      { type: 'button', onclick: () => grow(many) },
      t('crowd-add', { count: thousands(many) }),
    ),
  );
  const element = el(
    'section.panel.crowd',
    { 'aria-label': t('crowd') },
    el('h3.phone-name', {}, t('crowd')),
    el(
      'div.card',
      {},
      zero,
      el('div.figures', {}, size, waiting),
      bar,
      rate,
      stories,
      el('div.buttons', {}, add),
      el('p.hint', {}, t('crowd-about')),
      el('p.hint', {}, t('crowd-hint')),
    ),
    el('h3.phone-name', {}, t('troubles')),
    troubles.element,
  );

  async function grow(many) {
    for (const button of add) button.disabled = true;
    await act('crowd', { count: many });
    for (const button of add) button.disabled = false;
  }

  function show(crowd) {
    const bad = crowd.lost + crowd.twice > 0;
    zero.className = `zero${bad ? ' bad' : ''}`;
    zero.replaceChildren(
      el('span', {}, `${t('lost')} `, el('b', {}, thousands(crowd.lost))),
      ' · ',
      el('span', {}, `${t('twice')} `, el('b', {}, thousands(crowd.twice))),
    );
    if (awaited && !crowd.waiting)
      say(`${t('lost')} ${thousands(crowd.lost)} · ${t('twice')} ${thousands(crowd.twice)}`);
    awaited = crowd.waiting;
    size.textContent = t('crowd-size', { count: thousands(crowd.size) });
    waiting.textContent = t('crowd-waiting', { count: thousands(crowd.waiting) });
    rate.textContent = t('rate', { rate: crowd.rate, line: crowd.line });
    bar.firstChild.style.width = `${Math.min(100, (100 * crowd.rate) / crowd.line)}%`;
    stories.replaceChildren(
      ...crowd.stories.map((story) =>
        el('li', {}, el('span', { lang: 'be' }, story.headline), whereTo(story)),
      ),
    );
  }

  return { element, show, showMachine: troubles.show };
}

/** Switches for everything that can go wrong, and what befell the bot. */
function createTroubles(act, say) {
  let toldOf;
  const incidents = el('ol.incidents', {});
  const switches = TROUBLES.map((kind) =>
    el(
      'button.outline',
      {
        type: 'button',
        title: kind === 'lost' ? t('trouble-lost-title') : undefined,
        'aria-pressed': 'false',
        onclick: (event) =>
          act('trouble', { kind, on: event.currentTarget.getAttribute('aria-pressed') !== 'true' }),
      },
      t(`trouble-${kind}`),
    ),
  );
  const kill = el(
    'button.danger',
    { type: 'button', id: 'kill', title: t('kill-title'), onclick: () => act('kill') },
    t('kill'),
  );
  const flood = el(
    'button.outline',
    { type: 'button', title: t('flood-title'), onclick: () => act('flood') },
    t('flood'),
  );
  const element = el('div.card', {}, el('div.buttons', {}, kill, flood, switches), incidents);

  function show({ incidents: befell, troubles, instances }) {
    switches.forEach((button, index) =>
      button.setAttribute('aria-pressed', String(troubles.includes(TROUBLES[index]))),
    );
    kill.disabled = !instances.some(({ state }) => state !== 'dead');
    incidents.replaceChildren(
      ...befell
        .toReversed()
        .slice(0, 8)
        .map((incident) => el('li', {}, el('time', {}, timeOf(incident.at)), ` ${wordsFor(incident)}`)),
    );
    for (const incident of befell) if (incident.at > (toldOf ?? Infinity)) say(wordsFor(incident));
    toldOf = befell.at(-1)?.at ?? 0;
  }

  return { element, show };
}

/** To how many of all a story went, or why to none. */
const whereTo = ({ again, sent, waiting, lost }) =>
  again && !sent
    ? el('span', {}, t('way-again'))
    : el('b', {}, t('crowd-story', { sent: thousands(sent), all: thousands(sent + waiting + lost) }));

const wordsFor = ({ what, ms }) =>
  t(`incident-${what}`, { seconds: ms === undefined ? '' : decimal(ms / 1000) });
