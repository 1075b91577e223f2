/** A text without the newsroom's name: the noun that takes its place, in the case, with the article and the capital it needs. */

import { rewrite } from '../news/borders.ts';
import type { Edition } from '../news/edition.ts';
import { type NameFound, withoutName } from '../newsroom/signs.ts';
import { isAbbreviation, mayEnd } from './abbreviations.ts';

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
  const bare = withoutName(text, (found) =>
    edition === 'en' ? englishNoun(found) : slavicNoun(found, edition),
  );
  if (bare === text) return text;
  const once = rewrite(bare, TWICE[edition], () => '');
  if (edition === 'ru') return once;
  if (edition === 'be') return withU(once);
  const spaced = rewrite(once, / {2,}/gu, () => ' ');
  return rewrite(spaced, /\b(a) (?=agency\b)/giu, ([, article]) => `${article}n `);
}

/** The noun once more, for the name in another script or its address: Позірк (Pozirk), Pozirk (pozirk.online). */
const TWICE = {
  be: /(?<=(?:партал|сай[тц]|агенцтв|выданн|медыя)\p{L}{0,4}[»”"]?)\s?(?:\((?:партал|сай[тц])\p{L}*\)|\/(?:партал|сай[тц])\p{L}*)/giu,
  ru: /(?<=(?:портал|сайт|агентств|издани|медиа)\p{L}{0,4}[»”"]?)\s?(?:\((?:портал|сайт)\p{L}*\)|\/(?:портал|сайт)\p{L}*)/giu,
  en: /(?<=(?:agency|website|outlet|portal)[»”"]?)\s?(?:\(the (?:agency|website)\)|\/the (?:agency|website))/giu,
} as const;

function slavicNoun(found: NameFound, edition: 'be' | 'ru'): string {
  const nouns = NOUNS[edition][found.isAddress ? 'address' : 'name'];
  return inPlace(nouns[caseOf(found, edition)], found);
}

/** A noun with the capitals of the name that it stands for. */
function inPlace(noun: string, { before, isAddress, isShouted }: NameFound): string {
  if (isShouted && !isAddress) return noun.toUpperCase();
  return startsSentence(before) ? noun.charAt(0).toUpperCase() + noun.slice(1) : noun;
}

/** The case by the ending of the name, and where it has none by the word before it. */
function caseOf({ before, after, ending }: NameFound, edition: 'be' | 'ru'): Case {
  const governed = governedCase(before, edition);
  switch (ending.toLowerCase()) {
    case '':
      return DIRECTED.test(before)
        ? 'nominative'
        : (governed ??
            (OWNED.test(before) && !(OBJECT.test(before) && DOES.test(after)) ? 'genitive' : 'nominative'));
    case 'а':
      return 'genitive';
    case 'у':
      // One ending of three cases in Belarusian: the word before it tells.
      if (governed === 'locative' || governed === 'genitive') return governed;
      return edition === 'be' && OWNED.test(before) && !ADDRESSED.test(before) ? 'genitive' : 'dative';
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
  return CASES.find((each) => GOVERNED[edition][each].split(' ').includes(word));
}

/** A way or an aim: «у», «на» with the accusative, which looks like the nominative (спасылка на партал). */
const DIRECTED =
  /(?<!\p{L})(?:спасыл|ссыл|падпі[сш]|подпи[сш]|ліст(?:а|у|ы|оў|амі?)?(?!\p{L})|письм|запыт|запрос|скарг|жалоб|іск(?!\p{L})|иск(?:а|и|ов)?(?!\p{L})|данос|донос|атак|пер[ае]йд|пер[ае]ход|прыйш|приш|зайш|заш|заход|увайш|вош|перайш|переш|трап|попа|адправ|отправ|дасла|присла|напіса|написа|піш|пиш|звярн|звяр|обрат|напад|паверн|верну|устро|ўладкав|уладкав|забег|спадзя|надея)\p{L}*\s+(?:у|ў|в|на)\s+[«"“„]?$/iu;

const CASES = ['genitive', 'dative', 'instrumental', 'locative'] as const;
const GOVERNED: Readonly<Record<'be' | 'ru', Readonly<Record<(typeof CASES)[number], string>>>> = {
  be: {
    genitive: 'ад да для без ля каля паводле з-за сярод супраць апрача акрамя замест',
    dative: 'дзякуючы насуперак',
    instrumental: 'з са перад паміж над разам',
    locative: 'у ў на аб пры па',
  },
  ru: {
    genitive: 'от до для без у около из из-за среди против кроме вместо',
    dative: 'к по благодаря вопреки согласно',
    instrumental: 'с со перед между над',
    locative: 'в на о об при',
  },
};

/** Stems of what belongs to somebody whose undeclined name follows: журналіст «Позірк», по информации «Позірк». */
const OWNERSHIP = (
  'журнал[іи]ст р[эе]дак карэспандэнт корреспондент супрацоўні сотрудни аглядальні обозревател анал[іи]т аўтар автор ' +
  'заснавальн основател кіраўн руководител руководств уладальн владел[еь] дыр[эе]ктар директор каманд ' +
  'прэс-служб пресс-служб чытач читател падпісчы подписчи суразмоў собеседни крыніц источник навін новост ' +
  'матэрыял материал інтэрв интервью артыкул стать публікац публикаци каментар комментар паведамленн сообщени ' +
  'заяв[аеуы] заявлени інфармац информац зв[еэ]ст дан[ыі] данн падлік подсч[её]т даследаванн исследован ' +
  'манітор монитор дзейнасц деятельност офіс офис старонк страниц архіў архив ' +
  'кошт(?:у|ам|ы)?(?!\\p{L}) стоимост цан(?:а|ы|у|ой)(?!\\p{L}) цен(?:а|ы|у|е|ой)(?!\\p{L}) тарыф тариф падпіс[кц] подписк верс[іи] пераваг преимуществ ' +
  'гісторы истори відэа видео рассыл[кц] удзел(?:у|ам)?(?!\\p{L}) участи падкаст подкаст лагатып логотип'
).replaceAll(' ', '|');
const OWNED = new RegExp(String.raw`(?<!\p{L})(?:${OWNERSHIP})\p{L}*\s+[«"“„]?$`, 'iu');

/** Of them what its owner may do something with: Відэа «Позірк» апублікаваў учора. */
const OBJECT = /(?:[ую]|відэа|видео)\s+[«"“„]?$/iu;
const DOES = /^[»”"]?\s+\p{L}+[ўл](?:ся)?(?!\p{L})/u;

/** Of them what may be addressed to somebody: інтэрв’ю «Позірку». */
const ADDRESSED = /(?<!\p{L})(?:інтэрв|каментар|паведамленн|заяв)\p{L}*\s+[«"“„]?$/iu;

/** The rest of a name, and «у» or «ў» behind it, which go by its last letter. */
const U_BEHIND =
  /(?<=(?<!\p{L})(?:партал|сайт|сайц|агенцтв|выданн|медыя|рэсурс|праект|канал)\p{L}*[»”"]?\s+)(?:[уў](?=\s)|ў(?=\p{L}))/giu;
const withU = (text: string): string =>
  rewrite(text, U_BEHIND, ({ 0: letter, input, index }) => {
    const u = /[аеёіоуыэюя][»”"]?\s+$/iu.test(input.slice(0, index)) ? 'ў' : 'у';
    return letter === letter.toLowerCase() ? u : u.toUpperCase();
  });

/** Words of a sentence with which an abbreviation may also end it. */
const FEW = 4;

/** Whether what follows is the first word of a sentence, also of one that is quoted. */
function startsSentence(before: string): boolean {
  if (/(?:^|\n)[\s«"“„(—–•-]*$/u.test(before) || /[«“„]$/u.test(before) || /[:,]\s+"$/u.test(before))
    return true;
  const end = /[.!?…][»”")\]]*\s+[«"“„(—–-]*\s*$/u.exec(before);
  return end !== null && (!before.startsWith('.', end.index) || isEnd(before, end.index));
}

/** Whether the dot at `dot` ends a sentence. */
function isEnd(text: string, dot: number): boolean {
  if (!isAbbreviation(text, dot)) return true;
  const sentence =
    text
      .slice(0, dot)
      .split(/[.!?…]\s+/u)
      .at(-1) ?? '';
  return mayEnd(text, dot) && sentence.split(/\s+/u).length > FEW;
}

/** Words that speak for the noun, with what may stand between (the independent Pozirk), and those that do so for an attribute. */
const ARTICLE = `an?|the|this|his|its|their|our|my|(?!(?:it|that|he|she|what|who|there|here|let)[’'])\\p{L}+[’']s`;
const DETERMINER = `${ARTICLE}|that|these|those|her|another|every|each|no|any|one`;
const ADJECTIVE = String.raw`(?:\p{Ll}+(?:ent|an|al|ic|ous|ive|ish|ing|est|ary)|\p{L}+-\p{L}+|news|online|media|private|only|former|first|last|new)\s+`;
const speaking = (words: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}-])(?:${words})\s+(?:\p{Ll}+ed\s+)?(?:${ADJECTIVE}){0,3}$`, 'iu');
const ARTICLES = speaking(ARTICLE);
const DETERMINERS = speaking(DETERMINER);

/** An adjective at the start of a headline: Independent Pozirk news agency. */
const OPENING = /(?:^|[.!?]\s+)\p{Lu}\p{Ll}+(?:ent|an|al|ic|ous|ive|ish|est|ary|ed)\s+$/u;

/** Words after which an attribute needs an article; after all others (jailed, freelance, two, told) it goes without. */
const JOINING = new Set(
  (
    'of to for from with without by at in on about against as and or but nor than when while if because after before since ' +
    'until where into over under between among via per like including is are was were'
  ).split(' '),
);
/** Words after the name of which it is an attribute. */
const ATTRIBUTED =
  /^\s+(?:(?:senior|chief|freelance|former|deputy|news|political|economic)\s+)*(?:journalists?|reporters?|editors?|editor-in-chief|correspondents?|readers?|staff|staffers?|team|offices?|story|stories|articles?|analysts?|columnists?|photographers?|sources?|interviews?|newsroom|employees?|contributors?|colleagues?|partners?|founders?|subscribers?|investigations?|coverage|videos?|channel|survey|podcast|newsletter)(?!\p{L})/iu;
const IS_AGENCY =
  /^\s+(?:(?:independent|Belarusian|news|online|media)\s+)*(?:agency|outlet|website|site|portal|publication|service|newspaper|paper|magazine)(?!\p{L})/iu;

/** A noun there, a verb elsewhere: each Pozirk report, Pozirk reports. */
const ATTRIBUTED_AFTER_DETERMINER = /^\s+report(?!\p{L})/iu;

function englishNoun(found: NameFound): string {
  const { before, after, isAddress } = found;
  const previous = /(?<![\p{L}\p{N}-])([\p{L}\p{N}-]+)\s+$/u.exec(before)?.[1]?.toLowerCase() ?? '';
  const isDetermined = DETERMINERS.test(before);
  const isAttribute = ATTRIBUTED.test(after) || (isDetermined && ATTRIBUTED_AFTER_DETERMINER.test(after));
  const isAgency = IS_AGENCY.test(after);
  // Beside a hyphen (ex-Pozirk, Pozirk-affiliated) the bare noun is all that can stand.
  const isBare =
    /\p{L}-$/u.test(before) ||
    after.startsWith('-') ||
    (isAttribute || isAgency ? isDetermined : ARTICLES.test(before));
  const noun = (text: string): string => inPlace(text, found);
  if (isAgency) return isBare || OPENING.test(before) ? '' : noun('the');
  if (isAddress) return noun(isBare ? 'website' : 'the website');
  const takesArticle = startsSentence(before) || previous === '' || JOINING.has(previous);
  if (isAttribute && !isBare && takesArticle) return noun('the agency’s');
  return noun(isBare || isAttribute ? 'agency' : 'the agency');
}
