/**
 * Takes the pictures in `docs/pictures/`: starts the sandbox as `npm start` does, plays the scenes in a real browser,
 * and stops it again. Run `node scripts/screenshots.ts`, or with names of pictures to take only those.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const ROOT = new URL('..', import.meta.url).pathname;
const PICTURES = join(ROOT, 'docs', 'pictures');
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const BROWSER_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Pictures travel with the repository, so each stays small. */
const LARGEST_PICTURE = 250_000;
/** A phone of ordinary width. */
const PHONE_WIDTH = 420;
/** Points of a picture for one of the page; more would make the pictures too large. */
const PHONE_SHARPNESS = 1.5;
const DESKTOP_SHARPNESS = 1;
const DESKTOP = { width: 1440, height: 900 };

/** A window on the sandbox, as one person uses it. */
interface Window {
  readonly page: Page;
  /** Changes whose phone is shown. */
  be(person: string): Promise<void>;
  say(text: string): Promise<void>;
  /** Presses the newest inline button with that text. */
  press(text: RegExp | string): Promise<void>;
  /** Waits for a message with that text. */
  see(text: RegExp | string): Promise<void>;
  start(): Promise<void>;
  /** Publishes the sample whose key is given, in all three languages. */
  publish(...samples: string[]): Promise<void>;
  /** Moves the view to the beginning of the newest message. */
  top(): Promise<void>;
  take(name: string, what?: Locator): Promise<void>;
}

interface Scene {
  /** Height of the window, px: as much as the scene needs. */
  readonly height: number;
  play(window: Window): Promise<void>;
}

/** Subscribes the person whose phone is shown; the button carries the language's own name. */
async function subscribe(window: Window, person: string, language: string): Promise<void> {
  await window.be(person);
  await window.start();
  await window.press(language);
}

/** In the order in which they are played: later ones build on earlier ones. */
const SCENES: Readonly<Record<string, Scene>> = {
  summary: {
    height: 820,
    async play(window) {
      await subscribe(window, 'be', 'Беларуская');
      await window.publish('night-library');
      await window.see('Гарадская бібліятэка ў Полацку');
      await window.take('summary', phone(window));
    },
  },
  'read-here': {
    height: 1570,
    async play(window) {
      await window.be('be');
      await window.press('Чытаць тут');
      await window.top();
      await window.take('read-here', phone(window));
    },
  },
  article: {
    height: 1300,
    async play(window) {
      await window.say('/articles on');
      await phone(window).locator('.rich button').last().click();
      await window.see('будуць артыкуламі');
      await window.say('/latest 1');
      await window.press('1');
      await phone(window).locator('.rich figure img').last().waitFor();
      await window.top();
      await window.take('article', phone(window));
    },
  },
  'rich-digest': {
    height: 900,
    async play(window) {
      await window.say(`/digest ${minskTime(1)}`);
      await window.publish('storm', 'bakery', 'song-festival');
      await phone(window).locator('.rich details').first().waitFor({ timeout: 90_000 });
      await phone(window).locator('.rich details').nth(1).locator('summary').click();
      await window.top();
      await window.take('rich-digest', phone(window));
      await window.say('/digest off');
    },
  },
  lacinka: {
    height: 820,
    async play(window) {
      await subscribe(window, 'editor', 'Беларуская');
      await window.say('/settings');
      await window.press(/Алфавіт/);
      await window.press(/лацінка/);
      await window.publish('storks');
      await window.see(/Pad Turavam/);
      await window.take('lacinka', phone(window));
    },
  },
  settings: {
    height: 1180,
    async play(window) {
      await subscribe(window, 'de', 'English');
      await window.say('/settings');
      await window.see('Settings');
      await window.take('settings', phone(window));
    },
  },
  bulletin: {
    height: 1120,
    async play(window) {
      await subscribe(window, 'ru', 'Русский');
      await window.say(`/quiet ${minskTime(-60)}-${minskTime(60)}`);
      await window.see('В это время ничего не приходит');
      await window.publish('dog', 'school-paper', 'storm', 'bakery', 'song-festival');
      await window.page.waitForTimeout(4000);
      await window.say('/quiet off');
      await window.see('Собака прошла шестьдесят километров');
      await window.top();
      await window.take('bulletin', phone(window));
    },
  },
  digest: {
    height: 1000,
    async play(window) {
      await subscribe(window, 'en', 'English');
      await window.say(`/digest ${minskTime(1)}`);
      await window.publish(
        'week',
        'doctor-van',
        'night-train',
        'postcards',
        'leipzig-school',
        'audiobooks',
        'water',
        'storm-after',
      );
      await window.see('Doctor on wheels');
      await window.top();
      await window.take('digest', phone(window));
    },
  },
  sandbox: {
    height: 900,
    async play(window) {
      await window.page.reload();
      await window.page.locator('#place-controls .solid').click();
      await window.page.locator('#place-chat textarea').fill('/subscribe be');
      await window.page.keyboard.press('Enter');
      await window.page.waitForTimeout(2500);
      await window.publish('bridge-open');
      await window.be('be');
      await window.see('Мост у Мастах адкрылі');
      await window.page.locator('#place-chat .message').first().waitFor();
      await window.page.locator('#desk-body').evaluate((body) => body.scrollTo({ top: 0 }));
      await window.take('sandbox');
    },
  },
};

const phone = ({ page }: Window): Locator => page.locator('#phone-chat');

