import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Desk } from '#src/desk/desk.ts';
import { createMemory } from '#src/desk/memory/memory.ts';
import { changeSettings, subscribe } from '#src/desk/chats/subscribe.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { startTelegram } from '#sandbox/telegram/telegram.ts';
import { botKeys } from '#src/store/keys.ts';
import { createPace } from '#src/telegram/pace.ts';
import { createTelegram } from '#src/telegram/send.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import {
  channel,
  pass,
  person,
  publish,
  revise,
  startCorrecting,
  startDelivery,
  until,
} from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { deliverUntilLost } from '#testing/rolled-back.ts';

let stage: Stage;
let reader: Chat;
let place: ReturnType<Stage['telegram']['channel']>;
let end: (() => Promise<void>)[] = [];

beforeEach(async () => {
  stage = await openStage();
  const { desk, telegram } = stage;
  const [id = 0] = telegram.people(1);
  reader = person(id);
  place = telegram.channel();
  place.addBot(['can_post_messages']);
  await subscribe(desk, reader, 'en');
});

afterEach(async () => {
  for (const one of end) await one();
  end = [];
  await stage.close();
});

/** The news goes out and corrections are edited in, as one process does it. */
async function work(desk: Desk): Promise<void> {
  const stopDelivery = await startDelivery(desk);
  end.push(stopDelivery, startCorrecting(desk));
}

/** A desk that has no answer to what it sends until `release` is called. */
function slowly(desk: Desk): { readonly slow: Desk; readonly release: () => void } {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const send: Desk['telegram']['send'] = async (...message) => {
    const outcome = await desk.telegram.send(...message);
    await held;
    return outcome;
  };
  return { slow: { ...desk, telegram: { ...desk.telegram, send } }, release };
}

const shown = (id = reader.id) =>
  (id === place.id ? place.messages() : stage.telegram.person({ id }).messages())
    .filter(({ fromBot }) => fromBot)
    .map(({ text }) => text);

describe('a correction that passes a message on its way', () => {
  it('is edited into it once it is there, alone or in a bulletin', async () => {
    for (const others of [0, 1]) {
      const { desk, clock, telegram } = stage;
      // Its answer takes five seconds; the correction is looked for meanwhile.
      const { slow, release } = slowly(desk);
      const before = telegram.deliveries().length;
      const story = await publish(desk, 'en', { headline: 'Nine people came' });
      if (others > 0) await publish(desk, 'en', { headline: 'Another story' });
      await work(slow);
      await until(clock, () => telegram.deliveries().length > before);
      await revise(desk, story, { headline: 'Ninety people came' });
      await pass(clock, 5000);
      expect(shown().at(-1)).toContain('Nine people came');
      release();
      await pass(clock, MINUTE + 5000);
      expect(shown().at(-1)).toContain('Ninety people came');
      for (const one of end.splice(0)) await one();
    }
  });

  it('is edited into it where the process that sent it has lost the lease, and the next one walks', async () => {
    const { desk, clock } = stage;
    await subscribe(desk, channel(place.id), 'en');
    const { slow, release } = slowly(desk);
    const first = await deliverUntilLost({ ...stage, desk: slow });
    const story = await publish(desk, 'en', { headline: 'Nine people came' });
    await until(clock, () => shown().length + shown(place.id).length === 2);
    first.lose();
    await desk.store.redis.del(desk.store.keys.lease('owner'));
    await revise(desk, story, { headline: 'Ninety people came' });
    await work({ ...desk, memory: createMemory() });
    await pass(clock, 2500);
    release();
    await pass(clock, MINUTE);
    expect([shown(), shown(place.id)]).toEqual(
      [1, 2].map(() => [expect.stringContaining('Ninety people came')]),
    );
  });

  it('takes nothing out of a bulletin that was sent while it was on its way to others', async () => {
    const { desk, clock } = stage;
    // The channel's edit takes as long as it likes, as those of a hundred thousand chats before this reader do.
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let asked = false;
    const slow: Desk['telegram'] = {
      ...desk.telegram,
      async edit(...args) {
        asked = true;
        await held;
        return desk.telegram.edit(...args);
      },
    };
    await changeSettings(desk, reader, { quiet: { from: '14:00', to: '14:06' } }, 'en');
    await subscribe(desk, channel(place.id), 'en');
    await work({ ...desk, telegram: slow });
    const story = await publish(desk, 'en', { headline: 'The brige is open' });
    await until(clock, () => shown(place.id).length > 0);
    await revise(desk, story, { headline: 'The bridge is open' });
    await until(clock, () => asked);
    await publish(desk, 'en', { headline: 'Told while it walks' });
    await until(clock, () => shown().length > 0);
    expect(shown()[0]).toContain('Told while it walks');
    release?.();
    await pass(clock, MINUTE);
    expect(shown(place.id)[0]).toContain('The bridge is open');
    expect(shown()[0]).toContain('The bridge is open');
    expect(shown()[0]).toContain('Told while it walks');
  });

  it('and takes back what an earlier one said leaves no chat with the words in between', async () => {
    const { desk, clock } = stage;
    await work(desk);
    const story = await publish(desk, 'en', { lead: 'Nine people came.' });
    await until(clock, () => shown().length > 0);
    await pass(clock, 3000);
    const first = await revise(desk, story, { lead: 'Ten people came.' });
    await pass(clock, MINUTE);
    // The next edit is due in an hour; who comes meanwhile gets what holds then.
    const late = channel(place.id);
    const { subscriber } = await subscribe(desk, late, 'en');
    await desk.store.redis.zadd(`pozirk:{${desk.store.botId}}:waiting:en`, 0, String(subscriber.slot));
    const second = await revise(desk, first, { lead: 'Eleven people came.' });
    await until(clock, () => shown(place.id).length > 0);
    await pass(clock, 3000);
    expect(shown(place.id)[0]).toContain('Eleven people came.');
    await revise(desk, second, { lead: 'Ten people came.' });
    await desk.store.redis.del(`pozirk:{news}:edited:${story.id}`);
    await clock.advance(55 * MINUTE);
    await pass(clock, 6 * MINUTE);
    expect(shown(place.id)[0]).toContain('Ten people came.');
    expect(shown()[0]).toContain('Ten people came.');
  });
});

