/**
 * Deaths in the middle of a broadcast: of the process that serves the readers, the one that polls, a process that hangs, the
 * master under Sentinels, a master of a Cluster. Nobody misses a story, channels have each once, and it soon goes on.
 */
import { type Crowd, openCrowd } from '#testing/failover.ts';
import { type BotProcess, eventually } from '#testing/process.ts';
import { startRedis } from '#testing/redis.ts';
import { type RedisGroup, startCluster, startSentinels } from '#testing/redis-groups.ts';
import { percentile, round, row } from './table.ts';

const TIMES = Number(process.env['TIMES'] ?? 20);
const SIZE = { readers: 100, channels: 10 };
const DATA_KEY = Buffer.alloc(32, 6).toString('base64');
/** A process that hangs is let go on after this. */
const HANGS_MS = 10_000;
const ALL_MS = 120_000;
const MOST_TAKEOVER_MS = 5000;

interface Toll {
  lost: number;
  channels: number;
  people: number;
  readonly takeovers: number[];
}

/** Strikes once; the result mends what it broke. */
type Strike = (crowd: Crowd) => Promise<() => Promise<void>>;

export async function run(): Promise<void> {
  await strikes('kill -9 of the process that serves', startRedis, () => killWhoHolds('owner'));
  await strikes('kill -9 of the process that polls', startRedis, () => killWhoHolds('source:en'));
  await strikes('SIGSTOP of the process that serves', startRedis, () => hang);
  await strikes('death of the master under Sentinels', () => startSentinels(), failOver);
  await strikes('death of a master of a Cluster', startCluster, failOver);
}

async function strikes<R extends Pick<RedisGroup, 'url' | 'stop'>>(
  what: string,
  startStore: () => Promise<R>,
  strikeOf: (store: R) => Strike,
): Promise<void> {
  const store = await startStore();
  const crowd = await openCrowd({ REDIS_URL: store.url, DATA_KEY }, SIZE);
  const toll: Toll = { lost: 0, channels: 0, people: 0, takeovers: [] };
  const strike = strikeOf(store);
  try {
    await crowd.start();
    for (let time = 0; time < TIMES; time += 1) await once(crowd, strike, toll);
  } finally {
    await crowd.close();
    await store.stop();
  }
  const p95 = percentile(toll.takeovers, 0.95);
  row(`${what}, ${TIMES} times`, '');
  row('  lost', String(toll.lost), '0');
  row('  repeats in channels', String(toll.channels), '0');
  row('  repeats in private chats', String(toll.people));
  row('  next message after, p95', `${round(p95 / 1000, 1)} s`, `at most ${MOST_TAKEOVER_MS / 1000} s`);
}

async function once(crowd: Crowd, strike: Strike, toll: Toll): Promise<void> {
  const { telegram } = crowd.town;
  const headline = crowd.publish();
  await eventually(() => crowd.shown(headline) > SIZE.readers / 4, ALL_MS);
  const mend = await strike(crowd);
  const struck = Date.now();
  const before = telegram.deliveries().length;
  await eventually(() => crowd.lacking(headline) === 0, ALL_MS).catch(() => undefined);
  const next = telegram.deliveries(before).find(({ at }) => at > struck);
  if (next) toll.takeovers.push(next.at - struck);
  toll.lost += crowd.lacking(headline);
  await mend();
  const repeats = crowd.repeats(headline);
  toll.channels += repeats.channels;
  toll.people += repeats.people;
}

/** Waits until one of the processes holds the lease, by its own metrics. */
async function holderOf(crowd: Crowd, lease: string): Promise<BotProcess> {
  for (;;) {
    for (const bot of crowd.bots) {
      if (bot.child.exitCode !== null || bot.child.signalCode !== null) continue;
      const answer = await fetch(`${bot.url()}/metrics`, { signal: AbortSignal.timeout(2000) }).catch(
        () => undefined,
      );
      if ((await answer?.text())?.includes(`pozirk_lease{name="${lease}"} 1`)) return bot;
    }
  }
}

const killWhoHolds =
  (lease: string): Strike =>
  async (crowd) => {
    const bot = await holderOf(crowd, lease);
    await bot.end('SIGKILL');
    return async () => void (await crowd.start());
  };

const hang: Strike = async (crowd) => {
  const { child } = await holderOf(crowd, 'owner');
  child.kill('SIGSTOP');
  const over = new Promise<void>((resolve) =>
    setTimeout(() => resolve(void child.kill('SIGCONT')), HANGS_MS),
  );
  return () => over;
};

/** The next message is waited for from the death on, so the new master is not. */
const failOver =
  (group: RedisGroup): Strike =>
  async (crowd) => {
    const [bot] = crowd.town.telegram.token.split(':');
    const over = group.failOver(`pozirk:{${bot}}:flight`);
    return async () => {
      await over;
      await group.mend();
    };
  };
