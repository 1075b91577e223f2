/** The newsroom's fixed words in its three languages, and its dates. */

export const TONGUES = ['be', 'ru', 'en'] as const;

/** A language that the newsroom publishes in. */
export type Tongue = (typeof TONGUES)[number];

export const isTongue = (value: unknown): value is Tongue => TONGUES.some((tongue) => tongue === value);

/** Everything on a page that is not a story. */
export interface SiteWords {
  readonly site: string;
  readonly agency: string;
  readonly minsk: string;
  readonly news: string;
  readonly alsoRead: string;
  readonly share: string;
  readonly onlyPlus: string;
  readonly urgent: string;
  readonly months: readonly string[];
  /** Lines around the article that a careless reader takes for news. */
  readonly aside: readonly string[];
}

export const SITE_WORDS: Readonly<Record<Tongue, SiteWords>> = {
  be: {
    site: 'Позірк. Навіны пра Беларусь',
    agency: 'Позірк',
    minsk: 'Мінск',
    news: 'Навіны',
    alsoRead: 'Чытайце таксама',
    share: 'Падзяліцца',
    onlyPlus: 'Матэрыял даступны толькі для POZIRK+',
    urgent: 'Тэрмінова',
    months:
      'студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня'.split(
        ' ',
      ),
    aside: ['Пра агенцтва', 'Падпіска POZIRK+', 'Кантакты'],
  },
  ru: {
    site: 'Позірк. Новости о Беларуси',
    agency: 'Позірк',
    minsk: 'Минск',
    news: 'Новости',
    alsoRead: 'Читайте также',
    share: 'Поделиться',
    onlyPlus: 'Материал доступен только для POZIRK+',
    urgent: 'Срочно',
    months: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
    aside: ['Об агентстве', 'Подписка POZIRK+', 'Контакты'],
  },
  en: {
    site: 'Pozirk. News about Belarus',
    agency: 'Pozirk',
    minsk: 'Minsk',
    news: 'News',
    alsoRead: 'Also read',
    share: 'Share',
    onlyPlus: 'The material is available only to POZIRK+',
    urgent: 'Urgent',
    months: 'January February March April May June July August September October November December'.split(
      ' ',
    ),
    aside: ['About us', 'Subscribe to POZIRK+', 'Contacts'],
  },
};

/** Minsk has kept UTC+3 the whole year round since 2011. */
const MINSK_OFFSET = 3 * 60 * 60 * 1000;

/** `HH:MM` in Minsk. */
export const minskTime = (at: number): string => new Date(at + MINSK_OFFSET).toISOString().slice(11, 16);

/** `2026-08-22T14:05:00+03:00`. */
export const minskIso = (at: number): string =>
  `${new Date(at + MINSK_OFFSET).toISOString().slice(0, 19)}+03:00`;

/** How a first paragraph begins: `August 22, Pozirk.`, `22 жніўня, Позірк.`. No year, no hour, no city. */
export function dateline(tongue: Tongue, at: number): string {
  const words = SITE_WORDS[tongue];
  const minsk = new Date(at + MINSK_OFFSET);
  const month = words.months[minsk.getUTCMonth()] ?? '';
  const day = minsk.getUTCDate();
  return `${tongue === 'en' ? `${month} ${day}` : `${day} ${month}`}, ${words.agency}.`;
}