describe('a bulletin that is corrected', () => {
  for (const [what, settings, heading] of [
    ['of what quiet hours held', { quiet: { from: '17:00', to: '17:56' } }, /quiet/i],
    ['that was gathered as a digest', { digest: ['17:56'] }, /^Good afternoon/],
  ] as const) {
    it(`keeps its heading: ${what}`, async () => {
      const { desk, clock } = stage;
      await clock.advance(3.75 * HOUR);
      await changeSettings(desk, reader, settings, 'en');
      await work(desk);
      const story = await publish(desk, 'en', { headline: 'The brige is open' });
      await publish(desk, 'en', { headline: 'Another story of the day' });
      await until(clock, () => shown().length > 0);
      const [before = ''] = shown();
      expect(before).toMatch(heading);
      await pass(clock, 6 * MINUTE);
      await revise(desk, story, { headline: 'The bridge is open' });
      await pass(clock, MINUTE);
      expect(shown()).toHaveLength(1);
      expect(shown()[0]).toContain('The bridge is open');
      expect(shown()[0]?.split('\n')[0]).toBe(before.split('\n')[0]);
    });
  }

  it('keeps its heading: of urgent stories that went ahead of a digest', async () => {
    const { desk, clock } = stage;
    await changeSettings(desk, reader, { digest: ['20:00'] }, 'en');
    const story = await publish(desk, 'en', { headline: 'The brige is open', urgent: true });
    await publish(desk, 'en', { headline: 'The tunnel is open', urgent: true });
    await work(desk);
    await until(clock, () => shown().length > 0, 2 * HOUR);
    const [before = ''] = shown();
    await pass(clock, 3000);
    await revise(desk, story, { headline: 'The bridge is open' });
    await pass(clock, MINUTE);
    expect(shown()[0]).toContain('The bridge is open');
    expect(shown()[0]?.split('\n')[0]).toBe(before.split('\n')[0]);
  });
});

describe('two bots on one Redis', () => {
  it('both edit a correction in', async () => {
    const { desk, clock, telegram } = stage;
    const other = await startTelegram({ clock, token: `7654321:${'b'.repeat(35)}` });
    const link = createTelegram({
      token: other.token,
      apiRoot: other.url,
      clock,
      pace: createPace(clock, 0),
    });
    const [botId = ''] = other.token.split(':');
    const twin: Desk = {
      ...desk,
      telegram: link,
      store: { ...desk.store, botId, keys: botKeys(botId) },
      memory: createMemory(),
    };
    const [id = 0] = other.people(1);
    await subscribe(twin, person(id), 'en');
    await work(desk);
    // They do not look at the same moment.
    await pass(clock, 500);
    await work(twin);
    const story = await publish(desk, 'en', { headline: 'Nine people came' });
    await until(clock, () => telegram.deliveries().length > 0 && other.deliveries().length > 0);
    await pass(clock, 3000);
    await revise(desk, story, { headline: 'Ninety people came' });
    await pass(clock, MINUTE);
    expect(shown()[0]).toContain('Ninety people came');
    expect(other.person({ id }).messages().at(-1)?.text).toContain('Ninety people came');
    for (const one of end.splice(0)) await one();
    await link.close();
    await other.close();
  });
});
