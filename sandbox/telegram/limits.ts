/**
 * Flood control. Telegram does not publish its figures; these are the documented ones, each of which can be changed or
 * switched off. A call over a limit waits inside when the wait is short and `hiddenWaitMs` allows it, as with the real
 * server, and is refused with a 429 otherwise.
 */

export interface LimitSettings {
  /** Messages and edits to all chats together in one `windowMs`; undefined: no limit. */
  readonly global?: number | undefined;
  /** Window of `global`, ms. Default 1000. */
  readonly windowMs?: number;
  /** Least mean distance between messages to one person, ms; undefined: no limit. The documented figure is 1000. */
  readonly personMs?: number | undefined;
  /** Messages to one person that may run ahead of that distance. Default 3. */
  readonly personBurst?: number;
  /** Messages a minute to one group or channel; undefined: no limit. The documented figure is 20. */
  readonly groupPerMinute?: number | undefined;
  /** Edits a minute in one group or channel; undefined: no limit. The observed figure is 20. */
  readonly groupEditsPerMinute?: number | undefined;
  /** Waits up to this long are served late instead of refused, ms. Default 0; the real server hides up to 8000. */
  readonly hiddenWaitMs?: number;
  /** Least `retry_after` of a 429, seconds. Default 1. */
  readonly retryAfter?: number;
  /** Messages a second with which a bot that pays passes `global`. Default 1000, as documented. */
  readonly paid?: number;
  /** Seconds by which every call made during a wait lengthens it. Default 0. */
  readonly lengthenBy?: number;
}

/** All the documented figures, as `limits: true` switches them on. */
export const DOCUMENTED_LIMITS: LimitSettings = {
  global: 30,
  personMs: 1000,
  groupPerMinute: 20,
  groupEditsPerMinute: 20,
};

/** Verdict of flood control on a call: go after `waitMs`, or come back in `retryAfter` seconds. */
export type Verdict =
  /** `charged`: it goes because it is paid for. */
  | { readonly go: true; readonly waitMs: number; readonly charged: boolean }
  | { readonly go: false; readonly retryAfter: number };

export interface FloodCall {
  readonly botId: number;
  readonly chatId: number;
  readonly isPerson: boolean;
  readonly isEdit: boolean;
  /** It may be paid for where it is too much for all. */
  readonly isPaid: boolean;
}

export interface Limits {
  /** Replaces the settings; what is spent so far is forgotten. */
  set(settings: LimitSettings): void;
  get(): LimitSettings;
  ask(call: FloodCall): Verdict;
}

/** When the last `size` calls went, oldest at `at`: the next may go a window after the oldest. */
interface Ring {
  readonly times: Float64Array;
  at: number;
  blockedUntil: number;
}

const ring = (size: number): Ring => ({
  times: new Float64Array(size).fill(-Infinity),
  at: 0,
  blockedUntil: 0,
});
const MINUTE = 60_000;

/** `now` gives milliseconds since the epoch. */
export function floodLimits(now: () => number, initial: LimitSettings = {}): Limits {
  let settings = initial;
  let rings = new Map<string, Ring>();
  /** Theoretical arrival of the next message to a person. */
  let arrivals = new Map<string, number>();

  const ringOf = (key: string, size: number) => {
    let found = rings.get(key);
    if (!found) rings.set(key, (found = ring(size)));
    return found;
  };

  /** The ring of all messages, and whether this one passes it for money: a paid one takes a free turn where there is one. */
  const ringOfAll = ({ botId, isPaid }: FloodCall, at: number): { ring: Ring; charged: boolean } => {
    const { global = 0, windowMs = 1000, paid = 1000 } = settings;
    const free = ringOf(`g${botId}`, Math.max(1, global));
    const charged = isPaid && Math.max((free.times[free.at] ?? -Infinity) + windowMs, free.blockedUntil) > at;
    return { ring: charged ? ringOf(`p${botId}`, paid) : free, charged };
  };

  /** Rings that this call spends from, with their windows. */
  const ringsFor = ({ botId, chatId, isPerson, isEdit }: FloodCall, ofAll: Ring | undefined) => {
    const found: { ring: Ring; window: number }[] = [];
    if (ofAll) found.push({ ring: ofAll, window: settings.windowMs ?? 1000 });
    const perMinute = isEdit ? settings.groupEditsPerMinute : settings.groupPerMinute;
    if (!isPerson && perMinute !== undefined)
      found.push({
        ring: ringOf(`${isEdit ? 'e' : 'm'}${botId}:${chatId}`, Math.max(1, perMinute)),
        window: MINUTE,
      });
    return found;
  };

  return {
    set(next) {
      settings = next;
      rings = new Map();
      arrivals = new Map();
    },
    get: () => settings,
    ask(call) {
      const at = now();
      const ofAll = settings.global === undefined ? undefined : ringOfAll(call, at);
      const spent = ringsFor(call, ofAll?.ring);
      let free = at;
      let narrowest: Ring | undefined;
      for (const { ring: one, window } of spent) {
        const next = Math.max((one.times[one.at] ?? -Infinity) + window, one.blockedUntil);
        if (next > free) {
          free = next;
          narrowest = one;
        }
      }
      const { personMs, personBurst = 3, hiddenWaitMs = 0 } = settings;
      const key = `${call.botId}:${call.chatId}`;
      const paced = call.isPerson && !call.isEdit && personMs !== undefined;
      const arrival = paced ? Math.max(arrivals.get(key) ?? 0, at) : 0;
      if (paced) free = Math.max(free, arrival - personBurst * personMs);
      const wait = free - at;
      if (wait > hiddenWaitMs) {
        const retryAfter = Math.max(settings.retryAfter ?? 1, Math.ceil(wait / 1000));
        const { lengthenBy = 0 } = settings;
        if (narrowest && lengthenBy > 0) narrowest.blockedUntil = free + lengthenBy * 1000;
        return { go: false, retryAfter };
      }
      for (const { ring: one } of spent) {
        one.times[one.at] = free;
        one.at = (one.at + 1) % one.times.length;
      }
      if (paced) arrivals.set(key, Math.max(arrival, free) + personMs);
      return { go: true, waitMs: Math.max(0, wait), charged: ofAll?.charged ?? false };
    },
  };
}
