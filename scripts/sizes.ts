/**
 * The page at every size: all views at three widths, in both schemes and three languages, with texts as long as they come.
 * Run `npm run pictures sizes [FOLDER]`; it says what stands out of the window, the rest is for the eyes.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { complaintsOf, cutOff, launchBrowser } from '#testing/browser.ts';
import { startSandbox } from '#testing/door.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const WIDTHS = [390, 768, 1440];
const SCHEMES = ['light', 'dark'] as const;
const LANGUAGES = ['be', 'ru', 'en'];
const VIEWS = ['phones', 'places', 'channels', 'crowd', 'operator', 'gallery', 'desk'];
/** The desk has a view of its own only where it does not stand beside the phones. */
const isShown = (view: string, width: number): boolean => view !== 'desk' || width === 390;
/** Bubbles come in and pictures load within this time, ms. */
const SETTLE_MS = 500;

/** As long as a newsroom's texts come, with words that fit no line. */
const LONG = {
  be: ['Прадстаўніца Міністэрства жыллёва-камунальнай гаспадаркі', 'электрасувязьбудканструкцыяпраектаванне'],
  ru: [
    'Представительница Министерства жилищно-коммунального хозяйства',
    'электросвязьстройконструкцияпроектирование',
  ],
  en: [
    'A spokeswoman of the Ministry of Housing and Municipal Economy',
    'counterrevolutionarydeinstitutionalisation',
  ],
} as const;

const longDraft = ([words, word]: readonly [string, string]) => ({
  headline: `${words} ${word} ${words}`,
  lead: `${words} ${word}, `.repeat(6),
  body: `${words}. `.repeat(40),
  rubric: `${words}, ${word}`,
  urgent: true,
  picture: { credit: `${words} ${word}` },
});

/** Gives the exit code: 1 where something stands out of a window or the console was told something. */
export async function takeSizes(folder = join(tmpdir(), 'pozirk-sizes')): Promise<number> {
  await mkdir(folder, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), 'pozirk-pictures-'));
  const sandbox = await startSandbox(ROOT, data, { LOG_LEVEL: 'warn' });
  const browser = await launchBrowser();
  try {
    await publishLong(browser, sandbox.address);
    let found = 0;
    for (const width of WIDTHS)
      for (const scheme of SCHEMES) found += await takeAll(browser, sandbox.address, folder, width, scheme);
    console.log(`${folder}: found ${found}`);
    return found ? 1 : 0;
  } finally {
    await browser.close();
    await sandbox.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function publishLong(browser: Browser, address: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${address}/?lang=en`);
  await page.locator('body[data-open]').waitFor({ timeout: 60_000 });
  const piece = Object.fromEntries(Object.entries(LONG).map(([tongue, texts]) => [tongue, longDraft(texts)]));
  await page.request.post(`${address}/act/crowd`, { data: { count: 100 } });
  await page.request.post(`${address}/act/publish`, { data: { piece } });
  await page.locator('[data-chat="be"] .bubble', { hasText: LONG.be[0] }).last().waitFor({ timeout: 60_000 });
  await page.close();
}

async function takeAll(
  browser: Browser,
  address: string,
  folder: string,
  width: number,
  colorScheme: (typeof SCHEMES)[number],
): Promise<number> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const complaints = complaintsOf(page);
  let found = 0;
  for (const language of LANGUAGES)
    for (const view of VIEWS.filter((one) => isShown(one, width))) {
      await page.goto(`${address}/?view=${view}&lang=${language}`);
      await page.locator('body[data-ready][data-open]').waitFor();
      await page.evaluate("for (const one of document.querySelectorAll('details.part')) one.open = true;");
      await page.waitForTimeout(SETTLE_MS);
      const name = `${view}-${width}-${colorScheme}-${language}`;
      await page.screenshot({ path: join(folder, `${name}.png`) });
      const out = await cutOff(page);
      found += out.length;
      if (out.length) console.log(`${name}: ${out.join(', ')}`);
    }
  for (const line of complaints) console.log(line);
  await page.close();
  return found + complaints.length;
}
