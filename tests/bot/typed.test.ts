import { describe, expect, it } from 'vitest';
import { nameOf } from '#src/bot/choices.ts';
import { changeFor, offeredFor, valueOf, DEFAULT_SETTINGS, type Settings } from '#src/news/settings.ts';
import { findZone, nearestZone, zoneName } from '#src/news/cities.ts';
import { readCommand } from '#src/bot/commands.ts';
import { readHour, readHours, readSpan } from '#src/news/hours.ts';
import { readStretch } from '#src/bot/latest.ts';
import { editionNamed } from '#src/bot/subscribe.ts';
import { loadWords } from '#src/render/locale.ts';

const settings: Settings = { ...DEFAULT_SETTINGS, edition: 'be' };

describe('a command', () => {
  it.each([
    ['/latest', 'latest', '', 'anyone'],
    ['/Latest 3', 'latest', '3', 'anyone'],
    ['/search@PozirkSampleBot  Гродна\nМінск ', 'search', 'Гродна\nМінск', 'us'],
    ['/latest@OtherSampleBot', 'latest', '', 'other'],
  ])('%j is read', (text, name, argument, to) => {
    expect(readCommand(text, 'pozirksamplebot')).toEqual({ name, argument, to });
  });

  it.each(['latest', '/ latest', '/', '/пошук', 'see /latest', ''])('%j is none', (text) => {
    expect(readCommand(text, 'pozirksamplebot')).toBeUndefined();
  });
});

describe('hours', () => {
  it.each([
    ['8:00', '08:00'],
    ['08.30', '08:30'],
    ['2359', '23:59'],
    ['7', '07:00'],
  ])('%j means %j', (text, hour) => {
    expect(readHour(text)).toBe(hour);
  });

  it.each(['24:00', '8:60', '-1', 'ранкам', '', '123456'])('%j is no hour', (text) => {
    expect(readHour(text)).toBeUndefined();
  });

  it('of a digest are sorted and stand once', () => {
    expect(readHours('20:00, 8:00 08:00')).toEqual(['08:00', '20:00']);
  });

  it('of a digest are refused together when one is wrong', () => {
    expect(readHours('08:00 25:00')).toBeUndefined();
    expect(readHours('')).toBeUndefined();
  });

  it('of quiet may cross midnight and be written with any dash', () => {
    expect(readSpan('23:00-07:00')).toEqual({ from: '23:00', to: '07:00' });
    expect(readSpan('23 – 7')).toEqual({ from: '23:00', to: '07:00' });
  });

  it.each(['23:00', '23:00-23:00', '23:00-07:00-08:00', '25:00-07:00'])('%j are no quiet hours', (text) => {
    expect(readSpan(text)).toBeUndefined();
  });
});

describe('a time zone', () => {
  it.each([
    ['Мінск', 'Europe/Minsk'],
    ['минск', 'Europe/Minsk'],
    ['Вільня', 'Europe/Vilnius'],
    ['вильнюс', 'Europe/Vilnius'],
    ['могилев', 'Europe/Minsk'],
    ['Tel Aviv', 'Asia/Jerusalem'],
    ['new york', 'America/New_York'],
    ['europe/warsaw', 'Europe/Warsaw'],
    ['America/Argentina/Ushuaia', 'America/Argentina/Ushuaia'],
    ['utc', 'UTC'],
  ])('is found for %j', (text, zone) => {
    expect(findZone(text)).toBe(zone);
  });

  it.each(['Атлантыда', 'Europe/Nowhere', '+03:00', '', 'EST5EDT4'])('is not found for %j', (text) => {
    expect(findZone(text)).toBeUndefined();
  });

  it.each([
    ['Hrodna', 53.68, 23.83, 'Europe/Minsk'],
    ['Białystok', 53.13, 23.16, 'Europe/Warsaw'],
    ['Vilnius', 54.7, 25.3, 'Europe/Vilnius'],
    ['the ocean', 0, -179, 'Australia/Sydney'],
  ])('is the nearest city’s at %s', (_place, north, east, zone) => {
    expect(nearestZone(north, east)).toBe(zone);
  });

  it('is shown by its city in the reader’s language, else by its own name', () => {
    expect(zoneName('Europe/Vilnius', 'be')).toBe('Вільня');
    expect(zoneName('Europe/Vilnius', 'ru')).toBe('Вильнюс');
    expect(zoneName('Pacific/Apia', 'en')).toBe('Pacific/Apia');
  });
});

describe('/latest', () => {
  it.each([
    ['', { offset: 0, count: 5 }],
    ['3', { offset: 0, count: 3 }],
    ['10', { offset: 0, count: 10 }],
    ['2 Гродна', { offset: 0, count: 2, words: 'Гродна' }],
    ['Гродна Мінск', { offset: 0, count: 5, words: 'Гродна Мінск' }],
    ['2024 выбары', { offset: 0, count: 5, words: '2024 выбары' }],
    ['5G', { offset: 0, count: 5, words: '5G' }],
  ])('%j asks for a list', (argument, stretch) => {
    expect(readStretch(argument)).toEqual(stretch);
  });

  it.each(['0', '11', '-3', '999'])('%j is outside 1-10', (argument) => {
    expect(readStretch(argument)).toBeUndefined();
  });
});

describe('a language', () => {
  it('is named by its code or its own name', () => {
    expect(['BE', ' ru ', 'english', 'Беларуская', 'de', ''].map(editionNamed)).toEqual([
      'be',
      'ru',
      'en',
      'be',
      undefined,
      undefined,
    ]);
  });
});

describe('a setting', () => {
  it.each([
    ['style', 'full', { style: 'full' }],
    ['style', 'long', undefined],
    ['keep', '6h', { keep: 6 }],
    ['keep', '47', { keep: 47 }],
    ['keep', 'off', { keep: 0 }],
    ['keep', '48h', undefined],
    ['keep', '0', undefined],
    ['digest', '0800,2000', { digest: ['08:00', '20:00'] }],
    ['digest', 'off', { digest: [] }],
    ['quiet', '2300-0700', { quiet: { from: '23:00', to: '07:00' } }],
    ['quiet', 'off', { quiet: undefined }],
    ['timezone', 'Варшава', { timezone: 'Europe/Warsaw' }],
    ['pictures', 'off', { pictures: false }],
    ['pictures', 'maybe', undefined],
    ['followMode', 'also', { followMode: 'also' }],
  ] as const)('%s %s is understood or refused', (field, value, change) => {
    expect(changeFor(field, value)).toEqual(change);
  });

  it('that no button offers stands among the buttons when it is the chat’s own', () => {
    expect(offeredFor('keep', { ...settings, keep: 5 })[0]).toBe('5');
    expect(offeredFor('keep', settings)).not.toContain('5');
  });

  it('is called by its name in each language', () => {
    const locales = loadWords();
    const kept = valueOf('keep', { ...settings, keep: 22 });
    expect(nameOf('keep', kept, locales.for('be'))).toBe('праз 22 гадзіны');
    expect(nameOf('keep', '5', locales.for('be'))).toBe('праз 5 гадзін');
    expect(nameOf('keep', '21', locales.for('ru'))).toBe('через 21 час');
    expect(nameOf('keep', '1', locales.for('en'))).toBe('after 1 hour');
    expect(nameOf('quiet', '2300-0700', locales.for('en'))).toBe('23:00–07:00');
  });
});
