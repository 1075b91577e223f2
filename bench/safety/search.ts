/** Looks for traces of readers in any bytes: their ids in every form that we could think of, and marked words. */
import { type Form, formsOfId, formsOfWord, widthOf } from './forms.ts';
import { patterns } from './patterns.ts';
import { viewsOf } from './views.ts';

export interface Finding {
  /** Which form was found. */
  readonly form: string;
  /** Where in the bytes, or in what they say once they are decoded. */
  readonly at: number;
}

export interface Search {
  /** The first few findings in `bytes`. */
  in(bytes: Buffer): Finding[];
  /** Whether a whole value is an id as a number of four or more bytes, which chance would find in any long bytes. */
  is(value: Buffer): boolean;
}

const MOST = 5;
/** A form that chance finds more often than this, a byte of random ones, is looked for only with what stands beside it. */
const CHANCE = 2e-9;

/**
 * @param ids Telegram ids of readers, of 8 to 16 digits. Of those that fit into four bytes give few, of five a thousand:
 * else their bytes alone are found by chance, and only looked for with what surely stands beside them.
 * @param words marks that stand in names, usernames and typed words and nowhere else, at least 6 letters each.
 */
export function searchFor(ids: readonly number[], words: readonly string[]): Search {
  const known = new Set(ids);
  const find = patterns(allForms(ids, words));
  return {
    in(bytes) {
      const found: Finding[] = [];
      for (const view of viewsOf(bytes)) {
        find(
          view.bytes,
          ({ name, at }) => void (found.length < MOST && found.push({ form: view.name + name, at })),
        );
        if (found.length >= MOST) break;
      }
      return found;
    },
    is: (value) =>
      value.length >= 4 &&
      value.length <= 6 &&
      (known.has(value.readUIntBE(0, value.length)) || known.has(value.readUIntLE(0, value.length))),
  };
}

function* allForms(ids: readonly number[], words: readonly string[]): Generator<Form> {
  const widths = new Map<number, number>();
  for (const id of ids) widths.set(widthOf(id), (widths.get(widthOf(id)) ?? 0) + 1);
  const isBare = (width: number) => (2 * (widths.get(width) ?? 0)) / 256 ** width < CHANCE;
  for (const id of ids) yield* formsOfId(id, isBare(widthOf(id)));
  for (const word of words) yield* formsOfWord(word);
}
