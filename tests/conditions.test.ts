import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type ConditionName, CONDITIONS, createConditions } from '#src/conditions.ts';

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

it('docs/operations.md has each, and what /readyz answers while it does not hold', () => {
  const page = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
  const table = /^\| condition \|[^]*?\n\n/m.exec(page)?.[0] ?? '';
  const rows = [...table.matchAll(/^\| `([^`]+)`.* \| (\d+) \|$/gm)].map(
    ([, name, status]) => `${name} ${status}`,
  );
  const answer = (name: ConditionName) => {
    const conditions = createConditions();
    for (const one of CONDITIONS) conditions.holds(one);
    conditions.fails(name, 'ill');
    return conditions.waiting().length > 0 ? '503' : '200';
  };
  // One row for the source of each edition.
  const told = CONDITIONS.filter((name) => !/^source (?!be)/.test(name));
  expect(rows.toSorted()).toEqual(told.map((name) => `${name} ${answer(name)}`).toSorted());
});
