/** Tails that a feed adds to a text: "read more", "appeared first on". */
import { fold } from './text.ts';

/** How one is told to go on. */
const GO_ON = [
  'continue reading|keep reading|see more|click here (?:to|for) .{0,40}?(?:read|more|full|story|article)',
  'read (?:more|on|further|the rest|(?:the )?(?:full|whole|rest of (?:the|this)) (?:story|article|text|entry|post))',
  'view (?:the )?(?:full|whole|entire|original) (?:story|article|text|entry|post)',
  'чыта(?:ць|йце) (?:далей|цалкам|поўнасцю|больш|болей|працяг|арыгінал)|(?:даведацца|дазнацца) больш',
  'чытаць (?:навіну|артыкул|матэрыял|тэкст) (?:цалкам|поўнасцю)|гл(?:ядзі|ядзіце)? (?:арыгінал|крыніцу)',
  'чита(?:ть|йте) (?:дальше|далее|полностью|больше|ещё|еще|продолжение|оригинал)|узнать больше',
  'читать (?:новость|статью|материал|текст) (?:полностью|целиком|далее)',
  'чита(?:ти|йте) (?:далі|більше|повністю|продовження)',
  'czytaj (?:dalej|więcej|całość)|dowiedz się więcej|weiterlesen|mehr lesen|lire la suite|čytać dalej',
].join('|');
/** Things that there is more of: words that begin news as well. */
const MORE = [
  '(?:the )?full (?:story|text|article)|больш падрабязна|падрабязней|падрабязнасці|поўны тэкст|далей|padrabiaźniej',
  'подробнее|подробности|полный текст|далее|докладніше|детальніше|повний текст|далі|więcej',
].join('|');
/** Where one reads it; the newsroom's own places, and behind an order also a name of one or two words. */
const HERE = '(?:тут|тутака|здесь|here|tutaj|hier)';
const [AT, NAME] = [
  '(?:на|у|ў|в|по|па|at|on|in|w|na)',
  '[«"“]?[\\p{L}\\d.-]{2,}(?: [\\p{L}\\d.-]+){0,1}[»"”]?',
];
const PLACE =
  '(?:(?:наш\\p{L}*|our|naszej|naszym) )?(?:сай[тц]\\p{L}{0,2}|(?:web-?)?site|старон\\p{L}+|страниц\\p{L}+|партал\\p{L}*|портал\\p{L}*|спасыл\\p{L}+|ссылк\\p{L}+|link|крыніц\\p{L}+|(?:(?:telegram|т[эе]л[ея]грам)\\p{L}{0,3}[- ]?)?канал\\p{L}*|telegram|т[эе]л[ея]грам\\p{L}{0,3}|[\\w-]+\\.[a-z]{2,6})';
const there = (place: string): string => `(?:\\s*(?:[—–:-]\\s*)?(?:${HERE}|${AT} ${place}))?`;
/** Signs around it. */
const [BEFORE, BEHIND] = ['[\\s[(←→»›>—–-]{0,10}', '(?!\\p{L})[\\s.…:!»›→>\\])]*$'];

/** The phrase alone, or behind the end of a sentence. */
const readMore = (phrase: string): RegExp =>
  new RegExp(`(?:^|(?<=[.!?…»”")\\]]\\s?))${BEFORE}(?:${phrase})${BEHIND}`, 'iu');
const READ_MORE = readMore(`${GO_ON}|${MORE}`);
const READ_MORE_THERE = readMore(`(?:${GO_ON})${there(NAME)}|(?:${MORE})${there(PLACE)}`);
/** The phrase before the name of what one would read, without the end of a sentence; or what a site has below a text. */
const MORE_OF = new RegExp(
  `^${BEFORE}(?:(?:continue reading|keep reading|read (?:more|the rest)|чыта(?:ць|йце) (?:далей|працяг)|чита(?:ть|йте) (?:далее|дальше))(?!\\p{L})[^.!?]{0,150}|` +
    `(?:\\d+ )?(?:comments?|к[ао]м+[ея]нтар\\p{L}{1,2})(?: ?\\(\\d+\\))?|leave a (?:comment|reply)|add (?:a )?(?:new )?comment|log in(?: or register)? to post comments|(?:пакінуць|дадаць) каментар|(?:оставить|добавить) комментарий)$`,
  'iu',
);
/** Where the story was first, as programs of sites say it: `The post (its headline) appeared first on (the site).` */
const FIRST_ON = new RegExp(
  `(?:^|(?<=[.!?…»”")\\]]\\s))(?:the post|запіс|допіс|паведамленне|навіна|артыкул|матэрыял|запись|сообщение|статья|материал|пост|допис|стаття|wpis|artykuł|post|der beitrag|l['’]article) (?=(?<name>.{1,300}?) ` +
    `(?:appeared first on|first appeared on|(?:was )?(?:first )?published (?:on|in)|(?:(?:[уў]першыню|спачатку) з['’ʼ]яві(?:ўся|лася|лося|ліся)|з['’ʼ]яві(?:ўся|лася|лося|ліся)(?: [уў]першыню| спачатку)?)(?: на)?|(?:впервые )?появил(?:ась|ся|ось|ись)(?: сначала)?(?: на)?|` +
    `(?:вперше|спершу) з['’ʼ]яви(?:вся|лася) на|(?:апублікаван|опубликован)\\p{L}{0,2} (?:на|у|ў|в)|pojawił się(?: najpierw| po raz pierwszy)?|pochodzi z serwisu|erschien zuerst auf|est apparu en premier sur) .{1,150}$)`,
  'giu',
);
/** A mark that something was cut, in brackets of its own. */
const CUT = /\s*(?:[[(](?:(?:more|далей|далее|далі)\s*)?(?:…|\.{3})[\])]|(?:…|\.{3})\s*[»›→])$/iu;

/** Whether the last line says nothing but that there is more. */
export const isOnlyTail = (text: string): boolean => MORE_OF.test(text);

/** A line in the middle of a text without a bare "read more"; '' where it was nothing else. */
export const withoutMore = (text: string): string => withoutCut(text.replace(READ_MORE, '').trimEnd());

/**
 * The last line without what a feed put behind it; '' where it was nothing else. `names`: what a story is called there,
 * its headline and the words that are links; any other subject is news of something that appeared.
 */
export function withoutTail(text: string, names: { headline: string; linked: readonly string[] }): string {
  const [headline, linked] = [fold(names.headline), new Set(names.linked.map(fold))];
  const first = [...text.matchAll(FIRST_ON)].find(([opener, written = '']) => {
    const name = fold(written);
    // A program that was never translated, around a title in our letters.
    if (/^the post/i.test(opener) && !/\p{Script=Latin}/u.test(name)) return true;
    return name !== '' && (linked.has(name) || headline === name || headline.startsWith(`${name} `));
  });
  const rest = first ? text.slice(0, first.index) : text;
  return withoutCut(rest.replace(READ_MORE_THERE, '').trimEnd());
}

const withoutCut = (text: string): string =>
  CUT.test(text) ? text.replace(CUT, (_, at: number) => (at > 0 ? '…' : '')) : text;
