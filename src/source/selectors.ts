/** How Pozirk's site looks, all that we know of it in one place; nobody else names a class or a label of the site. */

/** Where an article's text may stand, the surest first. Where none fits, the line with the dateline shows it. */
export const BODY_SELECTORS = [
  '.wrapperEditor',
  '.single-news__content',
  '[itemprop="articleBody"]',
  '.article-content',
  '.news-content',
  '.entry-content',
  '.article__body',
] as const;

/** An address of one story: its edition and its number. */
export const STORY_PATH = /^\/(be|ru|en)\/news\/\d+\/?$/;

/** Class or id of what is not the story. `height-for-sidebar` is the article's own wrapper, so a bare "sidebar" is not enough. */
export const NOT_THE_STORY =
  /(?:^|[\s_-])(?:related|share|sharing|social|also-read|read-also|recommend\w*|breadcrumbs?|comments?|cookie|popup|banner|advert\w*|promo|subscribe|newsletter|pagination|menu|clock|tags)(?:$|[\s_-])|(?:^|\s)(?:sidebar|aside)(?:$|\s|__)/i;

/** Class of a rubric near a headline. */
export const RUBRIC = /(?:^|[\s_-])(?:rubric|rubrics|category|categories|section-name)(?:$|[\s_-])/i;

/** Class of a picture's credit. */
export const CREDIT = /(?:^|[\s_-])(?:credit|credits|copyright|photo-author|caption)(?:$|[\s_-])/i;

/** The line that closes an article. */
export const SHARE_LINE = /^(?:share|падзяліцца|падзяліцеся|поделиться|поделитесь)\s*:?$/i;

/** A line that only leads to another story. */
export const ALSO_READ =
  /^(?:also read|read also|see also|чытайце таксама|чытаць таксама|таксама чытайце|читайте также|читать также|также читайте)\s*:/i;

/** The heading over the list of other stories. */
export const NEWS_HEADING =
  /^(?:news|latest news|навіны|апошнія навіны|новости|последние новости|стужка навін|лента новостей)\s*:?$/i;

/** The label of stories for subscribers, in any language: it always names the product. */
const PRODUCT = /\bPOZIRK\s?\+|ПОЗ[ІИ]РК\s?\+/iu;

export const isPaidLabel = (text: string): boolean => PRODUCT.test(text);

/** Whether a line says nothing but that the story is for subscribers: one short sentence that ends in the product. */
export const isOnlyPaidLabel = (line: string): boolean =>
  line.length <= 120 && PRODUCT.test(line) && /^[^.!?]*\+\s*[.»”")]*$/u.test(line);

/** A headline without a label that was written into its line. */
export function withoutPaidLabel(headline: string): string {
  const bare = headline
    .replace(/\s*[([]?(?:the material is )?available only to POZIRK\s?\+[)\]]?\.?\s*$/i, '')
    .replace(/\s*[([]?POZIRK\s?\+[)\]]?\s*$/i, '')
    .trim();
  return bare || headline;
}

const AGENCY = '[«"“„\']?(?:Pozirk|Позірк|Позирк|BPN|БПН)[»"”“\']?';
const DAY_FIRST = String.raw`(\d{1,2})\s+(\p{L}{3,12})(?:\s+(\d{4})(?:\s*(?:г\.|года|годзе))?)?`;
const MONTH_FIRST = String.raw`(\p{L}{3,12})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?`;
const CITY = String.raw`(?:\p{Lu}[\p{L}’'-]{2,20},\s+)?`;
const END = String.raw`\s*(?:[.:]|\s[—–-])?\s*`;

/** `8 ліпеня, Позірк. ` at the start of a story: day, month, year. */
export const DATELINE_DAY_FIRST = new RegExp(`^${CITY}${DAY_FIRST},?\\s+${AGENCY}${END}`, 'u');
/** `March 28, Pozirk. `: month, day, year. */
export const DATELINE_MONTH_FIRST = new RegExp(`^${CITY}${MONTH_FIRST},?\\s+${AGENCY}${END}`, 'u');

/** Pages that stand before or instead of the site with status 200. */
export const NOT_THE_SITE =
  /cf-chl|challenge-platform|cf_chl_opt|just a moment\.\.\.|attention required!|ddos-guard|checking your browser|enable javascript and cookies|captcha-delivery|g-recaptcha|h-captcha|under maintenance|temporarily unavailable|технические работы|тэхнічныя работы/i;
