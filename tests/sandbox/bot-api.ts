/** A local Telegram with a clock that tests move, and short ways to call it. */
import { afterEach, beforeEach } from 'vitest';
import {
  startTelegram,
  type Answer,
  type Telegram,
  type TelegramOptions,
} from '#sandbox/telegram/telegram.ts';
import { movedClock, type MovedClock } from '#testing/clock.ts';

export const START = Date.UTC(2026, 10, 24, 9);

export interface Stage {
  telegram: Telegram;
  clock: MovedClock;
  /** The whole answer. */
  call(method: string, params?: Record<string, unknown>): Promise<Answer>;
  /** The result; throws on a refusal. */
  get<T = { message_id: number }>(method: string, params?: Record<string, unknown>): Promise<T>;
  /** `code description` of a refusal, or `ok`. */
  refusal(method: string, params?: Record<string, unknown>): Promise<string>;
  /** Kinds and payloads of all updates that wait, confirming them. */
  updates(): Promise<{ kind: string; payload: Record<string, unknown> }[]>;
}

/** A fresh stage for every test of a file. */
export function stageForEach(options: TelegramOptions = {}): Stage {
  const stage = {
    async call(method: string, params: Record<string, unknown> = {}) {
      return stage.telegram.handle(stage.telegram.token, method, params);
    },
    async get<T>(method: string, params: Record<string, unknown> = {}) {
      const answer = await stage.call(method, params);
      if (!answer.ok) throw new Error(answer.description);
      return answer.result as T;
    },
    async refusal(method: string, params: Record<string, unknown> = {}) {
      const answer = await stage.call(method, params);
      return answer.ok ? 'ok' : `${answer.error_code} ${answer.description}`;
    },
    async updates() {
      const found = await stage.get<Record<string, unknown>[]>('getUpdates', {});
      const last = found.at(-1)?.['update_id'];
      if (typeof last === 'number') await stage.get('getUpdates', { offset: last + 1 });
      return found.map((update) => {
        const kind = Object.keys(update).find((name) => name !== 'update_id') ?? '';
        return { kind, payload: update[kind] as Record<string, unknown> };
      });
    },
  } as Stage;
  beforeEach(async () => {
    stage.clock = movedClock(START);
    stage.telegram = await startTelegram({ clock: stage.clock, ...options });
  });
  afterEach(() => stage.telegram.close());
  return stage;
}
