import { describe, expect, it } from 'vitest';
import { isGarbled } from '#src/source/garbled.ts';
import { randomStory } from '#testing/texts.ts';

const SOUND = [
  'Улады Гродна адкрылі новы мост праз Нёман: рух пачнецца ў панядзелак',
  'Суд в Минске рассмотрел дело о поджоге автомобиля; ВАЖНО: РИА СМИ США СССР',
  'Łukašenka pryznačyŭ novaha ministra; u Viciebsku — daždžy',
  'Coöperation à l’œuvre: naïve façade, déjà vu in Brest',
  'ЕС и США обсудили санкции. СРОЧНО. УВД Минска: РСЧС',
  'Цана € 100 — № 5, “цытата” ў тэксце… Р. Барадулін, С. Законнікаў',
  'Віктар Сідарэнка і Віталь Грыневіч, Рыгор Гілевіч, Сілва',
  'Größere Überschwemmungen in Österreich',
  'Хто?? Дзе??? Калі????',
  'Call +375-29-1 or +BC-1 about A+B-C',
];
const GARBLED = ['windows-1251', 'windows-1252', 'koi8-r'].map(
  (charset) => [charset, (text: string) => new TextDecoder(charset).decode(Buffer.from(text))] as const,
);

describe('a sound text', () => {
  it.each(SOUND)('is not taken for a garbled one: %s', (text) => {
    expect(isGarbled(text)).toBe(false);
  });

  it('is none in 500 stories', () => {
    const wrong = Array.from({ length: 500 }, (_, seed) => randomStory(seed)).filter(({ lead }) =>
      isGarbled(lead),
    );
    expect(wrong).toEqual([]);
  });
});

describe('UTF-8 read as', () => {
  it.each(GARBLED)('%s is known by its pattern', (_, garble) => {
    expect(SOUND.slice(0, 2).map((text) => isGarbled(garble(text)))).toEqual([true, true]);
  });
});

describe('a text', () => {
  it.each([
    '???? ????? ???? ???????',
    '"??????" ??????? Google ?? 5 ?????',
    '+BBwEPgRBBEI- +BDAENAQ6BEAESwQ7BFY- 5',
  ])('whose letters are none of its encoding is garbled: %s', (text) => expect(isGarbled(text)).toBe(true));
});

describe('windows-1251', () => {
  const bytes = (text: string) =>
    Uint8Array.from(text, (letter) => {
      const code = letter.codePointAt(0) ?? 0;
      return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code & 0x7f;
    });

  it.each(['windows-1252', 'koi8-r', 'utf-8'])('read as %s is known by its pattern', (charset) => {
    const text = 'Суд в Минске рассмотрел дело о поджоге автомобиля';
    expect(isGarbled(new TextDecoder(charset).decode(bytes(text)))).toBe(true);
  });
});
