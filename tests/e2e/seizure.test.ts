import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';

/** The key that was taken with the server. */
const TAKEN = Buffer.alloc(32, 9);

let town: Awaited<ReturnType<typeof openTown>>;
let processes: BotProcess[] = [];
beforeEach(async () => {
  town = await openTown();
});
afterEach(async () => {
  await Promise.all(processes.map((one) => one.end('SIGKILL')));
  processes = [];
  await town.close();
});

/** A machine: a folder for the data, and another disk with the key and what lies beside it. */
function machine(name: string, token: string) {
  const [data, disk] = [join(town.folder, name, 'data'), join(town.folder, name, 'disk')];
  mkdirSync(disk, { recursive: true });
  const keyFile = join(disk, 'key');
  writeFileSync(keyFile, TAKEN.toString('base64'), { mode: 0o600 });
  const env = { ...town.env, BOT_TOKEN: token, DATA_DIR: data, DATA_KEY_FILE: keyFile };
  const start = (args: readonly string[] = []) => {
    const one = startBot(env, args);
    processes.push(one);
    return one;
  };
  const ended = async (args: readonly string[]) => {
    const one = start(args);
    return { code: await one.ended, said: one.output() };
  };
  return { data, disk, start, ended };
}

const tell = (headline: string) =>
  town.newsroom.publish({
    en: { headline, lead: `${headline}: an invented story.`, body: 'A paragraph.', rubric: 'Society' },
  });

it('after a seizure the page leads to a bot that goes on elsewhere: the old token is worth nothing, readers have the news, who forgot has not', async () => {
  const { telegram } = town;
  const taken = machine('taken', telegram.token);
  const before = taken.start();
  await before.ready();
  const [stays, forgot, alsoStays] = [1, 2, 3].map(() => telegram.person({ language: 'en' }));
  if (!stays || !forgot || !alsoStays) throw new Error('nobody');
  const readers = [stays, forgot, alsoStays];
  for (const reader of readers) reader.send('/subscribe en');
  await eventually(() => readers.every((reader) => reader.messages().some(({ fromBot }) => fromBot)));
  const backup = join(taken.disk, 'backup');
  expect(await taken.ended(['backup', backup])).toMatchObject({ code: 0 });
  const journal = `forgotten-${telegram.token.split(':')[0]}`;
  forgot.send('/forget');
  await eventually(() => forgot.messages().some(({ text }) => text.includes('I deleted everything')));

  // 1. The token is revoked: with the old one nobody hears or says anything any more.
  const next = `${telegram.token.split(':')[0]}:AFTER-the-day-AFTER-the-day-AFTER-0001`;
  telegram.revoke(telegram.token, next);
  expect(await telegram.handle(telegram.token, 'getMe')).toMatchObject({ error_code: 401 });
  await before.end('SIGKILL');

  // 6. Another machine: the new token, the backup, the key, and beside it the journal as it stood. For another key: `rotation.test.ts`.
  const elsewhere = machine('elsewhere', next);
  for (const name of ['backup', journal]) copyFileSync(join(taken.disk, name), join(elsewhere.disk, name));
  const restored = await elsewhere.ended(['restore', join(elsewhere.disk, 'backup')]);
  expect(restored).toMatchObject({ code: 0 });
  expect(restored.said).toContain('1 that were forgotten since stay forgotten');
  const after = elsewhere.start();
  await after.ready();
  tell('The news goes on');
  const shown = (reader: typeof stays) =>
    reader.messages().filter(({ text }) => text.includes('The news goes on')).length;
  await eventually(() => shown(stays) === 1 && shown(alsoStays) === 1);
  expect(shown(forgot)).toBe(0);
}, 90_000);
