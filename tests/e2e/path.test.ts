import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';

let town: Awaited<ReturnType<typeof openTown>>;
let bot: BotProcess;

beforeEach(async () => {
  town = await openTown();
  bot = startBot(town.env);
});

afterEach(async () => {
  await bot.end('SIGKILL');
  await town.close();
});

const texts = (reader: Person) =>
  reader
    .messages()
    .filter(({ fromBot }) => fromBot)
    .map(({ text }) => text);

async function subscribed(language: string): Promise<Person> {
  const reader = town.telegram.person({ language });
  reader.start();
  await eventually(() => texts(reader).length > 0);
  reader.send('/subscribe');
  await eventually(() => texts(reader).length > 1);
  return reader;
}

const piece = (headline: string) => ({
  headline,
  lead: `${headline}: the first sentence of an invented story.`,
  body: 'A second paragraph with <angle brackets>, & and “quotes”.',
  rubric: 'Society',
});

describe('from the source to a reader', () => {
  it('brings each edition to its readers, once, over polls, restarts and a kill', async () => {
    await bot.ready();
    const readers = await Promise.all(['be', 'ru', 'en', 'de'].map(subscribed));
    town.newsroom.publish({
      be: piece('Навіна дня'),
      ru: piece('Новость дня'),
      en: piece('Story of the day'),
    });
    const own = ['Навіна дня', 'Новость дня', 'Story of the day', 'Story of the day'];
    const seen = (reader: Person, headline: string) =>
      texts(reader).filter((text) => text.startsWith(headline)).length;
    await eventually(() => readers.every((reader, index) => seen(reader, own[index] ?? '') === 1));

    expect(await bot.end()).toBe(0);
    bot = startBot(town.env);
    await bot.ready();
    await bot.end('SIGKILL');
    bot = startBot(town.env);
    await bot.ready();
    town.newsroom.publish({ be: piece('Другая'), ru: piece('Вторая'), en: piece('Another') });
    const next = ['Другая', 'Вторая', 'Another', 'Another'];
    await eventually(() => readers.every((reader, index) => seen(reader, next[index] ?? '') === 1));
    const polls = town.newsroom.requests().lists;
    await eventually(() => town.newsroom.requests().lists >= polls + 12);
    for (const [index, reader] of readers.entries()) {
      const foreign = [...own, ...next].filter((one) => one !== own[index] && one !== next[index]);
      expect(seen(reader, own[index] ?? '')).toBe(1);
      expect(seen(reader, next[index] ?? '')).toBe(1);
      for (const headline of foreign) expect(seen(reader, headline)).toBe(0);
    }
  });

  it('gives the newest stories of the reader’s edition, and both change with the language', async () => {
    await bot.ready();
    const reader = await subscribed('ru');
    for (const number of [1, 2, 3, 4]) {
      town.newsroom.publish({ ru: piece(`Новость ${number}`), en: piece(`Story ${number}`) });
      await eventually(() => texts(reader).join('\n').includes(`Новость ${number}`));
    }
    reader.send('/latest 3');
    await eventually(() => texts(reader).some((text) => /Новость 4[^]*Новость 3[^]*Новость 2/.test(text)));
    reader.send('/language en');
    await eventually(() => /English/.test(texts(reader).at(-1) ?? ''));
    reader.send('/latest 2');
    await eventually(() => /Story 4[^]*Story 3/.test(texts(reader).at(-1) ?? ''));
  });

  it('goes on with the other editions while one source is down, and loses nothing of it', async () => {
    await bot.ready();
    const [be, en] = await Promise.all([subscribed('be'), subscribed('en')]);
    town.newsroom.outage('500', 'be');
    town.newsroom.publish({ be: piece('Навіна'), en: piece('Story') });
    await eventually(() =>
      texts(en ?? be)
        .join('\n')
        .includes('Story'),
    );
    expect(await bot.status('/healthz')).toBe(200);
    town.newsroom.outage('off', 'be');
    await eventually(() => texts(be).join('\n').includes('Навіна'), 40_000);
  });
});

describe('starting and stopping', () => {
  it('says that one is already running on the same data', async () => {
    await bot.ready();
    const second = startBot(town.env);
    expect(await second.ended).toBeGreaterThan(0);
    expect(second.output()).toMatch(/already running/);
    expect(await bot.status('/readyz')).toBe(200);
  });

  it('ends with 78 and a line for each mistake, without the secret', async () => {
    const broken = startBot({
      ...town.env,
      SEND_RATE: 'fast',
      POLL_SCHEDULE: 'often',
      BOT_TOKEN: '123:short',
    });
    expect(await broken.ended).toBe(78);
    for (const name of ['SEND_RATE', 'POLL_SCHEDULE', 'BOT_TOKEN']) expect(broken.output()).toContain(name);
    expect(broken.output()).not.toContain('123:short');
  });
});
