import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewFrom } from '#src/desk/chat-view.ts';
import { findStory } from '#src/desk/stories.ts';
import type { Edition } from '#src/news/edition.ts';
import { renderStory } from '#src/render/message.ts';
import { viewOf } from '#src/render/view.ts';
import { saveHealth } from '#src/store/sources.ts';
import { DAY } from '#src/time.ts';
import { changeSettings } from '#src/desk/chats/subscribe.ts';
import { latestStories } from '#src/desk/stories.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { revise } from '#testing/delivery.ts';
import { openStage, publish, type Stage } from '#testing/desk.ts';
import * as talk from './talk.ts';
import { labels, last, type Said } from './talk.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  for (const edition of ['be', 'ru', 'en'] as const)
    for (let n = 1; n <= 12; n += 1)
      await publish(stage, edition, { headline: `${HEADLINE[edition]} ${n}`, minutesAgo: 60 - n });
});
afterAll(() => stage.close());

const HEADLINE: Record<Edition, string> = {
  be: 'Рэчкаўская бібліятэка',
  ru: 'Речковская библиотека',
  en: 'Village library',
};
const GREETING: Record<Edition, string> = {
  be: 'Навіны агенцтва «Позірк» — у Telegram, без VPN. Абярыце мову — і я буду дасылаць навіны сюды.',
  ru: 'Новости агентства «Позірк» в Telegram, без VPN. Выберите язык — и я буду присылать новости сюда.',
  en: 'News from the Pozirk agency on Telegram, no VPN needed. Choose a language and I will send the news here.',
};
const SUBSCRIBED: Record<Edition, string> = {
  be: 'Гатова. Навіны будуць прыходзіць па-беларуску.',
  ru: 'Готово. Новости будут приходить по-русски.',
  en: 'Done. News will come in English.',
};
const UNKNOWN: Record<Edition, string> = {
  be: 'Пошук па навінах або каманды: /help',
  ru: 'Поиск по новостям или команды: /help',
  en: 'Search the news, or see the commands: /help',
};
const NAMES = { be: 'Беларуская', ru: 'Русский', en: 'English' } as const;

const reader = (language?: string): Person =>
  stage.telegram.person(language === undefined ? {} : { language });

const ask = (person: Person, text: string) => talk.ask(stage, person, text);
const known = async (person: Person) => {
  const subscriber = await talk.record(stage, person);
  if (!subscriber) throw new Error('a stranger');
  return subscriber;
};
const record = (person: Person) => talk.record(stage, person);
const subscribed = (language: Edition) => talk.subscriber(stage, language);

describe('an edition without a source', () => {
  const off = 'Новостей по-русски у этого бота нет. Выберите другой язык.';

  it('is not promised to anybody, by command, button or language; who reads another one keeps it', async () => {
    const { desk } = stage;
    const { policy } = desk;
    Object.assign(desk, { policy: { ...policy, off: ['ru'] } });
    const person = stage.telegram.person({ language: 'en' });
    const greeting = await talk.ask(stage, person, '/start');
    await stage.press(person, greeting.id, 'Русский');
    expect(last(person).text).toBe(off);
    expect(labels(last(person))).toEqual(['Беларуская', 'English']);
    expect(await talk.record(stage, person)).toBeUndefined();
    await talk.ask(stage, person, '/subscribe en');
    expect((await talk.ask(stage, person, '/subscribe ru')).text).toBe(off);
    expect(await talk.record(stage, person)).toMatchObject({ state: 'active', settings: { edition: 'en' } });
    expect((await talk.ask(stage, person, '/language ru')).text).toBe(off);
    // Another bot on the same Redis reads it.
    const read = { edition: 'ru', items: 30, failures: 0, emptyPages: 0, feeds: [], alarms: [] } as const;
    await saveHealth(desk, 'ru', { ...read, lastSuccessAt: desk.clock.now() });
    expect((await talk.ask(stage, person, '/subscribe ru')).text).toContain(
      'Новости будут приходить по-русски',
    );
    await saveHealth(desk, 'ru', { ...read, lastSuccessAt: desk.clock.now() - 2 * DAY });
    expect((await talk.ask(stage, person, '/subscribe ru')).text).toBe(off);
    Object.assign(desk, { policy });
  });

  it('takes the news from no subscriber who presses its language, and answers who has no subscription in it', async () => {
    const { desk } = stage;
    const { policy } = desk;
    Object.assign(desk, { policy: { ...policy, off: ['ru'] } });
    const [story] = (await latestStories(desk, 'en', { limit: 1 })).stories;
    const person = await subscribed('en');
    for (const words of ['/privacy', `/start s_${story?.id}`]) {
      const shown = await ask(person, words);
      expect(await stage.press(person, shown.id, 'Русский')).toMatchObject({ text: off });
      expect(last(person)).toEqual(shown);
      expect(await known(person)).toMatchObject({ state: 'active', settings: { edition: 'en' } });
    }
    const stopped = await ask(person, '/unsubscribe');
    await stage.press(person, stopped.id, 'Русский');
    expect(await known(person)).toMatchObject({ state: 'idle', settings: { edition: 'ru' } });
    expect((await ask(reader('en'), '/language ru')).text).toBe(
      'Отвечаю теперь по-русски, но новостей по-русски здесь нет. Выберите язык новостей.',
    );
    Object.assign(desk, { policy });
  });
});

