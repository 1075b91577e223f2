/** The newsroom's web pages in Pozirk's shape: lists, articles and feeds as text. */
import { type Archive, linkedId, type Version } from './archive.ts';
import { dateline, minskIso, minskTime, SITE_WORDS, TONGUES, type Tongue } from './words.ts';

/** Machine-readable marks that a site may or may not carry. */
export interface Marks {
  readonly jsonLd: boolean;
  readonly openGraph: boolean;
  readonly time: boolean;
  readonly canonical: boolean;
  readonly hreflang: boolean;
}

export const NO_MARKS: Marks = {
  jsonLd: false,
  openGraph: false,
  time: false,
  canonical: false,
  hreflang: false,
};

/** How the site looks: as known; with other tags and class names; or built by a script, with nothing to read. */
export type Design = 'known' | 'other' | 'script';

/** Input of a page. */
export interface Site {
  readonly archive: Archive;
  /** Origin, without a slash at the end. */
  readonly origin: string;
  readonly marks: Marks;
  readonly design: Design;
  /** Lists name the feed of their language. */
  readonly feedLinked: boolean;
  readonly slash: boolean;
  readonly now: number;
}

/** Rows of a list and items of a feed; what is older has left both. */
const LIST_LENGTH = 30;

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Path of a version's page. */
export const pathOf = (version: Version, slash = false): string =>
  `/${version.tongue}/news/${linkedId(version)}${slash ? '/' : ''}`;

export const picturePath = (version: Version): string => `/pictures/${version.piece}.png`;

const rubricsOf = ({ tongue, draft }: Version): string =>
  draft.urgent ? `${SITE_WORDS[tongue].urgent}, ${draft.rubric}` : draft.rubric;

/** First paragraph as published: dateline, then lead. */
function firstParagraph({ tongue, draft, publishedAt }: Version): string {
  const line = draft.dateline ?? dateline(tongue, publishedAt);
  return [line, draft.lead].filter(Boolean).join(' ');
}

/** Class names of each design; a reader that hangs on them goes blind at a redesign. */
const CLASSES = {
  known: {
    page: 'height-for-sidebar',
    article: 'single-news',
    body: 'single-news__content wrapperEditor',
    list: 'news-list',
    row: 'news-list__item',
    rubric: 'news-list__rubric',
    title: 'news-list__title',
    plus: 'news-list__plus',
  },
  other: {
    page: 'l-grid',
    article: 'u-x81',
    body: 'u-x82',
    list: 'u-k10',
    row: 'u-k11',
    rubric: 'u-k12',
    title: 'u-k13',
    plus: 'u-k14',
  },
} as const;

const classesOf = (design: Design) => CLASSES[design === 'other' ? 'other' : 'known'];

export function listingPage(site: Site, tongue: Tongue): string {
  const words = SITE_WORDS[tongue];
  const rows = newsRows(site, tongue);
  const content = `<main class="${classesOf(site.design).page}"><h1>${words.news}</h1>${rows}</main>`;
  return page(site, tongue, words.site, content, '');
}

function newsRows(site: Site, tongue: Tongue): string {
  const names = classesOf(site.design);
  const [listTag, rowTag] = site.design === 'other' ? ['section', 'div'] : ['ul', 'li'];
  const rows = site.archive
    .list(tongue)
    .slice(0, LIST_LENGTH)
    .map((version) => {
      const headline = escapeHtml(version.draft.headline);
      const title =
        version.draft.paid === true
          ? `<span class="${names.title}">${headline}</span>`
          : `<a class="${names.title}" href="${pathOf(version, site.slash)}">${headline}</a>`;
      const plus = version.draft.paid
        ? `<span class="${names.plus}">${SITE_WORDS[tongue].onlyPlus}</span>`
        : '';
      const rubric = `<span class="${names.rubric}">${escapeHtml(rubricsOf(version))}</span>`;
      return `<${rowTag} class="${names.row}">${rubric} ${title} ${plus}</${rowTag}>`;
    });
  return `<${listTag} class="${names.list}">\n${rows.join('\n')}\n</${listTag}>`;
}

