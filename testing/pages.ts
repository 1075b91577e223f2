/** Invented pages in the shape that is known of the site: listings, articles, feeds, with each mark-up on or off. */
import type { Block } from '#src/news/article.ts';

export interface Telling {
  readonly headline: string;
  readonly lead: string;
  readonly body: readonly Block[];
  /** As the newsroom writes it, with its full stop; empty: none. */
  readonly dateline: string;
  readonly rubrics?: readonly string[];
  readonly credit?: string;
  readonly picture?: string;
  readonly paid?: boolean;
  readonly publishedAt?: number;
  readonly related?: { readonly link: string; readonly headline: string; readonly teaser: string };
}

export interface Marks {
  readonly jsonLd?: boolean;
  readonly openGraph?: boolean;
  readonly time?: boolean;
  readonly canonical?: string;
  readonly hreflang?: boolean;
  /** Class names as known, others, or none of the tags that a reader might hang on. */
  readonly design?: 'known' | 'other' | 'bare';
}

type Edition = 'be' | 'ru' | 'en';

export const LABELS: Readonly<
  Record<Edition, { clock: string; share: string; also: string; news: string; paid: string }>
> = {
  be: {
    clock: 'Мінск 14:05',
    share: 'Падзяліцца:',
    also: 'Чытайце таксама',
    news: 'Навіны',
    paid: 'Матэрыял даступны толькі для POZIRK+',
  },
  ru: {
    clock: 'Минск 14:05',
    share: 'Поделиться:',
    also: 'Читайте также',
    news: 'Новости',
    paid: 'Материал доступен только для POZIRK+',
  },
  en: {
    clock: 'Minsk 14:05',
    share: 'Share:',
    also: 'Also read',
    news: 'News',
    paid: 'The material is available only to POZIRK+',
  },
};

