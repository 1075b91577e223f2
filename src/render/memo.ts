/** What was once made of a story, kept as long as the story object itself: it goes to thousands of chats alike. */
import type { Story } from '../news/story.ts';
import type { Locales } from './locale.ts';

/** Kinds of chats for which something of one story is kept; beyond it all is forgotten and made anew. */
const MOST_KINDS = 200;

/** Gives what `make` made before for the same story, words and `kind`, or lets it make it. */
export type Memo<T> = (story: Story, locales: Locales, kind: string, make: () => T) => T;

export function createMemo<T>(): Memo<T> {
  const memory = new WeakMap<Locales, WeakMap<Story, Map<string, T>>>();
  return (story, locales, kind, make) => {
    const stories = memory.get(locales) ?? new WeakMap<Story, Map<string, T>>();
    memory.set(locales, stories);
    const kinds = stories.get(story) ?? new Map<string, T>();
    stories.set(story, kinds);
    const known = kinds.get(kind);
    if (known !== undefined) return known;
    if (kinds.size >= MOST_KINDS) kinds.clear();
    const made = make();
    kinds.set(kind, made);
    return made;
  };
}
