/** Time zones by the cities that readers live in, in three languages; any IANA name works as well. */
import type { Edition } from './edition.ts';
import { matches, parseQuery, type Query, termsOf } from '../matching/match.ts';

/** A city whose clock people go by; names as they are written in each language. */
interface City extends Readonly<Record<Edition, string>> {
  readonly zone: string;
  /** Degrees. */
  readonly north: number;
  readonly east: number;
}

/** zone, be, ru, en, latitude, longitude; the first city of a zone gives the zone its name. */
const ROWS: readonly (readonly [string, string, string, string, number, number])[] = [
  ['Europe/Minsk', 'Мінск', 'Минск', 'Minsk', 53.9, 27.57],
  ['Europe/Minsk', 'Гомель', 'Гомель', 'Homiel', 52.43, 31],
  ['Europe/Minsk', 'Гродна', 'Гродно', 'Hrodna', 53.68, 23.83],
  ['Europe/Minsk', 'Брэст', 'Брест', 'Brest', 52.1, 23.7],
  ['Europe/Minsk', 'Віцебск', 'Витебск', 'Viciebsk', 55.19, 30.2],
  ['Europe/Minsk', 'Магілёў', 'Могилёв', 'Mahilioŭ', 53.9, 30.34],
  ['Europe/Warsaw', 'Варшава', 'Варшава', 'Warsaw', 52.23, 21.01],
  ['Europe/Warsaw', 'Беласток', 'Белосток', 'Bialystok', 53.13, 23.16],
  ['Europe/Warsaw', 'Кракаў', 'Краков', 'Krakow', 50.06, 19.94],
  ['Europe/Warsaw', 'Гданьск', 'Гданьск', 'Gdansk', 54.35, 18.65],
  ['Europe/Warsaw', 'Уроцлаў', 'Вроцлав', 'Wroclaw', 51.11, 17.04],
  ['Europe/Warsaw', 'Познань', 'Познань', 'Poznan', 52.41, 16.93],
  ['Europe/Warsaw', 'Лодзь', 'Лодзь', 'Lodz', 51.76, 19.46],
  ['Europe/Vilnius', 'Вільня', 'Вильнюс', 'Vilnius', 54.69, 25.28],
  ['Europe/Vilnius', 'Коўна', 'Каунас', 'Kaunas', 54.9, 23.89],
  ['Europe/Vilnius', 'Клайпеда', 'Клайпеда', 'Klaipeda', 55.71, 21.13],
  ['Europe/Riga', 'Рыга', 'Рига', 'Riga', 56.95, 24.11],
  ['Europe/Tallinn', 'Талін', 'Таллин', 'Tallinn', 59.44, 24.75],
  ['Europe/Kyiv', 'Кіеў', 'Киев', 'Kyiv', 50.45, 30.52],
  ['Europe/Kyiv', 'Львоў', 'Львов', 'Lviv', 49.84, 24.03],
  ['Europe/Kyiv', 'Адэса', 'Одесса', 'Odesa', 46.48, 30.73],
  ['Asia/Tbilisi', 'Тбілісі', 'Тбилиси', 'Tbilisi', 41.72, 44.79],
  ['Asia/Tbilisi', 'Батумі', 'Батуми', 'Batumi', 41.64, 41.64],
  ['Europe/Berlin', 'Берлін', 'Берлин', 'Berlin', 52.52, 13.4],
  ['Europe/Berlin', 'Мюнхен', 'Мюнхен', 'Munich', 48.14, 11.58],
  ['Europe/Berlin', 'Гамбург', 'Гамбург', 'Hamburg', 53.55, 9.99],
  ['Europe/Berlin', 'Франкфурт', 'Франкфурт', 'Frankfurt', 50.11, 8.68],
  ['Europe/Prague', 'Прага', 'Прага', 'Prague', 50.08, 14.44],
  ['Europe/Bratislava', 'Браціслава', 'Братислава', 'Bratislava', 48.15, 17.11],
  ['Europe/Vienna', 'Вена', 'Вена', 'Vienna', 48.21, 16.37],
  ['Europe/Budapest', 'Будапешт', 'Будапешт', 'Budapest', 47.5, 19.04],
  ['Europe/Ljubljana', 'Любляна', 'Любляна', 'Ljubljana', 46.06, 14.51],
  ['Europe/Zagreb', 'Заграб', 'Загреб', 'Zagreb', 45.81, 15.98],
  ['Europe/Belgrade', 'Бялград', 'Белград', 'Belgrade', 44.79, 20.45],
  ['Europe/Podgorica', 'Падгорыца', 'Подгорица', 'Podgorica', 42.44, 19.26],
  ['Europe/Sofia', 'Сафія', 'София', 'Sofia', 42.7, 23.32],
  ['Europe/Bucharest', 'Бухарэст', 'Бухарест', 'Bucharest', 44.43, 26.1],
  ['Europe/Chisinau', 'Кішынёў', 'Кишинёв', 'Chisinau', 47.01, 28.86],
  ['Europe/Athens', 'Афіны', 'Афины', 'Athens', 37.98, 23.73],
  ['Asia/Nicosia', 'Нікасія', 'Никосия', 'Nicosia', 35.19, 33.38],
  ['Asia/Nicosia', 'Лімасол', 'Лимасол', 'Limassol', 34.68, 33.04],
  ['Europe/Istanbul', 'Стамбул', 'Стамбул', 'Istanbul', 41.01, 28.98],
  ['Europe/Istanbul', 'Анталія', 'Анталья', 'Antalya', 36.9, 30.7],
  ['Europe/London', 'Лондан', 'Лондон', 'London', 51.51, -0.13],
  ['Europe/Dublin', 'Дублін', 'Дублин', 'Dublin', 53.35, -6.26],
  ['Europe/Paris', 'Парыж', 'Париж', 'Paris', 48.86, 2.35],
  ['Europe/Brussels', 'Брусель', 'Брюссель', 'Brussels', 50.85, 4.35],
  ['Europe/Amsterdam', 'Амстэрдам', 'Амстердам', 'Amsterdam', 52.37, 4.9],
  ['Europe/Zurich', 'Цюрых', 'Цюрих', 'Zurich', 47.38, 8.54],
  ['Europe/Rome', 'Рым', 'Рим', 'Rome', 41.9, 12.5],
  ['Europe/Rome', 'Мілан', 'Милан', 'Milan', 45.46, 9.19],
  ['Europe/Madrid', 'Мадрыд', 'Мадрид', 'Madrid', 40.42, -3.7],
  ['Europe/Madrid', 'Барселона', 'Барселона', 'Barcelona', 41.39, 2.17],
  ['Europe/Lisbon', 'Лісабон', 'Лиссабон', 'Lisbon', 38.72, -9.14],
  ['Europe/Copenhagen', 'Капенгаген', 'Копенгаген', 'Copenhagen', 55.68, 12.57],
  ['Europe/Stockholm', 'Стакгольм', 'Стокгольм', 'Stockholm', 59.33, 18.07],
  ['Europe/Oslo', 'Осла', 'Осло', 'Oslo', 59.91, 10.75],
  ['Europe/Helsinki', 'Хельсінкі', 'Хельсинки', 'Helsinki', 60.17, 24.94],
  ['Europe/Moscow', 'Масква', 'Москва', 'Moscow', 55.76, 37.62],
  ['Europe/Moscow', 'Пецярбург', 'Петербург', 'Petersburg', 59.94, 30.31],
  ['Europe/Kaliningrad', 'Калінінград', 'Калининград', 'Kaliningrad', 54.71, 20.51],
  ['Asia/Yekaterinburg', 'Екацярынбург', 'Екатеринбург', 'Yekaterinburg', 56.84, 60.61],
  ['Asia/Novosibirsk', 'Новасібірск', 'Новосибирск', 'Novosibirsk', 55.03, 82.92],
  ['Asia/Yerevan', 'Ерэван', 'Ереван', 'Yerevan', 40.18, 44.51],
  ['Asia/Baku', 'Баку', 'Баку', 'Baku', 40.41, 49.87],
  ['Asia/Almaty', 'Алматы', 'Алматы', 'Almaty', 43.24, 76.89],
  ['Asia/Tashkent', 'Ташкент', 'Ташкент', 'Tashkent', 41.3, 69.24],
  ['Asia/Bishkek', 'Бішкек', 'Бишкек', 'Bishkek', 42.87, 74.59],
  ['Asia/Jerusalem', 'Тэль-Авіў', 'Тель-Авив', 'Tel Aviv', 32.09, 34.78],
  ['Asia/Jerusalem', 'Іерусалім', 'Иерусалим', 'Jerusalem', 31.77, 35.21],
  ['Africa/Cairo', 'Каір', 'Каир', 'Cairo', 30.04, 31.24],
  ['Asia/Dubai', 'Дубай', 'Дубай', 'Dubai', 25.2, 55.27],
  ['Asia/Kolkata', 'Дэлі', 'Дели', 'Delhi', 28.61, 77.21],
  ['Asia/Colombo', 'Каломба', 'Коломбо', 'Colombo', 6.93, 79.86],
  ['Asia/Bangkok', 'Бангкок', 'Бангкок', 'Bangkok', 13.76, 100.5],
  ['Asia/Ho_Chi_Minh', 'Хашымін', 'Хошимин', 'Ho Chi Minh', 10.82, 106.63],
  ['Asia/Makassar', 'Балі', 'Бали', 'Bali', -8.65, 115.22],
  ['Asia/Singapore', 'Сінгапур', 'Сингапур', 'Singapore', 1.35, 103.82],
  ['Asia/Shanghai', 'Пекін', 'Пекин', 'Beijing', 39.9, 116.41],
  ['Asia/Seoul', 'Сеул', 'Сеул', 'Seoul', 37.57, 126.98],
  ['Asia/Tokyo', 'Токіа', 'Токио', 'Tokyo', 35.68, 139.69],
  ['Australia/Sydney', 'Сідней', 'Сидней', 'Sydney', -33.87, 151.21],
  ['America/New_York', 'Нью-Ёрк', 'Нью-Йорк', 'New York', 40.71, -74.01],
  ['America/New_York', 'Вашынгтон', 'Вашингтон', 'Washington', 38.9, -77.04],
  ['America/New_York', 'Маямі', 'Майами', 'Miami', 25.76, -80.19],
  ['America/Toronto', 'Таронта', 'Торонто', 'Toronto', 43.65, -79.38],
  ['America/Toronto', 'Манрэаль', 'Монреаль', 'Montreal', 45.5, -73.57],
  ['America/Chicago', 'Чыкага', 'Чикаго', 'Chicago', 41.88, -87.63],
  ['America/Denver', 'Дэнвер', 'Денвер', 'Denver', 39.74, -104.99],
  ['America/Los_Angeles', 'Лос-Анджэлес', 'Лос-Анджелес', 'Los Angeles', 34.05, -118.24],
  ['America/Los_Angeles', 'Сан-Францыска', 'Сан-Франциско', 'San Francisco', 37.77, -122.42],
  ['America/Vancouver', 'Ванкувер', 'Ванкувер', 'Vancouver', 49.28, -123.12],
  ['America/Mexico_City', 'Мехіка', 'Мехико', 'Mexico City', 19.43, -99.13],
  ['America/Sao_Paulo', 'Сан-Паўлу', 'Сан-Паулу', 'Sao Paulo', -23.55, -46.63],
  ['America/Argentina/Buenos_Aires', 'Буэнас-Айрэс', 'Буэнос-Айрес', 'Buenos Aires', -34.6, -58.38],
];

