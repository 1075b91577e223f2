/** Alarms that last, so that each is told once whatever process looks. Nothing in them is about a chat. */
import type { Shelf } from './shelf.ts';
import { stampedText, withStamp } from './stamps.ts';

export interface ActiveAlarm {
  readonly words: string;
  /** When operators were told last, ms since the epoch. */
  readonly toldAt: number;
}

/** By kind, what lasts in one scope: a watch, or the watch of an edition. */
export async function readAlarms(shelf: Shelf, scope: string): Promise<Map<string, ActiveAlarm>> {
  const key = shelf.store.keys.alarms(scope);
  const fields = Object.entries(await shelf.store.redis.hgetall(key));
  return new Map(
    fields.flatMap(([kind, value]) => {
      const json = stampedText(shelf, `${key}:${kind}`, value);
      return json === undefined ? [] : [[kind, JSON.parse(json) as ActiveAlarm]];
    }),
  );
}

/** Adds what another process does not know of. */
export async function addAlarms(
  shelf: Shelf,
  scope: string,
  told: ReadonlyMap<string, ActiveAlarm>,
): Promise<void> {
  const key = shelf.store.keys.alarms(scope);
  const known = await readAlarms(shelf, scope);
  for (const [kind, alarm] of told)
    if (!known.has(kind))
      await shelf.store.redis.hset(key, kind, withStamp(shelf, `${key}:${kind}`, JSON.stringify(alarm)));
}

/** Puts what lasts now in place of what lasted before. */
export async function saveAlarms(
  shelf: Shelf,
  scope: string,
  lasting: ReadonlyMap<string, ActiveAlarm>,
): Promise<void> {
  const { store } = shelf;
  const key = store.keys.alarms(scope);
  const step = store.redis.multi().del(key);
  for (const [kind, alarm] of lasting)
    step.hset(key, kind, withStamp(shelf, `${key}:${kind}`, JSON.stringify(alarm)));
  await step.exec();
}
