import { describe, expect, it } from 'vitest';
import { dateline } from '#src/source/dateline.ts';
import { dayOf, daysBetween, endOfDay, parseDate, slashOrder, withYear } from '#src/source/dates.ts';
import { workOf } from '#testing/work.ts';

describe('a date', () => {
  it.each([
    ['Sat, 22 Aug 2026 14:05:00 +0300', '2026-08-22T11:05:00.000Z'],
    ['22 Aug 2026 11:05 GMT', '2026-08-22T11:05:00.000Z'],
    ['2026-08-22T14:05:00+03:00', '2026-08-22T11:05:00.000Z'],
    ['2026-08-22 14:05:00', '2026-08-22T11:05:00.000Z'],
    ['22.08.2026 14:05', '2026-08-22T11:05:00.000Z'],
    ['22 жніўня 2026, 14:05', '2026-08-22T11:05:00.000Z'],
    ['22 августа 2026 в 14:05', '2026-08-22T11:05:00.000Z'],
    ['Fri, 29 Nov 2013 08:30:00 EST', '2013-11-29T13:30:00.000Z'],
    ['Sat, 22 Aug 2026 14:05:00 MSK', '2026-08-22T11:05:00.000Z'],
    ['Sat, Aug 22 2026 02:05:33 PM', '2026-08-22T11:05:33.000Z'],
    ['Sat, 22 Aug 2026 12:05:00 AM +0300', '2026-08-21T21:05:00.000Z'],
    ['August 22, 2026 2:05 p.m. EDT', '2026-08-22T18:05:00.000Z'],
    ['Sat Aug 22 2026 14:05:00 GMT+0300 (Moscow Standard Time)', '2026-08-22T11:05:00.000Z'],
    ['22 Aug 2026 14:05 UTC+3', '2026-08-22T11:05:00.000Z'],
    ['22 Aug 2026 14:05 (GMT +3)', '2026-08-22T11:05:00.000Z'],
    ['2026-08-22T14:05:00+03', '2026-08-22T11:05:00.000Z'],
    ['2026-08-22T14:05:00.123456+0530', '2026-08-22T08:35:00.000Z'],
    ['2026-08-22 14:05 America/Los_Angeles', '2026-08-22T21:05:00.000Z'],
    ['22 Aug 2026 14:05 ET', '2026-08-22T18:05:00.000Z'],
    ['22 August 2026 14:05 MET', '2026-08-22T13:05:00.000Z'],
    ['22 жніўня 2026, 14:05 па Мінску', '2026-08-22T11:05:00.000Z'],
    ['22 августа 2026, 14:05 по московскому времени', '2026-08-22T11:05:00.000Z'],
    ['22 августа 2026, 14:05 Общество', '2026-08-22T11:05:00.000Z'],
    ['14:05, 22 жніўня 2026', '2026-08-22T11:05:00.000Z'],
    ['Sat Aug 22 14:05:00 2026', '2026-08-22T11:05:00.000Z'],
    ['20260822T140500Z', '2026-08-22T14:05:00.000Z'],
    ['2026/08/22 14:05', '2026-08-22T11:05:00.000Z'],
    ['22/08/2026 14:05', '2026-08-22T11:05:00.000Z'],
    ['22-08-2026 14:05', '2026-08-22T11:05:00.000Z'],
    ['22.08.26 14:05', '2026-08-22T11:05:00.000Z'],
    ['22-Aug-2026 14:05', '2026-08-22T11:05:00.000Z'],
    ['22nd Aug 2026 14:05', '2026-08-22T11:05:00.000Z'],
    ['1787396700', '2026-08-22T11:05:00.000Z'],
    ['1787396700000', '2026-08-22T11:05:00.000Z'],
    ['1787396700.25', '2026-08-22T11:05:00.000Z'],
    ['/Date(1787396700000+0300)/', '2026-08-22T11:05:00.000Z'],
    ['2026\u201108\u201122 14:05', '2026-08-22T11:05:00.000Z'],
    ['22 sierpnia 2026 14:05', '2026-08-22T11:05:00.000Z'],
    ['22 серпня 2026 р. о 14:05', '2026-08-22T11:05:00.000Z'],
    ['22 žniŭnia 2026 14:05', '2026-08-22T11:05:00.000Z'],
    ['Aug 22 2026 02:05:00:000PM', '2026-08-22T11:05:00.000Z'],
    ['Sat, 22 Aug 2026 14:05:00 GMT 3', '2026-08-22T11:05:00.000Z'],
    ['22 Aug 2026 14:05 (GMT 3)', '2026-08-22T11:05:00.000Z'],
    ['Sat, 22 Aug 2026 14:05:00 UTC 03:00', '2026-08-22T11:05:00.000Z'],
    ['Sat Aug 22 11:05:00 GMT 2026', '2026-08-22T11:05:00.000Z'],
    ['Sat, 22 Aug 2026 24:00:00 GMT', '2026-08-23T00:00:00.000Z'],
    ['2026-08-22T24:00:00', '2026-08-22T21:00:00.000Z'],
    ['22 Aug 2026 2 PM', '2026-08-22T11:00:00.000Z'],
    ['August 22, 2026, 2PM EDT', '2026-08-22T18:00:00.000Z'],
    ['2 p.m., 22 August 2026', '2026-08-22T11:00:00.000Z'],
    ['2026-08-22 12 AM', undefined],
    ['2026-08-22T110500Z', '2026-08-22T11:05:00.000Z'],
    ['2026-08-22T1405+0300', '2026-08-22T11:05:00.000Z'],
    ['2026-08-22T140500.123+03:00', '2026-08-22T11:05:00.000Z'],
    ['22 жнiўня 2026, 14:05', '2026-08-22T11:05:00.000Z'],
    ['22 aвгуста 2026, 14:05', '2026-08-22T11:05:00.000Z'],
    ['22-е августа 2026, 14:05', '2026-08-22T11:05:00.000Z'],
    ['«22» августа 2026 г. 14:05', '2026-08-22T11:05:00.000Z'],
    ['22 de agosto de 2026 14h05', '2026-08-22T11:05:00.000Z'],
    ['22 Aug 2026 02:05:00 –0400', '2026-08-22T06:05:00.000Z'],
    ['02:05 PM 22 Aug 2026', '2026-08-22T11:05:00.000Z'],
    ['02:05 PM, 22 August 2026', '2026-08-22T11:05:00.000Z'],
    ['14:05 MSK 22 Aug 2026', '2026-08-22T11:05:00.000Z'],
    ['14:05 Субота, 22 жніўня 2026', '2026-08-22T11:05:00.000Z'],
    ['14:05 Aug 22 2026', '2026-08-22T11:05:00.000Z'],
    ['14:05 on 22 August 2026', '2026-08-22T11:05:00.000Z'],
    ['14:05 г. Мінск 22 жніўня 2026', '2026-08-22T11:05:00.000Z'],
    ['Апублікавана:22 жніўня 2026, 14:05', '2026-08-22T11:05:00.000Z'],
    ['Published:22 Aug 2026 14:05', '2026-08-22T11:05:00.000Z'],
  ])('%s is %s', (text, moment) => {
    const at = parseDate(text)?.at;
    expect(at === undefined ? undefined : new Date(at).toISOString()).toBe(moment);
  });

  it.each(['Mon, 01 Jan 0001 00:00:00 GMT', '01/01/0001', '30.11.0002', '0000-00-00 00:00:00', '1 Jan 0000'])(
    '%s is none: a program writes it that has none',
    (text) => {
      expect(parseDate(text)).toBeUndefined();
    },
  );

  it.each([
    ['Sat, 22 Aug 2026 00:00:00 +0300', '2026-08-22'],
    ['2026-08-22', '2026-08-22'],
    ['August 22, 2026', '2026-08-22'],
    ['№ 12 от 22 августа 2026', '2026-08-22'],
    ['2 min read Aug 22, 2026', '2026-08-22'],
  ])('%s is a day without a time', (text, day) => {
    expect(parseDate(text)).toEqual({ day });
  });

  it.each([
    'Sat, 22 Aug 2026 14:05:00 XYZ',
    '22 Aug 2026 14:05 Middle Earth Time',
    '22 Aug 2026 14:05 +99:00',
    '22 Aug 2026 14:05 AM',
    '22 Aug 2026 14:05 Nowhere/Land',
    '22 Aug 2026 25:05',
    '22 Aug 2026 24:05',
    '22 Aug 2026 14 PM',
  ])('%s, whose time is not understood, is a day', (text) => {
    expect(parseDate(text)).toEqual({ day: '2026-08-22' });
  });

  it('has the months of the region in every usual form', () => {
    const months: readonly string[] = [
      'студзеня студз студ сту янв. января січня stycznia studzienia Jan',
      'лютага лют лют. февр. февраля лютого lutego lutaha Feb',
      'сакавіка сак марта мар. мар березня marca sakavika Mar',
      'красавіка крас кра апр. апреля квітня kwietnia krasavika April',
      'траўня мая май травень травня maja traŭnia May',
      'чэрвеня чэрв чэр июня июн червня czerwca červienia Jun',
      'ліпеня ліп июля июл. липня lipca lipienia July',
      'жніўня жні жніў авг. августа серпня sierpnia žniŭnia Aug',
      'верасня верасьня вер сент. сентября вересня września vieraśnia Sept',
      'кастрычніка кас кастр окт. октября жовтня października pazdziernika kastryčnika Oct',
      'лістапада ліс ліст нояб. ноября листопада listopada listapada Nov',
      'снежня сьнежня сне снеж дек. декабря грудня grudnia śniežnia Dec',
    ];
    for (const [index, names] of months.entries())
      for (const name of names.split(' '))
        expect(parseDate(`26 ${name} 2026`)?.day, name).toBe(`2026-${String(index + 1).padStart(2, '0')}-26`);
  });

  it.each(['<', '1 ', 'a'])('of any length is read in time that grows with it: %j', async (piece) => {
    const text = piece.repeat(2_000_000 / piece.length);
    expect(await workOf(() => parseDate(text))).toBeLessThan(500);
  });

  it.each(['', 'yesterday', '14:05', '2026-02-31', '99.99.2026', 'Minsk 14:05', '0001-01-01', '2999-01-01'])(
    '%j is none',
    (text) => {
      expect(parseDate(text)).toBeUndefined();
    },
  );

  it('belongs to the day that it is in Minsk', () => {
    expect(dayOf(Date.parse('2026-08-22T21:30:00Z'))).toBe('2026-08-23');
    expect(new Date(endOfDay('2026-08-22')).toISOString()).toBe('2026-08-22T20:59:59.999Z');
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
  });
});

