/** The minute after a big channel has named the bot: many come at once. */
import { waitFor } from '../delivery/world.ts';
import { round } from '../table.ts';
import { accounts, type Attack, FIRST_STRANGER } from './acts.ts';

const CROWD = 1000;
/** Not waited for longer. */
const MOST_MS = 180_000;

export const newcomers: Attack = {
  name: `${CROWD} newcomers subscribe within a second`,
  // Whoever has subscribed by then is told the story too.
  mostTimesQuiet: 2.5,
  begin: async (town) => void (await town.crowd(FIRST_STRANGER, CROWD, 'send', '/subscribe en')),
  async judge(town) {
    const last = FIRST_STRANGER + CROWD - 1;
    await waitFor(async () => (await town.answers(last)) > 0, MOST_MS).catch(() => undefined);
    const took = (performance.now() - town.openedAt) / 1000;
    const answers = await Promise.all(accounts(CROWD).map((person) => town.answers(person)));
    const left = answers.filter((count) => count === 0).length;
    return [
      { what: 'newcomers without an answer', figure: String(left), must: '0' },
      { what: 'all answered after', figure: `${round(took, 1)} s`, must: 'at most 90 s' },
    ];
  },
};
