/**
 * Alarms: lasting troubles that operators are told of unasked, once when one begins, once a day while it lasts, and once
 * when it is over. What is known of them stands in Redis, so that a restart neither repeats nor forgets one.
 */
import { CONDITION_ENDINGS } from '../../conditions.ts';
import { untappable } from '../../render/html.ts';
import { EDITION_NAMES, type Edition } from '../../news/edition.ts';
import { type ActiveAlarm, readAlarms, saveAlarms } from '../../store/alarms.ts';
import { DAY } from '../../time.ts';
import type { Desk } from '../desk.ts';
import { isTaken, unlessOutOfUse } from '../trouble.ts';
import { writeLetter } from './letters.ts';

/** By who watches: what can be wrong, and the word that ends it. A new trouble is a new line here. */
const KINDS = {
  source: {
    /** No address could be read for some polls. */
    failing: 'the source can be read again',
    /** Of several addresses one could not be read for an hour. */
    address: 'each address of the source can be read again',
    /** The addresses answer, but with nothing that we understand. */
    unreadable: 'what the source answers is understood again',
    /** Nothing new for longer than the edition's own rhythm makes likely. */
    silent: 'there is news again',
    /** Pages are read, but no text is found in them. */
    bodies: 'pages have their text again',
    /** A good part of the feed's texts does not come out of their mark-up. */
    losses: 'the texts of the feed are understood whole again',
    /** Pages cannot be read, so stories are told by their headlines after some waiting. */
    refused: 'pages of stories can be read again',
    /** After an outage longer than what the source lists. */
    gap: 'the listing has reached back to what is known for an hour',
    /** Links of stories lead to hosts that are not the newsroom's. */
    hosts: 'links of stories lead to the newsroom again',
    /** A listing names a feed that could be read instead. */
    feed: 'the listing names no feed any more',
  },
  readers: {
    /** Telegram says of too many chats at once that they are not there. */
    lost: 'Telegram finds the chats again',
  },
  /** Conditions of `conditions.ts` that do not hold. */
  bot: CONDITION_ENDINGS,
  telegram: {
    /** An earlier version told of every wait of the whole bot: such an alarm is only ended. */
    flood: 'Telegram takes messages again',
  },
} as const;

type Watch = keyof typeof KINDS;
type Kinds = { readonly [W in Watch]: keyof (typeof KINDS)[W] & string };

/** A trouble that lasts. `words`: in English, one sentence, for operators. */
export interface Alarm<W extends Watch = Watch> {
  readonly kind: Kinds[W];
  readonly words: string;
}

/** A source that fails in another way than before is not well again. */
const AWAY: ReadonlySet<string> = new Set<Kinds['source']>(['failing', 'unreadable']);
/** An alarm that lasts is repeated after this. */
const REPEAT_MS = DAY;

/**
 * Takes down which alarms of one watch last now (of an edition's source, or of the bot as a whole); tells operators what
 * is new, what has lasted for another day, and what is over. `isOver`: whether a trouble that does not last now was seen
 * to be over; one that nobody has looked at yet, as after a restart, stands.
 */
export async function reportAlarms<W extends Watch>(
  desk: Desk,
  watch: W,
  lasting: readonly Alarm<W>[],
  edition?: Edition,
  isOver: (kind: string) => boolean = () => true,
): Promise<void> {
  const now = desk.clock.now();
  const scope = edition === undefined ? watch : `${watch}:${edition}`;
  const before = await knownAlarms(desk, scope);
  const due = lasting.filter(({ kind }) => now - (before.get(kind)?.toldAt ?? 0) >= REPEAT_MS);
  const isLasting = (kind: string) => lasting.some((alarm) => alarm.kind === kind);
  const over = [...before.keys()].filter((kind) => !isLasting(kind) && isOver(kind));
  const isOwed = desk.memory.alarms.has(scope);
  if (due.length === 0 && over.length === 0 && !isOwed) return;
  for (const { kind, words } of due) desk.log.warn({ edition, kind, detail: words }, 'an alarm');
  for (const kind of over) desk.log.info({ edition, kind }, 'an alarm is over');
  const endings: Readonly<Record<string, string>> = KINDS[watch];
  const told = over.filter((kind) => !(AWAY.has(kind) && lasting.some((alarm) => AWAY.has(alarm.kind))));
  const lines = [
    ...due.map(({ words }) => words),
    ...told.map((kind) => [...(edition ? [edition] : []), endings[kind]].join(': ')),
  ];
  // Written down first: a kill in between tells twice, not never.
  const heading = edition && lines.length > 0 ? [EDITION_NAMES[edition]] : [];
  const send = await tellOperators(desk, [...heading, ...lines]);
  const after = new Map(before);
  for (const kind of over) after.delete(kind);
  for (const alarm of lasting) {
    const toldAt = due.includes(alarm) ? now : (before.get(alarm.kind)?.toldAt ?? now);
    after.set(alarm.kind, { words: alarm.words, toldAt });
  }
  await keepAlarms(desk, scope, after);
  await send();
}

/** Alarms that last as far as is known: by this process where it could not be written down, as Redis itself may be the trouble. */
const knownAlarms = async (desk: Desk, scope: string): Promise<ReadonlyMap<string, ActiveAlarm>> =>
  desk.memory.alarms.get(scope) ?? (await unlessOutOfUse(desk, () => readAlarms(desk, scope))) ?? new Map();

async function keepAlarms(
  desk: Desk,
  scope: string,
  lasting: ReadonlyMap<string, ActiveAlarm>,
): Promise<void> {
  const { alarms } = desk.memory;
  if (await isTaken(desk, () => saveAlarms(desk, scope, lasting))) alarms.delete(scope);
  else alarms.set(scope, lasting);
}

/** One message a chat of an operator, but for the chat `except`; the result sends them. */
export async function tellOperators(
  desk: Desk,
  lines: readonly string[],
  except?: number,
): Promise<() => Promise<void>> {
  if (lines.length === 0) return async () => undefined;
  const words = lines.join('\n');
  desk.onAlarm(words);
  const text = untappable(words.replace(/[<>&]/g, ' '));
  const chats = desk.policy.adminIds.filter((id) => id !== except);
  const letters = await Promise.all(
    chats.map((id) => writeLetter(desk, { id, kind: id > 0 ? 'person' : 'group' }, { text })),
  );
  return async () => void (await Promise.all(letters.map((send) => send())));
}
