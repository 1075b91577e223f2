import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, publish, type Stage } from '#testing/desk.ts';
import * as talk from './talk.ts';

let stage: Stage;
let only: string;

beforeAll(async () => {
  stage = await openStage();
  for (let n = 1; n <= 25; n += 1)
    await publish(stage, 'ru', { headline: `Новость номер ${n}`, minutesAgo: 60 - n });
  only = await publish(stage, 'en', { headline: 'A giraffe in the park', minutesAgo: 5 });
});
afterAll(() => stage.close());

async function query(language: string, words: string, offset = '') {
  const person = stage.telegram.person({ language });
  const answer = person.inline(words, offset);
  await stage.settle();
  return answer;
}

const titles = (answer: Awaited<ReturnType<typeof query>>) => answer?.results.map(({ title }) => title);

describe('an inline query', () => {
  it('without words gives the newest of the asker’s edition, in pages', async () => {
    const first = await query('ru', '');
    expect(titles(first)?.[0]).toBe('Новость номер 25');
    expect(titles(first)).toHaveLength(20);
    const second = await query('ru', '', first?.nextOffset);
    expect(titles(second)).toHaveLength(5);
    expect(second?.nextOffset).toBe('');
  });

  it('with words searches, and with a story’s mark gives that story', async () => {
    expect(titles(await query('en', 'giraffe'))).toEqual(['A giraffe in the park']);
    expect(titles(await query('en', `s_${only}`))).toEqual(['A giraffe in the park']);
    expect(titles(await query('en', 'zebra'))).toEqual([]);
  });

  it('puts under a shared story the button that opens it without the site', async () => {
    const answer = await query('en', 'giraffe');
    expect(answer?.results[0]).toMatchObject({
      reply_markup: {
        inline_keyboard: [[{ text: 'Read here', url: `https://t.me/pozirk_sandbox_bot?start=s_${only}` }]],
      },
    });
  });

  it('has an app fetch nothing from the newsroom while somebody types', async () => {
    const picture = { url: 'https://cdn.example/giraffe.jpg' };
    await publish(stage, 'en', { headline: 'An okapi in the park', picture });
    const found = (await query('en', 'okapi'))?.results ?? [];
    // Only in the message that is sent once it is chosen, whose preview Telegram fetches.
    expect(JSON.stringify(found)).toContain('cdn.example');
    expect(JSON.stringify(found.map((one) => ({ ...one, input_message_content: {} })))).not.toContain(
      'cdn.example',
    );
  });

  it('offers to subscribe', async () => {
    expect(await query('ru', '')).toMatchObject({
      button: { text: 'Подписаться на новости', start_parameter: 'ru' },
    });
  });

  it('follows the language that the asker has chosen', async () => {
    const person = stage.telegram.person({ language: 'de' });
    await talk.ask(stage, person, '/language ru');
    const answer = person.inline('');
    await stage.settle();
    expect(titles(await answer)?.[0]).toBe('Новость номер 25');
  });
});
