import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotProcess, eventually, openTown, startBot } from '#testing/process.ts';

const ID = 5_512_345_678;
const TRACES = [
  String(ID),
  ID.toString(16),
  Buffer.from(String(ID)).toString('base64'),
  'qwordmark',
  'прывітанне',
];

let town: Awaited<ReturnType<typeof openTown>>;
let bot: BotProcess | undefined;

beforeEach(async () => {
  town = await openTown();
});
afterEach(async () => {
  await bot?.end('SIGKILL');
  await town.close();
});

/** Starts the bot with something that happens in it when it is at work. */
function startWith(code: string, level = 'trace'): BotProcess {
  const whenAtWork = `const look = setInterval(() => {
    if (process.listenerCount('uncaughtException') === 0) return;
    clearInterval(look);
    setTimeout(() => { ${code} }, 1000);
  }, 20);
  look.unref();`;
  const preload = `data:text/javascript,${encodeURIComponent(whenAtWork)}`;
  bot = startBot({ ...town.env, LOG_LEVEL: level, NODE_OPTIONS: `--import=${preload}` });
  return bot;
}

const withEverything = `Object.assign(new Error('chat ${ID} said "qwordmark прывітанне"'), {
  name: 'ReplyError${ID}',
  code: '${ID}',
  command: { name: 'set', args: ['${ID}', 'qwordmark'] },
  payload: { chat_id: ${ID}, text: 'qwordmark' },
  cause: new Error('update of ${ID}: "qwordmark"'),
})`;

describe('a crash', () => {
  it.each([
    ['an exception', `throw ${withEverything}`],
    ['a rejection', `Promise.reject(${withEverything})`],
    ['something that is no error', `throw { chat_id: ${ID}, text: 'qwordmark' }`],
    ['a text', `Promise.reject('chat ${ID} said qwordmark')`],
    ['an error of several', `Promise.reject(new AggregateError([${withEverything}], 'all of ${ID}'))`],
    [
      'an error event',
      `process.emit('error', 1); new (process.getBuiltinModule('node:events'))().emit('error', ${withEverything})`,
    ],
    [
      'a failed assertion',
      `process.getBuiltinModule('node:assert').deepEqual({ id: ${ID} }, { text: 'qwordmark' })`,
    ],
  ])('by %s ends the process with one line that has nothing of a reader', async (_, code) => {
    const crashed = startWith(code);
    expect(await crashed.ended).toBe(1);
    expect(crashed.output()).toContain('"msg":"crashed"');
    for (const trace of TRACES) expect(crashed.output()).not.toContain(trace);
    expect(crashed.output()).not.toMatch(/^\s+at /m);
  });

  it('leaves no report and no dump, and the next start goes on', async () => {
    const crashed = startWith(`process.abort()`);
    expect(await crashed.ended).toBeNull();
    const left = readdirSync('.').filter((name) => /^(core|report\.)|\.heapsnapshot$/.test(name));
    expect(left).toEqual([]);
    for (const trace of TRACES) expect(crashed.output()).not.toContain(trace);
    await startBotAgain();
  });

  it.each([
    [
      'a warning of the runtime is',
      `process.emitWarning('chat ${ID} said "qwordmark"', { code: 'W${ID}', detail: 'qwordmark' })`,
      'runtime warning',
    ],
    [
      'a library prints',
      `console.error('[lib] Unhandled error event:', new Error('chat ${ID} said "qwordmark"').stack)`,
      'a library complains',
    ],
    ['a library warns of', `console.warn('[lib] chat ${ID} said "qwordmark"')`, 'a library complains'],
  ])('is not what %s, which is a line like any other', async (_, code, words) => {
    const warned = startWith(code);
    await eventually(() => warned.output().includes(words));
    for (const trace of TRACES) expect(warned.output()).not.toContain(trace);
    const lines = warned.output().split('\n');
    expect(lines.filter((line) => /\[lib\]|chat/.test(line) && !line.startsWith('{'))).toEqual([]);
    expect(warned.child.exitCode).toBeNull();
  });
});

async function startBotAgain(): Promise<void> {
  bot = startBot(town.env);
  await bot.ready();
  const limits = `/proc/${bot.child.pid}/limits`;
  if (existsSync(limits)) expect(readFileSync(limits, 'utf8')).toContain('Max core file size');
  expect(existsSync(join(town.env.DATA_DIR, 'redis'))).toBe(true);
}
