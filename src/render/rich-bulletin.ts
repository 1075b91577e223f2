/**
 * Several stories as one rich message: a heading for each rubric and, folded under each headline, the whole story; urgent
 * ones open. Where all do not fit, the rest are headlines with their numbers.
 */
import { addSizes, fitsRich, RICH_LIMITS, type RichBlock, type RichText, sizeOfRich } from '../news/rich.ts';
import type { Story } from '../news/story.ts';
import { datePieces, lineRich, richOf, wayHere } from './frame.ts';
import { isLinkable } from './html.ts';
import type { Locales } from './locale.ts';
import { createMemo } from './memo.ts';
import { fewerPictures, footers, paragraph, storyBlocks } from './rich.ts';
import {
  localeOf,
  datedAppearance,
  momentIn,
  shownLink,
  shownTexts,
  storyMoment,
  type View,
} from './view.ts';

/**
 * The article, and `rest`: stories of which only the headline stands there. Undefined where not even the headlines fit.
 * `numberOf`: as in the plain form, such as `3. `; empty for none.
 */
export function richBulletin(
  title: string,
  sections: readonly { readonly name: string | undefined; readonly of: readonly Story[] }[],
  view: View,
  locales: Locales,
  numberOf: (story: Story) => string,
): { readonly blocks: readonly RichBlock[]; readonly rest: readonly Story[] } | undefined {
  const top = heading(title, 3);
  const foot = footers([], view);
  const names = sections.map(({ name }) => (name ? [heading(name, 4)] : []));
  const shortOf = new Map(
    sections
      .flatMap(({ of }) => of)
      .map((story) => [story, headlineOf(story, view, locales, numberOf(story))]),
  );
  let size = sizeOfRich([top, ...names.flat(), ...foot, ...shortOf.values()]);
  if (!fitsRich(size)) return undefined;
  const rest: Story[] = [];
  const entryOf = (story: Story, short: RichBlock): RichBlock => {
    const whole = folded(story, view, locales, RICH_LIMITS.pictures - size.pictures);
    const grown = addSizes(addSizes(size, sizeOfRich([whole])), sizeOfRich([short]), -1);
    if (!fitsRich(grown)) {
      rest.push(story);
      return short;
    }
    size = grown;
    return whole;
  };
  const entries = new Map([...shortOf].map(([story, short]) => [story, entryOf(story, short)]));
  const named = sections.flatMap(({ of }, index) => [
    ...(names[index] ?? []),
    ...of.flatMap((story) => entries.get(story) ?? []),
  ]);
  return { blocks: [top, ...named, ...foot], rest };
}

const heading = (text: string, size: 3 | 4): RichBlock => ({ type: 'heading', text, size });

const wholeOf = createMemo<RichBlock>();

/** The headline, and folded under it the whole story; struck out where the newsroom took it back. */
function folded(story: Story, view: View, locales: Locales, pictures: number): RichBlock {
  const whole = wholeOf(story, locales, datedAppearance(view), () => {
    const locale = localeOf(view, locales);
    const title = titleOf(story, view, locales);
    if (story.withdrawn) return details(title, [paragraph(locale.text('story-withdrawn'))], false);
    // The hour stands beside the headline.
    const [, ...ways] = datePieces(story, view, locale);
    const last = ways.length > 0 ? [paragraph(lineRich(ways))] : [];
    return details(title, [...storyBlocks(story, view, locales), ...last], story.urgent);
  });
  return whole.type === 'details'
    ? { ...whole, blocks: fewerPictures(whole.blocks, Math.max(pictures, 0)) }
    : whole;
}

const details = (summary: RichText, blocks: readonly RichBlock[], isOpen: boolean): RichBlock => ({
  type: 'details',
  summary,
  blocks,
  ...(isOpen ? { is_open: true as const } : {}),
});

/** The headline in bold with its hour. */
function titleOf(story: Story, view: View, locales: Locales): RichText {
  const { headline } = shownTexts(story, view, locales);
  if (story.withdrawn) return { type: 'strikethrough', text: headline };
  const moment = storyMoment(story, view, localeOf(view, locales));
  return [
    story.urgent ? '⚡ ' : '',
    { type: 'bold' as const, text: headline },
    ...(moment ? [' ·\u00a0', richOf({ text: moment, moment: momentIn(story, view) })] : []),
  ].filter((part) => part !== '');
}

/** As in the plain form: the number, the headline that is its story's link, and where there is no number the way here. */
function headlineOf(story: Story, view: View, locales: Locales, number: string): RichBlock {
  const { headline } = shownTexts(story, view, locales);
  const link = shownLink(story, view);
  const locale = localeOf(view, locales);
  if (story.withdrawn) return paragraph([number, { type: 'strikethrough', text: headline }]);
  const title: RichText = isLinkable(link) ? { type: 'url', text: headline, url: link } : headline;
  const here = number === '' ? wayHere(story, view, locale) : [];
  const line = [number, story.urgent ? '⚡ ' : '', title, ...here.flatMap((way) => [' · ', richOf(way)])];
  return paragraph(line.filter((part) => part !== ''));
}
