/**
 * Takes the pictures in `docs/pictures/`: starts the sandbox as `npm start` does, plays the scenes in a real browser,
 * and stops it again. Run `npm run pictures`, or with names of pictures to take only those. `CROWD` readers see the plug pulled.
 * `npm run pictures sizes` takes the page at every size instead (`sizes.ts`).
 */
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { BROWSER, launchBrowser } from '#testing/browser.ts';
import { startSandbox } from '#testing/door.ts';
import { takeSizes } from './sizes.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const PICTURES = join(ROOT, 'docs', 'pictures');
/** Pictures travel with the repository, so each stays small. */
const LARGEST_PICTURE = 350_000;
/** A phone of ordinary width. */
const PHONE_WIDTH = 420;
/** Points of a picture for one of the page; more would make the pictures too large. */
const PHONE_SHARPNESS = 1.5;
const DESKTOP_SHARPNESS = 1;
const DESKTOP = { width: 1440, height: 900 };

/** A window on the sandbox, as one person uses it. */
interface Window {
  readonly page: Page;
  /** Changes whose phone is shown, or which panel. */
  be(person: string): Promise<void>;
  /** The part that is shown at present. */
  shown(): Locator;
  act(name: string, body: object): Promise<void>;
  say(text: string): Promise<void>;
  /** Presses the newest inline button with that text. */
  press(text: RegExp | string): Promise<void>;
  /** Waits for a message with that text. */
  see(text: RegExp | string): Promise<void>;
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

/** Readers of the crowd that is told a story while the bot is killed, as many as README promises. */
const CROWD = Number(process.env['CROWD'] ?? 10_000);

/** Which view of the page shows a chat or a panel. */
const VIEWS: Readonly<Record<string, string>> = {
  be: 'phones',
  ru: 'phones',
  en: 'phones',
  channel: 'places',
  group: 'places',
  editor: 'places',
  crowd: 'crowd',
  operator: 'operator',
  sealed: 'operator',
  de: 'operator',
};

/** A digest of two minutes from now, so that all its stories are stored by then, has come within this time, ms. */
const DIGEST_MS = 180_000;

/** In the order in which they are played: later ones build on earlier ones. */
const SCENES: Readonly<Record<string, Scene>> = {
  sandbox: {
    height: 900,
    async play(window) {
      await window.be('be');
      await window.page.locator('#sample').selectOption('bridge-open');
      await window.page.locator('#publish').click();
      await window.see('Мост у Мастах адкрылі');
      await window.take('sandbox');
    },
  },
  summary: {
    height: 820,
    async play(window) {
      await window.be('be');
      await window.publish('night-library');
      await window.see('Гарадская бібліятэка ў Полацку');
      await window.take('summary', phone(window));
    },
  },
  'story-ru': {
    height: 820,
    async play(window) {
      await window.be('ru');
      await window.see('Городская библиотека в Полоцке');
      await window.take('story-ru', phone(window));
    },
  },
  'story-en': {
    height: 820,
    async play(window) {
      await window.be('en');
      await window.see('Library in Polack');
      await window.take('story-en', phone(window));
    },
  },
  channel: {
    height: 900,
    async play(window) {
      await window.be('channel');
      await window.see('Гарадская бібліятэка ў Полацку');
      await window.take('channel', phone(window));
    },
  },
  card: {
    height: 820,
    async play(window) {
      await window.be('editor');
      await window.see('Публікую з наступнай навіны');
      await window.take('card', phone(window));
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
      await window.say(`/digest ${minskTime(2)}`);
      await window.publish('storm', 'bakery', 'song-festival');
      await phone(window).locator('.rich details').first().waitFor({ timeout: DIGEST_MS });
      await phone(window).locator('.rich details').nth(1).locator('summary').click();
      await window.top();
      await window.take('rich-digest', phone(window));
      await window.say('/digest off');
    },
  },
  lacinka: {
    height: 820,
    async play(window) {
      await window.be('de');
      await window.shown().locator('.big').click();
      await window.press('Беларуская');
      await window.say('/settings');
      await window.press('Што прыходзіць');
      await window.press(/Алфавіт/);
      await window.press(/лацінка/i);
      await window.publish('storks');
      await window.see(/Pad Turavam/);
      await window.take('lacinka', phone(window));
    },
  },
  settings: {
    height: 1180,
    async play(window) {
      await window.be('en');
      await window.say('/settings');
      await window.see('Settings');
      await window.take('settings', phone(window));
    },
  },
  bulletin: {
    height: 1120,
    async play(window) {
      await window.be('ru');
      await window.say(`/quiet ${minskTime(-60)}-${minskTime(60)}`);
      await window.see('В это время приходит только срочное');
      await window.publish('dog', 'school-paper', 'postcards', 'water');
      await window.page.waitForTimeout(4000);
      await window.say('/quiet off');
      await window.see('Собака прошла шестьдесят километров');
      await window.top();
      await window.take('bulletin', phone(window));
    },
  },
  hide: {
    height: 620,
    async play(window) {
      await window.be('en');
      await window.say('/hide on');
      await window.see('Hidden text: on');
      await window.publish('crossing');
      await phone(window).locator('.spoiler').first().waitFor({ timeout: 60_000 });
      await window.take('hide', phone(window));
      await window.say('/hide off');
      await window.see('can be read at once');
    },
  },
  digest: {
    height: 1390,
    async play(window) {
      await window.be('en');
      await window.say(`/digest ${minskTime(2)}`);
      await window.publish(
        'week',
        'doctor-van',
        'night-train',
        'leipzig-school',
        'audiobooks',
        'storm-after',
        'wages',
      );
      await window.see('Doctor on wheels');
      await window.top();
      await window.take('digest', phone(window));
      await window.say('/digest off');
    },
  },
  plug: {
    height: 900,
    async play(window) {
      await window.be('crowd');
      await window.act('crowd', { count: CROWD });
      // One that no other scene has told: what is out already rightly goes to nobody.
      await window.publish('crossing-open');
      const told = window.shown().locator('.crowd-stories b');
      await window.page.waitForFunction(
        ([text, least]) =>
          Number(document.querySelector(String(text))?.textContent?.split(' ')[0]) > Number(least),
        ['.crowd-stories b', CROWD < 1000 ? CROWD / 4 : 250] as const,
        { timeout: 120_000 },
      );
      await window.act('kill', {});
      await window.shown().locator('.incidents li').nth(1).waitFor({ timeout: 60_000 });
      const all = CROWD.toLocaleString('en-US').replace(',', '\u202f');
      await told.filter({ hasText: `${all} of ${all}` }).waitFor({ timeout: CROWD * 60 + 120_000 });
      await window.take('plug');
    },
  },
};

/** Pictures of the whole page, in a wide window. */
const WIDE: ReadonlySet<string> = new Set(['sandbox', 'plug']);
/** The room above a phone on a narrow page, px. */
const HEAD = 130;

const phone = (window: Window): Locator => window.shown().locator('.device');

/** `HH:MM` in Minsk, `minutes` from now. */
const minskTime = (minutes: number): string =>
  new Date(Date.now() + (180 + minutes) * 60_000).toISOString().slice(11, 16);

async function main(wanted: readonly string[]): Promise<number> {
  if (!BROWSER) {
    console.error('Pictures need a browser and there is none. Install it: apt-get install -y chromium');
    return 1;
  }
  if (wanted[0] === 'sizes') return takeSizes(wanted[1]);
  const unknown = wanted.filter((name) => !Object.hasOwn(SCENES, name));
  if (unknown.length) {
    console.error(`No such picture: ${unknown.join(', ')}; there are ${Object.keys(SCENES).join(', ')}`);
    return 64;
  }
  await mkdir(PICTURES, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), 'pozirk-pictures-'));
  const sandbox = await startSandbox(ROOT, data, { POLL_SCHEDULE: '* * * * * *', LOG_LEVEL: 'warn' });
  const browser = await launchBrowser();
  try {
    return await play(browser, `${sandbox.address}/`, wanted);
  } finally {
    await browser.close();
    await sandbox.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function play(browser: Browser, address: string, wanted: readonly string[]): Promise<number> {
  const narrow = await open(browser, address, PHONE_SHARPNESS);
  const wide = await open(browser, address, DESKTOP_SHARPNESS);
  let failed = 0;
  for (const [name, scene] of Object.entries(SCENES)) {
    if (wanted.length && !wanted.includes(name)) continue;
    const window = WIDE.has(name) ? wide : narrow;
    try {
      await window.page.setViewportSize(
        WIDE.has(name) ? DESKTOP : { width: PHONE_WIDTH, height: scene.height + HEAD },
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
  await page.locator('body[data-open]').waitFor({ timeout: 60_000 });
  const samples = (await (await fetch(`${address}samples.json`)).json()) as {
    key: string;
    piece: unknown;
    follows?: string;
  }[];
  let current = 'be';
  const shown = () => page.locator(`[data-chat="${current}"], .panel.${current}`);
  const act = (name: string, body: object) =>
    page.evaluate(
      ([path, sent]) =>
        fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: sent }).then(
          () => undefined,
        ),
      [`act/${name}`, JSON.stringify(body)] as const,
    );
  const window: Window = {
    page,
    shown,
    act,
    async be(person) {
      current = person;
      await page.goto(`${address}?view=${VIEWS[person]}&chat=${person}&lang=en`);
      await page.locator('body[data-ready]').waitFor();
    },
    async say(text) {
      await shown().locator('.line textarea').fill(text);
      await page.keyboard.press('Enter');
    },
    press: (text) => shown().locator('.keyboard button', { hasText: text }).last().click(),
    see: (text) => shown().locator('.bubble', { hasText: text }).last().waitFor({ timeout: DIGEST_MS }),
    async publish(...keys) {
      for (const key of keys) {
        const sample = samples.find((other) => other.key === key);
        await act('publish', { piece: sample?.piece, sample: key, follows: sample?.follows });
      }
    },
    async top() {
      await page.waitForTimeout(600);
      await shown()
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

process.exitCode = await main(process.argv.slice(2));
