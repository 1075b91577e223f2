/** A text without the newsroom's name: the noun that takes its place, in the case, with the article and the capital it needs. */

import type { Edition } from '../news/edition.ts';
import { type NameFound, withoutName } from '../newsroom/signs.ts';

type Case = 'nominative' | 'genitive' | 'dative' | 'instrumental' | 'locative';
type Nouns = Readonly<Record<'name' | 'address', Readonly<Record<Case, string>>>>;

const declined = (nouns: string): Readonly<Record<Case, string>> => {
  const [nominative = '', genitive = '', dative = '', instrumental = '', locative = ''] = nouns.split(' ');
  return { nominative, genitive, dative, instrumental, locative };
};

const NOUNS: Readonly<Record<'be' | 'ru', Nouns>> = {
  be: {
    name: declined('партал партала парталу парталам партале'),
    address: declined('сайт сайта сайту сайтам сайце'),
  },
  ru: {
    name: declined('портал портала порталу порталом портале'),
    address: declined('сайт сайта сайту сайтом сайте'),
  },
};

export function neutrally(text: string, edition: Edition): string {
  if (edition === 'en') {
    const bare = withoutName(text, englishNoun);
    return bare === text ? text : bare.replace(/ {2,}/gu, ' ').replace(/\b(a) (?=agency\b)/giu, '$1n ');
  }
  return withoutName(text, (found) => slavicNoun(found, edition));
}

function slavicNoun(found: NameFound, edition: 'be' | 'ru'): string {
  const nouns = NOUNS[edition][found.isAddress ? 'address' : 'name'];
  const noun = nouns[caseOf(found, edition)];
  return found.isShouted && !found.isAddress
    ? noun.toUpperCase()
    : startsSentence(found.before)
      ? capital(noun)
      : noun;
}

/** The case by the ending of the name, and where it has none by the word before it. */
function caseOf({ before, ending }: NameFound, edition: 'be' | 'ru'): Case {
  const governed = governedCase(before, edition);
  switch (ending.toLowerCase()) {
    case '':
      return governed ?? (OWNED.test(before) ? 'genitive' : 'nominative');
    case 'а':
      return 'genitive';
    case 'у':
      // One ending of three cases in Belarusian: the preposition tells.
      return governed === 'locative' || governed === 'genitive' ? governed : 'dative';
    case 'ам':
    case 'ом':
      return 'instrumental';
    case 'е':
      return 'locative';
    default:
      return 'nominative';
  }
}

