/** Following: words and names of which a chat wants to hear, and the rubrics it wants. */
import type { Desk } from '../desk/desk.ts';
import { latestStories } from '../desk/stories.ts';
import { changeSettings } from '../desk/chats/subscribe.ts';
import type { Edition } from '../news/edition.ts';
import { matches, parseQuery, termsOf } from '../matching/match.ts';
import { inRows, type Message } from '../news/message.ts';
import type { Change } from '../news/settings.ts';
import { isPlace } from '../news/subscriber.ts';
import { answerPress, line, redraw, say } from './answer.ts';
import { wordsHash } from './buttons.ts';
import type { Counter } from './context.ts';
import { setUpLine, setUpRow, rowOrSetUp } from './set-up-link.ts';
import type { Part } from './parts.ts';
import { button, languageRow, type ButtonRow } from './rows.ts';
import { subscribeFirst } from './subscribe.ts';
import { settingsOf } from './chat-view.ts';

/** Topics of one chat, and rubrics: a record holds no more, and matching a story against all chats has to stay quick. */
export const MOST_TOPICS = 20;
export const MOST_RUBRICS = 12;
/** Characters of a topic. */
export const LONGEST_TOPIC = 60;

export const followPart: Part = {
  commands: {
    follow: onFollow,
    unfollow: onUnfollow,
    following: async (ctx) => {
      await say(ctx, await followingScreen(ctx));
    },
  },
  presses: {
    unfollow: onDrop,
    rubric: onRubric,
  },
};

const change = async ({ here }: Counter, patch: Change): Promise<void> => {
  here.subscriber = await changeSettings(here.desk, here.chat, patch, here.edition);
};

async function onFollow(ctx: Counter, argument: string): Promise<void> {
  const { here } = ctx;
  const { locale } = here;
  if (!here.subscribed) {
    await say(ctx, subscribeFirst(ctx));
    return;
  }
  const topics = topicsIn(argument);
  if (topics.length === 0) {
    const rows = isPlace(here.chat) ? [setUpRow(ctx)] : choiceRows(ctx, await offeredRubrics(ctx));
    await say(ctx, line(locale.html('follow-usage'), rows));
    return;
  }
  const refused = refusalOf(ctx, topics);
  if (refused) {
    await say(ctx, line(refused, [followingRow(ctx), languagesOf(ctx)]));
    return;
  }
  const { follow, followMode } = settingsOf(here);
  const added = topics.filter((topic) => !follow.some((known) => isSame(known, topic)));
  // Who begins to follow means "only this"; the buttons under the answer say otherwise.
  await change(ctx, { follow: [...follow, ...added], followMode: follow.length === 0 ? 'only' : followMode });
  const { followMode: mode } = settingsOf(here);
  const text = locale.html(mode === 'only' ? 'follow-only' : 'follow-also', { words: topics.join(', ') });
  await say(ctx, line(text, [modeRow(ctx), followingRow(ctx), languagesOf(ctx)]));
}

/** Topics as typed, separated by commas or lines, each once. */
export function topicsIn(argument: string): string[] {
  const topics = argument.split(/[,;\n]+/).map((topic) => topic.replace(/\s+/g, ' ').trim());
  return topics.filter(
    (topic, index) => topic !== '' && topics.findIndex((other) => isSame(other, topic)) === index,
  );
}

/** The same topic, also in another spelling or form of the word. */
export const isSame = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase() || (covers(one, other) && covers(other, one));

const covers = (topic: string, text: string): boolean => matches(parseQuery(topic), termsOf(text));

function refusalOf(ctx: Counter, topics: readonly string[]): string | undefined {
  const { locale } = ctx.here;
  const { follow } = settingsOf(ctx.here);
  if (topics.some((topic) => topic.length > LONGEST_TOPIC)) return locale.html('follow-too-long');
  if (topics.some((topic) => topic.length < 2 || parseQuery(topic).words.length === 0))
    return locale.html('follow-too-short');
  if (follow.length + topics.length > MOST_TOPICS)
    return locale.html('follow-too-many', { limit: MOST_TOPICS });
  return undefined;
}

async function onUnfollow(ctx: Counter, argument: string): Promise<void> {
  const { here } = ctx;
  if (!here.subscribed) {
    await say(ctx, subscribeFirst(ctx));
    return;
  }
  const { follow } = settingsOf(here);
  const topics = topicsIn(argument);
  if (topics.length === 0) {
    await say(ctx, await followingScreen(ctx));
    return;
  }
  const rest = follow.filter((known) => !topics.some((topic) => isSame(known, topic)));
  const named = { words: topics.join(', ') };
  if (rest.length === follow.length) {
    await say(ctx, line(here.locale.html('unfollow-none', named), [followingRow(ctx), languagesOf(ctx)]));
    return;
  }
  await change(ctx, { follow: rest });
  await say(ctx, line(here.locale.html('unfollow-done', named), [followingRow(ctx), languagesOf(ctx)]));
}

