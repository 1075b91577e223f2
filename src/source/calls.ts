/**
 * Lines that are no part of a text: calls at its end to read the newsroom elsewhere ("subscribe to our Telegram", a bare
 * handle), and that the rest is to follow.
 */
import { cutTo, type RawBlock } from './raw-block.ts';

const any = (...all: readonly string[]): string => `(?:${all.join('|')})`;

const NETWORK = any(
  'telegram|viber|instagram|facebook|youtube|whatsapp|tiktok|twitter|threads|bluesky|вконтакте|дзен\\p{L}?',
  'т[эе]л[ея]грам\\p{L}{0,3}|[вў]айбер\\p{L}?|[іи]нстаграм\\p{L}?|ф[эе]йсбук\\p{L}?|ют[уь]б\\p{L}?',
  'т[іи]к-?ток\\p{L}?|google (?:news|навін\\p{L}+|новост\\p{L}+)|rutube|mastodon',
  '(?<![\\p{L}\\p{N}])(?:max|x(?:\\.com)?)(?![\\p{L}\\p{N}])',
);
/** Where a reader may share a story. */
const SHARED = any(NETWORK, 'vk|вк|ok|ок|одноклассники|x|linkedin|reddit|pocket|(?:e-?)?mail');
const ROOM = '(?:канал|чат|старон|страниц|суполк|канале|channel|page|chat|group)\\p{L}{0,3}';
/** A place of the newsroom's own, and a list of such places. */
const PLACE = any(
  `${NETWORK}(?:[-\\s]${ROOM})?`,
  `${ROOM}\\s+${any('у', 'ў', 'в', 'on', 'in')}\\s+${NETWORK}`,
);
const PLACES = `${PLACE}(?:(?:\\s*[,|/•·]\\s*|\\s+${any('і', 'и', 'й', 'ды', 'та', 'and', 'or', 'або', 'или')}\\s+(?:${any('у', 'ў', 'в', 'on')}\\s+)?)${PLACE}){0,6}`;

/** How one is asked to come. */
const COME = any(
  'падпіс(?:(?:вай|ыва)(?:це)?ся|ацца)|падпішы(?:це)?ся|далуча(?:й|йце)ся',
  'чыта(?:й|йце)|сачы(?:це)?|шукай(?:це)?|глядзі(?:це)?',
  'подписывай(?:ся|тесь)|подпи(?:шись|шитесь|саться)|присоединяй(?:ся|тесь)',
  'читай(?:те)?|следи(?:те)?|ищи(?:те)?|смотри(?:те)?|підпису(?:й|йте)ся|приєдну(?:й|йте)ся',
  'subscribe|follow|join|read|find|watch|more news|our|мы|наш[аы]?|(?:усе|все|наш[ыи]) (?:навіны|новости)',
  '(?:больш|болей) (?:навін|навінаў)|(?:больше|ещё больше|еще больше) новостей',
);
/** Small words between that and the place. */
const SMALL = any(
  'на|у|ў|в|во|да|до|к|за|і|и|а',
  'на?ш(?:\\p{L}{1,3})?',
  'нас|нам|намі|нами',
  'навіны|навінамі|новости|новостями|абнаўленнямі|обновлениями',
  'афіцыйн\\p{L}+|официальн\\p{L}+',
  'таксама|также|першымі|первыми|аператыўна|оперативно',
  'to|on|in|at|via|the|our|us|for|and|official|latest|news|updates|more',
);
/** Why one should. */
const WHY = `(?:${any('каб', 'чтобы', 'хочаце', 'хотите', 'want', 'to')}\\s[^.!?…]{1,80}[,?]\\s+)?`;
const HANDLE = any('@\\w{3,32}', '(?:https?:\\/\\/)?(?:www\\.)?(?:t|telegram)\\.me\\/\\S{1,100}');
const THERE = any(HANDLE, 'тут', 'здесь', 'here', 'па спасылцы', 'по ссылке');
/** Blanks, colons, arrows and pictures. */
const SIGNS = '[^\\p{L}\\p{N}@«»"(]{0,12}';
const INVITED = `${WHY}${COME}(?:\\s*[,:—–-]?\\s+${SMALL}){0,6}(?:(?:\\s*[:—–-])?\\s+${PLACES}(?:${SIGNS}${THERE})?|${SIGNS}${HANDLE})`;

