import { describe, expect, it } from 'vitest';
import { ALLOWED_UPDATES } from '#src/bot/inbox.ts';
import { createStatus, LEAST_CHATS, shownCount } from '#src/status.ts';

describe('the metrics', () => {
  it('count what happened', async () => {
    const status = createStatus();
    status.sends.inc({ outcome: 'done' });
    status.sends.inc({ outcome: 'done' });
    status.polls.inc({ edition: 'be', outcome: 'quiet' });
    status.setQueue('be', { chats: 45, behind: 7 });
    const page = await status.page();
    expect(page).toContain('pozirk_sends_total{outcome="done"} 20');
    expect(page).toContain('pozirk_polls_total{edition="be",outcome="quiet"} 1');
    expect(page).toContain('pozirk_behind{edition="be"} 20');
  });

  it('that count stand there before the first event, so that a rise from nothing is seen', async () => {
    const page = await createStatus().page();
    const counters = [...page.matchAll(/^# TYPE (pozirk_\w+) counter$/gm)].map(([, name = '']) => name);
    expect(counters.length).toBeGreaterThan(12);
    for (const name of counters) expect(page).toMatch(new RegExp(`^${name}(\\{.*\\})? 0$`, 'm'));
    expect(page).toContain('pozirk_polls_total{edition="en",outcome="failed"} 0');
    for (const kind of ALLOWED_UPDATES) expect(page).toContain(`pozirk_updates_total{kind="${kind}"} 0`);
    expect(page).toMatch(/pozirk_build_info\{version="\d+\.\d+\.\d+"\} 1/);
  });

  it('of two bots in one process do not mix', async () => {
    const [one, other] = [createStatus(), createStatus()];
    for (const status of [one, other]) status.setQueue('be', { chats: 45, behind: 0 });
    one.repeats.inc();
    expect(await one.page()).toContain('pozirk_repeats_total 20');
    expect(await other.page()).toContain('pozirk_repeats_total 0');
  });

  it('do not tell how many chats there are where each could be told apart', async () => {
    const status = createStatus();
    status.setQueue('be', { chats: LEAST_CHATS - 1, behind: 0 });
    expect(await status.page()).not.toContain('pozirk_chats{');
    status.setQueue('be', { chats: 59, behind: 0 });
    expect(await status.page()).toContain('pozirk_chats{edition="be"} 40');
    status.setQueue('be', { chats: 3, behind: 0 });
    expect(await status.page()).not.toContain('pozirk_chats{');
    expect(await status.page()).toContain('pozirk_behind{edition="be"} 0');
  });

  it('count no messages to the unit, and none at all where readers could be told apart', async () => {
    const status = createStatus();
    const tell = (count: number) => {
      for (let sent = 0; sent < count; sent += 1) {
        status.sends.inc({ outcome: 'done' });
        status.sendSeconds.observe(0.04);
      }
    };
    status.setQueue('be', { chats: 7, behind: 0 });
    tell(6);
    status.flight.set(6);
    const few = await status.page();
    expect(few).toContain('pozirk_sends_total{outcome="done"} 0');
    expect(few).toContain('pozirk_send_seconds_count 0');
    expect(few).toContain('pozirk_in_flight 0');
    // Node's own: a socket for each call.
    expect(few).not.toContain('nodejs_active_');
    expect(few).toContain('pozirk_send_seconds_bucket{le="0.05"} 0');
    status.setQueue('be', { chats: 27, behind: 0 });
    tell(26);
    const more = await status.page();
    expect(more).toContain('pozirk_sends_total{outcome="done"} 40');
    expect(more).toContain('pozirk_send_seconds_count 40');
    expect(more).toContain('pozirk_in_flight 20');
  });

  it('refuse a label that is not in the table', () => {
    const status = createStatus();
    expect(() => status.sends.inc({ chat: '1' } as never)).toThrow();
  });
});

describe('a number of chats', () => {
  it.each([
    [0, undefined],
    [19, undefined],
    [20, 20],
    [39, 20],
    [1_234_567, 1_234_560],
  ])('of %d is shown as %s', (count, shown) => expect(shownCount(count)).toBe(shown));
});
