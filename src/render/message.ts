/** A story as one message, in the style that the chat has chosen; and opened to be read in place. */
import { type Button, type Message, press } from '../news/message.ts';
import type { Story } from '../news/story.ts';
import { hasText, leadsTo } from './article.ts';
import { folded, pagesOfBlocks } from './body.ts';
import {
  cleanText,
  cutAtSentence,
  entitiesIn,
  escapeHtml,
  isLinkable,
  MESSAGE_LIMITS,
  visibleLength,
} from './html.ts';
import type { Locale, Locales } from './locale.ts';
import { createMemo } from './memo.ts';
import {
  appearanceOf,
  linked,
  localeOf,
  momentOf,
  paragraphs,
  picturePreview,
  ROOM,
  roomBeside,
  type ShownTexts,
  shownLink,
  shownTexts,
  storyDate,
  tail,
  type View,
} from './view.ts';

export { type BulletinKind, renderBulletin } from './bulletin.ts';
export { appearanceOf, type View, viewOf } from './view.ts';

const messageOf = createMemo<Message>();

/**
 * The story in the chat's style; struck through where the newsroom took it back. The same story object for a chat of
 * the same kind costs next to nothing the second time.
 */
export const renderStory = (story: Story, view: View, locales: Locales): Message =>
  messageOf(story, locales, `${appearanceOf(view)} ${momentOf(view)}`, () =>
    makeMessage(story, view, locales),
  );

function makeMessage(story: Story, view: View, locales: Locales): Message {
  const scene = sceneOf(story, view, locales);
  if (story.withdrawn) return framed(scene, withdrawn(scene), [], true);
  switch (view.style) {
    case 'headline':
      return framed(scene, headlineOnly(scene), [], true);
    case 'summary':
      return summary(scene);
    case 'full':
      return full(scene);
  }
}

/** How many pages `renderPage` has for the story, at least 1. */
export const pageCount = (story: Story, view: View, locales: Locales): number =>
  pagesOf(sceneOf(story, view, locales)).length;

/**
 * The story opened in place (`Read here`): its whole text in an expandable quote. `page` counts from 0 and is brought
 * into range; ‹ › turn the pages, Close brings back what `renderStory` gives, and who has read it may share it.
 */
export function renderPage(story: Story, page: number, view: View, locales: Locales): Message {
  const scene = sceneOf(story, view, locales);
  if (story.withdrawn) return renderStory(story, view, locales);
  const pages = pagesOf(scene);
  const at = Math.min(Math.max(Math.trunc(page) || 0, 0), pages.length - 1);
  const lead = at === 0 ? outerLead(scene.shown) : '';
  const text = paragraphs(scene.head, escapeHtml(lead), folded(pages[at] ?? ''), ...scene.foot);
  const turn: Button[] = [];
  if (at > 0) turn.push({ text: `‹ ${at}/${pages.length}`, press: press.read(story.id, at - 1) });
  if (at < pages.length - 1)
    turn.push({ text: `${at + 2}/${pages.length} ›`, press: press.read(story.id, at + 1) });
  const close: Button = { text: scene.locale.text('story-close'), press: press.close(story.id) };
  return framed(
    scene,
    text,
    [turn, [close, ...shareButton(scene)]].filter((row) => row.length > 0),
  );
}

/** The story in two plain lines, for Telegram's own lists such as inline results; the second may be empty. */
export function storyLines(
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
  return { text: escapeHtml(cutAtSentence(said, 4000)), ...(view.protect ? { protect: true } : {}) };
}

/** All parts of a message about one story, made once. */
interface Scene {
  readonly story: Story;
  readonly view: View;
  readonly locale: Locale;
  readonly shown: ShownTexts;
  readonly link: string;
  /** Urgent mark and bold headline. */
  readonly head: string;
  /** Date line with the link, picture credit, hashtags, signature: what is never shortened. */
  readonly foot: readonly string[];
}

function sceneOf(story: Story, view: View, locales: Locales): Scene {
  const locale = localeOf(view, locales);
  const shown = shownTexts(story, view, locales);
  const link = shownLink(story, view.linkHost);
  const date = [...dateLine(story, view, locale), ...(link ? [linked(link, locale.text('story-link'))] : [])];
  const credit =
    shown.credit && picturePreview(story, view) ? locale.html('story-credit', { credit: shown.credit }) : '';
  const head = urgentMark(story, shown, locale) + `<b>${escapeHtml(shown.headline)}</b>`;
  const foot = [
    [date.join(' · '), credit && `<i>${credit}</i>`].filter(Boolean).join('\n'),
    ...tail(shown.rubrics, view),
  ];
  return { story, view, locale, shown, link, head, foot };
}

