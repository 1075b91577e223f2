/** The way of each story, as far as it has come: published, seen, read, stored, sent, edited, and every reason why not. */
import type { Held, Machine, StoryFacts } from '../machine.ts';
import { linkedId, type Version } from '../newsroom/archive.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import type { Arrivals } from './arrivals.ts';

/** A story in one language; spans in ms since it was published, absent where that has not happened. */
export interface Way {
  readonly tongue: string;
  readonly seenMs?: number;
  readonly read?: boolean;
  /** The text was known under another address. */
  readonly again?: boolean;
  readonly withdrawn?: boolean;
  /** Only for POZIRK+ and linked from nowhere: nobody outside can read it. */
  readonly unlinked?: boolean;
  readonly firstMs?: number;
  /** From the first chat to the last one so far. */
  readonly tookMs?: number;
  /** Chats in which it arrived. */
  readonly sent: number;
  /** Its fate otherwise, as `/why` calls it. */
  readonly fates: Readonly<Record<string, number>>;
  readonly held: readonly Held[];
}

export interface TimelineRow {
  readonly piece: number;
  readonly headlines: Readonly<Record<string, string>>;
  readonly at: number;
  readonly ways: readonly Way[];
}

/** Stories shown. */
const SHOWN = 8;
/** How long what the store says is believed, ms. */
const BELIEVED_MS = 600;

export interface TimelineScene {
  readonly newsroom: Newsroom;
  readonly machine: Machine;
  readonly arrivals: Arrivals;
  /** Stories published before are no news. */
  readonly since: number;
}

/** Gives the rows, the newest story first; ask as often as you like. */
export function createTimeline(scene: TimelineScene): () => readonly TimelineRow[] {
  const { newsroom, machine, arrivals, since } = scene;
  const facts = new Map<number, StoryFacts>();
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking = false;

  const shown = (): Version[][] =>
    [...Map.groupBy(newsroom.stories(), ({ piece }) => piece).values()]
      .filter(([version]) => version && version.publishedAt >= since)
      .toReversed()
      .slice(0, SHOWN);

  async function ask(versions: readonly Version[]): Promise<void> {
    for (const version of versions) {
      const id = linkedId(version);
      const found = await machine.story(newsroom.link(id));
      if (found) facts.set(id, found);
    }
  }

  function refresh(versions: readonly Version[]): void {
    if (asking || performance.now() - askedAt < BELIEVED_MS) return;
    asking = true;
    askedAt = performance.now();
    ask(versions)
      .catch(() => undefined)
      .finally(() => (asking = false));
  }

  function wayOf(version: Version): Way {
    const { tongue, publishedAt, draft } = version;
    const known = facts.get(linkedId(version));
    const arrival = arrivals.of(version);
    return {
      tongue,
      ...(known && { seenMs: Math.max(0, known.firstSeenAt - publishedAt), read: known.read }),
      ...(known && (known.again || known.firstSeenAt < publishedAt) && { again: true }),
      ...((known?.withdrawn ?? version.status !== 200) && { withdrawn: true }),
      ...(draft.paid === true && { unlinked: true }),
      ...(arrival && { firstMs: arrival.first - publishedAt, tookMs: arrival.last - arrival.first }),
      sent: arrival?.chats.size ?? 0,
      fates: known?.fates ?? {},
      held: known?.held ?? [],
    };
  }

  return () => {
    const pieces = shown();
    refresh(pieces.flat());
    arrivals.read();
    return pieces.map((versions) => ({
      piece: versions[0]?.piece ?? 0,
      headlines: Object.fromEntries(versions.map(({ tongue, draft }) => [tongue, draft.headline])),
      at: versions[0]?.publishedAt ?? 0,
      ways: versions.map(wayOf),
    }));
  };
}
