import { describe, expect, it } from 'vitest';
import type { Story } from '#src/news/story.ts';
import { loadWords } from '#src/render/locale.ts';
import { renderBulletin } from '#src/render/message.ts';
import { accepted, addressesIn } from './strict.ts';
import { NOW, storyOf, viewFor } from './stories.ts';

const locales = loadWords();

/** `count` stories of an evening, the first one the newest; `change` makes them differ. */
const evening = (count: number, change: (index: number) => Partial<Story> = () => ({})): Story[] =>
  Array.from({ length: count }, (_, index) =>
    storyOf('en', {
      id: `story${String(index).padStart(5, '0')}`,
      headline: `Story ${index}`,
      link: `https://news.example/en/news/${index}/`,
      publishedAt: NOW - index * 60_000,
      ...change(index),
    }),
  );
const headlines = (text: string) => [...text.matchAll(/">(Story \d+)</g)].map(([, headline]) => headline);

describe('a bulletin', () => {
  it('is one message: a heading, then each headline as its link with its hour and a line of the lead', () => {
    const [message, ...more] = renderBulletin(evening(2), viewFor('en'), 'bulletin', locales);
    expect(more).toEqual([]);
    const lead =
      'The library of the invented village of Rečkaŭka reopened on August 22 after two years of repairs.';
    expect(message).toEqual({
      text:
        `<b>2 new stories</b>\n\n1. <a href="https://news.example/en/news/0/">Story 0</a>\n11:00 · ${lead}\n\n` +
        `2. <a href="https://news.example/en/news/1/">Story 1</a>\n10:59 · ${lead}`,
      buttons: [
        [
          { text: '1', press: 'show:story00000' },
          { text: '2', press: 'show:story00001' },
        ],
      ],
    });
  });

  it.each(['bulletin', 'quiet', 'digest'] as const)(
    'a number opens each story of a %s here, where the site is blocked: text and button mean the same one',
    (kind) => {
      const stories = evening(12, (index) => ({ rubrics: [index % 2 ? 'Politics' : 'Sport'] }));
      const [message] = renderBulletin(stories, viewFor('en'), kind, locales);
      const listed = [...(message?.text.matchAll(/(\d+)\. <a href="[^"]*">Story (\d+)</g) ?? [])];
      expect(listed).toHaveLength(12);
      const buttons = message?.buttons?.flat() ?? [];
      expect(buttons).toEqual(
        listed.map(([, number, story]) => ({ text: number, press: `show:story${story?.padStart(5, '0')}` })),
      );
      expect(message?.buttons?.map((row) => row.length)).toEqual([8, 4]);
      accepted(message ?? { text: '' });
    },
  );

  it.each(['group', 'topic', 'channel'] as const)(
    'in a %s a number leads to the story in the chat with the bot',
    (kind) => {
      const [message] = renderBulletin(
        evening(2),
        viewFor('en', { kind, bot: 'the_bot' }),
        'digest',
        locales,
      );
      expect(message?.buttons).toEqual([
        [
          { text: '1', url: 'https://t.me/the_bot?start=s_story00000' },
          { text: '2', url: 'https://t.me/the_bot?start=s_story00001' },
        ],
      ]);
    },
  );

  it('has no numbers without buttons under news, and where Telegram would cut them', () => {
    const [message] = renderBulletin(evening(3), viewFor('en', { buttons: false }), 'digest', locales);
    expect([message?.buttons, message?.text.includes('1. <a')]).toEqual([undefined, false]);
    const many = renderBulletin(evening(100), viewFor('en'), 'bulletin', locales);
    expect(many.some(({ buttons }) => buttons)).toBe(false);
  });

  it.each([
    ['without buttons under news', 3, { buttons: false }, 1],
    ['of more stories than Telegram has buttons for', 100, {}, 3],
    ['of a channel without buttons', 3, { buttons: false, kind: 'channel' }, 1],
  ] as const)('%s has a way here in each story', (_which, count, change, most) => {
    for (const kind of ['bulletin', 'quiet', 'digest'] as const) {
      const messages = renderBulletin(
        evening(count),
        viewFor('en', { bot: 'the_bot', ...change }),
        kind,
        locales,
      );
      for (const message of messages) accepted(message);
      expect(messages.length).toBeLessThanOrEqual(most);
      const ways = messages.flatMap(addressesIn).filter((address) => address.includes('the_bot'));
      expect(new Set(ways).size).toBe(count);
      expect(ways).toHaveLength(count);
    }
  });

  it('says the hour of a story of today, and the day of an older one', () => {
    const [fresh, old] = evening(2);
    if (!fresh || !old) throw new Error('no stories');
    const { publishedAt: _, ...undated } = { ...old, id: 'undated000', day: '2026-11-24' };
    const ago = (hours: number) => ({ ...old, id: `ago${hours}`, publishedAt: NOW - hours * 3_600_000 });
    const stories = [fresh, ago(30), ago(10.5), ago(11.5), ago(13), undated];
    const [message] = renderBulletin(stories, viewFor('en'), 'quiet', locales);
    expect(message?.text).toContain('\n00:30 · The library');
    expect(message?.text).toContain('\n23:30 · The library');
    // Among this morning's hours one of the evening before would be taken for a mistake.
    expect(message?.text).toContain('23 November, 22:00 · The library');
    expect(message?.text).toContain('11:00 · The library');
    expect(message?.text).toContain('23 November, 05:00 · The library');
    expect(message?.text).toContain('</a>\nThe library');
  });

  it('of several messages each has the numbers of its own stories', () => {
    const stories = evening(40, (index) => ({ headline: `Story ${index} ${'long '.repeat(20)}`, link: '' }));
    const messages = renderBulletin(stories, viewFor('en'), 'bulletin', locales);
    expect(messages.length).toBeGreaterThan(1);
    for (const { text, buttons } of messages) {
      const numbers = [...text.matchAll(/^(\d+)\. /gmu)].map(([, number]) => number);
      expect(buttons?.flat().map((button) => button.text)).toEqual(numbers);
    }
  });

  it('has urgent stories on top and the newest first', () => {
    const stories = evening(4, (index) => ({ urgent: index === 2 })).reverse();
    const [message] = renderBulletin(stories, viewFor('en'), 'quiet', locales);
    expect(headlines(message?.text ?? '')).toEqual(['Story 2', 'Story 0', 'Story 1', 'Story 3']);
    expect(message?.text).toContain('In quiet hours: 4 stories');
    expect(message?.text).toContain('⚡ <a');
  });

  it('leaves out what was withdrawn, and says nothing where nothing is left', () => {
    const stories = evening(2, (index) => ({ withdrawn: index === 0 }));
    expect(headlines(renderBulletin(stories, viewFor('en'), 'bulletin', locales)[0]?.text ?? '')).toEqual([
      'Story 1',
    ]);
    expect(
      renderBulletin(
        evening(2, () => ({ withdrawn: true })),
        viewFor('en'),
        'bulletin',
        locales,
      ),
    ).toEqual([]);
  });

  it('strikes out what was withdrawn after it was sent, and marks what was corrected', () => {
    const stories = evening(3, (index) => ({ withdrawn: index === 0, revision: index === 1 ? 1 : 0 }));
    const [message] = renderBulletin(stories, viewFor('en', { edited: true }), 'bulletin', locales);
    expect(message?.text).toContain(
      '1. <s>Story 0</s>\nThe newsroom has withdrawn this story.\n\n2. <a href',
    );
    expect(message?.buttons?.flat().map(({ text }) => text)).toEqual(['2', '3']);
    expect(message?.text).toContain('>Story 1</a>\n10:59 · updated · The library');
    expect(message?.text.match(/updated/g)).toHaveLength(1);
    const gone = renderBulletin(stories.slice(0, 1), viewFor('en', { edited: true }), 'digest', locales);
    expect(gone[0]?.text).toBe(
      '<b>The main news</b>\n\n1. <s>Story 0</s>\nThe newsroom has withdrawn this story.',
    );
  });

  it('gives up lines of leads before it becomes two messages, and no story ever', () => {
    const wordy = { lead: 'Word '.repeat(60), headline: '' };
    for (const count of [10, 30, 60, 120, 300]) {
      const stories = evening(count, (index) => ({ ...wordy, headline: `Story ${index}` }));
      const messages = renderBulletin(stories, viewFor('en'), 'bulletin', locales);
      for (const message of messages) accepted(message);
      expect(messages.flatMap(({ text }) => headlines(text))).toHaveLength(count);
      expect(messages.length).toBeLessThanOrEqual(Math.ceil(count / 60));
    }
  });

  it('keeps every link however long the addresses are', () => {
    const stories = evening(20, (index) => ({ link: `https://news.example/${'x'.repeat(2000)}/${index}` }));
    const messages = renderBulletin(stories, viewFor('en'), 'bulletin', locales);
    expect(messages.flatMap(addressesIn)).toHaveLength(20);
  });
});

describe('a digest', () => {
  const digest = (stories: readonly Story[], hour = 9) =>
    renderBulletin(
      stories,
      viewFor('en', { now: Date.parse(`2026-11-24T${String(hour - 3).padStart(2, '0')}:00:00Z`) }),
      'digest',
      locales,
    )[0]?.text ?? '';

  it('has the most important first: urgent, followed up, long, with a picture', () => {
    const stories = evening(
      5,
      (index) =>
        [
          {},
          { picture: { url: 'https://cdn.example/1.jpg' } },
          { lead: 'Long '.repeat(200) },
          {},
          { urgent: true },
        ][index] ?? {},
    );
    const follower = storyOf('en', {
      id: 'follower00',
      headline: 'Story 9',
      follows: 'story00003',
      body: [],
    });
    const another = { ...follower, id: 'follower01', headline: 'Story 8' };
    expect(headlines(digest([...stories, follower, another]))).toEqual([
      'Story 4',
      'Story 3',
      'Story 2',
      'Story 1',
      'Story 0',
      'Story 9',
      'Story 8',
    ]);
  });

  it('ends with a light one', () => {
    const stories = evening(4, (index) => ({ rubrics: [index === 0 ? 'Sport' : 'Politics'] }));
    expect(headlines(digest(stories)).at(-1)).toBe('Story 0');
  });

  it('is grouped by rubric from eight stories on', () => {
    const rubrics = (index: number) => ({
      rubrics: index === 7 ? [] : [['Politics', 'economy', 'Sport'][index % 3] ?? ''],
    });
    expect(digest(evening(7, rubrics))).not.toContain('<b>Politics</b>');
    const grouped = digest(evening(8, rubrics));
    expect([...grouped.matchAll(/^<b>(.*)<\/b>$/gm)].map(([, name]) => name)).toEqual([
      'Good morning. The main news so far',
      'Politics',
      'Economy',
      'Sport',
      'Other',
      'And also',
    ]);
    expect(headlines(grouped)).toHaveLength(8);
  });

  it.each([
    [4, 'The main news so far'],
    [5, 'Good morning'],
    [12, 'Good afternoon'],
    [18, 'Good evening'],
    [23, 'The main news so far'],
  ])('at %i o’clock of the reader it begins with: %s', (hour, greeting) => {
    expect(digest(evening(2), hour)).toContain(`<b>${greeting}`);
  });
});

describe('what was asked for', () => {
  it('is newest first with dates, urgent or not', () => {
    const stories = evening(3, (index) => ({ urgent: index === 2 }));
    const [message] = renderBulletin(stories, viewFor('en'), 'latest', locales);
    expect(headlines(message?.text ?? '')).toEqual(['Story 0', 'Story 1', 'Story 2']);
    expect(message?.text).toContain('24 November, 11:00 · The library');
  });

  it('is one message even for the ten longest headlines', () => {
    const stories = evening(10, () => ({ headline: 'Слова '.repeat(100), lead: 'Сказ '.repeat(400) }));
    const messages = renderBulletin(stories, viewFor('en'), 'search', locales, { title: 'Пошук: <слова>' });
    expect(messages).toHaveLength(1);
    expect(messages.flatMap(addressesIn)).toHaveLength(10);
    expect(messages[0]?.text).toMatch(/^<b>Пошук: &lt;слова&gt;<\/b>/);
  });
});
