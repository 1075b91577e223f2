/** A bot as real processes with readers and channels, in whose broadcasts something dies; and what each chat must show. */
import type { ChatClient, Person } from '#sandbox/telegram/telegram.ts';
import { openStore } from '#src/store/redis.ts';
import { countQueues } from '#src/store/subscribers.ts';
import { silentLogger } from './log.ts';
import { type BotProcess, eventually, openTown, startBot } from './process.ts';

export interface Crowd {
  readonly town: Awaited<ReturnType<typeof openTown>>;
  readonly bots: BotProcess[];
  /** Starts one more process; it is ready when this resolves. */
  start(): Promise<BotProcess>;
  /** Publishes a story that everybody is to get; its headline. */
  publish(): string;
  /** Changes the headline of the story; the new one. */
  correct(headline: string): string;
  /** Messages that show `headline` now. */
  shown(headline: string): number;
  /** Chats that do not show `headline`. */
  lacking(headline: string): number;
  /** Messages beyond the first that one chat shows of `headline`. */
  repeats(headline: string): { readonly channels: number; readonly people: number };
  close(): Promise<void>;
}

/** Readers are told from channels by the sign of their number. */
export async function openCrowd(
  env: Readonly<Record<'REDIS_URL' | 'DATA_KEY', string>>,
  size: { readonly readers: number; readonly channels: number },
): Promise<Crowd> {
  const town = await openTown();
  const { telegram, newsroom } = town;
  const bots: BotProcess[] = [];
  const ids = new Map<string, number>();
  const start = async () => {
    const bot = startBot({ ...town.env, KEEP_DEFAULT: 'off', SEND_RATE: '30', ...env });
    bots.push(bot);
    await bot.ready();
    return bot;
  };
  await start();
  const chats = await settleIn();

  const texts = (chat: Person | ChatClient, headline: string) =>
    chat.messages().filter(({ text }) => text.includes(headline)).length;

  return {
    town,
    bots,
    start,
    publish() {
      const headline = `Report number ${ids.size + 1} of this town`;
      const { en } = newsroom.publish({
        en: { headline, lead: `${headline}, in a few words.`, body: 'One paragraph.', rubric: 'Society' },
      });
      ids.set(headline, Number(en));
      return headline;
    },
    correct(headline) {
      const words = headline.replace('Report', 'Corrected report');
      newsroom.correct(ids.get(headline) ?? 0, { headline: words });
      return words;
    },
    shown: (headline) => chats.reduce((sum, chat) => sum + texts(chat, headline), 0),
    lacking: (headline) => chats.filter((chat) => texts(chat, headline) === 0).length,
    repeats: (headline) => {
      const over = (of: readonly (Person | ChatClient)[]) =>
        of.reduce((sum, chat) => sum + Math.max(0, texts(chat, headline) - 1), 0);
      return {
        channels: over(chats.filter(({ id }) => id < 0)),
        people: over(chats.filter(({ id }) => id > 0)),
      };
    },
    async close() {
      await Promise.all(bots.map((bot) => bot.end('SIGKILL')));
      await town.close();
    },
  };

  async function settleIn(): Promise<(Person | ChatClient)[]> {
    const people = Array.from({ length: size.readers }, () => telegram.person({ language: 'en' }));
    // An owner each: the cards of one person's channels come a second apart, and the command of a channel waits for its card.
    const channels = Array.from({ length: size.channels }, () => {
      const owner = telegram.person({ language: 'en' });
      owner.start();
      const channel = telegram.channel({ owner });
      channel.addBot(['can_post_messages'], owner);
      return channel;
    });
    for (const person of people) person.send('/subscribe en');
    for (const channel of channels) channel.post(channel.owner, '/subscribe en');
    // A command in a channel has no answer there: only Redis knows that it is obeyed.
    const botId = telegram.token.split(':')[0] ?? '';
    const store = openStore({ url: env.REDIS_URL, botId, log: silentLogger });
    const everybody = size.readers + size.channels;
    await eventually(async () => (await countQueues(store)).en.waiting === everybody, 60_000);
    await store.close();
    return [...people, ...channels];
  }
}