describe('/start', () => {
  it.each([
    ['be', 'be'],
    ['ru-RU', 'ru'],
    ['en', 'en'],
    ['de', 'en'],
    [undefined, 'en'],
  ] as const)('greets a Telegram in %s in %s, with three editions to choose', async (language, edition) => {
    const person = reader(language);
    const greeting = await ask(person, '/start');
    expect(greeting.text).toContain(GREETING[edition]);
    expect(greeting.text).toContain('@pozirk_sandbox_bot');
    expect(labels(greeting)).toEqual(['Беларуская', 'Русский', 'English']);
    expect(await record(person)).toBeUndefined();
  });

  it.each(['be', 'ru', 'en'] as const)('and one tap subscribes in %s', async (edition) => {
    const person = reader('de');
    const greeting = await ask(person, '/start');
    await stage.press(person, greeting.id, NAMES[edition]);
    expect(last(person).text).toContain(SUBSCRIBED[edition]);
    expect(await record(person)).toMatchObject({ state: 'active', settings: { edition } });
  });

  it('from a deep link greets a new chat in its language, with one button to subscribe', async () => {
    const person = reader('de');
    const greeting = await ask(person, '/start be');
    expect(greeting.text).toContain('па-беларуску');
    expect(labels(greeting)).toEqual(['Падпісацца']);
    await stage.press(person, greeting.id, 'Падпісацца');
    expect(await record(person)).toMatchObject({ state: 'active', settings: { edition: 'be' } });
  });

  it('from a deep link asks a chat that has settings, and changes nothing by itself', async () => {
    const person = await subscribed('be');
    const question = await ask(person, '/start ru');
    expect(question.text).toBe('У гэтым чаце ўсё па-беларуску. Змяніць мову?');
    expect(await record(person)).toMatchObject({ settings: { edition: 'be' } });
    await stage.press(person, question.id, 'Русский');
    expect(await record(person)).toMatchObject({ state: 'active', settings: { edition: 'ru' } });
    expect(last(person).text).toContain(SUBSCRIBED.ru);
    await stage.press(person, (await ask(person, '/start be')).id, 'Отменить');
    expect(last(person).text).toBe('Ничего не изменилось.');
  });

  it('from a deep link names no newsroom to who wants it named nowhere', async () => {
    const person = await subscribed('be');
    expect((await ask(person, '/unsubscribe')).text).toContain('30 дзён');
    expect((await ask(person, '/start be')).text).toContain('Позірк');
    await changeSettings(stage.desk, { id: person.id, kind: 'person' }, { neutral: true }, 'be');
    expect((await ask(person, '/start be')).text).toMatch(/^Навіны ў Telegram, без VPN, па-беларуску/);
  });

  it('from the link of a story shows it and offers to subscribe', async () => {
    const story = await publish(stage, 'ru', { headline: 'Новость по ссылке', minutesAgo: 90 });
    const person = reader('ru');
    await ask(person, `/start s_${story}`);
    const [shown, offer] = person.messages().filter(({ fromBot }) => fromBot);
    expect(shown?.text).toContain('Новость по ссылке');
    expect(offer && labels(offer)).toEqual(['Беларуская', 'Русский', 'English']);
    expect((await ask(person, '/start s_zzzzzzzzzz')).text).toBe('Этой новости здесь уже нет.');
  });
});

