/**
 * The bot as a program, on a clock that runs `FASTER` times as fast as the machine's since `EPOCH`. Each line of standard
 * input sets its time of day so many ms ahead, as whoever sets the machine's clock does.
 */
import { createInterface } from 'node:readline';
import { runApp } from '#src/app/app.ts';
import { readConfig } from '#src/config/config.ts';
import { createLogger, exitOnCrash } from '#src/log.ts';
import { clockSince } from './clock.ts';

const { FASTER = '1', EPOCH = '0' } = process.env;
const read = readConfig(process.env);
if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
const log = createLogger(read.config.logLevel);
exitOnCrash(log);
const stop = new AbortController();
/** As `main.ts` has it: what has not stopped by then is ended as it is, ms. */
const STOP_MS = 9000;
for (const signal of ['SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    stop.abort();
    setTimeout(() => process.exit(1), STOP_MS).unref();
  });

let ahead = 0;
createInterface(process.stdin)
  .on('line', (line) => (ahead = Number(line)))
  // The process that started it is gone.
  .on('close', () => process.exit(1));
const clock = clockSince(Number(EPOCH), Number(FASTER));
await runApp(read.config, log, {
  signal: stop.signal,
  clock: { ...clock, now: () => clock.now() + ahead },
});
process.exit(0);