const CITIES: readonly City[] = ROWS.map(([zone, be, ru, en, north, east]) => ({
  zone,
  be,
  ru,
  en,
  north,
  east,
}));

/** The cities on buttons. */
export const COMMON_ZONES = [
  'Europe/Minsk',
  'Europe/Warsaw',
  'Europe/Vilnius',
  'Europe/Kyiv',
  'Asia/Tbilisi',
  'Europe/Berlin',
] as const;

/** Other names of cities that people go by, as `plain` writes them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  менск: 'Europe/Minsk',
  горадня: 'Europe/Minsk',
  берасце: 'Europe/Minsk',
  вільнюс: 'Europe/Vilnius',
  вильна: 'Europe/Vilnius',
  вильно: 'Europe/Vilnius',
  wilno: 'Europe/Vilnius',
  каўнас: 'Europe/Vilnius',
  санктпецярбург: 'Europe/Moscow',
  санктпетербург: 'Europe/Moscow',
  питер: 'Europe/Moscow',
  спб: 'Europe/Moscow',
  stpetersburg: 'Europe/Moscow',
  saintpetersburg: 'Europe/Moscow',
  nyc: 'America/New_York',
  europekiev: 'Europe/Kyiv',
};

/** Letters only, without case, accents, and what is written two ways. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * The zone of a city named in any of the three languages and in any spelling or case, or of an IANA name; undefined:
 * neither.
 */
