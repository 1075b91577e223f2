/** Lines that stand over a text and are none of it: who wrote it, when, how long it takes, whose picture, an advertisement. */
import { wordsOf } from '../text.ts';

/** UTF-16 units of such a line, at most. */
const LONGEST = 150;

const BESIDE: readonly RegExp[] = [
  // 8 января, 17:46 · three names, August 22, 2026, 5:46 pm
  /^(?=.{1,120}$)[^.!?…]*\d{1,2}:\d{2}(?:\s*(?:[ap]\.?m\.?|\p{Lu}{2,4}))?$/iu,
  /^(?=.{1,60}$)(?:\p{L}{2,12},\s+)?\d{1,2}(?:[./]\d{1,2}[./]\d{2,4}|\s+\p{L}{3,12}(?:\s+\d{4})?)(?:\s*(?:г\.?|года|годзе))?(?:[,\s—–|/-]+(?:[вауў]\s+)?\d{1,2}[:.]\d{2})?$/u,
  // Thursday, November 26, 2026 · 2 гадзіны таму
  /^(?=.{1,60}$)(?:\p{L}{2,12},\s+)?\p{L}{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}$/u,
  /^\d{1,2}\s+(?:хв|гадз|дз[ёе]н|дн|сут|мин|час|min|hour|day)\p{L}{0,8}\.?\s+(?:таму|назад|тому|ago)$/iu,
  /^(?=.{1,80}$)(?:published|updated|last (?:updated|modified)|апублікавана|абноўлена|опубликовано|обновлено)(?!\p{L})(?=.*\d|.{0,12}$)(?:\s*:[^.!?…]*\.|[^.!?…]*)$/iu,
  /^(?:updated|абноўлена|обновлено|дапоўнена|дополнено)(?: (?:at|у|ў|в|а|о))? \d{1,2}:\d{2}(?!\d)(?::\s[^.!?…]*)?\.?$/iu,
  /^(?=.{1,100}$)(?:[Bb]y|[Aa]uthor|[Tt]ext|[Аа]ўтар|[Аа]втор|[Тт]экст|[Тт]екст)(?:\s*:\s*\p{Lu}[^.!?…]*\.|(?:\s*:\s*|\s+)\p{Lu}[^.!?…]*)$/u,
  /^(?:\p{L}+:?\s+|(?:час|время|час на|reading|read)\s+\p{L}+\s*:?\s+)?\d{1,3}\s*(?:min|мін|мин|хв)\p{L}*\.?(?:\s+(?:read|чытання|чтения))?$/iu,
  /^(?=.{1,150}$)(?:photo|image|picture|illustration|фота|фото|здымак|снимок|ілюстрацыя|иллюстрация)\s*[:/©].*$/iu,
  /^(?=.{1,150}$)©.*$/u,
];

/** Where an advertisement stands in a text, and that the text goes on behind it. */
const ADVERTISED = new RegExp(
  `^(?:${[
    '(?:anzeige|werbung|advert(?:isement|ising)?|sponsored|реклама|рэклама|reklama|publicité)(?:\\s*[—–-]\\s*continue reading below)?',
    '(?:(?:the )?(?:story|article|text) continues|continue reading)(?:\\s+(?:below|after))?(?:\\s+(?:this|the)?\\s*ad(?:vert(?:isement)?)?)?',
    'this advertisement has not loaded yet.{0,60}',
    '(?:продолжение|далее|продовження) (?:после|под|після) реклам\\p{L}+',
    '(?:працяг|далей) (?:пасля|пад) рэклам\\p{L}+',
    '(?:dalsza część|ciąg dalszy) (?:artykułu |tekstu |materiału )?(?:pod|znajduje się pod) \\p{L}+',
  ].join('|')})\\s*[:.…]*$`,
  'iu',
);

/** Words that Russia's law has "foreign agents" put before every text. */
const IMPOSED =
  /^(?:настоящий материал \(информация\)|данное сообщение \(материал\) создано).{0,500}(?:иностранн|агент)/iu;

/** Whether a line anywhere in a text is only the mark of an advertisement or such a notice. */
export const isNotice = (line: string): boolean =>
  IMPOSED.test(line) || (line.length <= LONGEST && ADVERTISED.test(line));

/** Whether a line before the lead is no part of the text. */
export const isBesideText = (line: string): boolean =>
  line.length <= LONGEST && [ADVERTISED, ...BESIDE].some((pattern) => pattern.test(line));

/** Words in a row as only sentences have them: no name, date or time of reading; and what has them behind its label. */
const IN_SENTENCE = /(?<!\p{L})\p{Ll}{3,}\s+(?:\d{1,3}\s+)?\p{Ll}{3,}/u;
const LEAST_WORDS = 4;
const LABELLED =
  /^(?:author|text|аўтар|автор|тэкст|текст)\s*:|^(?:photo|image|picture|illustration|фота|фото|здымак|снимок|ілюстрацыя|иллюстрация)\s*[:/©].*[^.!?…]$/iu;

/** Whether a line right behind a lead is no part of the text: news that were added stand there, in a sentence. */
export const isBesideLead = (line: string): boolean =>
  isBesideText(line) &&
  (LABELLED.test(line) || wordsOf(line).length < LEAST_WORDS || !IN_SENTENCE.test(line));

/** A label with its value, an order to the reader, or words by which a site speaks of itself and of its story. */
const TEMPLATE: readonly RegExp[] = [
  /:(?:$|\s+\d|.*[^.!?…»”"]$)|^(?:source|крыніц|источник)\p{L}*\s*:/iu,
  /\p{L}й(?:це|цеся|те|тесь)(?!\p{L})/iu,
  /(?:^|[.!?,]\s+)(?:\p{L}{2,20}(?:[іы]це|[іы]цеся|ите|итесь)|share|subscribe|sign up|follow|listen|download|click|support|join|enable)(?!\p{L})/iu,
  /(?<!\p{L})(?:(?:^|(?:гэт|эт|наш|мо|сво)\p{L}{1,3} |(?:на|с|са) )(?:сайт|матэрыял|материал|артыкул|стать)\p{L}{0,3}|(?:браўзер|браузер)\p{L}{0,3}|гэт(?:ая|ай|ую) навін(?:а|ы|е|у|ай)|эт(?:а|ой|у) новост(?:ь|и|ью)|cookies?|javascript|(?:web)?site|article|this story)(?!\p{L})/iu,
];

/** Whether a short line over a text may be one that the site's template has on many pages. */
export const isOfTemplate = (line: string): boolean => TEMPLATE.some((pattern) => pattern.test(line));
