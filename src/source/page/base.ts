/** From where the links of a page are meant. */
import type { Document } from 'domhandler';
import { attribute, elementsNamed } from '../html.ts';
import { absoluteLink } from '../links.ts';

/** The address in a page's first `<base href>`, else its own. */
export function baseOf(document: Document, address: string): string {
  const [written] = elementsNamed(document, 'base').flatMap((base) => attribute(base, 'href') || []);
  return (written && absoluteLink(written, address)) ?? address;
}
