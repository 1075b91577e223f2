/** The log of a process whose standard output takes nothing more, or takes it slowly. */
import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutput } from '#src/output.ts';

class SystemError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** How one write goes: so many bytes are taken, or the system refuses. */
const anyFate = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.constantFrom('EAGAIN', 'ENOSPC', 'EIO', 'EPIPE'),
);
const anyLine = fc.string({ unit: fc.constantFrom('a', 'я', '✓', '"'), minLength: 1 });

/** Whatever an output writes of `lines`, the system meeting it with each fate in turn and well afterwards. */
function written(lines: readonly string[], fates: readonly (number | string)[]): string {
  const left = [...fates];
  const taken: Buffer[] = [];
  const output = createOutput((bytes) => {
    const fate = left.shift() ?? bytes.length;
    if (typeof fate === 'string') throw new SystemError(fate);
    const part = Buffer.from(bytes.subarray(0, fate));
    taken.push(part);
    return part.length;
  });
  for (const line of lines) output.write(`${line}\n`);
  return Buffer.concat(taken).toString();
}

describe('standard output', () => {
  it('that takes everything gets each line once, in whatever parts it takes them', () => {
    fc.assert(
      fc.property(fc.array(anyLine), fc.array(fc.integer({ min: 1, max: 9 })), (lines, parts) => {
        expect(written(lines, parts)).toBe(lines.map((line) => `${line}\n`).join(''));
      }),
    );
  });

  it('that refuses now and then gets whole lines in their order, and a line that was cut stands by itself', () => {
    fc.assert(
      fc.property(fc.array(anyLine), fc.array(anyFate), (lines, fates) => {
        const last = 'the last, when all is well';
        let next = 0;
        const got = written([...lines, last], fates.slice(0, lines.length)).split('\n');
        // Each is a line, or the beginning of one (a letter may be cut in two), of those that come after the one before.
        for (const text of got.filter((one) => one !== '')) {
          const found = [...lines, last].findIndex(
            (line, index) => index >= next && line.startsWith(text.replace(/\uFFFD+$/, '')),
          );
          expect(found).toBeGreaterThanOrEqual(next);
          next = found + 1;
        }
      }),
    );
  });

  it('that is full for a while has whole lines again as soon as there is room', () => {
    expect(written(['one', 'two', 'three', 'four'], [2, 'ENOSPC', 'ENOSPC'])).toBe('on\nthree\nfour\n');
  });

  it('whose reader stands still holds nobody up: one line waits a moment, those after it do not', () => {
    let tries = 0;
    const output = createOutput(() => {
      tries += 1;
      throw new SystemError('EAGAIN');
    });
    output.write('first\n');
    const waited = tries;
    for (let count = 0; count < 100; count += 1) output.write('then\n');
    expect([waited > 1, tries - waited]).toEqual([true, 100]);
  });
});

const LOG = new URL('../src/log.ts', import.meta.url).href;
const OUTPUT = new URL('../src/output.ts', import.meta.url).href;

/** Exit code of a process that logs, says something and ends, however its output fares. */
async function ending(output: number | 'pipe', end: string): Promise<unknown> {
  const code = `
    import { createLogger, exitOnCrash } from '${LOG}';
    import { outliveOutput } from '${OUTPUT}';
    outliveOutput();
    const log = createLogger('info');
    exitOnCrash(log);
    for (let count = 0; count < 20; count += 1) log.info('a line');
    process.stdout.write('a word\\n');
    process.stderr.write('a complaint\\n');
    log.warn('long '.repeat(40_000));
    setTimeout(() => { ${end} }, 50);`;
  const stdio: StdioOptions = ['ignore', output, output];
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio,
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  child.stdout?.destroy();
  child.stderr?.destroy();
  return (await once(child, 'exit'))[0];
}

it('a command says all of it to a pager that is slow to read', async () => {
  const code = `
    import { allSaid } from '${OUTPUT}';
    process.stdout.write('${'a line\\n'}'.repeat(40_000));
    process.stderr.write('said');
    await allSaid();
    process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
  });
  // The pipe is full before anything is read.
  await once(child.stderr, 'data');
  expect(Buffer.concat(await Array.fromAsync(child.stdout as AsyncIterable<Buffer>)).length).toBe(280_000);
});

describe.each([
  ['on a full disk', () => openSync('/dev/full', 'w')],
  ['that nobody reads', () => 'pipe' as const],
])('a process whose output is one %s', (_, open) => {
  it.each([
    ['ends when it is asked to', 'process.exit(7)', 7],
    ['ends when it crashes', 'throw new Error("crash")', 1],
  ])('%s', async (_, end, code) => {
    const output = open();
    expect(await ending(output, end)).toBe(code);
    if (output !== 'pipe') closeSync(output);
  });
});
