/**
 * Read back from the message under which something is pressed: the words of a search, which are kept nowhere, and the mark of a
 * correction.
 */
import type { Update } from 'grammy/types';
import type { Desk } from '../desk/desk.ts';
import { EDITIONS } from '../news/edition.ts';
import type { Locale } from '../render/locale.ts';
import type { Press } from './buttons.ts';
import type { Counter } from './context.ts';

/** Bytes of words that a button can carry beside what else its data says. */
const CARRIED = 54;

/** Whether a button holds the words by itself; the message shows others. */
export const isCarried = (words: string): boolean => Buffer.byteLength(words) <= CARRIED;

/** Line that shows words which a button under it is about. */
export const wroteLine = (locale: Locale, words: string): string =>
  `<b>${locale.html('wrote', { words })}</b>`;

type Pressed = NonNullable<NonNullable<Update['callback_query']>['message']>;

/** The words that were searched for or written; they may be longer than a button holds. They stand in bold after the first colon. */
export function wordsShown({ callbackQuery }: Counter): string {
  const shown = callbackQuery?.message ? titleIn(callbackQuery.message) : '';
  return shown.slice(shown.indexOf(': ') + 1).trim();
}

/** The first words in bold. */
function titleIn(message: Pressed): string {
  if (!('text' in message) || message.text === undefined) return '';
  const title = message.entities?.find(({ type }) => type === 'bold');
  return title ? message.text.slice(title.offset, title.offset + title.length) : '';
}

/** The mark of a correction, which a message keeps for as long as it stands; empty: it has none. */
export function updatedMark({ locales }: Desk, message: Pressed): string {
  const text = 'text' in message ? (message.text ?? '') : JSON.stringify(message);
  const marks = EDITIONS.flatMap((edition) =>
    (['cyrillic', 'lacinka'] as const).map(
      (script) => ` · ${locales.for(edition, script).text('story-updated')}`,
    ),
  );
  return marks.find((mark) => text.includes(mark)) ?? '';
}

/** The message with no more than what is read of it here. An announcement is sent as it stands. */
export function readOf(desk: Desk, message: Pressed, press: Press | undefined): object {
  if (press?.on === 'announce') return message;
  const title = titleIn(message);
  const entities = [{ type: 'bold', offset: 0, length: title.length }];
  return { ...message, from: undefined, text: title + updatedMark(desk, message), entities };
}
