import { expect, it } from 'vitest';
import { soak } from '#testing/soak/soak.ts';
import { TROUBLES } from '#testing/soak/troubles.ts';

it('through two minutes of every trouble nobody misses a story, channels have each once, and what was corrected is', async () => {
  const toll = await soak({ minutes: 2, seed: 7, faster: 4 });
  expect(toll.examples).toEqual([]);
  expect(toll.fallen).toEqual([]);
  expect([...toll.troubles.keys()].sort()).toEqual(TROUBLES.map(({ name }) => name).sort());
  const { lost, repeatsInPlaces, otherRepeats, stale, remembered, touched } = toll;
  expect({ lost, repeatsInPlaces, otherRepeats, stale, remembered, touched }).toEqual({
    lost: 0,
    repeatsInPlaces: 0,
    otherRepeats: 0,
    stale: 0,
    remembered: 0,
    touched: 0,
  });
  expect(toll.stories).toBeGreaterThan(10);
}, 240_000);
