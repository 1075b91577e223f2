import { expect, it } from 'vitest';
import { CONDITIONS, createConditions } from '#src/conditions.ts';

it('what nobody has looked at keeps nobody waiting, and is not seen to hold', () => {
  const conditions = createConditions();
  conditions.fails('updates', 'unread');
  conditions.presume('updates');
  expect(conditions.failing()).toEqual([]);
  expect(conditions.waiting()).not.toContain('updates');
  expect(conditions.isSeenToHold('updates')).toBe(false);
  conditions.holds('updates');
  conditions.presume('updates');
  expect(conditions.isSeenToHold('updates')).toBe(true);
  expect(conditions.isSeenToHold('lag')).toBe(false);
});

it('the bot is ready once what it waits for was seen to hold, and whenever nothing that is vital fails', () => {
  const changes: string[] = [];
  const conditions = createConditions((name, holds) => changes.push(`${holds ? '+' : '-'}${name}`));
  expect(conditions.waiting()).toEqual([
    'redis',
    'telegram',
    'updates',
    'source be',
    'source ru',
    'source en',
  ]);
  for (const name of CONDITIONS) conditions.holds(name);
  expect(conditions.waiting()).toEqual([]);
  expect(changes).toHaveLength(CONDITIONS.length);
  conditions.fails('disk', 'only 1 MB is free');
  conditions.fails('disk', 'only 2 MB are free');
  expect(conditions.waiting()).toEqual(['disk']);
  expect(conditions.failing()).toEqual([{ name: 'disk', why: 'only 2 MB are free' }]);
  conditions.fails('memory', 'Redis uses 95 % of its memory');
  expect(conditions.waiting()).toEqual(['disk']);
  conditions.holds('disk');
  expect(conditions.waiting()).toEqual([]);
  expect(changes.slice(-3)).toEqual(['-disk', '-memory', '+disk']);
});
