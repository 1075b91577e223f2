/** Following: words and names of which a chat wants to hear, and the rubrics it wants. */
import { expectWords } from '../desk/memory/expected.ts';
import { isOpen } from '../news/settings.ts';
import { isPlace } from '../news/subscriber.ts';
import {
  addTopics,
  dropTopics,
  LONGEST_TOPIC,
  MOST_TOPICS,
  readTopics,
  topicsTypedFreely,
  type TypedTopics,
} from '../news/topics.ts';
import type { Locale } from '../render/locale.ts';
import { line, say } from './answer.ts';
import { changeOwn, onOwn, own, ownMenu, settingsOf } from './chat-view.ts';
import type { Counter } from './context.ts';
import { backRow, fieldButton, onDrop, onRubric, rubricRows, topicRows, whatHolds } from './menus.ts';
import type { Part } from './parts.ts';
import { button, type ButtonRow, languageRow } from './rows.ts';
import { rubricsIn } from './rubrics.ts';
import { rowOrSetUp, setUpRow } from './set-up-link.ts';
import { subscribeFirst } from './subscribe.ts';
import { isCarried, wordsShown, wroteLine } from './words-shown.ts';

export const followPart: Part = {
  commands: {
    follow: (ctx, words) => (words === '' ? askTopics(ctx) : followTyped(ctx, words)),
    unfollow: onUnfollow,
    following: async (ctx) => say(ctx, await followingScreen(ctx)),
  },
  presses: {
    follow: (ctx, { words }) => followTyped(ctx, words || wordsShown(ctx)),
    topics: askTopics,
    unfollow: onOwn((ctx, target, { hash }) => onDrop(ctx, target, hash, () => followingScreen(ctx))),
    rubric: onOwn((ctx, target, { hash }) => onRubric(ctx, target, hash, () => followingScreen(ctx))),
  },
};

/** Takes the next message as topics; in a group, where everybody writes, says how to type them at once. */
async function askTopics(ctx: Counter): Promise<void> {
  const { here } = ctx;
  if (!here.subscribed) return say(ctx, subscribeFirst(ctx));
  if (isPlace(here.chat)) return say(ctx, line(here.locale.html('follow-usage'), [setUpRow(ctx)]));
  expectWords(here.desk, here.chat.id, { for: 'topics' });
  const known = await rubricsIn(here.desk, here.edition);
  const rubrics = known.length > 0 ? [here.locale.html('following-rubrics')] : [];
  const text = [here.locale.html('follow-ask'), ...rubrics].join('\n');
  await say(ctx, line(text, [...rubricRows(own(ctx), known), followingRow(ctx), languagesOf(ctx)]));
}

/** Follows what is typed where a message of ours waits for it; what a first capital may mean besides is one tap. */
export async function followFreely(ctx: Counter, typed: string): Promise<void> {
  const words = topicsTypedFreely(typed);
  await followTyped(ctx, words, words === typed.trim() ? '' : typed.trim());
}

/** Follows what is typed after the command. `other`: what else it may mean. */
async function followTyped(ctx: Counter, typed: string, other = ''): Promise<void> {
  const { here } = ctx;
  if (!here.subscribed) return say(ctx, subscribeFirst(ctx));
  const { follow, followMode } = settingsOf(here);
  const read = readTopics(typed);
  const changed = read.kind === 'topics' ? addTopics(follow, read.topics) : [];
  if (read.kind !== 'topics' || changed.length > MOST_TOPICS)
    return say(ctx, line(refusal(here.locale, read), [followingRow(ctx), languagesOf(ctx)]));
  // Beginning to follow means "only this"; the buttons under the answer say otherwise.
  const isNew = changed.some((topic) => !follow.includes(topic));
  if (isNew) await changeOwn(ctx, { follow: changed, followMode: follow.length === 0 ? 'only' : followMode });
  const known = isNew ? [] : [here.locale.html('follow-known')];
  const otherRow = followRow(ctx, other);
  const shown = otherRow.length > 0 && !isCarried(other) ? [wroteLine(here.locale, other)] : [];
  const text = [...shown, ...known, ...(await nowHolds(ctx))].join('\n');
  const rows = [otherRow, modeRow(ctx), followingRow(ctx), languagesOf(ctx)];
  await say(ctx, line(text, rows));
}

