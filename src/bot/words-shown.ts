/** Words of a search, which is kept nowhere: they are read back from the message under which something is pressed. */
import type { Counter } from './context.ts';

/** The words that were searched for; they may be longer than a button holds. They stand in bold after the first colon. */
export function wordsShown(ctx: Counter): string {
  const message = ctx.callbackQuery?.message;
  if (!message || !('text' in message) || message.text === undefined) return '';
  const title = message.entities?.find(({ type }) => type === 'bold');
  if (!title) return '';
  const shown = message.text.slice(title.offset, title.offset + title.length);
  return shown.slice(shown.indexOf(': ') + 1).trim();
}
