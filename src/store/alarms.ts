/** Alarms that last, so that each is told once whatever process looks. Nothing in them is about a chat. */
import { botKeys } from './keys.ts';
import type { Store } from './redis.ts';

export interface ActiveAlarm {
  readonly words: string;
  /** When operators were told last, ms since the epoch. */
  readonly toldAt: number;
}

/** By kind, what lasts in one scope: a watch, or the watch of an edition. */
export async function readAlarms(store: Store, scope: string): Promise<Map<string, ActiveAlarm>> {
  const fields = await store.redis.hgetall(botKeys(store.botId).alarms(scope));
  return new Map(Object.entries(fields).map(([kind, json]) => [kind, JSON.parse(json) as ActiveAlarm]));
}

/** Puts what lasts now in place of what lasted before. */
export async function saveAlarms(
  store: Store,
  scope: string,
  lasting: ReadonlyMap<string, ActiveAlarm>,
): Promise<void> {
  const key = botKeys(store.botId).alarms(scope);
  const step = store.redis.multi().del(key);
  for (const [kind, alarm] of lasting) step.hset(key, kind, JSON.stringify(alarm));
  await step.exec();
}
