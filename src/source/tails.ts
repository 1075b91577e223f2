/** Tails that a feed adds to a text: "read more", "appeared first on". */

const MORE = [
  'continue reading',
  'keep reading',
  'click here (?:to|for) .{0,40}?(?:read|more|full|story|article)',
  'read (?:more|on|further|the rest|(?:the )?(?:full|whole|rest of (?:the|this)) (?:story|article|text|entry|post))',
  '(?:the )?full (?:story|text|article)',
  'чыта(?:ць|йце) (?:далей|цалкам|поўнасцю|больш|болей|арыгінал)',
  'больш падрабязна',
  'падрабязней',
  'падрабязнасці',
  'поўны тэкст',
  'чита(?:ть|йте) (?:дальше|далее|полностью|больше|ещё|еще|оригинал)',
  'гл(?:ядзі|ядзіце)? (?:арыгінал|крыніцу)',
  'подробнее',
  'подробности',
  'полный текст',
  'чита(?:ти|йте) (?:далі|більше|повністю)',
  'докладніше',
  'детальніше',
  'повний текст',
  'czytaj (?:dalej|więcej|całość)',
  'dowiedz się więcej',
  'więcej',
  'weiterlesen',
  'mehr lesen',
  'lire la suite',
  'čytać dalej',
  'padrabiaźniej',
  'далее',
  'далей',
  'далі',
].join('|');
/** Where one reads more. */
const THERE =
  '(?:\\s*(?:[—–:-]\\s*)?(?:(?:тут|тутака|здесь|here|tutaj|hier)|(?:на|у|по|па|at|on|in|w|na) [^.!?…]{1,40}))?';
/** What stands around it. */
const [BEFORE, BEHIND] = ['[\\s[(←→»›>—–-]{0,10}', '(?!\\p{L})[\\s.…:!»›→>\\])]*$'];

/** The phrase alone, or behind the end of a sentence. */
const READ_MORE = new RegExp(`(?:^|(?<=[.!?…»”")\\]]\\s?))${BEFORE}(?:${MORE})${THERE}${BEHIND}`, 'iu');
/** The phrase before the name of what one would read, without the end of a sentence. */
const MORE_OF = new RegExp(
  `^${BEFORE}(?:continue reading|keep reading|read (?:more|the rest)|чыта(?:ць|йце) далей|чита(?:ть|йте) (?:далее|дальше))(?!\\p{L})[^.!?]{0,150}$`,
  'iu',
);
const FIRST_ON = new RegExp(
  `(?:^|\\s)(?:the post|запіс|допіс|паведамленне|навіна|артыкул|матэрыял|запись|сообщение|статья|материал|допис|стаття|wpis|artykuł|post|der beitrag|l['’]article) .{1,300}? ` +
    `(?:appeared first on|first appeared on|(?:(?:[уў]першыню|спачатку) з['’ʼ]яві(?:ўся|лася|лося|ліся)|з['’ʼ]яві(?:ўся|лася|лося|ліся) (?:[уў]першыню|спачатку))(?: на)?|(?:впервые )?появил(?:ась|ся|ось|ись)(?: сначала)?(?: на)?|` +
    `(?:вперше|спершу) з['’ʼ]яви(?:вся|лася) на|pojawił się(?: najpierw| po raz pierwszy)?|pochodzi z serwisu|erschien zuerst auf|est apparu en premier sur) .{1,150}$`,
  'iu',
);
/** A mark that something was cut, in brackets of its own. */
const CUT = /\s*(?:[[(](?:(?:more|далей|далее|далі)\s*)?(?:…|\.{3})[\])]|(?:…|\.{3})\s*[»›→])$/iu;

/** Whether a line says nothing but that there is more. */
export const isOnlyTail = (text: string): boolean => MORE_OF.test(text);

/** The text without such a tail; '' where it was nothing else. */
export const withoutTail = (text: string): string => {
  const rest = text.replace(FIRST_ON, '').replace(READ_MORE, '').trimEnd();
  return CUT.test(rest) ? rest.replace(CUT, (_, at: number) => (at > 0 ? '…' : '')) : rest;
};
