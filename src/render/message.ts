/** A story as one message, in the style that the chat has chosen; and opened to be read in place. */
import { type Button, filled, type Message, press } from '../news/message.ts';
import type { Story } from '../news/story.ts';
import { deepLink, hasText, leadsFrom } from './article.ts';
import { folded, pagesOfBlocks } from './body.ts';
import { datePiece, datePieces, htmlOf, lineHtml, linkPieces, tail, urgentMark } from './frame.ts';
import { cleanText, cutAtSentence, entitiesIn, escapeHtml, MESSAGE_LIMITS, visibleLength } from './html.ts';
import type { Locale, Locales } from './locale.ts';
import { createMemo } from './memo.ts';
import { storyArticle } from './rich.ts';
import {
  asArticle,
  guarded,
  isShown,
  localeOf,
  datedAppearance,
  paragraphs,
  picturePreview,
  ROOM,
  roomBeside,
  type ShownTexts,
  shownTexts,
  type View,
} from './view.ts';

export { renderBulletin } from './bulletin.ts';
export { appearanceOf, type View } from './view.ts';

const messageOf = createMemo<Message>();

/**
 * The story in the chat's style; struck through where the newsroom took it back. The same story object for a chat of
 * the same kind costs next to nothing the second time.
 */
export const renderStory = (story: Story, view: View, locales: Locales): Message =>
  messageOf(story, locales, datedAppearance(view), () => makeMessage(story, view, locales));

function makeMessage(story: Story, view: View, locales: Locales): Message {
  const scene = sceneOf(story, view, locales, view.style !== 'headline');
  if (story.withdrawn) return framed(scene, withdrawn(scene), [], true);
  switch (view.style) {
    case 'headline':
      return framed(scene, paragraphs(scene.head, ...scene.foot), buttons(scene, opens(scene)), true);
    case 'summary':
      return summary(scene);
    case 'full':
      return full(scene, locales);
  }
}

/**
 * The story opened (`Read here`): its whole text, unfolded. `page` counts from 0 and is brought into range; where one
 * message does not hold it ‹ › turn the pages, in a place the rest is in the chat with the bot. Close brings back what
 * `renderStory` gives; `alone`: there is nothing to go back to. Who has read it may share it.
 */
export function renderPage(
  story: Story,
  page: number,
  view: View,
  locales: Locales,
  { alone = false }: { readonly alone?: boolean } = {},
): Message {
  const scene = sceneOf(story, view, locales);
  if (story.withdrawn) return renderStory(story, view, locales);
  const pages = pagesOf(scene);
  const at = Math.min(Math.max(Math.trunc(page) || 0, 0), pages.length - 1);
  const lead = at === 0 ? outerLead(scene.shown) : '';
  const text = paragraphs(scene.head, leadHtml(scene, lead), pages[at] ?? '', ...scene.foot);
  if (isPlaceView(view))
    return withArticle(scene, locales, framed(scene, text, pages.length > 1 ? [readOn(scene)] : []), []);
  const close: Button[] = alone
    ? []
    : [{ text: scene.locale.text('story-close'), press: press.close(story.id) }];
  const rows = [turnRow(story, at, pages.length, alone), [...close, ...shareButton(scene)]];
  const plain = framed(scene, text, rows);
  return withArticle(scene, locales, plain, [[...close, ...shareButton(scene)]]);
}

/** The message also as an article, where the chat wants those; `rows` stand under it. */
function withArticle(
  { story, view }: Scene,
  locales: Locales,
  message: Message,
  rows: readonly Button[][],
): Message {
  const blocks = asArticle(view) ? storyArticle(story, view, locales) : undefined;
  if (!blocks) return message;
  const kept = filled(rows);
  return { ...message, rich: { blocks, ...(kept.length > 0 ? { buttons: kept } : {}) } };
}

/** `‹ 2/4 ›`; nothing where there is one page. */
function turnRow({ id }: Story, at: number, pages: number, alone: boolean): Button[] {
  if (pages === 1) return [];
  const to = (text: string, page: number): Button => ({ text, press: press.read(id, page, alone) });
  return [
    ...(at > 0 ? [to('‹', at - 1)] : []),
    { text: `${at + 1}/${pages}`, disabled: true },
    ...(at < pages - 1 ? [to('›', at + 1)] : []),
  ];
}

/** Where a message belongs to all who see it, what one of them opens opens for that one alone. */
const isPlaceView = ({ kind }: View): boolean => kind !== 'person';

/** The story in two plain lines, for Telegram's own lists such as inline results; the second may be empty. */
export function listLines(
  story: Story,
  view: View,
  locales: Locales,
): { title: string; description: string } {
  const { headline, lead } = shownTexts(story, view, locales);
  return { title: cutAtSentence(headline, 120), description: cutAtSentence(lead, 200) };
}

/** An operator's announcement: plain text, cut to what one message holds. */
export function renderAnnouncement(text: string, view: View, locales: Locales): Message {
  const locale = localeOf(view, locales);
  const lines = text.split('\n').map(cleanText).join('\n').trim();
  const said = view.edition === 'be' ? locale.written(lines) : lines;
  return guarded({ text: escapeHtml(cutAtSentence(said, 4000)) }, view);
}

/** All parts of a message about one story, made once. */
interface Scene {
  readonly story: Story;
  readonly view: View;
  readonly locale: Locale;
  readonly shown: ShownTexts;
  /** Urgent mark and bold headline. */
  readonly head: string;
  /** Date line with the link, picture credit, hashtags, signature: what is never shortened. */
  readonly foot: readonly string[];
}

