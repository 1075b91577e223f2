/** Lines that stand over a text and are none of it: who wrote it, when, how long it takes, whose picture, an advertisement. */

const BESIDE: readonly RegExp[] = [
  // 8 января, 17:46 · three names, August 22, 2026, 5:46 pm
  /^(?=.{1,120}$)[^.!?…]*\d{1,2}:\d{2}(?:\s*(?:[ap]\.?m\.?|\p{Lu}{2,4}))?$/iu,
  /^(?=.{1,60}$)\d{1,2}(?:[./]\d{1,2}[./]\d{2,4}|\s+\p{L}{3,12}(?:\s+\d{4})?)(?:\s*(?:г\.?|года|годзе))?$/u,
  /^(?=.{1,80}$)(?:published|updated|last (?:updated|modified)|апублікавана|абноўлена|опубликовано|обновлено)(?!\p{L})(?=.*\d|.{0,12}$)[^.!?…]*$/iu,
  /^(?=.{1,100}$)(?:[Bb]y|[Aa]uthor|[Tt]ext|[Аа]ўтар|[Аа]втор|[Тт]экст|[Тт]екст)(?:\s*:\s*|\s+)\p{Lu}[^.!?…]*$/u,
  /^(?:\p{L}+:?\s+)?\d{1,3}\s*(?:min|мін|мин)\p{L}*\.?(?:\s+(?:read|чытання|чтения))?$/iu,
  /^(?:anzeige|werbung|advertisement|advertising|sponsored|реклама|рэклама|reklama|publicité)\s*[:.]?$/iu,
  /^(?=.{1,150}$)(?:photo|image|picture|illustration|фота|фото|здымак|снимок|ілюстрацыя|иллюстрация)\s*[:/©].*$/iu,
  /^(?=.{1,150}$)©.*$/u,
];

/** Whether a line before the lead is no part of the text. */
export const isBesideText = (line: string): boolean =>
  line.length <= 150 && BESIDE.some((pattern) => pattern.test(line));
