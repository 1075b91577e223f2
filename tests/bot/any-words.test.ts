import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR_COMMANDS, READER_COMMANDS } from '#src/bot/commands.ts';
import { createLogger } from '#src/log.ts';
import { openStage, publish, type Stage } from '#testing/desk.ts';
import * as talk from './talk.ts';

const OPERATOR = 4_343;
const lines: string[] = [];
let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    adminIds: [OPERATOR],
    log: createLogger('debug', { write: (line) => lines.push(line) }),
  });
  await publish(stage, 'be', { headline: 'Навіна' });
});
afterAll(() => stage.close());

const NASTY = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '<b>',
    '&amp; & &nbsp;',
    '`*_[](x)',
    'а'.repeat(4000),
    '😀'.repeat(100),
    '\u202Eрэвэрс',
    '0',
    '-1',
    '99999999999999999999',
    '23:00-07:00',
    'be: <i>тэкст',
    '__proto__',
    'constructor',
    's_zzzzzzzzzz',
    'off',
  ),
);

describe('whatever a reader or an operator types', () => {
  it('is answered, fails nothing and stands in no log line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...READER_COMMANDS, ...OPERATOR_COMMANDS, 'constructor', '__proto__'),
        NASTY,
        fc.boolean(),
        async (command, words, isOperator) => {
          const person = isOperator
            ? stage.telegram.person({ id: OPERATOR, language: 'be' })
            : await talk.subscriber(stage, 'be');
          const typed = `/${command} ${words}`.slice(0, 4000).toWellFormed();
          const before = talk.said(person).length;
          person.send(typed);
          await stage.settle();
          await stage.clock.advance(60_000);
          if (command !== 'forget') expect(talk.said(person).length).toBeGreaterThan(before);
          expect(talk.last(person).text).not.toContain('нешта не працуе');
        },
      ),
      { numRuns: 150 },
    );
    expect(lines).toEqual([]);
  });
});
