/** The time in the head, and the buttons that move it for bot, Telegram and newsroom together. */
import { el, timeOf } from './dom.js';
import { t } from './words.js';

const HOUR = 3_600_000;

/**
 * Buttons by their word: ms, the next time that it is so late in Minsk, or the next digest that anybody has chosen.
 * @type {readonly [string, { ms: number } | { hour: string } | { digest: true }][]}
 */
const MOVES = [
  ['forward-hour', { ms: HOUR }],
  ['forward-morning', { hour: '07:00' }],
  ['forward-digest', { digest: true }],
  ['forward-days', { ms: 48 * HOUR }],
];

/** `say(content)` speaks to a screen reader: that time moves, and where it has arrived. */
export function createClock(host, act, say) {
  let ahead = 0;
  let moving;
  const time = el('b', { title: t('time') }, '–');
  const buttons = MOVES.map(([word, body]) =>
    el(
      'button.quiet',
      {
        type: 'button',
        title: t(`${word}-title`),
        onclick: () => act('forward', body),
      },
      t(word),
    ),
  );
  host.setAttribute('role', 'group');
  host.setAttribute('aria-label', t('forward'));
  host.replaceChildren(time, ...buttons);
  return {
    show(clock) {
      ahead = clock.ahead;
      for (const button of buttons) button.disabled = clock.moving;
      host.classList.toggle('moving', clock.moving);
      if (moving !== undefined && moving !== clock.moving)
        say(clock.moving ? t('moving') : `${t('time')}: ${timeOf(Date.now() + ahead)}`);
      moving = clock.moving;
      time.title = ahead ? t('ahead', { hours: Math.round(ahead / HOUR) }) : t('time');
    },
    tick() {
      time.textContent = timeOf(Date.now() + ahead);
    },
  };
}
