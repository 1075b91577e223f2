import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCommands, encodeCommand } from '#src/store/resp.ts';

/** The commands in `bytes`, which come in pieces of `size`. */
async function decoded(bytes: Buffer, size = bytes.length): Promise<string[][]> {
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  const commands: string[][] = [];
  for await (const command of decodeCommands(pieces()))
    commands.push(command.map((word) => word.toString('latin1')));
  return commands;
}

const words = fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 1, maxLength: 4 });
const copies = fc.array(words, { minLength: 1, maxLength: 5 });
const encoded = (commands: readonly string[][]) => Buffer.concat(commands.map(encodeCommand));

describe('a copy of data', () => {
  it('is read as it was written, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(copies, fc.integer({ min: 1, max: 40 }), async (commands, size) => {
        const bytes = encoded(commands);
        expect(await decoded(bytes, size)).toEqual(await decoded(bytes));
        expect(await decoded(bytes)).toEqual(
          commands.map((command) => command.map((word) => Buffer.from(word).toString('latin1'))),
        );
      }),
    );
  });

  it('with one other bit is refused or says something else, never the same', async () => {
    await fc.assert(
      fc.asyncProperty(copies, fc.nat(), fc.nat({ max: 7 }), async (commands, where, bit) => {
        const bytes = encoded(commands);
        const before = await decoded(bytes);
        const at = where % bytes.length;
        bytes.writeUInt8((bytes[at] ?? 0) ^ (1 << bit), at);
        const after = await decoded(bytes).catch(({ code }: { code?: string }) => code);
        if (typeof after === 'string') expect(after).toBe('store.corrupt');
        else expect(after).not.toEqual(before);
      }),
    );
  });
});