/** An invitation alone or behind the end of a sentence; places or a handle alone. */
const CALL = new RegExp(
  `(?:(?:^|(?<=[.!?…»”")\\]]\\s))${SIGNS}${INVITED}|^${SIGNS}(?:${PLACES}${SIGNS})?${HANDLE}|^(?!${SIGNS}(?:max|x)${SIGNS}$)${SIGNS}${PLACES})${SIGNS}$`,
  'iu',
);
const NAMED = new RegExp(`${NETWORK}|${HANDLE}`, 'iu');
const sentence = (...all: readonly string[]): string => `${any(...all)}(?:[\\s.…!]|\\.{3})*`;
/** That there is no text yet, or not all of it. */
const UNFINISHED = sentence(
  '(?:больш )?падрабязнасц\\p{L}+(?:\\s*[—–-]\\s*|\\s+)(?:пазней|хутка|неўзабаве|будуць пазней)',
  'чакайце (?:падрабязнасц\\p{L}+|абнаўлен\\p{L}+)',
  '(?:тэкст|матэрыял|навіна|артыкул|паведамленне)\\s+(?:дапаўняецца|абнаўляецца|рыхтуецца|(?:хутка )?будзе (?:дапоўнен|абноўлен)\\p{L}{1,2})',
  'подробности(?:\\s*[—–-]\\s*|\\s+)(?:позже|скоро|следуют|будут позже|вскоре)',
  'ждите (?:подробност\\p{L}+|обновлен\\p{L}+)',
  '(?:текст|материал|новость|статья|сообщение)\\s+(?:дополняется|обновляется|готовится|(?:скоро )?будет (?:дополн|обновл)\\p{L}{2,4})',
  '(?:новина|текст|матеріал)\\s+(?:доповнюється|оновлюється)',
  'więcej wkrótce|wkrótce więcej',
  '(?:(?:more|further|full) )?(?:details|story|text)\\s+(?:(?:to )?follows?(?: (?:soon|shortly))?|soon|shortly)',
  'more (?:to follow|soon|to come)',
  '(?:this is a |a )?(?:developing|breaking)(?: news)? story',
  'this (?:(?:breaking|developing|news) ){0,2}story (?:is (?:developing|being updated)|will be updated)[^.!?]{0,60}',
  '(?:please )?check back (?:soon|later|for (?:more )?(?:updates|details))[^.!?]{0,40}',
);
const IN_BRACKETS = `[\\s*[(]*(?:${UNFINISHED}){1,3}[\\s*\\])]*$`;
const ONLY_TO_FOLLOW = new RegExp(`^${IN_BRACKETS}`, 'iu');
const ALSO_TO_FOLLOW = new RegExp(`(?<=[.!?…»”")\\]]\\s)${IN_BRACKETS}`, 'iu');

/** Whether a line only says that a text is to follow. */
export const isToFollow = (line: string): boolean => line.length <= LONGEST_CALL && ONLY_TO_FOLLOW.test(line);

/** UTF-16 units of a text's end in which a call may stand. */
const LONGEST_CALL = 250;
/** Lines of a site and not of a story: where to share it, a source without a name, mistakes, reprints, tips, gifts, rights. */
const OF_SITE = new RegExp(
  `^${any(
    `(?:share|падзял(?:іцца|іцеся)|подел(?:иться|итесь))(?:\\s+(?:on|via|у|ў|в|праз|через))?\\s*:?(?:[\\s,|/•·]+${SHARED}){1,12}`,
    `${SHARED}(?:[\\s,|/•·]+${SHARED}){1,12}`,
    '(?=.*(?:\\p{So}|прагл|просм|перегл|view|like|лайк))(?:[\\p{So}\\ufe0f\\s]*\\d[\\d\\s.,]*(?:прагляд|просмотр|перегляд|view|like|лайк)?\\p{L}{0,4}){1,6}',
    '(?:крыніца|источник|source|джерело|źródło|quelle)\\s*[:.—–-]?',
    '©[^.!?]{0,100}',
    '(?=.*ctrl\\s*\\+\\s*enter).*',
    '(?:перадрук|перепечатка|передрук|капіраванне|копирование|reproduction|republication)\\s(?:(?:і|или|и|або|of|any)\\s+(?:\\p{L}+\\s+)?)?(?:матэрыял|тэкст|материал|текст|люб|усіх|всех|навін|новост|толькі|только|дазвол|разреш|запрещ|забарон|без|магчым|возмож|is|text|material|content)\\p{L}*.*(?:толькі|только|без|забарон|дазв|дазвол|запрещ|разреш|допуск|дапуск|спасылк|ссылк|permi|prohibit|allowed).*',
    '(?:ёсць (?:што|пра што) расказаць|есть (?:что|о ч[её]м) рассказать|got a (?:tip|story))\\?.*',
    '(?:(?:калі ласка|пожалуйста|please),? )?(?:падтрым(?:айце|аць)|поддерж(?:ите|ать)|підтрима(?:йте|ти)|support)\\s+(?:(?:нас|us)|(?:наш\\p{L}*|our)\\s+\\p{L}+)(?:\\s+(?:на|праз|через|on|via|with)\\s+(?:patreon|boosty|paypal|ko-fi|bysol|github|donat\\w*))?[.!]?',
  )}$`,
  'isu',
);

/** The last text of a story without such a call; '' where it was nothing else. */
function withoutCall(text: string): string {
  if (text.length <= LONGEST_CALL && OF_SITE.test(text)) return '';
  const from = Math.max(text.length - LONGEST_CALL, 0);
  const end = text.slice(from);
  // Where the text is longer, its beginning is none of the call.
  const whole = from ? `.${end}` : end;
  const rest = (NAMED.test(end) ? whole.replace(CALL, '') : whole.replace(ALSO_TO_FOLLOW, '')).slice(
    from ? 1 : 0,
  );
  return rest === end ? text : (text.slice(0, from) + rest).trimEnd();
}

/** The lines of a story without the calls that end them; pictures and links to other stories may stand behind. */
export function withoutCalls(lines: readonly RawBlock[]): readonly RawBlock[] {
  const last = lines.findLastIndex(({ kind, href }) => kind !== 'figure' && href === undefined);
  const line = lines[last];
  if (line?.kind === 'list' && line.items.every((item) => !withoutCall(item)))
    return withoutCalls(lines.toSpliced(last, 1));
  if (line?.kind !== 'paragraph' && line?.kind !== 'subhead') return lines;
  const text = withoutCall(line.text);
  if (text === line.text) return lines;
  return text ? lines.with(last, cutTo(line, text)) : withoutCalls(lines.toSpliced(last, 1));
}

/** Whether a line is nothing but such a call. */
export const isCall = (line: RawBlock): boolean => withoutCalls([line]).length === 0;
