import { describe, expect, it } from 'vitest';
import { LIMITS, TURNS_FOR_EDIT } from '#src/limits.ts';
import type { Asker } from '#src/telegram/askers.ts';
import { createLanes, type Lane } from '#src/telegram/lanes.ts';

/** Lanes whose turns are written down by name; `false` turns as `-name`. */
function scene() {
  const turns: string[] = [];
  let crowded = 0;
  const lanes = createLanes(LIMITS.answers, () => (crowded += 1));
  const wait = (lane: Lane, name: string, asker?: Asker) =>
    lanes.add(
      { lane, ...(asker ? { asker } : {}), grant: (granted) => turns.push(granted ? name : `-${name}`) },
      0,
    );
  const grant = (count: number, now = 0) => {
    for (let turn = 0; turn < count; turn += 1) lanes.grantNext(now);
    return turns.splice(0);
  };
  return { lanes, turns, wait, grant, crowded: () => crowded };
}

const reader = (account: number): Asker => ({ account, reads: true });
const stranger = (account: number): Asker => ({ account, reads: false });

describe('turns', () => {
  it('go to a reader soon, however many strangers wait', () => {
    const { wait, grant } = scene();
    for (let account = 100; account < 200; account += 1) wait('answer', 's', stranger(account));
    grant(20);
    wait('answer', 'reader', reader(1));
    expect(grant(2)).toContain('reader');
  });

  it('go to strangers too, however many readers wait', () => {
    const { wait, grant } = scene();
    for (let account = 1; account < 100; account += 1) wait('answer', 'r', reader(account));
    wait('answer', 'stranger', stranger(500));
    expect(grant(8)).toContain('stranger');
  });

  it('go to whoever had fewest of late: who asks once is ahead of who asks all the time', () => {
    const { wait, grant } = scene();
    for (let index = 0; index < 10; index += 1) wait('answer', 'greedy', stranger(1));
    expect(grant(3)).toEqual(['greedy', 'greedy', 'greedy']);
    wait('answer', 'modest', stranger(2));
    expect(grant(2)).toEqual(['modest', 'greedy']);
  });

  it('go first to who has read for longer, unless they have asked for too much', () => {
    const { wait, grant } = scene();
    const known = (account: number, standing: number): Asker => ({ account, reads: true, standing });
    wait('answer', 'young', known(2, 9));
    wait('answer', 'group', reader(3));
    wait('answer', 'old', known(1, 1));
    expect(grant(3)).toEqual(['old', 'young', 'group']);
    for (let count = 0; count < LIMITS.commands; count += 1) wait('answer', 'old', known(1, 1));
    grant(LIMITS.commands);
    wait('answer', 'old', known(1, 1));
    wait('answer', 'young', known(2, 9));
    expect(grant(2)).toEqual(['young', 'old']);
  });

  it('to take away what stands with who wants to be forgotten go to readers before accounts that ask for it in turns', () => {
    const { wait, grant } = scene();
    for (let account = 100; account < 160; account += 1) wait('forget', 'in turns', stranger(account));
    wait('forget', 'reader', { account: 1, reads: true, standing: 1 });
    expect(grant(1)).toEqual(['reader']);
    wait('forget', 'left over');
    wait('forget', 'in turns', stranger(100));
    expect(grant(62).toSpliced(0, 60)).toEqual(['left over', 'in turns']);
  });

  it('cost what they did for a minute only', () => {
    const { wait, grant } = scene();
    wait('answer', 'a', stranger(1));
    grant(1);
    wait('answer', 'a', stranger(1));
    wait('answer', 'b', stranger(2));
    expect(grant(2, 60_000)).toEqual(['a', 'b']);
  });

  it('are given once for the same message drawn again: the newest', () => {
    const { wait, grant } = scene();
    wait('answer', 'first', { ...reader(1), name: '1 7' });
    wait('answer', 'other', { ...reader(1), name: '1 8' });
    wait('answer', 'second', { ...reader(1), name: '1 7' });
    expect(grant(3)).toEqual(['-first', 'other', 'second']);
  });

  it('of too many answers are not given to those who had most', () => {
    const { wait, grant, turns, crowded } = scene();
    for (let index = 0; index < 5; index += 1) wait('answer', 'greedy', stranger(1));
    grant(4);
    for (let account = 2; account < 2 + LIMITS.answers; account += 1) wait('answer', 's', stranger(account));
    expect(turns).toEqual(['-greedy']);
    expect(crowded()).toBe(1);
  });

  it('of too many answers are given to a command rather than to the menu of whoever presses', () => {
    const { wait, turns } = scene();
    for (let account = 0; account < LIMITS.answers; account += 1)
      wait('answer', 'menu', { ...stranger(account), name: `menu ${account}` });
    for (let account = 500; account < 520; account += 1) wait('answer', 'command', stranger(account));
    expect(turns).toEqual(Array.from({ length: 20 }, () => '-menu'));
  });

  it('are the news for one half at least, whatever else waits', () => {
    const OTHERS: readonly Lane[] = ['erase', 'edit', 'forget', 'answer'];
    for (let set = 1; set < 2 ** OTHERS.length; set += 1) {
      const { wait, grant } = scene();
      const waiting = OTHERS.filter((_, bit) => (set >> bit) % 2 === 1);
      for (const lane of ['news' as const, ...waiting])
        for (let count = 0; count < 120; count += 1) wait(lane, lane);
      const turns = grant(110);
      expect([waiting, turns.filter((turn) => turn === 'news').length]).toEqual([
        waiting,
        expect.toSatisfy((news) => news >= 55),
      ]);
    }
  });

  it('come to corrections, too, while the news never ends', () => {
    const { wait, grant } = scene();
    for (let count = 0; count < 100; count += 1) wait('news', 'news');
    for (let count = 0; count < 5; count += 1) wait('edit', 'edit');
    const turns = grant(2 * (TURNS_FOR_EDIT + 1));
    expect(turns.filter((turn) => turn === 'edit')).toHaveLength(2);
    expect(turns.indexOf('edit')).toBe(TURNS_FOR_EDIT);
  });

  it('are shared with what has to go', () => {
    const { wait, grant } = scene();
    for (let index = 0; index < 40; index += 1) {
      wait('forget', 'forget');
      wait('answer', 'answer', reader(index));
    }
    const turns = grant(30);
    expect(turns.filter((name) => name === 'forget')).toHaveLength(10);
  });
});
