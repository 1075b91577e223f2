/** Sources of several languages: an edition takes the stories of its own. */
import { type Edition, EDITION_CODES } from '../../news/edition.ts';
import type { Item, Reading } from '../../source/item.ts';

const codeOf = ({ language }: Item): string | undefined => language?.split(/[-_]/)[0];

const codesIn = ({ items }: Reading): Set<string | undefined> => new Set(items.map(codeOf));

/** Whether the stories of a reading are not all of one language, as far as it names them. */
export const isMixed = (reading: Reading): boolean => codesIn(reading).size > 1;

/**
 * The stories of an edition. Where a source names one language alone that is nobody's, the operator knows better; so too
 * where a feed has never named another (`wasMixed`): programs write their own there. A sitemap of news means what it names.
 */
export function inEdition(reading: Reading, edition: Edition, wasMixed: boolean): Reading {
  const codes = codesIn(reading);
  codes.delete(undefined);
  const isForeign = Object.values(EDITION_CODES).every((own) => own.every((code) => !codes.has(code)));
  const isMeant = wasMixed || isMixed(reading) || reading.kind === 'sitemap' || reading.kind === 'index';
  if (!isMeant || (codes.size === 1 && isForeign)) return reading;
  const isOurs = (code: string | undefined) => code === undefined || EDITION_CODES[edition].includes(code);
  return { ...reading, items: reading.items.filter((item) => isOurs(codeOf(item))) };
}
