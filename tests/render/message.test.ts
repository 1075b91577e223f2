import { describe, expect, it } from 'vitest';
import { textsOf } from '#src/news/article.ts';
import { type Message, simpler } from '#src/news/message.ts';
import { visibleText } from '#src/render/html.ts';
import { loadWords } from '#src/render/locale.ts';
import { renderAnnouncement, renderPage, renderStory, listLines } from '#src/render/message.ts';
import { accepted, addressesIn } from './strict.ts';
import { storyOf, viewFor } from './stories.ts';
import { pageCount } from './pages.ts';

const locales = loadWords();
const picture = { url: 'https://cdn.example/1.jpg', credit: 'Facebook' };
const long = { kind: 'paragraph', text: 'Адзін выдуманы сказ пра бібліятэку. '.repeat(50).trim() } as const;

describe('a summary', () => {
  it('is headline, lead, date and link', () => {
    const message = renderStory(storyOf('be'), viewFor('be'), locales);
    expect(message.text).toBe(
      '<b>Рэчкаўская бібліятэка адкрылася пасля рамонту</b>\n\n' +
        'У выдуманай вёсцы Рэчкаўка 22 жніўня зноў адкрылася бібліятэка, якую рамантавалі два гады.\n\n' +
        '22 жніўня · <a href="https://news.example/be/news/201/">сайт</a>',
    );
    expect(message.preview).toBeUndefined();
  });

  it('shows the picture large above the text, with its credit', () => {
    const message = renderStory(storyOf('ru', { picture }), viewFor('ru'), locales);
    expect(message.preview).toEqual({ url: picture.url, large: true, above: true });
    expect(message.text).toContain('\n<i>Фото: Facebook</i>');
  });

  it('shows neither where the chat wants no pictures', () => {
    const message = renderStory(storyOf('ru', { picture }), viewFor('ru', { pictures: false }), locales);
    expect(message.preview).toBeUndefined();
    expect(message.text).not.toContain('Facebook');
  });

  it('has the time only when the source gave one, in the time zone of the chat', () => {
    const publishedAt = Date.parse('2026-08-22T21:30:00Z');
    const at = (timezone: string) =>
      accepted(renderStory(storyOf('en', { publishedAt }), viewFor('en', { timezone }), locales)).text;
    expect(at('Europe/Minsk')).toContain('23 August, 00:30 ·');
    expect(at('Europe/Lisbon')).toContain('22 August, 22:30 ·');
    expect(renderStory(storyOf('en'), viewFor('en'), locales).text).toContain('\n22 August ·');
  });

  it('tells that moment by the reader’s own clock as well, in words of ours, and not where the source gave only a day', () => {
    const timesOf = (message: Message) =>
      accepted(message).entities.filter(({ type }) => type === 'date_time');
    const story = storyOf('be', { publishedAt: Date.parse('2026-08-22T21:30:00Z') });
    const [time, ...others] = timesOf(renderStory(story, viewFor('be'), locales));
    expect(others).toEqual([]);
    expect(time).toMatchObject({ unix_time: 1_787_434_200 });
    expect(time).not.toHaveProperty('date_time_format');
    expect(timesOf(renderStory(story, viewFor('be', { hide: true }), locales))).toEqual([]);
    expect(timesOf(renderStory(storyOf('be'), viewFor('be'), locales))).toEqual([]);
    const plainer = simpler(renderStory(story, viewFor('be'), locales));
    expect(plainer?.text).toContain('23 жніўня, 00:30 · <a href=');
  });

  it('gets its year when the year turns, for the same story in the same chat', () => {
    const story = storyOf('be');
    const shown = (now: string) => renderStory(story, viewFor('be', { now: Date.parse(now) }), locales).text;
    expect(shown('2026-12-31T20:59:00Z')).toContain('22 жніўня ·');
    expect(shown('2026-12-31T21:00:00Z')).toContain('22 жніўня 2026 ·');
  });

  it('leads to the mirror where one is set, path and query kept', () => {
    const story = storyOf('en', { link: 'https://news.example:8443/en/news/1/?a=1&b=2' });
    const [address] = addressesIn(renderStory(story, viewFor('en', { linkHost: 'mirror.example' }), locales));
    expect(address).toBe('https://mirror.example/en/news/1/?a=1&b=2');
  });

  it('shows the address itself where Telegram would drop the link', () => {
    const message = renderStory(
      storyOf('en', { link: 'http://localhost:8080/en/1/' }),
      viewFor('en'),
      locales,
    );
    expect(accepted(message).text).toContain('site: http://localhost:8080/en/1/');
  });

  it('offers to read here only where there is more to read', () => {
    const texts = (story = storyOf('en')) =>
      renderStory(story, viewFor('en'), locales)
        .buttons?.flat()
        .map(({ text }) => text);
    expect(texts()).toEqual(['Read here', 'Share']);
    expect(texts(storyOf('en', { body: [] }))).toEqual(['Share']);
    expect(renderStory(storyOf('en'), viewFor('en', { buttons: false }), locales).buttons).toBeUndefined();
  });

  it('is shared by an inline query in private, elsewhere by the link into the chat with the bot', () => {
    const share = (kind: 'person' | 'group' | 'channel') =>
      renderStory(storyOf('en'), viewFor('en', { kind, bot: 'the_bot' }), locales)
        .buttons?.flat()
        .at(-1);
    const link = {
      text: 'Share',
      url:
        'https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fthe_bot%3Fstart%3Ds_k3v9d0a1zz' +
        '&text=Village%20library%20reopens%20after%20two%20years%20of%20repairs',
    };
    expect(share('person')).toEqual({ text: 'Share', inline: 's_k3v9d0a1zz' });
    expect(share('group')).toEqual(link);
    expect(share('channel')).toEqual(link);
  });

  it('takes the first paragraph where the source gives no lead', () => {
    expect(renderStory(storyOf('en', { lead: '' }), viewFor('en'), locales).text).toContain(
      'The repairs cost',
    );
  });

  it('says the headline once where the lead is nothing else', () => {
    const { headline } = storyOf('be');
    const { text } = renderStory(storyOf('be', { lead: `${headline}.` }), viewFor('be'), locales);
    expect(text.split(headline)).toHaveLength(2);
  });

  it('says what the newsroom says about the story', () => {
    const story = storyOf('be', { urgent: true, access: 'paid', revision: 2 });
    const shown = renderStory(story, viewFor('be', { edited: true }), locales).text;
    expect(shown).toMatch(/^⚡ Тэрмінова\n<b>/);
    expect(shown).toContain('22 жніўня · абноўлена · толькі для POZIRK+ · ');
    expect(renderStory(story, viewFor('be'), locales).text).not.toContain('абноўлена');
    const said = storyOf('be', { urgent: true, headline: 'Тэрмінова: бібліятэка' });
    expect(renderStory(said, viewFor('be'), locales).text).toMatch(/^<b>Тэрмінова: бібліятэка/);
  });

  it.each([
    ['be', 'Тэрміновае пасяджэнне ўрада', '⚡ Тэрмінова'],
    ['ru', 'Срочное заседание правительства', '⚡ Срочно'],
    ['en', 'Urgently needed: blood donors', '⚡ Urgent'],
  ] as const)(
    'urgent in %s has its mark where the headline begins with a word like it: %s',
    (edition, headline, mark) => {
      const { text } = renderStory(storyOf(edition, { urgent: true, headline }), viewFor(edition), locales);
      expect(text.startsWith(`${mark}\n<b>${headline}</b>`)).toBe(true);
    },
  );

  it('has one word for the hashtag of a rubric with an apostrophe', () => {
    const view = viewFor('be', { hashtags: true });
    const { text } = renderStory(storyOf('be', { rubrics: ['Надвор’е'] }), view, locales);
    expect(text).toContain('#надворе');
  });

  it('carries the rubric as a hashtag and the owner’s line where they are set', () => {
    const signature = { text: 'Навіны <раёна>', link: 'https://t.me/example' };
    const view = viewFor('be', { kind: 'channel', hashtags: true, signature });
    const story = storyOf('be', { rubrics: ['Палітыка', 'Навіны Германіі', '2026'] });
    expect(renderStory(story, view, locales).text).toMatch(
      /\n\n#палітыка #навіны_германіі\n\n<a href="https:\/\/t.me\/example">Навіны &lt;раёна&gt;<\/a>$/,
    );
  });
});

