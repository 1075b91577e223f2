/** Sorted sets as Redis lists them `WITHSCORES`: a member and its score in turn. */
export const scoredIn = (flat: readonly string[]): { readonly member: string; readonly score: string }[] =>
  Array.from({ length: Math.floor(flat.length / 2) }, (_, pair) => ({
    member: flat[2 * pair] ?? '',
    score: flat[2 * pair + 1] ?? '',
  }));
