/** The cost of the longest messages: every command with every kind of words, as long as Telegram lets them be, and shorter. */
import { COMMANDS, costOf, LONGEST, SHAPES } from '#testing/long-inputs.ts';
import { openStage } from '#testing/desk.ts';
import { round, row } from './table.ts';

/** Milliseconds of processor time. */
const MOST_MS = 50;
/** Cheaper than this, nothing can be said of growth. */
const CHEAP_MS = 10;
const OPERATOR = 4_343;

export async function run(): Promise<void> {
  const stage = await openStage({ adminIds: [OPERATOR] });
  const person = stage.telegram.person({ id: OPERATOR, language: 'be' });
  const ask = (command: string, words: string) => costOf(stage, person, command, words, CHEAP_MS);
  let worst = { name: '', ms: 0 };
  let growth = { name: '', times: 0 };
  for (const command of COMMANDS) {
    await ask('subscribe', 'be');
    for (const [shape, make] of Object.entries(SHAPES)) {
      const [one, two, four] = [
        await ask(command, make(LONGEST / 4)),
        await ask(command, make(LONGEST / 2)),
        await ask(command, make(LONGEST)),
      ];
      const name = `/${command} with ${shape}`;
      if (four > worst.ms) worst = { name, ms: four };
      const times = four > CHEAP_MS ? four / Math.max(one, two / 2, 1) : 0;
      if (times > growth.times) growth = { name, times };
      if (command === 'follow' && shape === 'short topics')
        row('/follow with 1,000 topics', `${round(four, 1)} ms`, `at most ${MOST_MS} ms`);
    }
  }
  row(
    `the slowest of ${COMMANDS.length * Object.keys(SHAPES).length} long messages`,
    `${round(worst.ms, 1)} ms`,
    `at most ${MOST_MS} ms`,
  );
  row(`  which is ${worst.name}`, '');
  row('four times the words cost at most', `${round(growth.times, 1)} ×`, 'at most 9 ×');
  row(`  with ${growth.name}`, '');
  await stage.close();
}
