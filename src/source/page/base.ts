/** From where the links of a page are meant. */
import type { Document } from 'domhandler';
import { attribute, elementsOf } from '../html.ts';
import { absoluteLink } from '../links.ts';

/** The address in a page's first `<base href>`, else its own. */
export function baseOf(document: Document, address: string): string {
  for (const element of elementsOf(document)) {
    const written = element.name === 'base' ? attribute(element, 'href') : '';
    if (written) return absoluteLink(written, address) ?? address;
  }
  return address;
}
