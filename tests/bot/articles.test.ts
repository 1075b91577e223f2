import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { openStage, publish, type Stage } from '#testing/desk.ts';
import * as talk from './talk.ts';

let stage: Stage;
let story: string;

beforeAll(async () => {
  stage = await openStage();
  story = await publish(stage, 'en', {
    headline: 'A bridge in the village',
    minutesAgo: 5,
    body: ['First paragraph of it.', 'Second paragraph of it.'],
  });
});
afterAll(() => stage.close());

async function reader(client: 'new' | 'old' = 'new'): Promise<Person> {
  const person = stage.telegram.person({ language: 'en', client });
  await talk.ask(stage, person, '/subscribe');
  return person;
}
const articles = async (person: Person) => (await talk.record(stage, person))?.settings.articles;

describe('/articles', () => {
  it('on sends a sample whose own button switches it on; nothing changes before', async () => {
    const person = await reader();
    const sample = await talk.ask(stage, person, '/articles on');
    expect(sample.rich).toBeDefined();
    expect(sample.text).toContain('Second paragraph of it.');
    expect(await articles(person)).toBe(false);
    await stage.press(person, sample.id, 'I see it, turn on');
    expect(await articles(person)).toBe(true);
    expect(talk.last(person).text).toContain('will be articles');
    await talk.ask(stage, person, '/articles off');
    expect(await articles(person)).toBe(false);
  });

  it('cannot be switched on where the app shows nothing of it', async () => {
    const person = await reader('old');
    const sample = await talk.ask(stage, person, '/articles on');
    expect(sample.text).toContain('not supported');
    await expect(person.press(sample.id, 'I see it, turn on')).rejects.toThrow('no button');
    expect(await articles(person)).toBe(false);
  });

  it('says so where the server cannot do it, and goes on as before', async () => {
    const person = await reader();
    stage.telegram.setServer('before rich');
    const answer = await talk.ask(stage, person, '/articles on');
    stage.telegram.setServer('today');
    stage.desk.memory.abilities.clear();
    expect(answer.text).toContain('cannot be shown here');
    expect(await articles(person)).toBe(false);
  });

  it('are not offered while text is hidden: an article would stand in the open', async () => {
    const person = await reader();
    const sample = await talk.ask(stage, person, '/articles on');
    await talk.ask(stage, person, '/hide on');
    for (const words of ['/articles on', '/articles']) {
      const answer = await talk.ask(stage, person, words);
      expect(answer.text).toContain('do not work together');
      expect(answer.rich).toBeUndefined();
    }
    await stage.press(person, sample.id, 'I see it, turn on');
    expect(talk.last(person).text).toContain('do not work together');
    expect(await articles(person)).toBe(false);
  });

  it('by the door in settings shows the sample too', async () => {
    const person = await reader();
    const menu = await talk.ask(stage, person, '/settings');
    await stage.press(person, menu.id, 'How it looks');
    await stage.press(person, menu.id, 'Articles: off');
    expect(talk.last(person).rich).toBeDefined();
    expect(await articles(person)).toBe(false);
  });

  it('bare says what holds, and offers the other', async () => {
    const person = await reader();
    const answer = await talk.ask(stage, person, '/articles');
    expect(talk.labels(answer)).toEqual(['Articles: show a sample']);
  });
});

describe('with articles', () => {
  async function withArticles(): Promise<Person> {
    const person = await reader();
    const sample = await talk.ask(stage, person, '/articles on');
    await stage.press(person, sample.id, 'I see it, turn on');
    return person;
  }

  it('Read here makes an article of the message, and Close the message of it again', async () => {
    const person = await withArticles();
    const list = await talk.ask(stage, person, '/latest 1');
    await stage.press(person, list.id, '1');
    const opened = talk.last(person);
    expect(opened.rich?.blocks[0]).toMatchObject({ type: 'heading', text: 'A bridge in the village' });
    expect(talk.labels(opened)).toEqual(['Share', 'Беларуская', 'Русский']);
    await stage.press(person, opened.id, 'Русский');
    expect(talk.last(person).id).toBe(opened.id);
    expect(talk.last(person).rich).toBeDefined();
  });

  it('a message that came as text is read as an article in its place, and closed again', async () => {
    const person = await withArticles();
    await talk.ask(stage, person, `/start s_${story}`);
    expect(talk.last(person).rich).toBeDefined();
  });

  it('what was sent so goes with /forget like everything else', async () => {
    const person = await withArticles();
    await talk.ask(stage, person, `/start s_${story}`);
    await talk.ask(stage, person, '/forget');
    await stage.clock.advance(60_000);
    await stage.settle();
    expect(person.messages().filter(({ rich }) => rich)).toEqual([]);
  });

  it('an inline result is the article too, once Telegram has its pictures', async () => {
    const person = await withArticles();
    const answer = person.inline(`s_${story}`);
    await stage.settle();
    const content = (await answer)?.results[0]?.['input_message_content'];
    expect(JSON.stringify(content)).toContain('Second paragraph of it.');
    expect(JSON.stringify(content)).not.toContain('news.example');
  });
});
