/** What the processor had to do, for tests that say how much work something may be: other processes and waiting do not count. */

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
