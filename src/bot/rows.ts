/** Rows of buttons that several messages share. */
import { EDITION_NAMES, EDITIONS, type Edition } from '../news/edition.ts';
import type { Button } from '../news/message.ts';
import type { Locale } from '../render/locale.ts';
import { encode, type Press, type Screen } from './buttons.ts';

export type ButtonRow = readonly Button[];

export const button = (text: string, press: Press): Button => ({ text, press: encode(press) });

/** One tap to each language but `current`: the message is drawn again in it. */
export const languageRow = (current: Edition, screen: Screen): ButtonRow =>
  EDITIONS.filter((edition) => edition !== current).map((edition) =>
    button(EDITION_NAMES[edition], { on: 'language', edition, screen }),
  );

/** One tap to subscribe, a row for each edition. */
export const subscribeRows = (): ButtonRow[] =>
  EDITIONS.map((edition) => [button(EDITION_NAMES[edition], { on: 'subscribe', edition })]);

/** One tap to subscribe in the chat's language. */
export const subscribeRow = (locale: Locale, edition: Edition): ButtonRow => [
  button(locale.text('button-subscribe'), { on: 'subscribe', edition }),
];

export const latestRow = (locale: Locale): ButtonRow => [
  button(locale.text('button-latest'), { on: 'open', screen: 'latest' }),
];
