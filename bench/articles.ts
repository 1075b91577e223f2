/** A day of 40 invented stories at the lengths measured of the newsroom: how much of it can be read in one message. */
import type { Block } from '#src/news/article.ts';
import type { Message } from '#src/news/message.ts';
import { richTexts } from '#src/news/rich.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import type { Story } from '#src/news/story.ts';
import { visibleText } from '#src/render/html.ts';
import { loadWords } from '#src/render/locale.ts';
import { renderBulletin, type View } from '#src/render/message.ts';
import { storyArticle } from '#src/render/rich.ts';
import { row, round } from './table.ts';

const STORIES = 40;
const ROUNDS = 200;
const NOW = Date.UTC(2026, 10, 24, 18);
/** Characters of a text with its lead: of ten whole stories the least 678, the median 1122, the most 1718. */
const BODIES = [678, 810, 930, 1020, 1090, 1122, 1190, 1300, 1480, 1718];
/** Of them in the lead: the median. */
const LEAD = 150;
const RUBRICS = ['Politics', 'Society', 'Economy', 'Culture', 'Sport', 'Security'];

/** Told from all others by its first word. */
const sentence = (length: number, seed: number, part: string): string => {
  const words = ['village', 'library', 'bridge', 'people', 'river', 'winter', 'school', 'train'];
  let text = `Of${seed}${part} `;
  for (let at = seed; text.length < length; at += 1) text += `${words[(at * 5) % words.length]} `;
  return `${text.slice(0, length - 1).trimEnd()}.`;
};

function storyAt(index: number): Story {
  const letters = BODIES[index % BODIES.length] ?? 1122;
  const body = Array.from(
    { length: 5 },
    (_, at): Block => ({
      kind: 'paragraph',
      text: sentence(Math.round((letters - LEAD) / 5), index, `body${at}`),
    }),
  );
  return {
    id: `s${index}`,
    edition: 'en',
    revision: 0,
    headline: sentence(62, index, 'headline'),
    lead: sentence(LEAD, index, 'lead'),
    body,
    day: '2026-11-24',
    publishedAt: NOW - index * 1_200_000,
    firstSeenAt: NOW - index * 1_200_000,
    link: `https://news.example/en/news/${index}/`,
    picture: { url: `https://cdn.example/${index}.jpg`, credit: 'Facebook' },
    rubrics: [RUBRICS[index % RUBRICS.length] ?? 'Society'],
    access: 'free',
    urgent: index === 7,
    withdrawn: false,
  };
}

const lettersOf = (text: string): number => text.replace(/[^\p{L}]/gu, '').length;

/** Letters of the stories themselves that stand in `shown`: their texts are looked for one by one. */
function readable(stories: readonly Story[], shown: string): number {
  const texts = stories.flatMap(({ headline, lead, body }) => [
    headline,
    lead,
    ...body.map((block) => (block.kind === 'paragraph' ? block.text : '')),
  ]);
  return texts.filter((text) => shown.includes(text)).reduce((sum, text) => sum + lettersOf(text), 0);
}

export function run(): Promise<void> {
  const locales = loadWords();
  const stories = Array.from({ length: STORIES }, (_, index) => storyAt(index));
  const view: View = {
    ...DEFAULT_SETTINGS,
    edition: 'en',
    kind: 'person',
    now: NOW,
    articles: true,
    bot: 'a_bot',
  };
  const all = readable(
    stories,
    stories
      .flatMap(({ headline, lead, body }) => [
        headline,
        lead,
        ...body.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : [])),
      ])
      .join('\n'),
  );
  const digest = (from: number, to: number) =>
    renderBulletin(stories.slice(from, to), view, 'digest', locales)[0];
  const whole = digest(0, STORIES);
  const halves = [digest(0, STORIES / 2), digest(STORIES / 2, STORIES)];
  const told = (...messages: readonly (Message | undefined)[]): number =>
    readable(stories, richTexts(messages.flatMap((message) => message?.rich?.blocks ?? [])).join('\n')) / all;
  const plain = readable(stories, visibleText(whole?.text ?? '')) / all;
  const rich = told(whole);
  const both = told(...halves);
  const ms = costOf(stories, view);
  row('letters of a day in one message, plain', `${round(100 * plain, 1)} %`);
  row('letters of a day in one message, rich', `${round(100 * rich, 1)} %`, '≥ 60 %');
  row('in two digests, morning and evening', `${round(100 * both, 1)} %`, '100 %');
  row('a story drawn rich', `${round(ms, 3)} ms`, '≤ 2 ms');
  return Promise.resolve();
}

/** Median, ms, of drawing one story that nobody has drawn before. */
function costOf(stories: readonly Story[], view: View): number {
  const locales = loadWords();
  const times: number[] = [];
  for (let at = 0; at < ROUNDS; at += 1) {
    const fresh = { ...(stories[at % stories.length] ?? stories[0]) } as Story;
    const start = performance.now();
    storyArticle(fresh, view, locales);
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[ROUNDS / 2] ?? Number.NaN;
}
