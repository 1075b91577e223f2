/** The fields of `T`, where an optional one may be given as undefined. */
type Given<T> = { readonly [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** An object without the optional fields that are given as undefined: with `exactOptionalPropertyTypes` they are absent. */
export const present = <T extends object>(all: Given<NoInfer<T>>): T =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;
