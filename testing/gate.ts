/** Gates before servers on loopback: while one is shut nobody can connect, and whoever was connected is cut off. */
import { once } from 'node:events';
import { createServer as createWebServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Gate {
  readonly url: string;
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** Opens a gate before `behind`, an address. */
export async function openGate(behind: string): Promise<Gate> {
  const { port: onwardPort, hostname } = new URL(behind);
  const server = createServer((guest) => {
    const onward = connect(Number(onwardPort), hostname);
    for (const one of [guest, onward]) one.on('error', () => undefined);
    guest.on('close', () => onward.destroy());
    onward.on('close', () => guest.destroy());
    guest.pipe(onward).pipe(guest);
  });
  return gateOf(server);
}

/** A process that does not answer within this is as good as none, ms. */
const PATIENCE_MS = 2000;

/** Opens a gate that leads each update to one of these addresses: what one does not take goes to the next. */
export async function openWebhookGate(behind: () => readonly string[]): Promise<Gate> {
  const lead = async (request: IncomingMessage): Promise<number> => {
    const body = await text(request);
    const secret = String(request.headers['x-telegram-bot-api-secret-token']);
    for (const address of behind()) {
      const answer = await fetch(`${address}${request.url}`, {
        method: 'POST',
        headers: { 'x-telegram-bot-api-secret-token': secret },
        body,
        signal: AbortSignal.timeout(PATIENCE_MS),
      }).catch(() => undefined);
      if (answer && answer.status !== 503) return answer.status;
    }
    return 503;
  };
  const server = createWebServer((request, response) => {
    lead(request).then(
      (status) => response.writeHead(status).end(),
      () => response.destroy(),
    );
  });
  return gateOf(server);
}

async function gateOf(server: Server): Promise<Gate> {
  const guests = new Set<Socket>();
  server.on('connection', (guest: Socket) => {
    guests.add(guest.once('close', () => guests.delete(guest)));
  });
  const listen = async (port: number): Promise<number> => {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    async shut() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const guest of guests) guest.destroy();
      await closed;
    },
    async open() {
      if (!server.listening) await listen(port);
    },
  };
}
