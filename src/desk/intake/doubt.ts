/** Feeds whose rows speak against their stories all at once: titles or texts that slipped by a row, one title over all. */
import type { Item, Reading } from '../../source/item.ts';
import { headlineSign, textSign } from '../../source/likeness.ts';
import type { StoryRecord } from '../../store/stories.ts';
import { type Row, rivalOf } from './candidates.ts';
import { type Poll, storyRecords } from './context.ts';
import type { Named } from './known.ts';
import { draftOf } from './page.ts';

/** So many corrections that change a story wholly may be made at once, or such a share of a feed. */
const FEW = 5;
const SHARE = 1 / 3;

/** The rows of a feed that have a wholly other headline or text than their story has; none where they are few. */
export async function doubtedRows(
  poll: Poll,
  { kind, items }: Reading,
  names: ReadonlyMap<Item, Named>,
): Promise<ReadonlySet<Item>> {
  const changed = kind === 'listing' ? [] : items.filter((item) => isChanged(names.get(item)));
  const most = Math.max(items.length * SHARE, FEW);
  if (changed.length <= most) return new Set();
  const records = await storyRecords(
    poll,
    changed.flatMap((item) => names.get(item)?.row ?? []),
  );
  const stories = new Map(records.map((record) => [record.story.id, record]));
  const doubted = changed.filter((item) => {
    const named = names.get(item) ?? {};
    const record = stories.get(named.row ?? '');
    return record && isAgainst(poll, { item, names: named, standing: new Map() }, record);
  });
  return new Set(doubted.length > most ? doubted : []);
}

/** At an address that is a place in its feed stands a story with other words and another guid: that contradicts none. */
function isAgainst(poll: Poll, row: Row, record: StoryRecord): boolean {
  const { story } = record;
  const draft = draftOf(poll, row.item, undefined);
  const isRenamed = headlineSign(draft, story) === 'other';
  const isRewritten = textSign(draft, story, true).sign === 'unlike';
  return rivalOf(row, record).guid === 'own' ? isRenamed || isRewritten : isRenamed !== isRewritten;
}

const isChanged = (named: Named | undefined): boolean =>
  named?.row !== undefined && named.unchanged === undefined;
