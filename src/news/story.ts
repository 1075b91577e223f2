import type { ArticleText } from './article.ts';
import type { Edition } from './edition.ts';

export interface Picture {
  /** http(s) address. */
  readonly url: string;
  /** Its maker, without the brackets of the page. */
  readonly credit?: string;
}

/** A published story, as we last saw it. All texts are plain: no HTML, no entities, no dateline. */
export interface Story extends ArticleText {
  /** 10 characters of `a-z0-9`; ours, stable over revisions and aliases. */
  readonly id: string;
  readonly edition: Edition;
  /** 0 as first seen; one more for each correction. */
  readonly revision: number;
  readonly headline: string;
  /** Calendar day that the newsroom gave it, `YYYY-MM-DD`. */
  readonly day: string;
  /** Exact moment of publication, ms since the epoch; only where the source itself gives a time. */
  readonly publishedAt?: number;
  /** When we first saw it, ms since the epoch. */
  readonly firstSeenAt: number;
  /** Absolute http(s) address as published. */
  readonly link: string;
  readonly picture?: Picture;
  readonly rubrics: readonly string[];
  /** `paid`: its full text is only for POZIRK+. */
  readonly access: 'free' | 'paid';
  /** The story of ours that this one continues, where the page names it and we know it. */
  readonly follows?: string;
  readonly urgent: boolean;
  /** The newsroom took it back. */
  readonly withdrawn: boolean;
}

/** The moment that orders stories: publication where known, else first sight. */
export const storyTime = (story: Story): number => story.publishedAt ?? story.firstSeenAt;
