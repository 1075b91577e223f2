/** Troubles on order: what the network, Telegram's proxies and its backend do on a bad day. */

/**
 * - `reset-before`: the connection breaks and nothing was done; `reset-after`: it was done, the answer is lost; `late`: it is
 *   done `LATE_MS` later
 * - `server-error`: 500 as JSON, nothing done; `bad-gateway`: 502 as HTML, nothing done; `forbidden`: 403 as HTML, by
 *   somebody on the way, nothing done
 * - `gateway-timeout`: 504 as HTML, and it was done
 * - `hang`: no answer ever, nothing done; `hang-after`: it was done
 * - `malformed`: done, and the answer is cut JSON
 * - `too-many`: 429 with `retryAfter` seconds; `refuse`: `code` and `description` as given
 */
export const FAULT_KINDS = [
  'reset-before',
  'reset-after',
  'late',
  'server-error',
  'bad-gateway',
  'forbidden',
  'gateway-timeout',
  'hang',
  'hang-after',
  'malformed',
  'too-many',
  'refuse',
] as const;

/** For so long after the connection broke a `late` call is still on its way, ms. */
export const LATE_MS = 3000;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultRule {
  readonly kind: FaultKind;
  /** Method it strikes, in any case; absent: every one but getUpdates. */
  readonly method?: string;
  /** Only calls for this chat. */
  readonly chatId?: number;
  /** Chance per call, 0-1. Default 1. */
  readonly probability?: number;
  /** Strikes this many times, then is gone. Default: for ever. */
  readonly times?: number;
  /** Calls that it lets pass first. Default 0. */
  readonly after?: number;
  /** Seconds, for `too-many`. Default 5. */
  readonly retryAfter?: number;
  /** For `refuse`. Defaults 400 and `Bad Request: sandbox fault`. */
  readonly code?: number;
  readonly description?: string;
  /** More of the answer, such as `migrate_to_chat_id`, for `refuse`. */
  readonly parameters?: Readonly<Record<string, number>>;
}

export interface Faults {
  /** Adds a rule; the result takes it away again. Rules are tried in the order in which they came. */
  add(rule: FaultRule): () => void;
  /** One entry a call of the method, in order; undefined lets the call pass. */
  script(method: string, kinds: readonly (FaultKind | undefined)[]): void;
  clear(): void;
  /** Whether a rule of this kind has still to strike. */
  isPending(kind: FaultKind): boolean;
  /** The trouble for this call, if any. `method` in lower case. */
  strike(method: string, chatId: number | undefined): FaultRule | undefined;
}

/** `random` in [0, 1); with a seeded one a run repeats itself exactly. */
export function faultBook(random: () => number): Faults {
  let rules: { readonly rule: FaultRule; left: number; pass: number }[] = [];
  const scripts = new Map<string, (FaultKind | undefined)[]>();
  const fits = (rule: FaultRule, method: string, chatId: number | undefined) =>
    (rule.method === undefined ? method !== 'getupdates' : rule.method.toLowerCase() === method) &&
    (rule.chatId === undefined || rule.chatId === chatId);
  return {
    add(rule) {
      const entry = { rule, left: rule.times ?? Infinity, pass: rule.after ?? 0 };
      rules.push(entry);
      return () => {
        rules = rules.filter((other) => other !== entry);
      };
    },
    script(method, kinds) {
      scripts.set(method.toLowerCase(), [...kinds]);
    },
    isPending: (kind) => rules.some(({ rule }) => rule.kind === kind),
    clear() {
      rules = [];
      scripts.clear();
    },
    strike(method, chatId) {
      const scripted = scripts.size > 0 ? scripts.get(method)?.shift() : undefined;
      if (scripted !== undefined) return { kind: scripted };
      for (const entry of rules) {
        if (!fits(entry.rule, method, chatId)) continue;
        if (entry.pass > 0) {
          entry.pass--;
          continue;
        }
        if (entry.rule.probability !== undefined && random() >= entry.rule.probability) continue;
        if (--entry.left <= 0) rules = rules.filter((other) => other !== entry);
        return entry.rule;
      }
      return undefined;
    },
  };
}
