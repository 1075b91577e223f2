import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenBlock } from '#src/store/deliveries.ts';
import { createVeil } from '#src/store/veil.ts';

const veil = createVeil(Buffer.alloc(32, 5));
const number = fc.integer({ min: 0, max: 0xffff_ffff });
const name = fc.stringMatching(/^[a-z0-9]{1,10}$/);

describe('a hidden message number', () => {
  it('is the same one when it is shown again, alone and among others', () => {
    const several = fc.array(fc.record({ name, slot: number, id: number }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(several, (all) => {
        const names = all.map((one) => one.name);
        const slots = all.map(({ slot }) => slot);
        const ids = all.map(({ id }) => id);
        const hidden = veil.hide(names, slots, ids);
        expect(veil.show(names, slots, hidden)).toEqual(ids);
        const alone = all.flatMap((one) => veil.hide([one.name], [one.slot], [one.id]));
        expect(alone).toEqual(hidden);
      }),
    );
  });

  it('of a slot says which both are, and nothing that we did not make does', () => {
    fc.assert(
      fc.property(number, number, (slot, id) => {
        expect(veil.openPair(veil.pair(slot, id))).toEqual({ slot, number: id });
        expect(createVeil(Buffer.alloc(32, 6)).openPair(veil.pair(slot, id))).toBeUndefined();
        expect(veil.openPair(`${slot}:${id}`)).toBeUndefined();
      }),
    );
  });

  it('looks like any other: none like one, the next one like the last one, in every slot and story', () => {
    const slots = Array.from({ length: 2000 }, (_, index) => 1024 + index);
    const story = slots.map(() => 'abcdefghij');
    const none = veil.hide(
      story,
      slots,
      slots.map(() => 0),
    );
    const one = veil.hide(
      story,
      slots,
      slots.map(() => 1_234_567),
    );
    const next = veil.hide(
      story,
      slots,
      slots.map(() => 1_234_568),
    );
    const other = veil.hide(
      slots.map(() => 'bcdefghijk'),
      slots,
      slots.map(() => 1_234_567),
    );
    expect(new Set([...none, ...one, ...next, ...other]).size).toBeGreaterThan(7990);
    for (const list of [none, one, next, other]) {
      const bits = Array.from({ length: 32 }, (_, bit) => list.filter((value) => (value >>> bit) & 1).length);
      for (const count of bits) expect(Math.abs(count - 1000)).toBeLessThan(150);
    }
    // Not a keystream: what two numbers differ in is not what their hidden forms differ in.
    expect(new Set(one.map((value, index) => value ^ (next[index] ?? 0))).size).toBeGreaterThan(1990);
  });

  it('of a block in which nobody was sent a story is none', () => {
    const blank = hiddenBlock(veil, 'abcdefghij', 3);
    const slots = Array.from({ length: 1024 }, (_, index) => 3 * 1024 + index);
    const shown = veil.show(
      slots.map(() => 'abcdefghij'),
      slots,
      slots.map((_, index) => blank.readUInt32BE(index * 4)),
    );
    expect(new Set(shown)).toEqual(new Set([0]));
  });

  it('and a list that is encrypted opens at its slot only', () => {
    const sealed = veil.seal(7, Buffer.from('a list'));
    expect(veil.open(7, sealed).toString()).toBe('a list');
    expect(() => veil.open(8, sealed)).toThrow('does not open');
    expect(() => veil.open(7, Buffer.alloc(40))).toThrow('does not open');
  });
});