describe('/subscribe and /unsubscribe', () => {
  it.each(['be', 'ru', 'en'] as const)('bare takes the language of the chat: %s', async (edition) => {
    const person = reader(edition);
    const answer = await ask(person, '/subscribe');
    expect(answer.text).toContain(SUBSCRIBED[edition]);
    expect(labels(answer)).toEqual(expect.arrayContaining(['Беларуская', 'Русский', 'English']));
  });

  it('an old message that news has stopped says so no more once it comes again', async () => {
    const person = await subscribed('en');
    const stopped = await ask(person, '/unsubscribe');
    await ask(person, '/subscribe');
    await stage.press(person, stopped.id, 'Русский');
    expect(person.messages().find(({ id }) => id === stopped.id)?.text).toBe('Готово. Теперь всё по-русски.');
  });

  it('may both be repeated', async () => {
    const person = await subscribed('en');
    expect((await ask(person, '/subscribe en')).text).toContain('You are subscribed');
    expect((await ask(person, '/unsubscribe')).text).toContain('kept for 30 days');
    expect((await ask(person, '/unsubscribe')).text).toBe('This chat is not subscribed.');
    expect(await record(person)).toMatchObject({ state: 'idle', settings: { edition: 'en' } });
  });

  it('offers the latest five', async () => {
    const person = await subscribed('en');
    await stage.press(person, last(person).id, 'Latest news');
    expect(last(person).text).toContain('Village library 12');
  });

  it('says how it is done when the language is unknown, and buttons do it', async () => {
    const person = reader('ru');
    const answer = await ask(person, '/subscribe pl');
    expect(answer.text).toContain('/subscribe ru');
    await stage.press(person, answer.id, 'Русский');
    expect(await record(person)).toMatchObject({ state: 'active' });
  });
});

describe('/language', () => {
  it('changes news and interface together, by typing and by button', async () => {
    const person = await subscribed('be');
    expect((await ask(person, '/language ru')).text).toBe('Готово. Теперь всё по-русски.');
    await stage.press(person, last(person).id, 'English');
    expect(last(person).text).toBe('Done. Now everything is in English.');
    expect(await record(person)).toMatchObject({ state: 'active', settings: { edition: 'en' } });
  });

  it('is all that is kept of a stranger', async () => {
    const person = reader('de');
    await ask(person, '/language be');
    expect(await record(person)).toMatchObject({ state: 'idle', settings: { edition: 'be' } });
    expect((await ask(person, 'прывітанне')).text).toBe(UNKNOWN.be);
  });

  it('is one tap away under help, and the help is drawn again', async () => {
    const person = reader('be');
    const help = await ask(person, '/help');
    await stage.press(person, help.id, 'Русский');
    expect(last(person).id).toBe(help.id);
    expect(last(person).text).toContain('Что я умею');
  });
});

describe('/latest', () => {
  it.each(['be', 'ru', 'en'] as const)(
    'gives the newest of the edition in one message: %s',
    async (edition) => {
      const person = await subscribed(edition);
      const { text } = await ask(person, '/latest 3');
      const at = [12, 11, 10].map((n) => text.indexOf(`${HEADLINE[edition]} ${n}`));
      expect(at).toEqual([...at].sort((a, b) => a - b));
      expect(at).not.toContain(-1);
      expect(text).not.toContain(`${HEADLINE[edition]} 9`);
    },
  );

  it('turns pages in the same message', async () => {
    const person = await subscribed('en');
    const list = await ask(person, '/latest');
    await stage.press(person, list.id, '›');
    expect(last(person).id).toBe(list.id);
    expect(last(person).text).toContain('Village library 7');
    expect(last(person).text).not.toContain('Village library 12');
    await stage.press(person, list.id, '‹');
    expect(last(person).text).toContain('Village library 12');
  });

  it('opens a story of the list here', async () => {
    const person = reader('en');
    const list = await ask(person, '/latest 2');
    expect(list.text).toContain('2. Village library 11');
    await stage.press(person, list.id, '2');
    expect(last(person).text).toContain('Village library 11');
    expect(last(person).id).not.toBe(list.id);
  });

  it('opens it whole: the list has its lead already', async () => {
    await publish(stage, 'en', {
      headline: 'A story with a body',
      minutesAgo: 0,
      body: ['The body itself.'],
    });
    const person = reader('en');
    const list = await ask(person, '/latest 1');
    await stage.press(person, list.id, '1');
    expect(last(person).text).toContain('The body itself.');
    expect(last(person).buttons.map((row) => row.map(({ text }) => text))).toEqual([
      ['Share'],
      ['Беларуская', 'Русский'],
    ]);
  });

  it.each(['0', '11', '-1'])('says the right form for %s', async (count) => {
    const answer = await ask(reader('en'), `/latest ${count}`);
    expect(answer.text).toContain('from 1 to 10');
    expect(labels(answer)).toContain('Latest news');
  });
});

