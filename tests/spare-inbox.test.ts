import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSpareInbox, SPARE_BYTES } from '#src/spare-inbox.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-spare-'));
  path = join(folder, 'inbox-1');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the spare inbox', () => {
  it('has its room on the disk from the start, and takes no more than that', () => {
    const spare = openSpareInbox(path);
    const { size, blocks } = statSync(path);
    expect(blocks * 512).toBeGreaterThanOrEqual(size);
    let count = 0;
    while (spare.put(Buffer.from('an update')) !== undefined) count += 1;
    expect(count).toBe(512);
    expect(statSync(path).size).toBe(size);
    spare.drop(7);
    expect(spare.put(Buffer.from('one more'))).toBe(7);
    expect(spare.put(Buffer.from('and one'))).toBeUndefined();
    spare.close();
  });

  it('tells the next process what was not dropped, and never gives its place away before', () => {
    const spare = openSpareInbox(path);
    const [first = 0, second = 0] = [Buffer.alloc(SPARE_BYTES, 1), Buffer.from('two')].map((one) =>
      spare.put(one),
    );
    spare.drop(first);
    spare.close();
    const next = openSpareInbox(path);
    expect([...next.left()]).toEqual([[second, Buffer.from('two')]]);
    expect(next.put(Buffer.from('three'))).not.toBe(second);
    next.close();
  });

  it.each([50, 0])('that had room for %i places only keeps them over a start on the full disk', (places) => {
    const program = `
      const { openSpareInbox } = await import(${JSON.stringify(join(import.meta.dirname, '..', 'src', 'spare-inbox.ts'))});
      const first = openSpareInbox(process.argv[1]);
      let count = 0;
      while (first.put(Buffer.from('an update')) !== undefined) count += 1;
      first.drop(7);
      first.close();
      const next = openSpareInbox(process.argv[1]);
      console.log(count, next.left().size, next.put(Buffer.from('one more')));`;
    // Files of that process end after so many blocks of 512 bytes.
    const full = ['-c', 'ulimit -f "$0"; exec "$@"', `${places * 4}`, process.execPath];
    const args = [...full, '--input-type=module', '-e', program, path];
    expect(spawnSync('sh', args, { env: {}, encoding: 'utf8' })).toMatchObject({
      stdout: places > 0 ? '50 49 7\n' : '0 0 undefined\n',
      stderr: '',
    });
  });

  it('is none where nothing can be written, and takes nothing that is too long', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(openSpareInbox(join(folder, 'file', 'inbox')).put(Buffer.from('one'))).toBeUndefined();
    const spare = openSpareInbox(path);
    expect(spare.put(Buffer.alloc(SPARE_BYTES + 1))).toBeUndefined();
    spare.close();
  });
});
