import { describe, expect, it } from 'vitest';
import cities from '../../locales/cities.json' with { type: 'json' };
import { COMMON_ZONES, findZone, nearestZone, zoneName } from '#src/news/cities.ts';
import { EDITIONS } from '#src/news/edition.ts';

describe('a time zone', () => {
  it.each([
    ['Вільня', 'Europe/Vilnius'],
    ['Вильнюсе', 'Europe/Vilnius'],
    ['Vilnia', 'Europe/Vilnius'],
    ['варшава', 'Europe/Warsaw'],
    ['Białystok', 'Europe/Warsaw'],
    ['Менск', 'Europe/Minsk'],
    ['Grodno', 'Europe/Minsk'],
    ['Kiev', 'Europe/Kyiv'],
    ['Тель Авив', 'Asia/Jerusalem'],
    ['Нью-Ёрк', 'America/New_York'],
    ['Рига', 'Europe/Riga'],
    ['Рим', 'Europe/Rome'],
    ['Санкт-Петербург', 'Europe/Moscow'],
    ['Баранавічы', 'Europe/Minsk'],
    ['в Пинске', 'Europe/Minsk'],
    ['лида', 'Europe/Minsk'],
    ['Салігорску', 'Europe/Minsk'],
    ['Старыя Дарогі', 'Europe/Minsk'],
    ['Navapołack', 'Europe/Minsk'],
    ['Салігорск', 'Europe/Minsk'],
    ['Люблин', 'Europe/Warsaw'],
    ['Шчэцін', 'Europe/Warsaw'],
    ['Köln', 'Europe/Berlin'],
    ['Dusseldorf', 'Europe/Berlin'],
    ['Brno', 'Europe/Prague'],
    ['Ніца', 'Europe/Paris'],
    ['Даўгаўпілс', 'Europe/Riga'],
    ['Казань', 'Europe/Moscow'],
    ['Смоленск', 'Europe/Moscow'],
  ])('is found by a city as people write it: %s', (city, zone) => expect(findZone(city)).toBe(zone));

  it.each([
    ['europe/vilnius', 'Europe/Vilnius'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['utc', 'UTC'],
  ])('is found by its own name: %s', (name, zone) => expect(findZone(name)).toBe(zone));

  it.each(['', '!', 'Атлантыда', 'GMT+3', '+03:00', 'Europe/Nowhere', 'Europe', 'Пінск і Ліда і Брэст'])(
    'is not guessed from %s',
    (text) => expect(findZone(text)).toBeUndefined(),
  );

  it('has a city’s name in each language on its button', () => {
    expect(COMMON_ZONES.map((zone) => zoneName(zone, 'be'))).toEqual([
      'Мінск',
      'Варшава',
      'Вільня',
      'Кіеў',
      'Тбілісі',
      'Берлін',
    ]);
    expect(zoneName('Pacific/Apia', 'be')).toBe('Pacific/Apia');
  });

  it('is that of the nearest city to a place', () => {
    expect(nearestZone(53.9, 27.6)).toBe('Europe/Minsk');
    // Lida, Braslaŭ, Ašmiany, Mścisłaŭ.
    for (const [north, east] of [
      [53.88, 25.29],
      [55.63, 27.03],
      [54.43, 25.93],
      [54.03, 31.71],
    ] as const)
      expect(nearestZone(north, east)).toBe('Europe/Minsk');
    expect(nearestZone(54.9, 23.9)).toBe('Europe/Vilnius');
    expect(nearestZone(41.7, 44.8)).toBe('Asia/Tbilisi');
  });

  it('has a name in each language wherever a city stands', () => {
    for (const city of cities)
      for (const edition of EDITIONS) expect(city.names[edition], city.zone).toMatch(/^\p{Lu}/u);
  });
});