describe('the other styles', () => {
  it('headline is one line and the date, and opens here too', () => {
    const message = renderStory(storyOf('en', { picture }), viewFor('en', { style: 'headline' }), locales);
    expect(message).toEqual({
      text: '<b>Village library reopens after two years of repairs</b>\n\n22 August · <a href="https://news.example/en/news/201/">site</a>',
      buttons: [
        [
          { text: 'Read here', press: 'read:k3v9d0a1zz:0' },
          { text: 'Share', inline: 's_k3v9d0a1zz' },
        ],
      ],
    });
    const flash = storyOf('en', { lead: '', body: [] });
    expect(renderStory(flash, viewFor('en', { style: 'headline' }), locales).buttons).toEqual([
      [{ text: 'Share', inline: 's_k3v9d0a1zz' }],
    ]);
  });

  it('full has what follows the lead in an expandable quote', () => {
    const { text, buttons } = renderStory(storyOf('en'), viewFor('en', { style: 'full' }), locales);
    expect(text).toContain('of repairs.\n\n<blockquote expandable>The repairs cost');
    expect(text).toContain(
      '<b>What is new</b>\n\n• windows\n• a room for children\n• 1,500 books\n\n“We waited',
    );
    expect(buttons?.flat().map(({ text: said }) => said)).toEqual(['Share']);
  });

  it('full offers the rest where one message cannot hold it', () => {
    const view = viewFor('be', { style: 'full' });
    const message = renderStory(storyOf('be', { body: [long, long, long] }), view, locales);
    expect(message.buttons?.flat().map(({ text }) => text)).toEqual(['Чытаць далей', 'Падзяліцца']);
    expect(visibleText(message.text)).toContain('.\n\n22 жніўня');
    const channel = renderStory(
      storyOf('be', { body: [long, long, long] }),
      { ...view, kind: 'channel', bot: 'the_bot', buttons: false },
      locales,
    );
    expect(channel.buttons).toEqual([
      [{ text: 'Чытаць далей', url: 'https://t.me/the_bot?start=s_k3v9d0a1zz' }],
    ]);
    expect(addressesIn(message)).toEqual(['https://news.example/be/news/201/']);
  });
});

