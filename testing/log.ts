import { createLogger, type Logger } from '#src/log.ts';

/** A logger that says nothing. */
export const silentLogger: Logger = createLogger('silent', { write: () => undefined });
