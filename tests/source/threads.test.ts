import { afterEach, describe, expect, it } from 'vitest';
import type { Sent } from '#src/source/reading.ts';
import { createThreads, type Threads } from '#src/source/threads.ts';

const ADDRESS = 'https://news.example/en/news/';
const sent = (text: string): Sent => ({
  address: ADDRESS,
  bytes: Buffer.from(text),
  contentType: 'text/html; charset=utf-8',
});
const FEED = sent(
  '<rss><channel><title>Town</title><item><title>A bridge opens</title><link>https://news.example/en/news/1</link><description>&lt;p&gt;Pupils crossed it first.&lt;/p&gt;</description></item></channel></rss>',
);
/** Far more than a fetcher lets in: seconds of work, however well it is read. */
const SLOW = sent(
  `<rss><channel>${'<item><title>A bridge</title><link>/1</link><description>Слова</description></item>'.repeat(300_000)}</channel></rss>`,
);

let reader: Threads;
const threads = (...limits: Parameters<typeof createThreads>): Threads => (reader = createThreads(...limits));
afterEach(() => reader.close());

/** Longest work, ms of processor time, that the thread that asks did without a break while `task` ran. */
async function longestHold(task: () => Promise<unknown>): Promise<number> {
  const worked = () => Object.values(process.threadCpuUsage()).reduce((a, b) => a + b) / 1000;
  let longest = 0;
  let last = worked();
  const timer = setInterval(() => {
    const now = worked();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  await task();
  clearInterval(timer);
  return longest;
}

describe('a reading thread', () => {
  it('gives what reading here gives, texts of a feed included', async () => {
    const read = await threads().source(FEED);
    expect(read).toMatchObject({
      ok: true,
      value: {
        kind: 'rss',
        items: [{ headline: 'A bridge opens', text: { lead: 'Pupils crossed it first.' } }],
      },
    });
    expect(read.ok && read.value.skipped).toBeInstanceOf(Map);
    const page = sent(
      '<article><h1>A bridge opens</h1><p>August 22, Pozirk. Pupils crossed it first.</p></article>',
    );
    expect(await reader.article(page, 'A bridge opens')).toMatchObject({
      ok: true,
      value: { lead: 'Pupils crossed it first.' },
    });
  });

  it('that takes too long is ended, its document fails, and the next is read', async () => {
    threads({ withinMs: 400, heapMb: 1024 });
    const slow = reader.source(SLOW);
    // On a busy machine another thread may not be there within so short a time either, at first.
    const next = expect.poll(async () => (await reader.source(FEED)).ok, { timeout: 20_000 }).toBe(true);
    expect(await slow).toMatchObject({ ok: false, fault: { code: 'source.too_hard' } });
    await next;
  });

  it('that takes too much memory is ended, and the process lives', async () => {
    threads({ withinMs: 60_000, heapMb: 32 });
    const huge = sent(`{"version":"https://jsonfeed.org/version/1","items":[${'[],'.repeat(1_600_000)}[]]}`);
    expect(await reader.source(huge)).toMatchObject({
      ok: false,
      fault: { code: 'source.too_hard', detail: expect.stringContaining('memory') },
    });
    expect((await reader.source(FEED)).ok).toBe(true);
  });

  it('holds up neither the thread that asks nor another edition, however many documents are slow', async () => {
    const another = threads({ withinMs: 30_000, heapMb: 1024 }).beside();
    await reader.source(FEED);
    const slow = reader.source(SLOW);
    for (let count = 0; count < 8; count += 1) void reader.source(SLOW);
    // The copy on its way to the thread is ten times what a fetcher lets in.
    await new Promise((resolve) => setTimeout(resolve, 50));
    let first = '';
    const finished = (name: string) => () => (first ||= name);
    const held = await longestHold(() =>
      Promise.race([slow.then(finished('slow')), another.source(FEED).then(finished('feed'))]),
    );
    expect(first).toBe('feed');
    expect(held).toBeLessThan(100);
  });

  it('ends with whoever started it, in the middle of a document', async () => {
    threads({ withinMs: 60_000, heapMb: 1024 });
    await reader.source(FEED);
    const slow = reader.source(SLOW);
    const began = performance.now();
    await reader.close();
    expect(await slow).toMatchObject({ ok: false });
    expect(await reader.source(FEED)).toMatchObject({ ok: false, fault: { code: 'source.unreachable' } });
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
