/** Rows of buttons that several messages share. */
import { EDITION_NAMES, EDITIONS, type Edition } from '../news/edition.ts';
import type { Button } from '../news/message.ts';
import type { Locale } from '../render/locale.ts';
import { writePress, type Press, type Screen } from './buttons.ts';

export type ButtonRow = readonly Button[];

export type PressButton = Extract<Button, { press: string }>;

export const button = (text: string, press: Press): PressButton => ({ text, press: writePress(press) });

/** One tap to each language but `current`: the message is drawn again in it. */
export const languageRow = (current: Edition, screen: Screen): ButtonRow =>
  EDITIONS.filter((edition) => edition !== current).map((edition) =>
    button(EDITION_NAMES[edition], { on: 'language', edition, screen }),
  );

/** One tap to subscribe, a row for each edition but `other`. */
export const subscribeRows = (other?: Edition): ButtonRow[] =>
  EDITIONS.filter((edition) => edition !== other).map((edition) => [
    button(EDITION_NAMES[edition], { on: 'subscribe', edition }),
  ]);

/** One tap to subscribe in the chat's language. */
export const subscribeRow = (locale: Locale, edition: Edition): ButtonRow => [
  button(locale.text('button-subscribe'), { on: 'subscribe', edition }),
];

export const latestRow = (locale: Locale): ButtonRow => [
  button(locale.text('button-latest'), { on: 'open', screen: 'latest' }),
];

/** Leaves everything as it is. */
export const cancelRow = (locale: Locale): ButtonRow => [
  button(locale.text('button-cancel'), { on: 'cancel' }),
];

/** Letters that a phone shows of a button at half and at a third of a row. */
const HALF = 17;
const THIRD = 11;

/** Buttons in their order, as many beside one another as a phone shows whole: three, two or one. */
export function packed(buttons: readonly Button[]): ButtonRow[] {
  const fits = (count: number, letters: number) =>
    buttons.length >= count &&
    buttons.slice(0, count).every(({ text }) => Array.from(text).length <= letters);
  if (buttons.length === 0) return [];
  const count = fits(3, THIRD) && buttons.length !== 4 ? 3 : fits(2, HALF) ? 2 : 1;
  return [buttons.slice(0, count), ...packed(buttons.slice(count))];
}
