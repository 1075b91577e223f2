import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { botKeys, newsKeys } from '#src/store/keys.ts';

const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');

/** First columns of a table's rows: `name:<part>` → `name:*`. */
const tabled = (table: string): string[] =>
  [...table.matchAll(/^\| `([^`]+)` \| (?:string|hash|list|set|sorted set|stream) \|/gm)].map(
    ([, key = '']) => key.replace(/<[^>]+>/g, '*'),
  );

/** Keys as the makers give them, arguments as stars. */
function made(makers: Readonly<Record<string, unknown>>, prefix: string): string[] {
  return Object.entries(makers)
    .filter(([name]) => name !== 'prefix')
    .map(([, maker]) => (typeof maker === 'function' ? String(maker('*', '*')) : String(maker)))
    .map((key) => key.slice(prefix.length).replace('NaN', '*'));
}

describe('the table of Redis keys', () => {
  const [, news = '', bot = ''] = page.split(/^Of (?:the newsroom|a bot), /m);

  it('lists every key of the newsroom and no other', () => {
    expect(tabled(news).sort()).toEqual(made(newsKeys, 'pozirk:{news}:').sort());
  });

  it('lists every key of a bot and no other', () => {
    expect(tabled(bot).sort()).toEqual(made(botKeys('7'), 'pozirk:{7}:').sort());
  });
});
