/** The attacks of the siege: a table, so that another is one more row. */
import { DOCUMENTED_LIMITS } from '#sandbox/telegram/limits.ts';
import { people } from '../delivery/world.ts';
import { type Attack, FIRST_STRANGER, groupsOf, keepDoing, press, stranger, write } from './acts.ts';
import { massForget } from './forget.ts';
import { newcomers } from './newcomers.ts';
import { SIBLINGS } from './siblings.ts';

export const ATTACKS: readonly Attack[] = [
  { name: 'quiet', begin: async () => undefined },
  {
    name: 'two groups of a stranger, 56 commands a minute',
    async begin(town, stop) {
      const owner = await stranger(town);
      const groups = await groupsOf(town, owner, 2, false);
      for (const group of groups) await town.chat(group, 'say', { person: owner }, '/subscribe en');
      await keepDoing(56 / 60, stop, (turn) =>
        town.chat(groups[turn % 2] ?? 0, 'say', { person: owner }, '/help'),
      );
    },
  },
  { name: 'two accounts, 20 commands a minute each', begin: write(2, 20, '/help') },
  {
    name: 'two accounts that ask twice, half a second apart, where no chat may run ahead of its pace',
    prepare: (town) => town.telegram.tell('limits', { ...DOCUMENTED_LIMITS, personBurst: 0 }),
    begin: (town, stop) =>
      keepDoing(1 / 3, stop, async (turn) => {
        const person = FIRST_STRANGER + (turn % 2);
        await town.crowd(person, 1, 'send', '/help');
        await new Promise((resolve) => setTimeout(resolve, 550));
        await town.crowd(person, 1, 'send', '/help');
      }),
  },
  { name: '120 accounts within the limits', begin: write(120, 18, '/help') },
  { name: '3 accounts, 10 presses a second each', begin: press(3, 10) },
  { name: '5 accounts, 20 presses a second each', begin: press(5, 20) },
  {
    name: 'one account, 14 inline queries a second',
    async begin(town, stop) {
      const person = await stranger(town);
      await keepDoing(14, stop, (turn) => town.act(person, 'inline', `library ${turn}`));
    },
  },
  {
    name: 'one owner, a hundred groups, 3 commands a second in all',
    async begin(town, stop) {
      const owner = await stranger(town);
      const groups = await groupsOf(town, owner, 100, true);
      await keepDoing(3, stop, (turn) =>
        town.chat(groups[turn % groups.length] ?? 0, 'say', { person: owner }, '/help'),
      );
    },
  },
  {
    name: 'a forum of 1,000 topics that read the news',
    async prepare(town) {
      const owner = await stranger(town);
      const forum = await town.group(owner, true);
      const topics = await Promise.all(
        Array.from(
          { length: 1000 },
          (_, index) =>
            town.chat(forum, 'createTopic', `Topic ${index}`, { person: owner }) as Promise<number>,
        ),
      );
      await town.subscribe(topics.map((thread) => ({ id: forum, thread, kind: 'topic' as const })));
    },
    begin: async () => undefined,
  },
  {
    name: '10,000 new accounts that subscribe, of readers of long standing',
    async prepare(town) {
      await town.settle();
      await town.telegram.tell('people', { count: 10_000, firstId: FIRST_STRANGER });
      await town.subscribe(people(10_000, FIRST_STRANGER));
    },
    begin: async () => undefined,
  },
  newcomers,
  { name: 'one account, 3 /forget a second', begin: write(1, 180, '/forget') },
  {
    name: '20 accounts, a /forget a second each, ever in other words',
    begin: write(20, 60, (turn) => `/forget ${turn}`),
  },
  massForget,
  ...SIBLINGS,
];
