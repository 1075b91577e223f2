import { el } from './dom.js';

/** Words that tell a moment: their title tells it by this machine's clock, as a tap does in the apps. */
export const momentOf = (unix, inside) =>
  el(
    'time',
    { datetime: new Date(unix * 1000).toISOString(), title: new Date(unix * 1000).toLocaleString() },
    inside,
  );
