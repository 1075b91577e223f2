/**
 * A client that knows when Sentinels put another server in the master's place. A master that is well goes on taking commands until
 * it is told, for a second or longer, and nobody keeps what it takes: so nothing is asked of it once they have begun.
 */
import { Redis, type RedisOptions } from 'ioredis';
import { present } from '../present.ts';
import type { RedisAddress } from '../redis-address.ts';
import { SECOND } from '../time.ts';

type SentinelAddress = Extract<RedisAddress, { kind: 'sentinel' }>;
/** As every client of ours has them. */
interface Common
  extends Pick<
    RedisOptions,
    'commandTimeout' | 'connectTimeout' | 'maxRetriesPerRequest' | 'reconnectOnError'
  > {
  readonly retryStrategy: (attempt: number) => number;
}

/** A Sentinel that hangs would otherwise be waited for as long as it does, whatever the others know. */
const ANSWER_MS = 2 * SECOND;
/** Sentinels give up an election after 10 s, and all have heard of a new master within 2 s: more than this is not waited. */
const LONGEST_MS = 15 * SECOND;
/** A Sentinel whose machine has gone does not say so. */
const KEEP_ALIVE_MS = 30 * SECOND;

/** Channels of Sentinels; redis.io, "High availability with Redis Sentinel", Pub/Sub messages. */
const BEGUN = '+try-failover';
const SUCCEEDED = '+switch-master';
const GIVEN_UP = [
  '-failover-abort-not-elected',
  '-failover-abort-no-good-slave',
  '-failover-abort-slave-timeout',
];

/** Error of a command that came meanwhile. */
export const SUCCESSION = 'Sentinels put another server in the place of the master';

export class SentinelClient extends Redis {
  readonly #address: SentinelAddress;
  /** Masters as `host:port`: whom a Sentinel named when it was asked last, and who is connected. */
  readonly #masters: { named: string; connected: string };
  /** When Sentinels began, unless they have ended since, and whom they have put there last: by `performance.now()`. */
  #begunAt = Number.NEGATIVE_INFINITY;
  #successor = { master: '', at: Number.NEGATIVE_INFINITY };

  constructor(address: SentinelAddress, common: Common) {
    const { nodes, master, db, tls, username, password } = address;
    const masters = { named: '', connected: '' };
    super({
      ...common,
      ...present({ username, password }),
      enableAutoPipelining: true,
      sentinels: [...nodes],
      name: master,
      db,
      sentinelRetryStrategy: common.retryStrategy,
      sentinelCommandTimeout: ANSWER_MS,
      ...(tls ? { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true } : {}),
      // Asked for each address that a Sentinel tells, for the master's last.
      natMap: (told) => {
        masters.named = told;
        return null;
      },
    });
    this.#address = address;
    this.#masters = masters;
    this.on('connect', () => (masters.connected = masters.named)).on('ready', () => this.#leaveFormer());
    // By then it is known whether Sentinels want a password.
    this.once('ready', () => {
      const ears = nodes.map((node) => this.#listenTo(node, common));
      this.once('end', () => {
        for (const ear of ears) ear.disconnect();
      });
    });
  }

  /** Another server is being made the master, or has been while there is a connection with the one before. */
  get isOutdated(): boolean {
    const now = performance.now();
    const { master, at } = this.#successor;
    return now - this.#begunAt < LONGEST_MS || (now - at < LONGEST_MS && master !== this.#masters.connected);
  }

  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    // Before that it is the client itself that asks.
    if (this.status !== 'ready') return super.sendCommand(command, stream);
    const { resolve, reject } = command;
    const refuse = () => reject(new Error(SUCCESSION));
    // A master that hung may answer once another one has its place.
    command.resolve = (answer) => (this.isOutdated ? refuse() : resolve(answer));
    if (!this.isOutdated) return super.sendCommand(command, stream);
    refuse();
    return command.promise;
  }

  #listenTo(node: SentinelAddress['nodes'][number], common: Common): Redis {
    const { sentinelUsername, sentinelPassword } = this.options;
    const ear = new Redis({
      ...common,
      ...node,
      ...(sentinelUsername ? { username: sentinelUsername } : {}),
      ...(sentinelPassword ? { password: sentinelPassword } : {}),
      ...(this.#address.tls ? { tls: {} } : {}),
      keepAlive: KEEP_ALIVE_MS,
      enableReadyCheck: false,
      autoResubscribe: false,
    });
    ear.on('error', () => undefined);
    ear.on('message', (channel, said) => this.#hear(channel, said.split(' ')));
    ear.on('ready', () => void this.#askAndHear(ear));
    return ear;
  }

  /** Begins to listen, and asks what was said before. A user of Redis 7 may be let do a part of this. */
  async #askAndHear(ear: Redis): Promise<void> {
    const asked = ear.call('SENTINEL', 'MASTER', this.#address.master);
    const heard = [SUCCEEDED, BEGUN, ...GIVEN_UP].map((channel) => ear.subscribe(channel));
    const [facts] = await Promise.allSettled([asked, ...heard]);
    if (facts?.status === 'fulfilled' && String(facts.value).includes('failover_in_progress'))
      this.#begunAt = performance.now();
  }

  /** `words`: of a new master `<name> <host> <port> <new host> <new port>`, else `master <name> <host> <port>`. */
  #hear(channel: string, words: readonly string[]): void {
    const at = performance.now();
    const isEnd = channel === SUCCEEDED;
    if (words[isEnd ? 0 : 1] !== this.#address.master) return;
    this.#begunAt = channel === BEGUN ? at : Number.NEGATIVE_INFINITY;
    if (isEnd) this.#successor = { master: words.slice(3).join(':'), at };
    this.#leaveFormer();
  }

  /** A Sentinel that has not heard of the new master yet may name the one before again. */
  #leaveFormer(): void {
    const isChosen = this.#begunAt === Number.NEGATIVE_INFINITY;
    if (this.status === 'ready' && isChosen && this.isOutdated) this.disconnect(true);
  }
}
