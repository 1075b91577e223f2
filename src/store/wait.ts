/** Telegram's last "wait", kept over a restart: ignoring it makes it longer. */
import { botKeys } from './keys.ts';
import type { Store } from './redis.ts';

/** @param until moment before which nothing may be sent, ms. */
export async function rememberWait(store: Store, until: number, now: number): Promise<void> {
  const left = Math.ceil(until - now);
  if (left > 0) await store.redis.set(botKeys(store.botId).flood, String(Math.ceil(until)), 'PX', left);
}

/** The moment until which an earlier process was told to wait, ms; 0: there is none. */
export async function rememberedWait(store: Store): Promise<number> {
  return Number((await store.redis.get(botKeys(store.botId).flood)) ?? 0);
}
