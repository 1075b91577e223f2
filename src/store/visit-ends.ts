/** The ends of visits: where a chat stands in the queue then, and what it was shown; those of one moment are written together. */
import type { Edition } from '../news/edition.ts';
import { hiddenBlock, POSTED_MS, SENT_MS } from './deliveries.ts';
import { hiddenMoment } from './erasures.ts';
import { SLOT_BLOCK } from './keys.ts';
import type { Shelf } from './shelf.ts';
import type { Veil } from './veil.ts';
import { veilOf } from './veil-key.ts';

/** A process's memory of its own steps in the queue. */
export interface Steps {
  /** Claims made so far. The number stands in each claim's id, so that two claims of one chat differ even where the answer to the first was lost. */
  claims: number;
  /** Visits that ended just now and are written together. */
  ended: Batch | undefined;
}

export const newSteps = (): Steps => ({ claims: 0, ended: undefined });

/** The queue as a process works on it. */
export interface QueueShelf extends Shelf {
  readonly memory: { readonly steps: Steps };
}

/** The chat that was visited, by a claim. */
export interface Visited {
  readonly slot: number;
  readonly edition: Edition;
  /** Tells this claim from every other one; written by `claim.lua`. */
  readonly claimId: string;
}

/** How the id of a message is known: from its answer, or because it was looked for. */
export type Arrival = 'sent' | 'found';

/** How a visit ended, as far as the queue is concerned. */
export interface VisitEnd {
  /** Last entry that the chat has been shown. */
  readonly cursor: number;
  /** Not visited before this moment (ms); 0: may be visited at once; Infinity: not before it is resumed. */
  readonly notBefore: number;
  /** Something beyond `cursor` has been sent. */
  readonly ahead: boolean;
  /** Message id and the names (`shown` keys) of what it shows. */
  readonly sent?: {
    readonly messageId: number;
    readonly shows: readonly string[];
    /** A mark on the words of each story among these, '' of what is none; absent: an earlier version has shown it. */
    readonly words?: readonly string[];
    readonly eraseAt: number;
    readonly isPlace: boolean;
  };
  /** Absent: the message was known before the visit. */
  readonly how?: Arrival;
  /** A place keeps its own highest message id, people share the bot's. */
  readonly ownSequence: boolean;
}

/** Visits that end within this time are written together: at thousands a second each step to Redis costs. */
const TOGETHER_MS = 5;
/** More than this in one step would keep others waiting. */
const MOST_TOGETHER = 500;

/** Visits that ended together. */
interface Batch {
  readonly visits: (readonly [Visited, VisitEnd])[];
  readonly written: Promise<readonly number[]>;
}

/** Writes the end of a visit in one step. False: the claim is no longer ours, nothing was written. */
export function endVisit(queue: QueueShelf, claimed: Visited, end: VisitEnd): Promise<boolean> {
  const { steps } = queue.memory;
  const batch = (steps.ended ??= openBatch(queue));
  const count = batch.visits.push([claimed, end]);
  if (count === MOST_TOGETHER) steps.ended = undefined;
  return batch.written.then((ended) => ended[count - 1] === 1);
}

function openBatch(queue: QueueShelf): Batch {
  const { store, memory } = queue;
  const write = (visits: readonly string[], blanks: readonly (string | number | Buffer)[]) =>
    store.run(
      'end-visit',
      [store.keys.flight],
      [SENT_MS / 1000, POSTED_MS / 1000, blanks.length / 3, ...blanks, ...visits],
    ) as Promise<number[]>;
  const written = new Promise<void>((resolve) => setTimeout(resolve, TOGETHER_MS)).then(async () => {
    if (memory.steps.ended === batch) memory.steps.ended = undefined;
    const veil = await veilOf(queue);
    const shown = batch.visits.flatMap(shownBy);
    const lines = linesOf(veil, batch.visits, shown);
    const ended = await write(lines, []);
    // The first of a block that is shown a story: blanks are long, and known to be needed only now.
    return ended.length > 0 ? ended : write(lines, blanksFor(veil, shown));
  });
  const batch: Batch = { visits: [], written };
  return batch;
}

/** One thing that a message shows: the name under which its message id is kept, and where. */
interface Shown {
  readonly name: string;
  readonly slot: number;
  readonly id: number;
}

const shownBy = ([{ slot }, { sent }]: Batch['visits'][number]): Shown[] =>
  sent ? sent.shows.map((name) => ({ name, slot, id: sent.messageId })) : [];

/** Visits as `end-visit.lua` reads them; `shown`: all that they show. Hiding many numbers costs hardly more than one. */
function linesOf(veil: Veil, visits: Batch['visits'], shown: readonly Shown[]): string[] {
  const hidden = veil.hide(
    shown.map(({ name }) => name),
    shown.map(({ slot }) => slot),
    shown.map(({ id }) => id),
  );
  const pairs = veil.pairs(
    visits.map(([{ slot }]) => slot),
    visits.map(([, { sent }]) => sent?.messageId ?? 0),
  );
  let at = 0;
  return visits.map(([{ slot, claimId, edition }, end], index) => {
    const { sent } = end;
    const id = sent?.messageId ?? 0;
    return [
      slot,
      claimId,
      edition,
      end.cursor,
      Math.ceil(end.notBefore),
      end.ahead ? 1 : 0,
      id,
      end.ownSequence ? slot : 'private',
      sent?.eraseAt ? hiddenMoment(veil, slot, id, sent.eraseAt) : 0,
      sent ? pairs[index] : '-',
      sent?.isPlace ? 1 : 0,
      end.how ?? '-',
      (sent?.shows ?? []).map((name) => `${name}:${hidden[at++]}`).join(' '),
    ].join(' ');
  });
}

/** The blocks of message ids in which these stand, each once, as blanks. */
function blanksFor(veil: Veil, shown: readonly Shown[]): (string | number | Buffer)[] {
  const places = new Map(
    shown.map(({ name, slot }) => {
      const block = Math.floor(slot / SLOT_BLOCK);
      return [`${name} ${block}`, [name, block] as const];
    }),
  );
  return [...places.values()].flatMap(([name, block]) => [name, block, hiddenBlock(veil, name, block)]);
}
