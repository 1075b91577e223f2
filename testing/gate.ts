/** A gate before a server on loopback: while it is shut nobody can connect, and whoever was connected is cut off. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Gate {
  readonly url: string;
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** Opens a gate before `behind`, an address. */
export async function openGate(behind: string): Promise<Gate> {
  const { port: onwardPort, hostname } = new URL(behind);
  const guests = new Set<Socket>();
  const server = createServer((guest) => {
    const onward = connect(Number(onwardPort), hostname);
    for (const one of [guest, onward]) one.on('error', () => undefined);
    guest.on('close', () => onward.destroy());
    onward.on('close', () => guest.destroy());
    guests.add(guest.once('close', () => guests.delete(guest)));
    guest.pipe(onward).pipe(guest);
  });
  const listen = async (port: number): Promise<number> => {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    async shut() {
      const closed = once(server, 'close');
      server.close();
      for (const guest of guests) guest.destroy();
      await closed;
    },
    async open() {
      await listen(port);
    },
  };
}
