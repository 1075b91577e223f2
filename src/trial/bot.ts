/** The bot of the sandbox as a process of its own: run by `instance.ts`, ends with it, and really dies of a kill. */
import { once } from 'node:events';
import { movingClock } from '#sandbox/moving-clock.ts';
import { runApp } from '../app/app.ts';
import { mistakeLine, readConfig } from '../config/config.ts';
import { PozirkError } from '../errors.ts';
import { createLogger, exitOnCrash } from '../log.ts';
import { outliveOutput } from '../output.ts';
import type { Order, Report } from './protocol.ts';
import { BAD_CONFIGURATION, TRIAL_STORE } from './store.ts';

async function main(): Promise<number> {
  outliveOutput();
  const stop = new AbortController();
  // Ctrl-C reaches the whole group: the one who started us decides when we stop.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => stop.abort());
  process.on('disconnect', () => stop.abort());
  const [begin] = (await once(process, 'message')) as [Order];
  if (begin.do !== 'begin') return 1;
  const clock = movingClock(begin.ahead);
  process.on('message', (order: Order) => {
    if (order.do === 'forward') clock.forward(order.ms);
  });
  const result = readConfig(begin.env, TRIAL_STORE);
  if (!result.ok) {
    for (const mistake of result.mistakes) process.stderr.write(`${mistakeLine(mistake)}\n`);
    return BAD_CONFIGURATION;
  }
  const log = createLogger(result.config.logLevel);
  exitOnCrash(log);
  const onListening = (url: string) => void process.send?.({ url } satisfies Report);
  try {
    await runApp(result.config, log, { signal: stop.signal, clock, onListening });
    return 0;
  } catch (error) {
    if (!(error instanceof PozirkError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code === 'store.wrong_key' ? BAD_CONFIGURATION : 1;
  }
}

process.exit(await main());