export function findZone(text: string): string | undefined {
  if (text.length > LONGEST_NAME) return undefined;
  const name = plain(text);
  if (name === '') return undefined;
  return (
    NAMED.find(({ written }) => written === name)?.zone ??
    OTHER_NAMES[name] ??
    canonicalZone(text.trim().replaceAll(' ', '_')) ??
    spelled(text)
  );
}

/** Characters of a zone's or city's name that are looked at: the longest zone has 32. */
const LONGEST_NAME = 60;

/** Every city in each language. */
const NAMED = CITIES.flatMap(({ zone, be, ru, en }) =>
  [be, ru, en].map((name) => ({ zone, name, written: plain(name) })),
);

/** The zone of the city that `text` names in another spelling or form of the word. */
function spelled(text: string): string | undefined {
  const query = parseQuery(text);
  if (query.words.length === 0) return undefined;
  const terms = termsOf(text);
  return spellings().find((known) => matches(query, known.terms) && matches(known.query, terms))?.zone;
}

let read: readonly { zone: string; query: Query; terms: string }[] | undefined;

/** The names as matching reads them, once a process. */
const spellings = (): NonNullable<typeof read> =>
  (read ??= NAMED.map(({ zone, name }) => ({ zone, query: parseQuery(name), terms: termsOf(name) })));

