import { createConnection } from 'node:net';

/** `loading`: it listens but cannot answer yet. `absent`: nobody listens. */
export type ServerState = 'ready' | 'loading' | 'absent';

/** Asks the Redis at a Unix socket how it is, waiting at most a second. */
export function ping(path: string): Promise<ServerState> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const done = (state: ServerState) => {
      socket.destroy();
      resolve(state);
    };
    socket.setTimeout(1000, () => done('loading'));
    socket.once('error', () => done('absent'));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => done(answer.toString().startsWith('+PONG') ? 'ready' : 'loading'));
    socket.once('end', () => done('absent'));
  });
}
