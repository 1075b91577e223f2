/** The newsroom whose news this process tells, as plain data: all that is its own and not of news sites in general. */
import type { Edition } from '../news/edition.ts';

export interface Newsroom {
  /** Product token under which the bot asks for pages, and by which robots.txt knows it. */
  readonly agent: string;
  /** Its name as it follows "news of" in each language. */
  readonly agency: Readonly<Record<Edition, string>>;
  /** Spellings of its name, with a capital letter. */
  readonly names: readonly string[];
  /** Abbreviations that open a dateline in place of the name. */
  readonly shortNames: readonly string[];
  /** Stories for its subscribers; absent: it has none. */
  readonly paid?: {
    /** The product's name as readers see it. */
    readonly label: string;
    /** How it is written on the site, in any case. */
    readonly spellings: readonly string[];
    /** Words before the label in a headline. */
    readonly announcements: readonly string[];
  };
  /** Zone of dates that name none. */
  readonly timezone: string;
  /** Addresses of each edition where the environment names none; empty: the edition is off. */
  readonly sources: Readonly<Record<Edition, readonly string[]>>;
  /** Path of a story's address, with `{edition}`, `{number}` and `{name}` for what varies. */
  readonly storyPath?: string;
  /** CSS selectors of an article's text, the surest first. */
  readonly bodies: readonly string[];
}
