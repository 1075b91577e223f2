import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { MINUTE, SECOND } from '#src/time.ts';
import { pass, publish, subscribeAll, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

/** A slow mode that a stranger's groups have, seconds. */
const SLOW_S = 60;

let stage: Stage;
let groups: ReturnType<Stage['telegram']['supergroup']>[];
let readers: number[];

beforeEach(async () => {
  stage = await openStage({ rate: 25 });
  const { desk, telegram } = stage;
  readers = telegram.people(20);
  await subscribeAll(desk, readers, 'en');
  groups = [telegram.supergroup(), telegram.supergroup()];
  for (const group of groups) {
    group.addBot(undefined);
    group.setSlowMode(SLOW_S);
    await subscribe(desk, { id: group.id, kind: 'group' }, 'en');
  }
  await stage.deliver();
});
afterEach(() => stage.close());

const sentTo = (id: number) => stage.telegram.deliveries().filter(({ chatId }) => chatId === id);

describe('groups with a slow mode', () => {
  it('make nobody else wait, and get everything at their own pace', async () => {
    const { desk, clock, telegram } = stage;
    const headlines = Array.from({ length: 8 }, (_, index) => `Story number ${index}.`);
    for (const headline of headlines) {
      const began = clock.now();
      await publish(desk, 'en', { headline });
      await until(clock, () =>
        readers.every((id) => sentTo(id).some(({ message }) => message.wire.text?.includes(headline))),
      );
      expect(clock.now() - began).toBeLessThan(5 * SECOND);
      await pass(clock, 20 * SECOND);
    }
    await pass(clock, 4 * MINUTE);
    for (const { id } of groups) {
      const sent = sentTo(id);
      const texts = sent.map(({ message }) => message.wire.text).join('\n');
      for (const headline of headlines) expect(texts.split(headline)).toHaveLength(2);
      const gaps = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
      for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(SLOW_S * SECOND);
    }
    expect(telegram.counters().tooMany).toBeLessThanOrEqual(2 * groups.length);
    expect(desk.telegram.pace.floodMs).toBe(0);
  });

  it('do not bind a bot that is an administrator there', async () => {
    const { desk, clock } = stage;
    const [group] = groups;
    group?.addBot(['can_manage_chat']);
    for (const headline of ['One.', 'Two.', 'Three.']) {
      await publish(desk, 'en', { headline });
      await pass(clock, 10 * SECOND);
    }
    expect(sentTo(group?.id ?? 0)).toHaveLength(3);
  });
});
