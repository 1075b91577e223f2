/** The fields of `T`, where an optional one may be given as undefined. */
type Given<T> = { readonly [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** An object without the optional fields that are given as undefined: with `exactOptionalPropertyTypes` they are absent. */
export function present<T extends object>(all: Given<NoInfer<T>>): T {
  const kept: Partial<Record<keyof T, unknown>> = {};
  // Name by name: it is done several times for each message that goes out.
  for (const name of Object.keys(all) as (keyof T)[]) if (all[name] !== undefined) kept[name] = all[name];
  return kept as T;
}
