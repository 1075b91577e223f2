import { expect, it } from 'vitest';
import { eventually, openTown, startBot } from '#testing/process.ts';

it('the bot is ready within ten seconds of a kill, and its data is there', async () => {
  const town = await openTown();
  let bot = startBot(town.env);
  try {
    await bot.ready();
    const reader = town.telegram.person({ language: 'en' });
    const hasRead = (words: string) => reader.messages().some(({ text }) => text.includes(words));
    reader.send('/subscribe en');
    await eventually(() => reader.messages().some(({ fromBot }) => fromBot));
    await bot.end('SIGKILL');
    const killed = performance.now();
    bot = startBot(town.env);
    await bot.ready();
    expect(performance.now() - killed).toBeLessThan(10_000);
    const lead = 'The first sentence of an invented story.';
    town.newsroom.publish({ en: { headline: 'After the kill', lead, body: '', rubric: 'Society' } });
    await eventually(() => hasRead('After the kill'), 10_000);
  } finally {
    await bot.end('SIGKILL');
    await town.close();
  }
});
