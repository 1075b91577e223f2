/** How news sites in general look: classes and labels that many share. What is one newsroom's own is in `newsroom/`. */
import type { Element } from 'domhandler';

/** Where an article's text often stands, after the newsroom's own marks. Where none fits, the dateline shows it. */
export const USUAL_BODIES = [
  '[itemprop="articleBody"]',
  '.article-content',
  '.news-content',
  '.entry-content',
  '.article__body',
] as const;

/** Names of which a word, or several with a hyphen, is one of these. */
export const wordOf = (words: string): RegExp => new RegExp(`(?:^|[\\s_-])(?:${words})(?:$|[\\s_-])`, 'i');

/** UTF-16 units of a class that are looked at. */
const LONGEST_CLASS = 500;

/** Whether an element has such a class. */
export const isCalled = ({ attribs }: Element, names: RegExp): boolean =>
  names.test((attribs['class'] ?? '').slice(0, LONGEST_CLASS));

/** Words of a class or id of what stands beside stories and listings: of other stories, of readers, of the site, of who pays. */
const BESIDE = [
  'related\\w*|recommend\\w*|also-read|read-also|breadcrumbs?|crumbs|pagination|page-links|pagelinks|menu|clock|tags',
  'share|sharing|share(?:daddy|bar|buttons?|links?)|social|comments?|subscribe|newsletters?|cookies?|consent|popup',
  'banner|ads?|ad(?:slot|unit|box|wrapper|container)|advert\\w*|promo|outbrain|taboola|adfox|adsbygoogle|yandex_rtb|gpt-ad',
].join('|');

/** Words of what stands within or below a story: a page that lists stories may be called so as well. */
const BELOW = [
  'recirc\\w*|trending|popular|(?:most|more)-(?:read|viewed|news|stories|topics?)|(?:latest|recent|similar)-(?:posts|news)|widget-posts',
  'see-also|read-?(?:more|next)(?![\\s_-]*(?:content|text|target|wrap\\w*|body|inner|hidden))|pager|(?:post|site)-nav\\w*|nav-links|navigation|toc|ez-toc\\w*|tags-?list|likes|polls?|post-ratings?|star-ratings?|votes|views-count',
  'feedback|subscription|sign-?up|regwall|age-?gate|donat(?:e|ions?)|support-us|(?:telegram|tg)-(?:block|banner|link|channel)',
  'modal|about-author|author-(?:bio|box|card|info|profile)|(?:audio|video|media)-?player|jwplayer|vjs',
].join('|');

/** These words in names, but for that of what has something of the kind (`has-share`). */
const named = (words: string): RegExp =>
  new RegExp(
    `(?:^|[\\s_-])(?<!(?:^|[\\s_-])(?:has|with|without|no)[_-]{1,2})(?:${words})(?:$|[\\s_-])|(?:^|\\s)(?:sidebar|aside)(?:$|\\s|__)`,
    'i',
  );

/** Class or id of what is no listing. `height-for-sidebar` is an article's own wrapper, so a bare "sidebar" is not enough. */
export const NOT_THE_LISTING = named(BESIDE);

/** Class or id of what is not the story. */
export const NOT_THE_STORY = named(`${BESIDE}|${BELOW}`);

/** Such names for one element: a paragraph or a table that is called "popular" is still one. */
export const notTheStory = ({ name }: Element): RegExp =>
  /^(?:p|table|blockquote|pre)$/.test(name) ? NOT_THE_LISTING : NOT_THE_STORY;

/** Attributes by which an element is called; the id of a heading is where links to it lead. */
export const namesIn = ({ name, attribs }: Element): readonly string[] =>
  ['class', ...(/^h[1-6]$/.test(name) ? [] : ['id'])].map((each) => attribs[each] ?? '');

/** Names with their words apart: `RelatedBlock` is called as `related-block` is. Chance makes no words of three letters. */
export const inWords = (names: string): string => names.replace(/(\p{Ll})(?=\p{Lu}\p{Ll}{2})/gu, '$1-');

/** Class of a line that says of a text who wrote it, when, and how often it was read. */
const ABOUT_TEXT = wordOf(
  'meta|meta-?info|byline|authors?|date|date-?time|timestamp|published|updated|kicker|counter|views|hits|reading-time|copyright|credits?',
);
/** Class of a quotation or of a row of events, in which a name and a date are of the text. */
const OF_TEXT = wordOf(
  'quot\\w*|blockquote|cit(?:e|ation)|time-?line|chronology|live-?blog|events?|history|steps?',
);

/** Whether names are those of a line about a text. */
export const isAboutText = (names: string): boolean => ABOUT_TEXT.test(names) && !OF_TEXT.test(names);

