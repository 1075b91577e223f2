/** Tails that a feed adds to a text: "read more", "appeared first on". */

const MORE = [
  'continue reading',
  'read (?:more|on|further|the (?:full|whole) (?:story|article|text)|full (?:story|article))',
  'full story',
  'чыта(?:ць|йце) (?:далей|цалкам|больш|болей)',
  'больш падрабязна',
  'падрабязней',
  'чита(?:ть|йте) (?:дальше|далее|полностью|больше|ещё|еще)',
  'подробнее',
  'чита(?:ти|йте) (?:далі|більше|повністю)',
  'докладніше',
  'детальніше',
  'czytaj (?:dalej|więcej)',
  'čytać dalej',
  'padrabiaźniej',
].join('|');

/** The phrase alone, or behind the end of a sentence. */
const READ_MORE = new RegExp(
  `(?:^|(?<=[.!?…»”")\\]]\\s?))[\\s[(]*(?:${MORE})(?!\\p{L})[\\s.…:!»›→>\\])]*$`,
  'iu',
);
const FIRST_ON = new RegExp(
  `(?:^|\\s)(?:the post|запіс|допіс|запись|сообщение|допис|wpis) .{1,300}? (?:appeared first on|first appeared on|упершыню з['’ʼ]явіўся на|впервые появил(?:ась|ся|ось) на|вперше з['’ʼ]явився на|pojawił się) .{1,150}$`,
  'iu',
);

/** The text without such a tail; '' where it was nothing else. */
export const withoutTail = (text: string): string =>
  text.replace(FIRST_ON, '').replace(READ_MORE, '').trimEnd();
