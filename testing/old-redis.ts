/** A Redis whose scripts' errors are worded as those of version 6.2: the code stands within the text. */
import { type AddressInfo, connect, createServer } from 'node:net';

const OF_SCRIPT = /^-([A-Z]+) (.*?) script: (\w+), on @user_script:(\d+)\.\r\n/gm;

export interface OldRedis {
  readonly url: string;
  /** Errors that were worded anew. */
  reworded(): number;
  close(): Promise<void>;
}

/** In front of the Redis that listens at `socket`. */
export async function startOldRedis(socket: string): Promise<OldRedis> {
  let reworded = 0;
  const server = createServer((client) => {
    const redis = connect(socket);
    client.pipe(redis);
    redis.on('data', (bytes) => {
      const text = bytes.toString('latin1').replace(OF_SCRIPT, (_, code, said, script, line) => {
        reworded += 1;
        return `-ERR Error running script (call to f_${script}): @user_script:${line}: @user_script: ${line}: -${code} ${said}\r\n`;
      });
      client.write(Buffer.from(text, 'latin1'));
    });
    for (const [one, other] of [
      [client, redis],
      [redis, client],
    ] as const)
      one.on('error', () => undefined).on('close', () => other.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reworded: () => reworded,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
