/** `npm run bench [names…]`: measures what the project promises; without names everything, one after another. */

const BENCHES: Readonly<Record<string, () => Promise<{ run: () => Promise<void> }>>> = {
  pace: () => import('./delivery/pace.ts'),
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
  keep: () => import('./keep.ts'),
  forget: () => import('./forget.ts'),
  source: () => import('./source.ts'),
  hostile: () => import('./hostile.ts'),
  field: () => import('./field.ts'),
  fuzz: () => import('./fuzz.ts'),
  match: () => import('./match.ts'),
  articles: () => import('./articles.ts'),
  scale: () => import('./scale.ts'),
  hook: () => import('./hook.ts'),
  search: () => import('./search.ts'),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(64);
}
for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
  console.log(`\n== ${name}`);
  const bench = await BENCHES[name]?.();
  await bench?.run();
}
process.exit();
