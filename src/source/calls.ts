/** Calls at the end of a text to read the newsroom elsewhere: "subscribe to our Telegram", a bare handle. */
import { cutTo, type RawBlock } from './blocks.ts';

const any = (...all: readonly string[]): string => `(?:${all.join('|')})`;

const NETWORK = any(
  'telegram',
  'т[эе]л[ея]грам\\p{L}{0,3}',
  'viber',
  '[вў]айбер\\p{L}?',
  'instagram',
  '[іи]нстаграм\\p{L}?',
  'facebook',
  'ф[эе]йсбук\\p{L}?',
  'youtube',
  'ют[уь]б\\p{L}?',
  'whatsapp',
  'tiktok',
  'т[іи]к-?ток\\p{L}?',
  'twitter',
  'threads',
  'bluesky',
  'вконтакте',
  'дзен\\p{L}?',
  'google (?:news|навін\\p{L}+|новост\\p{L}+)',
);
const ROOM = '(?:канал|чат|старон|страниц|суполк|канале|channel|page|chat|group)\\p{L}{0,3}';
/** A place of the newsroom's own, and a list of such places. */
const PLACE = any(
  `${NETWORK}(?:[-\\s]${ROOM})?`,
  `${ROOM}\\s+${any('у', 'ў', 'в', 'on', 'in')}\\s+${NETWORK}`,
);
const PLACES = `${PLACE}(?:(?:\\s*[,|/•·]\\s*|\\s+${any('і', 'и', 'й', 'ды', 'та', 'and', 'or', 'або', 'или')}\\s+(?:${any('у', 'ў', 'в', 'on')}\\s+)?)${PLACE}){0,6}`;

/** How one is asked to come. */
const COME = any(
  'падпіс(?:(?:вай|ыва)(?:це)?ся|ацца)',
  'падпішы(?:це)?ся',
  'далуча(?:й|йце)ся',
  'чыта(?:й|йце)',
  'сачы(?:це)?',
  'шукай(?:це)?',
  'глядзі(?:це)?',
  'подписывай(?:ся|тесь)',
  'подпи(?:шись|шитесь|саться)',
  'присоединяй(?:ся|тесь)',
  'читай(?:те)?',
  'следи(?:те)?',
  'ищи(?:те)?',
  'смотри(?:те)?',
  'підпису(?:й|йте)ся',
  'приєдну(?:й|йте)ся',
  'subscribe',
  'follow',
  'join',
  'read',
  'find',
  'watch',
  'more news',
  '(?:больш|болей) (?:навін|навінаў)',
  '(?:больше|ещё больше|еще больше) новостей',
  '(?:усе|все|наш[ыи]) (?:навіны|новости)',
  'our',
  'мы',
  'наш[аы]?',
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
  `(?:(?:^|(?<=[.!?…»”")\\]]\\s))${SIGNS}${INVITED}|^${SIGNS}(?:${PLACES}${SIGNS})?${HANDLE}|^${SIGNS}${PLACES})${SIGNS}$`,
  'iu',
);
const NAMED = new RegExp(`${NETWORK}|${HANDLE}`, 'iu');
/** UTF-16 units of a text's end in which a call may stand. */
const LONGEST_CALL = 250;
/** The label of a source that is not named, as of a button. */
const BARE_SOURCE = /^(?:крыніца|источник|source|джерело|źródło|quelle)\s*[:.—–-]?$/iu;

/** The last text of a story without such a call; '' where it was nothing else. */
function withoutCall(text: string): string {
  if (BARE_SOURCE.test(text)) return '';
  const from = Math.max(text.length - LONGEST_CALL, 0);
  const end = text.slice(from);
  if (!NAMED.test(end)) return text;
  // Where the text is longer, its beginning is none of the call.
  const rest = (from ? `.${end}` : end).replace(CALL, '').slice(from ? 1 : 0);
  return rest === end ? text : (text.slice(0, from) + rest).trimEnd();
}

/** The lines of a story without the calls that end them; pictures and links to other stories may stand behind. */
export function withoutCalls(lines: readonly RawBlock[]): readonly RawBlock[] {
  const last = lines.findLastIndex(({ kind, href }) => kind !== 'figure' && href === undefined);
  const line = lines[last];
  if (line?.kind !== 'paragraph' && line?.kind !== 'subhead') return lines;
  const text = withoutCall(line.text);
  if (text === line.text) return lines;
  return text ? lines.with(last, cutTo(line, text)) : withoutCalls(lines.toSpliced(last, 1));
}
