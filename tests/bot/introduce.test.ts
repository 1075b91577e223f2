import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { introduceBot } from '#src/bot/profile.ts';
import { EDITIONS } from '#src/news/edition.ts';
import { loadWords } from '#src/render/locale.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const introduce = () => introduceBot(stage.desk, new AbortController().signal);
const calls = () =>
  Object.entries(stage.telegram.counters().calls)
    .filter(([method]) => method.startsWith('setmy'))
    .reduce((sum, [, count]) => sum + count, 0);
const commands = async (language: string) => {
  const answer = await stage.telegram.handle(stage.telegram.token, 'getMyCommands', {
    language_code: language,
  });
  return answer.ok ? (answer.result as { command: string; description: string }[]) : [];
};

describe('menus and descriptions', () => {
  it('are told to Telegram in each language, and in English to all others', async () => {
    await introduce();
    expect((await commands('be')).find(({ command }) => command === 'latest')?.description).toBe(
      'апошнія навіны',
    );
    expect((await commands('ru')).find(({ command }) => command === 'keep')?.description).toBe(
      'исчезающие сообщения',
    );
    expect((await commands('')).find(({ command }) => command === 'help')?.description).toBe('all commands');
    expect(calls()).toBe(12);
  });

  it('are sent only once while they stay the same', async () => {
    await introduce();
    await introduce();
    expect(calls()).toBe(12);
  });

  it('that Telegram refuses are tried again at the next start', async () => {
    stage.telegram.faults.add({ method: 'setMyDescription', kind: 'refuse', times: 1 });
    await introduce();
    expect(calls()).toBe(12);
    await introduce();
    expect(calls()).toBe(13);
  });

  it('fit into what Telegram takes', () => {
    for (const edition of EDITIONS) {
      const locale = loadWords().for(edition);
      expect(locale.text('about-long').length).toBeLessThanOrEqual(512);
      expect(locale.text('about-short').length).toBeLessThanOrEqual(120);
    }
  });
});
