import type { ArticleText } from '../news/article.ts';
import type { Picture } from '../news/story.ts';

/** A raw thing from a feed or a listing, before anybody knows whether it is news. */
export interface Item {
  /** Absolute http(s) address as published. */
  readonly link: string;
  /** Equal for every spelling of one address with its anchor, and no other row's of the reading. */
  readonly key: string;
  /** Identity that the feed itself gives, where it is one of its own. */
  readonly guid?: string;
  /** Plain text, one line. */
  readonly headline: string;
  /** Short text as HTML or plain text. */
  readonly summary?: string;
  /** Whole text as HTML; only where the source gives more than a summary. */
  readonly content?: string;
  /** Summary or content, read. */
  readonly text?: ItemText;
  /** Exact moment of publication, ms. */
  readonly publishedAt?: number;
  /** Calendar day where the source gives a day without a time. */
  readonly day?: string;
  readonly picture?: Picture;
  readonly rubrics: readonly string[];
  readonly paid: boolean;
  /** Place in the source from the top, from 0. */
  readonly position: number;
  /** Language code in lower case, where a source of several languages gives one with each story. */
  readonly language?: string;
}

/** Lead and body, and the day of their dateline. */
export type ItemText = ArticleText & Pick<Article, 'dateline'>;

export type SourceKind = 'rss' | 'rdf' | 'atom' | 'json' | 'sitemap' | 'index' | 'listing';

/** A hub of WebSub that a feed names, and the address under which the hub knows the feed. */
export interface Hub {
  readonly hub: string;
  readonly topic: string;
}

/** A source address, read. */
export interface Reading {
  readonly kind: SourceKind;
  /** False where it broke off: what is not listed may still be there. */
  readonly isWhole: boolean;
  readonly title: string;
  readonly items: readonly Item[];
  /** Things that are no story, counted by reason in words. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Addresses of feeds that a page links, or of sitemaps that an index lists, those of news first. */
  readonly offers: readonly string[];
  /** The page behind this one, where it links one: older stories. */
  readonly next?: string;
  /** The hub that tells of news in it. */
  readonly hub?: Hub;
  /** Headlines of entries a good part of whose text did not come out of its mark-up. */
  readonly lossy?: readonly string[];
  /** Oddities that were read all the same, in words. */
  readonly notes: readonly string[];
}

/** Facts of an article's page about its story. */
export interface Article extends ArticleText {
  readonly headline: string;
  /** Day and month of the dateline. */
  readonly dateline?: { readonly day: number; readonly month: number; readonly year?: number };
  readonly publishedAt?: number;
  readonly picture?: Picture;
  readonly rubrics: readonly string[];
  readonly paid: boolean;
  /** Link of the story that this one continues. */
  readonly related?: string;
  /** The page's own name for itself. */
  readonly canonical?: string;
  /** A good part of the text that the page names to machines did not come out of its mark-up. */
  readonly isLossy?: true;
}
