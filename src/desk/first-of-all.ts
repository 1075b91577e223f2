/** The first of all articles alike goes ahead alone: the others wait for what it finds out, their form and picture ids. */
import { remembered } from '../bounded.ts';
import { createHash } from 'node:crypto';
import { picturesOf, type RichBlock } from '../news/rich.ts';
import { SECOND } from '../time.ts';
import type { Desk } from './desk.ts';

/** Longest wait (ms) for the first of many alike. */
const FIRST_MS = 15 * SECOND;

const digests = new WeakMap<readonly RichBlock[], string>();

/** Stands for all articles with the same blocks. */
export const digestOf = (blocks: readonly RichBlock[]): string =>
  remembered(digests, blocks, () => createHash('sha1').update(JSON.stringify(blocks)).digest('base64url'));

/** Waits while the first of all alike is on its way; gives what ends the wait of others. */
export async function awaitFirst(desk: Desk, blocks: readonly RichBlock[]): Promise<() => void> {
  const { firsts } = desk.memory;
  const deadline = desk.clock.ticks() + FIRST_MS;
  for (;;) {
    const before = unknownOf(desk, blocks).flatMap((key) => firsts.get(key) ?? []);
    if (before.length === 0 || desk.clock.ticks() >= deadline) break;
    await Promise.race([...before, desk.clock.sleep(deadline - desk.clock.ticks())]);
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  const mine = unknownOf(desk, blocks).filter((key) => !firsts.has(key));
  for (const key of mine) firsts.set(key, promise);
  return () => {
    for (const key of mine) firsts.delete(key);
    resolve();
  };
}

/** Facts that the next sending finds out: the form of these blocks, and the ids of their pictures. */
function unknownOf({ memory }: Desk, blocks: readonly RichBlock[]): string[] {
  const pictures = picturesOf(blocks).filter((url) => memory.files.get(url) === undefined);
  const digest = digestOf(blocks);
  return memory.articleForms.get(digest) === undefined ? [digest, ...pictures] : pictures;
}