it.each([
  ['be', 'Рэдакцыя адклікала гэтую навіну.'],
  ['ru', 'Редакция отозвала эту новость.'],
  ['en', 'The newsroom has withdrawn this story.'],
] as const)('a withdrawn story says so in %s and shows nothing else of itself', (edition, says) => {
  for (const style of ['headline', 'summary', 'full'] as const) {
    const story = storyOf(edition, { withdrawn: true, picture, urgent: true });
    const message = renderStory(story, viewFor(edition, { style }), locales);
    expect(message.text).toMatch(/^<s>.*<\/s>\n\n/);
    expect(message.text).toContain(says);
    expect(message.text).not.toContain(story.lead);
    expect(Object.keys(message)).toEqual(['text']);
  }
});

describe('neutral wording', () => {
  it.each([
    ['be', 'Пра гэта агенцтву «Позірк» паведаміў чытач.', 'Пра гэта агенцтву паведаміў чытач.'],
    ['be', '«Позірк» даведаўся пра гэта на pozirk.online.', 'Партал даведаўся пра гэта на сайце.'],
    ['be', 'Ён кінуў позірк і напісаў «Позірку».', 'Ён кінуў позірк і напісаў парталу.'],
    ['ru', 'Так сказал «Позірк».', 'Так сказал портал.'],
    ['en', 'A reader told Pozirk.', 'A reader told the agency.'],
  ] as const)('in %s the agency is not named: %s', (edition, lead, shown) => {
    const story = storyOf(edition, {
      lead,
      access: 'paid',
      picture: { url: 'https://pozirk.example/1.jpg' },
    });
    const message = renderStory(story, viewFor(edition, { neutral: true }), locales);
    expect(accepted(message).text).toContain(shown);
    expect(accepted(message).text).not.toMatch(/pozirk|Поз[іи]рк/);
    expect(message.preview).toBeUndefined();
  });
});