describe('/search', () => {
  it('finds in any spelling, shows the words, and turns pages with them', async () => {
    const person = await subscribed('en');
    const found = await ask(person, '/search library');
    expect(found.text).toMatch(/^Found: library/);
    await stage.press(person, found.id, '›');
    expect(last(person).text).toMatch(/^Found: library/);
    expect(last(person).text).toContain('Village library 7');
  });

  it('says when nothing is found, and how to ask', async () => {
    const person = await subscribed('ru');
    expect((await ask(person, '/search <жираф>')).text).toBe('Ничего не нашлось: <жираф>');
    expect((await ask(person, '/search')).text).toContain('/search Гродно');
  });
});

/** The story as the news brings it to the person. */
async function sent(person: Person, id: string): Promise<Said> {
  const story = await findStory(stage.desk, id);
  if (!story) throw new Error('no story');
  const message = renderStory(story, viewFrom(stage.desk, await known(person)), stage.desk.locales);
  await stage.desk.telegram.send({ id: person.id, kind: 'person' }, message);
  return last(person);
}

describe('a story', () => {
  it('opens in its own message and closes again', async () => {
    const story = await publish(stage, 'en', {
      headline: 'A long story',
      minutesAgo: 90,
      body: ['First paragraph of the body.', 'Second paragraph of the body.'],
    });
    const person = await subscribed('en');
    const shown = await sent(person, story);
    await stage.press(person, shown.id, 'Read here');
    expect(last(person).id).toBe(shown.id);
    expect(last(person).text).toContain('Second paragraph');
    await stage.press(person, shown.id, 'Close');
    expect(last(person).text).not.toContain('Second paragraph');
  });

  it('opened, it can be shared, and the language changes by one tap; the page stays open', async () => {
    const paragraph = 'Доўгі абзац пра тое, што было ў вёсцы. '.repeat(90);
    const story = await publish(stage, 'be', {
      headline: 'Вельмі доўгая навіна',
      minutesAgo: 90,
      body: [paragraph, paragraph],
    });
    const person = await subscribed('be');
    const { id } = await sent(person, story);
    await stage.press(person, id, 'Чытаць тут');
    await stage.press(person, id, '1/2');
    await stage.press(person, id, '›');
    const rows = () => last(person).buttons.map((row) => row.map(({ text }) => text));
    expect(rows()).toEqual([
      ['‹', '2/2'],
      ['Закрыць', 'Падзяліцца'],
      ['Русский', 'English'],
    ]);
    const { text } = last(person);
    await stage.press(person, id, 'English');
    expect(last(person).id).toBe(id);
    expect(rows()).toEqual([
      ['‹', '2/2'],
      ['Close', 'Share'],
      ['Беларуская', 'Русский'],
    ]);
    expect(await known(person)).toMatchObject({ settings: { edition: 'en' } });
    await stage.press(person, id, 'Беларуская');
    expect(last(person).text).toBe(text);
    await stage.press(person, id, 'Закрыць');
    expect(rows()).toEqual([['Чытаць тут', 'Падзяліцца']]);
  });
});

describe('a corrected story', () => {
  it('keeps its mark while it is read here and closed again', async () => {
    const id = await publish(stage, 'ru', {
      headline: 'Новость с поправкой',
      minutesAgo: 95,
      body: ['Первый абзац.'],
    });
    const person = await subscribed('ru');
    const shown = await sent(person, id);
    const story = await findStory(stage.desk, id);
    if (!story) throw new Error('no story');
    await revise(stage.desk, story, { lead: 'Исправлено.' });
    const view = viewOf(await known(person), stage.clock.now());
    const edited = renderStory({ ...story, revision: 1 }, { ...view, edited: true }, stage.desk.locales);
    await stage.desk.telegram.edit({ id: person.id, kind: 'person' }, shown.id, edited);
    expect(last(person).text).toContain(' · обновлено');
    await stage.press(person, shown.id, 'Читать здесь');
    expect(last(person).text).toContain('Первый абзац.');
    expect(last(person).text).toContain(' · обновлено');
    await stage.press(person, shown.id, 'Закрыть');
    expect(last(person).text).toContain(' · обновлено');
    // A chat that gets it only now reads it for the first time.
    await ask(person, `/start s_${id}`);
    expect(last(person).text).toContain('Первый абзац.');
    expect(last(person).text).not.toContain('обновлено');
  });
});

