/** Lists of stories: the newest, and what words find. Pages turn in the same message. */
import { searchFor } from '../desk/serve.ts';
import { latestStories, searchStories } from '../desk/stories.ts';
import { parseQuery } from '../matching/match.ts';
import { filled, type Message } from '../news/message.ts';
import { renderBulletin } from '../render/message.ts';
import { askerOf, line, redraw, say } from './answer.ts';
import type { Press } from './buttons.ts';
import type { Counter } from './context.ts';
import { followRow } from './follow.ts';
import type { Part } from './parts.ts';
import { button, languageRow, latestRow, type ButtonRow } from './rows.ts';
import { viewFor } from './chat-view.ts';
import { isCarried, wordsShown } from './words-shown.ts';

/** Stories of a list when no number is asked for. */
const USUAL = 5;
const MOST = 10;
/** Words of a search that are looked at: enough for any name, and short enough to be shown again. */
const LONGEST = 100;

export const latestPart: Part = {
  commands: {
    latest: onLatest,
    search: async (ctx, words) =>
      say(
        ctx,
        words === ''
          ? withLatest(ctx, 'search-usage')
          : await listScreen(ctx, { offset: 0, count: USUAL, words }),
      ),
  },
  presses: {
    find: async (ctx, { words }) =>
      redraw(ctx, await listScreen(ctx, { offset: 0, count: USUAL, words: words || wordsShown(ctx) })),
    latest: (ctx, { offset, count }) => turnPage(ctx, { offset, count }),
    search: (ctx, { offset, count }) => turnPage(ctx, { offset, count, words: wordsShown(ctx) }),
  },
};

/** A stretch of a list. */
interface Stretch {
  readonly offset: number;
  readonly count: number;
  /** Only stories that match; absent: all. */
  readonly words?: string;
}

async function onLatest(ctx: Counter, argument: string): Promise<void> {
  const asked = readStretch(argument);
  if (asked) return say(ctx, await listScreen(ctx, asked));
  await say(ctx, withLatest(ctx, 'latest-usage'));
}

/** `[n] [words]`; undefined: a number that is none of 1-10. A large number before words belongs to them. */
export function readStretch(argument: string): Stretch | undefined {
  const [, digits, rest = ''] = /^([+-]?\d+)?(?:^|\s+|$)(.*)$/su.exec(argument.trim()) ?? [];
  if (digits === undefined) return { offset: 0, count: USUAL, ...wordsOf(argument) };
  const count = Number(digits);
  if (count >= 1 && count <= MOST) return { offset: 0, count, ...wordsOf(rest) };
  return rest === '' ? undefined : { offset: 0, count: USUAL, ...wordsOf(argument) };
}

const wordsOf = (text: string): { words?: string } => {
  const words = text.trim();
  return words === '' ? {} : { words };
};

/** A word with the way to the newest stories under it. */
export const withLatest = (
  { here: { locale, edition } }: Counter,
  key: 'latest-usage' | 'search-usage' | 'start-story-gone',
): Message => line(locale.html(key), [latestRow(locale), languageRow(edition, 'latest')]);

/** One tap to search for what somebody wrote without a command; nothing where it is no words, or long and not shown. */
export function findRow({ here: { locale } }: Counter, words: string, isShown: boolean): ButtonRow {
  const carried = isCarried(words) ? words : '';
  const findable = (carried !== '' || isShown) && !words.startsWith('/');
  if (!findable || parseQuery(words).words.length === 0) return [];
  return [button(locale.text('button-find', { words }), { on: 'find', words: carried })];
}

/** The newest five, as the button under other messages gives them. */
export const latestScreen = (ctx: Counter): Promise<Message> => listScreen(ctx, { offset: 0, count: USUAL });

/** The search of the pressed message, from its beginning, in the chat's edition of now. */
export const searchScreen = (ctx: Counter): Promise<Message> =>
  listScreen(ctx, { offset: 0, count: USUAL, words: wordsShown(ctx) });

async function turnPage(ctx: Counter, stretch: Stretch): Promise<void> {
  const count = Math.min(Math.max(stretch.count, 1), MOST);
  await redraw(ctx, await listScreen(ctx, { ...stretch, count }));
}

/** A page of the stories that match `words`; without words, of the newest. Undefined: too many search. */
export function storiesOf(ctx: Counter, words: string | undefined, page: { limit: number; offset: number }) {
  const { desk, edition } = ctx.here;
  return words === undefined
    ? latestStories(desk, edition, page)
    : searchFor(desk, askerOf(ctx), () => searchStories(desk, edition, words, page));
}

async function listScreen(ctx: Counter, stretch: Stretch): Promise<Message> {
  const { desk, edition, locale } = ctx.here;
  const { offset, count } = stretch;
  const sought = stretch.words?.slice(0, LONGEST);
  const found = await storiesOf(ctx, sought, { limit: count, offset });
  if (!found) return line(locale.html('trouble'));
  const { stories, more } = found;
  const screen = sought === undefined ? 'latest' : 'search';
  const languages = languageRow(edition, screen);
  const options = {
    numbered: true,
    ...(sought === undefined ? {} : { title: locale.text('search-title', { words: sought }) }),
  };
  const [list] = renderBulletin(stories, viewFor(ctx), screen, desk.locales, options);
  const pages = pageRow(screen, stretch, more);
  const follow = sought === undefined ? [] : followRow(ctx, sought);
  if (list) return { ...list, buttons: filled([...(list.buttons ?? []), pages, follow, languages]) };
  if (offset > 0) return line(locale.html('list-end'), [pages, languages]);
  return sought === undefined
    ? line(locale.html('latest-none'), [languages])
    : line(`<b>${locale.html('search-none', { words: sought })}</b>`, [follow, latestRow(locale), languages]);
}

function pageRow(on: 'latest' | 'search', { offset, count }: Stretch, more: boolean): ButtonRow {
  const to = (sign: string, at: number): ButtonRow => [
    button(sign, { on, offset: at, count } satisfies Press),
  ];
  return [
    ...(offset > 0 ? to('‹', Math.max(0, offset - count)) : []),
    ...(more ? to('›', offset + count) : []),
  ];
}