/** `HH:MM` in Minsk, `minutes` from now. */
const minskTime = (minutes: number): string =>
  new Date(Date.now() + (180 + minutes) * 60_000).toISOString().slice(11, 16);

async function main(wanted: readonly string[]): Promise<number> {
  const executablePath = BROWSERS.find((path) => existsSync(path));
  if (!executablePath) {
    console.error('Pictures need a browser and there is none. Install it: apt-get install -y chromium');
    return 1;
  }
  const unknown = wanted.filter((name) => !Object.hasOwn(SCENES, name));
  if (unknown.length) {
    console.error(`No such picture: ${unknown.join(', ')}; there are ${Object.keys(SCENES).join(', ')}`);
    return 64;
  }
  await mkdir(PICTURES, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), 'pozirk-pictures-'));
  const port = await freePort();
  const sandbox = startSandbox(port, data);
  try {
    const address = `http://127.0.0.1:${port}/`;
    await ready(`${address}readyz`, sandbox);
    const browser = await chromium.launch({ executablePath, args: BROWSER_ARGS });
    try {
      return await play(browser, address, wanted);
    } finally {
      await browser.close();
    }
  } finally {
    if (sandbox.exitCode !== null) console.error(`The sandbox ended by itself with ${sandbox.exitCode}`);
    await stop(sandbox);
    await rm(data, { recursive: true, force: true });
  }
}

async function play(browser: Browser, address: string, wanted: readonly string[]): Promise<number> {
  const narrow = await open(browser, address, PHONE_SHARPNESS);
  const wide = await open(browser, address, DESKTOP_SHARPNESS);
  let failed = 0;
  for (const [name, scene] of Object.entries(SCENES)) {
    if (wanted.length && !wanted.includes(name)) continue;
    const window = name === 'sandbox' ? wide : narrow;
    try {
      await window.page.setViewportSize(
        name === 'sandbox' ? DESKTOP : { width: PHONE_WIDTH, height: scene.height },
      );
      await scene.play(window);
      console.log(`docs/pictures/${name}.png  ${Math.round((await stat(pathOf(name))).size / 1000)} kB`);
    } catch (error) {
      failed++;
      console.error(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
      await window.page.screenshot({ path: join(tmpdir(), `pozirk-failed-${name}.png`) });
    }
  }
  return failed ? 1 : 0;
}

const pathOf = (name: string): string => join(PICTURES, `${name}.png`);

async function open(browser: Browser, address: string, deviceScaleFactor: number): Promise<Window> {
  const page = await browser.newPage({
    deviceScaleFactor,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(20_000);
  await page.goto(address);
  await page.locator('body[data-ready]').waitFor();
  const samples = (await (await fetch(`${address}samples.json`)).json()) as {
    key: string;
    piece: unknown;
    follows?: string;
  }[];
  const chat = page.locator('#phone-chat');
  const window: Window = {
    page,
    async be(person) {
      await page.locator(`#people label:has(input[value="${person}"])`).click();
    },
    async say(text) {
      await chat.locator('textarea').fill(text);
      await page.keyboard.press('Enter');
    },
    press: (text) => chat.locator('.keyboard button', { hasText: text }).last().click(),
    // A digest comes within a minute of the next one.
    see: (text) => chat.locator('.bubble', { hasText: text }).last().waitFor({ timeout: 130_000 }),
    async start() {
      await chat.locator('.big').click();
    },
    async publish(...keys) {
      for (const key of keys) {
        const sample = samples.find((other) => other.key === key);
        await page.evaluate(
          (body) =>
            fetch('act/publish', {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(body),
            }),
          { piece: sample?.piece, sample: key, follows: sample?.follows },
        );
      }
    },
    async top() {
      await page.waitForTimeout(600);
      await chat
        .locator('.message')
        .last()
        .evaluate((message) => message.scrollIntoView({ block: 'start' }));
    },
    async take(name, what) {
      // Pictures load and the view glides to the end within this time.
      await page.waitForTimeout(900);
      await page.mouse.move(0, 0);
      await page.locator('.toasts').evaluate((toasts) => {
        toasts.replaceChildren();
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      });
      await (what ?? page).screenshot({ path: pathOf(name) });
      const { size } = await stat(pathOf(name));
      if (size > LARGEST_PICTURE)
        throw new Error(`the picture has ${size} bytes, more than ${LARGEST_PICTURE}`);
    },
  };
  return window;
}

function startSandbox(port: number, data: string): ChildProcess {
  const { BOT_TOKEN: _, ...env } = process.env;
  return spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...env,
      BOT_TOKEN: '',
      HTTP_PORT: String(port),
      DATA_DIR: data,
      POLL_SCHEDULE: '*/1 * * * * *',
      SOURCE_GAP_MS: '20',
      LOG_LEVEL: 'warn',
    },
  });
}

async function ready(address: string, sandbox: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (sandbox.exitCode !== null) throw new Error(`The sandbox ended with ${sandbox.exitCode}`);
    const answer = await fetch(address, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('The sandbox did not become ready within a minute');
}

async function stop(sandbox: ChildProcess): Promise<void> {
  if (sandbox.exitCode !== null || sandbox.pid === undefined) return;
  const ended = new Promise((resolve) => sandbox.once('exit', resolve));
  // The whole group: npm, the shell and the bot.
  process.kill(-sandbox.pid, 'SIGTERM');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

process.exitCode = await main(process.argv.slice(2));
