import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';
import { startRedis, type TestRedis } from '#testing/redis.ts';

let town: Awaited<ReturnType<typeof openTown>>;
let redis: TestRedis;
const bots: BotProcess[] = [];
beforeAll(async () => {
  [town, redis] = await Promise.all([openTown(), startRedis()]);
});
afterAll(async () => {
  await Promise.all(bots.map((bot) => bot.end('SIGKILL')));
  await Promise.all([town.close(), redis.stop()]);
});

async function start(env: Record<string, string>): Promise<BotProcess> {
  const bot = startBot({
    ...town.env,
    REDIS_URL: redis.url,
    DATA_KEY: Buffer.alloc(32, 3).toString('base64'),
    ...env,
  });
  bots.push(bot);
  await bot.ready();
  return bot;
}

it('two bots with different editions on one Redis all get theirs, and what they do not agree on is said', async () => {
  const { telegram, newsroom } = town;
  const other = telegram.addBot({ token: '7000000002:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' });
  await start({ SOURCE_RU: 'off', SOURCE_EN: 'off' });
  const second = await start({ BOT_TOKEN: other, SOURCE_RU: 'off', PAID: 'skip' });
  const reader = telegram.person({ language: 'be' });
  const abroad = telegram.person({ language: 'en', bot: other });
  reader.send('/subscribe be');
  abroad.send('/subscribe en');
  for (const one of [reader, abroad]) await eventually(() => one.messages().some(({ fromBot }) => fromBot));
  const draft = { lead: 'Some words.', body: 'One paragraph.', rubric: 'Society' };
  newsroom.publish({
    be: { ...draft, headline: 'Новая бібліятэка ў горадзе' },
    en: { ...draft, headline: 'A new library in town' },
  });
  await eventually(() => reader.messages().some(({ text }) => text.includes('Новая бібліятэка')));
  await eventually(() => abroad.messages().some(({ text }) => text.includes('A new library')));
  expect(second.output()).toMatch(/"edition":"be".*"detail":"PAID"|"detail":"PAID".*"edition":"be"/);
});
