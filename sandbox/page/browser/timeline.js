/** The way of each story: seen, read, stored, sent to how many in what time, edited, and every reason why not. */
import { el, timeOf } from './dom.js';
import { decimal, LANGUAGE, t, thousands } from './words.js';

export function createTimeline() {
  const element = el('ol.timeline', {});
  const drawn = new Map();

  function show(rows) {
    const keep = new Set(rows.map(({ piece }) => piece));
    for (const [piece, { item }] of drawn) {
      if (keep.has(piece)) continue;
      item.remove();
      drawn.delete(piece);
    }
    rows.forEach((row, index) => {
      const state = JSON.stringify(row);
      const known = drawn.get(row.piece);
      if (known?.state === state && element.children[index] === known.item) return;
      const item = known?.item ?? el('li', {});
      if (known?.state !== state) item.replaceChildren(...rowOf(row));
      drawn.set(row.piece, { state, item });
      if (element.children[index] !== item) element.insertBefore(item, element.children[index] ?? null);
    });
    element.querySelector(':scope > .hint')?.remove();
    if (rows.length === 0) element.append(el('li.hint', {}, t('timeline-empty')));
  }

  show([]);
  return { element, show };
}

function rowOf({ headlines, at, ways }) {
  const all = Object.entries(headlines);
  const [tongue, headline] = all.find(([one]) => one === LANGUAGE) ?? all[0] ?? ['en', ''];
  return [
    el('div.way-head', {}, el('time', {}, timeOf(at)), el('b', { lang: tongue }, headline)),
    ...ways.map((way) =>
      el('div.way', {}, el('span.tongue', {}, way.tongue), el('span', {}, factsOf(way).join(' → '))),
    ),
  ];
}

const REASONS = ['held', 'filtered', 'found', 'repeated'];

/** What is known of a story's way in one language, in its order. */
function factsOf({ seenMs, read, again, withdrawn, unlinked, firstMs, tookMs, sent, fates, held }) {
  if (seenMs === undefined)
    return [t(unlinked ? 'way-unlinked' : withdrawn ? 'way-withdrawn' : 'way-waiting')];
  if (again && !sent) return [t('way-again')];
  const took = tookMs > 50 ? ` ${t('way-took', { span: spanOf(tookMs) })}` : '';
  return [
    t('way-seen'),
    t(read ? 'way-read' : 'way-unread'),
    t('way-stored', { span: `(+${spanOf(seenMs)})` }),
    ...held.map(({ by, until, count }) =>
      t(`way-held-${by}`, { time: timeOf(until), count: thousands(count) }),
    ),
    ...(sent ? [t('way-sent', { count: thousands(sent), span: `(+${spanOf(firstMs)})` }) + took] : []),
    ...(fates.edited ? [t('way-edited', { count: thousands(fates.edited) })] : []),
    ...REASONS.filter((reason) => fates[reason]).map((reason) =>
      t(`way-${reason}`, { count: thousands(fates[reason]) }),
    ),
    ...Object.entries(fates)
      .filter(([fate]) => fate.startsWith('refused:'))
      .map(([fate, count]) =>
        t('way-refused', { why: fate.slice('refused:'.length), count: thousands(count) }),
      ),
    ...(withdrawn ? [t('way-withdrawn')] : []),
  ];
}

/** `0.4 s`, `12 s`, `3 min`, `9.5 h`, with a space that no line ends at. */
function spanOf(ms) {
  const [value, unit] =
    ms < 9950
      ? [decimal(ms / 1000), 'second']
      : ms < 120_000
        ? [Math.round(ms / 1000), 'second']
        : ms < 7_200_000
          ? [Math.round(ms / 60_000), 'minute']
          : [decimal(ms / 3_600_000), 'hour'];
  return `${value}\u00a0${t(`unit-${unit}`)}`;
}
