/** The command line: reads the environment, runs one command, ends with its exit code. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Config,
  type ConfigOptions,
  type Environment,
  type Mistake,
  mistakeLine,
  readConfig,
  readSourceConfig,
  ENV_SETTINGS,
} from './config/config.ts';
import { readEnvironment } from './config/environment.ts';
import { writeSetting } from './config/dot-env.ts';
import { type FaultCode, PozirkError } from './errors.ts';
import { createLogger, exitOnCrash, type Logger } from './log.ts';
import { allSaid, outliveOutput } from './output.ts';

/** sysexits.h: something is wrong with the configuration. */
const BAD_CONFIGURATION = 78;
/** Faults that only another setting mends. */
const MISCONFIGURED: ReadonlySet<FaultCode> = new Set([
  'store.wrong_key',
  'store.newer',
  'store.half',
  'store.refused',
  'telegram.unauthorized',
]);
/** Everything must be gone by then; what is not is cut off. */
const STOP_DEADLINE_MS = 9500;

/** Settings as they are written, and what is wrong with the file that they stand in. */
interface Given {
  readonly env: Environment;
  readonly mistakes: readonly Mistake[];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const COMMANDS: Readonly<Record<string, (written: Given, args: readonly string[]) => Promise<number>>> = {
  serve: (written) => (hasToken(written.env) ? serve(written) : sandbox(written)),
  sandbox,
  source,
  doctor,
  'rotate-key': newKey,
  backup: (given, args) => copyOf('backup', given, args),
  restore: (given, args) => copyOf('restore', given, args),
  key: moveKeyAway,
  secrets: secretsFile,
};

/** Commands that start with the secrets open. */
const NEEDS_SECRETS: ReadonlySet<string> = new Set([
  'serve',
  'doctor',
  'rotate-key',
  'backup',
  'restore',
  'key',
]);

const HELP = `npm start                          the bot; without BOT_TOKEN the sandbox
npm start -- sandbox [--keep]      the sandbox although there is a token; --keep: with what the last one stored
npm start -- source [address …]    what the bot sees at a source: addresses or saved files
npm start -- doctor                checks Redis, machine, Telegram, operators, channels, sources
npm start -- rotate-key            a new DATA_KEY for everything stored
npm start -- backup FILE           everything stored, sealed as it is, while the bot runs
npm start -- restore FILE          brings it back; who forgot since stays forgotten
npm start -- key move PATH         the key to another disk, away from what it seals
npm start -- secrets FILE          token, key and passwords under a passphrase
Settings: .env.example. Everything else: docs/operations.md.
`;

async function main([name = 'serve', ...args]: readonly string[]): Promise<number> {
  // Dates are read and written with their own zones; nothing may depend on the machine's.
  process.env['TZ'] = 'UTC';
  keepMemoryPrivate();
  // Sent by tools that rotate logs; left alone it would end this process as it stands.
  process.on('SIGUSR2', () => undefined);
  const loud = silenceLibraries();
  if (loud.length > 0) return refuse(loud);
  if (/^(help|--help|-h)$/.test(name)) {
    const { VERSION } = await import('./version.ts');
    process.stdout.write(`Release ${VERSION}\n${HELP}`);
    return 0;
  }
  const command = COMMANDS[name];
  if (!command) {
    complain([`${name}: no such command; right: ${['help', ...Object.keys(COMMANDS)].join(', ')}`]);
    return 64;
  }
  const names = Object.keys(ENV_SETTINGS);
  const { env, mistakes, warnings } = readEnvironment({ ...process.env }, process.cwd(), names);
  // Read once, then out of reach of whatever prints or inherits the environment.
  for (const setting of names) delete process.env[setting];
  complain(warnings);
  if (!NEEDS_SECRETS.has(name) || !env['SECRETS_FILE']?.trim()) return command({ env, mistakes }, args);
  const { unlock } = await import('./cli/secrets.ts');
  const opened = await unlock(env);
  return command({ env: opened.env, mistakes: [...mistakes, ...opened.mistakes] }, args);
}

const hasToken = (env: Environment): boolean =>
  ['BOT_TOKEN', 'BOT_TOKEN_FILE', 'SECRETS_FILE'].some((name) => Boolean(env[name]?.trim()));

function serve({ env, mistakes }: Given): Promise<number> {
  return withConfig(env, { mistakes }, async (config, log) => {
    const { runApp } = await import('./app/app.ts');
    const isSet = Boolean(env['ADMIN_IDS']);
    await runApp(config, log, {
      signal: stopSignal(log),
      say: (line) => complain([line]),
      ...(isSet ? {} : { keepOperator: (id: number) => writeSetting(process.cwd(), 'ADMIN_IDS', `${id}`) }),
      ...systemd(),
    });
  });
}

/** Set by systemd for a unit of `Type=notify` (sd_notify(3), sd_watchdog_enabled(3)). */
function systemd(): { systemd?: { watchdogMs?: number } } {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: micros } = process.env;
  if (!socket) return {};
  return { systemd: micros ? { watchdogMs: Number(micros) / 1000 } : {} };
}

async function sandbox({ env, mistakes }: Given, args: readonly string[] = []): Promise<number> {
  const trial = await import('./trial/trial.ts');
  const own = trial.trialSettings(env);
  return withConfig(own, { ...trial.TRIAL_CONFIG, mistakes }, (config, log) =>
    trial.runTrial(config, own, log, { signal: stopSignal(log), keep: args.includes('--keep'), say }),
  );
}

async function source({ env, mistakes }: Given, args: readonly string[]): Promise<number> {
  const result = readSourceConfig(env, mistakes);
  if (!result.ok) return refuse(result.mistakes);
  const folder = whereTheyStand();
  const { showSource } = await import('./cli/show-source.ts');
  return (await showSource(args, result.config, folder, say)) ? 0 : 1;
}

