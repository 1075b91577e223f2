import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLAIN_ENV } from './plain-env.ts';
import { startNewsroom } from '#sandbox/newsroom/newsroom.ts';
import { startTelegram, type TelegramOptions } from '#sandbox/telegram/telegram.ts';

/** The bot as a process of its own, as an operator runs it. */
export interface BotProcess {
  readonly child: ChildProcess;
  /** Everything that it has written so far. */
  output(): string;
  url(): string | undefined;
  /** Status of one of its addresses; 0: it does not answer. */
  status(path: string): Promise<number>;
  /** `withinMs` default 20 s. */
  ready(withinMs?: number): Promise<void>;
  /** Resolves when it is over and all that it printed is read: the exit code, or null after a kill. */
  readonly ended: Promise<number | null>;
  /** Sends a signal, where it is not over, and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** `program`: what Node.js is given before the bot's own `args`. */
export function startBot(
  env: Record<string, string>,
  args: readonly string[] = [],
  program: readonly string[] = ['src/main.ts'],
): BotProcess {
  const child = spawn(process.execPath, [...program, ...args], {
    env: { ...PLAIN_ENV, HTTP_PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => undefined);
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  child.stderr?.on('data', (chunk) => (said += chunk));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  const url = () => {
    const port = /"port":(\d+)/.exec(said)?.[1];
    return port && `http://127.0.0.1:${port}`;
  };
  const status = async (path: string) => {
    const root = url();
    if (!root) return 0;
    return fetch(root + path, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.status,
      () => 0,
    );
  };
  return {
    child,
    ended,
    output: () => said,
    url,
    status,
    async ready(withinMs) {
      await eventually(async () => {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${said}`);
        return (await status('/readyz')) === 200;
      }, withinMs);
    },
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

/** Another process cannot be given a clock: looks until it holds, and says what it waited for. */
export async function eventually(holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`never came true: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A town: a Telegram, a newsroom and an empty folder for the bot's data. */
export async function openTown(options: TelegramOptions = {}) {
  const [telegram, newsroom, folder] = await Promise.all([
    startTelegram(options),
    startNewsroom({ marks: { time: true }, ...(options.clock && { clock: options.clock }) }),
    mkdtemp(join(tmpdir(), 'pozirk-town-')),
  ]);
  const env = {
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    SOURCE_BE: newsroom.sources.be,
    SOURCE_RU: newsroom.sources.ru,
    SOURCE_EN: newsroom.sources.en,
    POLL_SCHEDULE: '* * * * * *',
    SOURCE_GAP_MS: '0',
    DATA_DIR: join(folder, 'data'),
  };
  return {
    telegram,
    newsroom,
    folder,
    env,
    async close() {
      await Promise.all([telegram.close(), newsroom.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
