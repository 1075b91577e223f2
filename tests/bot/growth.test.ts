import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS, costOf, LONGEST, SHAPES } from '#testing/long-inputs.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';

const OPERATOR = 4_343;
/** Kinds of words that each command is given here; all of them: `npm run bench words`. */
const EACH = 3;
const shapes = Object.entries(SHAPES);
let stage: Stage;
let person: Person;

beforeAll(async () => {
  stage = await openStage({ adminIds: [OPERATOR] });
  person = stage.telegram.person({ id: OPERATOR, language: 'be' });
});
afterAll(() => stage.close());

describe('the longest message that Telegram lets through', () => {
  it.each(COMMANDS.map((command, index) => [command, index] as const))(
    'costs little, whatever it repeats: /%s',
    async (command, index) => {
      await costOf(stage, person, 'subscribe', 'be');
      await costOf(
        stage,
        person,
        'follow',
        Array.from({ length: 20 }, (_, topic) => `Слова${topic} `.repeat(6)).join(),
      );
      for (let turn = 0; turn < EACH; turn += 1) {
        const [shape, make] = shapes[(index * EACH + turn) % shapes.length] ?? [];
        const words = make?.(LONGEST) ?? '';
        expect([shape, await costOf(stage, person, command, words)]).toEqual([
          shape,
          expect.toSatisfy((ms) => ms <= 50),
        ]);
      }
    },
  );
});
