import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tellSystemd } from '#src/app/systemd.ts';
import { createConditions } from '#src/conditions.ts';
import { EDITIONS } from '#src/news/edition.ts';
import { SECOND } from '#src/time.ts';
import { movedClock } from '#testing/clock.ts';

let folder: string;
const path = process.env['PATH'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-systemd-'));
  const program = join(folder, 'systemd-notify');
  writeFileSync(program, `#!/bin/sh\necho "$*" >> ${join(folder, 'heard')}\n`);
  chmodSync(program, 0o755);
  process.env['PATH'] = `${folder}:${path}`;
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true, force: true });
});

const heard = (): string[] =>
  existsSync(join(folder, 'heard')) ? readFileSync(join(folder, 'heard'), 'utf8').trim().split('\n') : [];

it('systemd hears what the bot waits for, that it is ready, that it lives, and that it stops', async () => {
  const clock = movedClock(0);
  const stop = new AbortController();
  const conditions = createConditions();
  for (const edition of EDITIONS) conditions.holds(`source ${edition}`);
  conditions.holds('updates');
  const over = tellSystemd({ watchdogMs: 10 * SECOND }, conditions, clock, stop.signal);
  const until = async (words: string) => {
    await expect
      .poll(
        async () => {
          await clock.advance(SECOND);
          return heard().join('|');
        },
        { timeout: 20_000 },
      )
      .toContain(words);
  };
  await until('STATUS=waits for redis, telegram');
  expect(heard().join()).not.toContain('READY=1');
  conditions.holds('redis');
  await until('STATUS=waits for telegram READY=1');
  conditions.holds('telegram');
  await until('STATUS=ready');
  await until('WATCHDOG=1');
  const before = heard().filter((line) => line.includes('WATCHDOG')).length;
  await until(Array.from({ length: before + 1 }, () => 'WATCHDOG=1').join('|'));
  expect(heard().filter((line) => line.includes('READY=1'))).toHaveLength(1);
  stop.abort();
  await over;
  expect(heard().at(-1)).toBe('STOPPING=1');
});
