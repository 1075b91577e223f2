/** The attacks of the siege: a table, so that another is one more row. */
import { botKeys } from '#src/store/keys.ts';
import { fill, people } from '../delivery/world.ts';
import type { Town } from './town.ts';

export interface Attack {
  readonly name: string;
  /** What stands before the siege is measured. */
  prepare?(town: Town): Promise<void>;
  /** Begins the attack; it goes on until `stop` aborts. */
  begin(town: Town, stop: AbortSignal): Promise<void>;
}

/** Strangers' accounts begin here, far from the readers. */
const FIRST_STRANGER = 9_000_001;

/** Does something `perSecond` times a second until `stop` aborts; what it meets is its own affair. */
async function keepDoing(
  perSecond: number,
  stop: AbortSignal,
  what: (turn: number) => Promise<unknown>,
): Promise<void> {
  for (let turn = 0; !stop.aborted; turn += 1) {
    void what(turn).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
  }
}

const accounts = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => FIRST_STRANGER + index);

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

const press =
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

const write =
  (count: number, perMinute: number, text: string): Attack['begin'] =>
  async (town, stop) => {
    const people = accounts(count);
    for (const id of people) await town.telegram.tell('person', { id, language: 'en' });
    await Promise.all(
      people.map((person) => keepDoing(perMinute / 60, stop, () => town.act(person, 'send', text))),
    );
  };

export const ATTACKS: readonly Attack[] = [
  { name: 'quiet', begin: async () => undefined },
  {
    name: 'two groups of a stranger, 56 commands a minute',
    async begin(town, stop) {
      const [owner = 0] = accounts(1);
      await town.telegram.tell('person', { id: owner, language: 'en' });
      const groups = [await town.group(owner), await town.group(owner)];
      for (const group of groups) await town.say(group, owner, '/subscribe en');
      await keepDoing(56 / 60, stop, (turn) => town.say(groups[turn % 2] ?? 0, owner, '/help'));
    },
  },
  { name: 'two accounts, 20 commands a minute each', begin: write(2, 20, '/help') },
  { name: '120 accounts within the limits', begin: write(120, 18, '/help') },
  { name: '3 accounts, 10 presses a second each', begin: press(3, 10) },
  { name: '5 accounts, 20 presses a second each', begin: press(5, 20) },
  {
    name: 'one account, 14 inline queries a second',
    async begin(town, stop) {
      const [person = 0] = accounts(1);
      await town.telegram.tell('person', { id: person, language: 'en' });
      await keepDoing(14, stop, (turn) => town.act(person, 'inline', `library ${turn}`));
    },
  },
  {
    name: 'one owner, a hundred groups, 3 commands a second in all',
    async begin(town, stop) {
      const [owner = 0] = accounts(1);
      await town.telegram.tell('person', { id: owner, language: 'en' });
      const groups = await Promise.all(Array.from({ length: 100 }, () => town.group(owner)));
      await fill(
        town.desk,
        groups.map((id) => ({ id, kind: 'group' as const })),
        'en',
      );
      await keepDoing(3, stop, (turn) => town.say(groups[turn % groups.length] ?? 0, owner, '/help'));
    },
  },
  {
    name: 'a forum of 1,000 topics that read the news',
    async prepare(town) {
      const [owner = 0] = accounts(1);
      await town.telegram.tell('person', { id: owner, language: 'en' });
      const forum = await town.group(owner, true);
      const topics = await Promise.all(
        Array.from({ length: 1000 }, (_, index) => town.topic(forum, owner, `Topic ${index}`)),
      );
      await fill(
        town.desk,
        topics.map((thread) => ({ id: forum, thread, kind: 'topic' as const })),
        'en',
      );
    },
    begin: async () => undefined,
  },
  {
    name: '10,000 new accounts that subscribe, of readers of long standing',
    async prepare({ desk, telegram }) {
      // The block of slots of the readers is full, as those of readers of long standing are.
      await desk.store.redis.del(botKeys(desk.store.botId).freeSlots('en'));
      await telegram.tell('people', { count: 10_000, firstId: FIRST_STRANGER });
      await fill(desk, people(10_000, FIRST_STRANGER), 'en');
    },
    begin: async () => undefined,
  },
  { name: 'one account, 3 /forget a second', begin: write(1, 180, '/forget') },
  { name: '20 accounts, a /forget a second each', begin: write(20, 60, '/forget') },
];
