import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Newsroom } from '#src/newsroom/newsroom.ts';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';
import { HORAD } from '../newsroom/horad.ts';

interface Told {
  readonly name: string;
  readonly headline: string;
  readonly text: string;
}

const today = () =>
  new Intl.DateTimeFormat('be', { day: 'numeric', month: 'long', timeZone: HORAD.timezone }).format();

const told: Told[] = [
  { name: 'most', headline: 'Мост праз раку адкрылі', text: `${today()}, Горад. Першымі прайшлі вучні.` },
];
let town: Awaited<ReturnType<typeof openTown>>;
let bot: BotProcess;
let site: Server;
let asked: string | undefined;

const page = (path: string): string | undefined => {
  if (path === '/be/usie/')
    return `<html><body><ul>${told
      .toReversed()
      .map(({ name, headline }) => `<li><a href="/be/artykul/${name}">${headline}</a></li>`)
      .join('')}</ul></body></html>`;
  const story = told.find(({ name }) => path === `/be/artykul/${name}`);
  return (
    story &&
    `<html><body><h1>${story.headline}</h1><div data-part="text"><p>${story.text}</p><p>Мост будавалі два гады.</p></div></body></html>`
  );
};

beforeAll(async () => {
  site = createServer((request, response) => {
    asked ??= request.headers['user-agent'];
    const html = page(request.url ?? '');
    response.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  town = await openTown();
  const { SOURCE_BE: _be, SOURCE_RU: _ru, SOURCE_EN: _en, ...env } = town.env;
  const file = join(town.folder, 'horad.json');
  const room: Newsroom = { ...HORAD, sources: { be: [`${origin}/be/usie/`], ru: [], en: [] } };
  writeFileSync(file, JSON.stringify(room));
  bot = startBot({ ...env, NEWSROOM: file });
  await bot.ready();
});

afterAll(async () => {
  await bot.end('SIGKILL');
  await town.close();
  site.close();
});

it('another newsroom is told from its listing to a chat, by a file alone', async () => {
  const reader = town.telegram.person({ language: 'be' });
  const said = () =>
    reader
      .messages()
      .filter(({ fromBot }) => fromBot)
      .map(({ text }) => text);
  reader.start();
  await eventually(() => said().some((text) => text.includes('Навіны газеты «Горад» — у Telegram')));
  reader.send('/subscribe be');
  await eventually(() => said().some((text) => text.includes('Навіны будуць прыходзіць')));
  const day = today();
  told.push({
    name: 'raka',
    headline: 'Рака выйшла з берагоў (Горад+)',
    text: `${day}, ГРД. Вада пайшла на луг.`,
  });
  await eventually(() => said().some((text) => text.includes('Рака выйшла з берагоў')));
  const story = said().find((text) => text.includes('Рака выйшла')) ?? '';
  expect(story).toContain('Вада пайшла на луг.');
  expect(story).toContain('толькі для Горад+');
  // Where it was told at midnight, its day may be over.
  expect([day, today()].some((one) => story.includes(one))).toBe(true);
  expect(story).not.toMatch(/ГРД|\(Горад|озірк|POZIRK/);
  expect(asked).toMatch(/^HoradBot\//);
});
