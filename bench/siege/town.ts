/** The target of a siege: a bot with readers, on a Telegram of its own process that keeps the documented limits. */
import type { Desk } from '#src/desk/desk.ts';
import { fill, openWorld, people, startFarTelegram, type FarTelegram } from '../delivery/world.ts';

export interface Town {
  readonly desk: Desk;
  readonly telegram: FarTelegram;
  /** A person does something: `send`, `press`, `inline`, … */
  act(person: number, verb: string, ...given: readonly unknown[]): Promise<unknown>;
  /** A group of this owner with the bot as a plain member; its id. */
  group(owner: number, forum?: boolean): Promise<number>;
  /** A new topic of the group; its id. */
  topic(group: number, owner: number, name: string): Promise<number>;
  say(group: number, person: number, text: string): Promise<unknown>;
  /** Id of the first message of the bot in the person's chat; undefined: none within ten seconds. */
  firstAnswer(person: number): Promise<number | undefined>;
  /** Messages of the bot in the person's chat. */
  answers(person: number): Promise<number>;
  close(): Promise<void>;
}

interface Seen {
  readonly id: number;
  readonly fromBot: boolean;
}

export async function openTown(readers: number): Promise<Town> {
  const flags = ['--limit', '30', '--chat-limits', '--latency', '30-60', '--people', String(readers)];
  const telegram = await startFarTelegram(...flags);
  const world = await openWorld({ ...telegram, rate: 25 });
  await fill(world.desk, people(readers), 'en');
  const end = await world.begin();

  const call = async (path: string, given: unknown): Promise<unknown> => {
    const answer = await fetch(`${telegram.url}/_sandbox/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${telegram.token}` },
      body: JSON.stringify(given),
    });
    return answer.json();
  };
  const seen = async (person: number): Promise<Seen[]> =>
    ((await call(`person/${person}/messages`, [])) as Seen[]).filter(({ fromBot }) => fromBot);

  return {
    desk: world.desk,
    telegram,
    act: (person, verb, ...given) => call(`person/${person}/${verb}`, given),
    async group(owner, forum = false) {
      const { id } = (await call('supergroup', { owner, forum })) as { id: number };
      await call(`chat/${id}/addBot`, [null, { person: owner }]);
      return id;
    },
    topic: async (group, owner, name) =>
      (await call(`chat/${group}/createTopic`, [name, { person: owner }])) as number,
    say: (group, person, text) => call(`chat/${group}/say`, [{ person }, text]),
    async firstAnswer(person) {
      for (let look = 0; look < 100; look += 1) {
        const [first] = await seen(person);
        if (first) return first.id;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return undefined;
    },
    answers: async (person) => (await seen(person)).length,
    async close() {
      await telegram.close();
      await end();
      await world.close();
    },
  };
}