describe('read here', () => {
  const story = storyOf('be', { body: [long, { kind: 'subhead', text: 'Далей' }, long, long] });

  it('turns the pages and closes', () => {
    const count = pageCount(story, viewFor('be'), locales);
    expect(count).toBe(2);
    const buttonsOf = (page: number) =>
      renderPage(story, page, viewFor('be'), locales).buttons?.map((row) => row.map(({ text }) => text));
    expect(buttonsOf(0)).toEqual([
      ['1/2', '›'],
      ['Закрыць', 'Падзяліцца'],
    ]);
    expect(buttonsOf(1)).toEqual([
      ['‹', '2/2'],
      ['Закрыць', 'Падзяліцца'],
    ]);
    expect(renderPage(story, 0, viewFor('be'), locales).buttons?.[0]).toEqual([
      { text: '1/2', disabled: true },
      { text: '›', press: 'read:k3v9d0a1zz:1' },
    ]);
  });

  it('of a message that never was anything else has nothing to close', () => {
    const alone = renderPage(story, 1, viewFor('be'), locales, { alone: true });
    expect(alone.buttons).toEqual([
      [
        { text: '‹', press: 'read:k3v9d0a1zz:0:a' },
        { text: '2/2', disabled: true },
      ],
      [{ text: 'Падзяліцца', inline: 's_k3v9d0a1zz' }],
    ]);
  });

  it('is one page for as long as Telegram can hold it, unfolded', () => {
    const body = Array.from({ length: 40 }, (_, n) => ({
      kind: 'paragraph' as const,
      text: `10:${n + 10} ${'сл. '.repeat(18)}`,
    }));
    const opened = renderPage(storyOf('be', { body }), 0, viewFor('be'), locales);
    expect(pageCount(storyOf('be', { body }), viewFor('be'), locales)).toBe(1);
    expect(opened.text).not.toContain('<blockquote');
    accepted(opened);
  });

  it('shows the whole text once, with the link on every page', () => {
    const pages = [0, 1].map((page) => renderPage(story, page, viewFor('be'), locales));
    const [head = '', ...between] = pages.map(({ text }) => text.split(/\n\n22 жніўня/)[0] ?? '');
    const titled = `<b>${story.headline}</b>\n\n`;
    const said = [head, ...between].map((text) => text.slice(titled.length)).join('');
    const squeeze = (text: string) => text.replace(/<[^>]*>|\s/g, '');
    const whole = [story.lead, ...story.body.flatMap(textsOf)].join('');
    expect(squeeze(said)).toBe(squeeze(whole));
    for (const page of pages) expect(addressesIn(page)).toEqual(['https://news.example/be/news/201/']);
  });

  it('a page that does not exist is the nearest one', () => {
    for (const [asked, got] of [
      [-1, 0],
      [7, 1],
      [Number.NaN, 0],
    ] as const)
      expect(renderPage(story, asked, viewFor('be'), locales)).toEqual(
        renderPage(story, got, viewFor('be'), locales),
      );
  });

  it('a subhead does not stay behind at the foot of a page', () => {
    for (let length = 1; length < 60; length++) {
      const first = { kind: 'paragraph', text: 'Сказ пра дом. '.repeat(200 + length).trim() } as const;
      const body = [first, { kind: 'subhead', text: 'Далей' } as const, long];
      const { text } = renderPage(storyOf('be', { body }), 0, viewFor('be'), locales);
      expect(text).not.toContain('Далей</b>\n\n22 жніўня');
    }
  });
});

it('in a list of Telegram’s own a story is two plain lines in the script of the chat', () => {
  const story = storyOf('be', { headline: '<Кніга> & песня', lead: 'Сказ. '.repeat(60) });
  const { title, description } = listLines(story, viewFor('be', { script: 'lacinka' }), locales);
  expect(title).toBe('<Kniha> & piesnia');
  expect(description).toMatch(/^(Skaz\. ?){10,40}$/);
  expect(description.length).toBeLessThanOrEqual(200);
});

it('an announcement is plain text whatever the operator types', () => {
  const { text } = renderAnnouncement('<b>Увага</b> & увага\n\nзаўтра', viewFor('be'), locales);
  expect(text).toBe('&lt;b&gt;Увага&lt;/b&gt; &amp; увага\n\nзаўтра');
});
