import { expect, it } from 'vitest';
import { newShowings, rememberShown, shownLately, shownToAll } from '#src/desk/memory/shown.ts';
import { HOUR } from '#src/time.ts';

const showing = (slot: number, messageId: number, isPlace: boolean) => ({
  slot,
  sent: { messageId, shows: [`story${messageId}`], eraseAt: 0, isPlace },
  ownSequence: isPlace,
});

it('what is left to the next process is all of places and the newest of people, oldest first, of the last hour', () => {
  const shown = newShowings();
  rememberShown(shown, showing(9, 1, true), 0);
  for (let id = 2; id <= 5; id += 1) rememberShown(shown, showing(9, id, true), HOUR);
  for (let slot = 10; slot < 20; slot += 1)
    rememberShown(shown, showing(slot, 100 + slot, false), HOUR + slot);
  const left = shownToAll(shown, HOUR + 20, 7);
  expect(left).toEqual([
    ...[17, 18, 19].map((slot) => showing(slot, 100 + slot, false)),
    ...[2, 3, 4, 5].map((id) => showing(9, id, true)),
  ]);
  const taken = newShowings();
  for (const one of left) rememberShown(taken, one, 0);
  expect(shownLately(taken, 9, 0).map(({ sent }) => sent.messageId)).toEqual([2, 3, 4, 5]);
  expect(shownLately(taken, 9, HOUR + 1)).toEqual([]);
});
