/** Several stories in one message: what came at once, a digest, what was held in quiet hours, a list that was asked for. */
import { type Button, inRows, type Message, press, type Rich } from '../news/message.ts';
import { type Story, storyTime } from '../news/story.ts';
import { clockIn } from '../news/zone.ts';
import { deepLink } from './article.ts';
import { digestOrder, type Section } from './digest-order.ts';
import { lineHtml, notes, tail, wayHere } from './frame.ts';
import { cleanText, cutAtSentence, escapeHtml, firstSentence, fitsMessage, visibleText } from './html.ts';
import type { Locale, Locales } from './locale.ts';
import { createMemo } from './memo.ts';
import { richBulletin } from './rich-bulletin.ts';
import {
  asArticle,
  guarded,
  linked,
  localeOf,
  datedAppearance,
  paragraphs,
  shownLink,
  shownTexts,
  storyDate,
  storyMoment,
  type View,
} from './view.ts';

/**
 * - `bulletin`: several that were pending; `quiet`: those that quiet hours held. Urgent first, then newest first.
 * - `digest`: the most important first, by rubric where there are more than seven, a light one last.
 * - `latest`, `search`: what was asked for, newest first, each with its date; always one message.
 */
export type BulletinKind = 'bulletin' | 'digest' | 'quiet' | 'latest' | 'search';

export interface BulletinOptions {
  /** Plain text instead of the heading, such as what was searched for. */
  readonly title?: string;
  /**
   * Each item begins with its number, from 1, and a button with the number opens it: here, or from a place in the chat
   * with the bot. Absent: where a chat has buttons under news. Where there are no numbers, a link in each item opens it.
   */
  readonly numbered?: boolean;
  /** How many follow-ups each story (by id) has had, beside those among `stories`. */
  readonly followUps?: ReadonlyMap<string, number>;
  /** Of a digest that is edited: when it was sent, ms, where that is known. */
  readonly sentAt?: number;
  /** Headlines get as short as one message needs them. Lists that are asked for are always so. */
  readonly isTight?: boolean;
}

/**
 * `stories` as few messages as Telegram's limits allow, in the order to be sent. Withdrawn ones are left out, and where
 * none is left there is no message; but in a message that is edited they are struck through, and it says why. Every
 * headline is its story's link; lines of the leads get shorter, then go, before a second message is begun.
 */
export function renderBulletin(
  stories: readonly Story[],
  view: View,
  kind: BulletinKind,
  locales: Locales,
  options: BulletinOptions = {},
): Message[] {
  const locale = localeOf(view, locales);
  const current = stories.filter(({ withdrawn }) => !withdrawn || view.edited);
  if (current.length === 0) return [];
  const title = options.title === undefined ? '' : escapeHtml(cutAtSentence(cleanText(options.title), 200));
  const said = title || headingOf(kind, current.length, view, locale, options.sentAt);
  const sections =
    kind === 'digest' ? digestOrder(current, options.followUps) : [{ of: newestFirst(current, kind) }];
  const order = sections.flatMap((section) => section.of);
  // The site is blocked where most readers are: each story of a list must open here.
  const canOpen = view.kind === 'person' || view.bot !== undefined;
  const numbered = canOpen && (options.numbered ?? (view.buttons && order.length <= MOST_NUMBERS));
  const number = (story: Story) => (numbered ? `${order.indexOf(story) + 1}. ` : '');
  const buttonsFor = (some: readonly Story[]) => (numbered ? numberButtons(order, view, some) : {});
  const nameOf = (section: Section) => sectionName(section, view, locales);
  const oneMessage = kind === 'latest' || kind === 'search';
  const best = tightest(oneMessage || options.isTight === true, (layout) => {
    const text = (story: Story) =>
      number(story) + itemOf(story, view, locales, kind, { ...layout, here: !numbered });
    return inMessages(`<b>${said}</b>`, laidOut(sections, text, nameOf), tail([], view));
  });
  return (oneMessage ? best.slice(0, 1) : best).map(({ text, of }) => {
    const rich = asArticle(view) && !oneMessage ? richForm(of) : undefined;
    return guarded({ text, ...buttonsFor(of), ...(rich ? { rich } : {}) }, view);
  });

  /** Stories of one message as an article; numbers lead to what it has no room for. */
  function richForm(own: readonly Story[]): Rich | undefined {
    const named = sections
      .map((section) => ({
        name: section.named ? visibleText(nameOf(section)) : undefined,
        of: section.of.filter((story) => own.includes(story)),
      }))
      .filter(({ of }) => of.length > 0);
    const made = richBulletin(visibleText(said), named, view, locales, number);
    return made && { blocks: made.blocks, ...buttonsFor(made.rest) };
  }
}

/** Telegram cuts buttons beyond 100 silently; a list that has more stories carries links for numbers. */
const MOST_NUMBERS = 96;

/** A button for each of `some` stories, with its number in the whole order; none for what was taken back. */
function numberButtons(
  order: readonly Story[],
  view: View,
  some: readonly Story[],
): { readonly buttons?: Button[][] } {
  const buttons = order.flatMap((story, at): Button[] =>
    some.includes(story) && !story.withdrawn ? [{ text: String(at + 1), ...opening(story, view) }] : [],
  );
  return buttons.length > 0 ? { buttons: inRows(buttons, buttons.length > 10 ? 8 : 5) } : {};
}

/** Action of a press on a story's number. A place's message belongs to all who see it: it leads to a chat of their own. */
const opening = ({ id }: Story, { kind, bot }: View): { press: string } | { url: string } =>
  kind === 'person' || bot === undefined ? { press: press.show(id) } : { url: deepLink(bot, id) };

