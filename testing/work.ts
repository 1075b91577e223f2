/** Work that the processor had to do, for tests that say how much work something may be: other processes and waiting do not count. */

/** Work of this thread so far, ms; the system counts it to some milliseconds only. */
export function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Work of this thread until `task` is done, ms. */
export async function workOf(task: () => unknown): Promise<number> {
  const before = worked();
  await task();
  return worked() - before;
}

/** Work of a task, ms: the least of a few tries, of which none follows one that took no more than `enough`. */
async function leastWork(task: () => unknown, enough: number, tries: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < tries && least > enough; turn += 1) least = Math.min(least, await workOf(task));
  return least;
}

/** How much longer an input twice and four times as long may take: with its square it would be 4 and 16 times. */
const GROWTH = [
  [2, 3],
  [4, 7],
] as const;

/**
 * In words, how reading an input grows faster than it should when that is twice and four times as long as `size`; undefined: it
 * does not. What takes no more than `quickMs` may vary.
 */
export async function growsTooFast(
  read: (size: number) => unknown,
  size: number,
  quickMs: number,
): Promise<string | undefined> {
  const once = await leastWork(() => read(size), quickMs / 16, 3);
  for (const [times, most] of GROWTH) {
    const limit = Math.max(once * most, quickMs);
    const took = await leastWork(() => read(size * times), limit, 6);
    if (took > limit) return `once: ${once} ms, ${times} times: ${took} ms`;
  }
  return undefined;
}
