/** How much process and Redis hold at the end of a month, and whether that is what they held in the second. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Desk } from '#src/desk/desk.ts';
import { round, row } from '../table.ts';
import { NOTES } from './ageing.ts';

export interface Level {
  /** Bytes of the heap after it was cleaned. */
  readonly heap: number;
  /** Bytes of Redis by what stands for the key, of the bot and of the news. */
  readonly families: ReadonlyMap<string, number>;
  /** Stories so far. */
  readonly stories: number;
}

/** A month may be so much above the second one: chance has readers with more words than others. */
const MORE = 1.3;
/** A family as small as this is not judged, bytes. */
const SMALL = 8192;
const MEGABYTE = 1e6;

setFlagsFromString('--expose-gc');
const clean = runInNewContext('gc') as () => void;

export async function levelOf({ store: { redis } }: Desk, stories: number): Promise<Level> {
  const families = new Map<string, number>();
  for await (const page of redis.scanStream({ count: 5000 }) as AsyncIterable<string[]>) {
    const keys = page.filter((key) => !key.startsWith(NOTES));
    const step = redis.pipeline();
    for (const key of keys) step.memory('USAGE', key);
    const sizes = (await step.exec()) ?? [];
    for (const [index, key] of keys.entries()) {
      const family = familyOf(key);
      families.set(family, (families.get(family) ?? 0) + Number(sizes[index]?.[1] ?? 0));
    }
  }
  clean();
  return { heap: process.memoryUsage().heapUsed, families, stories };
}

/** A key less what differs between two of a kind: `shown:#:#`, `news log:en`. */
const familyOf = (key: string): string =>
  key
    .replace(/^pozirk:\{news\}:/, 'news ')
    .replace(/^pozirk:\{\d+\}:/, '')
    .replaceAll(/(?<=:)(?!(?:be|ru|en)\b)[^:]+/g, '#');

const isNews = (family: string): boolean => family.startsWith('news ');
const sum = (level: Level, wanted: (family: string) => boolean): number =>
  [...level.families].reduce((all, [family, bytes]) => all + (wanted(family) ? bytes : 0), 0);

export function tellLevels(levels: readonly Level[]): void {
  const [, second = levels[0], ...later] = levels;
  const last = later.at(-1) ?? second;
  if (!second || !last) return row('months', '0', 'at least 1');
  const months = (figure: (level: Level) => string) => levels.map(figure).join(' ');
  console.log(`  heap of the process, MB, by month:  ${months(({ heap }) => round(heap / MEGABYTE, 1))}`);
  const ofBot = (level: Level) => sum(level, (family) => !isNews(family));
  console.log(`  Redis less the news, kB, by month:  ${months((level) => round(ofBot(level) / 1000, 0))}`);
  console.log(
    `  the news in Redis, MB, by month:    ${months((level) => round(sum(level, isNews) / MEGABYTE, 1))}`,
  );
  row(
    'heap of the last month above the second',
    `${round((last.heap - second.heap) / MEGABYTE, 1)} MB`,
    'at most 8 MB',
  );
  row(
    'Redis less the news, of the second month',
    `${round((100 * ofBot(last)) / ofBot(second), 0)} %`,
    'at most 130 %',
  );
  const grown = [...last.families].filter(
    ([family, bytes]) =>
      !isNews(family) &&
      bytes > SMALL &&
      bytes > MORE * Math.max(...levels.slice(0, 3).map((level) => level.families.get(family) ?? 0)),
  );
  row('families of keys that grow', String(grown.length), '0');
  for (const [family, bytes] of grown) console.log(`    ${family}: ${round(bytes / 1000, 0)} kB`);
  row('bytes of the news a story', round(sum(last, isNews) / Math.max(1, last.stories), 0), 'at most 6500');
}
