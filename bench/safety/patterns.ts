/** Finds any of millions of byte strings in any bytes: one pass over them for each length (Rabin-Karp). */
import type { Form } from './forms.ts';

export interface Match {
  readonly name: string;
  readonly at: number;
}

const BASE = 0x01000193;
/** Bits of a filter that most places do not pass. */
const FILTER_BITS = 24;

interface Group {
  readonly length: number;
  /** `BASE ** length`, to take away the byte that leaves the window. */
  readonly leaving: number;
  readonly filter: Uint32Array;
  readonly forms: Map<number, Form | Form[]>;
}

/** Shorter ones would be found everywhere. */
const SHORTEST = 4;

/** The result calls `report` for each place at which one of `forms` stands. */
export function patterns(forms: Iterable<Form>): (bytes: Buffer, report: (match: Match) => void) => void {
  const groups = new Map<number, Group>();
  for (const form of forms) {
    const { length } = form.bytes;
    if (length < SHORTEST) throw new Error(`${form.name}: too short to search for`);
    const group = groups.get(length) ?? newGroup(length);
    groups.set(length, group);
    let hash = 0;
    for (const byte of form.bytes) hash = (Math.imul(hash, BASE) + byte) | 0;
    const others = group.forms.get(hash);
    if (!others) group.forms.set(hash, form);
    else if (Array.isArray(others)) others.push(form);
    else group.forms.set(hash, [others, form]);
    const bit = mixed(hash);
    group.filter[bit >>> 5] = (group.filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  const all = [...groups.values()];
  return (bytes, report) => {
    for (const group of all) if (group.length <= bytes.length) scan(group, bytes, report);
  };
}

function newGroup(length: number): Group {
  let leaving = 1;
  for (let count = 0; count < length; count += 1) leaving = Math.imul(leaving, BASE);
  return { length, leaving, filter: new Uint32Array(2 ** (FILTER_BITS - 5)), forms: new Map() };
}

const mixed = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> (32 - FILTER_BITS);

function scan(
  { length, leaving, filter, forms }: Group,
  bytes: Buffer,
  report: (match: Match) => void,
): void {
  let hash = 0;
  for (let end = 0; end < bytes.length; end += 1) {
    hash = (Math.imul(hash, BASE) + (bytes[end] as number)) | 0;
    if (end >= length) hash = (hash - Math.imul(bytes[end - length] as number, leaving)) | 0;
    else if (end + 1 < length) continue;
    const bit = mixed(hash);
    if (((filter[bit >>> 5] as number) & (1 << (bit & 31))) === 0) continue;
    const found = forms.get(hash);
    if (!found) continue;
    const at = end + 1 - length;
    for (const form of Array.isArray(found) ? found : [found])
      if (bytes.compare(form.bytes, 0, length, at, at + length) === 0) report({ name: form.name, at });
  }
}
