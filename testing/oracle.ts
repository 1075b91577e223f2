/** The judge of benches and tests with a local Telegram: what chats show, against what they must show. */
import type { Delivery } from '#sandbox/telegram/counters.ts';
import { visibleRich } from '#sandbox/telegram/rich.ts';

/** A story as chats must show it by now. Its `mark` stands in its headline, whatever becomes of the rest, and in no other. */
export interface Told {
  readonly mark: string;
  readonly headline: string;
  readonly withdrawn: boolean;
}

/** More than one message of a chat that shows a story; when the first of them and the one too many came. */
export interface Repeat {
  readonly chat: number;
  readonly mark: string;
  readonly first: number;
  readonly again: number;
}

export interface Verdict {
  /** Chats that do not show a story, counted by story. */
  readonly lost: number;
  readonly repeats: readonly Repeat[];
  /**
   * Chats that show a story as it was, or as withdrawn although it is not, or not so although it is, counted by story. Where
   * a story stands twice one of them is enough: Telegram tells no bot the number of a message whose answer was lost.
   */
  readonly stale: number;
  /** The first few things that are wrong. */
  readonly examples: readonly string[];
}

const MOST_EXAMPLES = 12;
const WITHDRAWN = /withdrawn|адклікала|знятая|отозвала|снята/i;

const textOf = ({ message: { wire } }: Delivery): string =>
  String(wire.text ?? wire.caption ?? (wire.rich_message ? visibleRich(wire.rich_message) : ''));

/** @param marks finds every mark in a text. @param chats what those are called that must show everything told, by id. */
export function judge(
  deliveries: readonly Delivery[],
  { told, chats, marks }: { told: readonly Told[]; chats: ReadonlyMap<number, string>; marks: RegExp },
): Verdict {
  const shown = shownIn(deliveries, marks);
  const repeats: Repeat[] = [];
  const examples: string[] = [];
  const counts = { lost: 0, stale: 0 };
  const note = (what: keyof typeof counts, name: string, { mark }: Told) => {
    counts[what] += 1;
    if (examples.length < MOST_EXAMPLES) examples.push(`${what}: ${mark} in ${name}`);
  };
  for (const [chat, name] of chats) {
    for (const one of told) {
      const within = shown.get(chat)?.get(one.mark) ?? [];
      const [first, ...others] = within;
      if (!first && !one.withdrawn) note('lost', name, one);
      for (const again of others)
        repeats.push({ chat, mark: one.mark, first: first?.at ?? 0, again: again.at });
      if (first && within.every((delivery) => isStale(textOf(delivery), one, marks)))
        note('stale', name, one);
    }
  }
  return { ...counts, repeats, examples };
}

/** In a bulletin the word for withdrawn may be another story's. */
function isStale(text: string, { headline, withdrawn }: Told, marks: RegExp): boolean {
  if (withdrawn) return !WITHDRAWN.test(text);
  const isAlone = new Set(text.match(marks)).size === 1;
  return !text.includes(headline) || (isAlone && WITHDRAWN.test(text));
}

/** Standing messages by chat and mark, in the order in which they came. */
function shownIn(deliveries: readonly Delivery[], marks: RegExp): Map<number, Map<string, Delivery[]>> {
  const shown = new Map<number, Map<string, Delivery[]>>();
  for (const delivery of deliveries) {
    if (delivery.message.deletedAt !== undefined) continue;
    for (const mark of new Set(textOf(delivery).match(marks))) {
      const ofChat = shown.get(delivery.chatId) ?? new Map<string, Delivery[]>();
      shown.set(delivery.chatId, ofChat);
      ofChat.set(mark, [...(ofChat.get(mark) ?? []), delivery]);
    }
  }
  return shown;
}
