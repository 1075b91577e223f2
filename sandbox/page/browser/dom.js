/** Small ways to make page elements. Text goes in as text, never as HTML. */

/**
 * An element with properties and children. `on…` are listeners, `data` fills the dataset, `aria-…`, `role` and `for` are
 * attributes, the rest are properties; a property that is undefined is left out.
 */
export function el(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'data') Object.assign(element.dataset, value);
    else if (/^aria-|^role$|^for$|^list$/.test(key)) element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(
    ...children.flat().filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

const FOCUSABLE = 'a[href], button, input, select, textarea, summary';

/**
 * Draws `host` anew and leaves the focus where it was: on the same control of the same row, a row being what has a
 * `data-id`. Where that row is gone the focus goes to the host, never to a control of another one.
 */
export function keepFocus(host, draw) {
  const focused = document.activeElement;
  const controls = (within) => [...(within?.querySelectorAll(FOCUSABLE) ?? [])];
  const id = host.contains(focused) && focused.closest('[data-id]')?.dataset.id;
  const rowOf = () => (id ? host.querySelector(`[data-id="${CSS.escape(id)}"]`) : host);
  const index = controls(rowOf()).indexOf(focused);
  draw();
  if (index < 0 || document.activeElement === focused) return;
  const next = controls(rowOf());
  const control = focused.isConnected ? focused : next[Math.min(index, next.length - 1)];
  if (!control && host.tabIndex < 0) host.tabIndex = -1;
  (control ?? host).focus();
}

/** An icon of the page's own, drawn on a 24 x 24 grid. */
export function icon(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 24 24',
    width: 20,
    height: 20,
    'aria-hidden': 'true',
  }))
    svg.setAttribute(key, value);
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  for (const [key, value] of Object.entries({
    d: path,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  }))
    line.setAttribute(key, value);
  svg.append(line);
  return svg;
}

export const ICONS = {
  send: 'M4 12 20 4l-6 16-3-7z',
  menu: 'M5 7h14M5 12h14M5 17h9',
  keyboard: 'M4 7h16v10H4zM8 11h.01M12 11h.01M16 11h.01M9 14h6',
  more: 'M12 6h.01M12 12h.01M12 18h.01',
  silent: 'M6 9a6 6 0 0 1 9-5M18 9c0 5 2 6 2 8H7M4 4l16 16M10 20h4',
  pin: 'M9 4h6l-1 6 4 4H6l4-4zM12 14v6',
  down: 'M6 9l6 6 6-6',
};

/** Minsk has kept UTC+3 the whole year round since 2011. */
const minsk = (ms) => new Date(ms + 3 * 3_600_000);

/** `HH:MM` in Minsk. */
export const timeOf = (ms) => minsk(ms).toISOString().slice(11, 16);

/** Months as they stand after a day; not every browser knows the Belarusian ones. */
const MONTHS = {
  be: 'студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня',
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  en: 'January February March April May June July August September October November December',
};

/** `22 August` in Minsk, in a language. */
export const dayOf = (ms, language) =>
  `${minsk(ms).getUTCDate()} ${(MONTHS[language] ?? MONTHS.en).split(' ')[minsk(ms).getUTCMonth()]}`;
