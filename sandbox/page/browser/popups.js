/** Lists above the text box: the bot's commands, and what it finds inline. */
import { el } from './dom.js';

/** Arrow keys go through a list, Escape leaves it. */
export function walk(popup, event, box, close) {
  const buttons = [...popup.querySelectorAll('button')];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') {
    close();
    box.focus();
  }
  if (!step) return;
  event.preventDefault();
  const next = buttons.indexOf(document.activeElement) + step;
  (buttons[next] ?? box).focus();
}

export function createMenu(choose) {
  const element = el('div.menu', { hidden: true });

  /** Shows the commands with that beginning. */
  function show(commands = [], beginning) {
    const fitting = commands.filter(({ command }) => command.startsWith(beginning));
    element.hidden = !fitting.length;
    element.replaceChildren(
      ...fitting.map(({ command, description }) =>
        el(
          'button',
          { type: 'button', onclick: () => choose(command) },
          el('b', {}, `/${command}`),
          el('span', {}, description),
        ),
      ),
    );
  }

  return { element, show };
}

/** `acts`: `find` asks the bot, `isWanted` tells whether anybody still waits for that, `begin` and `choose` go on from it. */
export function createFinds(words, acts) {
  const element = el('div.menu.finds', { hidden: true });
  let asked = 0;
  /** Whether what is found goes into the group, as a story that is shared. */
  let shares = false;

  /** Shows the bot's inline results; an older answer never replaces a newer one. */
  async function show(wanted) {
    const mine = ++asked;
    const { results = [], button } = (await acts.find(wanted)) ?? {};
    if (mine !== asked || !acts.isWanted()) return;
    element.hidden = false;
    element.replaceChildren(
      groupChoice(),
      ...(button ? [switchOf(button)] : []),
      ...results.map(findOf),
      ...(results.length || button ? [] : [el('p', {}, words('nothing-found'))]),
    );
  }

  const groupChoice = () =>
    el(
      'label.check',
      {},
      el('input', {
        type: 'checkbox',
        checked: shares,
        onchange: (event) => {
          shares = event.target.checked;
        },
      }),
      words('into-group'),
    );
  const switchOf = ({ text, start }) =>
    el('button.switch', { type: 'button', onclick: () => acts.begin(start) }, text);
  const findOf = (result) =>
    el(
      'button.find',
      { type: 'button', onclick: () => acts.choose(result, shares ? 'group' : undefined) },
      el('span', {}, el('b', {}, result.title), el('small', {}, result.description)),
    );

  return { element, show };
}
