/** From the newsroom's ring to the first message: a bot as operators run it, with the usual gap between requests. */
import { openTown, eventually, startBot } from '#testing/process.ts';
import { percentile, round, row } from './table.ts';

const STORIES = 50;
const SECRET = 'bench-hook-secret-0123456789';
/** More than a chat's own pace and the time in which rings are one, ms. */
const APART_MS = 1500;

export async function run(): Promise<void> {
  const town = await openTown();
  const bot = startBot({
    ...town.env,
    HOOK_SECRET: SECRET,
    POLL_SCHEDULE: '*/30 * * * * *',
    SOURCE_GAP_MS: '1000',
  });
  await eventually(async () => (await bot.status('/readyz')) === 200, 90_000);
  const reader = town.telegram.person({ language: 'en' });
  reader.send('/subscribe en');
  await eventually(() => reader.messages().some(({ fromBot }) => fromBot));
  const times: number[] = [];
  for (let number = 0; number < STORIES; number += 1) {
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
    const headline = `The town hears of matter ${number} by the bell`;
    const story = { lead: `${headline}, and so do you.`, body: 'More of it.', rubric: 'Society' };
    town.newsroom.publish({ en: { headline, ...story } });
    const rung = performance.now();
    const headers = { authorization: `Bearer ${SECRET}` };
    await fetch(`${bot.url()}/hook/source`, { method: 'POST', headers });
    await eventually(() => reader.messages().some(({ text }) => text.includes(headline)));
    times.push(performance.now() - rung);
  }
  const p95 = percentile(times, 0.95);
  row('hook: publication to first message, p95 of 50', `${round(p95, 0)} ms`, 'at most 1000 ms');
  row('hook: median', `${round(percentile(times, 0.5), 0)} ms`);
  await bot.end();
  await town.close();
}
