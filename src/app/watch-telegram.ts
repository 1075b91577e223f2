/** Whether Telegram is there, by what its answers say; where there are none for a while it is asked. */
import type { Desk } from '../desk/desk.ts';
import { WRONG_CLOCK_MS } from '../telegram/contact.ts';
import { SECOND } from '../time.ts';

/** Failures that go on for this long are an outage; a shorter one passes unnoticed. */
const AWAY_MS = 10 * SECOND;
/** Where nothing was heard for this long, or something has failed and nothing gone well since, Telegram is asked who we are. */
const SILENT_MS = 20 * SECOND;
const UNSURE_MS = 3 * SECOND;

/** Runs in every process until `stop` aborts. */
export async function watchTelegram(desk: Desk, stop: AbortSignal): Promise<void> {
  const { telegram, clock } = desk;
  let asking = false;
  while (!stop.aborted) {
    tellContact(desk);
    tellClock(desk);
    const { silentMs, failing } = telegram.contact;
    if ((silentMs > SILENT_MS || (failing?.forMs ?? 0) > UNSURE_MS) && !asking) {
      asking = true;
      void telegram.call('getMe', {}, undefined, stop).finally(() => (asking = false));
    }
    await clock.sleep(SECOND, stop);
  }
}

function tellContact({ telegram, status: { conditions } }: Desk): void {
  const { failing, silentMs } = telegram.contact;
  if (failing && failing.forMs >= AWAY_MS) {
    const why = silenceOfTelegram(failing.why);
    conditions.fails('telegram', `${why}; nothing is lost, the news goes out when it is back`);
  } else if (!failing && Number.isFinite(silentMs)) conditions.holds('telegram');
}

/** @param why a word of the network, or the answer of somebody on the way */
export const silenceOfTelegram = (why = 'no answer in time'): string =>
  `Telegram does not answer (${why}): the network, PROXY_URL or TELEGRAM_API_ROOT`;

function tellClock(desk: Desk): void {
  if (desk.telegram.contact.aheadMs !== undefined) desk.status.conditions.set('clock', clockFault(desk));
}

/** By how much this machine's clock is wrong, and what to do; undefined: it is right, or Telegram has told no time. */
export function clockFault({ telegram }: Desk): string | undefined {
  const { aheadMs } = telegram.contact;
  if (aheadMs === undefined || Math.abs(aheadMs) <= WRONG_CLOCK_MS) return undefined;
  const seconds = Math.round(Math.abs(aheadMs) / SECOND);
  const way = aheadMs > 0 ? 'ahead of' : 'behind';
  return `the clock of this machine is ${seconds} s ${way} Telegram's: set it, best by a time service (timedatectl set-ntp true)`;
}
