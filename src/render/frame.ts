/** Lines and texts of a message as pieces that may lead somewhere: date, ways to the text, links in it, hashtags, signature. */
import type { Story } from '../news/story.ts';
import type { RichText } from '../news/rich.ts';
import type { Link } from '../news/article.ts';
import { deepLink, type Lead } from './article.ts';
import { cleanText, cutAtSentence, escapeHtml, isLinkable } from './html.ts';
import type { Locale } from './locale.ts';
import { foreignLink, linked, momentIn, ROOM, shownLink, storyDate, type View } from './view.ts';

/** Words of a line or a text; `to`: the address that they lead to; `moment`: seconds since the epoch that they tell. */
export interface Piece {
  readonly text: string;
  readonly to?: string;
  readonly moment?: number | undefined;
}

/** The story's day or moment. */
export const datePiece = (story: Story, view: View, locale: Locale): Piece => ({
  text: storyDate(story, view, locale),
  moment: momentIn(story, view),
});

/** The date, notes, and last and quietest the ways to the story: to its whole text here, and to the site. */
export function datePieces(story: Story, view: View, locale: Locale): Piece[] {
  const link = shownLink(story, view);
  const foreign = foreignLink(story, view);
  return [
    datePiece(story, view, locale),
    ...notes(story, view, locale),
    // Where no button leads there.
    ...(!view.buttons || view.shared ? wayHere(story, view, locale) : []),
    ...(link && !view.shared ? [{ text: locale.text('story-link'), to: link }] : []),
    ...(foreign && !view.shared ? [{ text: foreign }] : []),
  ];
}

/** Notes that a reader needs about the story: that it was corrected, and that its full text is not free. */
export function notes(story: Story, view: View, locale: Locale): Piece[] {
  const paid = view.neutral ? 'story-paid-neutral' : 'story-paid';
  return [
    ...(view.edited && story.revision > 0 ? [{ text: locale.text('story-updated') }] : []),
    ...(story.access === 'paid' ? [{ text: locale.text(paid) }] : []),
  ];
}

/** The way to the whole text, in the chat with the bot. */
export const wayHere = ({ id }: Story, { bot }: View, locale: Locale): Piece[] =>
  bot === undefined ? [] : [{ text: locale.text('story-read'), to: deepLink(bot, id) }];

/** The foot of the news: hashtags, then the owner's line. */
export function tailPieces(rubrics: readonly string[], view: View): Piece[] {
  const tags = view.hashtags ? rubrics.slice(0, 8).map(hashtag).filter(Boolean).join(' ') : '';
  return [{ text: tags }, signatureOf(view)].filter(({ text }) => text !== '');
}

function hashtag(rubric: string): string {
  const word = rubric
    .toLowerCase()
    .replace(/(?<=\p{L})[’'](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  return word === '' || /^[\d_]+$/.test(word) ? '' : `#${word}`;
}

function signatureOf({ signature }: View): Piece {
  const text = signature ? cutAtSentence(cleanText(signature.text), ROOM.signature) : '';
  const to = signature?.link;
  return text && to !== undefined && isLinkable(to) ? { text, to } : { text };
}

/** `text`, which begins at `at` of a longer one, in pieces; those of its links that lie whole in it lead somewhere. */
export function linkPieces(text: string, links: readonly Link[] = [], lead: Lead, at = 0): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const link of links) {
    const [from, to] = [link.from - at, link.to - at];
    const address = from >= done && to <= text.length ? lead(link) : undefined;
    if (address === undefined) continue;
    pieces.push({ text: text.slice(done, from) }, { text: text.slice(from, to), to: address });
    done = to;
  }
  return [...pieces, { text: text.slice(done) }].filter((piece) => piece.text !== '');
}

/** A piece as Telegram HTML. A tap on a moment shows it by the reader's own clock. */
export function htmlOf({ text, to, moment }: Piece): string {
  if (to !== undefined) return linked(to, text);
  const html = escapeHtml(text);
  return moment === undefined || text === '' ? html : `<tg-time unix="${moment}">${html}</tg-time>`;
}

/** A piece as rich text. */
export function richOf({ text, to, moment }: Piece): RichText {
  if (to !== undefined) return isLinkable(to) ? { type: 'url', text, url: to } : `${text}: ${to}`;
  return moment === undefined || text === ''
    ? text
    : { type: 'date_time', text, unix_time: moment, date_time_format: '' };
}

/** Pieces on one line. Telegram HTML. */
export const lineHtml = (pieces: readonly Piece[]): string => pieces.map(htmlOf).join(' · ');

/** These pieces as rich text. */
export const lineRich = (pieces: readonly Piece[]): RichText =>
  pieces.flatMap((piece, index) => [...(index > 0 ? [' · '] : []), richOf(piece)]);

/** A line above the headline, unless the newsroom's own headline says it; empty for what is not urgent. */
export function urgentMark({ urgent }: Story, headline: string, locale: Locale): string {
  const mark = locale.text('story-urgent');
  const said = headline.toLowerCase();
  // A word that only begins like it (Тэрміновае пасяджэнне) says nothing of the kind.
  const isSaid = said.startsWith(mark.toLowerCase()) && !/^\p{L}/u.test(said.slice(mark.length));
  return urgent && !isSaid ? `⚡ ${mark}` : '';
}

/** Hashtags and signature as paragraphs of a message. Telegram HTML. */
export const tail = (rubrics: readonly string[], view: View): string[] =>
  tailPieces(rubrics, view).map(htmlOf);