/** Code points for each headline and for the line under it. */
interface Layout {
  readonly headline: number;
  readonly line: number;
}

/** `here`: no number opens it, so it leads to its story in the chat with the bot. */
type Item = Layout & { readonly here: boolean };

/** One message: its text and the stories that it holds. */
interface Sheet {
  readonly text: string;
  readonly of: readonly Story[];
}

/** A story's paragraph. */
interface Paragraph {
  readonly story: Story;
  readonly text: string;
}

/** From roomy to tight; the first that fits one message is taken. */
const layouts = (tighter: boolean): Layout[] => [
  { headline: 300, line: 160 },
  { headline: 300, line: 90 },
  { headline: 200, line: 0 },
  { headline: 120, line: 0 },
  ...(tighter ? [60, 30].map((headline) => ({ headline, line: 0 })) : []),
];

/** The roomiest layout that fits one message, else the fewest messages of all. */
function tightest(tighter: boolean, lay: (layout: Layout) => Sheet[]): Sheet[] {
  let best: Sheet[] = [];
  for (const layout of layouts(tighter)) {
    const messages = lay(layout);
    if (messages.length === 1) return messages;
    if (best.length === 0 || messages.length < best.length) best = messages;
  }
  return best;
}

function headingOf(
  kind: BulletinKind,
  count: number,
  view: View,
  locale: Locale,
  sentAt: number | undefined,
): string {
  switch (kind) {
    case 'bulletin':
      return locale.html('bulletin-new', { count });
    case 'quiet':
      return locale.html('bulletin-quiet', { count });
    case 'latest':
      return locale.html('bulletin-latest');
    case 'search':
      return locale.html('bulletin-search');
    case 'digest':
      // Where it is not known any more when it was sent, an edit greets nobody.
      if (view.edited && sentAt === undefined) return locale.html('digest-edited');
      return greeting(clockIn(view.timezone, sentAt ?? view.now).hour, locale);
  }
}

/** `hour` is the reader's, 0-23. */
function greeting(hour: number, locale: Locale): string {
  if (hour >= 5 && hour < 12) return locale.html('digest-morning');
  if (hour >= 12 && hour < 18) return locale.html('digest-day');
  if (hour >= 18 && hour < 23) return locale.html('digest-evening');
  return locale.html('digest-night');
}

const newestFirst = (stories: readonly Story[], kind: BulletinKind): Story[] => {
  const urgentOnTop = kind === 'bulletin' || kind === 'quiet';
  const rank = (story: Story) => (urgentOnTop && story.urgent ? 1 : 0);
  return stories.toSorted(
    (a, b) => rank(b) - rank(a) || storyTime(b) - storyTime(a) || b.firstSeenAt - a.firstSeenAt,
  );
};

/** The paragraphs of all stories, with names above the sections where there are several. */
const laidOut = (
  sections: readonly Section[],
  textOf: (story: Story) => string,
  nameOf: (section: Section) => string,
): Paragraph[] =>
  sections.flatMap((section) =>
    section.of.map((story, at) => {
      const name = section.named && at === 0 ? `<b>${nameOf(section)}</b>\n` : '';
      return { story, text: name + textOf(story) };
    }),
  );

function sectionName({ of: [story], light }: Section, view: View, locales: Locales): string {
  const locale = localeOf(view, locales);
  if (light) return locale.html('digest-light');
  const rubric = story ? shownTexts(story, view, locales).rubrics[0] : undefined;
  if (rubric === undefined) return locale.html('bulletin-other');
  return escapeHtml(rubric.charAt(0).toUpperCase() + rubric.slice(1));
}

const itemMemo = createMemo<string>();

/** One story of the list: its headline as its link; below it date or hour, notes and a line of the lead. Telegram HTML. */
function itemOf(story: Story, view: View, locales: Locales, kind: BulletinKind, item: Item): string {
  const { headline, line, here } = item;
  const dated = kind === 'latest' || kind === 'search';
  const key = [datedAppearance(view), dated, headline, line, here].join(' ');
  return itemMemo(story, locales, key, () => {
    const locale = localeOf(view, locales);
    const shown = shownTexts(story, view, locales);
    const name = cutAtSentence(shown.headline, headline);
    if (story.withdrawn) return `<s>${escapeHtml(name)}</s>\n${locale.html('story-withdrawn')}`;
    const under = [
      // No moments to be tapped here: a message has about a hundred entities, and a long list needs them for its links.
      { text: (dated ? storyDate : storyMoment)(story, view, locale) },
      ...notes(story, view, locale),
      { text: line > 0 ? firstSentence(shown.lead, line) : '' },
      ...(here ? wayHere(story, view, locale) : []),
    ].filter(({ text }) => text !== '');
    const title = linked(shownLink(story, view), name);
    return [(story.urgent ? '⚡ ' : '') + title, lineHtml(under)].filter(Boolean).join('\n');
  });
}

/** `items` under `heading`, in as few messages as hold them; `foot` under each. */
function inMessages(heading: string, items: readonly Paragraph[], foot: readonly string[]): Sheet[] {
  const textOf = (some: readonly Paragraph[], at: number) =>
    paragraphs(...(at === 0 ? [heading] : []), ...some.map(({ text }) => text), ...foot);
  const sheets: Paragraph[][] = [[]];
  if (fitsMessage(textOf(items, 0))) sheets[0] = [...items];
  else
    for (const item of items) {
      const sheet = sheets.at(-1) ?? [];
      if (fitsMessage(textOf([...sheet, item], sheets.length - 1))) sheet.push(item);
      else sheets.push([item]);
    }
  return sheets.map((some, at) => ({ text: textOf(some, at), of: some.map(({ story }) => story) }));
}
