/** An item, with its page where that was read, to what the newsroom says: plain texts, a day, a link. */
import { present } from '../present.ts';
import { type Block, textsOf } from '../news/article.ts';
import type { Picture, Story } from '../news/story.ts';
import { dayOf, daysBetween, withYear } from './dates.ts';
import { itemText } from './item-text.ts';
import type { Article, Item } from './item.ts';
import { hashOf } from './links.ts';
import { pictureKey } from './page/pictures.ts';
import { isUrgent, isUrgentMark } from './urgent.ts';

/** A story before it has an identity of ours. */
export interface Draft
  extends Omit<Story, 'id' | 'edition' | 'revision' | 'firstSeenAt' | 'follows' | 'withdrawn'> {
  /** False where the day is only that of reading. */
  readonly isDayKnown: boolean;
  /** Link of the story that this one continues. */
  readonly related?: string;
}

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
  const picture = article?.picture ?? item.picture ?? firstPicture(text.body);
  return present({
    headline,
    lead: text.lead,
    leadLinks: text.leadLinks?.length ? text.leadLinks : undefined,
    body: text.body.filter((block) => block.kind !== 'figure' || !isSame(block, picture)),
    day: day ?? dayOf(now),
    isDayKnown: day !== undefined,
    publishedAt: publishedAt === undefined ? undefined : Math.min(publishedAt, now),
    link: item.link,
    picture,
    rubrics: rubrics.filter((rubric) => !isUrgentMark(rubric, urgentMarks)),
    access: item.paid || article?.paid ? 'paid' : 'free',
    urgent: isUrgent(headline, [...item.rubrics, ...(article?.rubrics ?? [])], urgentMarks),
    related: article?.related,
  });
}

/** Whether a picture of the text is the story's own, in this size or another. */
const isSame = (one: Picture, own: Picture | undefined): boolean =>
  own !== undefined && (one.url === own.url || pictureKey(one.url) === pictureKey(own.url));

function firstPicture(body: readonly Block[]): Picture | undefined {
  const figure = body.find((block) => block.kind === 'figure');
  return figure && { url: figure.url, ...(figure.credit ? { credit: figure.credit } : {}) };
}

/** All words of a story, to see whether it changed; links and pictures may come and go. */
export const textHash = (story: Pick<Draft, 'headline' | 'lead' | 'body'>): string =>
  hashOf(JSON.stringify([story.headline, story.lead, wordsOfBody(story.body)])).slice(0, 16);

const wordsOfBody = (body: readonly Block[]): readonly (readonly string[])[] =>
  body.filter(({ kind }) => kind !== 'figure').map((block) => [block.kind, ...textsOf(block)]);
