/** The sandbox's page as a program uses it: its state by server-sent events, and what people do. */
interface PageChat {
  readonly messages: readonly { readonly id: number; readonly text: string }[];
  readonly commands: readonly unknown[];
}

export interface PageState {
  readonly machine: { readonly isOpen: boolean; readonly incidents: readonly { readonly what: string }[] };
  readonly crowd: {
    readonly size: number;
    readonly lost: number;
    readonly twice: number;
    readonly waiting: number;
    readonly stories: readonly { readonly sent: number }[];
  };
  readonly [chat: `chat:${string}`]: PageChat;
}

export interface WatchedPage {
  state(): PageState;
  act(name: string, body: object): Promise<unknown>;
  /** Waits until it holds; `what` is said where it does not within `withinMs`. */
  until(what: string, holds: (state: PageState) => boolean, withinMs?: number): Promise<void>;
  close(): void;
}

export async function watchPage(address: string): Promise<WatchedPage> {
  const listening = new AbortController();
  const state: Record<string, unknown> = {};
  const response = await fetch(`${address}/events`, { signal: listening.signal });
  const known = () => state as unknown as PageState;
  void listen(response, state).catch(() => undefined);
  return {
    state: known,
    async act(name, body) {
      const answer = await fetch(`${address}/act/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const said: unknown = await answer.json();
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(said)}`);
      return said;
    },
    async until(what, holds, withinMs = 30_000) {
      const end = performance.now() + withinMs;
      while (!('machine' in state) || !holds(known())) {
        if (performance.now() > end) throw new Error(`never: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    close: () => listening.abort(),
  };
}

async function listen(response: Response, state: Record<string, unknown>): Promise<void> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString('utf8');
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data) Object.assign(state, JSON.parse(data));
    }
  }
}
