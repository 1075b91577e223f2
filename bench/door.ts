/**
 * The front door in a copy of its own, with an empty home and the README's words: how soon there is something to see, and
 * whether a counter that does not believe the bot stays at zero whatever is pressed, at two starts in a row.
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { BROWSER, complaintsOf, cutOff, findings, launchBrowser, load } from '#testing/browser.ts';
import { type Door, makeTroubles, openDoor, startSandbox } from '#testing/door.ts';
import { percentile, round, row } from './table.ts';

const ROOT = new URL('..', import.meta.url).pathname;
/** Readers who are told a story while the bot is killed: 10,000 take six minutes at Telegram's line. */
const CROWD = Number(process.env['CROWD'] ?? 10_000);
const TIMES = 8;
const TROUBLE_MS = 8000;
/** At half of Telegram's line, and every trouble on the way. */
const WITHIN_MS = 120_000 + CROWD * 70;
const VIEWS = ['phones', 'places', 'channels', 'crowd', 'operator', 'gallery', 'digest', 'desk'];

export async function run(): Promise<void> {
  if (!BROWSER) throw new Error('There is no browser here: apt-get install -y chromium');
  const folder = await mkdtemp(join(tmpdir(), 'pozirk-door-'));
  const browser = await launchBrowser();
  try {
    const copy = join(folder, 'copy');
    const home = join(folder, 'home');
    await copyProject(copy);
    for (const start of ['first', 'second']) {
      const sandbox = await startSandbox(copy, home);
      try {
        row(`${start} start: npm start to the address of the page`, `${round(sandbox.tookMs / 1000, 1)} s`);
        const door = await openDoor(browser, sandbox.address);
        if (start === 'first') await lookAround(browser, door, sandbox.address);
        await pullPlug(door, start);
        row(`${start} start: words of the console`, String(door.complaints.length), '0');
        await door.page.close();
      } finally {
        row(`${start} start: ends with`, String(await sandbox.stop()), '0');
      }
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

/** Copies what a clone would hold, with what is not committed yet. */
async function copyProject(to: string): Promise<void> {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await cp(join(ROOT, file), join(to, file)).catch(() => undefined);
  }
}

async function lookAround(browser: Browser, door: Door, address: string): Promise<void> {
  const loads = [];
  for (let n = 0; n < TIMES; n++) loads.push(await load(browser, `${address}/?view=phones`));
  const [first] = loads;
  row(
    'first paint, median of 8',
    `${round(
      percentile(
        loads.map(({ paintMs }) => paintMs),
        0.5,
      ),
      0,
    )} ms`,
    '≤ 300 ms',
  );
  row('the page weighs', `${round((first?.bytes ?? NaN) / 1000, 1)} kB`, '≤ 150 kB');
  row('requests; to somebody else', `${first?.requests}; ${(first?.hosts.size ?? 0) - 1}`, '');
  const waits = [];
  for (let n = 0; n < TIMES; n++) waits.push(await publishedAfter(door));
  row(
    'a story stands on the phone after Publish, median of 8',
    `${round(percentile(waits, 0.5), 2)} s`,
    '≤ 2 s',
  );
  const { found, complaints } = await inspect(browser, address);
  for (const one of found) console.log(`  ${one}`);
  row('findings of axe and what is cut: 4 widths, 2 schemes, every view', String(found.length), '0');
  row('words of the console meanwhile', String(complaints), '0');
}

/** Until the next story stands on the phone that is shown beside the counter, s. */
async function publishedAfter({ page, press }: Door): Promise<number> {
  const key = await page.locator('#sample').inputValue();
  const headline = await page.evaluate<string>(
    `fetch('samples.json').then((r) => r.json()).then((all) => all.find(({ key }) => key === '${key}').piece.be.headline)`,
  );
  await press('Publish');
  const began = performance.now();
  await page.locator('[data-chat="be"] .bubble', { hasText: headline }).last().waitFor();
  return (performance.now() - began) / 1000;
}

async function inspect(browser: Browser, address: string) {
  const found: string[] = [];
  let complaints = 0;
  for (const width of [320, 390, 768, 1440])
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      const told = complaintsOf(page);
      for (const view of VIEWS) {
        await page.goto(`${address}/?view=${view}&lang=be`);
        await page.locator('body[data-ready]').waitFor();
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true;");
        for (const one of [...(await findings(page)), ...(await cutOff(page))])
          found.push(`${width} ${colorScheme} ${view}: ${one}`);
      }
      complaints += told.length;
      await page.close();
    }
  return { found, complaints };
}

/** Every trouble for a thousand, the plug for all. */
async function pullPlug(door: Door, start: string): Promise<void> {
  const some = Math.min(CROWD, 1000);
  await door.gather(some);
  await door.beginBroadcast();
  await makeTroubles(door, TROUBLE_MS);
  await tell(door, `${start} start: each trouble in a broadcast to ${some}: lost, twice`);
  await door.gather(CROWD);
  await door.beginBroadcast();
  await door.press('kill -9 the bot');
  await tell(door, `${start} start: kill -9 in a broadcast to ${CROWD}: lost, twice`);
}

async function tell(door: Door, what: string): Promise<void> {
  const began = performance.now();
  const { lost, twice } = await door.seeItsEnd(WITHIN_MS);
  row(what, `${lost}, ${twice}`, '0, 0');
  row('   until all of them had it', `${round((performance.now() - began) / 1000, 0)} s`);
}
