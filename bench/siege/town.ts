/** The target of a siege: a bot with readers, on a Telegram of its own process that keeps the documented limits. */
import { erase } from '#src/desk/chats/erase.ts';
import { watchChats } from '#src/desk/chats/membership.ts';
import type { Desk } from '#src/desk/desk.ts';
import { deliverLetters } from '#src/desk/letters/letters.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { fill, openWorld, people, startFarTelegram, type FarTelegram } from '../delivery/world.ts';

export interface Town {
  /** By `performance.now()`. */
  readonly openedAt: number;
  readonly desk: Desk;
  readonly telegram: FarTelegram;
  /** A person does something: `send`, `press`, `inline`, … */
  act(person: number, verb: string, ...given: readonly unknown[]): Promise<unknown>;
  /** A group of this owner with the bot as a plain member; its id. */
  group(owner: number, forum?: boolean): Promise<number>;
  basicGroup(owner: number): Promise<number>;
  /** A channel of this owner where the bot may post. */
  channel(owner: number): Promise<number>;
  /** Something happens in a channel or group: `say`, `post`, `createTopic`, …; `{ person }` stands for that person. */
  chat(id: number, verb: string, ...given: readonly unknown[]): Promise<unknown>;
  /** People with ids from `first` on do the same in one moment. */
  crowd(first: number, count: number, verb: string, ...given: readonly unknown[]): Promise<unknown>;
  /** These chats read the English edition. */
  subscribe(chats: Iterable<Chat>): Promise<void>;
  /** Id of the first message of the bot in the person's chat; undefined: none within ten seconds. */
  firstAnswer(person: number): Promise<number | undefined>;
  /** Messages of the bot in the person's chat. */
  answers(person: number): Promise<number>;
  /** Texts that stand in the person's chat, whoever wrote them. */
  messages(person: number): Promise<string[]>;
  /** Its readers are readers of long standing: their block of slots is full. */
  settle(): Promise<unknown>;
  /** The bot begins its work; what was done before is done without it. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

interface Seen {
  readonly id: number;
  readonly fromBot: boolean;
  readonly text: string;
}

export async function openTown(readers: number): Promise<Town> {
  const flags = ['--limit', '30', '--chat-limits', '--latency', '30-60', '--people', String(readers)];
  const telegram = await startFarTelegram(...flags);
  const world = await openWorld({ ...telegram, rate: 25 });
  await fill(world.desk, people(readers), 'en');
  let end = async () => {};

  const call = async (path: string, given: unknown): Promise<unknown> => {
    const answer = await fetch(`${telegram.url}/_sandbox/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${telegram.token}` },
      body: JSON.stringify(given),
    });
    return answer.json();
  };
  const chat: Town['chat'] = (id, verb, ...given) => call(`chat/${id}/${verb}`, given);
  const all = async (person: number) => (await call(`person/${person}/messages`, [])) as Seen[];
  const seen = async (person: number) => (await all(person)).filter(({ fromBot }) => fromBot);

  /** A new place with the bot in it; its id. */
  const joined = async (
    kind: string,
    place: { owner: number; forum?: boolean },
    rights: readonly string[] | null = null,
  ) => {
    const { id } = (await call(kind, place)) as { id: number };
    await chat(id, 'addBot', rights, { person: place.owner });
    return id;
  };

  return {
    openedAt: performance.now(),
    desk: world.desk,
    telegram,
    act: (person, verb, ...given) => call(`person/${person}/${verb}`, given),
    group: (owner, forum = false) => joined('supergroup', { owner, forum }),
    basicGroup: (owner) => joined('group', { owner }),
    channel: (owner) => joined('channel', { owner }, ['can_post_messages']),
    chat,
    crowd: (firstId, count, verb, ...given) => call('crowd', { firstId, count, language: 'en', verb, given }),
    subscribe: (chats) => fill(world.desk, chats, 'en'),
    async firstAnswer(person) {
      for (let look = 0; look < 100; look += 1) {
        const [first] = await seen(person);
        if (first) return first.id;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return undefined;
    },
    answers: async (person) => (await seen(person)).length,
    messages: async (person) => (await all(person)).map(({ text }) => text),
    settle: () => world.desk.store.redis.del(world.desk.store.keys.freeSlots('en')),
    async begin() {
      end = await world.begin(erase, deliverLetters, watchChats);
    },
    async close() {
      await telegram.close();
      await end();
      await world.close();
    },
  };
}
