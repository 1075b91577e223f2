/** The front door as somebody meets it who follows the README: `npm start`, a browser on the page that it prints, presses. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { complaintsOf } from './browser.ts';

export interface Started {
  /** Of the page, without a slash at its end. */
  readonly address: string;
  /** Until it was printed, ms. */
  readonly tookMs: number;
  /** Stops npm, the shell and the bot; the exit code. */
  stop(): Promise<number | null>;
}

/** `npm start` without a token in a copy of the project; `home` holds what it keeps from one start to the next. */
export async function startSandbox(
  folder: string,
  home: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: home,
      BOT_TOKEN: '',
      HTTP_PORT: '0',
      DATA_DIR: join(home, 'data'),
      ...settings,
    },
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const address = await addressOf(child);
  return {
    address,
    tookMs: performance.now() - began,
    async stop() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      return ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const read = (part: Buffer) => {
      said += part.toString();
      const address = /Open the sandbox in a browser: (http:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('close', (code) => reject(new Error(`npm start ended with ${code}: ${said}`)));
  });
}

/** The words that the counter of *Pull the plug* shows, and the newest story of the crowd. */
export interface Counter {
  readonly lost: number;
  readonly twice: number;
  readonly waiting: number;
  readonly sent: number;
  readonly of: number;
}

export interface Door {
  readonly page: Page;
  /** Lines that the browser's console was told. */
  readonly complaints: readonly string[];
  readonly press: (name: string) => Promise<void>;
  /** Adds readers to the crowd: by the page's own buttons where they have that many. */
  gather(count: number): Promise<void>;
  /** Presses *Publish* and waits until some of the crowd have the story. */
  beginBroadcast(): Promise<void>;
  counter(): Promise<Counter>;
  /** Waits until the whole crowd has the story; what the counter shows then. */
  seeItsEnd(withinMs: number): Promise<Counter>;
}

/** Readers that one press adds. */
const BUTTONS = [10_000, 1000] as const;
const LOOK_MS = 50;

/** Opens the plug's view once the opening scene is over. */
export async function openDoor(browser: Browser, address: string): Promise<Door> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const complaints = complaintsOf(page);
  await page.goto(`${address}/?view=crowd&lang=en`);
  await page.locator('body[data-ready][data-open]').waitFor({ timeout: 60_000 });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const counter = () => page.evaluate<Counter>(READ_COUNTER);
  const size = () => page.evaluate<number>(READ_SIZE);
  const until = async (holds: (counted: Counter) => boolean, withinMs: number): Promise<Counter> => {
    for (const end = performance.now() + withinMs; ; await page.waitForTimeout(LOOK_MS)) {
      const counted = await counter();
      if (holds(counted)) return counted;
      if (performance.now() > end) throw new Error(`the counter stays at ${JSON.stringify(counted)}`);
    }
  };
  return {
    page,
    complaints,
    press,
    async gather(count) {
      for (let left = count - (await size()); left > 0; left = count - (await size())) {
        const before = await size();
        const many = BUTTONS.find((button) => button <= left);
        if (many) await press(`+ ${many.toLocaleString('en-US').replace(',', '\u202f')} readers`);
        else await page.request.post(`${address}/act/crowd`, { data: { count: left } });
        while ((await size()) === before) await page.waitForTimeout(LOOK_MS);
      }
    },
    async beginBroadcast() {
      await press('Publish');
      await until(({ sent, of }) => sent > 0 && sent < of, 30_000);
    },
    counter,
    seeItsEnd: (withinMs) => until(({ sent, of, waiting }) => sent === of && waiting === 0, withinMs),
  };
}

const READ_SIZE = "Number(document.querySelector('.figures p').textContent.replace(/\\D/g, ''))";
const READ_COUNTER = `(() => {
  const numberIn = (element) => Number((element?.textContent ?? '').replace(/\\D/g, ''));
  const [lost, twice] = document.querySelectorAll('.zero b');
  const [sent = '0', of = '0'] = (document.querySelector('.crowd-stories b')?.textContent ?? '').split(' of ');
  return { lost: numberIn(lost), twice: numberIn(twice), waiting: numberIn(document.querySelectorAll('.figures p')[1]),
    sent: Number(sent.replace(/\\D/g, '')), of: Number(of.replace(/\\D/g, '')) };
})()`;

/** Troubles of the page: presses one after another, and how long each is to last, ms. */
export async function makeTroubles(door: Door, lastsMs: number): Promise<void> {
  for (const name of ['Redis away', 'Answers lost', 'Slow Telegram', 'Two instances']) {
    await door.press(name);
    await door.page.waitForTimeout(lastsMs);
    await door.press(name);
  }
  await door.press('429: too many');
}
