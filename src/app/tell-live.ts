/** Words for whoever has just started the bot: that it is live, what it sees, and how to become its operator. */
import { sourceCondition } from '../conditions.ts';
import type { Desk } from '../desk/desk.ts';
import { editionHealth } from '../desk/intake/health.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import { MINUTE, SECOND } from '../time.ts';

/** After this what is not there yet is said. */
const PATIENCE_MS = MINUTE;

/** Told once everything was seen to hold, or after a minute what does not. `codeNow`: the operator's code, where it would come here. */
export async function tellLive(
  desk: Desk,
  codeNow: () => string | undefined,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<void> {
  const until = desk.clock.ticks() + PATIENCE_MS;
  const { conditions } = desk.status;
  while (!stop.aborted && conditions.waiting().length > 0 && desk.clock.ticks() < until)
    await desk.clock.sleep(SECOND / 4, stop);
  const name = desk.telegram.username;
  if (stop.aborted || name === undefined) return;
  const waiting = conditions.waiting();
  const sources = await Promise.all(EDITIONS.map((edition) => seenIn(desk, edition)));
  const state = waiting.length === 0 ? 'is live' : `runs, and waits for ${waiting.join(', ')}`;
  say(`@${name} ${state}: https://t.me/${name} · ${sources.join(' · ')} · write /start to it`);
  const code = codeNow();
  if (code !== undefined && desk.policy.adminIds.length === 0)
    say(`Nobody is its operator yet. Whoever opens this first is: https://t.me/${name}?start=op_${code}`);
}

async function seenIn(desk: Desk, edition: Edition): Promise<string> {
  const health = await editionHealth(desk, edition).catch(() => undefined);
  if (!health) return `${edition} ${desk.policy.off?.includes(edition) ? 'off' : 'not read yet'}`;
  const isFailing = desk.status.conditions.failing().some(({ name }) => name === sourceCondition(edition));
  return isFailing || health.failures > 0
    ? `${edition} cannot be read`
    : `${edition} ${health.items} stories listed`;
}
