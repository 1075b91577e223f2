/** How one chat sees a story: its settings, and the story's texts as they may stand in its messages. */
import { remembered } from '../bounded.ts';
import { present } from '../present.ts';
import { namesNewsroom } from '../newsroom/signs.ts';
import type { ArticleText } from '../news/article.ts';
import type { Message } from '../news/message.ts';
import { leadsHome } from '../news/link-hosts.ts';
import type { Story } from '../news/story.ts';
import { dayIn } from '../news/zone.ts';
import { SHOWN, type Settings, type ShownName, TEXTS, type TextsName } from '../news/settings.ts';
import type { ChatKind, Subscriber } from '../news/subscriber.ts';
import { HOUR, MINUTE } from '../time.ts';
import { isVisible, shownBlock, shownText } from './article.ts';
import {
  anchor,
  cleanText,
  cutAtSentence,
  escapeHtml,
  isLinkable,
  MESSAGE_LIMITS,
  untappable,
} from './html.ts';
import type { Locale, Locales } from './locale.ts';
import { createMemo } from './memo.ts';
import { neutrally } from './neutral.ts';

/** The settings that a message shows, as the table says. */
type Looks = Pick<Settings, 'edition' | ShownName>;

/** All that decides how a message looks, besides the news. */
export interface View extends Looks {
  readonly kind: ChatKind;
  /** ms since the epoch: decides whether a date needs its year, and the greeting of a digest. */
  readonly now: number;
  /** Host of the links that readers see (`LINK_HOST`), with a port if need be; absent: links as published. */
  readonly linkHost?: string;
  /** Hosts to which links may lead; absent: to any. */
  readonly linkHosts?: readonly string[];
  /** Username of the bot, for links into the chat with it; absent: nobody knows it yet. */
  readonly bot?: string;
  /** The message goes on into chats of others: it leads to the bot alone. */
  readonly shared?: boolean;
  /**
   * The message was sent before and is being corrected: it says `updated`. To find out whether a correction changes
   * what is shown, compare renderings without it.
   */
  readonly edited?: boolean;
}

/** The view of a chat that we know: nothing of its settings but what a message shows. */
export function viewOf(
  { chat, settings }: Subscriber,
  now: number,
  { linkHost, linkHosts }: Pick<View, 'linkHost' | 'linkHosts'> = {},
  bot?: string,
): View {
  const rest = present<Omit<View, keyof Looks>>({ kind: chat.kind, now, linkHost, linkHosts, bot });
  return { ...looksOf(settings), ...rest };
}

const LOOKS = ['edition', ...SHOWN] as const;

/** The looks that are set; without a detour over entries, as it is done at each delivery. */
function looksOf(settings: Settings): Looks {
  const looks: Partial<Record<keyof Looks, unknown>> = {};
  for (const name of LOOKS) if (settings[name] !== undefined) looks[name] = settings[name];
  return looks as Looks;
}

const appearances = new WeakMap<View, string>();

/** Chats with the same appearance get the same message of the same news, but for dates (`datedAppearance`). */
export const appearanceOf = (view: View): string =>
  remembered(appearances, view, () =>
    JSON.stringify([
      view.kind,
      view.edition,
      view.linkHost,
      view.linkHosts,
      view.bot,
      view.edited === true,
      view.shared === true,
      SHOWN.map((name) => view[name]),
    ]),
  );

/** The part of an appearance that changes a story's own texts. */
type TextsView = Pick<View, 'edition' | TextsName>;

const textsKey = (view: TextsView): string => JSON.stringify([view.edition, TEXTS.map((name) => view[name])]);

/** An appearance with its dates: time only decides whether one needs its year, and that turns at a quarter of an hour. */
export const datedAppearance = (view: View): string =>
  remembered(
    datedAppearances,
    view,
    () => `${appearanceOf(view)} ${view.timezone} ${Math.floor(view.now / (15 * MINUTE))}`,
  );

const datedAppearances = new WeakMap<View, string>();

/** The frame's language: the chat's, not the story's. */
export const localeOf = (view: Pick<View, 'edition' | 'script'>, locales: Locales): Locale =>
  locales.for(view.edition, view.script);

/**
 * Where readers find the story: `LINK_HOST` put in, path and query kept. Empty where Telegram could not hold it, and for a
 * host that is not the newsroom's.
 */
export function shownLink(
  story: Story,
  { linkHost, linkHosts }: Pick<View, 'linkHost' | 'linkHosts'>,
): string {
  if (!URL.canParse(story.link) || foreignLink(story, { linkHosts }) !== undefined) return '';
  const url = new URL(story.link);
  if (linkHost !== undefined) {
    url.port = '';
    url.host = linkHost;
  }
  const link = linkHost === undefined ? story.link.trim() : url.href;
  if (fits(link)) return link;
  url.search = '';
  url.hash = '';
  return fits(url.href) ? url.href : '';
}

/** The address of a story that does not lead to the newsroom, to be shown and not to be tapped. */
export const foreignLink = (
  { link }: Story,
  { linkHosts }: { readonly linkHosts?: readonly string[] | undefined },
): string | undefined => (leadsHome(link, linkHosts) ? undefined : untappable(link.slice(0, 200)));

/** Bytes; browsers and Telegram take about 2000. An address that must stand as text takes room from the news. */
const fits = (link: string): boolean => Buffer.byteLength(link) <= (isLinkable(link) ? 2500 : 1000);

/** Code points: the newsroom's own stay below 120 (headline) and 230 (lead); beyond these nobody reads on a phone. */
export const ROOM = { headline: 300, lead: 1000, credit: 120, rubric: 60, signature: 200 } as const;

