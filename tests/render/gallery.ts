/** Odd stories and odd chats, for the table of renderings and for whoever wants to look at one. */
import type { Edition } from '#src/news/edition.ts';
import type { Story } from '#src/news/story.ts';
import type { View } from '#src/render/view.ts';
import { NOW } from './stories.ts';

const SENTENCE: Readonly<Record<Edition, string>> = {
  be: 'Жыхары выдуманай вёскі сабралі грошы на новую лаўку каля калодзежа. ',
  ru: 'Жители выдуманной деревни собрали деньги на новую скамейку у колодца. ',
  en: 'People of the invented village raised money for a new bench by the well. ',
};

const picture = { url: 'https://cdn.example/photo.jpg', credit: 'cdn.example / Ph. Graph & <co>' };
const filled = (piece: string, length: number) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Oddities of a story, by a name for the table. */
export const ODD_STORIES: Readonly<Record<string, (edition: Edition) => Partial<Story>>> = {
  plain: () => ({}),
  'angle brackets': () => ({
    headline: '<b>2 < 3</b> <script>',
    lead: 'a < b > c </i> <a href="x">y</a> &lt;',
  }),
  ampersands: () => ({
    headline: 'A & B &amp; C &#60;',
    lead: 'R&D; &nbsp; &copy &; AT&T',
    rubrics: ['A & B'],
  }),
  quotes: () => ({ headline: '"А" „Б“ «В» ’г’ \'ґ\'', lead: 'Ён сказаў: «“Позірк” піша "праўду"».' }),
  emoji: () => ({ headline: '👩‍👩‍👧‍👦 🇧🇾 👍🏽', lead: '🏳️‍🌈'.repeat(300) }),
  '5,000 characters of lead': (edition) => ({ lead: filled(SENTENCE[edition], 5000), body: [] }),
  '5,000 characters of body': (edition) => ({
    body: [{ kind: 'paragraph', text: filled(SENTENCE[edition], 5000) }],
  }),
  '5,000 letters without a space': () => ({ lead: 'ж'.repeat(5000) }),
  '5,000 ampersands': () => ({
    lead: '&'.repeat(900),
    body: [{ kind: 'paragraph', text: '&'.repeat(5000) }],
  }),
  '5,000 emoji': () => ({ body: [{ kind: 'paragraph', text: '😀'.repeat(5000) }] }),
  'no lead': () => ({ lead: '' }),
  'no body': () => ({ body: [] }),
  'no text at all': () => ({ headline: ' ', lead: '\u200b', body: [], rubrics: [] }),
  'a picture': () => ({ picture }),
  'a picture that nobody can reach': () => ({ picture: { url: 'http://localhost/photo.jpg', credit: 'X' } }),
  'right to left': () => ({
    headline: 'خبر من مينسك 2026',
    lead: '\u202eהספרייה נפתחה\u202c. Бібліятэка адкрылася.',
  }),
  zalgo: () => ({
    headline: Array.from('Зальга')
      .map((letter) => letter + '\u0335\u0321\u0489\u0310'.repeat(20))
      .join(''),
  }),
  'line separators': () => ({
    headline: 'Адзін\u2028два\u2029тры\u0085\r\nчатыры',
    lead: 'а\n\n\nб\tв\u0000г\vд',
  }),
  'half surrogates': () => ({ headline: 'Лі\ud83dтара\udc00', lead: `${'слова '.repeat(180)}\ud83d` }),
  'words of 90 letters': () => ({
    headline: `${'ы'.repeat(90)} ${'я'.repeat(90)} `.repeat(3),
    lead: `${'ў'.repeat(90)} `.repeat(20),
  }),
  urgent: () => ({ urgent: true }),
  'for POZIRK+': () => ({ access: 'paid', body: [] }),
  withdrawn: () => ({ withdrawn: true, urgent: true, picture }),
  corrected: () => ({ revision: 3 }),
  'with an exact time': () => ({ publishedAt: Date.parse('2026-11-23T22:15:00Z') }),
  'of another year': () => ({ day: '2025-12-31' }),
  'a day that is none': () => ({ day: '' }),
  'a local address': () => ({ link: 'http://localhost:8080/be/news/1/?a=<b>&c="d"' }),
  'a long address': () => ({ link: `https://news.example/${'шлях/'.repeat(60)}?q=${'&'.repeat(50)}` }),
  'names of sites': () => ({
    headline: 's13.example: @name #тэг $BYN',
    lead: 'news.example @someone /start '.repeat(20),
  }),
  'thirty subheads': () => ({
    body: Array.from(
      { length: 90 },
      (_, index) => ({ kind: index % 3 ? 'paragraph' : 'subhead', text: `№ ${index}` }) as const,
    ),
  }),
  'a list of names': () => ({
    body: [{ kind: 'list', items: Array.from({ length: 200 }, (_, index) => `Чалавек № ${index} & <сын>`) }],
  }),
};

/** How a chat may differ from a newcomer's. */
export const ODD_VIEWS: Readonly<Record<string, Partial<View>>> = {
  channel: {
    kind: 'channel',
    hashtags: true,
    signature: { text: 'Наш <канал> & вы', link: 'https://t.me/example' },
  },
  group: { kind: 'group' },
  'without buttons and pictures': { buttons: false, pictures: false },
  protected: { protect: true },
  'neutral wording': { neutral: true },
  mirror: { linkHost: 'mirror.example:8443' },
  corrected: { edited: true },
  'in New York': { timezone: 'America/New_York' },
  'at New Year': { now: Date.parse('2026-12-31T22:00:00Z') },
  łacinka: { script: 'lacinka' },
};

/** A story with something of everything, for the table of odd chats. */
export const rich = (edition: Edition): Partial<Story> => ({
  picture,
  urgent: true,
  access: 'paid',
  revision: 1,
  publishedAt: NOW - 3_600_000,
  link: 'https://pozirk.example/be/news/1/?a=1&b=2',
  rubrics: {
    be: ['Палітыка', 'Навіны Германіі'],
    ru: ['Политика', 'Новости Германии'],
    en: ['Politics', 'Germany news'],
  }[edition],
  lead: {
    be: 'Пра гэта агенцтву «Позірк» паведаміла вясковая рада. Там з’явіцца сцежка.',
    ru: 'Об этом агентству «Позірк» сообщил сельский совет. Там появится тропа.',
    en: 'The village council told Pozirk about it. A path will appear there.',
  }[edition],
});
