import { describe, expect, it } from 'vitest';
import { createPesterGuard } from '#src/bot/pester.ts';
import { createStrangersMessages } from '#src/desk/memory/strangers.ts';
import { HOUR } from '#src/time.ts';

describe('a flood of messages', () => {
  const twenty = (guard: ReturnType<typeof createPesterGuard>, from: number) =>
    Array.from({ length: 20 }, (_, index) => guard.count('a', from + index));

  it('is answered twenty times, told once, and then ignored for a minute', () => {
    const guard = createPesterGuard(20);
    expect(new Set(twenty(guard, 0))).toEqual(new Set(['answer']));
    expect(guard.count('a', 30)).toBe('warn');
    expect(guard.count('a', 31)).toBe('ignore');
    expect(guard.count('a', 60_029)).toBe('ignore');
    expect(guard.count('a', 60_030)).toBe('answer');
  });

  it('does not touch another chat', () => {
    const guard = createPesterGuard(20);
    twenty(guard, 0);
    guard.count('a', 30);
    expect(guard.count('b', 31)).toBe('answer');
  });

  it('is none when the messages are spread over more than a minute', () => {
    const guard = createPesterGuard(20);
    const verdicts = Array.from({ length: 60 }, (_, index) => guard.count('a', index * 3000));
    expect(new Set(verdicts)).toEqual(new Set(['answer']));
  });
});

describe('the messages of a stranger', () => {
  const person = (id: number) => ({ id, kind: 'person' }) as const;

  it('are remembered until they are taken, and then no more', () => {
    const memory = createStrangersMessages();
    memory.add(person(1), [1, 2], 0);
    memory.add(person(1), [3], 0);
    expect(memory.take(person(1))).toEqual([1, 2, 3]);
    expect(memory.take(person(1))).toEqual([]);
  });

  it('are bounded in number: the oldest go first', () => {
    const memory = createStrangersMessages();
    const many = Array.from({ length: 500 }, (_, id) => id);
    expect(memory.add(person(1), many, 0)).toBe('strangerMessages');
    expect(memory.take(person(1))).toHaveLength(200);
    expect(memory.add(person(10_000), [1], 0)).toBeUndefined();
    for (let chat = 1; chat < 5000; chat += 1) memory.add(person(chat), [chat], 0);
    expect(memory.add(person(5000), [5000], 0)).toBe('strangers');
    expect(memory.take(person(10_000))).toEqual([]);
    expect(memory.take(person(4999))).toEqual([4999]);
  });

  it('go once nobody is at it, and in any case before their time is over', () => {
    const memory = createStrangersMessages();
    const oldAt = (hours: number) => memory.takeOld(hours * HOUR, 40 * HOUR, 10).map(({ chat }) => chat.id);
    memory.add(person(1), [1], 0);
    memory.add(person(2), [2], 0);
    memory.add({ id: -3, kind: 'group' }, [3], 0);
    memory.add(person(1), [4], 19.5 * HOUR);
    expect(oldAt(19)).toEqual([]);
    expect(oldAt(20)).toEqual([2]);
    memory.add(person(1), [5], 35.5 * HOUR);
    expect(oldAt(35.9)).toEqual([]);
    expect(oldAt(36)).toEqual([1]);
    expect(oldAt(80)).toEqual([]);
  });
});
