/** Cache of what was made of a story, kept as long as the story object itself: it goes to thousands of chats alike. */
import { type Bounded, bounded, remembered } from '../bounded.ts';
import type { Story } from '../news/story.ts';
import type { Locales } from './locale.ts';

/** Kinds of chats for which something of one story is kept. */
const MOST_KINDS = 400;

/** Gives what `make` made before for the same story, words and `kind`, or lets it make it. */
export type Memo<T> = (story: Story, locales: Locales, kind: string, make: () => T) => T;

export function createMemo<T>(): Memo<T> {
  const memory = new WeakMap<Locales, WeakMap<Story, Bounded<string, T>>>();
  return (story, locales, kind, make) => {
    const stories = remembered(memory, locales, () => new WeakMap<Story, Bounded<string, T>>());
    const kinds = remembered(stories, story, () => bounded<string, T>(MOST_KINDS));
    return remembered(kinds, kind, make);
  };
}
