import { parseDate, slashOrder } from '../dates.ts';

/**
 * The `most` entries of a long feed that are read, in its order: the newest by their dates, and of those without one or of
 * one moment those nearest to either end, for a feed may begin with its newest or with its oldest.
 */
export function newestOf<Entry>(
  entries: readonly Entry[],
  most: number,
  datesOf: (entry: Entry) => readonly string[],
): { entry: Entry; position: number }[] {
  const all = entries.map((entry, position) => ({ entry, position }));
  if (all.length <= most) return all;
  const order = slashOrder(entries.flatMap(datesOf));
  const ranked = all.map((one) => {
    const dated = datesOf(one.entry)
      .map((written) => parseDate(written, order))
      .find(Boolean);
    const at = dated ? (dated.at ?? Date.parse(dated.day)) : Number.POSITIVE_INFINITY;
    return { ...one, at, fromEnd: Math.min(one.position, all.length - 1 - one.position) };
  });
  return ranked
    .toSorted((a, b) => (a.at === b.at ? a.fromEnd - b.fromEnd : b.at - a.at))
    .slice(0, most)
    .toSorted((a, b) => a.position - b.position);
}
