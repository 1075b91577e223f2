/** Acts of attackers, to be put together in a table of attacks. */
import type { Town } from './town.ts';

export interface Attack {
  readonly name: string;
  /** The state before the siege is measured. */
  prepare?(town: Town): Promise<void>;
  /** Begins the attack; it goes on until `stop` aborts. */
  begin(town: Town, stop: AbortSignal): Promise<void>;
  /** How much longer a story may take than in quiet; default 1.5. */
  readonly mostTimesQuiet?: number;
  /** Measures what else this attack must not do, once the story has reached all. */
  judge?(town: Town): Promise<readonly Finding[]>;
}

/** One more line of an attack's table. */
export interface Finding {
  readonly what: string;
  readonly figure: string;
  readonly must: string;
}

/** Strangers' accounts begin here, far from the readers. */
export const FIRST_STRANGER = 9_000_001;

/** Does something `perSecond` times a second until `stop` aborts; what it meets is its own affair. */
export async function keepDoing(
  perSecond: number,
  stop: AbortSignal,
  what: (turn: number) => Promise<unknown>,
): Promise<void> {
  const began = performance.now();
  for (let turn = 0; !stop.aborted; turn += 1) {
    void what(turn).catch(() => undefined);
    const due = began + ((turn + 1) * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
}

export const accounts = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => FIRST_STRANGER + index);

/** A person of whom nothing is known but the language. */
export async function stranger(town: Town, index = 0): Promise<number> {
  const id = FIRST_STRANGER + index;
  await town.telegram.tell('person', { id, language: 'en' });
  return id;
}

/** Accounts that have a message of the bot with buttons: its greeting. */
async function withMenus(town: Town, count: number): Promise<{ person: number; message: number }[]> {
  const found: { person: number; message: number }[] = [];
  for (const person of accounts(count)) {
    await town.telegram.tell('person', { id: person, language: 'en' });
    await town.act(person, 'start');
    const message = await town.firstAnswer(person);
    if (message !== undefined) found.push({ person, message });
  }
  return found;
}

/** So many accounts press buttons of their greeting. */
export const press =
  (count: number, perSecond: number): Attack['begin'] =>
  async (town, stop) => {
    const menus = await withMenus(town, count);
    const buttons = ['Русский', 'Беларуская', 'English'];
    await Promise.all(
      menus.map(({ person, message }) =>
        keepDoing(perSecond, stop, (turn) => town.act(person, 'press', message, buttons[turn % 3] ?? '')),
      ),
    );
  };

/** So many accounts write, each so often a minute; the turns of all are spread evenly. */
export const write =
  (count: number, perMinute: number, text: string | ((turn: number) => string)): Attack['begin'] =>
  async (town, stop) => {
    const [first = 0] = accounts(1);
    await keepDoing((count * perMinute) / 60, stop, (turn) =>
      town.crowd(first + (turn % count), 1, 'send', typeof text === 'string' ? text : text(turn)),
    );
  };

/** Groups of one stranger with the bot as a plain member, which read the news where `reads`. */
export async function groupsOf(town: Town, owner: number, count: number, reads: boolean): Promise<number[]> {
  const groups = await Promise.all(Array.from({ length: count }, () => town.group(owner)));
  if (reads) await town.subscribe(groups.map((id) => ({ id, kind: 'group' as const })));
  return groups;
}
