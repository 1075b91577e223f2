import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '#src/news/settings.ts';
import { decodeRecord, encodeRecord } from '#src/store/record.ts';

/** Records as release 1.0 wrote them. */
const USUAL = 'JAAAAAAAAAAFAAAAAAAAICAgICAgICAgICAgICAgICAgICAg';
const HEAD = 'Sv///xbhxO0uAAAAAAAD';
const CHANGED =
  '{"s":"lacinka","y":"full","p":false,"o":"day","u":"hold","d":["08:00","20:00"],"q":{"from":"23:00","to":"07:00"},"t":"Europe/Vilnius","f":["Гродна"],"m":"also","r":["культура"],"k":6,"c":true,"n":true,"b":false,"g":{"text":"Наш канал","link":"https://t.me/x"},"h":true,"i":true}';

const everything: Settings = {
  ...DEFAULT_SETTINGS,
  edition: 'be',
  script: 'lacinka',
  style: 'full',
  pictures: false,
  sound: 'day',
  urgent: 'hold',
  digest: ['08:00', '20:00'],
  quiet: { from: '23:00', to: '07:00' },
  timezone: 'Europe/Vilnius',
  follow: ['Гродна'],
  followMode: 'also',
  rubrics: ['культура'],
  keep: 6,
  protect: true,
  neutral: true,
  buttons: false,
  signature: { text: 'Наш канал', link: 'https://t.me/x' },
  hashtags: true,
  pin: true,
};

const reader = {
  chat: { id: 5, kind: 'person' },
  state: 'active',
  day: 0,
  settings: { ...DEFAULT_SETTINGS, edition: 'en' },
} as const;
const channel = {
  chat: { id: -1001234567890, kind: 'channel' },
  state: 'paused',
  note: 'rights',
  day: 3,
  settings: everything,
} as const;

describe('a record', () => {
  it('of an earlier release is read as it was meant', () => {
    expect(decodeRecord(Buffer.from(USUAL, 'base64'))).toEqual(reader);
    const changed = Buffer.alloc(484, ' ');
    Buffer.from(HEAD, 'base64').copy(changed);
    changed.write(CHANGED, 15);
    expect(decodeRecord(changed)).toEqual(channel);
  });

  it('has the size of an earlier release, and nothing of it is lost', () => {
    expect(encodeRecord(reader).toString('base64')).toBe(USUAL);
    expect(encodeRecord(channel)).toHaveLength(484);
    expect(decodeRecord(encodeRecord(channel))).toEqual(channel);
  });
});
