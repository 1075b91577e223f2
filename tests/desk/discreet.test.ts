import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '#src/desk/chats/subscribe.ts';
import type { Desk } from '#src/desk/desk.ts';
import { createBot } from '#src/bot/bot.ts';
import { handleUpdate } from '#src/bot/inbox.ts';
import { labels, ask, last, record, subscriber } from '../bot/talk.ts';
import { publish, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('a reader whose phone may be looked at', () => {
  it.each(['be', 'ru', 'en'] as const)(
    'gets %s news that cannot be forwarded, without pictures and the agency’s name',
    async (edition) => {
      const person = await subscriber(stage, edition);
      await changeSettings(
        stage.desk,
        { id: person.id, kind: 'person' },
        { protect: true, pictures: false, neutral: true },
        edition,
      );
      const stop = await stage.deliver();
      const before = stage.telegram.deliveries().length;
      const picture = { url: 'https://news.example/picture.jpg' } as const;
      await publish(stage.desk, edition, { picture, lead: 'MINSK, 22 August, Pozirk. Readers bring books.' });
      await until(stage.clock, () => stage.telegram.deliveries().length > before);
      await stop();
      const { wire } = stage.telegram.deliveries().at(-1)?.message ?? {};
      expect(wire?.has_protected_content).toBe(true);
      expect(wire?.link_preview_options?.is_disabled).toBe(true);
      expect(wire?.text).not.toMatch(/поз[іи]рк|pozirk/i);
    },
  );
});

describe('a link from somebody else', () => {
  it.each([
    '/start ru',
    '/start s_abcdefghij',
    '/start unsubscribe',
    '/start forget',
    '/start keep_1',
    '/start ru_follow',
  ])('%s changes nothing of what a chat has set', async (link) => {
    const person = await subscriber(stage, 'en');
    await ask(stage, person, '/keep 6h');
    const before = await record(stage, person);
    await ask(stage, person, link);
    expect(await record(stage, person)).toEqual(before);
  });

  it('asks before it changes the language, and does so by a tap', async () => {
    const person = await subscriber(stage, 'en');
    const question = await ask(stage, person, '/start be');
    expect(labels(question)).toEqual(['Беларуская', 'Cancel']);
    await stage.press(person, question.id, 'Беларуская');
    expect((await record(stage, person))?.settings.edition).toBe('be');
  });
});

describe('an impostor', () => {
  it('is told from the true bot by its name, and by the official link where there is one', async () => {
    const person = stage.telegram.person({ language: 'en' });
    expect((await ask(stage, person, '/start')).text).toContain('@pozirk_sandbox_bot');
    const officialLink = 'https://news.example/telegram';
    const desk: Desk = { ...stage.desk, policy: { ...stage.desk.policy, officialLink } };
    const bot = createBot(desk, { token: stage.telegram.token, apiRoot: stage.telegram.url });
    bot.botInfo = stage.bot.botInfo;
    person.send('/start');
    const [update] = stage.telegram.pendingUpdates();
    await handleUpdate(bot, desk, update as unknown as Parameters<typeof handleUpdate>[2]);
    expect(last(person).text).toContain(officialLink);
  });
});