/** The texts of a story, cleaned, in the chat's script, without the agency's name where the chat wants none. */
export interface ShownTexts extends ArticleText {
  /** Never empty, at most `ROOM.headline`. */
  readonly headline: string;
  readonly rubrics: readonly string[];
  /** May be empty. */
  readonly credit: string;
}

const textsOf = createMemo<ShownTexts>();

export const shownTexts = (story: Story, view: TextsView, locales: Locales): ShownTexts =>
  textsOf(story, locales, textsKey(view), () => makeTexts(story, view, locales));

function makeTexts(story: Story, view: TextsView, locales: Locales): ShownTexts {
  const locale = localeOf(view, locales);
  const neutral = (text: string) => (view.neutral ? neutrally(text, story.edition) : text);
  const script = (text: string) => (story.edition === 'be' ? locale.written(text) : text);
  // Last: another script may make a command of a word.
  const show = (text: string) => untappable(script(neutral(cleanText(text))));
  const { text: lead, links: leadLinks } = shownText(
    { text: story.lead, links: story.leadLinks ?? [] },
    show,
  );
  const headline = show(story.headline) || cutAtSentence(lead, 100) || locale.text('story-untitled');
  // Some feeds say the headline once more where others have a summary.
  const isSaid = withoutStop(lead) === withoutStop(headline);
  return {
    headline: cutAtSentence(headline, ROOM.headline) || locale.text('story-untitled'),
    lead: isSaid ? '' : lead,
    ...(leadLinks && !isSaid ? { leadLinks } : {}),
    body: story.body.map((block) => shownBlock(block, show)).filter(isVisible),
    rubrics: story.rubrics.map((rubric) => cutAtSentence(show(rubric), ROOM.rubric)).filter(Boolean),
    credit: cutAtSentence(show(story.picture?.credit ?? ''), ROOM.credit),
  };
}

const withoutStop = (text: string): string => text.replace(/[.…]$/, '');

/** On another day an hour alone tells the moment up to this age, ms; beyond it stands among hours that came later. */
const HOUR_IS_ENOUGH = 12 * HOUR;

/** When a story of a list was: its hour, its date where that is not today's; nothing where all is of today. */
export function storyMoment(story: Story, view: View, locale: Locale): string {
  const { publishedAt, day } = story;
  const { timezone, now } = view;
  const isToday = (publishedAt === undefined ? day : dayIn(timezone, publishedAt)) === dayIn(timezone, now);
  if (publishedAt === undefined) return isToday ? '' : storyDate(story, view, locale);
  const isFresh = isToday || Math.abs(now - publishedAt) < HOUR_IS_ENOUGH;
  return isFresh ? locale.time(publishedAt, timezone) : storyDate(story, view, locale);
}

/** The story's day, and its time where the source gave one; in the time zone of the chat. */
export function storyDate(story: Story, view: View, locale: Locale): string {
  const { publishedAt } = story;
  if (publishedAt !== undefined) return locale.dateTime(publishedAt, view.timezone, view.now);
  const day = /^\d{4}-\d\d-\d\d$/.test(story.day) ? story.day : dayIn(view.timezone, story.firstSeenAt);
  return locale.date(day, view.now, view.timezone);
}

/** Further ahead (ms) a moment is a mistake, and Telegram refuses it some years ahead. */
const FURTHEST_AHEAD = 366 * 24 * HOUR;

/**
 * The moment that the source gave the story, in seconds since the epoch, where it may be tapped: in a hidden message it
 * may not, because Telegram would let it stand out of the spoiler.
 */
export const momentIn = ({ publishedAt }: Story, { now, hide }: View): number | undefined =>
  !hide && publishedAt !== undefined && publishedAt >= 1000 && publishedAt < now + FURTHEST_AHEAD
    ? Math.floor(publishedAt / 1000)
    : undefined;

/** `label` as the story's link; where Telegram would drop such a link, the label and the address to be copied. */
export function linked(address: string, label: string): string {
  if (isLinkable(address)) return anchor(address, label);
  return address === '' ? escapeHtml(label) : `${escapeHtml(label)}: ${escapeHtml(address)}`;
}

/** Whether the chat wants pictures, Telegram can show this one, and it does not tell what is read here. */
export const isShown = (picture: string, { pictures, neutral }: View): boolean =>
  pictures && isLinkable(picture) && !(neutral && namesNewsroom(picture));

/** The story's picture as a large preview above the text. */
export function picturePreview({ picture }: Story, view: View): Message['preview'] {
  return picture && isShown(picture.url, view) ? { url: picture.url, large: true, above: true } : undefined;
}

/** Paragraphs of a message, empty ones left out. */
export const paragraphs = (...parts: readonly string[]): string => parts.filter(Boolean).join('\n\n');

/** Code points left for more text beside `parts`, their separators counted. */
export const roomBeside = (length: number): number => MESSAGE_LIMITS.length - length - 4;

/** Whether the chat's news comes as articles: their texts could not be hidden. */
export const asArticle = ({ articles, hide }: View): boolean => articles && !hide;

/** A message as the chat wants it guarded: not to be passed on; text and picture not seen by anybody before a tap. */
export function guarded(message: Message, view: View): Message {
  const { preview, ...bare } = { ...message, ...(view.protect ? { protect: true } : {}) };
  if (view.hide) return { ...bare, text: `<tg-spoiler>${message.text}</tg-spoiler>` };
  return preview ? { ...bare, preview } : bare;
}
