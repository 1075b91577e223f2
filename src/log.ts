/**
 * The logger. A chat id, a token or a reader's words cannot pass it: there is no field for them, a sentence is a constant
 * of the source, numbers are rounded, and whatever an error says is scrubbed of everything that could be an id or a quote.
 */
import { createRequire } from 'node:module';
import { format } from 'node:util';
import { pino, type Logger as PinoLogger } from 'pino';
import type pinoPretty from 'pino-pretty';
import { createOutput } from './output.ts';
import { describeError, scrubAddress, scrubSentence, scrubText, scrubWord } from './scrub.ts';

/**
 * The closed list of what a log line may carry besides its sentence. `number` loses all but three significant digits
 * from 10,000 up, `word` is one identifier without a long number in it, `text`, `said` and `address` are scrubbed.
 */
const FIELDS = {
  err: 'error',
  code: 'word',
  detail: 'text',
  /** Message of another program; anything that it quotes is left out. */
  said: 'said',
  reason: 'word',
  outcome: 'word',
  edition: 'word',
  kind: 'word',
  method: 'word',
  signal: 'word',
  /** Our own id of a story, ten letters and digits. */
  story: 'word',
  address: 'address',
  port: 'port',
  version: 'word',
  attempt: 'number',
  stories: 'number',
  entries: 'number',
  corrections: 'number',
  withdrawals: 'number',
  held: 'number',
  flight: 'number',
  fence: 'number',
  bytes: 'number',
  ms: 'number',
} as const;

type Kind = (typeof FIELDS)[keyof typeof FIELDS];

interface FieldValues {
  error: unknown;
  word: string;
  text: string;
  said: string;
  address: string;
  /** A TCP port, 0-65535, written as it is. */
  port: number;
  number: number;
}

export type LogFields = {
  readonly [Name in keyof typeof FIELDS]?: FieldValues[(typeof FIELDS)[Name]] | undefined;
};

/** A sentence written in the source; one made at run time (a `string`, a template with a variable) does not compile. */
type Constant<S extends string> = Record<never, never> extends Record<S, 1> ? never : S;

interface LogMethod {
  <S extends string>(fields: LogFields, sentence: Constant<S>): void;
  <S extends string>(sentence: Constant<S>): void;
}

export interface Logger {
  /** A pino level: the least that is written. */
  readonly level: string;
  readonly trace: LogMethod;
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  readonly fatal: LogMethod;
  child(fields: LogFields): Logger;
}

interface Target {
  write(line: string): void;
}

/** The logger of the process: JSON lines on standard output, readable ones on a terminal; or lines to `target`, for tests. */
export function createLogger(level: string, target?: Target): Logger {
  const options = {
    level,
    base: null,
    // pino's own serialiser would describe the description again.
    serializers: { err: (described: unknown) => described },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return wrap(pino(options, target ?? (process.stdout.isTTY ? readable(createOutput()) : createOutput())));
}

/** Loaded only where somebody looks: a service has no use for it. */
function readable(output: Target): Target {
  const { prettyFactory } = createRequire(import.meta.url)('pino-pretty') as typeof pinoPretty;
  const drawn = prettyFactory({ colorize: true, translateTime: 'SYS:HH:MM:ss' });
  return { write: (line) => output.write(drawn(line)) };
}

function wrap(inner: PinoLogger): Logger {
  const at = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'): LogMethod => {
    return (first: LogFields | string, sentence?: string) => {
      if (!inner.isLevelEnabled(level)) return;
      if (typeof first === 'string') inner[level](scrubText(first));
      else inner[level](safeFields(first), scrubText(sentence ?? ''));
    };
  };
  return {
    level: inner.level,
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
    child: (fields) => wrap(inner.child(safeFields(fields))),
  };
}

/** The loggable part of `fields`. A name that is not on the list is left out, whatever the compiler was told. */
function safeFields(fields: LogFields): Record<string, unknown> {
  const safe: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(FIELDS)) {
    const value: unknown = Object.hasOwn(fields, name) ? fields[name as keyof LogFields] : undefined;
    if (value !== undefined) safe[name] = safeValue(kind, value);
  }
  return safe;
}

function safeValue(kind: Kind, value: unknown): unknown {
  if (kind === 'error') return describeError(value);
  if (kind === 'port') return typeof value === 'number' && value >= 0 && value <= 65_535 ? value : '[?]';
  if (kind === 'number') return typeof value === 'number' ? roundNumber(value) : '[?]';
  if (typeof value !== 'string') return '[?]';
  if (kind === 'word') return scrubWord(value);
  if (kind === 'said') return scrubSentence(value);
  if (kind === 'address') return scrubAddress(value);
  return scrubText(value);
}

/** Three significant digits from 10,000 up: a count or a duration stays useful, an id does not survive. */
function roundNumber(value: number): number {
  return Math.abs(value) < 10_000 || !Number.isFinite(value) ? value : Number(value.toPrecision(3));
}

/**
 * Logs whatever nobody caught and ends the process with 1: its state is unknown, and a new one resolves what was in flight.
 * What the runtime or a library prints is a line like any other.
 */
export function exitOnCrash(log: Logger): void {
  const crash = (err: unknown) => {
    log.fatal({ err }, 'crashed');
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  process.removeAllListeners('warning');
  process.on('warning', (err) => log.warn({ err }, 'runtime warning'));
  // ioredis does so for each try to reach a Sentinel that is away, and of a password that Redis does not ask for.
  console.error = console.warn = (...said: unknown[]) =>
    log.warn({ err: new Error(format(...said)) }, 'a library complains');
}