export function articlePage(site: Site, version: Version): string {
  const words = SITE_WORDS[version.tongue];
  const names = classesOf(site.design);
  const { draft } = version;
  const parts = [
    site.marks.time
      ? `<time datetime="${minskIso(version.publishedAt)}">${minskTime(version.publishedAt)}</time>`
      : '',
    `<h1>${escapeHtml(draft.headline)}</h1>`,
    pictureBlock(version),
    `<div class="${names.body}">${bodyHtml(site, version)}</div>`,
    draft.paid ? `<p class="${names.plus}">${words.onlyPlus}</p>` : '',
    relatedBlock(site, version),
    `<p class="share">${words.share}:</p>`,
  ];
  const content = `<main class="${names.page}"><article class="${names.article}">${parts.join('\n')}</article>
<h2>${words.news}</h2>${newsRows(site, version.tongue)}</main>`;
  return page(site, version.tongue, draft.headline, content, articleMarks(site, version));
}

function pictureBlock(version: Version): string {
  const { picture } = version.draft;
  if (!picture) return '';
  const credit = picture.credit ? `<p class="credit">(${escapeHtml(picture.credit)})</p>` : '';
  return `<img src="${picturePath(version)}" width="960" height="504" alt="">${credit}`;
}

function bodyHtml(site: Site, version: Version): string {
  const first = `<p>${escapeHtml(firstParagraph(version))}</p>`;
  if (version.draft.paid) return first;
  const related = relatedOf(site, version);
  const alsoRead = related
    ? `<p>${SITE_WORDS[version.tongue].alsoRead}: <a href="${pathOf(related, site.slash)}">${escapeHtml(related.draft.headline)}</a></p>`
    : '';
  return `${first}\n${blocksHtml(version.draft.body)}\n${alsoRead}`;
}

function blocksHtml(body: string): string {
  const lines = body.split('\n').filter((line) => line.trim());
  const html = lines.map((line) => {
    if (line.startsWith('## ')) return `<h3>${escapeHtml(line.slice(3))}</h3>`;
    if (line.startsWith('- ')) return `<li>${escapeHtml(line.slice(2))}</li>`;
    return `<p>${escapeHtml(line)}</p>`;
  });
  return html.join('\n').replace(/(?:<li>.*<\/li>\n?)+/g, (items) => `<ul>${items.trimEnd()}</ul>\n`);
}

/** The earlier story in the same language, while it can be read. */
function relatedOf(site: Site, version: Version): Version | undefined {
  const { relatedTo } = version.draft;
  const related = relatedTo === undefined ? undefined : site.archive.read(version.tongue, relatedTo);
  return related?.status === 200 ? related : undefined;
}

/** The trap of the real site: a teaser with a dateline of its own, cut with a spaced ellipsis. */
function relatedBlock(site: Site, version: Version): string {
  const related = relatedOf(site, version);
  if (!related) return '';
  const teaser = firstParagraph(related)
    .slice(0, 140)
    .replace(/\s\S*$/, '');
  return `<div class="related"><a href="${pathOf(related, site.slash)}">${escapeHtml(related.draft.headline)}</a>
<p>${escapeHtml(teaser)} …</p></div>`;
}

function articleMarks(site: Site, version: Version): string {
  const { marks, origin } = site;
  const { draft } = version;
  const url = `${origin}${pathOf(version)}`;
  const lines: string[] = [];
  if (marks.canonical) lines.push(`<link rel="canonical" href="${url}">`);
  if (marks.hreflang) {
    for (const other of site.archive.versionsOf(version.piece))
      lines.push(`<link rel="alternate" hreflang="${other.tongue}" href="${origin}${pathOf(other)}">`);
  }
  if (marks.openGraph) {
    const property = (name: string, content: string) =>
      lines.push(`<meta property="${name}" content="${escapeHtml(content)}">`);
    property('og:type', 'article');
    property('og:title', draft.headline);
    property('og:description', draft.lead);
    property('og:url', url);
    if (draft.picture) property('og:image', `${origin}${picturePath(version)}`);
  }
  if (marks.jsonLd) lines.push(jsonLd(site, version));
  return lines.join('\n');
}

