import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { wordsHash } from '#src/bot/buttons.ts';
import { openStage, publish, type Stage } from '#testing/desk.ts';
import { deliverUpdate } from './editor.ts';
import * as talk from './talk.ts';
import { labels, last } from './talk.ts';

let stage: Stage;
const ask = (person: Person, text: string) => talk.ask(stage, person, text);
const settings = async (person: Person) => (await talk.record(stage, person))?.settings;
const press = (person: Person, label: string) => stage.press(person, last(person).id, label);

beforeAll(async () => {
  stage = await openStage();
  await publish(stage, 'be', { headline: 'Навіна з рубрыкай', rubrics: ['Культура'] });
});
afterAll(() => stage.close());

const TIMER = 'Telegram’s own timer, for a day or longer, works without me: /keep says how to set it.';

describe('/settings', () => {
  it('is one message that edits itself, by a press each', async () => {
    const person = await talk.subscriber(stage, 'be');
    const menu = await ask(person, '/settings');
    await press(person, 'Як выглядае');
    await press(person, 'Тэкст навіны: коратка');
    expect(last(person).id).toBe(menu.id);
    expect(labels(last(person))).toEqual(['Загаловак', '✓ Коратка', 'Цалкам', 'Назад', 'Русский', 'English']);
    const toast = await press(person, 'Цалкам');
    expect(toast).toMatchObject({ text: 'Захавана' });
    expect(labels(last(person))).toContain('✓ Цалкам');
    await press(person, 'Назад');
    expect(labels(last(person))).toContain('Тэкст навіны: цалкам');
    await press(person, 'Фота: ёсць');
    expect(labels(last(person))).toContain('Фота: няма');
    await press(person, 'Назад');
    await press(person, 'Бяспека');
    await press(person, 'Перасылка: можна');
    await press(person, 'Назад');
    expect(await settings(person)).toMatchObject({ style: 'full', pictures: false, protect: true });
    await press(person, 'Гатова');
    expect(last(person).buttons).toEqual([]);
  });

  it('reaches every setting by its buttons, in either script', async () => {
    const person = await talk.subscriber(stage, 'be');
    const menu = await ask(person, '/settings');
    for (const [door, value] of [
      ['comes', 'script:lacinka'],
      ['when', 'sound:never'],
      ['when', 'quiet:2300-0700'],
      ['when', 'urgent:hold'],
      ['when', 'digest:0800'],
    ] as const) {
      const field = value.split(':')[0];
      for (const data of [`go:${door}`, `go:${field}`, `set:${value}`, `go:${door}`, 'go:settings'])
        await stage.press(person, menu.id, { data: `1:${data}` });
    }
    await stage.press(person, menu.id, { data: '1:go:when' });
    expect(labels(last(person))).toContain('Huk: nikoli');
    expect(await settings(person)).toMatchObject({
      script: 'lacinka',
      sound: 'never',
      urgent: 'hold',
      digest: ['08:00'],
      quiet: { from: '23:00', to: '07:00' },
    });
  });

  it('changes the language of the menu in place', async () => {
    const person = await talk.subscriber(stage, 'ru');
    const menu = await ask(person, '/settings');
    await press(person, 'English');
    expect(last(person).id).toBe(menu.id);
    expect(last(person).text).toContain('Settings');
  });

  it('stops the news', async () => {
    const person = await talk.subscriber(stage, 'en');
    await ask(person, '/settings');
    await press(person, 'Unsubscribe');
    expect(await talk.record(stage, person)).toMatchObject({ state: 'idle' });
  });

  it('of who is not subscribed is an offer to subscribe, and nothing is stored', async () => {
    const person = stage.telegram.person({ language: 'en' });
    for (const command of [
      '/settings',
      '/style full',
      '/follow Hrodna',
      '/digest 08:00',
      '/keep 6h',
      '/following',
    ]) {
      const answer = await ask(person, command);
      expect(answer.text, command).toBe('This works once you are subscribed.');
      expect(labels(answer)).toEqual(['Беларуская', 'Русский', 'English']);
    }
    expect(await talk.record(stage, person)).toBeUndefined();
  });
});