describe('whatever else is written', () => {
  it('can be searched for by one tap: a name alone is a question', async () => {
    await publish(stage, 'be', { headline: 'Трамвай у Віцебску', minutesAgo: 3 });
    const person = reader('be');
    const answer = await ask(person, ' Витебск ');
    expect(labels(answer)[0]).toBe('Шукаць: Витебск');
    await stage.press(person, answer.id, 'Шукаць: Витебск');
    expect(last(person).id).toBe(answer.id);
    expect(last(person).text).toContain('Знайшлося: Витебск');
    expect(last(person).text).toContain('Трамвай у Віцебску');
  });

  it.each(['/nonsense', '???', 'и не с', 'Доўгае апавяданне пра тое, што чытач хацеў бы пачытаць'])(
    'is not offered for a search where that makes no sense: %s',
    async (text) => {
      expect(labels(await ask(reader('be'), text))).toEqual(['Усе каманды', 'Русский', 'English']);
    },
  );

  it.each(['be', 'ru', 'en'] as const)('gets one short line in %s', async (edition) => {
    const person = reader(edition);
    expect((await ask(person, 'hello')).text).toBe(UNKNOWN[edition]);
    expect((await ask(person, '/nonsense')).text).toBe(UNKNOWN[edition]);
    expect((await ask(person, '/stats')).text).toBe(UNKNOWN[edition]);
  });

  it('is not answered when it is for another bot', async () => {
    const person = reader('en');
    person.send('/latest@other_sample_bot');
    await stage.settle();
    expect(person.messages().filter(({ fromBot }) => fromBot)).toEqual([]);
  });

  it('in a flood is answered twenty times, told once, and then ignored but for /forget', async () => {
    const person = reader('en');
    for (let n = 0; n < 25; n += 1) person.send('/help');
    await stage.settle();
    const answers = person.messages().filter(({ fromBot }) => fromBot);
    expect(answers).toHaveLength(21);
    expect(answers.at(-1)?.text).toBe('That is too many messages. I will be silent for a minute.');
    expect(await stage.press(person, answers[0]?.id ?? 0, 'Русский')).toBeDefined();
    expect((await ask(person, '/forget')).text).toBe(
      'Удалено всё, о чём я здесь знаю за последние 48 часов; более старое бот удалить не может. Удалите этот чат: тогда и остальное исчезнет с ваших устройств.',
    );
    await stage.clock.advance(60_000);
    expect((await ask(person, 'hello')).text).toBe(UNKNOWN.en);
  });

  it('that writes many words is one tap from searching for them and from following them', async () => {
    const words = 'Таварыства беларускай мовы імя Францішка Скарыны';
    const person = await subscribed('en');
    const answer = await ask(person, words);
    expect(answer.text).toBe(`You wrote: ${words}\n${UNKNOWN.en}`);
    expect(labels(answer).slice(0, 2)).toEqual([`Search for: ${words}`, `Follow: ${words}`]);
    await stage.press(person, answer.id, `Follow: ${words}`);
    expect((await known(person)).settings.follow).toEqual([words]);
    await stage.press(person, answer.id, `Search for: ${words}`);
    expect(person.messages().find(({ id }) => id === answer.id)?.text).toContain(`Nothing found: ${words}`);
    expect((await ask(person, words.repeat(3))).text).toBe(UNKNOWN.en);
  });

  it('that writes many words where topics are asked for is one tap from their other meaning', async () => {
    const words = 'Таварыства беларускай мовы, якой больш няма ў школах'.replace(',', '');
    const person = await subscribed('en');
    await ask(person, '/follow');
    const answer = await ask(person, words);
    expect((await known(person)).settings.follow).toEqual([words.replace('Т', 'т')]);
    await stage.press(person, answer.id, `Follow: ${words}`);
    expect((await known(person)).settings.follow).toContain(words);
  });

  it('in a topic of its private chat is answered, as the one reader that it is', async () => {
    const person = await subscribed('en');
    const before = await record(person);
    stage.telegram.setTopics(true);
    const { result } = (await stage.telegram.handle(stage.telegram.token, 'createForumTopic', {
      chat_id: person.id,
      name: 'Culture',
    })) as { result: { message_thread_id: number } };
    person.send('/help', { thread: result.message_thread_id });
    await stage.settle();
    expect(last(person).text).toContain('/latest');
    expect(await record(person)).toEqual(before);
    stage.telegram.setTopics(false);
  });

  it('an old button gets a toast', async () => {
    const person = await subscribed('en');
    const message = last(person);
    const [button] = message.wire.reply_markup?.inline_keyboard.flat() ?? [];
    if (!button) throw new Error('no button');
    Object.assign(button, { callback_data: '0:settings' });
    expect(await stage.press(person, message.id, { data: '0:settings' })).toMatchObject({
      text: 'This button no longer works. Type /help',
    });
  });
});
