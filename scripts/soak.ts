/** `npm run soak -- [--minutes N] [--seed N] [--faster N] [--logs FOLDER]`: everything that befalls the bot, at random; ends with 1 where something is wrong. */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Toll, soak } from '#testing/soak/soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    faster: { type: 'string', default: '1' },
    logs: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
console.log(`${minutes} minutes with --seed ${seed}; the same seed brings the same troubles.`);
const { logs } = values;
if (logs) mkdirSync(logs, { recursive: true });
const say = (line: string) => console.log(line);
const toll = await soak({ minutes, seed, faster: Number(values.faster), say, ...(logs && { logs }) });
console.log(`\n${toll.stories} stories to ${toll.chats} chats, ${toll.messages} messages. Troubles:`);
for (const [name, times] of toll.troubles) console.log(`  ${String(times).padStart(4)} ${name}`);

const MUST: readonly (readonly [string, number, (toll: Toll) => number])[] = [
  ['stories that a chat was not shown', 0, ({ lost }) => lost],
  ['repeats in channels and groups', 0, ({ repeatsInPlaces }) => repeatsInPlaces],
  [
    'repeats in private chats, in flight when something broke',
    Infinity,
    ({ repeatsInFlight }) => repeatsInFlight,
  ],
  ['other repeats in private chats', 0, ({ otherRepeats }) => otherRepeats],
  ['messages that are not corrected', 0, ({ stale }) => stale],
  ['chats that are not empty after /forget', 0, ({ remembered }) => remembered],
  ['posts of editors that were touched', 0, ({ touched }) => touched],
  ['processes that ended by themselves', 0, ({ fallen }) => fallen.length],
  ['seconds of quiet until all of it was right', 60, ({ quietSeconds }) => quietSeconds],
];
for (const [what, most, of] of MUST) {
  const figure = of(toll);
  if (figure > most) process.exitCode = 1;
  console.log(`${figure <= most ? '✓' : '✗'} ${what.padEnd(60)} ${Math.round(figure)}`);
}
for (const line of [...toll.examples, ...toll.fallen]) console.log(`  ${line}`);
process.exit();
