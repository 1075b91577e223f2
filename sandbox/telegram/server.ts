/**
 * The local Telegram as a process of its own: `node sandbox/telegram/server.ts --port 0 --latency 80-120 --limit 30`.
 * Prints one JSON line with its address and token, and runs until it gets SIGTERM or SIGINT.
 */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Latency } from './calls.ts';
import { DOCUMENTED_LIMITS, type LimitSettings } from './limits.ts';
import { startTelegram } from './telegram.ts';

const { values } = parseArgs({
  options: {
    /** 0: a free one. */
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    token: { type: 'string' },
    seed: { type: 'string', default: '1' },
    /** Milliseconds, or a range such as 80-120. */
    latency: { type: 'string', default: '0' },
    /** Messages a second to all chats; absent: no limits at all. */
    limit: { type: 'string' },
    /** The limits per chat as documented: 1/s to a person, 20/min to a group or channel. */
    'chat-limits': { type: 'boolean', default: false },
    /** Waits up to this many ms are hidden as latency. */
    'hidden-wait': { type: 'string', default: '0' },
    /** Length of the window of --limit, ms. */
    window: { type: 'string', default: '1000' },
    /** People who have pressed start already, from id 1000001 on. */
    people: { type: 'string', default: '0' },
    /** Polling as strict as Telegram's: repeated offsets are slowed down, a 409 comes late. */
    'strict-polling': { type: 'boolean', default: false },
  },
});

function readLatency(text: string): Latency {
  const [least = 0, most = least] = text.split('-').map(Number);
  return least === most ? least : [least, most];
}

function readLimits(): LimitSettings {
  const { groupPerMinute, groupEditsPerMinute, personMs } = DOCUMENTED_LIMITS;
  return {
    ...(values.limit !== undefined && { global: Number(values.limit) }),
    windowMs: Number(values.window),
    ...(values['chat-limits'] && { groupPerMinute, groupEditsPerMinute, personMs }),
    hiddenWaitMs: Number(values['hidden-wait']),
  };
}

const telegram = await startTelegram({
  port: Number(values.port),
  host: values.host,
  seed: Number(values.seed),
  latency: readLatency(values.latency),
  limits: readLimits(),
  strictPolling: values['strict-polling'],
  ...(values.token !== undefined && { token: values.token }),
});
if (Number(values.people) > 0) telegram.people(Number(values.people));
// Whoever has read the address may stop us at once; npm passes a signal on that has reached us too, and the second one has to
// find us here still: it would end a process that is about to end by itself.
const LINGERS_MS = 250;
let closing: Promise<unknown> | undefined;
const close = () => telegram.close().then(() => setTimeout(LINGERS_MS));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void (closing ??= close()));
process.stdout.write(
  `${JSON.stringify({ url: telegram.url, port: telegram.port, token: telegram.token })}\n`,
);
