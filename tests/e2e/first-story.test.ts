import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';

let town: Awaited<ReturnType<typeof openTown>>;
let bot: BotProcess;

beforeAll(async () => {
  town = await openTown();
  for (let number = 1; number <= 6; number += 1)
    town.newsroom.publish({
      be: {
        headline: `У Рэчкаўцы адкрылі мост нумар ${number}`,
        lead: 'Першымі па ім прайшлі вучні мясцовай школы.',
        body: 'Яго будавалі два гады.',
        rubric: 'Грамадства',
      },
    });
  bot = startBot(town.env);
  await bot.ready();
});

afterAll(async () => {
  await bot.end('SIGKILL');
  await town.close();
});

const said = (reader: Person) => reader.messages().filter(({ fromBot }) => fromBot);
const last = async (reader: Person, text: string) => {
  await eventually(() => said(reader).at(-1)?.text.includes(text) ?? false);
  return said(reader).at(-1)?.id ?? 0;
};

it('from /start to the first stories it is two taps, two messages on one screen, and less than a second', async () => {
  const walk = async (): Promise<{ ms: number; messages: number; lines: number }> => {
    const reader = town.telegram.person({ language: 'be' });
    const began = performance.now();
    reader.start();
    const greeting = await last(reader, 'Абярыце мову');
    await reader.press(greeting, 'Беларуская');
    const confirmed = await last(reader, 'Навіны будуць прыходзіць');
    expect(confirmed).toBe(greeting);
    await reader.press(confirmed, 'Апошнія навіны');
    await last(reader, '1. ');
    const lines = said(reader).flatMap(({ text }) => text.split('\n'));
    return { ms: performance.now() - began, messages: said(reader).length, lines: lines.length };
  };
  let walked: Awaited<ReturnType<typeof walk>>;
  let walks = 0;
  // Up to six, as other work on the machine may slow one of them.
  do {
    walked = await walk();
    walks += 1;
    expect(walked.messages).toBe(2);
    expect(walked.lines).toBeLessThan(30);
  } while (walked.ms >= 1000 && walks < 6);
  expect(walked.ms).toBeLessThan(1000);
});