describe('a typed setting', () => {
  it.each([
    ['/style full', { style: 'full' }, 'Done. Stories come like this: full text.'],
    ['/digest 20:00 8:00', { digest: ['08:00', '20:00'] }, 'Done. The digest comes at: 08:00, 20:00'],
    ['/digest off', { digest: [] }, 'Done. There is no digest; stories come as they are published.'],
    [
      '/quiet 23:00-07:00',
      { quiet: { from: '23:00', to: '07:00' } },
      'Done. Only urgent news comes in these hours, silently: 23:00–07:00',
    ],
    ['/timezone Вільня', { timezone: 'Europe/Vilnius' }, 'Done. Time zone: Vilnius'],
    ['/timezone Europe/Kyiv', { timezone: 'Europe/Kyiv' }, 'Done. Time zone: Kyiv'],
    ['/keep 6h', { keep: 6 }, `Done. New messages disappear after 6 hours. ${TIMER}`],
    ['/keep off', { keep: 0 }, `Done. New messages do not disappear. ${TIMER}`],
  ] as const)('%s is kept and said', async (command, kept, answer) => {
    const person = await talk.subscriber(stage, 'en');
    expect((await ask(person, command)).text).toBe(answer);
    expect(await settings(person)).toMatchObject(kept);
  });

  it('of quiet hours can be switched off', async () => {
    const person = await talk.subscriber(stage, 'en');
    await ask(person, '/quiet 23:00-07:00');
    await ask(person, '/quiet off');
    expect(await settings(person)).not.toHaveProperty('quiet');
  });

  it.each([
    ['/style long', '/style summary', '✓ Коратка'],
    ['/digest 25:00', '/digest 08:00 20:00', '08:00, 20:00'],
    ['/quiet night', '/quiet 23:00-07:00', '23:00–07:00'],
    ['/timezone Атлантыда', '/timezone Вільня', 'Вільня'],
    ['/keep 48h', '/keep 6', 'Праз 6 гадзін'],
  ])('%s that is wrong gets the right form, and buttons that do it', async (wrong, form, button) => {
    const person = await talk.subscriber(stage, 'be');
    const answer = await ask(person, wrong);
    expect(answer.text).toContain(form);
    expect(answer.text.split('\n')).toHaveLength(1);
    await press(person, button);
    expect(labels(last(person)).some((label) => label.startsWith('✓'))).toBe(true);
  });

  it.each(['/style', '/digest', '/quiet', '/timezone', '/keep'])(
    'bare %s offers buttons',
    async (command) => {
      const person = await talk.subscriber(stage, 'ru');
      expect(labels(await ask(person, command)).length).toBeGreaterThan(3);
    },
  );
});

describe('a shared place', () => {
  it('sets the time zone and is removed', async () => {
    const person = await talk.subscriber(stage, 'en');
    await ask(person, '/timezone');
    await press(person, 'By my location');
    const place = person.shareLocation(54.69, 25.28);
    await stage.settle();
    expect(await settings(person)).toMatchObject({ timezone: 'Europe/Vilnius' });
    expect(person.messages().map(({ id }) => id)).not.toContain(place);
  });
});