/** The case that a preposition asks for; undefined: none stands there, or it asks for what looks like the nominative. */
function governedCase(before: string, edition: 'be' | 'ru'): Case | undefined {
  const word = /(?<!\p{L})(\p{L}+)\s+[«"“„]?$/u.exec(before)?.[1]?.toLowerCase() ?? '';
  if (DIRECTED.test(before)) return undefined;
  const { genitive = '', dative = '', instrumental = '', locative = '' } = GOVERNED[edition];
  const governs = (words: string): boolean => words.split(' ').includes(word);
  if (governs(genitive)) return 'genitive';
  if (governs(dative)) return 'dative';
  if (governs(instrumental)) return 'instrumental';
  return governs(locative) ? 'locative' : undefined;
}

/** A way or an aim: «у», «на» with the accusative, which looks like the nominative (спасылка на партал). */
const DIRECTED =
  /(?<!\p{L})(?:спасыл|ссыл|падпіс|подпис|прыйш|приш|зайш|заш|увайш|вош|перайш|переш|трап|попа|адправ|отправ|дасла|присла|напіса|написа|звярн|звяр|обрат|скарг|жалоб|напад|паверн|верну|устро|ўладкав|уладкав|забег|спадзя|надея)\p{L}*\s+(?:у|ў|в|на)\s+[«"“„]?$/iu;

const GOVERNED: Readonly<Record<'be' | 'ru', Readonly<Partial<Record<Case, string>>>>> = {
  be: {
    genitive: 'ад да для без ля каля паводле з-за сярод супраць апрача акрамя замест',
    dative: 'дзякуючы насуперак',
    instrumental: 'з са перад паміж над разам',
    locative: 'у ў на аб пры па',
  },
  ru: {
    genitive: 'от до для без у около из из-за среди против кроме вместо согласно',
    dative: 'к по благодаря вопреки',
    instrumental: 'с со перед между над',
    locative: 'в на о об при',
  },
};

/** What belongs to somebody whose undeclined name follows: журналіст «Позірк». */
const OWNED =
  /(?<!\p{L})(?:журнал[іи]ст|р[эе]дак|карэспандэнт|корреспондент|чытач|читател|навін|новост|суразмоў|собеседни|крыніц|источник|каманд|супрацоўні|сотрудни|аглядальні|обозревател|падпісчы|подписчи|матэрыял|материал|інтэрв|интервью|артыкул|стать|офіс|офис|старонк|страниц|архіў|архив|даследаванн|исследован|падлік|подсч[её]т|дан[ыі]|данн)\p{L}*\s+[«"“„]?$/iu;

/** A dot that ends no sentence; after more than some words of it, it may do so as well (у 2022 г. Партал…). */
const ABBREVIATED =
  /(?:^|[.!?…]\s+)(?:[^\s.!?…]+\s+){0,3}[«(]?(?:г|гг|тыс|млн|млрд|ім|им|вул|ул|с|р|руб)\.\s+$|(?:^|[\s(«“])(?:Mr|Mrs|Ms|Dr|St)\.\s+$/u;

/** Whether what follows is the first word of a sentence, also of one that is quoted. */
function startsSentence(before: string): boolean {
  if (/(?:^|\n)[\s«"“„(—–•-]*$/u.test(before) || /[«“„]$/u.test(before) || /[:,]\s+"$/u.test(before))
    return true;
  return /[.!?…][»”")\]]*\s+[«"“„(—–-]*\s*$/u.test(before) && !ABBREVIATED.test(before);
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Words before the name that speak for the noun, and those that do so where the name is an attribute. */
const ARTICLES = new Set('a an the this that these those'.split(' '));
const DETERMINERS = new Set(
  (
    'his her its their our my one two three four five several some many both all other another every each no any former ' +
    'current first new'
  ).split(' '),
);
/** Words after the name of which it is an attribute. */
const ATTRIBUTED =
  /^\s+(?:(?:senior|chief|freelance|former|deputy|news|political|economic)\s+)*(?:journalists?|reporters?|editors?|editor-in-chief|correspondents?|readers?|staff|staffers?|team|offices?|story|stories|articles?|analysts?|columnists?|photographers?|sources?|interviews?|newsroom|employees?|contributors?|founders?|subscribers?|channel|survey|podcast|newsletter)(?!\p{L})/iu;
const IS_AGENCY =
  /^\s+(?:(?:independent|Belarusian|news|online|media)\s+)*(?:agency|outlet|website|portal|publication|service)(?!\p{L})/iu;

function englishNoun({ before, after, isAddress, isShouted }: NameFound): string {
  const previous = /(?<![\p{L}-])([\p{L}-]+)\s+$/u.exec(before)?.[1]?.toLowerCase() ?? '';
  const isAttribute = ATTRIBUTED.test(after);
  const isAgency = IS_AGENCY.test(after);
  const isDetermined = ARTICLES.has(previous) || ((isAttribute || isAgency) && DETERMINERS.has(previous));
  const first = startsSentence(before);
  const noun = (text: string): string => {
    const words = isDetermined ? text.replace(/^the /u, '') : text;
    return isShouted && !isAddress ? words.toUpperCase() : first ? capital(words) : words;
  };
  if (isAddress) return noun('the website');
  if (isAgency) return isDetermined ? '' : noun('the');
  if (isAttribute && !isDetermined) return noun('the agency’s');
  return noun('the agency');
}