function jsonLd(site: Site, version: Version): string {
  const { draft } = version;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: draft.headline,
    datePublished: minskIso(version.publishedAt),
    dateModified: minskIso(version.changedAt),
    inLanguage: version.tongue,
    articleSection: rubricsOf(version),
    isAccessibleForFree: !draft.paid,
    mainEntityOfPage: `${site.origin}${pathOf(version)}`,
    ...(draft.picture ? { image: `${site.origin}${picturePath(version)}` } : {}),
  };
  return `<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
}

/** RSS 2.0 of a language; unlinked stories of POZIRK+ are not in it. */
export function feed(site: Site, tongue: Tongue): string {
  const items = site.archive
    .list(tongue)
    .filter(({ draft }) => draft.paid !== true)
    .slice(0, LIST_LENGTH)
    .map((version) => {
      const link = `${site.origin}${pathOf(version, site.slash)}`;
      const enclosure = version.draft.picture
        ? `<enclosure url="${site.origin}${picturePath(version)}" type="image/png" length="0"/>`
        : '';
      return `<item><title>${escapeHtml(version.draft.headline)}</title><link>${link}</link><guid isPermaLink="true">${link}</guid>
<pubDate>${new Date(version.publishedAt).toUTCString()}</pubDate>${rubricsOf(version)
        .split(', ')
        .map((rubric) => `<category>${escapeHtml(rubric)}</category>`)
        .join('')}<description>${escapeHtml(firstParagraph(version))}</description>${enclosure}</item>`;
    });
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>${SITE_WORDS[tongue].site}</title><link>${site.origin}/${tongue}/news/</link>
<description>${SITE_WORDS[tongue].site}</description><language>${tongue}</language>
${items.join('\n')}
</channel></rss>`;
}

const STYLE = `body{margin:0;font:17px/1.55 Georgia,serif;color:#1b2430;background:#f6f5f1}
header,main{max-width:720px;margin:0 auto;padding:16px 20px}header{display:flex;gap:16px;flex-wrap:wrap;font:14px system-ui,sans-serif}
header b{font-size:18px;margin-right:auto}img{max-width:100%;height:auto;border-radius:6px}h1{line-height:1.25;font-size:30px}
a{color:#0b4f7a}.credit,.share,li span:first-child{color:#5a6472;font:13px system-ui,sans-serif}ul[class]{list-style:none;padding:0}
li[class]{padding:8px 0;border-top:1px solid #ddd9cf}li[class] span:first-child{display:block}.related{border-left:3px solid #0b4f7a;padding-left:14px}`;

function page(site: Site, tongue: Tongue, title: string, content: string, head: string): string {
  const words = SITE_WORDS[tongue];
  const feedLink = site.feedLinked
    ? `<link rel="alternate" type="application/rss+xml" title="${words.news}" href="/${tongue}/rss">`
    : '';
  const languages = TONGUES.map((other) => `<a href="/${other}/news/" hreflang="${other}">${other}</a>`);
  const body =
    site.design === 'script'
      ? '<div id="app"></div><script>/* The story list is drawn here by a script. */</script>'
      : `<header><b>${words.agency}</b><span class="clock">${words.minsk} ${minskTime(site.now)}</span><nav>${languages.join(' ')}</nav>
<aside class="sidebar">${words.aside.join(' · ')}</aside></header>
${content}`;
  return `<!doctype html>
<html lang="${tongue}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${feedLink}${head}
<style>${STYLE}</style></head>
<body>
${body}
</body></html>`;
}
