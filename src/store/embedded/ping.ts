import { createConnection } from 'node:net';

/** `loading`: it listens but cannot answer yet. `absent`: nobody listens. */
export type ServerState = 'ready' | 'loading' | 'absent';

/** As whose disk is full it answers even this with what it cannot do, and serves whoever reads. */
const ANSWERS = /^(\+PONG|-MISCONF)/;

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
    socket.once('data', (answer) => done(ANSWERS.test(answer.toString()) ? 'ready' : 'loading'));
    socket.once('end', () => done('absent'));
  });
}
