/** Parts of a delivery that chats of the same kind and settings share, and for how long. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { viewFrom } from '#src/desk/chat-view.ts';
import { openWindow } from '#src/desk/delivery/log-window.ts';
import { DEFAULT_SETTINGS, type Settings } from '#src/news/settings.ts';
import type { Subscriber } from '#src/news/subscriber.ts';
import { encodeRecord, decodeRecord } from '#src/store/record.ts';
import { SECOND } from '#src/time.ts';
import { publish } from '#testing/delivery.ts';
import { openStage } from '#testing/desk.ts';

const reader = (slot: number, changed: object = {}): Subscriber => {
  const settings = { ...DEFAULT_SETTINGS, edition: 'en' as const, ...changed };
  const record = { chat: { id: slot, kind: 'person' }, settings, state: 'active', day: 0 } as const;
  return { slot, ...decodeRecord(encodeRecord(record)) };
};

it('two readers with the same settings see a story alike within a second, and not longer', async () => {
  const stage = await openStage();
  onTestFinished(() => stage.close());
  const { desk, clock } = stage;
  const view = viewFrom(desk, reader(1));
  expect(viewFrom(desk, reader(2))).toBe(view);
  expect(viewFrom(desk, { ...reader(2), chat: { id: -5, kind: 'group' } })).toMatchObject({ kind: 'group' });
  expect(viewFrom(desk, reader(3, { style: 'headline' }))).toMatchObject({ style: 'headline' });
  await clock.advance(SECOND);
  expect(viewFrom(desk, reader(1))).toMatchObject({ ...view, now: clock.now() });
});

it.each<Partial<Settings>>([
  { follow: ['Minsk'] },
  { follow: ['мост'], style: 'headline' },
  { rubrics: ['культура'] },
  { signature: { text: '"q":' } },
])('words of somebody’s own, as in %j, are in no memory that outlives a visit', (words) => {
  expect(reader(4, words).settings).toEqual(reader(5, words).settings);
  expect(reader(4, words).settings).not.toBe(reader(5, words).settings);
  const chosen = { quiet: { from: '23:00', to: '07:00' }, timezone: 'Europe/Warsaw', digest: ['08:00'] };
  expect(reader(4, chosen).settings).toBe(reader(5, chosen).settings);
});

it('a reading of what waits that failed is not remembered for those who are visited next', async () => {
  const stage = await openStage();
  onTestFinished(() => stage.close());
  const { desk } = stage;
  await publish(desk, 'en', { headline: 'A library opens' });
  const window = openWindow(desk);
  const head = await window.refresh('en');
  vi.spyOn(desk.store.redis, 'hget').mockRejectedValueOnce(new Error('Connection is closed.'));
  await expect(window.pending('en', 0, head)).rejects.toThrow('closed');
  expect(await window.pending('en', 0, head)).toMatchObject([{ story: { headline: 'A library opens' } }]);
});
