/** An edition is a language of Pozirk with a log of its own; a chat reads one edition and speaks its language. */
export const EDITIONS = ['be', 'ru', 'en'] as const;

export type Edition = (typeof EDITIONS)[number];

/** A table with what `of` makes of each edition. */
export const byEdition = <T>(of: (edition: Edition) => T): Record<Edition, T> =>
  Object.fromEntries(EDITIONS.map((edition) => [edition, of(edition)])) as Record<Edition, T>;

/** Each language by its own name, as the buttons show it. */
export const EDITION_NAMES: Readonly<Record<Edition, string>> = {
  be: 'Беларуская',
  ru: 'Русский',
  en: 'English',
};

/** Codes under which sources name the language of an edition; some write the country's. */
export const EDITION_CODES: Readonly<Record<Edition, readonly string[]>> = {
  be: ['be', 'bel', 'by'],
  ru: ['ru', 'rus'],
  en: ['en', 'eng'],
};

/** All of them for a regular expression: `be|ru|en`. */
export const EDITION_PATTERN = EDITIONS.join('|');

export const isEdition = (value: unknown): value is Edition => EDITIONS.some((edition) => edition === value);

/** The edition for a Telegram `language_code` such as `be`, `ru-RU` or `de`; English where we have none. */
export function editionFor(languageCode: string | undefined): Edition {
  const language = languageCode?.toLowerCase().split('-')[0];
  return isEdition(language) ? language : 'en';
}
