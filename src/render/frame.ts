/** The frame of a story's text, as pieces that may lead somewhere: date, ways to the text, hashtags, signature. */
import type { Story } from '../news/story.ts';
import type { RichText } from '../news/rich.ts';
import { deepLink } from './article.ts';
import { cleanText, cutAtSentence, isLinkable } from './html.ts';
import type { Locale } from './locale.ts';
import { foreignLink, linked, momentIn, ROOM, shownLink, storyDate, timed, type View } from './view.ts';

/** A few words; `to`: the address that they lead to; `moment`: seconds since the epoch that they tell. */
export interface Piece {
  readonly text: string;
  readonly to?: string;
  readonly moment?: number | undefined;
}

/** The date, what a reader must know about the story, and last and quietest the ways to it. */
export function datePieces(story: Story, view: View, locale: Locale): Piece[] {
  const paid = view.neutral ? 'story-paid-neutral' : 'story-paid';
  return [
    { text: storyDate(story, view, locale), moment: momentIn(story, view) },
    ...(view.edited && story.revision > 0 ? [{ text: locale.text('story-updated') }] : []),
    ...(story.access === 'paid' ? [{ text: locale.text(paid) }] : []),
    ...ways(story, view, locale),
  ];
}

/** To its whole text here, where no button leads there, and to the site. */
function ways(story: Story, view: View, locale: Locale): Piece[] {
  const { bot, buttons, shared } = view;
  const link = shownLink(story, view);
  const foreign = foreignLink(story, view);
  const here = bot !== undefined && (!buttons || shared);
  return [
    ...(here ? [{ text: locale.text('story-read'), to: deepLink(bot, story.id) }] : []),
    ...(link && !shared ? [{ text: locale.text('story-link'), to: link }] : []),
    ...(foreign && !shared ? [{ text: foreign }] : []),
  ];
}

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

/** Pieces on one line. Telegram HTML. */
export const lineHtml = (pieces: readonly Piece[]): string =>
  pieces
    .map(({ text, to, moment }) => (to === undefined ? timed(text, moment) : linked(to, text)))
    .join(' · ');

/** These pieces as rich text. */
export const lineRich = (pieces: readonly Piece[]): RichText =>
  pieces.flatMap((piece, index) => [...(index > 0 ? [' · '] : []), richPiece(piece)]);

function richPiece({ text, to, moment }: Piece): RichText {
  if (to === undefined) return richTime(text, moment);
  return isLinkable(to) ? { type: 'url', text, url: to } : `${text}: ${to}`;
}

/** Words that tell a moment, as rich text. */
export const richTime = (text: string, moment: number | undefined): RichText =>
  moment === undefined || text === ''
    ? text
    : { type: 'date_time', text, unix_time: moment, date_time_format: '' };

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
  tailPieces(rubrics, view).map((piece) => lineHtml([piece]));
