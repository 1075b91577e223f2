/**
 * Operators' commands, in the chats of `ADMIN_IDS` only; to everybody else they are unknown. They show counts, rounded
 * and withheld where they are small, and never a chat.
 */
import { type Bar, barChart } from '../chart/bar-chart.ts';
import { drawPng } from '../chart/png.ts';
import { editionHealth } from '../desk/intake/health.ts';
import { tellOperators } from '../desk/letters/alarms.ts';
import {
  announce,
  explain,
  isStaleAnnouncement,
  isTakenBack,
  markUrgent,
  newAnnouncement,
  reachOf,
  stats,
  takeBack,
} from '../desk/operator/operate.ts';
import { type DayOfNews, week } from '../desk/operator/week.ts';
import { pauseAll, resumeAll } from '../desk/pause.ts';
import { findStory, findStoryByLink } from '../desk/stories.ts';
import { readFate } from '../desk/trace.ts';
import { EDITION_PATTERN, EDITIONS, type Edition, isEdition } from '../news/edition.ts';
import type { Message } from '../news/message.ts';
import type { Story } from '../news/story.ts';
import { timeIn } from '../news/zone.ts';
import type { Locale } from '../render/locale.ts';
import { escapeHtml, foreignHtml, untappable } from '../render/html.ts';
import { roundedUp } from '../status.ts';
import { answerPress, line, redraw, say, sayPicture } from './answer.ts';
import type { Counter, Here } from './context.ts';
import { answerUnknown, isOperator } from './help.ts';
import type { Part } from './parts.ts';
import type { Press } from './buttons.ts';
import { button, cancelRow } from './rows.ts';
import { settingsOf } from './chat-view.ts';

/** Characters of all its languages together, shown in one message of 4,096 at most; Belarusian counts as long as in łacinka. */
const LONGEST_ANNOUNCEMENT = 3800;

type Do = (ctx: Counter, words: string) => Promise<Message>;

const forOperators =
  (act: Do) =>
  async (ctx: Counter, words: string): Promise<void> => {
    if (isOperator(ctx)) await say(ctx, await act(ctx, words));
    else await answerUnknown(ctx);
  };

export const operatorPart: Part = {
  commands: {
    stats: showStats,
    health: forOperators(healthScreen),
    announce: forOperators(async (ctx, words) => announcementScreen(ctx, words)),
    urgent: forOperators((ctx, words) => withStory(ctx, words, '/urgent', urgent)),
    withdraw: forOperators((ctx, words) => withStory(ctx, words, '/withdraw', askToWithdraw)),
    why: forOperators((ctx, words) => withStory(ctx, words, '/why', why)),
    pause: forOperators(async (ctx) => {
      if (await pauseAll(ctx.here.desk))
        await tellOthers(ctx, 'an operator has stopped all news (/pause); it waits for /resume');
      return statsScreen(ctx);
    }),
    resume: forOperators(async (ctx) => {
      if (await resumeAll(ctx.here.desk)) await tellOthers(ctx, 'an operator lets the news go on (/resume)');
      return statsScreen(ctx);
    }),
  },
  presses: { announce: sendAnnouncement, withdraw: withdrawStory },
};

/** Tells the other operators, and whoever listens at `ALARM_URL`, what one of them did. */
async function tellOthers({ here: { desk, chat } }: Counter, words: string): Promise<void> {
  const send = await tellOperators(desk, [words], chat.id);
  await send();
}

/** How many get the news and how fast; the last seven days in numbers, and as a picture for the eye. */
async function showStats(ctx: Counter): Promise<void> {
  if (!isOperator(ctx)) return answerUnknown(ctx);
  const { desk, locale } = ctx.here;
  const days = await week(desk, settingsOf(ctx.here).timezone);
  const bars = days.some(({ stories }) => stories > 0) ? days.map((day) => barOf(day, locale)) : [];
  const title = locale.text('operator-week');
  const numbers = bars.map(({ label, shown, note }) => `${label}  ${shown}${note && ` · ${note}`}`);
  const { text } = await statsScreen(ctx);
  await say(ctx, line([text, ...(bars.length > 0 ? ['', `${title}:`, ...numbers] : [])].join('\n')));
  if (bars.length === 0) return;
  const png = await drawPng(barChart(bars));
  if (png) await sayPicture(ctx, png, title);
  else desk.log.warn('the chart of the week could not be drawn');
}

