/** Lines that stand over a text and are none of it: who wrote it, when, how long it takes, whose picture, an advertisement. */

const BESIDE: readonly RegExp[] = [
  // 8 января, 17:46 · three names, August 22, 2026, 5:46 pm
  /^(?=.{1,120}$)[^.!?…]*\d{1,2}:\d{2}(?:\s*(?:[ap]\.?m\.?|\p{Lu}{2,4}))?$/iu,
  /^(?=.{1,60}$)(?:\p{L}{2,12},\s+)?\d{1,2}(?:[./]\d{1,2}[./]\d{2,4}|\s+\p{L}{3,12}(?:\s+\d{4})?)(?:\s*(?:г\.?|года|годзе))?(?:[,\s—–|/-]+(?:[вауў]\s+)?\d{1,2}[:.]\d{2})?$/u,
  // Thursday, November 26, 2026 · 2 гадзіны таму
  /^(?=.{1,60}$)(?:\p{L}{2,12},\s+)?\p{L}{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}$/u,
  /^\d{1,2}\s+(?:хв|гадз|дз[ёе]н|дн|сут|мин|час|min|hour|day)\p{L}{0,8}\.?\s+(?:таму|назад|тому|ago)$/iu,
  /^(?=.{1,80}$)(?:published|updated|last (?:updated|modified)|апублікавана|абноўлена|опубликовано|обновлено)(?!\p{L})(?=.*\d|.{0,12}$)[^.!?…]*$/iu,
  /^(?=.{1,100}$)(?:[Bb]y|[Aa]uthor|[Tt]ext|[Аа]ўтар|[Аа]втор|[Тт]экст|[Тт]екст)(?:\s*:\s*|\s+)\p{Lu}[^.!?…]*$/u,
  /^(?:\p{L}+:?\s+|(?:час|время|час на|reading|read)\s+\p{L}+\s*:?\s+)?\d{1,3}\s*(?:min|мін|мин|хв)\p{L}*\.?(?:\s+(?:read|чытання|чтения))?$/iu,
  /^(?:anzeige|werbung|advertisement|advertising|sponsored|реклама|рэклама|reklama|publicité)\s*[:.]?$/iu,
  /^(?=.{1,150}$)(?:photo|image|picture|illustration|фота|фото|здымак|снимок|ілюстрацыя|иллюстрация)\s*[:/©].*$/iu,
  /^(?=.{1,150}$)©.*$/u,
];

/** Whether a line before the lead is no part of the text. */
export const isBesideText = (line: string): boolean =>
  line.length <= 150 && BESIDE.some((pattern) => pattern.test(line));