const MONTHS: Readonly<Record<Edition, readonly string[]>> = {
  be: [
    'студзеня',
    'лютага',
    'сакавіка',
    'красавіка',
    'мая',
    'чэрвеня',
    'ліпеня',
    'жніўня',
    'верасня',
    'кастрычніка',
    'лістапада',
    'снежня',
  ],
  ru: [
    'января',
    'февраля',
    'марта',
    'апреля',
    'мая',
    'июня',
    'июля',
    'августа',
    'сентября',
    'октября',
    'ноября',
    'декабря',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

/** `8 ліпеня, Позірк.` for a moment, by the calendar of Minsk (UTC+3 all year). */
export function datelineOf(
  edition: Edition,
  at: number,
  agency = edition === 'en' ? 'Pozirk' : 'Позірк',
): string {
  const minsk = new Date(at + 3 * 3_600_000);
  const month = MONTHS[edition][minsk.getUTCMonth()] ?? '';
  return edition === 'en'
    ? `${month} ${minsk.getUTCDate()}, ${agency}.`
    : `${minsk.getUTCDate()} ${month}, ${agency}.`;
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (found) => `&#${found.charCodeAt(0)};`);

function blockHtml(block: Block): string {
  const inAll = (tag: string, texts: readonly string[]) =>
    texts.map((text) => `<${tag}>${escape(text)}</${tag}>`).join('');
  switch (block.kind) {
    case 'paragraph':
      return inAll('p', [block.text]);
    case 'subhead':
      return inAll('h3', [block.text]);
    case 'list':
      return `<ul>${inAll('li', block.items)}</ul>`;
    case 'quote':
      return `<blockquote>${inAll('p', [block.text])}${inAll('cite', block.credit ? [block.credit] : [])}</blockquote>`;
    case 'figure':
      return `<figure><img src="${block.url}"><figcaption>${escape(block.caption ?? '')}</figcaption></figure>`;
    case 'table':
      return `<table>${block.rows.map((row) => `<tr>${inAll('td', row)}</tr>`).join('')}</table>`;
  }
}

export interface ListedRow {
  readonly link: string;
  readonly headline: string;
  readonly rubrics?: readonly string[];
  readonly paid?: boolean;
  /** False: for subscribers, named without a link. */
  readonly linked?: boolean;
}

const rowsHtml = (edition: Edition, rows: readonly ListedRow[], design: Marks['design']): string => {
  const known = design !== 'other';
  const html = rows.map((row) => {
    const title =
      row.linked === false
        ? `<span class="${known ? 'title' : 'k3'}">${escape(row.headline)}</span>`
        : `<a href="${row.link}">${escape(row.headline)}</a>`;
    const label = row.paid || row.linked === false ? `<span>${LABELS[edition].paid}</span>` : '';
    const rubric = `<span class="${known ? 'rubric' : 'k2'}">${escape((row.rubrics ?? ['Politics']).join(', '))}</span>`;
    return known
      ? `<li class="news__item">${rubric} ${title} ${label}</li>`
      : `<div class="k1">${title}<div>${rubric}${label}</div></div>`;
  });
  return known ? `<ul class="news">${html.join('\n')}</ul>` : `<section>${html.join('\n')}</section>`;
};

export function listingPage(
  edition: Edition,
  rows: readonly ListedRow[],
  marks: Marks = {},
  feed?: string,
  next = '',
): string {
  const link = feed ? `<link rel="alternate" type="application/rss+xml" href="${feed}">` : '';
  return frame(
    edition,
    'Invented newsroom',
    link,
    `<main><h1>${LABELS[edition].news}</h1>${rowsHtml(edition, rows, marks.design)}${next}</main>`,
  );
}

export function articlePage(
  edition: Edition,
  story: Telling,
  marks: Marks = {},
  others: readonly ListedRow[] = [],
): string {
  const words = LABELS[edition];
  const body =
    marks.design === 'known' || marks.design === undefined ? 'single-news__content wrapperEditor' : 'u-41';
  const first = `<p>${escape([story.dateline, story.lead].filter(Boolean).join(' '))}</p>`;
  const also = story.related
    ? `<p>${words.also}: <a href="${story.related.link}">${escape(story.related.headline)}</a></p>`
    : '';
  const related = story.related
    ? `<div class="${marks.design === 'bare' ? 'z' : 'related'}"><a href="${story.related.link}">${escape(story.related.headline)}</a><p>${escape(story.related.teaser)} …</p></div>`
    : '';
  const iso = story.publishedAt === undefined ? '' : new Date(story.publishedAt).toISOString();
  const content = [
    marks.time && iso ? `<time datetime="${iso}">${iso.slice(11, 16)}</time>` : '',
    `<h1>${escape(story.headline)}</h1>`,
    story.picture ? `<img src="${story.picture}" width="900" height="500" alt="">` : '',
    story.credit ? `<p>(${escape(story.credit)})</p>` : '',
    `<div class="${body}">${first}${story.paid ? '' : story.body.map(blockHtml).join('\n')}${also}</div>`,
    story.paid ? `<p>${words.paid}</p>` : '',
    related,
    `<p>${words.share}</p>`,
  ].join('\n');
  const tag = marks.design === 'bare' ? 'div' : 'article';
  const list = others.length ? `<h2>${words.news}</h2>${rowsHtml(edition, others, marks.design)}` : '';
  return frame(
    edition,
    story.headline,
    head(edition, story, marks, iso),
    `<main class="height-for-sidebar"><${tag}>${content}</${tag}>${list}</main>`,
  );
}

function head(edition: Edition, story: Telling, marks: Marks, iso: string): string {
  const lines: string[] = [];
  if (marks.canonical) lines.push(`<link rel="canonical" href="${marks.canonical}">`);
  if (marks.hreflang)
    lines.push(
      '<link rel="alternate" hreflang="be" href="/be/news/1">',
      '<link rel="alternate" hreflang="ru" href="/ru/news/2">',
    );
  if (marks.openGraph)
    lines.push(
      `<meta property="og:type" content="article"><meta property="og:title" content="${escape(story.headline)}">`,
    );
  if (marks.jsonLd) {
    const data = {
      '@context': 'https://schema.org',
      '@graph': [
        { '@type': 'WebSite', name: 'x' },
        {
          '@type': 'NewsArticle',
          headline: story.headline,
          ...(iso ? { datePublished: iso } : {}),
          articleSection: story.rubrics ?? [],
          isAccessibleForFree: !story.paid,
          inLanguage: edition,
        },
      ],
    };
    lines.push(
      `<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script><script type="application/ld+json">{broken</script>`,
    );
  }
  return lines.join('\n');
}

const frame = (edition: Edition, title: string, headHtml: string, content: string): string => `<!doctype html>
<html lang="${edition}"><head><meta charset="utf-8"><title>${escape(title)}</title>${headHtml}<script>var x = "<a href='/${edition}/news/999'>no</a>";</script></head>
<body><header><b>Newsroom</b><span class="clock">${LABELS[edition].clock}</span><nav><a href="/be/news/">be</a><a href="/ru/news/">ru</a><a href="/en/news/">en</a></nav></header>
<div class="cookie">We use cookies</div>${content}
<footer><a href="/${edition}/about">About</a><p>Footer words</p></footer></body></html>`;

export interface FeedRow {
  readonly link: string;
  readonly guid?: string;
  readonly headline: string;
  readonly summary?: string;
  readonly content?: string;
  readonly publishedAt?: number;
  readonly picture?: string;
}

export function feedPage(rows: readonly FeedRow[]): string {
  const items = rows.map(
    (
      row,
    ) => `<item><title>${escape(row.headline)}</title><link>${escape(row.link)}</link>${row.guid ? `<guid isPermaLink="false">${escape(row.guid)}</guid>` : ''}
${row.publishedAt === undefined ? '' : `<pubDate>${new Date(row.publishedAt).toUTCString()}</pubDate>`}<description>${escape(row.summary ?? '')}</description>
${row.content ? `<content:encoded><![CDATA[${row.content}]]></content:encoded>` : ''}${row.picture ? `<enclosure url="${row.picture}" type="image/jpeg" length="1"/>` : ''}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Invented</title><link>https://news.example/</link>${items.join('\n')}</channel></rss>`;
}