const barOf = ({ day, stories, sent }: DayOfNews, locale: Locale): Bar => ({
  label: `${day.slice(8)}.${day.slice(5, 7)}`,
  value: stories,
  shown: locale.number(stories),
  note: sent > 0 ? locale.number(sent) : '',
});

async function statsScreen({ here: { locale, desk } }: Counter): Promise<Message> {
  const { readers, rate, paused } = await stats(desk);
  const lines = EDITIONS.map((edition) => {
    const count = readers[edition];
    return count === undefined
      ? locale.html('operator-readers-few', { edition })
      : locale.html('operator-readers', { edition, count });
  });
  return line(
    [
      ...lines,
      rate === undefined
        ? locale.html('operator-rate-none')
        : locale.html('operator-rate', { rate: Math.round(rate) }),
      locale.html(paused ? 'operator-paused' : 'operator-running'),
      locale.html('operator-version', { version: desk.status.version }),
    ].join('\n'),
  );
}

/** How each source is, with the alarms that stand, what else does not hold, whether operators have stopped the news, and how many chats wait for it. */
async function healthScreen({ here }: Counter): Promise<Message> {
  const { locale, desk } = here;
  const sources = await Promise.all(EDITIONS.map((edition) => sourceLines(here, edition)));
  const { behind, paused } = await stats(desk);
  const queues = EDITIONS.filter((edition) => behind[edition] > 0).map((edition) =>
    locale.html('operator-behind', { edition, count: behind[edition] }),
  );
  const failing = desk.status.conditions
    .failing()
    .filter(({ name }) => !name.startsWith('source '))
    .map(({ why }) => foreignHtml(why));
  const pause = paused ? [locale.html('operator-paused')] : [];
  return line([...sources.flat(), ...failing, ...pause, ...queues, ...paceLines(here)].join('\n'));
}

/** Whether Telegram has the whole bot wait, and which of our limits held lately. */
function paceLines({ locale, desk }: Here): string[] {
  const { floodMs, bites } = desk.telegram.pace;
  // On a small bot the times are one reader's: not to the unit, as all that is counted of chats.
  const held = bites.lately().map(({ limit, count }) => `${limit} ≤ ${roundedUp(count)}`);
  return [
    ...(floodMs > 0 ? [locale.html('operator-flood')] : []),
    ...(held.length > 0 ? [locale.html('operator-limits', { limits: held.join(', ') })] : []),
  ];
}

async function sourceLines(here: Here, edition: Edition): Promise<string[]> {
  const { locale, desk } = here;
  const health = await editionHealth(desk, edition);
  const unread = desk.policy.off?.includes(edition) ? 'operator-source-off' : 'operator-source-never';
  if (!health) return [locale.html(unread, { edition })];
  const { lastSuccessAt, lastNewAt, items, alarms } = health;
  const time = (at: number) => locale.dateTime(at, settingsOf(here).timezone, desk.clock.now());
  return [
    lastSuccessAt === undefined
      ? locale.html('operator-source-never', { edition })
      : locale.html('operator-source', { edition, time: time(lastSuccessAt), items }),
    ...(lastNewAt === undefined
      ? []
      : [locale.html('operator-source-new', { edition, time: time(lastNewAt) })]),
    ...alarms.map((alarm) => foreignHtml(alarm.words)),
  ];
}

type Texts = Partial<Record<Edition, string>>;

/** `be: …`, `ru: …`, `en: …`, each on a line of its own, each text over as many lines as it needs. */
export function readTexts(words: string): Texts {
  const texts: Texts = {};
  const parts = words.split(new RegExp(`^(${EDITION_PATTERN}):[ \\t]*`, 'm'));
  for (let index = 1; index < parts.length; index += 2) {
    const edition = parts[index];
    const text = parts[index + 1]?.trim();
    if (isEdition(edition) && text) texts[edition] = text;
  }
  return texts;
}

/** Shows what would be sent; only the button sends it. The text is kept in this message and nowhere else. */
function announcementScreen({ here }: Counter, argument: string): Message {
  const { desk, locale } = here;
  const texts = Object.entries(readTexts(argument));
  if (texts.length === 0) return line(locale.html('operator-announce-usage'));
  const longest = (edition: string, text: string): number =>
    Math.max(text.length, edition === 'be' ? desk.locales.for('be', 'lacinka').written(text).length : 0);
  if (texts.reduce((sum, [edition, text]) => sum + longest(edition, text), 0) > LONGEST_ANNOUNCEMENT)
    return line(locale.html('operator-announce-long'));
  const shown = texts.map(([edition, text]) => `${edition}: ${escapeHtml(text)}`);
  return line(`${locale.html('operator-announce-ask')}\n\n${shown.join('\n')}`, [
    [button(locale.text('button-announce'), { on: 'announce', id: newAnnouncement(desk) })],
    cancelRow(locale),
  ]);
}

