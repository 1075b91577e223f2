/**
 * `npm run bench [names…]`: measures what the project promises; without names everything, one after another. Ends with 1
 * where a limit is missed.
 */
import { takeMissed } from './table.ts';

const BENCHES: Readonly<Record<string, () => Promise<{ run: () => Promise<void> }>>> = {
  door: () => import('./door.ts'),
  pace: () => import('./delivery/pace.ts'),
  paid: () => import('./delivery/paid.ts'),
  siege: () => import('./siege/siege.ts'),
  ceiling: () => import('./delivery/ceiling.ts'),
  million: () => import('./delivery/million.ts'),
  day: () => import('./delivery/day.ts'),
  latest: () => import('./delivery/latest.ts'),
  kills: () => import('./delivery/kills.ts'),
  faults: () => import('./delivery/faults.ts'),
  store: () => import('./delivery/store.ts'),
  places: () => import('./delivery/places.ts'),
  channels: () => import('./channels.ts'),
  safety: () => import('./safety.ts'),
  rotate: () => import('./rotate.ts'),
  seal: () => import('./seal.ts'),
  backup: () => import('./backup.ts'),
  failover: () => import('./failover.ts'),
  keep: () => import('./keep.ts'),
  forget: () => import('./forget.ts'),
  source: () => import('./source.ts'),
  hostile: () => import('./hostile.ts'),
  field: () => import('./field.ts'),
  fuzz: () => import('./fuzz.ts'),
  match: () => import('./match.ts'),
  articles: () => import('./articles.ts'),
  'articles-corpus': () => import('./articles-corpus.ts'),
  scale: () => import('./scale.ts'),
  hook: () => import('./hook.ts'),
  search: () => import('./search.ts'),
  words: () => import('./words.ts'),
  refusals: () => import('./refusals.ts'),
  year: () => import('./year.ts'),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(64);
}
/** Between two words of a bench that has said nothing for long. */
const PULSE_MS = 30_000;

const minutes = (ms: number): string => `${(ms / 60_000).toFixed(1)} min`;

/** Runs one bench under a heading; on a terminal it says now and then that it is still at work. */
async function runOne(name: string, place: string): Promise<readonly string[]> {
  console.log(`\n== ${name} (${place})`);
  const began = performance.now();
  const say = () => process.stderr.write(`   … ${name}, ${minutes(performance.now() - began)}\n`);
  const pulse = process.stderr.isTTY ? setInterval(say, PULSE_MS) : undefined;
  try {
    const bench = await BENCHES[name]?.();
    await bench?.run();
  } finally {
    clearInterval(pulse);
  }
  const missed = takeMissed();
  console.log(
    `   took ${minutes(performance.now() - began)}${missed.length > 0 ? `, missed: ${missed.length}` : ''}`,
  );
  return missed.map((line) => `${name}: ${line}`);
}

const wanted = names.length > 0 ? names : Object.keys(BENCHES);
if (names.length === 0)
  console.log('All of it takes about an hour and three quarters on two cores; Ctrl-C ends it.');
const missed: string[] = [];
for (const [index, name] of wanted.entries())
  missed.push(...(await runOne(name, `${index + 1} of ${wanted.length}`)));
console.log(
  missed.length === 0
    ? '\nEvery limit is kept.'
    : `\nMissed:\n${missed.map((line) => `  ${line}`).join('\n')}`,
);
process.exit(missed.length === 0 ? 0 : 1);
