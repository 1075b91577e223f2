import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTexts } from '#src/bot/operator.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { saveHealth } from '#src/store/sources.ts';
import { NOON, openStage, publish, type Stage } from '#testing/desk.ts';
import * as talk from './talk.ts';
import { labels, last } from './talk.ts';

const OPERATOR = 4_242;
let stage: Stage;
let operator: Person;
const ask = (text: string) => talk.ask(stage, operator, text);

beforeAll(async () => {
  stage = await openStage({ adminIds: [OPERATOR] });
  operator = stage.telegram.person({ id: OPERATOR, language: 'en' });
});
afterAll(() => stage.close());

describe('an operator', () => {
  it('sees counts, withheld where they are small', async () => {
    await talk.subscriber(stage, 'be');
    const { text } = await ask('/stats');
    expect(text).toContain('be: under 20');
    expect(text).toContain('Sending is running.');
  });

  it('pauses and resumes sending', async () => {
    expect((await ask('/pause')).text).toContain('Sending is paused');
    expect((await ask('/resume')).text).toContain('Sending is running.');
  });

  it('sees how the sources are', async () => {
    expect((await ask('/health')).text).toContain('be: the source has not been read yet');
    await saveHealth(stage.desk.store, 'be', {
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

  it('hears that an announcement is too long to be shown in one message', async () => {
    expect((await ask(`/announce en: ${'word '.repeat(805)}`)).text).toContain('Too long');
    const { text } = await ask(`/announce en: ${'<&> '.repeat(945)}`);
    expect(text).toContain('Send it?');
    expect(text).toContain('<&> <&>');
  });

  it('marks a story urgent and asks why it did not arrive', async () => {
    const story = await publish(stage, 'en', { headline: 'A fire in the invented hall' });
    expect((await ask(`/urgent ${story}`)).text).toContain('Marked as urgent');
    expect((await ask(`/why ${story}`)).text).toBe('Nothing has become of this story yet.');
    expect((await ask('/why https://news.example/nothing')).text).toBe('I do not know this story.');
    expect((await ask('/urgent')).text).toContain('/urgent');
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