describe('/follow', () => {
  it('means only what matches at once, and a button makes it everything', async () => {
    const person = await talk.subscriber(stage, 'be');
    const answer = await ask(person, '/follow Гродна, <Рэчкаўка>');
    expect(answer.text.split('\n')).toEqual([
      'Прыходзяць толькі навіны на вашы тэмы.',
      'Тэмы: Гродна, <Рэчкаўка>',
      'Тэрміновае прыходзіць заўсёды.',
    ]);
    expect(await settings(person)).toMatchObject({ follow: ['Гродна', '<Рэчкаўка>'], followMode: 'only' });
    await press(person, 'Усе навіны');
    expect(await settings(person)).toMatchObject({ followMode: 'also' });
  });

  it('takes a name in another spelling for the same one', async () => {
    const person = await talk.subscriber(stage, 'be');
    await ask(person, '/follow Лукашенко');
    await ask(person, '/follow Лукашэнка');
    expect(await settings(person)).toMatchObject({ follow: ['Лукашенко'] });
    expect((await ask(person, '/unfollow лукашэнку')).text).toContain('Больш не сачу');
    expect(await settings(person)).toMatchObject({ follow: [] });
  });

  it('says all that is followed, also what was followed before', async () => {
    const person = await talk.subscriber(stage, 'en');
    await ask(person, '/follow Minsk');
    expect((await ask(person, '/follow Hrodna')).text).toContain('Topics: Minsk, Hrodna');
    const again = await ask(person, '/follow hrodna');
    expect(again.text).toContain('I follow this already.');
    expect(await settings(person)).toMatchObject({ follow: ['Minsk', 'Hrodna'] });
  });

  it('bare waits for the words, and offers the rubrics', async () => {
    const person = await talk.subscriber(stage, 'be');
    const answer = await ask(person, '/follow');
    expect(answer.text).toContain('Дашліце імя або тэму');
    expect((await ask(person, 'Гродна, Мінск')).text).toContain('Тэмы: Гродна, Мінск');
    expect(await settings(person)).toMatchObject({ follow: ['Гродна', 'Мінск'] });
    expect((await ask(person, 'Брэст')).text).not.toContain('Тэмы');
    await stage.press(person, answer.id, 'Культура');
    expect(await settings(person)).toMatchObject({ rubrics: ['культура'] });
  });

  it('typed without the command reads the capital of the keyboard as none, and offers the name in one tap', async () => {
    const person = await talk.subscriber(stage, 'be');
    await ask(person, '/follow');
    expect(labels(await ask(person, 'Вясна'))).toContain('Сачыць: Вясна');
    expect(await settings(person)).toMatchObject({ follow: ['вясна'] });
    await press(person, 'Сачыць: Вясна');
    expect(await settings(person)).toMatchObject({ follow: ['Вясна'] });
  });

  it('is one tap under a search also for words that a button has no room for', async () => {
    const person = await talk.subscriber(stage, 'be');
    const words = 'Беларуская асацыяцыя журналістаў';
    for (const asked of ['/search', '/latest']) {
      await ask(person, `${asked} ${words}`);
      expect(labels(last(person)), asked).toContain(`Сачыць: ${words}`);
    }
    await press(person, `Сачыць: ${words}`);
    expect(await settings(person)).toMatchObject({ follow: [words] });
  });

  it('waits no longer once another command comes', async () => {
    const person = await talk.subscriber(stage, 'be');
    await ask(person, '/follow');
    await ask(person, '/help');
    await ask(person, 'Гродна');
    expect(await settings(person)).toMatchObject({ follow: [] });
  });

  it('is one tap under a search, found or not, and under unknown words', async () => {
    const person = await talk.subscriber(stage, 'be');
    for (const asked of ['/search Рэчкаўка', '/latest Азерышча', 'ліпаўка']) {
      const words = asked.split(' ').at(-1) ?? '';
      await ask(person, asked);
      await press(person, `Сачыць: ${words}`);
      expect(last(person).text, asked).toContain(words);
    }
    expect(await settings(person)).toMatchObject({ follow: ['Рэчкаўка', 'Азерышча', 'ліпаўка'] });
    expect(labels(await ask(person, '/search Рэчкаўка'))).not.toContain('Сачыць: Рэчкаўка');
  });

  it('with rubrics means either, says so, and all news means all', async () => {
    const person = await talk.subscriber(stage, 'be');
    await ask(person, '/follow Гродна');
    await ask(person, '/following');
    await press(person, 'Культура');
    expect(last(person).text).toContain(
      'Прыходзяць навіны на вашы тэмы і з вашых рубрык.\nТэмы: Гродна\nРубрыкі: Культура\nТэрміновае прыходзіць заўсёды.',
    );
    await press(person, 'Усе навіны');
    expect(last(person).text).toContain('Прыходзяць усе навіны, а на вашы тэмы — адразу і з гукам.');
    expect(await settings(person)).toMatchObject({ followMode: 'also', rubrics: [] });
  });

  it('lets urgent news through unless the reader says otherwise', async () => {
    const person = await talk.subscriber(stage, 'be');
    await ask(person, '/follow Гродна');
    await ask(person, '/following');
    await press(person, 'Тэрміновае: заўсёды');
    await press(person, 'Толькі мае тэмы');
    expect(await settings(person)).toMatchObject({ urgentPasses: 'mine' });
    expect((await ask(person, '/following')).text).toContain('Тэрміновае прыходзіць, толькі калі');
  });

  it.each(['/follow !', `/follow ${'слова '.repeat(20)}`])('%s is refused in one line', async (wrong) => {
    const person = await talk.subscriber(stage, 'ru');
    const answer = await ask(person, wrong);
    expect(answer.text.split('\n')).toHaveLength(1);
    expect(labels(answer)).toEqual(['За чем слежу', 'Беларуская', 'English']);
    expect(await settings(person)).toMatchObject({ follow: [] });
  });

  it('takes twenty topics and no more', async () => {
    const person = await talk.subscriber(stage, 'en');
    const topics = Array.from({ length: 21 }, (_, n) => `topic${n}`);
    expect((await ask(person, `/follow ${topics.join(', ')}`)).text).toContain('20 topics');
    await ask(person, `/follow ${topics.slice(0, 20).join(', ')}`);
    expect((await settings(person))?.follow).toHaveLength(20);
  });
});

