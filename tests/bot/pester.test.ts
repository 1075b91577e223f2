import { describe, expect, it } from 'vitest';
import { createPesterGuard } from '#src/bot/pester.ts';
import { createStrangersMessages } from '#src/bot/strangers.ts';

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
  it('are remembered until they are taken, and then no more', () => {
    const memory = createStrangersMessages();
    memory.add('a', [1, 2]);
    memory.add('a', [3]);
    expect(memory.take('a')).toEqual([1, 2, 3]);
    expect(memory.take('a')).toEqual([]);
  });

  it('are bounded in number: the oldest go first', () => {
    const memory = createStrangersMessages();
    memory.add(
      'a',
      Array.from({ length: 500 }, (_, id) => id),
    );
    expect(memory.take('a')).toHaveLength(200);
    memory.add('first', [1]);
    for (let chat = 0; chat < 5000; chat += 1) memory.add(`${chat}`, [chat]);
    expect(memory.take('first')).toEqual([]);
    expect(memory.take('4999')).toEqual([4999]);
  });
});
