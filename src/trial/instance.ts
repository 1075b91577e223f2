/** One process of the bot, seen from outside: what it says at `/readyz` and `/metrics`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { InstanceState } from '#sandbox/machine.ts';
import type { Environment } from '../config/config.ts';
import { realClock, SECOND } from '../time.ts';
import type { Order, Report } from './protocol.ts';

export type Running = ReturnType<typeof startInstance>;

/** Between two looks at how it is. */
const LOOK_MS = 300;
const ASK_MS = 2 * SECOND;
const STOP_MS = 10 * SECOND;

export function startInstance(name: string, env: Environment, ahead: number) {
  const child = spawn(
    process.execPath,
    [...process.execArgv, new URL('./bot.ts', import.meta.url).pathname],
    {
      // Settings come by message: nothing of the real bot's environment reaches an invented world.
      env: onlySystem(process.env),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'json',
    },
  );
  let url: string | undefined;
  let state: InstanceState = 'starting';
  child.on('message', (report: Report) => (url = report.url));
  const tell = (order: Order) => void (child.connected && child.send(order, () => undefined));
  tell({ do: 'begin', env, ahead });
  let isOurs = false;
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => {
    state = 'dead';
    return isOurs ? undefined : (code ?? 1);
  });
  const kill = (signal: NodeJS.Signals) => {
    isOurs = true;
    child.kill(signal);
  };
  const ask = (path: string) => (url === undefined ? undefined : askOf(url + path));
  void watch(child, async () => {
    const ready = (await ask('/readyz')) !== undefined;
    const serves = ready && /^pozirk_lease\{name="owner"\} 1$/m.test((await ask('/metrics')) ?? '');
    if (state !== 'dead') state = ready ? (serves ? 'serving' : 'standby') : 'starting';
  });
  return {
    name,
    state: (): InstanceState => state,
    /** The page of `/metrics`; empty while it does not answer. */
    metrics: async (): Promise<string> => (await ask('/metrics')) ?? '',
    tell,
    /** Exit code of one that ended by itself; undefined: we ended it. */
    ended,
    /** Asks it to stop; by force where it does not within ten seconds. */
    async stop(): Promise<void> {
      kill('SIGTERM');
      await Promise.race([ended, realClock.sleep(STOP_MS)]);
      kill('SIGKILL');
      await ended;
    },
    kill: () => kill('SIGKILL'),
  };
}

async function watch(child: ChildProcess, look: () => Promise<void>): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    await look();
    await realClock.sleep(LOOK_MS);
  }
}

/** The body that an address answers with 200; undefined: something else, or nothing. */
async function askOf(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ASK_MS) });
    const text = await response.text();
    return response.ok ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Variables that a program needs to run at all. */
const SYSTEM = /^(?:PATH|HOME|LANG|LC_\w+|TZ|TMPDIR|TERM|COLORTERM|NODE_COMPILE_CACHE|MALLOC_\w+)$/;

const onlySystem = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => SYSTEM.test(name)));
