import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { movingClock } from '#sandbox/moving-clock.ts';
import { type Newsroom, startNewsroom } from '#sandbox/newsroom/newsroom.ts';
import { pageActs } from '#sandbox/page/acts.ts';
import { NO_MACHINE } from '#sandbox/page/no-machine.ts';
import type { Act } from '#sandbox/page/server.ts';
import { setStage, type Stage } from '#sandbox/page/stage.ts';
import { startTelegram, type Telegram } from '#sandbox/telegram/telegram.ts';

const HOUR = 3_600_000;

let telegram: Telegram;
let newsroom: Newsroom;
let stage: Stage;
let acts: Readonly<Record<string, Act>>;

beforeEach(async () => {
  const clock = movingClock(47 * HOUR);
  telegram = await startTelegram({ clock });
  newsroom = await startNewsroom({ clock });
  stage = setStage({ telegram, newsroom, clock, machine: NO_MACHINE }, clock.now());
  acts = pageActs(stage, async () => undefined);
});

afterEach(() => Promise.all([telegram.close(), newsroom.close()]));

describe('the first minute', () => {
  it('has moved the time by two days only when two days have passed', async () => {
    await acts['forward']?.({ ms: HOUR / 2 });
    expect(stage.steps).not.toContain('clock');
    await acts['forward']?.({ ms: HOUR / 2 });
    expect(stage.steps).toContain('clock');
  });

  it('has read a story whole by the button that opens it, not by any other', async () => {
    const { be } = stage.people;
    be.start();
    for (const [data, isRead] of [
      ['1:set:style:full', false],
      ['read:a1:0', true],
    ] as const) {
      const markup = { inline_keyboard: [[{ text: 'x', callback_data: data }]] };
      await telegram.handle(telegram.token, 'sendMessage', {
        chat_id: be.id,
        text: 'x',
        reply_markup: markup,
      });
      const pressed = acts['press']?.({ chat: 'be', message: be.messages().at(-1)?.id, data });
      const press = telegram.pendingUpdates().at(-1)?.['callback_query'] as { id: string };
      await telegram.handle(telegram.token, 'answerCallbackQuery', { callback_query_id: press.id });
      await pressed;
      expect(stage.steps.has('read')).toBe(isRead);
    }
  });
});