/** The date and what a reader must know about the story, as one line's parts. */
function dateLine(story: Story, view: View, locale: Locale): string[] {
  const paid = view.neutral ? 'story-paid-neutral' : 'story-paid';
  return [
    escapeHtml(storyDate(story, view, locale)),
    ...(view.edited && story.revision > 0 ? [locale.html('story-updated')] : []),
    ...(story.access === 'paid' ? [locale.html(paid)] : []),
  ];
}

/** A line above the headline, unless the newsroom's own headline says it. */
function urgentMark(story: Story, shown: ShownTexts, locale: Locale): string {
  const mark = locale.text('story-urgent');
  const said = shown.headline.toLowerCase().startsWith(mark.toLowerCase());
  return story.urgent && !said ? `⚡ ${escapeHtml(mark)}\n` : '';
}

const withdrawn = ({ shown, story, view, locale }: Scene): string =>
  paragraphs(
    `<s>${escapeHtml(shown.headline)}</s>`,
    locale.html('story-withdrawn'),
    escapeHtml(storyDate(story, view, locale)),
    ...tail([], view),
  );

function headlineOnly({ story, view, shown, link, locale }: Scene): string {
  const headline = isLinkable(link)
    ? `<b>${linked(link, shown.headline)}</b>`
    : [`<b>${escapeHtml(shown.headline)}</b>`, escapeHtml(link)].filter(Boolean).join('\n');
  const first = urgentMark(story, shown, locale) + headline;
  return paragraphs(
    [first, dateLine(story, view, locale).join(' · ')].join('\n'),
    ...tail(shown.rubrics, view),
  );
}

function summary(scene: Scene): Message {
  const { shown, head, foot } = scene;
  const [first] = shown.body.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []));
  const whole = shown.lead || first || '';
  const room = Math.min(
    shown.lead ? ROOM.lead : ROOM.lead / 2,
    roomBeside(visibleLength(paragraphs(head, ...foot))),
  );
  const lead = cutAtSentence(whole, room);
  const more = shown.body.some(hasText) || lead !== whole;
  return framed(scene, paragraphs(head, escapeHtml(lead), ...foot), buttons(scene, more ? 0 : undefined));
}

function full(scene: Scene): Message {
  const pages = pagesOf(scene);
  const text = paragraphs(
    scene.head,
    escapeHtml(outerLead(scene.shown)),
    folded(pages[0] ?? ''),
    ...scene.foot,
  );
  // What one message cannot hold goes on in place.
  return framed(scene, text, pages.length > 1 ? buttons(scene, 1) : []);
}

/** Read here, from `page` on where there is one, and Share. */
function buttons(scene: Scene, page: number | undefined): Button[][] {
  const { story, view, locale } = scene;
  if (!view.buttons) return [];
  const row: Button[] = [];
  // A page opened in a channel would open for all its readers at once; they have the link.
  if (page !== undefined && view.kind !== 'channel')
    row.push({ text: locale.text('story-read'), press: press.read(story.id, page) });
  row.push(...shareButton(scene));
  return row.length > 0 ? [row] : [];
}

function shareButton({ story, view, locale, link }: Scene): Button[] {
  const text = locale.text('story-share');
  // Telegram refuses inline-query buttons in channels, and in groups where the bot is an anonymous administrator.
  if (view.kind === 'person') return [{ text, inline: `s_${story.id}` }];
  return link ? [{ text, url: `https://t.me/share/url?url=${encodeURIComponent(link)}` }] : [];
}

/** The lead as it stands above the quote; a lead of a page's length stands in the quote instead. */
const outerLead = ({ lead }: ShownTexts): string => (cutAtSentence(lead, ROOM.lead) === lead ? lead : '');

function pagesOf({ story, shown, head, foot }: Scene): string[] {
  const lead = outerLead(shown);
  const body =
    lead === shown.lead ? shown.body : [{ kind: 'paragraph', text: shown.lead } as const, ...shown.body];
  const frame = paragraphs(head, escapeHtml(lead), ...foot);
  const room = {
    length: roomBeside(visibleLength(frame)),
    entities: MESSAGE_LIMITS.entities - entitiesIn(frame),
  };
  return pagesOfBlocks(body, room, (link) => leadsTo(link, story, undefined));
}

function framed({ story, view }: Scene, text: string, rows: readonly Button[][] = [], bare = false): Message {
  const preview = bare ? undefined : picturePreview(story, view);
  return {
    text,
    ...(preview ? { preview } : {}),
    ...(rows.length > 0 ? { buttons: rows } : {}),
    ...(view.protect ? { protect: true } : {}),
  };
}
