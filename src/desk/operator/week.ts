/** The last seven days in numbers: stories, and how often they were sent. */
import { EDITIONS } from '../../news/edition.ts';
import { dayIn } from '../../news/zone.ts';
import { shownCount } from '../../status.ts';
import { idsBetween } from '../../store/stories.ts';
import { DAY } from '../../time.ts';
import { storyTime } from '../../news/story.ts';
import type { Desk } from '../desk.ts';
import { storiesOf } from '../stories.ts';
import { readTrace } from '../trace.ts';

export interface DayOfNews {
  /** `2026-08-22`, by the clock of the time zone that was asked for. */
  readonly day: string;
  /** Of all editions together. */
  readonly stories: number;
  /** How often they were sent to chats, as `/why` tells it of each: rounded down to 20 a story, so that it tells no more. */
  readonly sent: number;
}

const DAYS = 7;

/** The last seven days, today last. */
export async function week(desk: Desk, timezone: string): Promise<DayOfNews[]> {
  const now = desk.clock.now();
  const days = new Map(
    Array.from({ length: DAYS }, (_, index) => [
      dayIn(timezone, now - (DAYS - 1 - index) * DAY),
      { stories: 0, sent: 0 },
    ]),
  );
  const ids = await Promise.all(
    EDITIONS.map((edition) => idsBetween(desk.store, edition, now - DAYS * DAY, now)),
  );
  for (const story of await storiesOf(desk, ids.flat())) {
    const day = days.get(dayIn(timezone, storyTime(story)));
    if (!day) continue;
    const { sent = 0 } = await readTrace(desk.store, story.id);
    day.stories += 1;
    day.sent += shownCount(sent) ?? 0;
  }
  return [...days].map(([day, numbers]) => ({ day, ...numbers }));
}