describe('/following', () => {
  it('shows topics and rubrics, each a tap to drop or to choose', async () => {
    const person = await talk.subscriber(stage, 'be');
    await ask(person, '/follow Гродна');
    await ask(person, '/following');
    await press(person, 'Культура');
    expect(await settings(person)).toMatchObject({ rubrics: ['культура'] });
    await press(person, '✕ Гродна');
    expect(await settings(person)).toMatchObject({ follow: [] });
    expect(last(person).text).toContain('Прыходзяць толькі навіны з вашых рубрык.');
    expect((await ask(person, '/privacy')).text).toContain('Рубрыкі: Культура');
  });

  it('after the end of the news stores nothing, whatever old button is pressed', async () => {
    const person = await talk.subscriber(stage, 'be');
    await ask(person, '/follow Гродна');
    const { id } = await ask(person, '/following');
    for (const end of ['/unsubscribe', '/forget']) {
      await ask(person, end);
      const before = await talk.record(stage, person);
      for (const button of [`1:rubric:${wordsHash('культура')}`, `1:unfollow:${wordsHash('Гродна')}`])
        await pressOld(id, button);
      expect(await talk.record(stage, person)).toEqual(before);
    }
    async function pressOld(message: number, data: string) {
      await deliverUpdate(stage, {
        callback_query: {
          id: '1',
          from: person.user,
          chat_instance: '1',
          data,
          message: {
            message_id: message,
            date: 1,
            chat: { id: person.id, type: 'private', first_name: 'A' },
          },
        },
      });
    }
  });

  it('is bare /unfollow too', async () => {
    const person = await talk.subscriber(stage, 'be');
    await ask(person, '/follow Гродна');
    await ask(person, '/unfollow');
    await press(person, '✕ Гродна');
    expect(last(person).text).toContain('Прыходзяць усе навіны.');
  });

  it('drops rubrics with their language, in another they would let nothing through', async () => {
    const person = await talk.subscriber(stage, 'be');
    await ask(person, '/follow Гродна');
    await ask(person, '/following');
    await press(person, 'Культура');
    await press(person, 'Русский');
    expect(await settings(person)).toMatchObject({ edition: 'ru', rubrics: [], follow: ['Гродна'] });
  });
});
