/** A story as an article with its pictures: the blocks of a rich message, with the same words as its plain form. */
import type { Block, Figure, Link } from '../news/article.ts';
import {
  fitsRich,
  picturesOf,
  RICH_LIMITS,
  type RichBlock,
  type RichText,
  sizeOfRich,
  withoutPictures,
} from '../news/rich.ts';
import type { Story } from '../news/story.ts';
import { figureAsLine, type Lead, leadsFrom, rowAsLine } from './article.ts';
import { datePieces, linkPieces, lineRich, richOf, tailPieces, urgentMark } from './frame.ts';
import type { Locale, Locales } from './locale.ts';
import { createMemo } from './memo.ts';
import {
  localeOf,
  datedAppearance,
  isShown,
  picturePreview,
  type ShownTexts,
  shownTexts,
  type View,
} from './view.ts';

const articleOf = createMemo<{ readonly blocks: readonly RichBlock[] | undefined }>();

/**
 * The whole story: heading, picture with its credit, lead, body, date and link, footer. Undefined where one message
 * cannot hold it, and then its plain form has pages.
 */
export const storyArticle = (story: Story, view: View, locales: Locales): readonly RichBlock[] | undefined =>
  articleOf(story, locales, datedAppearance(view), () => {
    const locale = localeOf(view, locales);
    const shown = shownTexts(story, view, locales);
    const mark = urgentMark(story, shown.headline, locale);
    const blocks: RichBlock[] = [
      ...(mark ? [paragraph({ type: 'bold', text: mark })] : []),
      { type: 'heading', text: shown.headline, size: 2 },
      ...storyBlocks(story, view, locales),
      paragraph(lineRich(datePieces(story, view, locale))),
      ...footers(shown.rubrics, view),
    ];
    const pictured = fewerPictures(blocks, RICH_LIMITS.pictures);
    return { blocks: fitsRich(sizeOfRich(pictured)) ? pictured : undefined };
  }).blocks;

/** All of a story between its headline and its date. */
export function storyBlocks(story: Story, view: View, locales: Locales): RichBlock[] {
  const locale = localeOf(view, locales);
  const shown = shownTexts(story, view, locales);
  return [
    ...mainPicture(story, shown, view, locale),
    ...(shown.lead ? [paragraph(withLinks(shown.lead, shown.leadLinks, leadsFrom(story, view)))] : []),
    ...shown.body.flatMap((block) => blocksOf(block, story, view)),
  ];
}

/** Hashtags and signature. */
export const footers = (rubrics: readonly string[], view: View): RichBlock[] =>
  tailPieces(rubrics, view).map((piece) => ({ type: 'footer', text: lineRich([piece]) }));

export const paragraph = (text: RichText): RichBlock => ({ type: 'paragraph', text });

const photo = (url: string, text = '', credit = ''): RichBlock => ({
  type: 'photo',
  photo: { type: 'photo', media: url },
  ...(text || credit ? { caption: { text: text || credit, ...(text && credit ? { credit } : {}) } } : {}),
});

function mainPicture(story: Story, { credit }: ShownTexts, view: View, locale: Locale): RichBlock[] {
  const picture = picturePreview(story, view);
  return picture ? [photo(picture.url, credit ? locale.text('story-credit', { credit }) : '')] : [];
}

function blocksOf(block: Block, story: Story, view: View): RichBlock[] {
  const linked = (text: string, links: readonly Link[] | undefined) =>
    withLinks(text, links, leadsFrom(story, view));
  const itemsOf = ({ items, itemLinks }: Extract<Block, { kind: 'list' }>) =>
    items.map((item, index) => linked(item, itemLinks?.[index]));
  switch (block.kind) {
    case 'paragraph':
      return [paragraph(linked(block.text, block.links))];
    case 'subhead':
      return [{ type: 'heading', text: block.text, size: 4 }];
    case 'quote':
      return [
        {
          type: 'blockquote',
          blocks: [paragraph(linked(block.text, block.links))],
          ...(block.credit ? { credit: block.credit } : {}),
        },
      ];
    case 'list':
      // Numbers stand in the text: a numbered list may come back as dots.
      if (block.ordered)
        return itemsOf(block).map((item, index) =>
          paragraph([`${(block.first ?? 1) + index}. `, item].flat()),
        );
      return [{ type: 'list', items: itemsOf(block).map((item) => ({ blocks: [paragraph(item)] })) }];
    case 'figure':
      return figure(block, view);
    case 'table':
      return table(block);
  }
}

function figure(block: Figure, view: View): RichBlock[] {
  if (isShown(block.url, view)) return [photo(block.url, block.caption, block.credit)];
  const said = figureAsLine(block);
  return said ? [paragraph({ type: 'italic', text: said })] : [];
}

function table({ rows, head }: Extract<Block, { kind: 'table' }>): RichBlock[] {
  const isNarrow = rows.every((row) => row.length <= RICH_LIMITS.columns);
  if (!isNarrow) return rows.map((row) => paragraph(rowAsLine(row)));
  const cells = rows.map((row, index) =>
    row.map((text) => ({ text, ...(head && index === 0 ? { is_header: true as const } : {}) })),
  );
  return [{ type: 'table', cells, is_bordered: true }];
}

function withLinks(text: string, links: readonly Link[] | undefined, lead: Lead): RichText {
  const pieces = linkPieces(text, links, lead);
  return pieces.some(({ to }) => to !== undefined) ? pieces.map(richOf) : text;
}

/** At most `most` pictures, the first ones; what stands under the others stays. */
export function fewerPictures(blocks: readonly RichBlock[], most: number): RichBlock[] {
  let left = most;
  return blocks.flatMap((block) => {
    const count = picturesOf([block]).length;
    left -= count;
    return left >= 0 || count === 0 ? [block] : withoutPictures([block]);
  });
}