function doctor({ env, mistakes }: Given): Promise<number> {
  return withConfig(env, { mistakes }, async (config, log) => {
    const { runDoctor } = await import('./app/doctor.ts');
    return (await runDoctor(config, log, { signal: stopSignal(log), say })) ? 0 : 1;
  });
}

/** A new key for everything stored; without a token, and where no bot is in sight, for what the sandbox has stored. */
async function newKey({ env, mistakes }: Given): Promise<number> {
  const isOfBot =
    [env['DATA_KEY'], env['DATA_KEY_FILE']].some((one) => one?.trim()) ||
    existsSync(resolve(env['DATA_DIR']?.trim() || './data', 'redis'));
  if (isOfBot && !hasToken(env)) return refuse([TOKEN_OF_KEY]);
  const { rotateKey } = await import('./cli/rotate-key.ts');
  const run = (config: Config, log: Logger) => rotateKey(config, log, { signal: stopSignal(log), say });
  if (hasToken(env)) return withConfig(env, { mistakes }, run);
  say('BOT_TOKEN is not set: this is the key of the sandbox.');
  const trial = await import('./trial/trial.ts');
  return withConfig(trial.trialSettings(env), { ...trial.TRIAL_CONFIG, mistakes }, run);
}

const TOKEN_OF_KEY: Mistake = {
  name: 'BOT_TOKEN',
  wrong: 'missing, and only the sandbox would get a new key',
  right: 'the token of the bot whose key is to be changed',
};

async function copyOf(
  what: 'backup' | 'restore',
  { env, mistakes }: Given,
  [path]: readonly string[],
): Promise<number> {
  if (!path) return misused(`${what} FILE`);
  const file = resolve(whereTheyStand(), path);
  return withConfig(env, { mistakes }, async (config, log) => {
    const options = { signal: stopSignal(log), say };
    if (what === 'backup') await (await import('./cli/backup.ts')).backUp(config, log, file, options);
    else await (await import('./cli/restore.ts')).restore(config, log, file, options);
  });
}

/** npm changes the folder, but a path is meant from where the operator stands. */
const whereTheyStand = (): string => process.env['INIT_CWD'] ?? process.cwd();

async function moveKeyAway({ env, mistakes }: Given, [verb, path]: readonly string[]): Promise<number> {
  if (verb !== 'move' || !path) return misused('key move PATH');
  const { moveKey } = await import('./cli/move-key.ts');
  return done([
    ...mistakes,
    ...(mistakes.length > 0 ? [] : moveKey(path, { env, folder: whereTheyStand(), say })),
  ]);
}

async function secretsFile({ env, mistakes }: Given, [path]: readonly string[]): Promise<number> {
  if (!path) return misused('secrets FILE');
  if (mistakes.length > 0) return refuse(mistakes);
  const { writeSecrets } = await import('./cli/secrets.ts');
  return done(await writeSecrets(resolve(whereTheyStand(), path), { env, say }));
}

const done = (mistakes: readonly Mistake[]): number => (mistakes.length > 0 ? refuse(mistakes) : 0);

function misused(usage: string): number {
  complain([`right: npm start -- ${usage}`]);
  return 64;
}

async function withConfig(
  env: Environment,
  options: ConfigOptions,
  run: (config: Config, log: Logger) => Promise<number | void>,
): Promise<number> {
  const result = readConfig(env, options);
  if (!result.ok) return refuse(result.mistakes);
  complain(result.warnings);
  const log = createLogger(result.config.logLevel);
  exitOnCrash(log);
  try {
    return (await run(result.config, log)) ?? 0;
  } catch (error) {
    if (!(error instanceof PozirkError)) throw error;
    complain([error.message]);
    return MISCONFIGURED.has(error.code) ? BAD_CONFIGURATION : 1;
  }
}

/** Ctrl-C reaches us twice, from the terminal and from npm: only a signal later than this is impatience. */
const SAME_SIGNAL_MS = 1000;

/** Aborts at the first SIGTERM, SIGINT or SIGHUP; a second one later, or the deadline, ends the process as it is. */
function stopSignal(log: Logger): AbortSignal {
  const stop = new AbortController();
  let since = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stop.signal.aborted) {
      if (performance.now() - since > SAME_SIGNAL_MS) process.exit(130);
      return;
    }
    since = performance.now();
    log.info({ signal }, 'stopping');
    stop.abort();
    setTimeout(() => {
      log.error('not everything stopped in time');
      process.exit(1);
    }, STOP_DEADLINE_MS).unref();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // The window or the line that it was started in is closed.
  process.on('SIGHUP', onSignal);
  return stop.signal;
}

/** `DEBUG` has libraries, once loaded, print what they send; Node has read its own `NODE_DEBUG` by now: nothing must start. */
function silenceLibraries(): Mistake[] {
  delete process.env['DEBUG'];
  if (!process.env['NODE_DEBUG']) return [];
  const wrong = 'has Node.js print tokens and chat ids';
  return [{ name: 'NODE_DEBUG', wrong, right: 'not set' }];
}

/** Diagnostic reports hold the environment and the heap; a core dump is switched off by the script that starts us. */
function keepMemoryPrivate(): void {
  Object.assign(process.report, {
    reportOnFatalError: false,
    reportOnSignal: false,
    reportOnUncaughtException: false,
    excludeEnv: true,
  });
}

function refuse(mistakes: readonly Mistake[]): number {
  complain(mistakes.map(mistakeLine));
  return BAD_CONFIGURATION;
}

function complain(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
}

outliveOutput();
const code = await main(process.argv.slice(2));
await allSaid();
process.exit(code);