async function sendAnnouncement(ctx: Counter, { id }: Extract<Press, { on: 'announce' }>): Promise<void> {
  const { desk, locale } = ctx.here;
  const message = ctx.callbackQuery?.message;
  const texts = message && 'text' in message ? readTexts(message.text ?? '') : {};
  if (!isOperator(ctx) || Object.keys(texts).length === 0 || isStaleAnnouncement(desk, id))
    return answerPress(ctx, locale.text('toast-stale'));
  await announce(desk, texts, id);
  await redraw(ctx, line(locale.html('operator-announced')));
}

async function withStory(
  ctx: Counter,
  argument: string,
  command: '/urgent' | '/withdraw' | '/why',
  act: (ctx: Counter, story: Story) => Promise<Message>,
): Promise<Message> {
  const { desk, locale } = ctx.here;
  if (argument === '') return line(locale.html('operator-link-usage', { command }));
  const story = /^[a-z0-9]{10}$/.test(argument)
    ? await findStory(desk, argument)
    : await findStoryByLink(desk, argument);
  return story ? act(ctx, story) : line(locale.html('operator-no-story'));
}

async function urgent({ here }: Counter, story: Story): Promise<Message> {
  return line(here.locale.html(URGENT_SAID[await markUrgent(here.desk, story)]));
}

const URGENT_SAID = {
  marked: 'operator-urgent',
  withdrawn: 'operator-withdrawn',
  old: 'operator-urgent-old',
  unknown: 'operator-no-story',
} as const;

/** Shows which story it is, and who will see it; only the button takes it back. */
async function askToWithdraw({ here: { desk, locale } }: Counter, story: Story): Promise<Message> {
  if (await isTakenBack(desk, story.id)) return line(locale.html('operator-withdrawn-before'));
  const asked = [
    locale.html('operator-withdraw-ask', { headline: untappable(story.headline) }),
    locale.html(`operator-withdraw-${reachOf(desk, story)}`),
  ];
  return line(asked.join(' '), [
    [button(locale.text('button-withdraw'), { on: 'withdraw', story: story.id })],
    cancelRow(locale),
  ]);
}

async function withdrawStory(ctx: Counter, { story: id }: Extract<Press, { on: 'withdraw' }>): Promise<void> {
  const { desk, locale } = ctx.here;
  if (!isOperator(ctx)) return answerPress(ctx, locale.text('toast-stale'));
  const story = await findStory(desk, id);
  const isDone = story !== undefined && (await takeBack(desk, id));
  const said = isDone ? (`operator-withdrawn-${reachOf(desk, story)}` as const) : 'operator-withdrawn-before';
  await redraw(ctx, line(locale.html(said)));
}

async function why({ here }: Counter, story: Story): Promise<Message> {
  const { locale, desk } = here;
  const { timezone } = settingsOf(here);
  const fates = Object.entries(await explain(desk, story.id));
  const named = fates.map(([fate, count]) => [fateName(fate, locale, timezone), count] as const);
  const lines = named.map(([fate, count]) =>
    count === undefined
      ? locale.html('operator-fate-few', { fate })
      : locale.html('operator-fate', { fate, count }),
  );
  if (lines.length === 0) lines.push(locale.html('operator-no-fate'));
  if (story.withdrawn) lines.unshift(locale.html('operator-withdrawn'));
  return line(lines.join('\n'));
}

function fateName(fate: string, locale: Locale, timezone: string): string {
  const { kind, reason, until } = readFate(fate);
  const time = until === undefined ? '' : timeIn(timezone, until);
  switch (kind) {
    case 'sent':
    case 'found':
    case 'repeated':
    case 'filtered':
    case 'edited':
      return locale.text(`fate-${kind}`);
    case 'held':
      if (reason !== 'quiet' && reason !== 'digest') return locale.text('fate-held');
      return time ? locale.text(`fate-held-${reason}-until`, { time }) : locale.text(`fate-held-${reason}`);
    default:
      return locale.text('fate-refused', { reason });
  }
}