describe('dates with slashes', () => {
  it.each([
    ['day', ['01/09/2026 12:00', '31/08/2026 18:00']],
    ['month', ['09/01/2026 12:00', '08/31/2026 18:00']],
    ['day', ['Tue, 01/09/2026 12:00']],
    ['month', ['Fri, 01/09/2026 12:00']],
    ['day', ['аўторак, 01/09/2026 12:00']],
    ['day', ['01/09/2026 12:00', '01/09/2026']],
    ['day', ['02/09/2026', '01/09/2026', '12/10/2025']],
    ['month', ['09/01/2026', '01/09/2026']],
    ['month', ['12/11/2026']],
    ['month', ['08/08/2026 12:00']],
    ['month', ['2026-09-01', '01.09.2026 12:00', '1 September 2026', '']],
  ] as const)('begin with the %s in %j, read on 1 September', (order, written) => {
    expect(slashOrder(written, Date.parse('2026-09-01T10:00:00Z'))).toBe(order);
  });

  it('begin with the month where nobody knows when they were read', () => {
    expect(slashOrder(['01/09/2026 12:00'])).toBe('month');
  });

  it('are each a day that there is, whatever the others are', () => {
    expect(parseDate('22/08/2026', 'month')).toEqual({ day: '2026-08-22' });
    expect(parseDate('08/22/2026', 'day')).toEqual({ day: '2026-08-22' });
    expect(parseDate('09/01/2026', 'day')).toEqual({ day: '2026-01-09' });
  });
});

