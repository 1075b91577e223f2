/** Generated from `locales/en` by `node scripts/locale-types.ts`. */

/** Every text and the variables that it needs. */
export interface LocaleVariables {
  'bulletin-empty': never;
  'bulletin-latest': never;
  'bulletin-new': 'count';
  'bulletin-other': never;
  'bulletin-quiet': 'count';
  'bulletin-search': never;
  'digest-day': never;
  'digest-evening': never;
  'digest-light': never;
  'digest-morning': never;
  'digest-night': never;
  'story-agency': never;
  'story-close': never;
  'story-credit': 'credit';
  'story-link': never;
  'story-paid': never;
  'story-paid-neutral': never;
  'story-read': never;
  'story-share': never;
  'story-untitled': never;
  'story-updated': never;
  'story-urgent': never;
  'story-withdrawn': never;
}

export type LocaleKey = keyof LocaleVariables;

/** Texts with tags, for `Locale.html` only. */
type MarkupKey = never;

/** Texts without tags, for buttons and toasts as well. */
export type PlainKey = Exclude<LocaleKey, MarkupKey>;
