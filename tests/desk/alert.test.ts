import { afterAll, beforeAll, expect, it } from 'vitest';
import { alertOperators } from '#src/desk/intake/alert.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { openStage, type Stage } from '#testing/desk.ts';

const OPERATOR = 4242;
let stage: Stage;
let operator: Person;

beforeAll(async () => {
  stage = await openStage({ adminIds: [OPERATOR] });
  operator = stage.telegram.person({ id: OPERATOR });
  operator.start();
  await stage.settle();
});
afterAll(() => stage.close());

const told = () => operator.messages().at(-1)?.text;

it('a source that stops and one that is well again are told in words', async () => {
  await alertOperators(
    stage.desk,
    'be',
    [{ kind: 'failing', words: 'be: the source cannot be read: 500' }],
    [],
  );
  expect(told()).toBe('Беларуская\nbe: the source cannot be read: 500');
  await alertOperators(stage.desk, 'be', [], ['failing', 'silent']);
  expect(told()).toBe('Беларуская\nbe: the source can be read again\nbe: there is news again');
});

it('a source that fails in another way than before is not called well', async () => {
  const words = 'be: the source cannot be read: ECONNREFUSED';
  await alertOperators(stage.desk, 'be', [{ kind: 'failing', words }], ['unreadable']);
  expect(told()).toBe(`Беларуская\n${words}`);
});
