import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings, pauseChat, resumeChat, subscribe } from '#src/desk/chats/subscribe.ts';
import type { Settings } from '#src/news/settings.ts';
import { MINUTE } from '#src/time.ts';
import { pass, person, publish } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(() => stage.close());

/** Jumps to a moment, and lets what is due there happen. */
const goTo = async (at: number) => {
  await stage.clock.advance(at - stage.clock.now());
  await pass(stage.clock, 1600);
};
const reader = async (settings: Partial<Settings> = {}) => {
  const [id = 0] = stage.telegram.people(1);
  await subscribe(stage.desk, person(id), 'en');
  await change(id, settings);
  return id;
};
const change = (id: number, settings: Parameters<typeof changeSettings>[2]) =>
  changeSettings(stage.desk, person(id), settings, 'en');
const sentTo = (id: number) => stage.telegram.deliveries().filter(({ chatId }) => chatId === id);
const texts = (id: number) => sentTo(id).map(({ message }) => String(message.wire.text ?? ''));
/** On the stage’s day, 22 August, in Minsk; the stage opens at 14:05. */
const clock = (time: string, day = 22) => Date.parse(`2026-08-${day}T${time}:00+03:00`);

describe('a digest', () => {
  it('moved to another hour while stories wait comes at the new hour', async () => {
    const id = await reader({ digest: ['20:00'] });
    await stage.deliver();
    await publish(stage.desk, 'en', { headline: 'Waiting' });
    await goTo(clock('15:00'));
    await change(id, { digest: ['14:30'] });
    await goTo(clock('20:00'));
    expect(texts(id)).toEqual([]);
    await publish(stage.desk, 'en', { headline: 'Flood', urgent: true });
    await goTo(clock('20:01'));
    expect(texts(id)).toHaveLength(1);
    await goTo(clock('14:29', 23));
    expect(texts(id)).toHaveLength(1);
    await goTo(clock('14:30', 23));
    expect(texts(id)).toHaveLength(2);
    expect(texts(id)[1]).toContain('Waiting');
  });

  it('of who changes the language in between has the news of the whole time, in the new language', async () => {
    const { desk } = stage;
    await publish(desk, 'ru', { headline: 'Прежняя' });
    await publish(desk, 'en', { headline: 'Before' });
    const id = await reader({ digest: ['20:00'] });
    await stage.deliver();
    await pass(stage.clock, 3000);
    for (const headline of ['First', 'Second']) await publish(desk, 'en', { headline });
    for (const headline of ['Первая', 'Вторая']) await publish(desk, 'ru', { headline });
    await pass(stage.clock, 3000);
    await change(id, { edition: 'ru' });
    await goTo(clock('20:00'));
    expect(texts(id)).toHaveLength(1);
    expect(texts(id)[0]).toMatch(/Вторая[^]*Первая|Первая[^]*Вторая/);
    expect(texts(id)[0]).not.toContain('Прежняя');
  });

  it('of who changes the language has what the new one published before the old one did', async () => {
    const id = await reader({ digest: ['14:10', '20:00'] });
    await stage.deliver();
    await goTo(clock('15:00'));
    await publish(stage.desk, 'ru', { headline: 'Первая' });
    await goTo(clock('15:30'));
    await change(id, { edition: 'ru' });
    await goTo(clock('15:40'));
    await publish(stage.desk, 'en', { headline: 'First' });
    await goTo(clock('20:00'));
    expect(texts(id)).toHaveLength(1);
    expect(texts(id)[0]).toContain('Первая');
  });

  it.each<Partial<Settings>>([
    { followMode: 'only' },
    { followMode: 'only', urgentPasses: 'mine' },
    { follow: [], rubrics: ['culture'] },
  ])('keeps what waits for it while other topics are chosen: %j', async (meanwhile) => {
    const usual = { follow: ['Hrodna'], followMode: 'also', rubrics: [] } as const;
    const id = await reader({ ...usual, digest: ['20:00'] });
    await stage.deliver();
    await publish(stage.desk, 'en', { headline: 'Waiting' });
    await goTo(clock('15:00'));
    await change(id, meanwhile);
    await publish(stage.desk, 'en', { headline: 'Flood', urgent: true });
    await goTo(clock('15:30'));
    await change(id, { ...usual, urgentPasses: 'always' });
    await goTo(clock('20:00'));
    expect(
      texts(id)
        .join('\n')
        .match(/Waiting|Flood/g)
        ?.toSorted(),
    ).toEqual(['Flood', 'Waiting']);
    expect(texts(id).at(-1)).toContain('Waiting');
  });

  it('at the minute in which it is set comes tomorrow', async () => {
    const id = await reader({ quiet: { from: '13:00', to: '15:00' } });
    await stage.deliver();
    await publish(stage.desk, 'en', { headline: 'Waiting' });
    await pass(stage.clock, 3000);
    await change(id, { digest: ['14:05'], quiet: undefined });
    await goTo(clock('18:00'));
    expect(texts(id)).toEqual([]);
    await goTo(clock('14:05', 23));
    expect(texts(id)).toHaveLength(1);
  });

  it('switched off while stories wait lets them come at once, as one message', async () => {
    const id = await reader({ digest: ['20:00'] });
    await stage.deliver();
    for (const headline of ['First', 'Second']) await publish(stage.desk, 'en', { headline });
    await pass(stage.clock, 2000);
    await change(id, { digest: [] });
    await pass(stage.clock, 2000);
    expect(texts(id)).toHaveLength(1);
    expect(texts(id)[0]).toContain('2 new stories');
  });

  it('with nothing to tell does not come', async () => {
    const id = await reader({ digest: ['15:00'] });
    await stage.deliver();
    await goTo(clock('15:00'));
    await goTo(clock('16:00'));
    expect(texts(id)).toEqual([]);
  });

  it('held by quiet hours comes when these are switched off, not a day later', async () => {
    const id = await reader({ digest: ['14:30'], quiet: { from: '14:00', to: '18:00' } });
    await stage.deliver();
    for (const headline of ['First', 'Second']) await publish(stage.desk, 'en', { headline });
    await goTo(clock('15:00'));
    expect(texts(id)).toEqual([]);
    await change(id, { quiet: undefined });
    await pass(stage.clock, 2000);
    expect(texts(id)).toHaveLength(1);
    expect(texts(id)[0]).toMatch(/^Good afternoon/);
  });

  it('puts first what went on, and lets a topic go ahead with sound', async () => {
    const id = await reader({
      digest: ['20:00'],
      follow: ['Hrodna'],
      followMode: 'also',
      sound: 'never',
    });
    await stage.deliver();
    const begun = await publish(stage.desk, 'en', { headline: 'It began small', lead: '' });
    const body = [{ kind: 'paragraph' as const, text: 'It is long. '.repeat(60) }];
    await publish(stage.desk, 'en', { headline: 'A long report', body });
    await publish(stage.desk, 'en', { headline: 'Bridge in Hrodna', follows: begun.id });
    await pass(stage.clock, 2000);
    expect(texts(id)).toHaveLength(1);
    expect(texts(id)[0]).toContain('Bridge in Hrodna');
    expect(sentTo(id)[0]?.message.silent).toBe(false);
    await publish(stage.desk, 'en', { headline: 'Hrodna again', follows: begun.id });
    await goTo(stage.clock.now() + 12_000);
    expect(texts(id)).toHaveLength(2);
    await goTo(clock('20:00'));
    expect(texts(id)).toHaveLength(3);
    const [, , digest = ''] = texts(id);
    expect(digest.indexOf('It began small')).toBeLessThan(digest.indexOf('A long report'));
    expect(digest).not.toContain('Hrodna');
    expect(sentTo(id)[2]?.message.silent).toBe(true);
  });
});

