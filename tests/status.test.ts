import { describe, expect, it } from 'vitest';
import { createReadiness, createStatus, LEAST_CHATS, shownCount } from '#src/status.ts';

describe('the metrics', () => {
  it('count what happened', async () => {
    const status = createStatus();
    status.sends.inc({ outcome: 'sent' });
    status.sends.inc({ outcome: 'sent' });
    status.polls.inc({ edition: 'be', outcome: 'unchanged' });
    status.behind.set({ edition: 'be' }, 7);
    const page = await status.page();
    expect(page).toContain('pozirk_sends_total{outcome="sent"} 2');
    expect(page).toContain('pozirk_polls_total{edition="be",outcome="unchanged"} 1');
    expect(page).toContain('pozirk_behind{edition="be"} 7');
  });

  it('of two bots in one process do not mix', async () => {
    const [one, other] = [createStatus(), createStatus()];
    one.repeats.inc();
    expect(await one.page()).toContain('pozirk_repeats_total 1');
    expect(await other.page()).toContain('pozirk_repeats_total 0');
  });

  it('do not tell how many chats there are where each could be told apart', async () => {
    const status = createStatus();
    status.setChats('be', LEAST_CHATS - 1);
    expect(await status.page()).not.toContain('pozirk_chats{');
    status.setChats('be', 59);
    expect(await status.page()).toContain('pozirk_chats{edition="be"} 40');
    status.setChats('be', 3);
    expect(await status.page()).not.toContain('pozirk_chats{');
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

describe('readiness', () => {
  it('waits for every condition, named or added later', () => {
    const readiness = createReadiness(['redis', 'telegram']);
    expect(readiness.waiting()).toEqual(['redis', 'telegram']);
    readiness.set('telegram', true);
    readiness.set('poll be', false);
    expect(readiness.waiting()).toEqual(['redis', 'poll be']);
    readiness.set('redis', true);
    readiness.set('poll be', true);
    expect(readiness.waiting()).toEqual([]);
    readiness.set('redis', false);
    expect(readiness.waiting()).toEqual(['redis']);
  });
});
