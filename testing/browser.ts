/** A browser on a page of this machine: what it complains of, what axe finds, what stands out of the window. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Undefined: there is none on this machine. */
export const BROWSER: string | undefined = PATHS.find((path) => existsSync(path));

/** Alone with the page: nothing of its own goes to the network. */
const ARGS = ['headless', 'no-sandbox', 'disable-gpu', 'no-first-run', 'disable-sync'].concat([
  'disable-background-networking',
  'disable-component-update',
]);

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(BROWSER === undefined ? {} : { executablePath: BROWSER }),
    args: ARGS.map((one) => `--${one}`),
  });

let axe: string | undefined;

/** Faults that axe has found on the page as it is now, as `rule: elements`. */
export async function findings(page: Page): Promise<string[]> {
  axe ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe);
  return page.evaluate(`axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>
    id + ': ' + nodes.map(({ html, any }) => html.slice(0, 120) + ' ' + (any[0]?.message ?? '')).join(' | ')))`);
}

/** Elements that stand out of the window to the right where nothing scrolls. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const scrolls = (element) => element !== null &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element))
      .map((element) => element.tagName + '.' + element.className);
  })()`);

/** Words of the page that are broken over two lines, but for what somebody typed. */
export const brokenWords = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { currentNode: text } = texts;
      if (text.parentElement.closest('textarea, select, script, .log')) continue;
      for (const { index, 0: word } of text.data.matchAll(/\\p{L}{2,}/gu)) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word);
      }
    }
    return found;
  })()`);

/** Errors and warnings that the page tells its console, as they come. */
export function complaintsOf(page: Page): readonly string[] {
  const told: string[] = [];
  page.on('pageerror', (error) => void told.push(error.message));
  page.on(
    'console',
    (line) =>
      void (['error', 'warning'].includes(line.type()) && told.push(`${line.type()}: ${line.text()}`)),
  );
  return told;
}

export interface Load {
  readonly bytes: number;
  readonly requests: number;
  /** Until something was painted, ms. */
  readonly paintMs: number;
  /** Everybody who was asked. */
  readonly hosts: ReadonlySet<string>;
}

/** Opens an address anew, without a cache, and tells what that took. */
export async function load(browser: Browser, address: string): Promise<Load> {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  const asked: string[] = [];
  session.on('Network.loadingFinished', ({ encodedDataLength }) => void (bytes += encodedDataLength));
  page.on('request', (request) => void asked.push(new URL(request.url()).host));
  await page.goto(address);
  await page.locator('body[data-ready]').waitFor();
  const paintMs = await page.evaluate<number>(
    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN",
  );
  await page.close();
  return { bytes, requests: asked.length, paintMs, hosts: new Set(asked.filter(Boolean)) };
}