function refusal(locale: Locale, read: TypedTopics): string {
  switch (read.kind) {
    case 'long':
      return locale.html('follow-too-long', { topic: read.topic });
    case 'short':
      return locale.html('follow-too-short', { topic: read.topic });
    case 'none':
      return locale.html('follow-usage');
    case 'many':
    case 'topics':
      return locale.html('follow-too-many', { limit: MOST_TOPICS });
  }
}

async function onUnfollow(ctx: Counter, argument: string): Promise<void> {
  const { here } = ctx;
  if (!here.subscribed) return say(ctx, subscribeFirst(ctx));
  const { follow } = settingsOf(here);
  const read = readTopics(argument);
  if (read.kind === 'none') return say(ctx, await followingScreen(ctx));
  const rest = read.kind === 'topics' ? dropTopics(follow, read.topics) : follow;
  const dropped = follow.filter((topic) => !rest.includes(topic));
  if (dropped.length > 0) await changeOwn(ctx, { follow: rest });
  const first =
    dropped.length > 0
      ? here.locale.html('unfollow-done', { words: dropped.join(', ') })
      : here.locale.html('unfollow-none', { words: argument.slice(0, LONGEST_TOPIC) });
  const text = [first, ...(await nowHolds(ctx))].join('\n');
  await say(ctx, line(text, [followingRow(ctx), languagesOf(ctx)]));
}

/** Screen of what the chat follows; each topic and rubric is one tap. */
export const followingScreen = (ctx: Counter) =>
  ownMenu(ctx, async (target) => {
    const { locale, subscriber } = target;
    const { settings } = subscriber;
    const isFollowing = settings.follow.length > 0;
    const known = await rubricsIn(ctx.here.desk, settings.edition);
    const text = [
      ...whatHolds(target, known),
      '',
      ...(isFollowing ? [locale.html('following-remove')] : []),
      ...(known.length > 0 ? [locale.html('following-rubrics')] : []),
    ];
    return line(text.join('\n').trim(), [
      ...topicRows(target),
      target.besides('topics'),
      ...(isFollowing ? [modeRow(ctx)] : []),
      // Urgent news, where it could be kept away.
      ...(isOpen('urgentPasses', settings) ? [[fieldButton(target, 'urgentPasses')]] : []),
      ...rubricRows(target, known),
      backRow(target, 'comes'),
      languagesOf(ctx),
    ]);
  });

/** The selection as it is now. */
async function nowHolds(ctx: Counter): Promise<string[]> {
  const { desk, edition } = ctx.here;
  const { rubrics } = settingsOf(ctx.here);
  return whatHolds(own(ctx), rubrics.length === 0 ? [] : await rubricsIn(desk, edition));
}

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

/**
 * One tap to follow what was searched for; nothing where it is followed already, or cannot be. Words that a button does
 * not carry are shown by the message above it (`wordsShown`).
 */
export function followRow(ctx: Counter, words: string): ButtonRow {
  const { here } = ctx;
  const read = words.startsWith('/') ? { kind: 'none' as const } : readTopics(words);
  const [topic, ...others] = read.kind === 'topics' ? read.topics : [];
  if (topic === undefined || others.length > 0) return [];
  const carried = isCarried(topic) ? topic : '';
  const { follow } = settingsOf(here);
  if (isPlace(here.chat) || addTopics(follow, [topic]).every((one) => follow.includes(one))) return [];
  return [button(here.locale.text('button-follow', { words: topic }), { on: 'follow', words: carried })];
}
