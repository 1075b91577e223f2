/**
 * Works through `items` in their order, `most` of them at once: one that takes long holds up no other. Begins none after
 * `signal` has aborted; where some failed, the first failure is thrown once nothing is under way any more.
 */
export async function atOnce<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const left = items.values();
  const lanes = Array.from({ length: Math.min(most, items.length) }, async () => {
    for (const item of left) {
      if (signal.aborted) return;
      await work(item);
    }
  });
  const ends = await Promise.allSettled(lanes);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
