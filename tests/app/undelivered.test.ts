import { describe, expect, it } from 'vitest';
import { undelivered } from '#src/app/watch-updates.ts';
import { SECOND } from '#src/time.ts';
import { NOON } from '#testing/desk.ts';

const failed = (said: string) => ({
  pending_update_count: 1,
  last_error_date: NOON / SECOND,
  last_error_message: `Wrong response from the webhook: ${said}`,
});

describe('what Telegram says that it could not bring', () => {
  it.each([
    ['is no trouble moments after it brought something', '502 Bad Gateway', 1, false],
    ['is trouble where it has brought nothing for a while', '502 Bad Gateway', 30, true],
    ['may have come to a process that stands by', '503 Service Unavailable', 30, false],
    ['is trouble where it comes to none for a minute', '503 Service Unavailable', 90, true],
  ])('%s', (_, said, seconds, isTrouble) => {
    const why = undelivered(failed(said), NOON - seconds * SECOND);
    expect(why).toEqual(isTrouble ? expect.stringContaining(said) : undefined);
  });
});