async function onDrop(ctx: Counter, { hash }: { readonly hash: string }): Promise<void> {
  const { follow } = settingsOf(ctx.here);
  const rest = follow.filter((topic) => wordsHash(topic) !== hash);
  if (rest.length < follow.length) await change(ctx, { follow: rest });
  await redraw(ctx, await followingScreen(ctx), ctx.here.locale.text('toast-saved'));
}

async function onRubric(ctx: Counter, { hash }: { readonly hash: string }): Promise<void> {
  const { locale } = ctx.here;
  const { rubrics } = settingsOf(ctx.here);
  const rest = rubrics.filter((rubric) => wordsHash(rubric) !== hash);
  const added = (await knownRubrics(ctx)).find((rubric) => wordsHash(rubric) === hash);
  if (rest.length === rubrics.length && added === undefined)
    return answerPress(ctx, locale.text('toast-stale'));
  const changed =
    rest.length < rubrics.length || added === undefined ? rest : [...rubrics, added].slice(-MOST_RUBRICS);
  await change(ctx, { rubrics: changed });
  await redraw(ctx, await followingScreen(ctx), locale.text('toast-saved'));
}

/** What the chat follows; each topic and rubric is one tap. Of a group, the way to its card. */
export async function followingScreen(ctx: Counter): Promise<Message> {
  const { here } = ctx;
  const { locale } = here;
  if (isPlace(here.chat)) return setUpLine(ctx);
  if (!here.subscribed) return subscribeFirst(ctx);
  const { follow, followMode, rubrics } = settingsOf(here);
  const offered = await offeredRubrics(ctx);
  const followed =
    follow.length > 0
      ? [
          locale.html(followMode === 'only' ? 'following-mode-only' : 'following-mode-also'),
          locale.html('following-remove'),
        ]
      : [
          locale.html(rubrics.length > 0 ? 'following-rubrics-only' : 'following-none'),
          locale.html('follow-usage'),
        ];
  const text = [...followed, ...(offered.length > 0 ? [locale.html('following-rubrics')] : [])].join('\n');
  return line(text, choiceRows(ctx, offered));
}

/** Rubrics that the chat has chosen and could choose. */
const offeredRubrics = async (ctx: Counter): Promise<string[]> => [
  ...new Set([...settingsOf(ctx.here).rubrics, ...(await knownRubrics(ctx))]),
];

/** Everything that can be followed or dropped by a tap. */
function choiceRows(ctx: Counter, offered: readonly string[]): ButtonRow[] {
  const { locale } = ctx.here;
  const { follow, rubrics } = settingsOf(ctx.here);
  return [
    ...follow.map((topic) => [button(`✕ ${topic}`, { on: 'unfollow', hash: wordsHash(topic) })]),
    ...(follow.length > 0 ? [modeRow(ctx)] : []),
    ...inRows(
      offered.map((rubric) =>
        button(`${rubrics.includes(rubric) ? '✓ ' : ''}${locale.written(rubric)}`, {
          on: 'rubric',
          hash: wordsHash(rubric),
        }),
      ),
      2,
    ),
    [button(locale.text('button-back'), { on: 'go', screen: 'settings' })],
    languagesOf(ctx),
  ];
}

/** Rubrics of the edition's newest stories, lower case, the most used first. */
export async function rubricsIn(desk: Desk, edition: Edition): Promise<string[]> {
  const { stories } = await latestStories(desk, edition, { limit: 60 });
  const counts = new Map<string, number>();
  for (const rubric of stories.flatMap((story) => story.rubrics.map((name) => name.toLowerCase())))
    counts.set(rubric, (counts.get(rubric) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_RUBRICS)
    .map(([rubric]) => rubric);
}

const knownRubrics = ({ here }: Counter): Promise<string[]> => rubricsIn(here.desk, here.edition);

function modeRow(ctx: Counter): ButtonRow {
  const { locale } = ctx.here;
  const { followMode } = settingsOf(ctx.here);
  const option = (value: 'only' | 'also') =>
    button(`${followMode === value ? '✓ ' : ''}${locale.text(`button-mode-${value}`)}`, {
      on: 'set',
      field: 'mode',
      value,
    });
  return [option('only'), option('also')];
}

const languagesOf = ({ here }: Counter): ButtonRow => languageRow(here.edition, 'following');

const followingRow = (ctx: Counter): ButtonRow =>
  rowOrSetUp(ctx, [button(ctx.here.locale.text('button-following'), { on: 'open', screen: 'following' })]);
