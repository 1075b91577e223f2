import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTexts } from '#src/bot/operator.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { takeBack } from '#src/desk/operator/operate.ts';
import { findStory, latestStories, searchStories } from '#src/desk/stories.ts';
import { heldFate } from '#src/desk/trace.ts';
import { saveHealth } from '#src/store/sources.ts';
import { DAY, HOUR, MINUTE } from '#src/time.ts';
import { VERSION } from '#src/version.ts';
import { NOON, openStage, publish, type Stage } from '#testing/desk.ts';
import * as talk from './talk.ts';
import { labels, last } from './talk.ts';

const OPERATOR = 4_242;
const COLLEAGUE = 4_243;
let stage: Stage;
let operator: Person;
const ask = (text: string) => talk.ask(stage, operator, text);

beforeAll(async () => {
  stage = await openStage({ adminIds: [OPERATOR, COLLEAGUE] });
  operator = stage.telegram.person({ id: OPERATOR, language: 'en' });
});
afterAll(() => stage.close());

describe('an operator', () => {
  it('sees counts, withheld where they are small', async () => {
    await talk.subscriber(stage, 'be');
    const { text } = await ask('/stats');
    expect(text).toContain('be: under 20');
    expect(text).toContain('Sending is running.');
    expect(text).toContain(`Version: ${VERSION}`);
  });

  it('sees the week in numbers and as a picture: stories, and how often they were sent, withheld where it is seldom', async () => {
    const { desk } = stage;
    const [often, seldom] = [
      await publish(stage, 'en', { headline: 'Sent to many' }),
      await publish(stage, 'ru', { headline: 'Редкая' }),
    ];
    await publish(stage, 'en', { headline: 'Of yesterday', minutesAgo: 24 * 60 });
    await publish(stage, 'en', { headline: 'Of another week', minutesAgo: 8 * 24 * 60 });
    for (let count = 0; count < 2045; count += 1) desk.trace.count(often, 'sent');
    for (let count = 0; count < 19; count += 1) desk.trace.count(seldom, 'sent');
    await desk.trace.flush();
    const before = talk.said(operator).length;
    await ask('/stats');
    const [words, picture] = talk.said(operator).slice(before);
    const lines = words?.text.split('\n').slice(-7) ?? [];
    expect(lines[0]).toBe('16.08  0');
    expect(lines.slice(-2)).toEqual(['21.08  1', '22.08  2 · 2,040']);
    const png = Buffer.from(picture?.photo?.replace('photo-', '') ?? '', 'base64url').toString();
    expect(png).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
  });

  it('pauses and resumes sending, sees that on /health, and the other operators are told, once', async () => {
    const colleague = stage.telegram.person({ id: COLLEAGUE });
    colleague.start();
    await stage.settle();
    const before = talk.said(colleague).length;
    expect((await ask('/pause')).text).toContain('Sending is paused');
    await ask('/pause');
    expect((await ask('/health')).text).toContain('Sending is paused');
    expect((await ask('/resume')).text).toContain('Sending is running.');
    await ask('/resume');
    expect((await ask('/health')).text).not.toContain('Sending is paused');
    expect(
      talk
        .said(colleague)
        .slice(before)
        .map(({ text }) => text),
    ).toEqual([expect.stringContaining('stopped all news'), expect.stringContaining('news go on')]);
  });

  it('sees how the sources are', async () => {
    const { policy } = stage.desk;
    Object.assign(stage.desk, { policy: { ...policy, off: ['ru'] } });
    const { text: before } = await ask('/health');
    Object.assign(stage.desk, { policy });
    expect(before).toContain('be: the source has not been read yet');
    expect(before).toContain('ru: off, no source is set');
    await saveHealth(stage.desk, 'be', {
      edition: 'be',
      lastSuccessAt: NOON,
      lastNewAt: NOON - 60_000,
      items: 30,
      failures: 0,
      emptyPages: 0,
      feeds: [],
      alarms: [{ kind: 'bodies', words: 'be: 3 pages in a row without a text' }],
    });
    const { text } = await ask('/health');
    expect(text).toContain('be: last read at 22 August, 14:05, stories listed: 30');
    expect(text).toContain('be: last new story at 22 August, 14:04');
    expect(text).toContain('be: 3 pages in a row without a text');
  });

  it('announces only after a look at the whole text', async () => {
    const { id, text } = await ask('/announce be: Тэхнічны <перапынак>\nу суботу\nen: A break on Saturday');
    expect(text).toContain('be: Тэхнічны <перапынак>\nу суботу\nen: A break on Saturday');
    const length = () => stage.desk.store.redis.xlen('pozirk:{news}:log:be');
    const before = await length();
    await stage.press(operator, id, 'Send to all');
    expect(last(operator).text).toBe('Sent.');
    expect(await length()).toBe(before + 1);
  });

  it('sends an announcement once, however often the button is pressed, and not days later', async () => {
    const length = () => stage.desk.store.redis.xlen('pozirk:{news}:log:en');
    const send = async (times: number, later = 0) => {
      const { id } = await ask('/announce en: Same words, said again');
      await stage.clock.advance(later);
      const before = await length();
      const presses = Array.from({ length: times }, () => operator.press(id, 'Send to all'));
      await stage.settle();
      await Promise.all(presses);
      return (await length()) - before;
    };
    expect(await send(3)).toBe(1);
    // These words may be meant again.
    expect(await send(2)).toBe(1);
    expect(await send(1, 49 * HOUR)).toBe(0);
  });

  it('hears that an announcement is too long to be shown in one message', async () => {
    expect((await ask(`/announce en: ${'word '.repeat(805)}`)).text).toContain('Too long');
    const { text } = await ask(`/announce en: ${'<&> '.repeat(945)}`);
    expect(text).toContain('Send it?');
    expect(text).toContain('<&> <&>');
  });

  it('hears so too of one that would lose its end in łacinka, which is longer', async () => {
    const words = 'Нашы каналы працуюць як звычайна, а сайт будзе недаступны да раніцы. ';
    const tooLong = words.repeat(3700 / words.length);
    expect((await ask(`/announce be: ${tooLong}`)).text).toContain('Too long');
    const whole = `${words.repeat(3500 / words.length)}Канец.`;
    expect((await ask(`/announce be: ${whole}`)).text).toContain('Send it?');
  });

  it('sees which limits held lately', async () => {
    stage.desk.telegram.pace.bites.bite('presses');
    expect((await ask('/health')).text).toContain('Limits reached within the last hour: presses ≤ 20');
  });

  it('marks a story urgent and asks why it did not arrive', async () => {
    const story = await publish(stage, 'en', { headline: 'A fire in the invented hall' });
    expect((await ask(`/urgent ${story}`)).text).toContain('Marked as urgent');
    expect((await ask(`/why ${story}`)).text).toBe('Nothing has been sent yet.');
    expect((await ask('/why https://news.example/nothing')).text).toBe('I do not know this story.');
    expect((await ask('/urgent')).text).toContain('/urgent');
    await stage.clock.advance(49 * HOUR);
    expect((await ask(`/urgent ${story}`)).text).toContain('more than two days ago');
  });

  it('is told until when many wait; of a few only why', async () => {
    const { desk } = stage;
    const story = await publish(stage, 'en', { headline: 'A story for the morning' });
    const until = Date.parse('2026-08-23T06:50:00+03:00');
    for (let n = 0; n < 41; n++) desk.trace.count(story, heldFate({ by: 'quiet', until }));
    for (let n = 0; n < 12; n++)
      desk.trace.count(story, heldFate({ by: 'digest', until: until + (n % 2) * HOUR }));
    await desk.trace.flush();
    expect((await ask(`/why ${story}`)).text.split('\n').toSorted()).toEqual([
      'held by quiet hours until 07:00: 40 or more',
      'kept for a digest: under 20',
    ]);
  });

  it('takes a story back after one question, whatever its page says later', async () => {
    const { desk } = stage;
    const story = await publish(stage, 'en', { headline: 'A report that was wrong' });
    const askedTwice = await ask(`/withdraw ${story}`);
    const { id, text } = await ask(`/withdraw ${story}`);
    expect(text).toContain('A report that was wrong');
    expect((await findStory(desk, story))?.withdrawn).toBe(false);
    const reader = stage.telegram.person({ language: 'en' });
    await stage.press(reader, id, { data: `1:withdraw:${story}` }).catch(() => undefined);
    expect((await findStory(desk, story))?.withdrawn).toBe(false);
    await stage.press(operator, id, 'Take it back everywhere');
    expect(last(operator).text).toContain('Taken back');
    expect((await findStory(desk, story))?.withdrawn).toBe(true);
    const found = await latestStories(desk, 'en', { limit: 5 });
    expect(found.stories.map((one) => one.id)).not.toContain(story);
    expect((await searchStories(desk, 'en', 'report wrong', { limit: 5, offset: 0 })).stories).toEqual([]);
    const again = await ask(`/withdraw ${story}`);
    expect(again.text).toBe('This story is withdrawn already.');
    expect(labels(again)).toEqual([]);
    await stage.press(operator, askedTwice.id, 'Take it back everywhere');
    expect(last(operator).text).toContain('withdrawn already');
  });

  it('hears of a withdrawn story that nobody else gets it: it is not made urgent, and /why says so', async () => {
    const { desk } = stage;
    const story = await publish(stage, 'en', { headline: 'A hasty report' });
    desk.trace.count(story, 'sent');
    await desk.trace.flush();
    await takeBack(desk, story);
    const entries = await desk.store.redis.xlen('pozirk:{news}:log:en');
    expect((await ask(`/urgent ${story}`)).text).toBe(
      'This story is withdrawn. Unless it is restored, nobody else gets it.',
    );
    expect(await desk.store.redis.xlen('pozirk:{news}:log:en')).toBe(entries);
    expect((await findStory(desk, story))?.urgent).toBe(false);
    expect((await ask(`/why ${story}`)).text).toMatch(/^This story is withdrawn\. .+\nsent: under 20$/);
  });

  it.each([
    [1, 'Every chat that has it', 'The chats that have it will see so now.'],
    [3, 'readers only if it came to them within the last two days', 'The channels and groups that have it'],
    [31, 'wherever it was sent, it stays as it was', 'Wherever it was sent, it stays as it was.'],
  ])('is told whom taking back a story of %i days still reaches', async (days, before, after) => {
    const minutesAgo = (days * DAY) / MINUTE;
    const story = await publish(stage, 'en', { headline: `A story of ${days} days`, minutesAgo });
    const { id, text } = await ask(`/withdraw ${story}`);
    expect(text).toContain(before);
    await stage.press(operator, id, 'Cancel');
    expect(last(operator).text).toBe('Nothing was changed.');
    await stage.press(operator, (await ask(`/withdraw ${story}`)).id, 'Take it back everywhere');
    expect(last(operator).text).toContain(after);
  });

  it('sees their commands in the help; nobody else does', async () => {
    expect((await ask('/help')).text).toContain('/announce');
    const reader = stage.telegram.person({ language: 'en' });
    expect((await talk.ask(stage, reader, '/help')).text).not.toContain('/announce');
    expect(labels(await talk.ask(stage, reader, '/announce be: x'))).toContain('All commands');
  });
});

describe('an announcement', () => {
  it('is read by its languages, each over several lines', () => {
    expect(readTexts('be: адзін\nдва\nru: раз')).toEqual({ be: 'адзін\nдва', ru: 'раз' });
    expect(readTexts('ўсім прывітанне')).toEqual({});
    expect(readTexts('be:\nru: раз')).toEqual({ ru: 'раз' });
  });
});
