import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPress, writePress, wordsHash, type Press, SCREENS } from '#src/bot/buttons.ts';
import { CHOICES } from '#src/news/settings.ts';
import { press } from '#src/news/message.ts';

const PRESSES: readonly Press[] = [
  { on: 'read', story: 'ab12cd34ef', page: 3, alone: false },
  { on: 'close', story: 'ab12cd34ef' },
  { on: 'show', story: 'ab12cd34ef' },
  { on: 'subscribe', edition: 'be' },
  { on: 'unsubscribe' },
  ...SCREENS.map((screen) => ({ on: 'language', edition: 'ru', screen }) as const),
  ...SCREENS.map((screen) => ({ on: 'go', screen }) as const),
  { on: 'speak', edition: 'en', story: 'ab12cd34ef', page: 12, alone: false },
  { on: 'speak', edition: 'be', story: 'ab12cd34ef', page: 0, alone: true },
  { on: 'open', screen: 'latest' },
  { on: 'latest', offset: 10, count: 5 },
  { on: 'search', offset: 0, count: 10 },
  { on: 'find', words: 'Мінск: апошнія падзеі' },
  { on: 'follow', words: 'Мінск: апошнія падзеі' },
  { on: 'follow', words: '' },
  { on: 'set', field: 'timezone', value: 'America/Argentina/Buenos_Aires' },
  { on: 'set', field: 'digest', value: '0800,1300,2000' },
  { on: 'unfollow', hash: wordsHash('Гродна') },
  { on: 'rubric', hash: wordsHash('палітыка') },
  { on: 'forget' },
  { on: 'code' },
  { on: 'locate' },
  { on: 'announce', id: 'm1x2y3z4-AbCd_-90' },
  { on: 'done' },
  { on: 'cancel' },
];

describe('buttons', () => {
  it.each(PRESSES)('carry what they ask for and bring it back: %j', (asked) => {
    const data = writePress(asked);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    expect(readPress(data)).toEqual(asked);
  });

  it.each([
    ['1:subscribe:be', { on: 'subscribe', edition: 'be' }],
    ['1:language:ru:keep', { on: 'language', edition: 'ru', screen: 'keep' }],
    ['1:go:style', { on: 'go', screen: 'style' }],
    ['1:set:mode:also', { on: 'set', field: 'mode', value: 'also' }],
    ['1:set:quiet:2300-0700', { on: 'set', field: 'quiet', value: '2300-0700' }],
    ['1:p:abc:s:style:full', { on: 'place', handle: 'abc', act: 's:style:full' }],
    ['1:find:a:b', { on: 'find', words: 'a:b' }],
    ['read:ab12:1', { on: 'read', story: 'ab12', page: 1, alone: false }],
  ] as const)('of earlier messages go on working: %s', (data, press) => {
    expect(readPress(data)).toEqual(press);
    expect(writePress(press)).toBe(data);
  });

  it('read the buttons that travel under news', () => {
    expect(readPress(press.read('ab12cd34ef', 2))).toEqual({
      on: 'read',
      story: 'ab12cd34ef',
      page: 2,
      alone: false,
    });
    expect(readPress(press.read('ab12cd34ef', 2, true))).toMatchObject({ alone: true });
    expect(readPress(press.close('ab12cd34ef'))).toEqual({ on: 'close', story: 'ab12cd34ef' });
  });

  it.each([
    '',
    '0:subscribe:be',
    '2:subscribe:be',
    '1:subscribe:de',
    '1:language:ru',
    '1:language:ru:nowhere',
    '1:latest:-1:5',
    '1:latest:0:5000000',
    '1:set:style',
    '1:constructor',
    '1:__proto__',
    'read:../x:0',
    'read:ab12cd34ef:x',
    'close:',
  ])('take %j for a stale or forged one', (data) => {
    expect(readPress(data)).toBeUndefined();
  });

  it('never fail on any data at all', () => {
    fc.assert(
      fc.property(fc.string(), (data) => {
        const asked = readPress(data);
        if (asked) expect(readPress(writePress(asked))).toEqual(asked);
      }),
    );
  });

  it('have short marks for words of any length, the same for the same words', () => {
    const words = 'Саюз беларускіх пісьменнікаў і яшчэ шмат слоў';
    expect(wordsHash(words)).toBe(wordsHash(words));
    expect(wordsHash(words)).not.toBe(wordsHash(`${words}.`));
    expect(wordsHash(words).length).toBeLessThan(8);
  });

  it('have a screen for every choice of the settings', () => {
    expect(SCREENS).toEqual(expect.arrayContaining([...CHOICES]));
  });
});
