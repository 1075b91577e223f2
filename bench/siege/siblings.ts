/** Attacks of the same kinds by other doors: whatever a stranger may do in Telegram is done here too often. */
import { fillArchive } from '../archive.ts';
import { round } from '../table.ts';
import { people } from '../delivery/world.ts';
import {
  accounts,
  type Attack,
  type Finding,
  FIRST_STRANGER,
  groupsOf,
  keepDoing,
  stranger,
  write,
} from './acts.ts';
import type { Town } from './town.ts';

/** A year of forty stories a day, in which every search is a long one. */
const STORIES = 15_000;
/** Calls to Telegram a second, all together: what one account causes must not make it refuse the bot's own. */
const MOST_CALLS = 60;

const archive = (town: Town): Promise<void> => fillArchive(town.desk, 'en', STORIES);

/** Owners' words and answers that one asks for from outside, as many as they like, in a second. */
async function callsASecond(town: Town): Promise<readonly Finding[]> {
  const { calls } = await town.telegram.ask<{ calls: Record<string, number> }>('counters');
  const all = Object.values(calls).reduce((sum, count) => sum + count, 0);
  const seconds = (performance.now() - town.openedAt) / 1000;
  return [
    { what: 'calls to Telegram, a second', figure: round(all / seconds, 1), must: `at most ${MOST_CALLS}` },
  ];
}

export const SIBLINGS: readonly Attack[] = [
  {
    name: '200 accounts, an inline query a second each, in an archive of a year',
    prepare: archive,
    async begin(town, stop) {
      await keepDoing(200, stop, (turn) =>
        town.crowd(FIRST_STRANGER + (turn % 200), 1, 'inline', `Lukashenko ${turn}`),
      );
    },
  },
  {
    name: '200 accounts, 18 searches a minute each, in an archive of a year',
    prepare: archive,
    begin: write(200, 18, (turn) => `/search Minsk ${turn}`),
  },
  {
    name: '10,000 accounts press Start within a minute',
    async begin(town, stop) {
      await keepDoing(1000 / 60, stop, (turn) =>
        turn < 1000 ? town.crowd(FIRST_STRANGER + turn * 10, 10, 'start') : Promise.resolve(),
      );
    },
  },
  {
    name: '120 accounts that subscribed, 18 commands a minute each',
    async prepare(town) {
      await town.settle();
      await town.telegram.tell('people', { count: 120, firstId: FIRST_STRANGER });
      await town.subscribe(people(120, FIRST_STRANGER));
    },
    begin: write(120, 18, (turn) => ['/help', '/settings', '/latest', '/quiet 23-7'][turn % 4] ?? ''),
  },
  {
    name: 'a group of 300 members, 100 commands a second',
    async begin(town, stop) {
      const [group = 0] = await groupsOf(town, await stranger(town), 1, true);
      await keepDoing(100, stop, (turn) =>
        town.chat(group, 'say', { person: FIRST_STRANGER + 1 + (turn % 300) }, '/help'),
      );
    },
    judge: callsASecond,
  },
  {
    name: 'fifty groups of one owner, the bot let go and added 20 times a second',
    async prepare(town) {
      await town.telegram.tell('person', { id: FIRST_STRANGER, language: 'en' });
      owned.set(town, await groupsOf(town, FIRST_STRANGER, 50, true));
    },
    async begin(town, stop) {
      const groups = owned.get(town) ?? [];
      await keepDoing(20, stop, async (turn) => {
        const group = groups[Math.floor(turn / 2) % groups.length] ?? 0;
        const by = { person: FIRST_STRANGER };
        if (turn % 2 === 0) await town.chat(group, 'removeBot', by, { left: true });
        else await town.chat(group, 'addBot', null, by);
      });
    },
    judge: callsASecond,
  },
  {
    name: 'twenty channels whose editor posts 30 times a second',
    async begin(town, stop) {
      const editor = await stranger(town);
      const channels = await Promise.all(Array.from({ length: 20 }, () => town.channel(editor)));
      await town.subscribe(channels.map((id) => ({ id, kind: 'channel' as const })));
      await keepDoing(30, stop, (turn) =>
        town.chat(channels[turn % 20] ?? 0, 'post', { person: editor }, `/settings ${turn}`),
      );
    },
  },
  {
    name: 'an owner of a hundred groups lists them 20 times a minute',
    async prepare(town) {
      await town.telegram.tell('person', { id: FIRST_STRANGER, language: 'en' });
      await town.telegram.tell('limits', {});
      owned.set(town, await groupsOf(town, FIRST_STRANGER, 100, true));
      await town.telegram.tell('limits', { documented: true });
    },
    async begin(town, stop) {
      for (const group of owned.get(town) ?? [])
        await town.chat(group, 'say', { person: FIRST_STRANGER }, '/subscribe en');
      await keepDoing(1 / 3, stop, () => town.act(FIRST_STRANGER, 'send', '/channels'));
    },
    judge: callsASecond,
  },
  {
    name: '60 accounts name channels, 18 times a minute each',
    async begin(town, stop) {
      await town.telegram.tell('channel', { username: 'some_channel' });
      await write(60, 18, '@some_channel')(town, stop);
    },
    judge: callsASecond,
  },
  {
    name: '100 accounts open deep links at random',
    begin: write(
      100,
      18,
      (turn) => `/start ${['c_', 's_', 'op_', ''][turn % 4]}${(turn * 7919).toString(36).repeat(4)}`,
    ),
  },
  {
    name: '60 accounts subscribe and forget in turns, each 30 times a minute',
    begin: write(60, 30, (turn) => (Math.floor(turn / 60) % 2 === 0 ? '/subscribe en' : '/forget')),
  },
  {
    name: '40 accounts block the bot and start it again, a second each',
    async begin(town, stop) {
      for (const person of accounts(40)) await town.act(person, 'start', 'en');
      await keepDoing(40, stop, (turn) => {
        const person = FIRST_STRANGER + (turn % 40);
        const isOdd = Math.floor(turn / 40) % 2 === 1;
        return isOdd ? town.crowd(person, 1, 'start') : town.crowd(person, 1, 'block');
      });
    },
  },
  {
    name: '50 accounts edit what they wrote, and a group its posts, 50 times a second',
    async begin(town, stop) {
      const written = await Promise.all(
        accounts(50).map(async (person) => [person, (await town.act(person, 'send', '/help')) as number]),
      );
      await keepDoing(50, stop, (turn) => {
        const [person = 0, message = 0] = written[turn % 50] ?? [];
        return town.act(person, 'edit', message, `/help ${turn}`);
      });
    },
  },
  {
    name: '200 groups become supergroups',
    async begin(town, stop) {
      const owner = await stranger(town);
      await keepDoing(10, stop, async (turn) => {
        if (turn >= 200) return;
        const group = await town.basicGroup(owner);
        await town.subscribe([{ id: group, kind: 'group' }]);
        await town.chat(group, 'migrate');
      });
    },
  },
];

/** Groups that were made before the siege. */
const owned = new WeakMap<Town, readonly number[]>();
