import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** The logger: JSON lines on standard output. */
export function createLogger(level: string): Logger {
  return pino({ level });
}

/** A logger that says nothing. */
export const silentLogger: Logger = pino({ level: 'silent' });
