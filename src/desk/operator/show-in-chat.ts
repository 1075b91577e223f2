/** A story as readers would get it, in lines for a terminal. */
import { EDITIONS, type Edition } from '../../news/edition.ts';
import { DEFAULT_SETTINGS } from '../../news/settings.ts';
import type { Story } from '../../news/story.ts';
import { visibleText } from '../../render/html.ts';
import type { Locales } from '../../render/locale.ts';
import { renderStory } from '../../render/message.ts';
import type { Draft } from '../../source/normalise.ts';
import type { Clock } from '../../time.ts';

export interface ShowOptions {
  readonly clock: Clock;
  readonly locales: Locales;
  readonly linkHost?: string;
}

/** The message of the default style, its HTML as plain lines. */
export function showInChat(
  draft: Draft,
  { clock, linkHost, locales }: ShowOptions,
  say: (line: string) => void,
): void {
  const { isDayKnown: _known, related: _related, ...said } = draft;
  const now = clock.now();
  const edition = editionFrom(draft);
  const story: Story = {
    ...said,
    id: '0000000000',
    edition,
    revision: 0,
    firstSeenAt: now,
    withdrawn: false,
  };
  const view = {
    ...DEFAULT_SETTINGS,
    edition,
    kind: 'person',
    now,
    ...(linkHost ? { linkHost } : {}),
  } as const;
  const { text, preview } = renderStory(story, view, locales);
  say('  ┌');
  if (preview && draft.picture?.url === preview.url) say(`  │ [${preview.url}]`);
  for (const line of asPlain(text).split('\n')) say(`  │ ${line}`);
  say('  └');
}

/** As it looks: the joiners that keep the text of others from being tapped are not seen. */
const asPlain = (html: string): string =>
  visibleText(html.replaceAll('\u2060', '').replace(/<a\b[^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs, '$2 → $1'));

const editionFrom = (draft: Draft): Edition =>
  EDITIONS.find((edition) => new URL(draft.link).pathname.startsWith(`/${edition}/`)) ??
  editionOf(`${draft.headline} ${draft.lead}`);

/** The language of a text by its letters, near enough for showing it. */
export const editionOf = (text: string): Edition => {
  const letters = text.slice(0, 20_000);
  if (/[ўі]/i.test(letters) && /[а-я]/i.test(letters)) return 'be';
  return /[а-яё]/i.test(letters) ? 'ru' : 'en';
};
