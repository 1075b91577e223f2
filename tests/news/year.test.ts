import { describe, expect, it } from 'vitest';
import { decide, type PendingStory } from '#src/news/audience.ts';
import type { Subscriber } from '#src/news/subscriber.ts';
import { DEFAULT_SETTINGS, type Settings } from '#src/news/settings.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const [FROM, TO] = [Date.parse('2026-01-01T00:00:00Z'), Date.parse('2027-01-01T00:00:00Z')];
/** No change of the clock; an hour in spring and autumn; the same on other days; half an hour, in the southern year. */
const ZONES = ['Europe/Minsk', 'Europe/Warsaw', 'America/New_York', 'Australia/Lord_Howe'];

/** `HH:MM` on the clock of the reader. */
const shown = (at: number, timezone: string): string => formatOf(timezone).format(at);
const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

/** A small, repeatable source of chance. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A year of stories: some at once, some after hours of silence, one in twenty urgent. */
function yearOf(seed: number): PendingStory[] {
  const chance = chances(seed);
  const stories: PendingStory[] = [];
  for (let at = FROM; at < TO; at += chance() ** 3 * 6 * HOUR) {
    const seq = stories.length + 1;
    const urgent = chance() < 0.05;
    const story = {
      id: `s${seq}`,
      rubrics: [],
      urgent,
      withdrawn: false,
    } as unknown as PendingStory['story'];
    stories.push({ kind: 'story', seq, at, story, terms: '', urgent });
  }
  return stories;
}

interface Sent {
  readonly at: number;
  readonly form: string;
  readonly silent: boolean;
  readonly items: readonly PendingStory[];
}

/** The queue's part in small: a cursor, a hold, what went ahead; visits when a story comes and when a hold ends. */
function readYear(stories: readonly PendingStory[], settingsAt: (now: number) => Settings): readonly Sent[] {
  const sent: Sent[] = [];
  const ahead = new Set<number>();
  let cursor = 0;
  let held = 0;
  const visit = (now: number, head: number) => {
    for (;;) {
      const subscriber: Subscriber = {
        slot: 1,
        chat: { id: 1, kind: 'person' },
        state: 'active',
        settings: settingsAt(now),
      };
      const pending = stories.slice(cursor, head).filter(({ seq }) => !ahead.has(seq));
      const plan = decide(subscriber, pending, now, held > now ? held : 0);
      held = plan.do === 'hold' ? plan.until : 0;
      if (plan.do === 'nothing') cursor = head;
      if (plan.do !== 'send') return;
      const items = plan.items.filter((item) => item.kind === 'story');
      sent.push({ at: now, form: plan.form, silent: plan.silent, items });
      for (const { seq } of items) ahead.add(seq);
      if (!plan.more) cursor = head;
      if (plan.until !== undefined) held = plan.until;
      if (!plan.more || held > now) return;
    }
  };
  for (const [index, story] of stories.entries()) {
    while (held > 0 && held <= story.at) visit(held, index);
    // A held chat is visited before its time only for what is urgent.
    if (held === 0 || story.urgent) visit(story.at, index + 1);
  }
  while (held > 0) visit(held, stories.length);
  return sent;
}

const told = (sent: readonly Sent[]): number[] =>
  sent.flatMap(({ items }) => items.map(({ seq }) => seq)).sort((a, b) => a - b);

const isQuiet = (time: string, from: string, to: string): boolean =>
  from <= to ? time >= from && time < to : time >= from || time < to;

const settings = (patch: Partial<Settings>): Settings => ({ ...DEFAULT_SETTINGS, edition: 'be', ...patch });

describe.each(ZONES)('a year in %s', (timezone) => {
  const stories = yearOf(ZONES.indexOf(timezone) + 7);
  const each = stories.map(({ seq }) => seq);

  it('brings every story in a digest once, at the hours of the reader’s clock', () => {
    const digest = ['08:00', '20:00'];
    const sent = readYear(stories, () => settings({ timezone, digest }));
    expect(told(sent)).toEqual(each);
    const digests = sent.filter(({ form }) => form === 'digest');
    expect(digests.length).toBeGreaterThan(650);
    for (const { at } of digests) expect(digest).toContain(shown(at, timezone));
    // Never two of the same hour of one day.
    for (const [index, { at }] of digests.entries())
      expect(at - (digests[index - 1]?.at ?? 0)).toBeGreaterThan(10 * HOUR);
    for (const { at, items } of digests)
      for (const item of items) expect(at - item.at).toBeLessThanOrEqual(13 * HOUR);
  });

  it('brings nothing in quiet hours but urgent news, silently, and the rest the minute they end', () => {
    const quiet = { from: '23:00', to: '07:00' };
    const sent = readYear(stories, () => settings({ timezone, quiet }));
    expect(told(sent)).toEqual(each);
    for (const { at, items, silent, form } of sent) {
      const time = shown(at, timezone);
      if (isQuiet(time, quiet.from, quiet.to)) {
        expect(items.every(({ urgent }) => urgent) && silent).toBe(true);
      } else if (form === 'quiet' || at !== items[0]?.at) expect(time).toBe('07:00');
    }
  });

  it('keeps quiet hours and a digest that lie in the hour which the changes take and give', () => {
    const quiet = { from: '01:30', to: '04:00' };
    const sent = readYear(stories, () =>
      settings({ timezone, digest: ['02:30', '12:00'], quiet, urgent: 'hold' }),
    );
    expect(told(sent)).toEqual(each);
    for (const { at, items } of sent) {
      const time = shown(at, timezone);
      expect(isQuiet(time, quiet.from, quiet.to)).toBe(false);
      if (items.every(({ urgent }) => !urgent)) expect(['04:00', '12:00']).toContain(time);
    }
  });

  it('of a digest in that hour comes every day, at the jump on the day that skips it', () => {
    const sent = readYear(
      stories.map((story) => ({ ...story, urgent: false })),
      () => settings({ timezone, digest: ['02:15'] }),
    );
    expect(told(sent)).toEqual(each);
    const late = sent.filter(({ at }) => shown(at, timezone) !== '02:15');
    // One spring day skips the hour; where the change skips only half of it, it skips this minute as well.
    expect(late.length).toBe(timezone === 'Europe/Minsk' ? 0 : 1);
    for (const [index, { at }] of sent.entries())
      if (index > 0) expect(at - (sent[index - 1]?.at ?? 0)).toBeGreaterThan(20 * HOUR);
  });

  it('loses and repeats nothing while the reader changes their mind every few days', () => {
    const moods: Partial<Settings>[] = [
      { digest: ['08:00'] },
      { digest: ['21:30', '06:45'], quiet: { from: '22:00', to: '08:15' } },
      {},
      { quiet: { from: '00:00', to: '06:00' }, urgent: 'hold' },
      { digest: ['13:00'], sound: 'never' },
    ];
    const moodAt = (now: number) =>
      settings({ timezone, ...moods[Math.floor(now / (61 * HOUR)) % moods.length] });
    const sent = readYear(stories, moodAt);
    expect(told(sent)).toEqual(each);
    for (const { at, items, silent } of sent) {
      const { quiet } = moodAt(at);
      if (quiet && isQuiet(shown(at, timezone), quiet.from, quiet.to))
        expect(items.every(({ urgent }) => urgent) && silent).toBe(true);
    }
  });
});
