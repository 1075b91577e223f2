import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOperatorCode } from '#src/app/operator-code.ts';
import type { Desk } from '#src/desk/desk.ts';
import { HOUR } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { ask } from '../bot/talk.ts';

let stage: Stage;
const kept: number[] = [];
let code: string;
beforeEach(async () => {
  kept.length = 0;
  const adminIds: number[] = [];
  stage = await openStage();
  const made = createOperatorCode(stage.clock, adminIds, (id) => kept.push(id));
  code = made.code;
  Object.assign(stage.desk as { -readonly [K in keyof Desk]: Desk[K] }, {
    admit: made.take,
    policy: { ...stage.desk.policy, adminIds },
  });
});
afterEach(() => stage.close());

it('who first brings the code of the terminal is the operator, and nobody after', async () => {
  const [first, second] = [1, 2].map(() => stage.telegram.person({ language: 'en' }));
  if (!first || !second) throw new Error('two people');
  expect((await ask(stage, second, '/start op_0123456789abcdef')).text).not.toContain('operator');
  const { text } = await ask(stage, first, `/start op_${code}`);
  expect(text).toContain('You are the operator now');
  expect(text).toContain(String(first.id));
  expect(kept).toEqual([first.id]);
  expect((await ask(stage, first, '/help')).text).toContain('/health');
  expect((await ask(stage, second, `/start op_${code}`)).text).not.toContain('operator');
  expect((await ask(stage, second, '/help')).text).not.toContain('/health');
});

it('whose chat id cannot be written down hears where to put it', async () => {
  const made = createOperatorCode(stage.clock, [], () => {
    throw new Error('read-only');
  });
  Object.assign(stage.desk, { admit: made.take });
  const person = stage.telegram.person({ language: 'be' });
  const { text } = await ask(stage, person, `/start op_${made.code}`);
  expect(text).toContain(`ADMIN_IDS=${person.id}`);
});

it('a code is nobody’s after an hour, and wrong ones do not use it up', async () => {
  const clock = movedClock(0);
  const old = createOperatorCode(clock, [], () => undefined);
  for (let times = 0; times < 50; times += 1) expect(old.take('wrong', 1)).toBeUndefined();
  await clock.advance(HOUR - 1);
  expect(old.take(old.code, 1)).toBe('kept');
  const late = createOperatorCode(clock, [], () => undefined);
  await clock.advance(HOUR + 1);
  expect(late.take(late.code, 1)).toBeUndefined();
});