/** `pictured`: the message shows the story's picture, where there is one. */
function sceneOf(story: Story, view: View, locales: Locales, pictured = true): Scene {
  const locale = localeOf(view, locales);
  const shown = shownTexts(story, view, locales);
  const date = lineHtml(datePieces(story, view, locale));
  const credit =
    pictured && shown.credit && picturePreview(story, view)
      ? locale.html('story-credit', { credit: shown.credit })
      : '';
  const mark = urgentMark(story, shown.headline, locale);
  const head = [escapeHtml(mark), `<b>${escapeHtml(shown.headline)}</b>`].filter(Boolean).join('\n');
  const foot = [
    [date, credit && `<i>${credit}</i>`].filter(Boolean).join('\n'),
    ...tail(shown.rubrics, view),
  ];
  return { story, view, locale, shown, head, foot };
}

const withdrawn = ({ shown, story, view, locale }: Scene): string =>
  paragraphs(
    `<s>${escapeHtml(shown.headline)}</s>`,
    locale.html('story-withdrawn'),
    htmlOf(datePiece(story, view, locale)),
    ...tail([], view),
  );

/** A headline alone opens where the story says anything more. */
const opens = (scene: Scene): boolean => scene.shown.lead !== '' || hasMore(scene);

/** Whether the opened story shows more than its lead: words, or in an article pictures. */
const hasMore = ({ shown, view }: Scene): boolean =>
  shown.body.some(
    (block) => hasText(block) || (block.kind === 'figure' && asArticle(view) && isShown(block.url, view)),
  );

function summary(scene: Scene): Message {
  const { shown, head, foot } = scene;
  const [first] = shown.body.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []));
  const whole = shown.lead || first || '';
  const room = Math.min(
    shown.lead ? ROOM.lead : ROOM.lead / 2,
    roomBeside(visibleLength(paragraphs(head, ...foot))),
  );
  const lead = cutAtSentence(whole, room);
  const more = hasMore(scene) || lead !== whole;
  const said = lead && shown.lead ? leadHtml(scene, lead) : escapeHtml(lead);
  return framed(scene, paragraphs(head, said, ...foot), buttons(scene, more));
}

function full(scene: Scene, locales: Locales): Message {
  const pages = pagesOf(scene);
  const text = paragraphs(
    scene.head,
    leadHtml(scene, outerLead(scene.shown)),
    folded(pages[0] ?? ''),
    ...scene.foot,
  );
  // A message that ends before the story does always says how it goes on.
  const rest = pages.length > 1 ? [readOn(scene)] : [];
  const share = buttons(scene, false);
  const plain = framed(scene, text, [...rest, ...share]);
  return withArticle(scene, locales, plain, share);
}

/** Read here, where there is something to read, and Share. */
function buttons(scene: Scene, more: boolean): Button[][] {
  if (!scene.view.buttons) return [];
  const row = [...(more ? readButton(scene) : []), ...shareButton(scene)];
  return filled([row]);
}

/** In a channel a press would open the story for all its readers at once. */
const readButton = (scene: Scene): Button[] => openButton(scene, 0, scene.view.kind !== 'channel');

/** The rest of a story that its message does not hold: in place, from a place in the chat with the bot. */
const readOn = (scene: Scene): Button[] => openButton(scene, 1, !isPlaceView(scene.view));

function openButton({ story, view: { bot }, locale }: Scene, page: 0 | 1, inPlace: boolean): Button[] {
  const text = locale.text(page === 0 ? 'story-read' : 'story-read-on');
  if (inPlace) return [{ text, press: press.read(story.id, page) }];
  return bot === undefined ? [] : [{ text, url: deepLink(bot, story.id) }];
}

/** Shares the way into the chat with the bot, never the site, which is blocked for most who would get it. */
function shareButton({ story, view: { kind, bot }, locale, shown }: Scene): Button[] {
  const text = locale.text('story-share');
  // Telegram refuses inline-query buttons in channels, and in groups where the bot is an anonymous administrator.
  if (kind === 'person') return [{ text, inline: `s_${story.id}` }];
  if (bot === undefined) return [];
  const said = `url=${encodeURIComponent(deepLink(bot, story.id))}&text=${encodeURIComponent(shown.headline)}`;
  return [{ text, url: `https://t.me/share/url?${said}` }];
}

/** The lead as it stands above the quote; a lead of a page's length stands in the quote instead. */
const outerLead = ({ lead }: ShownTexts): string => (cutAtSentence(lead, ROOM.lead) === lead ? lead : '');

/** The lead, or the beginning of it, with its links. */
const leadHtml = ({ story, view, shown }: Scene, lead: string): string =>
  linkPieces(lead, shown.leadLinks, leadsFrom(story, view)).map(htmlOf).join('');

function pagesOf(scene: Scene): string[] {
  const { story, view, shown, head, foot } = scene;
  const lead = outerLead(shown);
  const { leadLinks: links } = shown;
  const body =
    lead === shown.lead
      ? shown.body
      : [{ kind: 'paragraph', text: shown.lead, ...(links ? { links } : {}) } as const, ...shown.body];
  const frame = paragraphs(head, leadHtml(scene, lead), ...foot);
  const room = {
    length: roomBeside(visibleLength(frame)),
    entities: MESSAGE_LIMITS.entities - entitiesIn(frame),
  };
  return pagesOfBlocks(body, room, leadsFrom(story, view));
}

function framed({ story, view }: Scene, text: string, rows: readonly Button[][] = [], bare = false): Message {
  const preview = bare ? undefined : picturePreview(story, view);
  const shown = filled(rows);
  const under = shown.length > 0 ? { buttons: shown } : {};
  return guarded({ text, ...(preview ? { preview } : {}), ...under }, view);
}
