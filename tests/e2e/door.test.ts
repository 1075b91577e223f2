import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '#testing/browser.ts';
import { makeTroubles, openDoor, startSandbox } from '#testing/door.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
/** Ten thousand are told by `npm run bench door`. */
const CROWD = Number(process.env['CROWD'] ?? 120);
const ALL = { lost: 0, twice: 0, waiting: 0, sent: CROWD, of: CROWD };
/** At Telegram's line, and with every trouble on the way. */
const WITHIN_MS = 60_000 + CROWD * 100;

/** Only where there is a browser: a test that is not there is not skipped. */
const WITH_BROWSER = BROWSER ? describe : (_name: string, _tests: () => void) => undefined;

let browser: Browser;
const home = mkdtempSync(join(tmpdir(), 'pozirk-home-'));

WITH_BROWSER('whoever follows the README', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });

  it(
    'pulls the plug in a broadcast and makes every trouble in another: nobody loses a story or has it twice',
    async () => {
      const sandbox = await startSandbox(ROOT, home);
      const door = await openDoor(browser, sandbox.address);
      await door.gather(CROWD);
      await door.beginBroadcast();
      await door.press('kill -9 the bot');
      expect(await door.seeItsEnd(WITHIN_MS)).toEqual(ALL);
      await door.beginBroadcast();
      await makeTroubles(door, 1000);
      expect(await door.seeItsEnd(WITHIN_MS)).toEqual(ALL);
      const befell = await door.page.locator('.incidents li').allInnerTexts();
      expect(befell.map((line) => line.replace(/^\S+ |[\d.]+/g, ''))).toEqual([
        'Redis is back',
        'Redis went away',
        'it serves again,  s after the kill',
        'the bot was killed',
      ]);
      expect(door.complaints).toEqual([]);
      await door.page.close();
      expect(await sandbox.stop()).toBe(0);
    },
    2 * WITHIN_MS,
  );

  it(
    'meets the same at the second start: the story told then is news again',
    async () => {
      const sandbox = await startSandbox(ROOT, home);
      const door = await openDoor(browser, sandbox.address);
      await door.gather(CROWD);
      await door.beginBroadcast();
      await door.press('kill -9 the bot');
      expect(await door.seeItsEnd(WITHIN_MS)).toEqual(ALL);
      await door.page.locator('[data-chat="be"] .line button').first().click();
      expect(await door.page.locator('[data-chat="be"] .menu:visible button').count()).toBeGreaterThan(5);
      expect(door.complaints).toEqual([]);
      await door.page.close();
      expect(await sandbox.stop()).toBe(0);
    },
    WITHIN_MS,
  );
});
