/** Rows of one reading: what it lists twice is one, what only shares an address or a guid is not. */
import { textSign } from './likeness.ts';
import type { Item } from './item.ts';
import { anchoredKey, hashOf, tokensIn } from './links.ts';
import { plain } from './html.ts';
import { fold, wordsOf } from './text.ts';

/**
 * One item for each story of a reading, told by the longer headline; how often one was listed twice is counted in
 * `skipped`. Each gets a `key` that no other item of the reading has. A guid that several of them share is none.
 */
export function oneEach(items: readonly Item[], skipped: Map<string, number>): Item[] {
  const tokens = tokensIn(items.map(({ link }) => link));
  const kept: Item[] = [];
  const places = new Map<string, number[]>();
  const keyed = items.map((item) => ({ ...item, key: anchoredKey(item.link, tokens) }));
  for (const item of withTellingGuids(keyed)) {
    const signs = signsOf(item);
    const rivals = [...new Set(signs.flatMap((sign) => places.get(sign) ?? []))].slice(0, MOST_RIVALS);
    const at = rivals.find((index) => isTwice(kept[index] as Item, item));
    if (at !== undefined) {
      const earlier = kept[at] as Item;
      skipped.set('listed twice', (skipped.get('listed twice') ?? 0) + 1);
      if (item.headline.length > earlier.headline.length) kept[at] = { ...item, position: earlier.position };
      continue;
    }
    for (const sign of signs) places.set(sign, [...(places.get(sign) ?? []), kept.length]);
    kept.push(item);
  }
  return withOwnKeys(withOwnGuids(kept));
}

/** Items under one address or guid that are compared with one another: a feed of one link for all has hundreds. */
const MOST_RIVALS = 20;

const signsOf = ({ key, guid }: Item): string[] => [key, ...(guid === undefined ? [] : [`guid ${guid}`])];

/** Two items that share an address or a guid are one story where nothing speaks against it. */
function isTwice(one: Item, other: Item): boolean {
  const { sign } = textSign(toldBy(one), toldBy(other), true);
  if (sign === 'unlike' || sign === 'facts') return false;
  const isOneGuid = one.guid !== undefined && one.guid === other.guid;
  const isOtherGuid = one.guid !== undefined && other.guid !== undefined && !isOneGuid;
  if (isOtherGuid) return sign === 'same' && fold(one.headline) === fold(other.headline);
  return (isOneGuid && one.key === other.key) || isWithin(one.headline, other.headline);
}

/** Whether all words of one headline stand in the other. */
function isWithin(one: string, other: string): boolean {
  const [a, b] = [new Set(wordsOf(one)), new Set(wordsOf(other))];
  return a.isSubsetOf(b) || b.isSubsetOf(a);
}

const toldBy = ({ headline, summary, content }: Item) => ({
  headline,
  lead: plain((content ?? summary ?? '').slice(0, COMPARED)),
  body: [],
});

/** Characters of a text by which two items of one reading are told apart. */
const COMPARED = 2000;

/** A guid under which stand several addresses and headlines names a rubric, and joins no two of its rows. */
const withTellingGuids = (items: readonly Item[]): Item[] =>
  withGuidsWhere(items, ([first, ...rest]) =>
    rest.every((row) => !first || row.key === first.key || isWithin(row.headline, first.headline)),
  );

/** An identity that several stories share is no identity of one. */
const withOwnGuids = (items: readonly Item[]): Item[] => withGuidsWhere(items, (rows) => rows.length === 1);

/** The items, less each guid of which `isOwn` is not true by the rows under it. */
function withGuidsWhere(items: readonly Item[], isOwn: (rows: readonly Item[]) => boolean): Item[] {
  const uses = Map.groupBy(items, ({ guid }) => guid);
  const shared = new Set(uses.entries().flatMap(([guid, rows]) => (isOwn(rows) ? [] : [guid])));
  return items.map((item) => {
    if (item.guid === undefined || !shared.has(item.guid)) return item;
    const { guid: _shared, ...rest } = item;
    return rest;
  });
}

/** Under one link for all it is the guid that tells the rows apart, or the headline; else all that they say. */
const withOwnKeys = (items: readonly Item[]): Item[] =>
  withKeysBy(
    withKeysBy(items, ({ guid, headline }) => guid ?? fold(headline)),
    itemHash,
  );

function withKeysBy(items: readonly Item[], signOf: (item: Item) => string): Item[] {
  const uses = Map.groupBy(items, ({ key }) => key);
  return items.map((item) =>
    uses.get(item.key)?.length === 1 ? item : { ...item, key: `${item.key} ${signOf(item)}` },
  );
}

/** A hash of all that an item says, to see whether it changed. */
export const itemHash = (item: Item): string =>
  hashOf(JSON.stringify([item.headline, item.summary ?? '', item.content ?? '', item.paid])).slice(0, 16);