/** The IANA name as it is written, for a zone that this machine knows; offsets and abbreviations are none. */
function canonicalZone(name: string): string | undefined {
  if (!/^[A-Za-z_]+(\/[A-Za-z_+\-0-9]+)+$|^UTC$/i.test(name)) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return undefined;
  }
  return (
    Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === name.toLowerCase()) ??
    (name.toUpperCase() === 'UTC' ? 'UTC' : capitals(name))
  );
}

const capitals = (name: string): string =>
  name.toLowerCase().replace(/(^|[/_-])\p{L}/gu, (letter) => letter.toUpperCase());

/** The zone's city in a language; for a zone without one, its IANA name. */
export const zoneName = (zone: string, edition: Edition): string =>
  CITIES.find((city) => city.zone === zone)?.[edition] ?? zone;

/** The zone of the city nearest to a place, in degrees: right but near borders, where a typed city helps. */
export function nearestZone(north: number, east: number): string {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const closeness = (city: City) =>
    Math.sin(radians(north)) * Math.sin(radians(city.north)) +
    Math.cos(radians(north)) * Math.cos(radians(city.north)) * Math.cos(radians(east - city.east));
  return CITIES.reduce((best, city) => (closeness(city) > closeness(best) ? city : best), CITIES[0] as City)
    .zone;
}
