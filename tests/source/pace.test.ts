import Parser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '#src/source/feed/parse.ts';
import { ADDRESS, meanWork, hundredItems, LONG_TASKS, longestBlock, readDay } from '#testing/samples.ts';

describe('reading', () => {
  // A walk before it, dates and links behind it: docs/decisions/feeds.md.
  it('a feed of 100 items takes at most three times what rss-parser alone takes', async () => {
    const xml = hundredItems();
    const measure = async () => {
      const [ours = 0, alone = 0] = await meanWork(15, [
        () => parseFeed(xml, ADDRESS),
        () => new Parser().parseString(xml),
      ]);
      return ours / alone;
    };
    let ratio = await measure();
    for (let again = 0; again < 3 && ratio >= 3; again++) ratio = await measure();
    expect(ratio).toBeLessThan(3);
  });

  it('a listing of 30 rows and 30 articles takes at most 150 ms of CPU', async () => {
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round++) {
      const before = process.cpuUsage();
      await readDay();
      const { user, system } = process.cpuUsage(before);
      least = Math.min(least, (user + system) / 1000);
    }
    expect(least).toBeLessThan(150);
  });

  it.each(LONG_TASKS)('%s blocks the event loop for less than 50 ms', async (_, task) => {
    // Other work on the machine can only make it look longer, so one good run of a few is proof.
    let block = await longestBlock(task);
    for (let again = 0; again < 4 && block >= 50; again++) block = await longestBlock(task);
    expect(block).toBeLessThan(50);
  });
});
