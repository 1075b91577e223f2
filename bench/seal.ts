/**
 * The time that sealing adds to a delivery at the ceiling: how often a visit opens, seals and hashes, how long that takes of the
 * time of a delivery, and how fast the same deliveries are where nothing is sealed.
 */
import type { Seal } from '#src/store/seal.ts';
import { publish } from '#testing/delivery.ts';
import { type Counters, fill, openWorld, people, startFarTelegram, waitFor } from './delivery/world.ts';
import { percentile, round, row } from './table.ts';

const CHATS = 10_000;
/** Each has both, in turned order. */
const ROUNDS = 4;

interface Measured {
  /** Time of a delivery, µs. */
  readonly delivery: number;
  /** Time of it that the processor worked for us, µs: what else runs on the machine does not change it much. */
  readonly work: number;
  /** Time of it in the seal, µs. */
  readonly sealing: number;
  readonly calls: Readonly<Record<string, number>>;
}

export async function run(): Promise<void> {
  const sealed: Measured[] = [];
  const plain: Measured[] = [];
  const measureSealed = async () => void sealed.push(await deliveries((seal) => seal));
  const measurePlain = async () => void plain.push(await deliveries(unsealed));
  // The first run of a process is slower than all later ones.
  await deliveries(unsealed);
  for (let index = 0; index < ROUNDS; index += 1) {
    const both = [measureSealed, measurePlain];
    for (const measure of index % 2 === 0 ? both : both.toReversed()) await measure();
  }
  const median = (all: readonly Measured[], of: 'delivery' | 'work') =>
    percentile(
      all.map((one) => one[of]),
      0.5,
    );
  const shares = sealed.map(({ sealing, delivery }) => (sealing / delivery) * 100);
  const added = (of: 'delivery' | 'work') =>
    `${round((median(sealed, of) / median(plain, of) - 1) * 100, 1)} %`;
  for (const [name, count] of Object.entries(sealed[0]?.calls ?? {}))
    row(`${name} a delivery`, round(count / CHATS, 2));
  row(
    'a delivery at the ceiling; where nothing is sealed',
    `${round(median(sealed, 'delivery'), 0)}; ${round(median(plain, 'delivery'), 0)} µs`,
  );
  row('  processor time of it', `${round(median(sealed, 'work'), 0)}; ${round(median(plain, 'work'), 0)} µs`);
  row('  in the seal, in each run', `${shares.map((share) => round(share, 1)).join(', ')} %`, 'at most 10 %');
  row('  sealing adds, by processor time', added('work'), 'at most 10 %');
  row('  sealing adds, by the clock', added('delivery'), 'at most 10 %');
}

/** Keeps records as they are. */
const unsealed = (seal: Seal): Seal =>
  Object.assign(Object.create(seal) as Seal, {
    seal: (_slot: number, record: Buffer) => record,
    open: (_slot: number, record: Buffer) => record,
  });

async function deliveries(change: (seal: Seal) => Seal): Promise<Measured> {
  const telegram = await startFarTelegram('--people', String(CHATS));
  const world = await openWorld({ ...telegram, rate: 0 });
  const calls: Record<string, number> = {};
  let sealing = 0;
  const timed =
    <A extends unknown[], R>(name: string, work: (...args: A) => R) =>
    (...args: A): R => {
      const began = performance.now();
      const result = work(...args);
      sealing += performance.now() - began;
      calls[name] = (calls[name] ?? 0) + 1;
      return result;
    };
  const inner = change(world.desk.seal);
  const seal: Seal = Object.assign(Object.create(inner) as Seal, {
    refs: timed('hashes', (chat: Parameters<Seal['refs']>[0]) => inner.refs(chat)),
    seal: timed('seals', (slot: number, record: Buffer) => inner.seal(slot, record)),
    open: timed('opens', (slot: number, record: Buffer) => inner.open(slot, record)),
  });
  const desk = Object.assign(world.desk, { seal });
  await fill(desk, people(CHATS), 'en');
  const end = await world.begin();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  for (const name of ['opens', 'seals', 'hashes']) calls[name] = 0;
  sealing = 0;
  const began = performance.now();
  const before = process.cpuUsage();
  await publish(desk, 'en');
  await waitFor(async () => (await telegram.ask<Counters>('counters')).accepted >= CHATS);
  const took = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  await end();
  await world.close();
  await telegram.close();
  return {
    delivery: (took / CHATS) * 1000,
    work: (user + system) / CHATS,
    sealing: (sealing / CHATS) * 1000,
    calls,
  };
}
