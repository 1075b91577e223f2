/** An hour of channels, groups and topics with everything that happens to them, checked to the last post. */
import { row } from './table.ts';
import { type HourSize, liveAnHour } from './channels/hour.ts';

const SIZE: HourSize = {
  channels: 200,
  groups: 300,
  topics: 100,
  stories: 40,
  corrections: 10,
  withdrawals: 2,
  rightsChanges: 120,
  migrations: 15,
  removals: 10,
  kills: 20,
  minutes: 60,
  seed: Number(process.env['SEED'] ?? 1),
};

export async function run(): Promise<void> {
  const began = performance.now();
  const toll = await liveAnHour(SIZE);
  const { channels, groups, topics, stories, corrections, withdrawals, kills } = SIZE;
  row(`${channels} channels, ${groups} groups, ${topics} topics: posts`, String(toll.posts));
  row(`  stories, corrections, withdrawals`, `${stories}, ${corrections}, ${withdrawals}`);
  row(
    `  rights lost and given back, moves, removals`,
    `${toll.rights}, ${toll.migrations}, ${toll.removals}`,
  );
  row(`  kills`, String(toll.kills), String(kills));
  row('  stories that a place should show and does not', String(toll.lost), '0');
  row('  stories that a place shows and should not', String(toll.strange), '0');
  row('  stories shown twice', String(toll.repeats), '0');
  row('  stories out of order', String(toll.disordered), '0');
  row('  old words after a correction, news after a withdrawal', String(toll.stale), '0');
  row('  places that are not in the state of their card', String(toll.astray), '0');
  row('  errors in the log', String(toll.errors), '0');
  row('  seconds', ((performance.now() - began) / 1000).toFixed(0));
  for (const line of toll.examples) console.log(`    ${line}`);
}