describe('a dateline', () => {
  it.each([
    ['March 28, Pozirk. The police came.', 28, 3, 'The police came.'],
    ['December 15, BPN. Ten people.', 15, 12, 'Ten people.'],
    ['8 ліпеня, Позірк. У Беларусі дождж.', 8, 7, 'У Беларусі дождж.'],
    ['17 снежня, Позірк. Тэкст', 17, 12, 'Тэкст'],
    ['17 лiпеня, Позірк. Тэкст', 17, 7, 'Тэкст'],
    ['22 августа, Позірк. Текст.', 22, 8, 'Текст.'],
    ['22 августа, Поз\u0069рк. Текст.', 22, 8, 'Текст.'],
    ['22 августа, «Позірк». Текст.', 22, 8, 'Текст.'],
    ['1 мая, Позирк. Текст.', 1, 5, 'Текст.'],
    ['Minsk, May 2, Pozirk. Text.', 2, 5, 'Text.'],
    ['3 красавіка, Позірк', 3, 4, ''],
    ['8 ліпеня, Позірк — Тэкст', 8, 7, 'Тэкст'],
    ['8 ліпеня, Позірк. – Тэкст', 8, 7, 'Тэкст'],
    ['March 28, Pozirk - Text', 28, 3, 'Text'],
  ])('%s', (text, day, month, rest) => {
    expect(dateline(text)).toEqual({ date: { day, month }, rest });
  });

  it.each([
    'Pozirk reported on March 28 that',
    '28 people, Pozirk. said',
    '31 чалавек, Позірк.',
    'The March 28, Pozirk. thing',
    'March 28. Text',
    '',
  ])('%j has none', (text) => {
    expect(dateline(text)).toBeUndefined();
  });

  it('gets the year that fits the time of reading, around New Year too', () => {
    const newYear = Date.parse('2026-12-31T22:30:00Z'); // 01:30 on 1 January in Minsk
    expect(withYear({ day: 31, month: 12 }, newYear)).toBe('2026-12-31');
    expect(withYear({ day: 1, month: 1 }, newYear)).toBe('2027-01-01');
    expect(withYear({ day: 1, month: 1 }, Date.parse('2026-12-31T12:00:00Z'))).toBe('2027-01-01');
    expect(withYear({ day: 5, month: 1 }, Date.parse('2026-12-31T12:00:00Z'))).toBe('2026-01-05');
    expect(withYear({ day: 24, month: 12 }, Date.parse('2027-01-03T12:00:00Z'))).toBe('2026-12-24');
    expect(withYear({ day: 29, month: 2 }, Date.parse('2026-08-01T12:00:00Z'))).toBe('2024-02-29');
    expect(withYear({ day: 31, month: 6 }, newYear)).toBeUndefined();
  });
});