/** Class or id that says as well that a text is in it. */
export const SAYS_TEXT = wordOf('text|body|content|article|post|story|news|detail|entry');

/** Class or id of what is not the story although it has a text. */
export const OTHER_TEXT = wordOf(
  'related|also-read|read-also|recommend\\w*|comments?|cookie|subscribe|newsletter',
);

/** Class of a rubric near a headline. */
export const RUBRIC = wordOf('rubrics?|category|categories|section-name|kicker|eyebrow');

/** Class of a picture's credit. */
export const CREDIT = wordOf('credits?|copyright|photo-author');

/** Class of what Drupal and 1C-Bitrix say around a text: who wrote it and when, under which words, what readers say. */
const TEMPLATE =
  /(?:^|\s)(?:field--?name-(?:uid|created|changed|links|comment(?:-\w+)*|field-(?:[\w-]*-)?(?:tags|categor\w+))|node__(?:submitted|meta|links)|news-date-time)(?:\s|$)/i;

/** Whether an element says what a site's template says around every text. */
export const isTemplate = (element: Element): boolean => isCalled(element, TEMPLATE);

/** Class or id of what programs put into the text of a feed: its contents, advice, buttons, forms, advertisements. */
const ADDED =
  /(?:^|\s)(?:ez-toc|toc_container|lwptoc|rank-math-toc|table-of-contents|yarpp|jp-relatedposts|sharedaddy|sd-sharing|addtoany|code-block|kg-(?:signup|button|bookmark)-card|wp-block-(?:file__)?button)/i;
/** Blocks of Yandex's pages that are no text. */
const ADDED_BLOCK = /^(?:breadcrumblist|comments|feed|share|search|rating|widget-[\w-]+)$/;

/** Whether an element of a feed's text is none of it. */
export const isAdded = (element: Element): boolean => {
  const { name, attribs } = element;
  const named = namesIn(element).join(' ').slice(0, 500);
  return (
    /^(?:nav|menu)$/.test(name) ||
    ADDED.test(named) ||
    ADDED_BLOCK.test(attribs['data-block'] ?? '') ||
    (notTheStory(element).test(named) && !SAYS_TEXT.test(named))
  );
};

/** The line that closes an article. */
export const SHARE_LINE = /^(?:share|падзяліцца|падзяліцеся|поделиться|поделитесь)\s*:?$/i;

/** A line that only leads to another story. */
export const ALSO_READ =
  /^(?:also read|read also|see also|(?:чытайце|чытаць|глядзіце) таксама|таксама (?:чытайце|глядзіце)|(?:читайте|читать|смотрите) также|также (?:читайте|смотрите))\s*(?::|$)/i;

/** The heading over the list of other stories. */
export const NEWS_HEADING =
  /^(?:news|latest news|навіны|апошнія навіны|новости|последние новости|стужка навін|лента новостей)\s*:?$/i;

/** Marks that only pages have which stand before a site: challenges and refusals, as their makers write them. */
export const BEFORE_THE_SITE =
  /cf-chl|cf_chl_opt|challenge-platform\/[^"'\s]{0,40}orchestrate|just a moment\.\.\.|attention required!|used cloudflare to restrict access|sorry, you have been blocked|<title>\s*ddos-guard|checking your browser|enable javascript and cookies to continue|captcha-delivery|px-captcha|gokuprops|vercel security checkpoint|_incapsula_resource\?(?!swjiylwa)|sucuri_cloudproxy|__qrator|<title>\s*вы не робот\?|making sure you(?:'|&#39;|’)re not a bot/i;

/** Signs that such pages have too, and maintenance pages; but a form of the site itself may have them, or a headline. */
export const INSTEAD_OF_THE_SITE =
  /challenge-platform|challenges\.cloudflare\.com|ddos-guard|enable javascript and cookies|_incapsula_resource|awswaf|security checkpoint|smartcaptcha|g-recaptcha|h-captcha|вы не робот|проверка браузера|праверка браўзера|under maintenance|temporarily unavailable|технические работы|тэхнічныя работы|document\.cookie\s*=[^<]{0,300}location\.(?:reload|href|replace)/i;

/** A page that leads on to another by a script alone, and where to, if that can be told. */
export const LEADS_ON =
  /(?:<script(?=[\s>])[^>]{0,200}>|\sonload\s*=)(?:(?!<\/script).){0,1000}?(?<![\w.])(?:(?:window|document|self|top|parent)(?:\.|(?=\[)))?(?:location|\["location"\])(?:\.(?:href|pathname))?\s*(?:=(?!=)|\.(?:replace|assign)\s*\()\s*(?:["'`]([^"'`]{1,500}))?/is;
