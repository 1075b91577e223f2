/** Pages that stand in another's place. */
import type { Document } from 'domhandler';
import { elementsNamed, textOf } from '../html.ts';
import { BEFORE_THE_SITE, INSTEAD_OF_THE_SITE, LEADS_ON } from '../selectors.ts';
import { clip } from '../text.ts';

/** Characters of a page in which it says so. */
const BEGINNING = 20_000;
/** A longer page is one of its own, whatever its scripts may do. */
const LONGEST_LEAD_ON = 16_000;

/** Whether a page with status 200 or a refusal is none of the site's; `isTitled`: it has the headline that is looked for. */
export function isInsteadOfSite(html: string, isTitled = false): boolean {
  const beginning = html.slice(0, BEGINNING);
  return BEFORE_THE_SITE.test(beginning) || (!isTitled && INSTEAD_OF_THE_SITE.test(beginning));
}

/** In words, what is there instead of `what`; undefined: nothing that is known. */
export function insteadOf(what: 'site' | 'story', html: string): string | undefined {
  if (isInsteadOfSite(html)) return `a challenge or maintenance page instead of the ${what}`;
  const found = html.length <= LONGEST_LEAD_ON ? LEADS_ON.exec(html) : null;
  return found
    ? `a page that only a script leads on from${found[1] ? `, to ${clip(found[1], 100)}` : ''}`
    : undefined;
}

/** How a site says in a page's title or first heading that there is none. */
const NO_PAGE =
  /^(?:(?:error|ошибка|памылка|помилка)?\s*404(?=\s*(?:$|[—–:|.,!-]|not|page|error|ошибк|памылк|страниц|старонк))|(?:(?:the |this )?(?:page|story|article|content)(?: you (?:requested|are looking for))? )?(?:was |is |could |can ?)?(?:not (?:be )?found|no longer (?:available|exists))|(?:такой )?(?:страниц[аы]|стать[яи]|материал|запись|публикация)(?: больше)? (?:не (?:найден|существу|доступн)|удал[её]н)|(?:такой )?(?:старонк[аі]|артыкул|матэрыял|запіс|публікацыя)(?: больш)? (?:не (?:знойдзен|існуе|даступн)|выдален)|сторінк[аи] не (?:знайден|існує)|(?:ничего|нічога) не (?:найдено|знойдзена)[.!]?$|(?:sorry,? )?(?:this|the) page (?:isn['’]t|is not) available|strona nie (?:istnieje|została znaleziona)|nie znaleziono)/i;

/** How a feed names an entry whose story was taken down: all of a headline. */
const REMOVED =
  /^[[(]?(?:(?:(?:this |the )?(?:article|story|post|page|content) (?:(?:has been|was|is) )?)?(?:removed|deleted|withdrawn)|(?:(?:материал|статья|новость|публикация|запись|страница) )?(?:удал[её]н[аоы]?|снят[аоы]? с публикации)|(?:(?:матэрыял|артыкул|навіна|публікацыя|запіс|старонка) )?(?:выдален[аы]?|знят[аы]? з публікацыі))[\])]?[.!]?$/iu;

export const saysRemoved = (headline: string): boolean => REMOVED.test(headline);

/** Whether a page that answered well says that it is not there. */
export const saysGone = (document: Document, title: string): boolean =>
  [title, ...elementsNamed(document, 'h1').slice(0, 3).map(textOf)].some((text) => NO_PAGE.test(text));
