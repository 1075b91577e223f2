/** Cache of what was made of a story, kept as long as the story object itself: it goes to thousands of chats alike. */
import { type Bounded, bounded } from '../bounded.ts';
import type { Story } from '../news/story.ts';
import type { Locales } from './locale.ts';

/** Kinds of chats for which something of one story is kept. */
const MOST_KINDS = 400;

/** Gives what `make` made before for the same story, words and `kind`, or lets it make it. */
export type Memo<T> = (story: Story, locales: Locales, kind: string, make: () => T) => T;

export function createMemo<T>(): Memo<T> {
  const memory = new WeakMap<Locales, WeakMap<Story, Bounded<string, T>>>();
  return (story, locales, kind, make) => {
    const stories = memory.get(locales) ?? new WeakMap<Story, Bounded<string, T>>();
    memory.set(locales, stories);
    const kinds = stories.get(story) ?? bounded<string, T>(MOST_KINDS);
    stories.set(story, kinds);
    const known = kinds.get(kind);
    if (known !== undefined) return known;
    const made = make();
    kinds.set(kind, made);
    return made;
  };
}