describe('quiet hours', () => {
  it('switched off while stories are held let them come at once as one bulletin', async () => {
    const id = await reader({ quiet: { from: '14:00', to: '18:00' } });
    await stage.deliver();
    for (const headline of ['First', 'Second']) await publish(stage.desk, 'en', { headline });
    await pass(stage.clock, 2000);
    expect(texts(id)).toEqual([]);
    await change(id, { quiet: undefined });
    await pass(stage.clock, 2000);
    expect(texts(id)).toHaveLength(1);
  });

  it('that held one story bring it in the style of the chat', async () => {
    const id = await reader({ quiet: { from: '14:00', to: '15:00' }, style: 'headline' });
    await stage.deliver();
    await publish(stage.desk, 'en', { headline: 'Alone' });
    await goTo(clock('15:00'));
    expect(texts(id)).toHaveLength(1);
    expect(texts(id)[0]).toMatch(/^Alone\n/);
  });
});

describe('a story that continues another', () => {
  it('replies to the message of the earlier one, where the chat got it', async () => {
    const id = await reader();
    await stage.deliver();
    const begun = await publish(stage.desk, 'en', { headline: 'It began' });
    await pass(stage.clock, 3000);
    const late = await reader();
    await publish(stage.desk, 'en', { headline: 'It goes on', follows: begun.id });
    await pass(stage.clock, 3000);
    const [first, second] = sentTo(id);
    expect(second?.message.wire.reply_to_message?.message_id).toBe(first?.message.wire.message_id);
    expect(sentTo(late)[0]?.message.wire.reply_to_message).toBeUndefined();
  });
});

