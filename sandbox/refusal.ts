/** The answer of the page to a person who asks for what cannot be done: a word of the page's, in the language of whoever looks. */

export const REFUSALS = [
  'empty',
  'long',
  'silent',
  'gone',
  'no-group',
  'no-admin',
  'crowd',
  'moving',
  'no-digest',
  'away',
  'elsewhere',
  'store',
  'resetting',
] as const;

/** An error that carries the name of its word, `refused-…`, and what stands in it. */
export const refusal = (
  name: (typeof REFUSALS)[number],
  given: Readonly<Record<string, number>> = {},
): Error & { readonly word: string; readonly given: Readonly<Record<string, number>> } =>
  Object.assign(new Error(`refused: ${name}`), { word: `refused-${name}`, given });
