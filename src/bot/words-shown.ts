/** Words of a search, which is kept nowhere: they are read back from the message under which something is pressed. */
import type { Locale } from '../render/locale.ts';
import type { Counter } from './context.ts';

/** Bytes of words that a button can carry beside what else its data says. */
const CARRIED = 54;

/** Whether a button holds the words by itself; the message shows others. */
export const isCarried = (words: string): boolean => Buffer.byteLength(words) <= CARRIED;

/** Line that shows words which a button under it is about. */
export const wroteLine = (locale: Locale, words: string): string =>
  `<b>${locale.html('wrote', { words })}</b>`;

/** The words that were searched for or written; they may be longer than a button holds. They stand in bold after the first colon. */
export function wordsShown(ctx: Counter): string {
  const message = ctx.callbackQuery?.message;
  if (!message || !('text' in message) || message.text === undefined) return '';
  const title = message.entities?.find(({ type }) => type === 'bold');
  if (!title) return '';
  const shown = message.text.slice(title.offset, title.offset + title.length);
  return shown.slice(shown.indexOf(': ') + 1).trim();
}