describe('a language there and back', () => {
  it.each<Partial<Settings>>([
    { digest: ['20:00'] },
    { quiet: { from: '14:00', to: '20:00' } },
    { digest: ['19:00'], quiet: { from: '18:30', to: '20:00' } },
  ])('loses nothing of what came meanwhile, and repeats nothing: %j', async (settings) => {
    const { desk } = stage;
    for (const headline of ['Before', 'Flood']) await publish(desk, 'en', { headline });
    const id = await reader(settings);
    await stage.deliver();
    await publish(desk, 'en', { headline: 'First' });
    await publish(desk, 'en', { headline: 'Storm', urgent: true });
    await goTo(clock('14:30'));
    expect(texts(id)).toHaveLength(1);
    await change(id, { edition: 'ru' });
    await goTo(clock('15:00'));
    await publish(desk, 'en', { headline: 'Second' });
    await publish(desk, 'ru', { headline: 'Вторая' });
    await goTo(clock('19:30'));
    await publish(desk, 'en', { headline: 'Third' });
    await change(id, { edition: 'en' });
    await goTo(clock('20:00'));
    expect(texts(id)).toHaveLength(2);
    expect(
      texts(id)[1]
        ?.match(/Before|Flood|First|Storm|Second|Вторая|Third/g)
        ?.toSorted(),
    ).toEqual(['First', 'Second', 'Third']);
  });

  it.each([
    ['and the other has something too', ['Вторая']],
    ['and the other has nothing', []],
  ])('loses nothing that waits for its turn, %s', async (_, there) => {
    await publish(stage.desk, 'ru', { headline: 'Прежняя' });
    await goTo(clock('14:06'));
    await publish(stage.desk, 'en', { headline: 'Before' });
    await goTo(clock('14:07'));
    const id = await reader();
    for (const headline of ['First', 'Second']) await publish(stage.desk, 'en', { headline });
    await goTo(clock('14:10'));
    for (const headline of there) await publish(stage.desk, 'ru', { headline });
    for (const edition of ['ru', 'en'] as const) await change(id, { edition });
    await stage.deliver();
    await pass(stage.clock, 3000);
    expect(texts(id)[0]).toMatch(/Second[^]*First/);
  });

  it('begins with the next story where the other language has told some since', async () => {
    for (const edition of ['ru', 'en'] as const) await publish(stage.desk, edition, { headline: 'Before' });
    await goTo(clock('14:06'));
    const id = await reader();
    await publish(stage.desk, 'en', { headline: 'First' });
    await stage.deliver();
    await pass(stage.clock, 3000);
    await change(id, { edition: 'ru' });
    await publish(stage.desk, 'en', { headline: 'Second' });
    await goTo(clock('14:10'));
    await publish(stage.desk, 'ru', { headline: 'Вторая' });
    await goTo(clock('14:15'));
    await change(id, { edition: 'en' });
    await publish(stage.desk, 'en', { headline: 'Third' });
    await pass(stage.clock, 3000);
    expect(texts(id).map((text) => text.split('\n')[0])).toEqual(['First', 'Вторая', 'Third']);
  });

  it('in a pause loses nothing either', async () => {
    const id = await reader();
    await pauseChat(stage.desk, person(id));
    await publish(stage.desk, 'en', { headline: 'First' });
    await goTo(clock('14:10'));
    await publish(stage.desk, 'ru', { headline: 'Первая' });
    for (const edition of ['ru', 'en', 'ru'] as const) await change(id, { edition });
    await resumeChat(stage.desk, person(id));
    await stage.deliver();
    await pass(stage.clock, 3000);
    expect(texts(id)).toHaveLength(1);
    expect(texts(id)[0]).toContain('Первая');
  });
});

/** Days before a night in which a clock of the four zones changes. */
const CHANGES = ['2026-10-03', '2026-10-24', '2026-10-31', '2027-03-13', '2027-03-27', '2027-04-03'];
const ZONES = ['Europe/Minsk', 'Europe/Warsaw', 'America/New_York', 'Australia/Lord_Howe'];
const shown = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );

it('on the days when clocks change each reader gets every story once, at the hours of their own clock', async () => {
  const gathering = await Promise.all(
    ZONES.map((timezone) => reader({ timezone, digest: ['08:00', '20:00'] })),
  );
  const sleeping = await Promise.all(
    ZONES.map((timezone) => reader({ timezone, quiet: { from: '23:00', to: '07:00' }, urgent: 'hold' })),
  );
  await stage.deliver();
  let published = 0;
  for (const day of CHANGES.map((date) => Date.parse(`${date}T06:00:00Z`))) {
    for (let step = 0; step < 68; step += 1) {
      const at = day + step * 30 * MINUTE;
      // Not in the last hours: nothing may be left over for the next of these days.
      const isNews = step % 3 === 1 && step < 32;
      if (isNews || ZONES.some((zone) => ['07:00', '08:00', '20:00'].includes(shown(at, zone))))
        await goTo(at);
      if (!isNews) continue;
      published += 1;
      await publish(stage.desk, 'en', { headline: `Story number ${published}.`, lead: '' });
    }
  }
  for (const id of [...gathering, ...sleeping]) {
    const all = texts(id).join('\n');
    const told = [...all.matchAll(/number (\d+)\./g)]
      .map(([, number]) => Number(number))
      .sort((a, b) => a - b);
    expect(told).toEqual(Array.from({ length: published }, (_, index) => index + 1));
  }
  for (const [index, timeZone] of ZONES.entries()) {
    for (const { at } of sentTo(gathering[index] ?? 0))
      expect(['08:00', '20:00']).toContain(shown(at, timeZone));
    for (const { at } of sentTo(sleeping[index] ?? 0)) {
      const time = shown(at, timeZone);
      expect(time >= '07:00' && time < '23:00', `${timeZone} ${time}`).toBe(true);
    }
  }
}, 120_000);
