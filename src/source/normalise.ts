/** An item, with its page where that was read, to what the newsroom says: plain texts, a day, a link. */
import { createHash } from 'node:crypto';
import type { Block } from '../news/article.ts';
import type { Picture, Story } from '../news/story.ts';
import { dateline } from './dateline.ts';
import { dayOf, daysBetween, withYear } from './dates.ts';
import { bare, blocksIn, parseFragment, plain, type RawBlock } from './html-blocks.ts';
import type { Article, Item, ItemText } from './item.ts';
import { asHtml, hasTags } from './markup.ts';
import { withoutTail } from './tails.ts';
import { clip } from './text.ts';
import { isUrgent, isUrgentMark } from './urgent.ts';

/** A story before it has an identity of ours. */
export interface Draft {
  readonly headline: string;
  readonly lead: string;
  readonly body: readonly Block[];
  readonly day: string;
  /** False where the day is only that of reading. */
  readonly isDayKnown: boolean;
  readonly publishedAt?: number;
  readonly link: string;
  readonly picture?: Picture;
  readonly rubrics: readonly string[];
  readonly access: Story['access'];
  readonly urgent: boolean;
  /** Link of the story that this one continues. */
  readonly related?: string;
}

/** Text of one feed item that is read; newsrooms write a tenth of it. */
const LONGEST_ITEM = 200_000;
/** A clock a little ahead of ours is believed. */
const FUTURE_MS = 10 * 60_000;

/** Makes the draft. `now` is the time of reading; `urgentMarks` are words that make a headline or rubric urgent. */
export function normalise(
  item: Item,
  article: Article | undefined,
  now: number,
  urgentMarks: readonly string[],
): Draft {
  const text = article ?? item.text ?? itemText(item);
  const headline = (article?.headline || item.headline).trim();
  const published = [article?.publishedAt, item.publishedAt].find(
    (at) => at !== undefined && at <= now + FUTURE_MS,
  );
  const line = text.dateline && withYear(text.dateline, published ?? now);
  // A feed that is loaded anew dates everything today; the dateline is the newsroom's own word.
  const publishedAt =
    published !== undefined && (!line || Math.abs(daysBetween(line, dayOf(published))) <= 1)
      ? published
      : undefined;
  const listedDay = item.day !== undefined && item.day <= dayOf(now + FUTURE_MS) ? item.day : undefined;
  const day = line ?? (publishedAt === undefined ? listedDay : dayOf(publishedAt));
  const rubrics = article?.rubrics.length ? article.rubrics : item.rubrics;
  const picture = article?.picture ?? item.picture;
  return {
    headline,
    lead: text.lead,
    body: text.body,
    day: day ?? dayOf(now),
    isDayKnown: day !== undefined,
    ...(publishedAt === undefined ? {} : { publishedAt: Math.min(publishedAt, now) }),
    link: item.link,
    ...(picture ? { picture } : {}),
    rubrics: rubrics.filter((rubric) => !isUrgentMark(rubric, urgentMarks)),
    access: item.paid || article?.paid ? 'paid' : 'free',
    urgent: isUrgent(headline, [...item.rubrics, ...(article?.rubrics ?? [])], urgentMarks),
    ...(article?.related ? { related: article.related } : {}),
  };
}

/** Lead and body of a feed's item: of its whole text, or of its summary alone. */
export function itemText(item: Item): ItemText {
  const html = (item.content ?? item.summary ?? '').slice(0, LONGEST_ITEM);
  // Some feeds escape twice; one more look undoes it.
  const unescaped =
    /&lt;(?:p|br|div|a|b|i|img)\b/i.test(html) && !/<(?:p|br|div)\b/i.test(html) ? plainTags(html) : html;
  const blocks = hasTags(unescaped)
    ? blocksIn(parseFragment(asHtml(unescaped)), ({ name }) => name === 'figure' || name === 'figcaption')
    : paragraphsOf(unescaped);
  const kept = blocks.filter(({ href }) => href === undefined).flatMap(withoutTails);
  const first = kept.findIndex(({ kind }) => kind === 'paragraph' || kind === 'quote');
  const opening = kept[first];
  if (!opening || opening.kind === 'list' || opening.kind === 'table')
    return { lead: '', body: kept.map(bare) };
  const line = dateline(opening.text);
  const before = kept.slice(0, first).filter(({ kind }) => kind === 'list' || kind === 'table');
  const rest = kept.slice(first + 1);
  const next = rest[0];
  const lead = line && !line.rest && next?.kind === 'paragraph' ? next.text : (line?.rest ?? opening.text);
  return {
    lead: clip(lead, LONGEST_ITEM),
    body: [...before, ...(line && !line.rest ? rest.slice(1) : rest)].map(bare),
    ...(line ? { dateline: line.date } : {}),
  };
}

const withoutTails = (block: RawBlock): RawBlock[] => {
  if (block.kind === 'list') return [block];
  const text = withoutTail(block.text);
  return text ? [{ ...block, text }] : [];
};

const plainTags = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const paragraphsOf = (text: string): RawBlock[] =>
  text
    .split(/\n\s*\n/)
    .map(plain)
    .filter(Boolean)
    .map((paragraph) => ({ kind: 'paragraph', text: paragraph, links: [], within: undefined }));

/** All that a reader reads of a story, to see whether it changed. */
export const textHash = (story: Pick<Draft, 'headline' | 'lead' | 'body'>): string =>
  createHash('sha256')
    .update(JSON.stringify([story.headline, story.lead, story.body]))
    .digest('base64url')
    .slice(0, 16);
