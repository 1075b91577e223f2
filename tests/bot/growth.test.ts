import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCommand } from '#src/bot/commands.ts';
import { readTexts } from '#src/bot/operator.ts';
import { parseQuery } from '#src/matching/query.ts';
import { termsOf } from '#src/matching/terms.ts';
import { findZone } from '#src/news/cities.ts';
import { readCode } from '#src/news/forget-code.ts';
import { readHours, readSpan } from '#src/news/hours.ts';
import { readTopics } from '#src/news/topics.ts';
import { COMMANDS, costOf, LONGEST, SHAPES } from '#testing/long-inputs.ts';
import { growsTooFast } from '#testing/work.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { record } from './talk.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';

const OPERATOR = 4_343;
/** Kinds of words that each command is given here; all of them: `npm run bench words`. */
const EACH = 5;
/** Cheaper than this, ms, nothing can be said of growth. */
const CHEAP_MS = 25;
const shapes = Object.entries(SHAPES);
let stage: Stage;
let person: Person;

beforeAll(async () => {
  stage = await openStage({ adminIds: [OPERATOR] });
  person = stage.telegram.person({ id: OPERATOR, language: 'be' });
});
afterAll(() => stage.close());

/** A reader who follows as much as one may. */
async function settle(): Promise<void> {
  const known = await record(stage, person);
  if (known?.state === 'active' && known.settings.follow.length > 0) return;
  const topics = Array.from({ length: 20 }, (_, topic) => `Слова${topic} `.repeat(6));
  await costOf(stage, person, 'subscribe', 'be');
  await costOf(stage, person, 'follow', topics.join());
}

describe('the longest message that Telegram lets through', () => {
  it.each(COMMANDS.map((command, index) => [command, index] as const))(
    'costs little, whatever it repeats: /%s',
    async (command, index) => {
      for (let turn = 0; turn < EACH; turn += 1) {
        const [shape, make = String] = shapes[(index * EACH + turn) % shapes.length] ?? [];
        const cost = async (length: number) => {
          await settle();
          return costOf(stage, person, command, make(length), CHEAP_MS);
        };
        const most = await cost(LONGEST);
        expect([shape, most]).toEqual([shape, expect.toSatisfy((ms) => ms <= 50)]);
        if (most <= CHEAP_MS) continue;
        const [one, two] = [await cost(LONGEST / 4), await cost(LONGEST / 2)];
        expect([shape, most / Math.max(one, two / 2)]).toEqual([
          shape,
          expect.toSatisfy((times) => times < 9),
        ]);
      }
    },
  );
});

/** Whatever reads the words of people, by the command that it serves. */
const READERS: Readonly<Record<string, (words: string) => unknown>> = {
  'any command': (words) => readCommand(`/help ${words}`, 'bot'),
  '/follow': readTopics,
  '/search': parseQuery,
  'a story': termsOf,
  '/digest': readHours,
  '/quiet': readSpan,
  '/timezone': findZone,
  '/forget': readCode,
  '/announce': readTexts,
};

describe('words of any length', () => {
  it.each(Object.entries(READERS))(
    'take %s a time that grows with them, not with their square',
    async (_, read) => {
      for (const [shape, make] of shapes)
        expect([shape, await growsTooFast((length) => read(make(length)), 10_000, 50)]).toEqual([
          shape,
          undefined,
        ]);
    },
  );
});
