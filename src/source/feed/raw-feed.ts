import type { SourceKind } from '../item.ts';

/** One entry of a feed, whatever its format: texts are as written, HTML or not. */
export interface Raw {
  readonly title: string;
  readonly links: readonly string[];
  /** Address that the links are meant from, where the entry names one of its own. */
  readonly base?: string;
  readonly guid: string;
  readonly summary: string;
  readonly content: string;
  readonly dates: readonly string[];
  readonly media: readonly Media[];
  readonly categories: readonly string[];
  /** Language code, where the entry itself names one. */
  readonly language?: string;
}

/** A picture, sound or film that goes with an entry; width and height in pixels, 0 where unknown. */
export interface Media {
  readonly url: string;
  readonly type?: string;
  readonly medium?: string;
  readonly width?: number;
  readonly height?: number;
  readonly credit?: string;
}

/** A feed as its reader gives it. */
export interface RawFeed {
  readonly kind: SourceKind;
  readonly title: string;
  readonly home: string;
  /** Addresses of pictures that stand for the feed itself: where an entry repeats one, it has no picture of its own. */
  readonly logos: readonly string[];
  readonly entries: readonly Raw[];
  /** The page behind it, its hub of WebSub and the name under which the hub knows it, as they are written. */
  readonly next?: string;
  readonly hub?: string;
  readonly self?: string;
  /** Where it broke off and was read up to its last whole entry. */
  readonly isCut: boolean;
}
